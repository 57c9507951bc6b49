"""Jobs and deliveries as tests need them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from data.readiness import Delivery
from loaders.job_row import Job

JULY, AUGUST = date(2026, 7, 1), date(2026, 8, 1)


def job(
    report: Mapping[str, Any] | None = None,
    *,
    login: str = "ops",
    state: str = "checked",
    **fields: Any,
) -> Job:
    """A job of `ops`, checked unless said otherwise."""
    at = datetime(2026, 11, 22, 9, 0)
    return Job(
        job_id="j1",
        login=login,
        file_name="orders.xlsx",
        file_sha256="0",
        state=state,
        report=report or {},
        created_at=at,
        updated_at=at,
        **fields,
    )


def of(dataset: str, state: str, *missing: str, month: date = JULY) -> Delivery:
    """A delivery for July unless said otherwise."""
    return Delivery(dataset=dataset, month=month, state=state, missing_departments=missing)
