"""Indicators: what is measured, from which fact, and how it is judged."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from data.language import Names
from kpi.policy import Dimension
from kpi.scoring import Goal, Scoring

IndicatorKind = Literal["ratio", "total", "weighted_mean", "closing", "cumulative", "recalculated"]
Unit = Literal["percent", "ratio", "points", "count", "per_thousand", "currency", "days", "hours"]
Direction = Literal["higher", "lower", "band", "context"]
Transform = Literal["none", "complement", "complement_floor_0"]
Empty = Literal["Z0", "Z1", "Z2", "Z3", "Z4", "Z5", "T"]

ADDITIVE: frozenset[str] = frozenset({"ratio", "total", "weighted_mean"})
"""Kinds whose quarter is the sum of its months, part by part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A numerator or denominator: an aggregate over some rows of a fact."""

    fact: str
    date: str | None
    """The column that places a row in a month; None where the fact's rows have their period."""
    filter: str | None
    expression: str
    whole_company: bool = False
    """Whether every department is held against the whole company's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One indicator. Percentages, targets and bands of unit `percent` are shares of one."""

    key: str
    names: Names
    definitions: Names
    clause: str
    dimension: Dimension
    scored_for: tuple[str, ...]
    """Departments whose scorecard has it."""
    answers_for_company: tuple[str, ...]
    """Departments whose value is that of the whole company."""
    owner: str
    source: str
    kind: IndicatorKind
    unit: Unit
    direction: Direction
    numerator: Part
    denominator: Part | None
    sample: str
    """An aggregate: how many observations the value rests on."""
    scale: float
    transform: Transform
    scoring: Scoring | None
    """None where it is context, shown and never scored."""
    goal: Goal
    """The default, until the company sets its own."""
    weight: float
    empty: Empty

    @property
    def is_additive(self) -> bool:
        return self.kind in ADDITIVE

    @property
    def parts(self) -> tuple[Part, ...]:
        return (self.numerator, self.denominator) if self.denominator else (self.numerator,)

    @property
    def facts(self) -> tuple[str, ...]:
        """The names of its facts, each once."""
        return tuple(dict.fromkeys(part.fact for part in self.parts))


def read_parts(entry: Mapping[str, Any]) -> dict[str, Part]:
    """The numerator, and the denominator if there is one, that a TOML table declares."""
    own = Part(
        fact=entry["fact"],
        date=entry.get("date"),
        filter=entry.get("filter"),
        expression=entry["numerator"],
    )
    declared = entry.get("denominator")
    if declared is None:
        return {"numerator": own}
    if isinstance(declared, str):
        other = Part(fact=own.fact, date=own.date, filter=own.filter, expression=declared)
    else:
        other = Part(
            fact=declared["fact"],
            date=declared.get("date"),
            filter=declared.get("filter"),
            expression=declared["expression"],
            whole_company=declared.get("level") == "company",
        )
    return {"numerator": own, "denominator": other}
