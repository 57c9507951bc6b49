"""History: every loaded file, what it brought, and whether it was taken back."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import duckdb

from data.difference import Difference


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """The workbook that rows came from."""

    name: str
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchTable:
    """What one batch brought to one dataset."""

    difference: Difference
    sheets: tuple[str, ...]
    mapping: str | None
    first_on: date | None
    last_on: date | None
    totals: Mapping[str, str]
    """The sum of each numeric column, as exact decimal text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One loaded file."""

    batch_id: int
    file: File
    login: str
    loaded_at: datetime
    """UTC."""
    undone: bool
    tables: tuple[BatchTable, ...]


def batch(con: duckdb.DuckDBPyConnection, batch_id: int) -> Batch:
    """One batch. Raises KeyError where there is none."""
    found = _batches(con, "where batch_id = ?", [batch_id])
    if not found:
        raise KeyError(f"There is no batch {batch_id}.")
    return found[0]


def history(con: duckdb.DuckDBPyConnection, limit: int = 1000) -> tuple[Batch, ...]:
    """Every batch, newest first."""
    return _batches(con, f"order by batch_id desc limit {int(limit)}", [])


def batch_of_file(con: duckdb.DuckDBPyConnection, sha256: str) -> Batch | None:
    """The loaded batch of a file with this content, if it is there already."""
    found = _batches(con, "where file_sha256 = ? and status = 'loaded'", [sha256])
    return found[0] if found else None


def _batches(
    con: duckdb.DuckDBPyConnection, clause: str, values: Iterable[Any]
) -> tuple[Batch, ...]:
    rows = con.execute(
        "select batch_id, file_name, file_sha256, file_bytes, login, loaded_at, status "
        f"from intake.batch {clause}",
        list(values),
    ).fetchall()
    tables = _tables(con, [row[0] for row in rows])
    return tuple(
        Batch(
            batch_id=batch_id,
            file=File(name=name, sha256=sha256, bytes=size),
            login=login,
            loaded_at=loaded_at,
            undone=status == "undone",
            tables=tuple(tables.get(batch_id, ())),
        )
        for batch_id, name, sha256, size, login, loaded_at, status in rows
    )


def _tables(
    con: duckdb.DuckDBPyConnection, batch_ids: Sequence[int]
) -> dict[int, list[BatchTable]]:
    rows = con.execute(
        "select batch_id, dataset, sheets, mapping, added, changed, unchanged, first_on, last_on, "
        "totals from intake.batch_table where list_contains(?, batch_id) order by dataset",
        [list(batch_ids)],
    ).fetchall()
    found: dict[int, list[BatchTable]] = {}
    for batch_id, dataset, sheets, mapping, added, changed, unchanged, first, last, totals in rows:
        found.setdefault(batch_id, []).append(
            BatchTable(
                difference=Difference(
                    dataset=dataset, added=added, changed=changed, unchanged=unchanged
                ),
                sheets=tuple(json.loads(sheets)),
                mapping=mapping,
                first_on=first,
                last_on=last,
                totals=json.loads(totals),
            )
        )
    return found
