"""Who is asking: the account behind the session cookie, looked up again in every run.

Nothing about identity is kept in the browser session's state: another browser may resume it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import duckdb
import streamlit as st

from data.access import NOBODY, Scope
from data.accounts import Account, account_of_session
from data.home import open_home
from data.warehouse import Warehouse

SESSION_COOKIE = "heng_session"


@cache
def warehouse() -> Warehouse:
    """The process's one open warehouse: that of HENG_HOME, else of data/local."""
    return Warehouse.open(open_home())


def token() -> str | None:
    """The session token the browser showed when it connected."""
    return st.context.cookies.get(SESSION_COOKIE)


def visitor() -> Account | None:
    """The signed-in account as the database has it now, or None once the session has ended."""
    return account_of_session(warehouse(), token())


def scope() -> Scope:
    """What the visitor may see, as the database has it now; NOBODY's if signed out."""
    account = visitor()
    return account.scope if account else NOBODY


@contextmanager
def reading() -> Iterator[duckdb.DuckDBPyConnection]:
    """A cursor on one state of the warehouse; take one per run and keep it short."""
    with warehouse().read() as con:
        yield con
