"""The months of the readiness page: which are shown, and which one is looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from data.history import history
from data.readiness import months_with_rows
from data.setting import is_sample
from kpi.period import Period, add_months
from pages.shared import filters

SHOWN = 13
"""A month and the same month of the year before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Months by their first days, oldest first."""

    months: tuple[date, ...]
    """Those shown."""
    last_over: date
    """The latest month that is over."""
    earlier: date | None
    """The last month of the stretch before, if anything has come for it."""
    later: date | None

    def is_due(self, month: date) -> bool:
        """Whether the month is over, so that what has not come is missing."""
        return month <= self.last_over


def calendar(con: duckdb.DuckDBPyConnection) -> Calendar | None:
    """The stretch that the address asks for under `until`, else the latest.

    None where no file has been loaded yet.
    """
    begun = _begun(con)
    if begun is None:
        return None
    running = max(_running(con), begun)
    until = max(min(_asked() or running, running), begun)
    months = (add_months(until, back + 1 - SHOWN) for back in range(SHOWN))
    before = add_months(until, -SHOWN)
    return Calendar(
        months=tuple(month for month in months if month >= begun),
        last_over=add_months(running, -1),
        earlier=before if before >= begun else None,
        later=min(add_months(until, SHOWN), running) if until < running else None,
    )


def looked_at(shown: Calendar) -> date:
    """The month the address names under `month`, or the last of its `period`; else the latest."""
    due = [month for month in shown.months if shown.is_due(month)] or list(shown.months)
    offered = [f"{month:%Y-%m}" for month in shown.months]
    for key in ("month", "period"):
        month = _last_month(filters.asked(key), shown.months)
        if month is not None and f"{month:%Y-%m}" in offered:
            return month
    return due[-1]


def _begun(con: duckdb.DuckDBPyConnection) -> date | None:
    """The first month that anything has come for; lists alone are of the latest that is over."""
    months = months_with_rows(con)
    if months:
        return months[0]
    return add_months(_today(), -1) if history(con, 1) else None


def _running(con: duckdb.DuckDBPyConnection) -> date:
    """The month that is running; for the sample company, which stands still, the first without."""
    known = filters.months(con)
    if is_sample(con) and known:
        return min(_today(), add_months(known[-1], 1))
    return _today()


def _last_month(key: str | None, months: Sequence[date]) -> date | None:
    try:
        period = Period.parse(key or "")
    except ValueError:
        return None
    return max((m.start for m in period.months() if m.start in months), default=None)


def _asked() -> date | None:
    try:
        return Period.parse(filters.asked("until") or "").start
    except ValueError:
        return None


def _today() -> date:
    return date.today().replace(day=1)
