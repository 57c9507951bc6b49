"""Scoring: how a value against its target becomes a score from 0 to 100.

Every method expands to anchor points (value, score), interpolated in between and held at both
ends; `attainment_*`, `zero_target_lower`, `band` and `deduct` are shorthands for anchors.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Any, Literal

from kpi.policy import Policy

Method = Literal[
    "attainment_higher", "attainment_lower", "zero_target_lower", "anchors", "band", "deduct"
]
Status = Literal["green", "amber", "red", "none"]
Point = tuple[float, float]

METHODS: Mapping[str, frozenset[str]] = {
    "attainment_higher": frozenset({"higher"}),
    "attainment_lower": frozenset({"lower"}),
    "zero_target_lower": frozenset({"lower"}),
    "anchors": frozenset({"higher", "lower", "band"}),
    "band": frozenset({"band"}),
    "deduct": frozenset({"higher", "lower"}),
}
"""Each method and the directions it can serve."""

_REFERENCE = re.compile(r"(target|floor|stretch)(?: ([+-]) (\d+(?:\.\d+)?))?")

_KEYS: Mapping[str, frozenset[str]] = {
    "attainment_higher": frozenset(),
    "attainment_lower": frozenset(),
    "zero_target_lower": frozenset({"per_unit"}),
    "anchors": frozenset({"anchors"}),
    "band": frozenset({"width"}),
    "deduct": frozenset({"points", "per_point", "side"}),
}

_SMALLEST_WIDTH = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A score at a value, which may be stated by its distance from the target."""

    reference: str | None
    value: float
    """The value itself, or the distance from the reference."""
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoring:
    """A method and its settings, as an indicator declares them."""

    method: Method
    anchors: tuple[Anchor, ...] = ()
    per_unit: float = 25.0
    """zero_target_lower: what each unit above zero costs."""
    width: float | None = None
    """band: how far outside the band the score reaches 0; None for half the band's width."""
    points: float = 100.0
    """deduct: what the item is worth."""
    per_point: float = 1.0
    """deduct: what each percentage point off the target costs, of `points`."""
    side: Literal["over", "under"] = "over"
    """deduct: on which side of the target points are lost."""

    @property
    def needs_band(self) -> bool:
        return self.method == "band"


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What a value is held against; None where the company has not said."""

    target: float | None = None
    floor: float | None = None
    stretch: float | None = None
    band_lo: float | None = None
    band_hi: float | None = None


def read_scoring(entry: Mapping[str, Any], direction: str) -> tuple[Scoring | None, list[str]]:
    """The scoring an indicator declares, or the faults in it."""
    method: Method = entry.get("method", "")
    if method not in METHODS:
        return None, [f"scoring: no method is named {method!r}; known are {', '.join(METHODS)}"]
    faults = [
        f"scoring: {method} takes no {key!r}" for key in entry.keys() - _KEYS[method] - {"method"}
    ]
    if direction not in METHODS[method]:
        faults.append(f"scoring: {method} does not fit the direction {direction!r}")
    anchors = [_anchor(pair) for pair in entry.get("anchors", [])]
    if (method == "deduct") and entry.get("side") != {"lower": "over", "higher": "under"}[
        direction
    ]:
        faults.append(
            "scoring: deduct over the target where lower is better, under it where higher"
        )
    if None in anchors or (method == "anchors" and len(anchors) < 2):
        faults.append('scoring: anchors are pairs such as [0.5, 0] or ["target - 0.2", 0]')
    points = tuple(anchor for anchor in anchors if anchor)
    if not faults and method == "anchors":
        faults += _order_faults(points, direction)
    if faults:
        return None, faults
    numbers = {
        key: float(entry[key])
        for key in ("per_unit", "width", "points", "per_point")
        if key in entry
    }
    return Scoring(method=method, anchors=points, side=entry.get("side", "over"), **numbers), []


def score(value: float | None, scoring: Scoring, goal: Goal, policy: Policy) -> float | None:
    """The score of a value, 0 to the cap in full precision; None where it has none."""
    points = expand(scoring, goal, policy.cap)
    return None if value is None or points is None else min(interpolate(points, value), policy.cap)


def worst(scoring: Scoring) -> float:
    """The lowest score the method gives."""
    return min((anchor.score for anchor in scoring.anchors), default=0.0)


def expand(scoring: Scoring, goal: Goal, cap: float) -> tuple[Point, ...] | None:
    """The anchor points, values rising, that a method means for a goal.

    None where the goal lacks what the method needs, or its target cannot be used: zero or below
    for a method that divides by it.
    """
    match scoring.method:
        case "anchors":
            return _anchored(scoring.anchors, goal)
        case "band":
            return _band(goal.band_lo, goal.band_hi, scoring.width)
        case "zero_target_lower":
            return None if goal.target is None else ((0.0, 100.0), (100.0 / scoring.per_unit, 0.0))
    if goal.target is None or goal.target <= 0:
        return None
    match scoring.method:
        case "attainment_higher":
            return _higher(goal.target, goal.floor, cap)
        case "attainment_lower":
            return _lower(goal.target, goal.floor, cap)
        case _:
            return _deducted(goal.target, scoring)


def interpolate(points: Iterable[Point], value: float) -> float:
    """The score at a value: linear between points, held beyond them.

    Two points of one value are a step, and the lower score holds at that value.
    """
    rising = tuple(points)
    at_value = [scored for anchor, scored in rising if anchor == value]
    if at_value:
        return min(at_value)
    for (left, low), (right, high) in pairwise(rising):
        if left < value < right:
            return low + (high - low) * (value - left) / (right - left)
    return rising[0][1] if value < rising[0][0] else rising[-1][1]


def status(scored: float | None, policy: Policy) -> Status:
    """Green, amber or red by score; none where there is no score."""
    if scored is None:
        return "none"
    if scored >= policy.green_from:
        return "green"
    return "amber" if scored >= policy.amber_from else "red"


def rounded(total: float) -> float:
    """Half-up to two decimals, as people round."""
    # What binary arithmetic leaves in the 12th decimal must not decide which way a half falls.
    steady = Decimal(repr(round(total, 9)))
    return float(steady.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))


def _higher(target: float, floor: float | None, cap: float) -> tuple[Point, ...]:
    top = (target * cap / 100, cap)
    if floor is None or floor <= 0 or floor >= target:
        return ((0.0, 0.0), top)
    return ((floor, 0.0), (floor, 100 * floor / target), top)


def _lower(target: float, floor: float | None, cap: float) -> tuple[Point, ...]:
    best = (target * (2 - cap / 100), cap)
    if floor is None or floor <= target or floor >= 2 * target:
        return (best, (2 * target, 0.0))
    just_before = 100 * (2 - floor / target)
    return (best, (floor, just_before), (floor, 0.0))


def _band(lo: float | None, hi: float | None, width: float | None) -> tuple[Point, ...] | None:
    if lo is None or hi is None or hi < lo:
        return None
    reach = max((hi - lo) / 2, _SMALLEST_WIDTH) if width is None else width
    return ((lo - reach, 0.0), (lo, 100.0), (hi, 100.0), (hi + reach, 0.0))


def _deducted(target: float, scoring: Scoring) -> tuple[Point, ...]:
    # The item is worth nothing this share of the target away from it.
    share = scoring.points / scoring.per_point / 100
    if scoring.side == "under":
        return ((target * (1 - share), 0.0), (target, 100.0))
    return ((target, 100.0), (target * (1 + share), 0.0))


def _anchored(anchors: tuple[Anchor, ...], goal: Goal) -> tuple[Point, ...] | None:
    points: list[Point] = []
    for anchor in anchors:
        base = 0.0 if anchor.reference is None else getattr(goal, anchor.reference)
        if base is None:
            return None
        points.append((base + anchor.value, anchor.score))
    return tuple(sorted(points))


def _anchor(pair: object) -> Anchor | None:
    match pair:
        case [int() | float() as value, int() | float() as points]:
            return Anchor(reference=None, value=float(value), score=float(points))
        case [str() as text, int() | float() as points] if found := _REFERENCE.fullmatch(text):
            distance = float(found[3] or 0) * (-1 if found[2] == "-" else 1)
            return Anchor(reference=found[1], value=distance, score=float(points))
    return None


def _order_faults(anchors: tuple[Anchor, ...], direction: str) -> list[str]:
    if len({anchor.reference for anchor in anchors}) > 1:
        return []
    values = [anchor.value for anchor in anchors]
    scores = [anchor.score for anchor in anchors]
    if values != sorted(values) or len(set(values)) < len(values):
        return ["scoring: anchors run from the lowest value to the highest"]
    wanted = {"higher": sorted(scores), "lower": sorted(scores, reverse=True)}.get(direction)
    if wanted is not None and scores != wanted:
        return [f"scoring: the anchors' scores do not agree with the direction {direction!r}"]
    return []
