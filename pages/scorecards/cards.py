"""The scorecards a page draws from, kept until the data change.

Everything kept is frozen, and its key holds the whole Scope: what one account may see is never
handed to another.
"""

from collections.abc import Mapping
from datetime import datetime

import duckdb
import streamlit as st

from data.access import Scope
from data.batch import revision
from kpi.breakdown import By, Part, breakdown
from kpi.components import watermark
from kpi.period import Period
from kpi.policy import policy
from kpi.scorecard import (
    Line,
    Scorecard,
    company_overview,
    department_scorecard,
    indicator_trend,
)
from kpi.scoring import Status, status
from kpi.total_trend import TotalPoint, total_trends

State = tuple[int, datetime | None]
"""The rows and the results: whatever is computed from them holds while it is the same."""

Cards = Mapping[str, Scorecard]


def overview(con: duckdb.DuckDBPyConnection, scope: Scope, period: Period) -> Cards:
    """The scorecards of all departments in scope, by department, in their usual order."""
    return _overview(con, _state(con), scope, period)


def scorecard(
    con: duckdb.DuckDBPyConnection, scope: Scope, period: Period, department: str
) -> Scorecard:
    """One department's scorecard. Raises AccessDenied where it is not in scope."""
    return _scorecard(con, _state(con), scope, period, department)


def totals(
    con: duckdb.DuckDBPyConnection, scope: Scope, until: Period
) -> Mapping[str, tuple[TotalPoint, ...]]:
    """The last 13 monthly totals of every department in scope, oldest first."""
    return _totals(con, _state(con), scope, until.months()[-1])


def months_of(
    con: duckdb.DuckDBPyConnection,
    scope: Scope,
    indicator: str,
    department: str,
    until: Period,
    months: int,
) -> tuple[Line, ...]:
    """An indicator's months to the end of `until`, oldest first."""
    return _months_of(con, _state(con), scope, indicator, department, until.months()[-1], months)


def parts_of(
    con: duckdb.DuckDBPyConnection,
    scope: Scope,
    indicator: str,
    period: Period,
    department: str,
    by: By,
) -> tuple[Part, ...]:
    """What an indicator of a department is made of, as far as it is in scope."""
    return _parts_of(con, _state(con), scope, indicator, period, department, by)


def status_of(score: float | None) -> Status:
    """The status of a dimension's or department's score."""
    return status(score, policy())


def _state(con: duckdb.DuckDBPyConnection) -> State:
    mark = watermark(con)
    return revision(con), mark.refreshed_at if mark else None


@st.cache_resource(max_entries=24, show_spinner=False)
def _overview(_con: duckdb.DuckDBPyConnection, state: State, scope: Scope, period: Period) -> Cards:
    return {card.subject.department or "": card for card in company_overview(_con, scope, period)}


@st.cache_resource(max_entries=48, show_spinner=False)
def _scorecard(
    _con: duckdb.DuckDBPyConnection, state: State, scope: Scope, period: Period, department: str
) -> Scorecard:
    return department_scorecard(_con, scope, period, department)


@st.cache_resource(max_entries=48, show_spinner=False)
def _totals(
    _con: duckdb.DuckDBPyConnection, state: State, scope: Scope, month: Period
) -> Mapping[str, tuple[TotalPoint, ...]]:
    return total_trends(_con, scope, month)


@st.cache_resource(max_entries=96, show_spinner=False)
def _months_of(
    _con: duckdb.DuckDBPyConnection,
    state: State,
    scope: Scope,
    indicator: str,
    department: str,
    month: Period,
    months: int,
) -> tuple[Line, ...]:
    return indicator_trend(_con, scope, indicator, department, month, months)


@st.cache_resource(max_entries=96, show_spinner=False)
def _parts_of(
    _con: duckdb.DuckDBPyConnection,
    state: State,
    scope: Scope,
    indicator: str,
    period: Period,
    department: str,
    by: By,
) -> tuple[Part, ...]:
    return breakdown(_con, scope, indicator, period, department, by)
