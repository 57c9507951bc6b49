"""Declarations that stand: who said that a dataset has nothing for a month, and why."""

from dataclasses import dataclass
from datetime import date, datetime

import duckdb

from data.batch import advance_revision


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """One "nothing this month"."""

    dataset: str
    month: date
    """Its first day."""
    department: str | None
    """None speaks for the whole company."""
    login: str
    declared_at: datetime
    """UTC."""
    reason: str
    """Empty where none was given."""


def withdraw(
    con: duckdb.DuckDBPyConnection, dataset: str, month: date, department: str | None
) -> bool:
    """Take a declaration back, in the caller's write transaction; False if there was none."""
    gone = con.execute(
        "delete from intake.declaration "
        "where dataset = ? and month = ? and department is not distinct from ? returning 1",
        [dataset, month.replace(day=1), department],
    ).fetchall()
    if gone:
        advance_revision(con)
    return bool(gone)


def declarations(con: duckdb.DuckDBPyConnection) -> tuple[Declaration, ...]:
    """Every declaration that stands, newest month first."""
    rows = con.execute(
        "select dataset, month, department, login, declared_at, coalesce(reason, '') "
        "from intake.declaration order by month desc, dataset, department"
    ).fetchall()
    return tuple(
        Declaration(
            dataset=dataset,
            month=month,
            department=department,
            login=login,
            declared_at=declared_at,
            reason=reason,
        )
        for dataset, month, department, login, declared_at, reason in rows
    )
