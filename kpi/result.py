"""Results: a stored component becomes a value, or the reason why there is none."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from kpi.indicator import Indicator
from kpi.measure import Level
from kpi.policy import Policy
from kpi.scoring import Goal, score, worst

Reason = Literal[
    "no_data",
    "no_activity",
    "no_event",
    "low_sample",
    "insufficient_raters",
    "no_target",
    "unusable_target",
    "cost_without_output",
]

REASONS: dict[Reason, str] = {
    "no_data": "The data for it has not arrived.",
    "no_activity": "Nothing happened that it could be measured on.",
    "no_event": "There was no event to respond to.",
    "low_sample": "Too few answers to score it.",
    "insufficient_raters": "Too few raters to show it.",
    "no_target": "No target has been set.",
    "unusable_target": "It cannot be scored against a target of zero or below.",
    "cost_without_output": "There was cost and nothing to show for it.",
}
"""Why a line has no value or no score."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """What is stored of an indicator for one period and level."""

    period_start: date
    numerator: float | None
    denominator: float | None
    sample: int | None
    covered: int
    expected: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A value, or why there is none. A value may come with a reason for not scoring it."""

    value: float | None
    reason: Reason | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A score in full precision, or why there is none."""

    score: float | None
    reason: Reason | None


def result(
    indicator: Indicator, component: Component | None, level: Level, policy: Policy
) -> Result:
    """The value of a component; never zero for what is not known."""
    if component is None or component.covered == 0:
        return Result(value=None, reason="no_data")
    if _too_few_people(indicator, component, level, policy):
        return Result(value=None, reason="insufficient_raters")
    base = 1.0 if indicator.denominator is None else component.denominator
    if base is None or base <= 0:
        return Result(value=None, reason=_without_base(indicator, component))
    if component.numerator is None:
        return Result(value=None, reason="no_activity")
    value = _transformed(indicator, indicator.scale * component.numerator / base)
    small = indicator.empty == "Z2" and (component.sample or 0) < policy.minimum_responses
    return Result(value=value, reason="low_sample" if small else None)


def judged(indicator: Indicator, found: Result, goal: Goal, policy: Policy) -> Judged:
    """The score of a result against a goal; what is context has neither score nor reason."""
    if indicator.scoring is None:
        return Judged(score=None, reason=found.reason)
    if found.reason == "cost_without_output":
        return Judged(score=worst(indicator.scoring), reason=found.reason)
    if found.value is None or found.reason is not None:
        return Judged(score=None, reason=found.reason)
    known = goal.band_lo if indicator.scoring.needs_band else goal.target
    if known is None:
        return Judged(score=None, reason="no_target")
    scored = score(found.value, indicator.scoring, goal, policy)
    return Judged(score=scored, reason="unusable_target" if scored is None else None)


def _too_few_people(
    indicator: Indicator, component: Component, level: Level, policy: Policy
) -> bool:
    if indicator.empty != "Z5":
        return False
    fewest = 1 if level == "employee" else policy.minimum_people
    return (component.sample or 0) < fewest


def _without_base(indicator: Indicator, component: Component) -> Reason:
    match indicator.empty:
        case "Z3" if component.numerator is not None and component.numerator > 0:
            return "cost_without_output"
        case "Z4":
            return "no_event"
        case "Z5":
            return "insufficient_raters"
        case "T":
            return "no_target"
        case _:
            return "no_activity"


def _transformed(indicator: Indicator, value: float) -> float:
    match indicator.transform:
        case "complement":
            return 1 - value
        case "complement_floor_0":
            return max(0.0, 1 - value)
        case _:
            return value
