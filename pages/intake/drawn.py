"""A job with what has to be known to draw its card."""

from dataclasses import dataclass
from datetime import date

import duckdb

from data.access import Scope
from data.history import Batch, batch
from kpi.components import is_current
from loaders.job_row import Job
from pages.intake import badge
from pages.intake.badge import Badge
from pages.intake.signature import People, signed
from pages.shared import filters


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A job, looked up together with what it became."""

    job: Job
    signed: str
    """Who handed it over, and when."""
    loaded: Batch | None
    """The batch it became, or in which the same file was loaded before."""
    loaded_by: str
    results_are_current: bool
    months: tuple[date, ...]
    """Months that have a scorecard."""
    is_theirs: bool
    """Whether the visitor handed it over, and so decides on it."""

    @classmethod
    def of(cls, con: duckdb.DuckDBPyConnection, job: Job, who: People, visitor: Scope) -> "Drawn":
        """Look it up."""
        number = job.batch_id or job.report.get("batch")
        loaded = batch(con, number) if number else None
        by = signed(who, loaded.login, loaded.loaded_at) if loaded else ""
        return cls(
            job=job,
            signed=signed(who, job.login, job.created_at),
            loaded=loaded,
            loaded_by=by,
            results_are_current=is_current(con),
            months=filters.months(con) if visitor.sees_company else (),
            is_theirs=job.login == visitor.login,
        )

    @property
    def state(self) -> Badge:
        """The badge of its state; a load that was undone since is not loaded."""
        known = badge.of_job(self.job)
        if known is badge.LOADED and self.loaded and self.loaded.undone:
            return badge.UNDONE
        return known
