"""Roll-up: scores of indicators become dimensions, and dimensions a total.

What is missing is left out and its weight shared among the rest; how much of the weight was
there is always said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from kpi.policy import DIMENSIONS, Dimension, Policy
from kpi.scoring import rounded


class Scored(Protocol):
    """What a roll-up needs to know of a line."""

    @property
    def key(self) -> str: ...
    @property
    def dimension(self) -> Dimension: ...
    @property
    def is_scorable(self) -> bool: ...
    @property
    def weight(self) -> float: ...
    @property
    def score(self) -> float | None: ...
    @property
    def is_partial(self) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionScore:
    """One dimension of a scorecard."""

    dimension: Dimension
    score: float | None
    """0 to 100 in full precision; None where too little of it is known."""
    coverage: float
    """The share of its weight that was scored."""
    is_provisional: bool
    missing: tuple[str, ...]
    """Indicators without a score, whose weight the others carry."""
    dominant: str | None
    """An indicator that weighs more than policy allows because others are missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """A scorecard in one number."""

    score: float | None
    """0 to 100, half-up to two decimals; None without performance."""
    coverage: float
    """The share of all weight that was scored."""
    is_provisional: bool


def dimension_score(
    dimension: Dimension, lines: Sequence[Scored], policy: Policy
) -> DimensionScore:
    """The weighted mean of a dimension's scored lines."""
    own = [line for line in lines if line.dimension == dimension and line.is_scorable]
    scored = [(line, line.score) for line in own if line.score is not None]
    weight = sum(line.weight for line, _ in scored)
    whole = sum(line.weight for line in own)
    coverage = weight / whole if whole > 0 else 0.0
    shown = weight > 0 and coverage >= policy.hidden_below
    mean = sum(line.weight * value for line, value in scored) / weight if weight > 0 else 0.0
    heavy = [line.key for line, _ in scored if line.weight > policy.max_weight * weight]
    return DimensionScore(
        dimension=dimension,
        score=mean if shown else None,
        coverage=coverage,
        is_provisional=shown
        and (coverage < policy.provisional_below or any(line.is_partial for line, _ in scored)),
        missing=tuple(line.key for line in own if line.score is None),
        dominant=heavy[0] if heavy and len(scored) < len(own) else None,
    )


def dimension_scores(lines: Sequence[Scored], policy: Policy) -> tuple[DimensionScore, ...]:
    """Every dimension, in the order performance, capability, attitude."""
    return tuple(dimension_score(dimension, lines, policy) for dimension in DIMENSIONS)


def total(dimensions: Sequence[DimensionScore], policy: Policy) -> Total:
    """The weighted mean of the dimensions that have a score; none without performance."""
    weights = policy.dimensions
    scored = [(weights[d.dimension], d.score) for d in dimensions if d.score is not None]
    whole = sum(weights[d.dimension] for d in dimensions)
    coverage = sum(weights[d.dimension] * d.coverage for d in dimensions) / whole
    performs = any(d.dimension == "performance" and d.score is not None for d in dimensions)
    weight = sum(share for share, _ in scored)
    if not performs or weight <= 0:
        return Total(score=None, coverage=coverage, is_provisional=False)
    return Total(
        score=rounded(sum(share * value for share, value in scored) / weight),
        coverage=coverage,
        is_provisional=coverage < policy.provisional_below
        or any(d.is_provisional for d in dimensions),
    )
