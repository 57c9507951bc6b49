"""Capability and attitude, 4.2.1: what people are rated, by type of rater."""

from functools import cache

from tests.kpi.second_computation.policy import POLICY
from tests.kpi.second_computation.ratio import Number

CAPABILITY = ("professional_skill", "communication", "teamwork")
ATTITUDE = ("responsibility", "dedication", "initiative")

CYCLES = {1: ("month",), 3: ("month", "quarter"), 12: ("month", "quarter", "year")}
"""Whose rounds count in a period of so many months."""


def rating(datasets, item, department, months):
    """The mean over the department's people; nothing for fewer than the minimum."""
    rated = employee_ratings(datasets, months)
    points = rated[(rated.dept == department) & (rated.item == item)].points
    if len(points) < POLICY["minimum"]["people"]:
        return Number()
    return Number(points.sum(), len(points))


@cache
def employee_ratings(datasets, months):
    """One row per employee and item: 0 to 100 points, by the weights of the types of raters."""
    types = _types(datasets, months).merge(
        datasets["employees"], left_on="ratee_id", right_on="emp_id"
    )
    types["weight"] = [
        POLICY["rater_weights"][group][rater_type]
        for group, rater_type in zip(types.role_group, types.rater_type, strict=True)
    ]
    types["weighted"] = types["mean"] * types.weight
    items = types.groupby(["dept", "ratee_id", "item"])[["weighted", "weight"]].sum().reset_index()
    items = items[items.weight > 0]
    return items.assign(points=items.weighted / items.weight)


def _types(datasets, months):
    """One row per employee, item and type of rater: the mean of the rounds with enough raters."""
    ratings = datasets["appraisal_ratings"]
    held = ratings[
        ratings.cycle.isin(CYCLES[len(months)]) & ratings.period.dt.to_period("M").isin(months)
    ]
    points = held.assign(points=100 * held.score / held.scale_max)
    rounds = points.groupby(["ratee_id", "item", "rater_type", "cycle", "period"]).points
    counted = rounds.agg(["sum", "count"]).reset_index()
    enough = counted[counted["count"] >= counted.rater_type.map(POLICY["minimum_raters"])]
    types = enough.groupby(["ratee_id", "item", "rater_type"])[["sum", "count"]].sum()
    return (types["sum"] / types["count"]).rename("mean").reset_index()
