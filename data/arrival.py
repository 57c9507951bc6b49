"""Arrivals: which files have brought a dataset for a month, and how many rows there are now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import duckdb

from data.contract import Contract, contracts


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A loaded file."""

    batch_id: int
    file_name: str
    login: str
    loaded_at: datetime
    """UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """What a dataset has for a month; a register has the same for every month."""

    files: tuple[Arrival, ...]
    """Latest first."""
    rows: int


def arrived(con: duckdb.DuckDBPyConnection, month: date) -> Mapping[str, Arrived]:
    """What every dataset has for the month that begins on that day."""
    files = _files(con, month)
    return {
        name: Arrived(files=tuple(files.get(name, ())), rows=_rows(con, known, month))
        for name, known in contracts().items()
    }


def _files(con: duckdb.DuckDBPyConnection, month: date) -> dict[str, list[Arrival]]:
    rows = con.execute(
        """
        select distinct
            coverage.dataset, batch.batch_id, batch.file_name, batch.login, batch.loaded_at
        from intake.coverage as coverage
        inner join intake.batch as batch on coverage.batch_id = batch.batch_id
        where batch.status = 'loaded' and (coverage.month = ? or coverage.month is null)
        order by batch.batch_id desc
        """,
        [month],
    ).fetchall()
    found: dict[str, list[Arrival]] = {}
    for dataset, batch_id, file_name, login, loaded_at in rows:
        found.setdefault(dataset, []).append(
            Arrival(batch_id=batch_id, file_name=file_name, login=login, loaded_at=loaded_at)
        )
    return found


def _rows(con: duckdb.DuckDBPyConnection, known: Contract, month: date) -> int:
    # The names come from a checked contract.
    query = f"select count(*) from {known.dataset}"  # noqa: S608
    values: list[date] = []
    if known.cadence == "monthly" and known.covers.date is not None:
        query += f" where date_trunc('month', {known.covers.date}) = ?"
        values = [month]
    return int(con.execute(query, values).fetchall()[0][0])
