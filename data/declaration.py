"""Declarations that stand: who said that a dataset has nothing for a month, and why."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import duckdb

from data.contract import contract
from data.revision import advance_revision


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


def declare_nothing(
    con: duckdb.DuckDBPyConnection,
    dataset: str,
    month: date,
    department: str | None,
    *,
    login: str,
    reason: str = "",
) -> bool:
    """Record that a dataset has no rows for a month, so that zero is known and not missing.

    False where that had been said before, and nothing was changed.
    """
    said = [contract(dataset).dataset, month.replace(day=1), department]
    known = con.execute(
        "select 1 from intake.declaration "
        "where dataset = ? and month = ? and department is not distinct from ?",
        said,
    ).fetchall()
    if known:
        return False
    con.execute(
        "insert into intake.declaration "
        "(dataset, month, department, login, declared_at, reason) values (?, ?, ?, ?, ?, ?)",
        [*said, login, datetime.now(UTC).replace(tzinfo=None), reason],
    )
    advance_revision(con)
    return True


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
