"""Project health."""

from datetime import date

import pytest

from data.access import NOBODY, AccessDenied, owner_scope
from kpi.period import Period
from kpi.project import UnknownProject, portfolio, project, together
from tests.kpi.given import day, head_of, person

OCTOBER = Period.parse("2026-10")
TODAY = date(2026, 11, 22)


def a_project(project_id="P1", **values):
    return {
        "project_id": project_id,
        "name": f"Project {project_id}",
        "lead_dept": "technology",
        "planned_start": day("2026-01-01"),
        "baseline_end": day("2026-12-31"),
        "bac": 500_000,
        "status": "open",
        **values,
    }


def a_report(project_id, on, pv, ev, ac, **values):
    return {
        "project_id": project_id,
        "status_date": day(on),
        "pv": pv,
        "ev": ev,
        "ac": ac,
        **values,
    }


def a_task(task_id, due, done=None, **values):
    return {
        "task_id": task_id,
        "project_id": "P1",
        "dept": "technology",
        "due_date": day(due),
        "done_date": day(done) if done else None,
        **values,
    }


def health(given, period=OCTOBER, scope=None, today=TODAY):
    with given.warehouse.read() as con:
        (found,) = portfolio(con, scope or owner_scope(), period, today=today)
    return found


def code_levels(found):
    return {finding.code: finding.level for finding in found.findings}


def test_a_late_and_costly_project_is_red_and_says_why(given):
    # Golden A1: SPI 0.80, CPI 0.69, EAC 725,000, VAC -225,000 on a budget of 500,000.
    given.rows("projects", [a_project()])
    given.rows("project_status", [a_report("P1", "2026-10-31", 250_000, 200_000, 290_000)])
    found = health(given)
    assert found.level == "red"
    assert code_levels(found) == {
        "schedule_index": "red",
        "cost_index": "red",
        "days_past_end": "green",
    }
    assert found.last.value.schedule_index == pytest.approx(0.8)
    assert found.last.value.estimate == pytest.approx(725_000)
    assert found.last.value.variance_at_completion == pytest.approx(-225_000)
    assert found.last.value.percent_complete == pytest.approx(0.4)


def test_a_project_on_plan_is_green(given):
    given.rows("projects", [a_project()])
    given.rows("project_status", [a_report("P1", "2026-10-31", 100, 96, 100)])
    assert health(given).level == "green"


def test_an_index_at_the_threshold_is_not_past_it(given):
    given.rows("projects", [a_project()])
    given.rows("project_status", [a_report("P1", "2026-10-31", 100, 95, 100)])
    assert code_levels(health(given))["schedule_index"] == "green"


def test_the_last_report_on_or_before_the_end_counts(given):
    given.rows("projects", [a_project()])
    given.rows(
        "project_status",
        [
            a_report("P1", "2026-09-30", 100, 50, 100),
            a_report("P1", "2026-10-31", 200, 190, 200),
            a_report("P1", "2026-11-30", 300, 100, 300),
        ],
    )
    found = health(given)
    assert found.last.status_on == day("2026-10-31")
    assert found.last.value.earned_value == 190


def test_a_report_older_than_the_last_month_is_outdated(given):
    given.rows("projects", [a_project()])
    given.rows("project_status", [a_report("P1", "2026-09-30", 100, 100, 100)])
    found = health(given)
    assert found.is_outdated
    assert found.level == "amber"
    assert code_levels(found)["status_outdated"] == "amber"
    assert not health(given, Period.parse("2026-09")).is_outdated


def test_a_report_of_the_running_month_is_not_yet_due(given):
    given.rows("projects", [a_project()])
    given.rows("project_status", [a_report("P1", "2026-10-31", 100, 100, 100)])
    assert not health(given, Period.parse("2026-11")).is_outdated


def test_a_project_that_never_reported_is_not_green(given):
    given.rows("projects", [a_project()])
    found = health(given)
    assert found.level == "none"
    assert code_levels(found)["no_status"] == "none"


def test_a_budget_of_the_report_comes_before_that_of_the_register(given):
    given.rows("projects", [a_project()])
    given.rows("project_status", [a_report("P1", "2026-10-31", 100, 100, 100, bac=550_000)])
    assert health(given).budget == 550_000


def test_days_past_the_baseline_end_make_it_amber_then_red(given):
    given.rows("projects", [a_project(baseline_end=day("2026-10-21"))])
    assert health(given).days_past_end == 10
    assert code_levels(health(given))["days_past_end"] == "amber"
    given.rows("projects", [a_project(baseline_end=day("2026-09-30"))])
    assert health(given).days_past_end == 31
    assert health(given).level == "red"


def test_late_tasks_are_overdue_or_done_late(given):
    given.rows("projects", [a_project()])
    given.rows(
        "project_tasks",
        [
            a_task("T1", "2026-10-10", "2026-10-10"),  # in time
            a_task("T2", "2026-10-01", "2026-10-15"),  # 14 days late
            a_task("T3", "2026-10-20"),  # overdue, 12 days at the end
            a_task("T4", "2026-10-25", "2026-11-05"),  # still overdue when October ended
            a_task("T5", "2026-11-20"),  # not due
        ],
    )
    found = health(given)
    assert (found.tasks.due, found.tasks.overdue, found.tasks.done_late) == (4, 2, 1)
    assert found.tasks.late == 3
    assert (found.worst_task.task_id, found.worst_task.days_late) == ("T2", 14)
    assert code_levels(found)["overdue_task_share"] == "red"  # 2 of 4


