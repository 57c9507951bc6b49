"""What the scorecard pages read, kept until the data change.

Everything kept is frozen, and its key holds the whole Scope: what one account may see is never
handed to another.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb
import streamlit as st

from data.access import Scope
from kpi.breakdown import By, Part, breakdown
from kpi.measure import Side
from kpi.period import Period
from kpi.policy import policy
from kpi.rows import Rows, rows_behind
from kpi.scorecard import (
    Line,
    Scorecard,
    company_overview,
    department_scorecard,
    indicator_trend,
)
from kpi.scoring import Status, status
from kpi.total_trend import TotalPoint, total_trends
from pages.shared.state import KEYS, State, state_of

Cards = Mapping[str, Scorecard]
"""By department, in their usual order."""
Trends = Mapping[str, tuple[TotalPoint, ...]]
"""By department, oldest month first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Reads for one visitor in one state of the warehouse."""

    con: duckdb.DuckDBPyConnection
    scope: Scope
    state: State
    """The rows and the results: whatever is computed from them holds while it is the same."""

    def overview(self, period: Period) -> Cards:
        """The scorecards of all departments in scope."""
        return _overview(self.con, self.state, self.scope, period)

    def scorecard(self, period: Period, department: str) -> Scorecard:
        """One department's scorecard. Raises AccessDenied where it is not in scope."""
        return _scorecard(self.con, self.state, self.scope, period, department)

    def totals(self, until: Period) -> Trends:
        """The last 13 monthly totals of every department in scope."""
        return _totals(self.con, self.state, self.scope, until.months()[-1])

    def months(
        self, indicator: str, department: str, until: Period, months: int
    ) -> tuple[Line, ...]:
        """An indicator's months to the end of `until`, oldest first."""
        last = until.months()[-1]
        return _months(self.con, self.state, self.scope, indicator, department, last, months)

    def parts(self, indicator: str, department: str, period: Period, by: By) -> tuple[Part, ...]:
        """What an indicator of a department is made of, as far as it is in scope."""
        return _parts(self.con, self.state, self.scope, indicator, department, period, by)

    def rows(
        self, indicator: str, department: str, period: Period, side: Side, limit: int, offset: int
    ) -> Rows:
        """A page of the rows behind an indicator of a department."""
        place = (side, limit, offset)
        return _rows(self.con, self.state, self.scope, indicator, department, period, place)


def reader(con: duckdb.DuckDBPyConnection, scope: Scope) -> Reader:
    """A reader of the state that the cursor sees."""
    return Reader(con=con, scope=scope, state=state_of(con))


def status_of(score: float | None) -> Status:
    """The status of a dimension's or department's score."""
    return status(score, policy())


_HASHED = dict(KEYS)


@st.cache_resource(max_entries=24, show_spinner=False, hash_funcs=_HASHED)
def _overview(_con: duckdb.DuckDBPyConnection, state: State, scope: Scope, period: Period) -> Cards:
    return {card.subject.department or "": card for card in company_overview(_con, scope, period)}


@st.cache_resource(max_entries=48, show_spinner=False, hash_funcs=_HASHED)
def _scorecard(
    _con: duckdb.DuckDBPyConnection, state: State, scope: Scope, period: Period, department: str
) -> Scorecard:
    return department_scorecard(_con, scope, period, department)


@st.cache_resource(max_entries=48, show_spinner=False, hash_funcs=_HASHED)
def _totals(_con: duckdb.DuckDBPyConnection, state: State, scope: Scope, month: Period) -> Trends:
    return total_trends(_con, scope, month)


@st.cache_resource(max_entries=96, show_spinner=False, hash_funcs=_HASHED)
def _months(
    _con: duckdb.DuckDBPyConnection,
    state: State,
    scope: Scope,
    indicator: str,
    department: str,
    month: Period,
    months: int,
) -> tuple[Line, ...]:
    return indicator_trend(_con, scope, indicator, department, month, months)


@st.cache_resource(max_entries=96, show_spinner=False, hash_funcs=_HASHED)
def _parts(
    _con: duckdb.DuckDBPyConnection,
    state: State,
    scope: Scope,
    indicator: str,
    department: str,
    period: Period,
    by: By,
) -> tuple[Part, ...]:
    return breakdown(_con, scope, indicator, period, department, by)


@st.cache_resource(max_entries=48, show_spinner=False, hash_funcs=_HASHED)
def _rows(
    _con: duckdb.DuckDBPyConnection,
    state: State,
    scope: Scope,
    indicator: str,
    department: str,
    period: Period,
    place: tuple[Side, int, int],
) -> Rows:
    side, limit, offset = place
    return rows_behind(
        _con, scope, indicator, period, department, side=side, limit=limit, offset=offset
    )
