"""The audit log: who did what to what, and when."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import duckdb


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that was done; `detail` never holds a rating."""

    event_id: int
    happened_at: datetime
    """UTC."""
    login: str
    action: str
    subject: str
    detail: Mapping[str, str]


def record(
    con: duckdb.DuckDBPyConnection, *, login: str, action: str, subject: str, **detail: str
) -> None:
    """Write an event in the caller's write transaction, so that it stands if the deed does."""
    con.execute(
        "insert into audit.event "
        "select coalesce(max(event_id), 0) + 1, ?, ?, ?, ?, ? from audit.event",
        [
            datetime.now(UTC).replace(tzinfo=None),
            login,
            action,
            subject,
            json.dumps(detail, ensure_ascii=False, sort_keys=True),
        ],
    )


def events(con: duckdb.DuckDBPyConnection, limit: int = 1000) -> tuple[Event, ...]:
    """The latest events, newest first."""
    rows = con.execute(
        "select event_id, happened_at, login, action, subject, detail from audit.event "
        "order by event_id desc limit ?",
        [limit],
    ).fetchall()
    return tuple(
        Event(
            event_id=event_id,
            happened_at=happened_at,
            login=login,
            action=action,
            subject=subject,
            detail=json.loads(detail),
        )
        for event_id, happened_at, login, action, subject, detail in rows
    )
