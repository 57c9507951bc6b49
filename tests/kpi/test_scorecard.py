"""Scorecards: who may see them, and what a line says beside its value."""

import pytest

from data.access import NOBODY, AccessDenied, owner_scope, scope_of
from kpi import components
from kpi.breakdown import breakdown
from kpi.catalog import UnknownIndicator
from kpi.period import Period
from kpi.rows import rows_behind
from kpi.scorecard import (
    UnknownEmployee,
    available_periods,
    biggest_changes,
    company_overview,
    department_scorecard,
    employee_scorecard,
    indicator_trend,
    latest_complete_period,
)
from tests.kpi.company import declare, load
from tests.kpi.given import head_of, person

MAY = Period.parse("2026-05")

PEOPLE = [
    {"emp_id": "E1", "name": "Chan", "dept": "sales", "team": "North"},
    {"emp_id": "E2", "name": "Lee", "dept": "sales", "team": "South"},
    {"emp_id": "E3", "name": "Wong", "dept": "sales", "team": "South"},
    {"emp_id": "F1", "name": "Ho", "dept": "finance"},
]
RATING = {"cycle": "month", "period": "2026-05", "rater_type": "superior", "scale_max": 100}
COST = {"period": "2026-05", "account": "Travel", "cost_type": "expense"}
ROWS = {
    "employees": PEOPLE,
    "sales_orders": [
        {"order_date": "2026-04-03", "amount": 100, "emp_id": "E1"},
        {"order_date": "2026-05-03", "amount": 90, "emp_id": "E1"},
        {"order_date": "2026-05-03", "amount": 60, "emp_id": "E2"},
    ],
    "sales_targets": [
        {"period": month, "level": "dept", "dept": "sales", "target_amount": 200}
        for month in ("2026-04", "2026-05")
    ],
    "budget_costs": [
        {**COST, "dept": "sales", "budget_amt": 100, "actual_amt": 110},
        {**COST, "dept": "finance", "budget_amt": 100, "actual_amt": 100},
    ],
    "appraisal_ratings": [
        {**RATING, "ratee_id": who, "rater_id": "B", "item": "teamwork", "score": score}
        for who, score in (("E1", 60), ("E2", 80), ("E3", 100), ("F1", 50))
    ],
}
MANAGEMENT = scope_of(login="boss", role="management", department_id=None, employee_id=None)
OPERATIONS = scope_of(login="ops", role="operations", department_id=None, employee_id=None)


@pytest.fixture
def con(given):
    load(given, ROWS)
    components.refresh(given.warehouse)
    with given.warehouse.read() as con:
        yield con


def line(card, key):
    return next(line for line in card.lines if line.key == key)


def test_a_line_shows_the_previous_month_and_a_trend_of_thirteen(con):
    found = line(department_scorecard(con, owner_scope(), MAY, "sales"), "sales_attainment_rate")
    assert (found.value, found.previous, found.year_before) == (0.75, 0.5, None)
    assert [point.value for point in found.trend] == [None] * 11 + [0.5, 0.75]
    assert str(found.trend[0].period) == "2025-05"


def test_a_default_target_says_that_it_is_one(con):
    found = line(department_scorecard(con, owner_scope(), MAY, "sales"), "sales_attainment_rate")
    assert (found.target, found.target_origin) == (1.0, "default")


def test_ratings_are_shown_as_capability_and_attitude_of_the_department(con):
    found = line(department_scorecard(con, owner_scope(), MAY, "sales"), "rating_teamwork")
    assert (found.dimension, found.value, found.sample) == ("capability", 80, 3)


def test_a_mean_over_one_person_tells_nothing_at_all(con):
    found = line(department_scorecard(con, owner_scope(), MAY, "finance"), "rating_teamwork")
    assert found.reason == "insufficient_raters"
    assert (found.value, found.numerator, found.denominator, found.sample) == (None,) * 4
    assert [point.value for point in found.trend] == [None] * 13


def test_what_arrived_from_some_departments_only_is_partial(con):
    found = line(department_scorecard(con, owner_scope(), MAY, "finance"), "budget_deviation_rate")
    assert (found.level, found.value, found.covered, found.expected) == ("company", 0.05, 2, 7)
    assert found.is_partial


