"""python -m kpi coverage: the clauses of the regulation and what serves them."""

import argparse
from typing import Any

import duckdb

from data.access import Scope
from kpi.clause import clause_coverage
from kpi.command.layout import table


def document(
    con: duckdb.DuckDBPyConnection, scope: Scope, asked: argparse.Namespace
) -> dict[str, Any]:
    """Every clause with its indicators, pages and the state of its data."""
    return {
        "clauses": [
            {
                "clause": served.clause.id,
                "name": dict(served.clause.names),
                "indicators": list(served.indicators),
                "pages": list(served.clause.pages),
                "data": served.data,
            }
            for served in clause_coverage(con)
        ]
    }


def text(answer: dict[str, Any]) -> str:
    """One line per clause."""
    return table(
        ("clause", "name", "data", "indicators", "pages"),
        (
            (
                entry["clause"],
                entry["name"]["zh-Hant"],
                entry["data"],
                ", ".join(entry["indicators"]),
                ", ".join(entry["pages"]),
            )
            for entry in answer["clauses"]
        ),
    )
