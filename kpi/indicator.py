"""Indicators: what is measured, from which fact, and how it is judged; one TOML table each."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, cast, get_args

from sqlglot import exp
from sqlglot.errors import ParseError

from data.contract import departments
from data.language import LANGUAGES, Names
from kpi.fact import Fact, nearest
from kpi.policy import DIMENSIONS, Dimension
from kpi.scoring import Goal, Scoring, read_scoring
from kpi.subset import parse, violations

FOLDER = Path(__file__).resolve().parent / "indicators"

IndicatorKind = Literal["ratio", "total", "weighted_mean", "closing", "cumulative", "recalculated"]
Unit = Literal["percent", "ratio", "points", "count", "per_thousand", "currency", "days", "hours"]
Direction = Literal["higher", "lower", "band", "context"]
Transform = Literal["none", "complement", "complement_floor_0"]
Empty = Literal["Z0", "Z1", "Z2", "Z3", "Z4", "Z5", "T"]

ADDITIVE: frozenset[str] = frozenset({"ratio", "total", "weighted_mean"})
"""Kinds whose quarter is the sum of its months, part by part."""

_REQUIRED = {
    *("name", "definition", "clause", "dimension", "scored_for", "owner", "fact", "numerator"),
    *("kind", "unit", "direction", "empty", "source"),
}
_OPTIONAL = {
    *("answers_for_company", "date", "filter", "denominator", "sample", "scale", "transform"),
    *("scoring", "target", "floor", "stretch", "band", "weight"),
}
_PART_KEYS = {"fact", "date", "filter", "expression", "level"}


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


def read_indicators(
    facts: Mapping[str, Fact], folder: Path = FOLDER
) -> tuple[dict[str, Indicator], list[str]]:
    """Every usable indicator by key, and every fault of the others."""
    found: dict[str, Indicator] = {}
    faults: list[str] = []
    for path in sorted(folder.glob("*.toml")):
        for key, entry in tomllib.loads(path.read_text("utf-8")).items():
            wrong = list(_faults(entry, facts)) if isinstance(entry, dict) else ["is not a table"]
            if key in found:
                wrong.append("is declared twice")
            faults += [f"{path.name}, {key}: {fault}" for fault in wrong]
            if not wrong:
                found[key] = _indicator(key, entry)
    return found, faults


def _faults(entry: dict[str, Any], facts: Mapping[str, Fact]) -> Iterator[str]:
    keys = tuple(_REQUIRED | _OPTIONAL)
    yield from (
        f"unknown key {key!r}.{nearest(key, keys)}" for key in sorted(entry.keys() - set(keys))
    )
    missing = sorted(_REQUIRED - entry.keys())
    yield from (f"missing key {key!r}" for key in missing)
    if missing:
        return
    yield from _choice_faults(entry)
    yield from _name_faults(entry)
    yield from _department_faults(entry)
    yield from _judging_faults(entry)
    if entry["kind"] in get_args(IndicatorKind):
        yield from _part_faults(entry, facts)


def _choice_faults(entry: dict[str, Any]) -> Iterator[str]:
    for key, known in (
        ("kind", get_args(IndicatorKind)),
        ("unit", get_args(Unit)),
        ("direction", get_args(Direction)),
        ("dimension", DIMENSIONS),
        ("empty", get_args(Empty)),
        ("transform", get_args(Transform)),
    ):
        value = entry.get(key, known[0])
        if value not in known:
            hint = nearest(str(value), known) or f" Known are {', '.join(known)}."
            yield f"{key}: {value!r} is not known.{hint}"


def _name_faults(entry: dict[str, Any]) -> Iterator[str]:
    yield from (
        f"{key}: no text in {tag}"
        for key in ("name", "definition")
        for tag in LANGUAGES
        if not (isinstance(entry[key], dict) and entry[key].get(tag))
    )


def _department_faults(entry: dict[str, Any]) -> Iterator[str]:
    known = tuple(departments())
    scored = list(known) if entry["scored_for"] == "all" else entry["scored_for"]
    answering = entry.get("answers_for_company", [])
    for name in (*scored, *answering, entry["owner"]):
        if name not in known:
            yield f"no department is named {name!r}.{nearest(str(name), known)}"
    yield from (
        f"answers_for_company: {name!r} is not among scored_for"
        for name in answering
        if name not in scored
    )


def _judging_faults(entry: dict[str, Any]) -> Iterator[str]:
    direction = entry["direction"]
    if direction == "context":
        if "scoring" in entry:
            yield "scoring: what is context is not scored"
        return
    if "scoring" not in entry:
        yield "missing key 'scoring'"
        return
    if direction not in get_args(Direction):
        return
    scoring, faults = read_scoring(entry["scoring"], direction)
    yield from faults
    band = entry.get("band")
    if scoring and scoring.needs_band and band is None:
        yield "missing key 'band': [from, to]"
    if band is not None and not (len(band) == 2 and band[0] <= band[1]):
        yield "band: write [from, to]"
    target, floor = entry.get("target"), entry.get("floor")
    if target is not None and floor is not None and (floor < target) != (direction == "higher"):
        yield f"floor {floor} and target {target} do not agree with the direction {direction!r}"


def _part_faults(entry: dict[str, Any], facts: Mapping[str, Fact]) -> Iterator[str]:
    additive = entry["kind"] in ADDITIVE
    if (entry["kind"] == "total") == ("denominator" in entry):
        yield "a total, and only a total, has no denominator"
        return
    declared = entry.get("denominator")
    if isinstance(declared, dict):
        unknown = sorted(declared.keys() - _PART_KEYS)
        yield from (f"denominator: unknown key {key!r}" for key in unknown)
        if "fact" not in declared or "expression" not in declared or unknown:
            yield "denominator: write { fact, date, expression } or an expression"
            return
        if declared.get("level", "same") not in ("same", "company"):
            yield "denominator: level is 'same' or 'company'"
    for side, part in _parts(entry).items():
        yield from (f"{side}: {fault}" for fault in _fault_of_part(part, additive, facts))
    sample = entry.get("sample")
    if sample and not additive and entry["fact"] in facts:
        yield from _expression_faults(sample, facts[entry["fact"]].columns, additive=False)
    elif sample and additive:
        yield "sample: the kind adds up, so the number of its rows is taken"


def _fault_of_part(part: Part, additive: bool, facts: Mapping[str, Fact]) -> Iterator[str]:
    fact = facts.get(part.fact)
    if fact is None:
        yield f"no fact is named {part.fact!r}.{nearest(part.fact, tuple(facts))}"
        return
    if additive and part.date not in fact.dates:
        yield f"date: {part.date!r} is not one of {', '.join(fact.dates) or 'no dates at all'}"
    if not additive and not fact.is_periodic:
        yield f"the fact {fact.name} has no period_kind and period_start"
    if not additive and part.date:
        yield "date: rows of this kind have their period"
    yield from _expression_faults(part.expression, fact.columns, additive)
    if part.filter:
        yield from _condition_faults(part.filter, fact.columns)


def _expression_faults(text: str, columns: tuple[str, ...], additive: bool) -> Iterator[str]:
    tree = None
    try:
        tree = parse(text)
    except ParseError as error:
        yield f"{text!r} is not readable as SQL: {str(error).splitlines()[0]}"
    if tree is None:
        return
    yield from violations(tree)
    yield from _column_faults(tree, columns)
    if not tree.find(exp.AggFunc):
        yield f"{text!r} aggregates nothing"
    elif additive and not _adds_up(tree):
        yield f"{text!r} does not add up over months: use sums and counts, added or subtracted"


def _condition_faults(text: str, columns: tuple[str, ...]) -> Iterator[str]:
    tree = None
    try:
        tree = parse(text)
    except ParseError as error:
        yield f"filter: {text!r} is not readable as SQL: {str(error).splitlines()[0]}"
    if tree is None:
        return
    yield from (f"filter: {fault}" for fault in violations(tree))
    yield from (f"filter: {fault}" for fault in _column_faults(tree, columns))
    if tree.find(exp.AggFunc):
        yield "filter: is about single rows, so it aggregates nothing"


def _column_faults(tree: exp.Expr, columns: tuple[str, ...]) -> Iterator[str]:
    names = dict.fromkeys(column.name for column in tree.find_all(exp.Column))
    yield from (
        f"no column {name!r}.{nearest(name, columns)}" for name in names if name not in columns
    )


def _adds_up(node: exp.Expr | None) -> bool:
    match node:
        case exp.Add() | exp.Sub():
            return _adds_up(node.this) and _adds_up(node.expression)
        case exp.Paren() | exp.Filter() | exp.Neg():
            return _adds_up(node.this)
        case exp.Count():
            return not node.find(exp.Distinct)
        case exp.Sum():
            return not node.find(exp.Distinct)
        case _:
            return False


def _parts(entry: Mapping[str, Any]) -> dict[str, Part]:
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


def _indicator(key: str, entry: Mapping[str, Any]) -> Indicator:
    parts = _parts(entry)
    scored = tuple(departments()) if entry["scored_for"] == "all" else tuple(entry["scored_for"])
    scoring = read_scoring(entry["scoring"], entry["direction"])[0] if "scoring" in entry else None
    return Indicator(
        key=key,
        names=_names(entry["name"]),
        definitions=_names(entry["definition"]),
        clause=entry["clause"],
        dimension=cast("Dimension", entry["dimension"]),
        scored_for=scored,
        answers_for_company=tuple(entry.get("answers_for_company", ())),
        owner=entry["owner"],
        source=entry["source"],
        kind=cast("IndicatorKind", entry["kind"]),
        unit=cast("Unit", entry["unit"]),
        direction=cast("Direction", entry["direction"]),
        numerator=parts["numerator"],
        denominator=parts.get("denominator"),
        sample=entry.get("sample", "count(*)"),
        scale=float(entry.get("scale", 1)),
        transform=cast("Transform", entry.get("transform", "none")),
        scoring=scoring,
        goal=_goal(entry),
        weight=float(entry.get("weight", 1)),
        empty=cast("Empty", entry["empty"]),
    )


def _goal(entry: Mapping[str, Any]) -> Goal:
    band = entry.get("band", (None, None))
    return Goal(
        target=_number(entry.get("target")),
        floor=_number(entry.get("floor")),
        stretch=_number(entry.get("stretch")),
        band_lo=_number(band[0]),
        band_hi=_number(band[1]),
    )


def _number(value: float | None) -> float | None:
    return None if value is None else float(value)


def _names(entry: Mapping[str, Any]) -> Names:
    return MappingProxyType({tag: entry[tag] for tag in LANGUAGES})
