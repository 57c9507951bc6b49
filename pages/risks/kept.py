"""The register a page draws from, kept until the data or the day change."""

from datetime import date

import duckdb
import streamlit as st

from data.access import Scope
from kpi import risk
from kpi.period import Period
from kpi.risk import Register
from pages.shared.state import KEYS, State, state_of


def register(con: duckdb.DuckDBPyConnection, scope: Scope, period: Period) -> Register:
    """The open risks of the scope in the period's last month that has assessments."""
    return _register(con, state_of(con), scope, period, date.today())


@st.cache_resource(max_entries=24, show_spinner=False, hash_funcs=dict(KEYS))
def _register(
    _con: duckdb.DuckDBPyConnection, state: State, scope: Scope, period: Period, today: date
) -> Register:
    return risk.register(_con, scope, period, today=today)
