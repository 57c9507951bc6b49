"""A component becomes a value or a reason, and never a zero that nobody measured."""

from dataclasses import replace
from datetime import date

import pytest

from kpi.catalog import catalog
from kpi.policy import policy
from kpi.result import REASONS, Component, Result, judged, result
from kpi.scoring import Goal

TASKS = catalog().indicator("task_on_time_rate")


def found(numerator, denominator, *, sample=100, covered=1, level="department", **changes):
    component = Component(
        period_start=date(2026, 5, 1),
        numerator=numerator,
        denominator=denominator,
        sample=sample,
        covered=covered,
        expected=1,
    )
    answer = result(replace(TASKS, **changes), component, level, policy())
    return answer.value, answer.reason


def test_a_value_is_the_numerator_over_the_denominator():
    assert found(3, 4) == (0.75, None)


def test_nothing_of_something_is_a_true_zero():
    assert found(0, 4) == (0, None)


def test_without_a_component_there_is_no_data():
    assert result(TASKS, None, "department", policy()) == Result(value=None, reason="no_data")


def test_what_has_not_arrived_has_no_value_even_if_a_part_has():
    assert found(3, 4, covered=0) == (None, "no_data")


def test_an_unknown_numerator_is_no_zero():
    assert found(None, 4) == (None, "no_activity")


@pytest.mark.parametrize(
    ("empty", "numerator", "reason"),
    [
        ("Z1", 0, "no_activity"),
        ("Z1", 5, "no_activity"),
        ("Z2", 0, "no_activity"),
        ("Z3", 0, "no_activity"),
        ("Z3", None, "no_activity"),
        ("Z3", 5, "cost_without_output"),
        ("Z4", 0, "no_event"),
        ("Z5", 0, "insufficient_raters"),
        ("T", 5, "no_target"),
    ],
)
@pytest.mark.parametrize("denominator", [0, None])
def test_without_a_denominator_the_reason_depends_on_the_indicator(
    empty, numerator, reason, denominator
):
    assert found(numerator, denominator, empty=empty) == (None, reason)


def test_a_negative_denominator_gives_no_value():
    assert found(5, -10) == (None, "no_activity")


@pytest.mark.parametrize(("sample", "reason"), [(4, "low_sample"), (5, None)])
def test_a_few_answers_are_shown_with_a_reason(sample, reason):
    assert found(3, 4, sample=sample, empty="Z2") == (0.75, reason)


@pytest.mark.parametrize(
    ("sample", "level", "expected"),
    [
        (2, "department", (None, "insufficient_raters")),
        (2, "team", (None, "insufficient_raters")),
        (3, "department", (0.75, None)),
        (1, "employee", (0.75, None)),
    ],
)
def test_a_mean_over_people_is_shown_from_three_on(sample, level, expected):
    assert found(3, 4, sample=sample, level=level, empty="Z5") == expected


def test_a_total_needs_no_denominator():
    count = replace(TASKS, denominator=None, kind="total")
    seven = Component(
        period_start=date(2026, 5, 1), numerator=7, denominator=0, sample=7, covered=1, expected=1
    )
    assert result(count, seven, "department", policy()) == Result(value=7, reason=None)


def test_a_scale_and_a_complement_are_applied_after_the_division():
    assert found(1, 4, scale=1000)[0] == 250
    assert found(1, 4, transform="complement")[0] == 0.75
    assert found(5, 4, transform="complement")[0] == -0.25
    assert found(5, 4, transform="complement_floor_0")[0] == 0


def judge(value, reason=None, goal=TASKS.goal, **changes):
    answer = judged(replace(TASKS, **changes), Result(value=value, reason=reason), goal, policy())
    return answer.score, answer.reason


def test_a_value_against_its_target_is_a_score():
    assert judge(0.45) == (50, None)


def test_a_value_without_a_target_is_not_scored():
    assert judge(0.45, goal=Goal()) == (None, "no_target")


def test_a_target_of_zero_cannot_be_used():
    assert judge(0.45, goal=Goal(target=0)) == (None, "unusable_target")


def test_a_reason_for_a_value_keeps_it_from_being_scored():
    assert judge(0.45, "low_sample") == (None, "low_sample")


def test_cost_without_output_is_the_worst():
    assert judge(None, "cost_without_output") == (0, "cost_without_output")


def test_what_is_context_has_neither_score_nor_reason():
    assert judge(0.45, scoring=None) == (None, None)


def test_every_reason_has_its_words():
    assert all(words.endswith(".") for words in REASONS.values())
