"""A person's performance: own indicators and the department's."""

import pytest

from kpi.performance import performance
from kpi.policy import policy
from kpi.roll_up import DimensionScore


def scored(score, coverage=1.0, *, provisional=False, dominant=None):
    return DimensionScore(
        dimension="performance",
        score=score,
        coverage=coverage,
        is_provisional=provisional,
        missing=(),
        dominant=dominant,
    )


def test_a_head_is_60_percent_department_and_40_personal():
    # Golden K3 (xiexiebang.com): 90 x 60 % + 80 x 40 % = 86.
    share = policy().own_share["head"]
    found = performance(scored(80), scored(90), share, policy())
    assert found.score.score == pytest.approx(86)
    assert not found.score.is_provisional


def test_staff_are_70_percent_personal():
    found = performance(scored(80), scored(90), policy().own_share["staff"], policy())
    assert found.score.score == pytest.approx(83)
    assert found.own_share == 0.7


def test_without_own_indicators_the_department_is_the_whole():
    found = performance(None, scored(90), 0.7, policy())
    assert (found.score.score, found.own_share, found.flags) == (90, 0, ("no_own_indicators",))
    assert not found.score.is_provisional


def test_own_indicators_that_cannot_be_scored_make_it_provisional():
    found = performance(scored(None, 0.0), scored(90), 0.7, policy())
    assert (found.score.score, found.own_share) == (90, 0)
    assert found.score.coverage == pytest.approx(0.3)
    assert found.score.is_provisional
    assert found.flags == ("own_indicators_unscored",)


def test_without_a_department_result_the_own_one_stands_provisionally():
    found = performance(scored(80), scored(None, 0.0), 0.7, policy())
    assert (found.score.score, found.own_share) == (80, 1)
    assert found.score.is_provisional
    assert found.flags == ("no_department_result",)


def test_with_neither_there_is_no_performance():
    found = performance(None, scored(None, 0.0), 0.7, policy())
    assert found.score.score is None
    assert not found.score.is_provisional


def test_coverage_is_weighed_by_the_same_shares():
    found = performance(scored(80, 0.5), scored(90, 1.0), 0.7, policy())
    assert found.score.coverage == pytest.approx(0.65)


def test_a_provisional_part_makes_the_whole_provisional():
    assert performance(scored(80), scored(90, provisional=True), 0.7, policy()).score.is_provisional


def test_a_dominant_indicator_is_flagged():
    found = performance(scored(80, dominant="nps"), scored(90), 0.7, policy())
    assert "dominant_indicator" in found.flags
    assert found.score.dominant == "nps"