def test_a_head_sees_the_own_department_and_no_other(con):
    cards = company_overview(con, head_of("sales"), MAY)
    assert [card.subject.department for card in cards] == ["sales"]
    with pytest.raises(AccessDenied):
        department_scorecard(con, head_of("sales"), MAY, "finance")
    with pytest.raises(AccessDenied):
        indicator_trend(con, head_of("sales"), "nps", "marketing", MAY)
    with pytest.raises(AccessDenied):
        breakdown(con, head_of("sales"), "nps", MAY, "marketing", "team")


@pytest.mark.parametrize("scope", [NOBODY, person("E1")])
def test_without_a_department_in_scope_there_is_no_scorecard(con, scope):
    assert company_overview(con, scope, MAY) == ()
    with pytest.raises(AccessDenied):
        department_scorecard(con, scope, MAY, "sales")


def test_management_sees_every_department(con):
    assert len(company_overview(con, MANAGEMENT, MAY)) == 7


def test_an_employee_sees_the_own_scorecard_and_nobody_elses(con):
    card = employee_scorecard(con, person("E1"), MAY, "E1")
    assert line(card, "sales_attainment_rate").numerator == 90
    assert line(card, "rating_teamwork").value == 60
    assert card.total is None
    with pytest.raises(AccessDenied):
        employee_scorecard(con, person("E1"), MAY, "E2")


def test_a_head_sees_the_own_employees_only(con):
    assert employee_scorecard(con, head_of("sales"), MAY, "E2").subject.employee_id == "E2"
    with pytest.raises(AccessDenied):
        employee_scorecard(con, head_of("sales"), MAY, "F1")


def test_operations_sees_departments_and_no_employee(con):
    assert len(company_overview(con, OPERATIONS, MAY)) == 7
    with pytest.raises(AccessDenied):
        employee_scorecard(con, OPERATIONS, MAY, "E1")


def test_a_number_that_nobody_has_is_told_only_to_who_may_see_everyone(con):
    with pytest.raises(UnknownEmployee):
        employee_scorecard(con, owner_scope(), MAY, "X9")
    with pytest.raises(AccessDenied):
        employee_scorecard(con, head_of("sales"), MAY, "X9")


def test_a_head_who_answers_for_the_company_sees_the_number_and_the_own_rows(con):
    rows = rows_behind(con, head_of("finance"), "budget_deviation_rate", MAY, "finance")
    assert (rows.numerator, rows.denominator) == (10, 200)
    assert (rows.counted, rows.listed, rows.hidden) == (2, 1, 1)
    assert rows.table["department_id"].to_pylist() == ["finance"]


def test_a_company_wide_denominator_lists_only_rows_in_scope(con):
    rows = rows_behind(con, head_of("finance"), "expense_ratio", MAY, "finance", side="denominator")
    assert (rows.denominator, rows.counted, rows.listed) == (150, 2, 0)
    assert rows.table.num_rows == 0


def test_rows_open_down_to_file_sheet_and_row(con):
    rows = rows_behind(con, head_of("sales"), "sales_attainment_rate", MAY, "sales")
    first = rows.table.to_pylist()[0]
    assert (first["file_name"], first["sheet"], first["row_number"]) == (
        "sales_orders.xlsx",
        "Sheet1",
        3,
    )
    assert (first["employee_name"], first["numerator"], first["order_id"]) == (
        "Chan",
        90,
        "sales_orders-2",
    )


@pytest.mark.parametrize("scope", [NOBODY, head_of("finance"), person("E2")])
def test_rows_of_another_department_are_refused(con, scope):
    with pytest.raises(AccessDenied):
        rows_behind(con, scope, "sales_attainment_rate", MAY, "sales")


def test_an_employee_opens_the_own_rows(con):
    rows = rows_behind(con, person("E1"), "sales_attainment_rate", MAY, "sales", employee="E1")
    assert (rows.listed, rows.hidden, rows.numerator) == (1, 0, 90)
    with pytest.raises(AccessDenied):
        rows_behind(con, person("E1"), "sales_attainment_rate", MAY, "sales", employee="E2")


def test_ratings_open_to_means_of_rater_types_without_any_rater(con):
    rows = rows_behind(con, head_of("sales"), "rating_teamwork", MAY, "sales")
    assert rows.columns == ()
    assert "rater_id" not in rows.table.column_names
    assert rows.table["mean"].to_pylist() == [60, 80, 100]
    assert rows.table["rater_type"].to_pylist() == ["superior"] * 3


