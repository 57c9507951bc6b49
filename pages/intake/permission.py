"""Who may look into a file: its job while it is being loaded, its original afterwards."""

import duckdb

from data.access import Scope
from data.contract import Contract, contract, contracts
from data.history import Batch
from loaders.job_row import Job


def may_open(scope: Scope, job: Job) -> bool:
    """Whether the job may be seen in full.

    Operators take over from one another, but a file with private rows stays with whoever sent it.
    """
    if not scope.may("upload"):
        return False
    return job.login == scope.login or not any(contract(name).private for name in _datasets(job))


def may_download(con: duckdb.DuckDBPyConnection, scope: Scope, batch: Batch) -> bool:
    """Whether the original of a batch may be read: all its columns must be open to the account."""
    if not (scope.may("history") or scope.may("upload")):
        return False
    return all(scope.may(right) for right in _needed(con, batch))


def _datasets(job: Job) -> set[str]:
    found = {
        table["dataset"] for sheet in job.report.get("sheets", ()) for table in sheet["tables"]
    }
    asked = job.report.get("request", {}).get("dataset")
    return (found | {asked}) & contracts().keys()


def _needed(con: duckdb.DuckDBPyConnection, batch: Batch) -> set[str]:
    """The rights that the private rows and columns of a batch call for."""
    found: set[str] = set()
    for table in batch.tables:
        known = contract(table.difference.dataset)
        if known.private:
            found.add(known.private)
        found |= _private_columns(con, known, batch.batch_id)
    return found


def _private_columns(con: duckdb.DuckDBPyConnection, known: Contract, batch_id: int) -> set[str]:
    """The rights of those private columns in which the batch has any value."""
    private = {name: one.private for name, one in known.columns.items() if one.private}
    if not private:
        return set()
    counted = ", ".join(f"count({name})" for name in private)
    # The names come from a checked contract.
    query = f"select {counted} from store.{known.dataset} where batch_id = ?"  # noqa: S608
    counts = con.execute(query, [batch_id]).fetchall()[0]
    return {right for right, count in zip(private.values(), counts, strict=True) if right and count}
