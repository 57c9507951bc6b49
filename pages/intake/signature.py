"""Who did something and when, as the reader would say it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import duckdb
import streamlit as st

from data.accounts import accounts
from pages.shared import figures

People = Mapping[str, str]
"""Login -> name."""


def people(con: duckdb.DuckDBPyConnection) -> People:
    """Everybody's name; somebody without an account is called by the login."""
    return {account.login: account.name for account in accounts(con)}


def when(moment: datetime) -> str:
    """A moment that is stored in UTC, on the reader's clock."""
    zone = ZoneInfo(st.context.timezone or "UTC")
    return figures.moment(moment.replace(tzinfo=UTC).astimezone(zone))


def signed(who: People, login: str, moment: datetime) -> str:
    """`許婉妤 · 2026年11月22日 16:07`."""
    return f"{who.get(login, login)} · {when(moment)}"
