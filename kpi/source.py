"""Source: the row of a loaded workbook that a figure was read from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A row of a loaded workbook."""

    dataset: str
    batch_id: int
    file: str
    sheet: str
    row: int
    """As Excel counts, from 1."""


def source_of(dataset: str, record: Mapping[str, Any]) -> Source:
    """The source of a record that has batch_id, file_name, sheet and row_number."""
    return Source(
        dataset=dataset,
        batch_id=record["batch_id"],
        file=record["file_name"],
        sheet=record["sheet"],
        row=record["row_number"],
    )


def records(
    con: duckdb.DuckDBPyConnection, sql: str, values: Sequence[object]
) -> list[dict[str, Any]]:
    """The rows of a query, each by column name."""
    found = con.execute(sql, list(values))
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
