"""Given rows as a case file writes them: dates as text, ids where they matter, rows repeated."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from itertools import count
from typing import Any

from data.contract import Column, contract
from data.declaration import declare_nothing
from tests.kpi.given import Given

Row = Mapping[str, Any]


def load(given: Given, rows: Mapping[str, Iterable[Row]]) -> None:
    """Load the rows of each dataset as a workbook of its own."""
    for dataset, written in rows.items():
        given.rows(dataset, _written_out(dataset, written))


def declare(given: Given, dataset: str, month: str, department: str | None = None) -> None:
    with given.warehouse.write() as con:
        declare_nothing(con, dataset, date.fromisoformat(f"{month}-01"), department, login="test")


def _written_out(dataset: str, rows: Iterable[Row]) -> list[dict[str, Any]]:
    known = contract(dataset)
    number = count(1)
    written = []
    for row in rows:
        assert row.keys() - {"times"} <= known.columns.keys(), f"{dataset}: {row}"
        for _ in range(row.get("times", 1)):
            own = f"{dataset}-{next(number)}"
            ids = {name: own for name in known.required if known.columns[name].type == "id"}
            cells = {**ids, **{name: value for name, value in row.items() if name != "times"}}
            written.append({name: _cell(known.columns[name], cells[name]) for name in cells})
    return written


def _cell(column: Column, value: Any) -> Any:
    match column.type:
        case "date":
            return date.fromisoformat(value)
        case "month":
            return date.fromisoformat(f"{value}-01")
        case "datetime":
            return datetime.fromisoformat(value)
        case _:
            return value
