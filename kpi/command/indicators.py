"""python -m kpi indicators: the catalogue."""

import argparse
from typing import Any

import duckdb

from data.access import Scope
from kpi.catalog import catalog
from kpi.command.layout import table
from kpi.indicator import Indicator


def document(
    con: duckdb.DuckDBPyConnection, scope: Scope, asked: argparse.Namespace
) -> dict[str, Any]:
    """Every indicator, with what it is computed from and how it is judged."""
    return {"indicators": [_entry(i) for i in catalog().indicators.values()]}


def text(answer: dict[str, Any]) -> str:
    """One line per indicator."""
    return table(
        ("clause", "indicator", "name", "unit", "direction", "target", "departments"),
        (
            (
                entry["clause"],
                entry["indicator"],
                entry["name"]["en"],
                entry["unit"],
                entry["direction"],
                entry["target"] if entry["band"] is None else entry["band"],
                ", ".join(entry["scored_for"]),
            )
            for entry in answer["indicators"]
        ),
    )


def _entry(indicator: Indicator) -> dict[str, Any]:
    goal = indicator.goal
    return {
        "indicator": indicator.key,
        "name": dict(indicator.names),
        "definition": dict(indicator.definitions),
        "clause": indicator.clause,
        "dimension": indicator.dimension,
        "scored_for": list(indicator.scored_for),
        "answers_for_company": list(indicator.answers_for_company),
        "owner": indicator.owner,
        "source": indicator.source,
        "facts": list(indicator.facts),
        "kind": indicator.kind,
        "unit": indicator.unit,
        "direction": indicator.direction,
        "target": goal.target,
        "band": None if goal.band_lo is None else [goal.band_lo, goal.band_hi],
        "weight": indicator.weight,
        "empty": indicator.empty,
    }
