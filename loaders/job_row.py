"""The rows of intake.job: what became of each load that was asked for on the screen."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, Literal, cast

import duckdb

State = Literal["queued", "reading", "checked", "refused", "committing", "committed", "failed"]
Step = Literal["waiting", "reading", "comparing", "saving", "refreshing"]

ENDED: frozenset[State] = frozenset({"refused", "committed", "failed"})

_COLUMNS = (
    "job_id, login, file_name, file_sha256, state, step, progress, report, batch_id, "
    "created_at, updated_at"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One load that was asked for."""

    job_id: str
    login: str
    file_name: str
    file_sha256: str
    state: State
    step: Step | None = None
    progress: float = 0.0
    """0 to 1, within the step."""
    report: Mapping[str, Any]
    """As report.file_report, and under `request` what was asked for."""
    batch_id: int | None = None
    created_at: datetime
    """UTC."""
    updated_at: datetime

    @property
    def ended(self) -> bool:
        return self.state in ENDED


def now() -> datetime:
    """The time that job rows carry: UTC, without a zone."""
    return datetime.now(UTC).replace(tzinfo=None)


def find(con: duckdb.DuckDBPyConnection, job_id: str) -> Job:
    """One job. Raises KeyError where there is none."""
    found = _select(con, "where job_id = ?", [job_id])
    if not found:
        raise KeyError(f"There is no job {job_id}.")
    return found[0]


def latest(con: duckdb.DuckDBPyConnection, login: str | None, limit: int) -> tuple[Job, ...]:
    """The newest jobs, of one person or of all, newest first."""
    clause = "where login = coalesce(?, login) order by created_at desc, job_id limit ?"
    return _select(con, clause, [login, limit])


def under_way(con: duckdb.DuckDBPyConnection) -> tuple[Job, ...]:
    """Jobs that a stopped process left in the middle, oldest first."""
    clause = "where state in ('queued', 'reading', 'committing') order by created_at"
    return _select(con, clause, [])


def since(con: duckdb.DuckDBPyConnection, time: datetime) -> frozenset[str]:
    """The ids of jobs that have not ended, or were still worked on after that time."""
    rows = con.execute(
        "select job_id from intake.job where updated_at > ? "
        "or state not in ('refused', 'committed', 'failed')",
        [time],
    ).fetchall()
    return frozenset(job_id for (job_id,) in rows)


def save(con: duckdb.DuckDBPyConnection, job: Job) -> None:
    """Write the job's row, new or not, in the caller's write transaction."""
    con.execute(
        "insert or replace into intake.job values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            job.job_id,
            job.login,
            job.file_name,
            job.file_sha256,
            job.state,
            job.step,
            job.progress,
            json.dumps(dict(job.report), ensure_ascii=False),
            job.batch_id,
            job.created_at,
            now(),
        ],
    )


def remove(con: duckdb.DuckDBPyConnection, job_id: str) -> None:
    """Forget a job, in the caller's write transaction."""
    con.execute("delete from intake.job where job_id = ?", [job_id])


def _select(con: duckdb.DuckDBPyConnection, clause: str, values: list[Any]) -> tuple[Job, ...]:
    rows = con.execute(f"select {_COLUMNS} from intake.job {clause}", values).fetchall()
    return tuple(_of_row(row) for row in rows)


def _of_row(row: tuple[Any, ...]) -> Job:
    job_id, login, name, sha256, state, step, progress, report, batch_id, created, updated = row
    return Job(
        job_id=job_id,
        login=login,
        file_name=name,
        file_sha256=sha256,
        state=cast("State", state),
        step=cast("Step | None", step),
        progress=progress,
        report=MappingProxyType(json.loads(report or "{}")),
        batch_id=batch_id,
        created_at=created,
        updated_at=updated,
    )
