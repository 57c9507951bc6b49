"""Totals month by month are those of the months' scorecards."""

import pytest

from data.access import owner_scope
from kpi.components import refresh
from kpi.period import Period
from kpi.scorecard import department_scorecard
from kpi.total_trend import total_trends
from tests.kpi.given import day, head_of

OCTOBER = Period.parse("2026-10")


@pytest.fixture
def loaded(given):
    """Marketing: all tasks in time in September, 3 of 4 in October; index 1 in both months."""
    given.rows(
        "project_tasks",
        [
            a_task("T1", "2026-09-10", "2026-09-10"),
            a_task("T2", "2026-10-10", "2026-10-10"),
            a_task("T3", "2026-10-10", "2026-10-10"),
            a_task("T4", "2026-10-10", "2026-10-10"),
            a_task("T5", "2026-10-10", "2026-10-11"),
        ],
    )
    given.rows("projects", [{"project_id": "P1", "name": "One", "lead_dept": "marketing"}])
    given.rows("project_status", [a_report("2026-09-30", 500), a_report("2026-10-31", 900)])
    refresh(given.warehouse)
    return given


def a_task(task_id, due, done):
    return {
        "task_id": task_id,
        "project_id": "P1",
        "name": task_id,
        "dept": "marketing",
        "due_date": day(due),
        "done_date": day(done),
    }


def a_report(on, value):
    return {"project_id": "P1", "status_date": day(on), "pv": value, "ev": value, "ac": value}


def trend(given, scope, months):
    with given.warehouse.read() as con:
        return total_trends(con, scope, OCTOBER, months)


def test_each_month_is_what_its_scorecard_says(loaded):
    points = trend(loaded, owner_scope(), 4)["marketing"]
    with loaded.warehouse.read() as con:
        cards = [
            department_scorecard(con, owner_scope(), point.period, "marketing") for point in points
        ]
    assert [point.total for point in points] == [card.total for card in cards]


def test_a_month_is_scored_by_its_own_values(loaded):
    scores = [point.total.score for point in trend(loaded, owner_scope(), 2)["marketing"]]
    assert scores == [100, 94.44]  # October: (83.33 + 100 + 100) / 3


def test_months_run_from_the_oldest_to_the_last_of_the_period(loaded):
    points = trend(loaded, owner_scope(), 3)["marketing"]
    assert [str(point.period) for point in points] == ["2026-08", "2026-09", "2026-10"]


def test_a_month_without_data_has_no_score(loaded):
    assert trend(loaded, owner_scope(), 3)["marketing"][0].total.score is None


def test_only_departments_in_scope_are_there(loaded):
    assert list(trend(loaded, head_of("sales"), 2)) == ["sales"]
