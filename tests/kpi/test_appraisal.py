"""Appraisal results."""

import pytest

from data.access import NOBODY, AccessDenied, owner_scope, scope_of
from kpi.appraisal import (
    NotAppraised,
    composed,
    department_means,
    distribution,
    parts_of,
    result,
    results,
)
from kpi.period import Period
from kpi.policy import policy
from kpi.scorecard import UnknownEmployee, department_scorecard
from kpi.scoring import rounded
from tests.kpi.appraised import goals, people, rated, ready, tasks
from tests.kpi.given import day, head_of, person

OCTOBER = Period.parse("2026-10")
THIRD = Period.parse("2026-Q3")


def found(given, period=OCTOBER, scope=None):
    with given.warehouse.read() as con:
        return {r.employee.employee_id: r for r in results(con, scope or owner_scope(), period)}


@pytest.fixture
def october(given):
    """E1 does 8 of 10 tasks in time, the head E2 all 10; both are rated 80."""
    people(given, {"emp_id": "E1"}, {"emp_id": "E2", "role_group": "head"})
    goals(given)
    tasks(given, "E1", "2026-10", in_time=8, late=2)
    tasks(given, "E2", "2026-10", in_time=10)
    rated(given, "E1", "2026-10", 80)
    rated(given, "E2", "2026-10", 80)
    return ready(given)


@pytest.fixture
def quarter(given):
    """E1 alone: 5 of 10 tasks in July, then 20 of 20 twice; rated 80 every month."""
    people(given, {"emp_id": "E1"})
    goals(given)
    tasks(given, "E1", "2026-07", in_time=5, late=5)
    tasks(given, "E1", "2026-08", in_time=20)
    tasks(given, "E1", "2026-09", in_time=20)
    for month in ("2026-07", "2026-08", "2026-09"):
        rated(given, "E1", month, 80)
    return ready(given)


def test_a_month_weighs_performance_capability_and_attitude(october):
    # The department does 18 of 20: 90. E1: 0.7 x 80 + 0.3 x 90 = 83; 0.6 x 83 + 0.4 x 80 = 81.8.
    one = found(october)["E1"]
    assert one.performance == pytest.approx(83)
    assert (one.capability, one.attitude) == (pytest.approx(80), pytest.approx(80))
    assert one.total == 81.8
    assert one.grade.id == "good"
    assert (one.is_provisional, one.flags, one.coverage) == (False, (), 1)


def test_a_head_answers_for_the_department(october):
    # 0.4 x 100 + 0.6 x 90 = 94; 0.6 x 94 + 0.4 x 80 = 88.4.
    assert found(october)["E2"].performance == pytest.approx(94)
    assert found(october)["E2"].total == 88.4


def test_the_department_part_is_that_of_its_scorecard(october):
    with october.warehouse.read() as con:
        card = department_scorecard(con, owner_scope(), OCTOBER, "technology")
    assert found(october)["E1"].evaluation.performance.department == card.dimensions[0]


def test_a_quarter_is_its_months_and_the_quarter_as_a_whole(quarter):
    # Months: 0.6 x 50 + 32 = 62, 92, 92; mean 82. Quarter: 45 of 50 tasks, 0.6 x 90 + 32 = 86.
    # 0.6 x 82 + 0.4 x 86 = 83.6.
    one = found(quarter, THIRD)["E1"]
    assert [part.total for part in one.parts] == pytest.approx([62, 92, 92])
    assert one.mean == pytest.approx(82)
    assert one.evaluation.total == pytest.approx(86)
    assert (one.mean_share, one.total) == (0.6, 83.6)
    assert not one.is_provisional


def test_the_quarters_own_round_of_ratings_counts_in_its_evaluation_only(quarter):
    # Four rounds of 80, 80, 80 and 100 are 85; performance is 90: 0.6 x 90 + 0.4 x 85 = 88.
    rated(quarter, "E1", "2026-09", 100, cycle="quarter")
    ready(quarter)
    one = found(quarter, THIRD)["E1"]
    assert one.evaluation.total == pytest.approx(88)
    assert one.parts[2].total == pytest.approx(92)


def test_a_quarter_with_one_month_is_provisional(october):
    one = found(october, Period.parse("2026-Q4"))["E1"]
    assert one.total == 81.8
    assert one.is_provisional
    assert "few_parts" in one.flags


