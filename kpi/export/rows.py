"""The rows behind a number as a workbook, each with its file, sheet and row."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import BinaryIO

import duckdb

from data.access import Scope
from data.contract import Column, departments
from kpi.catalog import catalog
from kpi.components import watermark
from kpi.export.sheet import Book, Cell, Heading, Look, book
from kpi.measure import Side
from kpi.period import Period
from kpi.rows import Rows, rows_behind, sides

MOST = 1_000_000
"""Rows per sheet; Excel has 1,048,576."""

_LOOKS: dict[str, Look] = {
    "amount": "amount",
    "number": "amount",
    "integer": "count",
    "share": "share",
    "date": "date",
    "month": "date",
    "datetime": "moment",
}
_KEYS: tuple[tuple[str, str, Look, float], ...] = (
    ("file_name", "file_name", "text", 28),
    ("sheet", "sheet", "text", 14),
    ("row_number", "row_number", "count", 8),
    ("department_id", "department", "text", 16),
    ("employee_name", "employee_name", "text", 14),
    ("numerator", "numerator", "amount", 14),
    ("denominator", "denominator", "amount", 14),
)


def rows_workbook(
    con: duckdb.DuckDBPyConnection,
    scope: Scope,
    indicator: str,
    period: Period,
    department: str,
    language: str,
    out: BinaryIO,
    *,
    team: str | None = None,
    employee: str | None = None,
    now: datetime | None = None,
) -> int:
    """Write the rows in scope as .xlsx, a sheet per list of rows; returns how many it lists.

    Raises AccessDenied, UnknownIndicator.
    """
    known = catalog().indicator(indicator)
    listed = {
        side: rows_behind(
            con,
            scope,
            indicator,
            period,
            department,
            side=side,
            team=team,
            employee=employee,
            limit=MOST,
        )
        for side in sides(known)
    }
    with book(out, language) as made:
        for side, rows in listed.items():
            made.table(_name(made, side, len(listed)), _headings(made, rows), _cells(made, rows))
        notes = _notes(made, con, scope, indicator, period, department, now or datetime.now(UTC))
        sums = (each for rows in listed.values() for each in _sums(made, rows))
        made.notes(made.word("sheet", "notes"), (*notes, *sums))
    return sum(rows.table.num_rows for rows in listed.values())


def _name(made: Book, side: Side, lists: int) -> str:
    return made.word("sheet", "rows") if lists == 1 else made.word("sheet", side)


def _shown(rows: Rows) -> list[tuple[str, str, Look, float]]:
    return [key for key in _KEYS if key[0] in rows.table.column_names]


def _others(rows: Rows) -> list[str]:
    """What the rows have beyond their keys: the workbook's columns, or the fact's own."""
    known = {key for key, *_ in _KEYS} | {"employee_id"}
    return [name for name in rows.table.column_names if name not in known]


def _headings(made: Book, rows: Rows) -> list[Heading]:
    columns = {column.name: column for column in rows.columns}
    return [
        *(
            Heading(words=made.word("column", word), look=look, width=width)
            for _, word, look, width in _shown(rows)
        ),
        *(_heading(made, name, columns.get(name)) for name in _others(rows)),
    ]


def _heading(made: Book, name: str, column: Column | None) -> Heading:
    if column is None:
        return Heading(words=name, look="amount")
    return Heading(words=column.names[made.language], look=_LOOKS.get(column.type, "text"))


def _cells(made: Book, rows: Rows) -> Iterator[list[Cell]]:
    names = [*(key for key, *_ in _shown(rows)), *_others(rows)]
    columns = {column.name: column for column in rows.columns}
    for batch in rows.table.select(names).to_batches(max_chunksize=10_000):
        for row in batch.to_pylist():
            yield [_cell(made, name, row[name], columns.get(name)) for name in names]


def _cell(made: Book, name: str, value: Cell, column: Column | None) -> Cell:
    if not isinstance(value, str):
        return value
    if name == "department_id" or (column and column.type == "department"):
        return _department(made, value)
    return column.spelled(value, made.language) if column else value


def _department(made: Book, department: str | None) -> str | None:
    known = departments().get(department or "")
    return known.names[made.language] if known else department


def _notes(
    made: Book,
    con: duckdb.DuckDBPyConnection,
    scope: Scope,
    indicator: str,
    period: Period,
    department: str,
    now: datetime,
) -> Iterator[tuple[str, Cell]]:
    known, mark = catalog().indicator(indicator), watermark(con)
    said: dict[str, Cell] = {
        "indicator": known.names[made.language],
        "definition": known.definitions[made.language],
        "period": str(period),
        "scope": _department(made, department),
        "made_by": scope.login,
        "made_at": f"{now:%Y-%m-%d %H:%M %Z}",
        "data_as_of": f"{mark.refreshed_at:%Y-%m-%d %H:%M} UTC ({mark.revision})" if mark else None,
    }
    for key, cell in said.items():
        yield made.word("note", key), cell


def _sums(made: Book, rows: Rows) -> Iterator[tuple[str, Cell]]:
    yield made.word("note", "counted"), rows.counted
    yield made.word("note", "listed"), rows.listed
    if rows.hidden:
        yield made.word("note", "hidden"), rows.hidden
    sums = (rows.numerator, rows.denominator)
    yield made.word("note", "sums"), " / ".join("—" if n is None else f"{n:,.2f}" for n in sums)
