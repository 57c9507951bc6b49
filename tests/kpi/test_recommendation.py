"""For whom the ladder holds."""

import pytest

from data.access import NOBODY, AccessDenied, owner_scope
from kpi.period import Period
from kpi.recommendation import last_ended, recommendation, recommendations
from tests.kpi.appraised import goals, people, rated, ready, tasks
from tests.kpi.given import day, head_of

MONTHS = {
    "2026-Q1": ("2026-01", "2026-02", "2026-03"),
    "2026-Q2": ("2026-04", "2026-05", "2026-06"),
    "2026-Q3": ("2026-07", "2026-08", "2026-09"),
    "2026-Q4": ("2026-10", "2026-11", "2026-12"),
}


def quarters(given, signs, *, hired="2020-01-01"):
    """E1's quarters of 2026: U fails in every task, Q in none; in - nobody has any result."""
    people(given, {"emp_id": "E1", "hire_date": day(hired)}, {"emp_id": "E2"})
    goals(given)
    for sign, months in zip(signs, MONTHS.values(), strict=False):
        for month in months if sign != "-" else ():
            good = sign == "Q"
            tasks(given, "E1", month, in_time=5 * good, late=5 * (not good))
            rated(given, "E1", month, 90 if good else 40)
            tasks(given, "E2", month, in_time=20)
            rated(given, "E2", month, 90)
    return ready(given)


def standing(given, period):
    with given.warehouse.read() as con:
        return recommendations(con, owner_scope(), Period.parse(period))


def test_two_unqualified_quarters_in_a_row_recommend_coaching(given):
    quarters(given, "QUU")
    found = standing(given, "2026-Q3")
    assert set(found) == {"E1"}
    (case,) = found["E1"]
    assert case.rule.id == "two_quarters"
    assert case.counted == ("2026-Q2", "2026-Q3")
    assert case.steps[0].period == "2026-Q3"


@pytest.mark.parametrize(
    ("signs", "period", "stands"),
    [
        ("UU", "2026-Q1", False),
        ("UU", "2026-06", True),
        ("UU", "2026-05", False),
        ("UU", "2026-08", True),  # the third quarter has not ended
        ("UQU", "2026-Q3", False),
        ("UUQ", "2026-Q3", False),
        ("U-U", "2026-Q3", True),
        ("UU-", "2026-Q3", True),
    ],
)
def test_a_case_stands_as_a_period_ends(given, signs, period, stands):
    quarters(given, signs)
    assert ("E1" in standing(given, period)) is stands


def test_a_provisional_quarter_does_not_count(given):
    # Joined in March: one month of three in the first quarter.
    quarters(given, "UU", hired="2026-03-01")
    assert standing(given, "2026-Q2") == {}


def test_one_person_has_the_same_case_as_in_the_list(given):
    quarters(given, "QUU")
    with given.warehouse.read() as con:
        period = Period.parse("2026-Q3")
        one = recommendation(con, head_of("technology"), period, "E1")
        assert one == recommendations(con, owner_scope(), period)["E1"]
        assert recommendation(con, owner_scope(), period, "E2") == ()


def test_cases_outside_the_scope_are_not_told(given):
    quarters(given, "UU")
    with given.warehouse.read() as con:
        period = Period.parse("2026-Q2")
        assert recommendations(con, head_of("sales"), period) == {}
        assert recommendations(con, NOBODY, period) == {}
        with pytest.raises(AccessDenied):
            recommendation(con, head_of("sales"), period, "E1")


@pytest.mark.parametrize(
    ("cycle", "period", "last"),
    [
        ("quarter", "2026-10", "2026-Q3"),
        ("quarter", "2026-09", "2026-Q3"),
        ("quarter", "2026", "2026-Q4"),
        ("year", "2026-10", "2025"),
        ("year", "2026-12", "2026"),
        ("month", "2026-Q3", "2026-09"),
    ],
)
def test_cases_hinge_on_the_last_period_of_their_cycle_to_have_ended(cycle, period, last):
    assert str(last_ended(cycle, Period.parse(period))) == last


def test_the_cases_of_one_cycle_can_be_asked_for_alone(given):
    quarters(given, "QUU")
    with given.warehouse.read() as con:
        period = Period.parse("2026-Q3")
        assert set(recommendations(con, owner_scope(), period, cycles=("quarter",))) == {"E1"}
        assert recommendations(con, owner_scope(), period, cycles=("year",)) == {}
