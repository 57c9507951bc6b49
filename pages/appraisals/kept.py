"""The appraisals a page draws from, kept until the data change."""

from collections.abc import Mapping

import duckdb
import streamlit as st

from data.access import Scope
from kpi import appraisal, recommendation
from kpi.appraisal import AppraisalResult, PersonAppraisal
from kpi.ladder import Case
from kpi.period import Period
from kpi.policy import policy
from pages.shared.state import KEYS, State, state_of

Cases = Mapping[str, tuple[Case, ...]]
_HASHED = dict(KEYS)


def results(
    con: duckdb.DuckDBPyConnection, scope: Scope, period: Period
) -> tuple[AppraisalResult, ...]:
    """One result for everyone in scope who was employed in the period."""
    return _results(con, state_of(con), scope, period)


def person(
    con: duckdb.DuckDBPyConnection, scope: Scope, period: Period, employee_id: str
) -> PersonAppraisal:
    """One person's result. Raises AccessDenied, UnknownEmployee, NotAppraised."""
    return _person(con, state_of(con), scope, period, employee_id)


def recommended(con: duckdb.DuckDBPyConnection, scope: Scope, period: Period) -> Cases:
    """By employee in scope the cases that stand when the period ends."""
    return _recommended(con, state_of(con), scope, _settled(period))


def recommended_for(
    con: duckdb.DuckDBPyConnection, scope: Scope, period: Period, employee_id: str
) -> tuple[Case, ...]:
    """The cases of one person. Raises AccessDenied, UnknownEmployee."""
    return _recommended_for(con, state_of(con), scope, _settled(period), employee_id)


def _settled(period: Period) -> Period:
    """The last quarter to end with the period: no rule looks at what has come since.

    The month itself where the policy has a rule of single months.
    """
    last = period.months()[-1]
    if any(rule.cycle == "month" for rule in policy().ladder):
        return last
    quarter = Period.containing("quarter", last.start)
    return quarter if quarter.end <= period.end else quarter.previous()


@st.cache_resource(max_entries=24, show_spinner=False, hash_funcs=_HASHED)
def _results(
    _con: duckdb.DuckDBPyConnection, state: State, scope: Scope, period: Period
) -> tuple[AppraisalResult, ...]:
    return appraisal.results(_con, scope, period)


@st.cache_resource(max_entries=96, show_spinner=False, hash_funcs=_HASHED)
def _person(
    _con: duckdb.DuckDBPyConnection, state: State, scope: Scope, period: Period, employee_id: str
) -> PersonAppraisal:
    return appraisal.result(_con, scope, period, employee_id)


@st.cache_resource(max_entries=24, show_spinner=False, hash_funcs=_HASHED)
def _recommended(
    _con: duckdb.DuckDBPyConnection, state: State, scope: Scope, settled: Period
) -> Cases:
    return recommendation.recommendations(_con, scope, settled)


@st.cache_resource(max_entries=96, show_spinner=False, hash_funcs=_HASHED)
def _recommended_for(
    _con: duckdb.DuckDBPyConnection, state: State, scope: Scope, settled: Period, employee_id: str
) -> tuple[Case, ...]:
    return recommendation.recommendation(_con, scope, settled, employee_id)
