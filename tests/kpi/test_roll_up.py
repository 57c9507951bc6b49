from dataclasses import dataclass, replace

import pytest

from kpi.policy import Dimension, policy
from kpi.roll_up import dimension_score, dimension_scores, total


@dataclass(frozen=True)
class Scored:
    key: str
    score: float | None
    weight: float = 1
    dimension: Dimension = "performance"
    is_scorable: bool = True
    is_partial: bool = False


def performance(*lines):
    return dimension_score("performance", lines, policy())


def test_weights_of_what_is_there_are_brought_to_a_whole():
    """SAP KBA 2956013 (golden H1): 3 x 20, 3.5 x 30 and 2.5 x 10 over 60 are 3.17."""
    found = performance(
        Scored("a", 3, 20), Scored("b", 3.5, 30), Scored("c", 2.5, 10), Scored("d", None, 40)
    )
    assert found.score == pytest.approx(3.1667, abs=1e-4)


def test_what_is_missing_is_named_and_is_never_zero():
    found = performance(Scored("a", 80), Scored("b", 60), Scored("c", None))
    assert (found.score, found.coverage, found.missing) == (70, pytest.approx(2 / 3), ("c",))


@pytest.mark.parametrize(
    ("there", "score", "provisional"),
    [(6, 50, False), (5, 50, True), (3, 50, True), (2, None, False)],
)
def test_under_60_percent_is_provisional_and_under_30_is_nothing(there, score, provisional):
    lines = [Scored(str(n), 50 if n < there else None) for n in range(10)]
    found = performance(*lines)
    assert (found.score, found.is_provisional) == (score, provisional)


def test_one_that_comes_to_weigh_over_half_is_told():
    assert performance(Scored("a", 50, 3), Scored("b", 50, 2), Scored("c", None)).dominant == "a"
    assert performance(Scored("a", 50, 3), Scored("b", 50, 2)).dominant is None


def test_a_line_on_part_of_its_data_makes_the_dimension_provisional():
    assert performance(Scored("a", 50, is_partial=True)).is_provisional
    unscored = Scored("b", None, 0.5, is_partial=True)
    assert not performance(Scored("a", 50), unscored).is_provisional


def test_what_is_context_counts_neither_way():
    found = performance(Scored("a", 50), Scored("b", None, is_scorable=False))
    assert (found.score, found.coverage) == (50, 1)


def test_a_total_weighs_the_dimensions_60_20_20():
    lines = [
        Scored("p", 90),
        Scored("c", 80, dimension="capability"),
        Scored("a", 70, dimension="attitude"),
    ]
    assert total(dimension_scores(lines, policy()), policy()).score == 84


def test_a_missing_dimension_gives_its_weight_to_the_others():
    lines = [
        Scored("p", 90),
        Scored("c", 80, dimension="capability"),
        Scored("a", None, dimension="attitude"),
    ]
    found = total(dimension_scores(lines, policy()), policy())
    assert (found.score, found.coverage) == (87.5, pytest.approx(0.8))


def test_without_performance_there_is_no_total():
    lines = [
        Scored("p", None),
        Scored("c", 80, dimension="capability"),
        Scored("a", 80, dimension="attitude"),
    ]
    assert total(dimension_scores(lines, policy()), policy()).score is None


def test_a_total_is_rounded_once_and_half_up():
    cheap = replace(policy(), dimensions={"performance": 1, "capability": 1, "attitude": 0})
    lines = [Scored("p", 82.404), Scored("c", 82.406, dimension="capability")]
    assert total(dimension_scores(lines, cheap), cheap).score == 82.41