def test_a_rater_type_below_its_minimum_is_not_even_named(given):
    peers = [
        {**RATING, "rater_type": "peer", "ratee_id": "E1", "item": "teamwork", "score": score}
        for score in (10, 20)
    ]
    load(given, ROWS | {"appraisal_ratings": [*ROWS["appraisal_ratings"], *peers]})
    components.refresh(given.warehouse)
    with given.warehouse.read() as con:
        rows = rows_behind(con, head_of("sales"), "rating_teamwork", MAY, "sales", employee="E1")
        card = employee_scorecard(con, head_of("sales"), MAY, "E1")
    assert rows.table["rater_type"].to_pylist() == ["superior"]
    assert (rows.counted, line(card, "rating_teamwork").value) == (1, 60)


def test_ratings_of_people_outside_the_scope_are_counted_and_not_listed(con):
    rows = rows_behind(con, OPERATIONS, "rating_teamwork", MAY, "sales")
    assert (rows.counted, rows.listed, rows.table.num_rows) == (3, 0, 0)
    with pytest.raises(AccessDenied):
        rows_behind(con, head_of("finance"), "rating_teamwork", MAY, "sales", employee="E1")


def test_a_breakdown_names_each_team(con):
    parts = breakdown(con, head_of("sales"), "sales_attainment_rate", MAY, "sales", "team")
    assert [(part.name, part.line.numerator) for part in parts] == [("North", 90), ("South", 60)]


def test_a_breakdown_by_people_names_only_those_in_scope(con):
    ask = ("sales_attainment_rate", MAY, "sales", "employee")
    assert [p.name for p in breakdown(con, head_of("sales"), *ask)] == ["Chan", "Lee"]
    assert breakdown(con, OPERATIONS, *ask) == ()


def test_a_company_number_breaks_down_into_the_departments_in_scope(con):
    ask = ("budget_deviation_rate", MAY, "finance", "department")
    found = {p.name: p.line.value for p in breakdown(con, MANAGEMENT, *ask)}
    assert found["sales"] == pytest.approx(0.1)
    assert found["finance"] == 0
    assert [p.name for p in breakdown(con, head_of("finance"), *ask)] == ["finance"]


def test_a_team_of_two_shows_no_mean_of_ratings(con):
    parts = breakdown(con, MANAGEMENT, "rating_teamwork", MAY, "sales", "team")
    assert [(part.name, part.line.reason) for part in parts] == [
        ("North", "insufficient_raters"),
        ("South", "insufficient_raters"),
    ]


def test_the_biggest_change_comes_first(con):
    changes = biggest_changes(company_overview(con, MANAGEMENT, MAY))
    assert [(c.department, c.line.key, c.points) for c in changes] == [
        ("sales", "sales_attainment_rate", 25)
    ]


def test_a_trend_is_judged_month_by_month(con):
    lines = indicator_trend(con, MANAGEMENT, "sales_attainment_rate", "sales", MAY, 3)
    assert [(found.value, found.score, found.reason) for found in lines] == [
        (None, None, "no_data"),
        (0.5, 50, None),
        (0.75, 75, None),
    ]


def test_an_unknown_indicator_is_refused(con):
    with pytest.raises(UnknownIndicator, match="sales_growth_rate"):
        indicator_trend(con, MANAGEMENT, "sale_growth_rate", "sales", MAY)


def test_periods_with_data_are_offered(con):
    found = [str(period) for period in available_periods(con)]
    assert found == ["2026-04", "2026-05", "2026-Q2", "2026"]


def test_the_last_complete_month_has_everything_monthly(given):
    load(given, {"sales_orders": ROWS["sales_orders"], "sales_targets": ROWS["sales_targets"]})
    load(given, {"satisfaction_surveys": [{"survey_date": "2026-04-01", "subject": "brand"}]})
    with given.warehouse.read() as con:
        assert str(latest_complete_period(con)) == "2026-04"
    declare(given, "satisfaction_surveys", "2026-05")
    with given.warehouse.read() as con:
        assert str(latest_complete_period(con)) == "2026-05"


def test_without_data_there_is_no_period(given):
    with given.warehouse.read() as con:
        assert latest_complete_period(con) is None
        assert available_periods(con) == ()
