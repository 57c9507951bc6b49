"""Project health on the screen."""

from datetime import date

import pytest

from data.access import owner_scope
from kpi.period import Period
from kpi.project import project
from pages.projects import charts, task_table, verdict
from pages.shared.charts import folded
from pages.shared.words import speaking
from tests.kpi.given import day, head_of
from tests.pages.screen import Screen, fitted, html

OCTOBER = Period.parse("2026-10")


@pytest.fixture(autouse=True)
def english():
    with speaking("en"):
        yield


@pytest.fixture
def three(given):
    """Three projects: P1 behind and over cost, P2 as planned, P3 of sales and proposed."""
    given.rows(
        "projects",
        [
            a_project("P1", "Slow <b>one</b>", baseline_end=day("2026-09-30")),
            a_project("P2", "Good one", baseline_end=day("2026-12-31")),
            a_project("P3", "New one", lead_dept="sales", status="proposed"),
        ],
    )
    given.rows(
        "project_status",
        [
            a_report("P1", "2026-09-30", 900, 720, 900),
            a_report("P1", "2026-10-31", 1000, 740, 1000),
            a_report("P2", "2026-10-31", 500, 500, 500),
        ],
    )
    given.rows(
        "project_tasks",
        [
            a_task("T1", "2026-08-10", None),
            a_task("T2", "2026-08-10", "2026-08-25"),
            a_task("T3", "2026-10-10", "2026-10-09"),
            a_task("T4", "2026-11-20", None),
            a_task("T5", "2026-09-10", None, dept="sales"),
        ],
    )
    return given


def a_project(project_id, name, **values):
    return {
        "project_id": project_id,
        "name": name,
        "lead_dept": "technology",
        "planned_start": day("2026-01-01"),
        "bac": 1000,
        "status": "open",
        **values,
    }


def a_report(project_id, on, pv, ev, ac):
    return {"project_id": project_id, "status_date": day(on), "pv": pv, "ev": ev, "ac": ac}


def a_task(task_id, due, done, dept="technology"):
    return {
        "task_id": task_id,
        "project_id": "P1",
        "name": f"Task {task_id}",
        "dept": dept,
        "assigned_date": day("2026-08-01"),
        "due_date": day(due),
        "done_date": day(done) if done else None,
    }


@pytest.fixture
def screen(three, monkeypatch):
    return fitted(monkeypatch, Screen(three.warehouse, owner_scope()))


def found(given, project_id="P1", scope=None):
    with given.warehouse.read() as con:
        return project(con, scope or owner_scope(), OCTOBER, project_id)


def test_the_reason_names_what_is_off_and_nothing_else(three):
    told = verdict.reason(found(three).health)
    assert "behind plan" in told
    assert "over cost" in told
    assert verdict.reason(found(three, "P2").health) == ""


def test_a_project_that_has_not_begun_says_so(three):
    assert verdict.reason(found(three, "P3").health) == "Has not begun"


def test_days_past_the_end_are_counted_to_the_end_of_the_period(three):
    assert verdict.past_end(found(three).health) == "31 days past its end date"


@pytest.mark.parametrize(
    ("budget", "estimate", "said"),
    [(100, 145, "+45%"), (100, 90, "−10%"), (100, 100.4, "±0%"), (0, 5, "—")],
)
def test_a_forecast_is_compared_with_its_budget(budget, estimate, said):
    assert verdict.over_budget(budget, estimate) == said


def test_overdue_tasks_come_first_then_the_latest_of_those_done(three):
    order = [task.task_id for task in task_table.chosen(found(three).tasks, "all")]
    assert order == ["T1", "T5", "T2", "T4", "T3"]


def test_each_choice_lists_its_own_tasks(three):
    tasks = found(three).tasks
    listed = {
        show: [task.task_id for task in task_table.chosen(tasks, show)]
        for show in ("overdue", "late", "open", "milestones")
    }
    assert listed == {"overdue": ["T1", "T5"], "late": ["T2"], "open": ["T4"], "milestones": []}


