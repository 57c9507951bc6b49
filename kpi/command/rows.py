"""python -m kpi rows: the rows behind a number."""

import argparse
from collections.abc import Iterator
from typing import Any

import duckdb

from data.access import Scope
from kpi.catalog import catalog
from kpi.command.layout import table
from kpi.measure import Side
from kpi.rows import Rows, rows_behind, sides


def document(
    con: duckdb.DuckDBPyConnection, scope: Scope, asked: argparse.Namespace
) -> dict[str, Any]:
    """Every row and what it adds; the rows add up to numerator and denominator."""
    indicator = catalog().indicator(asked.indicator)
    lists = {side: _rows(con, scope, asked, side) for side in sides(indicator)}
    return {
        "indicator": indicator.key,
        "period": str(asked.period),
        "department": asked.department,
        "team": asked.team,
        "employee": asked.employee,
        "numerator": next(iter(lists.values())).numerator,
        "denominator": list(lists.values())[-1].denominator,
        "counted": sum(rows.counted for rows in lists.values()),
        "listed": sum(rows.listed for rows in lists.values()),
        "rows": [entry for rows in lists.values() for entry in _entries(rows)],
    }


def text(answer: dict[str, Any]) -> str:
    """The parts of the number, then one line per row."""
    parts = f"{answer['numerator']} / {answer['denominator']}, {answer['counted']} rows"
    head = f"{answer['indicator']} {answer['department']} {answer['period']}: {parts}"
    rows = answer["rows"]
    names = list(dict.fromkeys(name for row in rows for name, cell in row.items() if cell))
    return f"{head}\n{table(names, ([row.get(name) for name in names] for row in rows))}"


def _rows(
    con: duckdb.DuckDBPyConnection, scope: Scope, asked: argparse.Namespace, side: Side
) -> Rows:
    return rows_behind(
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


def _entries(rows: Rows) -> Iterator[dict[str, Any]]:
    for entry in rows.table.to_pylist():
        where = {"fact": rows.fact.name}
        if rows.fact.is_traced:
            where |= {
                "file": entry.pop("file_name"),
                "sheet": entry.pop("sheet"),
                "row": entry.pop("row_number"),
            }
        yield where | entry
