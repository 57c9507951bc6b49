"""The projects a page draws from, kept until the data or the day change."""

from datetime import date

import duckdb
import streamlit as st

from data.access import Scope
from kpi import project as health
from kpi.period import Period
from kpi.project import Project, ProjectHealth
from pages.shared.state import KEYS, State, state_of

_HASHED = dict(KEYS)


def portfolio(
    con: duckdb.DuckDBPyConnection, scope: Scope, period: Period
) -> tuple[ProjectHealth, ...]:
    """Every project of the scope known by the period's end: running first, worst first."""
    return _portfolio(con, state_of(con), scope, period, date.today())


def project(
    con: duckdb.DuckDBPyConnection, scope: Scope, period: Period, project_id: str
) -> Project:
    """One project in full. Raises UnknownProject, AccessDenied."""
    return _project(con, state_of(con), scope, period, project_id, date.today())


@st.cache_resource(max_entries=24, show_spinner=False, hash_funcs=_HASHED)
def _portfolio(
    _con: duckdb.DuckDBPyConnection, state: State, scope: Scope, period: Period, today: date
) -> tuple[ProjectHealth, ...]:
    return health.portfolio(_con, scope, period, today=today)


@st.cache_resource(max_entries=48, show_spinner=False, hash_funcs=_HASHED)
def _project(
    _con: duckdb.DuckDBPyConnection,
    state: State,
    scope: Scope,
    period: Period,
    project_id: str,
    today: date,
) -> Project:
    return health.project(_con, scope, period, project_id, today=today)
