"""Who is asking: the account behind the session cookie, looked up again in every run.

Nothing about identity is kept in the browser session's state: another browser may resume it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

import duckdb
import streamlit as st

from data.access import NOBODY, Scope
from data.accounts import Account, account_of_session
from data.home import open_home
from data.warehouse import Warehouse

SESSION_COOKIE = "heng_session"


_looked_up: ContextVar[tuple[Account | None] | None] = ContextVar("looked_up", default=None)


@cache
def warehouse() -> Warehouse:
    """The process's one open warehouse: that of HENG_HOME, else of data/local."""
    return Warehouse.open(open_home())


def token() -> str | None:
    """The session token the browser showed when it connected."""
    return st.context.cookies.get(SESSION_COOKIE)


@contextmanager
def run() -> Iterator[Account | None]:
    """Look the visitor up once for a whole page run; a fragment's own run does it anew."""
    found = account_of_session(warehouse(), token())
    remembered = _looked_up.set((found,))
    try:
        yield found
    finally:
        _looked_up.reset(remembered)


def visitor() -> Account | None:
    """The signed-in account as the database has it in this run, or None once it has ended."""
    looked_up = _looked_up.get()
    return looked_up[0] if looked_up else account_of_session(warehouse(), token())


def scope() -> Scope:
    """What the visitor may see, as the database has it in this run; NOBODY's if signed out."""
    account = visitor()
    return account.scope if account else NOBODY


@contextmanager
def reading() -> Iterator[duckdb.DuckDBPyConnection]:
    """A cursor on one state of the warehouse; take one per run and keep it short."""
    with warehouse().read() as con:
        yield con