def test_months_before_joining_do_not_count(quarter):
    people(quarter, {"emp_id": "E1", "hire_date": day("2026-08-03")})
    ready(quarter)
    one = found(quarter, THIRD)["E1"]
    assert [part.total for part in one.parts] == [None, pytest.approx(92), pytest.approx(92)]
    assert one.mean == pytest.approx(92)
    assert (one.is_provisional, one.flags) == (False, ("joined",))


def test_a_year_is_its_quarters_and_the_year_as_a_whole(quarter):
    # One quarter of 83.6 and, from the year's tasks and ratings, 86: the mean of the two.
    one = found(quarter, Period.parse("2026"))["E1"]
    assert [part.total for part in one.parts] == [None, None, pytest.approx(83.6), None]
    assert one.total == 84.8
    assert one.is_provisional


def test_a_published_annual_result():
    # Golden K1 (qq94.com): quarters 700, 680, 720, 660 weigh 50 %, the year's review 800 30 %,
    # attitude 700 and ability 600 10 % each: 715. With half a share of the mean, the default
    # dimension weights 60/20/20 of the year's evaluation are just these 30/10/10.
    weights = policy().dimensions
    year = {"performance": 800, "capability": 600, "attitude": 700}
    whole = sum(weights[d] * year[d] for d in weights) / 100
    share = policy().period_share["year"]
    assert composed(whole, (700, 680, 720, 660), share, 3).total == pytest.approx(715)


@pytest.mark.parametrize(("share", "expected"), [(1, 70), (0, 90), (0.6, 78)])
def test_the_share_of_the_mean_can_be_all_or_nothing(share, expected):
    assert composed(90, (60, 80), share, 2).total == pytest.approx(expected)


def test_what_counts_for_nothing_is_not_missed():
    assert composed(None, (60, 80), 1, 2).flags == ()
    assert composed(90, (), 0, 2).flags == ()


def test_without_an_evaluation_the_mean_stands_provisionally():
    made = composed(None, (60, 80), 0.6, 2)
    assert (made.total, made.mean_share, made.is_provisional) == (70, 1, True)
    assert made.flags == ("no_evaluation",)


def test_nothing_known_is_no_total():
    made = composed(None, (None, None), 0.6, 2)
    assert (made.total, made.mean, made.is_provisional) == (None, None, False)


@pytest.mark.parametrize(
    ("total", "grade"),
    [
        (100, "excellent"),
        (90, "excellent"),
        (89.995, "excellent"),  # half-up to 90.00
        (89.99, "good"),
        (89.5, "good"),  # published lists leave it undefined
        (80, "good"),
        (79.99, "qualified"),
        (70, "qualified"),
        (69.994999, "needs_improvement"),
        (60, "needs_improvement"),
        (59.99, "unqualified"),
        (0, "unqualified"),
    ],
)
def test_grades_are_half_open_bands_of_the_rounded_total(total, grade):
    assert policy().grade(rounded(total)).id == grade


def test_a_published_template_grades_82_4_as_good():
    # Golden K2: 85, 78, 90, 70 by 40/30/20/10 are 82.4, 良好.
    total = rounded(sum(w * s for w, s in ((0.4, 85), (0.3, 78), (0.2, 90), (0.1, 70))))
    assert (total, policy().grade(total).names["zh-Hant"]) == (82.4, "良好")


def test_without_own_tasks_the_departments_result_is_taken(october):
    people(october, {"emp_id": "E3"})
    rated(october, "E3", "2026-10", 60)
    ready(october)
    one = found(october)["E3"]
    assert one.performance == pytest.approx(90)
    assert one.flags == ("no_own_indicators",)
    assert one.total == 78  # 0.6 x 90 + 0.4 x 60
    assert not one.is_provisional


def test_without_ratings_a_total_is_provisional(october):
    people(october, {"emp_id": "E3"})
    tasks(october, "E3", "2026-10", in_time=5)
    ready(october)
    one = found(october)["E3"]
    assert (one.capability, one.attitude) == (None, None)
    assert {"no_capability", "no_attitude"} <= set(one.flags)
    assert one.is_provisional
    assert one.coverage == pytest.approx(0.6)


