"""Faults of an indicator's TOML table, all of them at once, each naming the nearest right word."""

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from sqlglot import exp
from sqlglot.errors import ParseError

from data.contract import departments
from data.language import LANGUAGES
from kpi.fact import Fact, nearest
from kpi.indicator import (
    ADDITIVE,
    Direction,
    Empty,
    IndicatorKind,
    Part,
    Transform,
    Unit,
    read_parts,
)
from kpi.policy import DIMENSIONS
from kpi.scoring import read_scoring
from kpi.subset import parse, violations

_REQUIRED = {
    *("name", "definition", "clause", "dimension", "scored_for", "owner", "fact", "numerator"),
    *("kind", "unit", "direction", "empty", "source"),
}
_OPTIONAL = {
    *("answers_for_company", "date", "filter", "denominator", "sample", "scale", "transform"),
    *("scoring", "target", "floor", "stretch", "band", "weight"),
}
_PART_KEYS = {"fact", "date", "filter", "expression", "level"}


def faults(entry: dict[str, Any], facts: Mapping[str, Fact]) -> Iterator[str]:
    """What is wrong with an indicator; nothing where it can be used."""
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
    scoring, wrong = read_scoring(entry["scoring"], direction)
    yield from wrong
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
    for side, part in read_parts(entry).items():
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