def test_a_task_due_today_is_not_late_today(given):
    given.rows("projects", [a_project()])
    given.rows("project_tasks", [a_task("T1", "2026-11-21"), a_task("T2", "2026-11-22")])
    assert health(given, Period.parse("2026-11")).tasks.overdue == 1


def test_a_project_that_closed_later_was_open_then(given):
    given.rows(
        "projects",
        [a_project(status="closed", actual_end=day("2026-11-15"), baseline_end=day("2026-10-01"))],
    )
    then, later = health(given), health(given, Period.parse("2026-11"))
    assert (then.status, then.actual_end, then.days_past_end) == ("open", None, 30)
    assert (later.status, later.days_past_end) == ("closed", 45)


def test_a_project_applied_for_later_is_not_there_yet(given):
    given.rows("projects", [a_project(applied_date=day("2026-11-01"))])
    with given.warehouse.read() as con:
        assert portfolio(con, owner_scope(), OCTOBER, today=TODAY) == ()


def test_a_proposal_is_not_judged(given):
    given.rows("projects", [a_project(status="proposed", baseline_end=day("2026-01-31"))])
    assert (health(given).level, health(given).findings) == ("none", ())


def test_running_projects_come_first_and_the_worst_before_the_others(given):
    given.rows(
        "projects",
        [
            a_project("P1"),
            a_project("P2"),
            a_project("P3", status="closed", actual_end=day("2026-06-30")),
        ],
    )
    given.rows(
        "project_status",
        [
            a_report("P1", "2026-10-31", 100, 100, 100),
            a_report("P2", "2026-10-31", 100, 90, 100),
            a_report("P3", "2026-06-30", 100, 50, 100),
        ],
    )
    with given.warehouse.read() as con:
        found = portfolio(con, owner_scope(), OCTOBER, today=TODAY)
    assert [(one.project_id, one.level) for one in found] == [
        ("P2", "amber"),
        ("P1", "green"),
        ("P3", "red"),
    ]


def test_every_figure_tells_its_row(given):
    given.rows("projects", [a_project()], sheet="Register")
    batch_id = given.rows(
        "project_status", [a_report("P1", "2026-10-31", 100, 100, 100)], sheet="十月"
    )
    given.rows("project_tasks", [a_task("T1", "2026-10-20")], sheet="Tasks")
    found = health(given)
    assert (found.source.sheet, found.source.row) == ("Register", 2)
    source = found.last.source
    assert (source.batch_id, source.file) == (batch_id, "project_status.xlsx")
    assert (source.sheet, source.row) == ("十月", 2)
    assert (found.worst_task.source.dataset, found.worst_task.source.sheet) == (
        "project_tasks",
        "Tasks",
    )


def test_a_project_in_full_has_one_point_a_month(given):
    given.rows("projects", [a_project()])
    given.rows(
        "project_status",
        [
            a_report("P1", "2026-08-31", 50, 50, 50),
            a_report("P1", "2026-09-15", 75, 60, 70),
            a_report("P1", "2026-09-30", 100, 80, 90),
            a_report("P1", "2026-10-31", 200, 150, 190),
        ],
    )
    given.rows("project_tasks", [a_task("T1", "2026-10-20", is_milestone=True)])
    with given.warehouse.read() as con:
        found = project(con, owner_scope(), OCTOBER, "P1", today=TODAY)
    assert [(s.status_on.month, s.value.earned_value) for s in found.series] == [
        (8, 50),
        (9, 80),
        (10, 150),
    ]
    assert [task.task_id for task in found.milestones] == ["T1"]


def test_a_head_sees_only_projects_of_the_own_department(given):
    given.rows("projects", [a_project("P1"), a_project("P2", lead_dept="marketing")])
    with given.warehouse.read() as con:
        found = portfolio(con, head_of("marketing"), OCTOBER, today=TODAY)
        assert [one.project_id for one in found] == ["P2"]
        with pytest.raises(AccessDenied):
            project(con, head_of("marketing"), OCTOBER, "P1", today=TODAY)
        with pytest.raises(UnknownProject):
            project(con, head_of("marketing"), OCTOBER, "P9", today=TODAY)


def test_tasks_of_other_departments_are_counted_but_not_listed(given):
    given.rows("projects", [a_project()])
    given.rows(
        "project_tasks",
        [a_task("T1", "2026-10-20"), a_task("T2", "2026-09-01", dept="sales")],
    )
    with given.warehouse.read() as con:
        found = project(con, head_of("technology"), OCTOBER, "P1", today=TODAY)
    assert [task.task_id for task in found.tasks] == ["T1"]
    assert (found.health.tasks.overdue, found.tasks_not_listed) == (2, 1)
    assert found.health.worst_task.task_id == "T1"


@pytest.mark.parametrize("scope", [NOBODY, person("E1", "technology")])
def test_without_a_department_nothing_is_seen(given, scope):
    given.rows("projects", [a_project()])
    with given.warehouse.read() as con:
        assert portfolio(con, scope, OCTOBER, today=TODAY) == ()


def test_several_projects_together_divide_their_sums(given):
    # Golden J1: never the mean of ratios. EV 50 of PV 100 and 300 of 300 make 350 of 400.
    given.rows("projects", [a_project("P1", bac=200), a_project("P2", bac=300), a_project("P3")])
    given.rows(
        "project_status",
        [
            a_report("P1", "2026-10-31", 100, 50, 100),
            a_report("P2", "2026-10-31", 300, 300, 300),
        ],
    )
    with given.warehouse.read() as con:
        found = together(portfolio(con, owner_scope(), OCTOBER, today=TODAY))
    assert found.schedule_index == 0.875
    assert found.budget == 500


def test_no_reports_have_no_total():
    assert together([]) is None
