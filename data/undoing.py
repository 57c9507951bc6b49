"""Undoing: what taking a batch back would do, so that it can be said before it is done."""

from dataclasses import dataclass
from datetime import date

import duckdb

from data.contract import contract
from data.history import batch
from data.versions import rows_without


@dataclass(frozen=True, slots=True, kw_only=True)
class Undoing:
    """What becomes of a batch's rows of one dataset."""

    dataset: str
    removed: int
    """Rows that only this batch has."""
    restored: int
    """Rows that go back to other values, those of an earlier batch."""
    kept: int
    """Rows that stay as they are: an earlier batch says the same, or a later one says otherwise."""
    uncovered: tuple[date, ...]
    """Months that no other batch and no declaration covers, oldest first."""


def undoing(con: duckdb.DuckDBPyConnection, batch_id: int) -> tuple[Undoing, ...]:
    """One for each dataset of a loaded batch. Raises KeyError where there is no such batch."""
    found = batch(con, batch_id)
    return tuple(_undoing(con, batch_id, table.difference.dataset) for table in found.tables)


def _undoing(con: duckdb.DuckDBPyConnection, batch_id: int, dataset: str) -> Undoing:
    known = contract(dataset)
    columns = [name for name in known.columns if name not in known.key]
    differs = " or ".join(f"now.{name} is distinct from rest.{name}" for name in columns)
    rows = con.execute(
        f"""
        select
            count(*) filter (where rest.row_key is null),
            count(*) filter (where rest.row_key is not null and ({differs or "false"})),
            count(*) filter (where rest.row_key is not null and not ({differs or "false"}))
        from store.{known.dataset} as own
        left join ({rows_without(con, batch_id, known, columns)}) as rest
            on own.row_key = rest.row_key
        left join store.{known.dataset} as now on own.row_key = now.row_key and now.is_current
        where own.batch_id = ?
        """,  # noqa: S608 - the names come from a checked contract
        [batch_id],
    ).fetchall()
    removed, restored, kept = rows[0]
    return Undoing(
        dataset=dataset,
        removed=removed,
        restored=restored,
        kept=kept,
        uncovered=_uncovered(con, batch_id, dataset),
    )


def _uncovered(con: duckdb.DuckDBPyConnection, batch_id: int, dataset: str) -> tuple[date, ...]:
    rows = con.execute(
        """
        select distinct own.month from intake.coverage as own
        where own.batch_id = ? and own.dataset = ? and own.month is not null
            and not exists (
                select 1 from intake.coverage as other
                inner join intake.batch as batch on other.batch_id = batch.batch_id
                where batch.status = 'loaded' and other.batch_id <> own.batch_id
                    and other.dataset = own.dataset
                    and (other.month = own.month or other.month is null)
                    and (other.department is not distinct from own.department
                        or other.department is null)
            )
            and not exists (
                select 1 from intake.declaration as said
                where said.dataset = own.dataset and said.month = own.month
                    and (said.department is not distinct from own.department
                        or said.department is null)
            )
        order by own.month
        """,
        [batch_id, dataset],
    ).fetchall()
    return tuple(month for (month,) in rows)
