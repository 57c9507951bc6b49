"""python -m kpi rows: the rows behind a number."""

import argparse
from typing import Any

import duckdb

from data.access import Scope
from kpi.catalog import catalog
from kpi.command.layout import table
from kpi.measure import Side
from kpi.rows import rows_behind, sides


def document(
    con: duckdb.DuckDBPyConnection, scope: Scope, asked: argparse.Namespace
) -> dict[str, Any]:
    """One list of rows, or two where numerator and denominator come from different rows."""
    indicator = catalog().indicator(asked.indicator)
    return {
        "indicator": indicator.key,
        "period": str(asked.period),
        "department": asked.department,
        "team": asked.team,
        "employee": asked.employee,
        "lists": [_list(con, scope, asked, side) for side in sides(indicator)],
    }


def text(answer: dict[str, Any]) -> str:
    """One table per list."""
    return "\n\n".join(_text(listed) for listed in answer["lists"])


def _list(
    con: duckdb.DuckDBPyConnection, scope: Scope, asked: argparse.Namespace, side: Side
) -> dict[str, Any]:
    found = rows_behind(
        con,
        scope,
        asked.indicator,
        asked.period,
        asked.department,
        side=side,
        team=asked.team,
        employee=asked.employee,
        limit=asked.limit,
    )
    return {
        "side": side,
        "fact": found.fact.name,
        "grain": found.fact.grain,
        "counted": found.counted,
        "listed": found.listed,
        "numerator": found.numerator,
        "denominator": found.denominator,
        "rows": found.table.to_pylist(),
    }


def _text(listed: dict[str, Any]) -> str:
    rows = listed["rows"]
    head = (
        f"{listed['fact']} ({listed['grain']}) "
        f"{listed['counted']} rows, numerator {listed['numerator']}, "
        f"denominator {listed['denominator']}"
    )
    if not rows:
        return head
    names = [name for name in rows[0] if any(row[name] is not None for row in rows)]
    return f"{head}\n{table(names, ([row[name] for name in names] for row in rows))}"
