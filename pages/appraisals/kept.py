"""The appraisals a page draws from, kept until the data change.

Everything kept is frozen, and its key holds the whole Scope: what one account may see is never
handed to another.
"""

from collections.abc import Mapping
from datetime import datetime

import duckdb
import streamlit as st

from data.access import Scope
from data.batch import revision
from kpi import appraisal, recommendation
from kpi.appraisal import AppraisalResult, PersonAppraisal
from kpi.components import watermark
from kpi.ladder import Case
from kpi.period import Period
from kpi.policy import policy

State = tuple[int, datetime | None]
"""The rows and the results: whatever is computed from them holds while it is the same."""

Cases = Mapping[str, tuple[Case, ...]]


def results(
    con: duckdb.DuckDBPyConnection, scope: Scope, period: Period
) -> tuple[AppraisalResult, ...]:
    """One result for everyone in scope who was employed in the period."""
    return _results(con, _state(con), scope, period)


def person(
    con: duckdb.DuckDBPyConnection, scope: Scope, period: Period, employee_id: str
) -> PersonAppraisal:
    """One person's result. Raises AccessDenied, UnknownEmployee, NotAppraised."""
    return _person(con, _state(con), scope, period, employee_id)


def recommended(con: duckdb.DuckDBPyConnection, scope: Scope, period: Period) -> Cases:
    """By employee in scope the cases that stand when the period ends."""
    return _recommended(con, _state(con), scope, _settled(period))


def recommended_for(
    con: duckdb.DuckDBPyConnection, scope: Scope, period: Period, employee_id: str
) -> tuple[Case, ...]:
    """The cases of one person. Raises AccessDenied, UnknownEmployee."""
    return _recommended_for(con, _state(con), scope, _settled(period), employee_id)


def _settled(period: Period) -> Period:
    """The last quarter to end with the period: no rule looks at what has come since.

    The month itself where the policy has a rule of single months.
    """
    last = period.months()[-1]
    if any(rule.cycle == "month" for rule in policy().ladder):
        return last
    quarter = Period.containing("quarter", last.start)
    return quarter if quarter.end <= period.end else quarter.previous()


def _state(con: duckdb.DuckDBPyConnection) -> State:
    mark = watermark(con)
    return revision(con), mark.refreshed_at if mark else None


@st.cache_resource(max_entries=24, show_spinner=False)
def _results(
    _con: duckdb.DuckDBPyConnection, state: State, scope: Scope, period: Period
) -> tuple[AppraisalResult, ...]:
    return appraisal.results(_con, scope, period)


@st.cache_resource(max_entries=96, show_spinner=False)
def _person(
    _con: duckdb.DuckDBPyConnection, state: State, scope: Scope, period: Period, employee_id: str
) -> PersonAppraisal:
    return appraisal.result(_con, scope, period, employee_id)


@st.cache_resource(max_entries=24, show_spinner=False)
def _recommended(
    _con: duckdb.DuckDBPyConnection, state: State, scope: Scope, settled: Period
) -> Cases:
    return recommendation.recommendations(_con, scope, settled)


@st.cache_resource(max_entries=96, show_spinner=False)
def _recommended_for(
    _con: duckdb.DuckDBPyConnection, state: State, scope: Scope, settled: Period, employee_id: str
) -> tuple[Case, ...]:
    return recommendation.recommendation(_con, scope, settled, employee_id)
