"""The appraisals a page draws from, kept until the data change."""

from collections.abc import Iterable, Iterator, Mapping

import duckdb
import streamlit as st

from data.access import Scope
from kpi import appraisal, recommendation
from kpi.appraisal import AppraisalResult, PersonAppraisal
from kpi.ladder import Case, Cycle
from kpi.period import Period
from kpi.policy import policy
from kpi.recommendation import last_ended
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
    """By employee in scope the cases that stand when the period ends, the most severe first."""
    found: dict[str, list[Case]] = {}
    for cycle, last in _ended(period):
        for employee_id, cases in _recommended(con, state_of(con), scope, cycle, last).items():
            found.setdefault(employee_id, []).extend(cases)
    return {employee_id: _worst_first(cases) for employee_id, cases in found.items()}


def recommended_for(
    con: duckdb.DuckDBPyConnection, scope: Scope, period: Period, employee_id: str
) -> tuple[Case, ...]:
    """The cases of one person. Raises AccessDenied, UnknownEmployee."""
    return _worst_first(
        case
        for cycle, last in _ended(period)
        for case in _recommended_for(con, state_of(con), scope, cycle, last, employee_id)
    )


def _ended(period: Period) -> Iterator[tuple[Cycle, Period]]:
    """The cycles that have rules, each with the last of its periods to end with the period.

    Kept by these, the cases of a year are worked out once for all the months that follow it.
    """
    for cycle in dict.fromkeys(rule.cycle for rule in policy().ladder):
        yield cycle, last_ended(cycle, period)


def _worst_first(cases: Iterable[Case]) -> tuple[Case, ...]:
    return tuple(sorted(cases, key=lambda case: -case.rule.severity))


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


@st.cache_resource(max_entries=48, show_spinner=False, hash_funcs=_HASHED)
def _recommended(
    _con: duckdb.DuckDBPyConnection, state: State, scope: Scope, cycle: Cycle, last: Period
) -> Cases:
    return recommendation.recommendations(_con, scope, last, cycles=(cycle,))


@st.cache_resource(max_entries=96, show_spinner=False, hash_funcs=_HASHED)
def _recommended_for(
    _con: duckdb.DuckDBPyConnection,
    state: State,
    scope: Scope,
    cycle: Cycle,
    last: Period,
    employee_id: str,
) -> tuple[Case, ...]:
    return recommendation.recommendation(_con, scope, last, employee_id, cycles=(cycle,))
