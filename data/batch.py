"""Batches: a file's rows go in whole, keep where they came from, and can be taken back."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime

import duckdb

from data.contract import contract
from data.difference import Difference, compare
from data.history import Batch, File, batch
from data.revision import advance_revision
from data.staging import Staged, control_totals, covers, span
from data.versions import add_versions, fingerprint, remove_versions


def commit(
    con: duckdb.DuckDBPyConnection, file: File, staged: Sequence[Staged], *, login: str
) -> Batch:
    """Make the rows current, in the caller's write transaction.

    Each dataset may be staged once. Rows of the same key are superseded, not lost; columns that
    did not come with them keep the values they have.
    """
    row = con.execute("select coalesce(max(batch_id), 0) + 1 from intake.batch").fetchall()[0]
    batch_id = int(row[0])
    con.execute(
        "insert into intake.batch values (?, ?, ?, ?, ?, ?, 'loaded', null, null)",
        [batch_id, file.name, file.sha256, file.bytes, login, _now()],
    )
    for part in staged:
        difference = compare(con, part)
        add_versions(con, batch_id, part)
        _record(con, batch_id, part, difference)
    advance_revision(con)
    return batch(con, batch_id)


def add_coverage(
    con: duckdb.DuckDBPyConnection,
    batch_id: int,
    dataset: str,
    months: Sequence[date],
    departments: Sequence[str],
) -> None:
    """Record that a batch also speaks for these months, of these departments or of all."""
    pairs = [(month, department) for month in months for department in (*departments,) or (None,)]
    for month, department in pairs:
        con.execute(
            "insert into intake.coverage values (?, ?, ?, ?)",
            [batch_id, dataset, month.replace(day=1), department],
        )


def undo(con: duckdb.DuckDBPyConnection, batch_id: int, *, login: str) -> Batch:
    """Take a batch back, in the caller's write transaction; what it replaced is current again.

    Raises KeyError where there is no such batch, ValueError where it is undone already.
    """
    if batch(con, batch_id).undone:
        raise ValueError(f"Batch {batch_id} is undone already; nothing was changed.")
    con.execute(
        "update intake.batch set status = 'undone', undone_by = ?, undone_at = ? "
        "where batch_id = ?",
        [login, _now(), batch_id],
    )
    for (dataset,) in con.execute(
        "select dataset from intake.batch_table where batch_id = ?", [batch_id]
    ).fetchall():
        remove_versions(con, batch_id, contract(dataset))
    advance_revision(con)
    return batch(con, batch_id)


def _record(
    con: duckdb.DuckDBPyConnection, batch_id: int, staged: Staged, difference: Difference
) -> None:
    known = staged.contract
    first_on, last_on = span(staged)
    con.execute(
        "insert into intake.batch_table values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            batch_id,
            known.dataset,
            json.dumps(staged.sheets, ensure_ascii=False),
            staged.mapping,
            difference.rows,
            difference.added,
            difference.changed,
            difference.unchanged,
            first_on,
            last_on,
            json.dumps(control_totals(staged)),
            fingerprint(con, known.dataset, batch_id),
        ],
    )
    con.executemany(
        "insert into intake.coverage values (?, ?, ?, ?)",
        [[batch_id, known.dataset, month, department] for month, department in covers(staged)],
    )


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