def test_without_performance_there_is_no_total(given):
    people(given, {"emp_id": "E1"})
    rated(given, "E1", "2026-10", 80)
    ready(given)
    one = found(given)["E1"]
    assert (one.total, one.grade, one.is_provisional) == (None, None, False)
    assert "no_performance" in one.flags


def test_an_own_indicator_on_which_nothing_happened_is_not_held_against_anyone(quarter):
    # E1 had tasks until September; in October there were none for anybody to do.
    rated(quarter, "E1", "2026-10", 80)
    ready(quarter)
    one = found(quarter)["E1"]
    assert one.evaluation.performance.own is None
    assert "no_own_indicators" in one.flags


@pytest.mark.parametrize(
    ("row", "employed"),
    [
        ({"hire_date": day("2026-10-31")}, True),
        ({"hire_date": day("2026-11-01")}, False),
        ({"leave_date": day("2026-10-01"), "status": "left"}, True),
        ({"leave_date": day("2026-09-30"), "status": "left"}, False),
        ({"status": "left"}, False),
        ({"hire_date": None}, True),
    ],
)
def test_only_people_employed_in_the_period_have_a_result(october, row, employed):
    people(october, {"emp_id": "E1", **row})
    ready(october)
    assert ("E1" in found(october)) is employed


def test_who_leaves_in_the_period_is_said_to(october):
    people(october, {"emp_id": "E1", "leave_date": day("2026-10-20"), "status": "left"})
    ready(october)
    assert found(october)["E1"].flags == ("left",)


def test_a_person_in_full_has_ratings_by_type_and_a_history(quarter):
    with quarter.warehouse.read() as con:
        full = result(con, owner_scope(), Period.parse("2026-09"), "E1")
    assert full.result.total == 92
    assert [one.total for one in full.history] == [62, 92, 92]
    assert {item.item for item in full.ratings} == {
        "professional_skill",
        "communication",
        "teamwork",
        "responsibility",
        "dedication",
        "initiative",
    }
    keys = [line.key for line in full.result.evaluation.lines]
    assert keys[0] == "task_on_time_rate"
    assert len(keys) == 7


def test_whoever_was_not_employed_has_no_result_in_full(october):
    people(october, {"emp_id": "E3", "hire_date": day("2026-11-01")})
    with october.warehouse.read() as con:
        with pytest.raises(NotAppraised):
            result(con, owner_scope(), OCTOBER, "E3")
        with pytest.raises(UnknownEmployee):
            result(con, owner_scope(), OCTOBER, "E9")


def test_everyone_sees_whom_the_scope_lets_them_see(october):
    people(october, {"emp_id": "E3", "dept": "sales"})
    ready(october)
    operations = scope_of(login="o", role="operations", department_id=None, employee_id="E1")
    for scope, seen in (
        (head_of("technology"), {"E1", "E2"}),
        (head_of("sales"), {"E3"}),
        (person("E1", "technology"), {"E1"}),
        (operations, set()),
        (NOBODY, set()),
    ):
        assert set(found(october, scope=scope)) == seen


@pytest.mark.parametrize("scope", [head_of("sales"), person("E2", "technology"), NOBODY])
def test_a_result_outside_the_scope_is_refused(october, scope):
    with october.warehouse.read() as con, pytest.raises(AccessDenied):
        result(con, scope, OCTOBER, "E1")


def test_a_department_has_a_mean_from_three_people_on(october):
    assert department_means(found(october).values()) == {"technology": None}
    people(october, {"emp_id": "E3"})
    rated(october, "E3", "2026-10", 60)
    ready(october)
    # 81.8, 88.4 and 78.
    assert department_means(found(october).values()) == {"technology": 82.73}


def test_the_distribution_counts_every_grade(october):
    assert distribution(found(october).values()) == {
        "excellent": 0,
        "good": 2,
        "qualified": 0,
        "needs_improvement": 0,
        "unqualified": 0,
    }


def test_the_parts_of_a_year_are_its_quarters():
    assert [str(part) for part in parts_of(Period.parse("2026"))] == [
        "2026-Q1",
        "2026-Q2",
        "2026-Q3",
        "2026-Q4",
    ]
    assert parts_of(OCTOBER) == ()
