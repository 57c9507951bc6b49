import pytest

from kpi.policy import policy
from kpi.scoring import Goal, expand, read_scoring, rounded, score, status


def scored(value, *, direction="higher", goal, **entry):
    scoring, faults = read_scoring(entry, direction)
    assert scoring is not None, faults
    return score(value, scoring, goal, policy())


@pytest.mark.parametrize(("value", "expected"), [(50, 62.5), (80, 100), (90, 100), (-5, 0)])
def test_higher_is_the_share_of_the_target_reached_up_to_a_hundred(value, expected):
    assert scored(value, method="attainment_higher", goal=Goal(target=80)) == expected


@pytest.mark.parametrize(("value", "expected"), [(60, 0), (60.001, 75.00125), (80, 100)])
def test_at_the_floor_and_below_higher_is_nothing(value, expected):
    found = scored(value, method="attainment_higher", goal=Goal(target=80, floor=60))
    assert found == pytest.approx(expected)


@pytest.mark.parametrize(("value", "expected"), [(0, 100), (10, 100), (15, 50), (20, 0), (99, 0)])
def test_lower_falls_to_nothing_at_twice_the_target_and_does_not_explode_at_zero(value, expected):
    found = scored(value, direction="lower", method="attainment_lower", goal=Goal(target=10))
    assert found == expected


@pytest.mark.parametrize(("value", "expected"), [(14.9, 51), (15, 0)])
def test_at_the_floor_and_above_lower_is_nothing(value, expected):
    goal = Goal(target=10, floor=15)
    assert scored(value, direction="lower", method="attainment_lower", goal=goal) == pytest.approx(
        expected
    )


@pytest.mark.parametrize("target", [0, -10, None])
def test_a_target_of_zero_or_below_cannot_be_divided_by(target):
    assert scored(5, method="attainment_higher", goal=Goal(target=target)) is None


@pytest.mark.parametrize(("value", "expected"), [(0, 100), (1, 75), (4, 0), (9, 0)])
def test_each_case_above_a_target_of_zero_costs_its_points(value, expected):
    found = scored(value, direction="lower", method="zero_target_lower", goal=Goal(target=0))
    assert found == expected


@pytest.mark.parametrize(
    ("value", "expected"), [(0.95, 100), (1.10, 100), (0.9125, 50), (0.875, 0), (1.1375, 50)]
)
def test_outside_a_band_the_score_falls_over_half_its_width(value, expected):
    goal = Goal(band_lo=0.95, band_hi=1.10)
    found = scored(value, direction="band", method="band", goal=goal)
    assert found == pytest.approx(expected)


def test_a_narrow_band_falls_over_five_points_at_least():
    goal = Goal(band_lo=-0.01, band_hi=0.01)
    assert scored(0.035, direction="band", method="band", goal=goal) == pytest.approx(50)


@pytest.mark.parametrize(("value", "expected"), [(0.04, 50), (0.03, 75), (0.02, 100), (0.10, 50)])
def test_anchors_are_interpolated_and_held_at_both_ends(value, expected):
    """exceldemy.com balanced scorecard (golden H7): damaged goods, 4 % is 50 and 2 % is 100."""
    anchors = [[0.02, 100], [0.04, 50]]
    found = scored(value, direction="lower", method="anchors", anchors=anchors, goal=Goal())
    assert found == pytest.approx(expected)


@pytest.mark.parametrize(("actual", "expected"), [(20, 25), (5, 0), (40, 100)])
def test_a_range_from_worst_to_best(actual, expected):
    """NICE inContact (golden H7): (worst - actual) / (worst - best), held within both."""
    goal = Goal(floor=15, target=35)
    anchors = [["floor", 0], ["target", 100]]
    assert scored(actual, method="anchors", anchors=anchors, goal=goal) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("side", "direction", "points", "per_point", "value", "expected"),
    [
        ("over", "lower", 30, 1.5, 110, 15),
        ("over", "lower", 30, 1.5, 121, 0),
        ("over", "lower", 30, 1.5, 80, 30),
        ("under", "higher", 20, 1, 92, 12),
        ("under", "higher", 20, 1, 70, 0),
    ],
)
def test_points_are_deducted_per_percentage_point(
    side, direction, points, per_point, value, expected
):
    """igat.cn (golden H8): budget worth 30 at 1.5 a point over, volume 20 at 1 a point under."""
    found = scored(
        value,
        direction=direction,
        method="deduct",
        side=side,
        points=points,
        per_point=per_point,
        goal=Goal(target=100),
    )
    assert found * points / 100 == pytest.approx(expected)


def test_anchors_stated_from_the_target_move_with_it_even_below_zero():
    anchors = [["target - 0.20", 0], ["target", 100]]
    goal = Goal(target=-0.05)
    assert scored(-0.15, method="anchors", anchors=anchors, goal=goal) == pytest.approx(50)


def test_without_a_value_or_a_target_there_is_no_score():
    assert scored(None, method="attainment_higher", goal=Goal(target=1)) is None
    anchors = [["target - 1", 0], ["target", 100]]
    assert scored(1, method="anchors", anchors=anchors, goal=Goal()) is None


def test_a_cap_above_a_hundred_is_reached_in_proportion():
    scoring, _ = read_scoring({"method": "attainment_higher"}, "higher")
    assert scoring is not None
    assert expand(scoring, Goal(target=50), 120) == ((0.0, 0.0), (60.0, 120.0))


@pytest.mark.parametrize(
    ("entry", "direction"),
    [
        ({"method": "attainment_lower"}, "higher"),
        ({"method": "attain"}, "higher"),
        ({"method": "attainment_higher", "cap": 1}, "higher"),
        ({"method": "anchors", "anchors": [[0, 0]]}, "higher"),
        ({"method": "anchors", "anchors": [[0, 0], ["goal", 100]]}, "higher"),
        ({"method": "anchors", "anchors": [[1, 0], [0, 100]]}, "higher"),
        ({"method": "anchors", "anchors": [[0, 0], [1, 100]]}, "lower"),
        ({"method": "deduct", "side": "under"}, "lower"),
    ],
)
def test_scoring_that_contradicts_itself_is_refused(entry, direction):
    scoring, faults = read_scoring(entry, direction)
    assert scoring is None
    assert faults


@pytest.mark.parametrize(
    ("total", "expected"), [(82.405, 82.41), (82.4049, 82.40), (89.995, 90.0), (2.675, 2.68)]
)
def test_a_half_is_rounded_up(total, expected):
    assert rounded(total) == expected


def test_a_status_follows_the_score():
    found = [status(value, policy()) for value in (90, 89.99, 70, 69.99, None)]
    assert found == ["green", "amber", "amber", "red", "none"]
