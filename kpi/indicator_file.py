"""Indicators as they are declared: one TOML table each, one file per department or subject."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from data.contract import departments
from data.language import LANGUAGES, Names
from kpi.fact import Fact
from kpi.indicator import (
    Direction,
    Empty,
    Indicator,
    IndicatorKind,
    Transform,
    Unit,
    read_parts,
)
from kpi.indicator_fault import faults
from kpi.policy import Dimension
from kpi.scoring import Goal, read_scoring

FOLDER = Path(__file__).resolve().parent / "indicators"


def read_indicators(
    facts: Mapping[str, Fact], folder: Path = FOLDER
) -> tuple[dict[str, Indicator], list[str]]:
    """Every usable indicator by key, and every fault of the others."""
    found: dict[str, Indicator] = {}
    told: list[str] = []
    for path in sorted(folder.glob("*.toml")):
        for key, entry in tomllib.loads(path.read_text("utf-8")).items():
            wrong = list(faults(entry, facts)) if isinstance(entry, dict) else ["is not a table"]
            if key in found:
                wrong.append("is declared twice")
            told += [f"{path.name}, {key}: {fault}" for fault in wrong]
            if not wrong:
                found[key] = _indicator(key, entry)
    return found, told


def _indicator(key: str, entry: Mapping[str, Any]) -> Indicator:
    parts = read_parts(entry)
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
