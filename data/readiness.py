"""Readiness: which dataset has arrived for which month, and from whom it is still missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import duckdb

from data.contract import Contract, contracts

State = Literal["complete", "partial", "declared", "missing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """The state of one dataset in one month."""

    dataset: str
    month: date
    """Its first day."""
    state: State
    missing_departments: tuple[str, ...]
    """Who has not delivered, where departments each deliver their own part."""


def readiness(con: duckdb.DuckDBPyConnection, months: Sequence[date]) -> tuple[Delivery, ...]:
    """One delivery per dataset and month, datasets in the order of their contracts.

    A month said to have nothing is `declared`, never `missing`, until rows come for it after all.
    A register is complete for every month once it has been loaded.
    """
    loaded = _covered(
        con,
        "select coverage.dataset, coverage.month, coverage.department "
        "from intake.coverage as coverage "
        "inner join intake.batch as batch on coverage.batch_id = batch.batch_id "
        "where batch.status = 'loaded'",
    )
    declared = _covered(con, "select dataset, month, department from intake.declaration")
    return tuple(
        _delivery(known, month, loaded, declared)
        for known in contracts().values()
        for month in months
    )


def months_with_rows(con: duckdb.DuckDBPyConnection) -> tuple[date, ...]:
    """Every month that some monthly dataset covers, oldest first."""
    rows = con.execute(
        "select distinct month from intake.covered where month is not null order by month"
    ).fetchall()
    return tuple(month for (month,) in rows)


Covered = dict[tuple[str, date | None], set[str | None]]


def _covered(con: duckdb.DuckDBPyConnection, query: str) -> Covered:
    found: Covered = {}
    for dataset, month, department in con.execute(query).fetchall():
        found.setdefault((dataset, month), set()).add(department)
    return found


def _delivery(known: Contract, month: date, loaded: Covered, declared: Covered) -> Delivery:
    nobody: set[str | None] = set()
    came = loaded.get((known.dataset, month), nobody) | loaded.get((known.dataset, None), nobody)
    arrived = came | declared.get((known.dataset, month), nobody)
    missing = () if None in arrived else tuple(d for d in known.covers.expected if d not in arrived)
    state: State = "complete" if came else "declared"
    if not arrived or (known.covers.expected and set(missing) == set(known.covers.expected)):
        state = "missing"
    elif missing:
        state = "partial"
    return Delivery(dataset=known.dataset, month=month, state=state, missing_departments=missing)
