"""Scores, section 4: a value against its target becomes 0 to 100 points."""

from tests.kpi.second_computation.policy import POLICY

LOWER_IS_BETTER = ("complaint_rate_per_1000", "expense_ratio")
WITHIN_A_BAND = ("budget_deviation_rate", "schedule_performance_index", "cost_performance_index")
POINTS_BELOW_TARGET = {"sales_growth_rate": 0.20, "nps": 50}
"""What may be negative is scored by its distance from the target; this far below it is 0."""
OPINIONS = ("brand_awareness_rate", "nps", "service_csat")


def score(indicator, number, goal):
    """The points of a number; None where there is nothing to score."""
    value = number.value
    few = indicator in OPINIONS and number.denominator < POLICY["minimum"]["responses"]
    if value is None or few:
        return None
    if indicator.startswith("rating_"):
        return value
    if indicator in WITHIN_A_BAND:
        return _in_band(value, goal.band_lo, goal.band_hi)
    if indicator in POINTS_BELOW_TARGET:
        return _held(100 * (1 + (value - goal.target) / POINTS_BELOW_TARGET[indicator]))
    if indicator in LOWER_IS_BETTER:
        return _held(100 * (2 - value / goal.target))
    return 0.0 if value <= goal.floor else _held(100 * value / goal.target)


def _in_band(value, low, high):
    """100 within the band, falling to 0 at half its width, or 5 points if more, outside."""
    width = max((high - low) / 2, 0.05)
    outside = max(low - value, value - high, 0)
    return _held(100 * (1 - outside / width))


def _held(points):
    return min(max(points, 0.0), 100.0)