def test_a_day_stands_on_the_timeline_by_its_share_of_the_span():
    time = task_table.Span(first=date(2026, 1, 1), last=date(2026, 1, 11))
    assert time.share(date(2026, 1, 6)) == 50
    assert time.share(date(2025, 12, 1)) == 0
    assert time.share(date(2026, 3, 1)) == 100


def test_labels_that_would_overlap_are_moved_apart():
    moved = charts.spread({"a": 0.50, "b": 0.51, "c": 0.9}, nearest=0.1)
    assert moved == pytest.approx({"a": 0.50, "b": 0.60, "c": 0.9})


def test_labels_at_the_top_are_moved_down():
    moved = charts.spread({"a": 0.98, "b": 0.99}, nearest=0.1)
    assert moved == pytest.approx({"a": 0.9, "b": 1.0})


def test_the_chart_has_a_point_for_each_month_reported(three):
    figure = charts.earned_value(found(three).series)
    assert [trace["y"] for trace in figure["data"]] == [[900, 1000], [720, 740], [900, 1000]]
    assert figure["data"][0]["x"] == ["Sept<br>26", "Oct<br>26"]


def test_the_label_of_a_period_is_folded_where_it_can_be():
    labels = ("Oct 26", "26年10月", "Q3 2026", "2026年第3季", "2026年")
    assert [folded(label) for label in labels] == [
        "Oct<br>26",
        "26年<br>10月",
        "Q3<br>2026",
        "2026年<br>第3季",
        "2026年",
    ]


def test_a_forecast_over_the_budget_is_drawn_beside_it(three):
    said = [a["text"] for a in charts.earned_value(found(three).series)["layout"]["annotations"]]
    assert any(words.startswith("Forecast") for words in said)
    said = [
        a["text"] for a in charts.earned_value(found(three, "P2").series)["layout"]["annotations"]
    ]
    assert not any(words.startswith("Forecast") for words in said)


def test_the_portfolio_lists_running_projects_the_worst_first(screen):
    page = html(screen.open("pages.projects.portfolio", period="2026-10"))
    assert page.index("Slow") < page.index("Good one")
    assert "New one" not in page


def test_the_portfolio_shows_the_others_when_asked(screen):
    page = html(screen.open("pages.projects.portfolio", period="2026-10", show="other"))
    assert "New one" in page


def test_names_are_shown_letter_by_letter(screen):
    page = html(screen.open("pages.projects.portfolio", period="2026-10"))
    assert "<b>one</b>" not in page
    assert "&lt;b&gt;one" in page


def test_the_running_projects_are_judged_together(screen):
    page = html(screen.open("pages.projects.portfolio", period="2026-10"))
    assert "<strong>0.83</strong>" in page  # (740 + 500) / (1000 + 500), both indices


def test_a_head_sees_only_the_projects_that_the_own_department_leads(screen):
    screen.scope = head_of("sales")
    page = html(screen.open("pages.projects.portfolio", period="2026-10", show="all"))
    assert "New one" in page
    assert "Slow" not in page


def test_a_project_opens_with_figures_tasks_and_their_rows(screen):
    at = screen.open("pages.projects.project", period="2026-10", project="P1")
    page = html(at)
    assert "Slow" in at.title[0].value
    for words in ("0.74", "31 days", "Task T1", "project_tasks.xlsx", "Sheet1, row 2", "Overdue"):
        assert words in page


def test_a_project_of_another_department_is_refused(screen):
    screen.scope = head_of("sales")
    at = screen.open("pages.projects.project", period="2026-10", project="P1")
    assert at.title[-1].value == "Not open to you"
    assert "Task" not in html(at)


def test_tasks_of_other_departments_are_counted_and_not_listed(screen):
    screen.scope = head_of("technology")
    page = html(screen.open("pages.projects.project", period="2026-10", project="P1"))
    assert "Task T5" not in page
    assert "1 task of another department is counted and not listed." in page


@pytest.mark.parametrize("tag", ["zh-Hant", "zh-Hans"])
def test_the_pages_speak_chinese(screen, tag):
    screen.language = tag
    at = screen.open("pages.projects.project", period="2026-10", project="P1")
    assert {"zh-Hant": "進度指數", "zh-Hans": "进度指数"}[tag] in html(at)
