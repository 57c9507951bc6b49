"""What a kept result depends on: the state of the rows, and how its key is made.

A result that is kept must be frozen, and its key must hold the whole Scope: what one account may
see is never handed to another.
"""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

import duckdb

from data.access import Scope
from data.revision import revision
from kpi.components import watermark
from kpi.period import Period

State = tuple[int, datetime | None]
"""The rows and the stored results: whatever is computed from them holds while it is the same."""

KEYS: Final[Mapping[Any, Any]] = MappingProxyType({Scope: repr, Period: repr})
"""How Streamlit hashes what keys hold: by what it says of itself, which names every part."""


def state_of(con: duckdb.DuckDBPyConnection) -> State:
    """The state that the cursor sees."""
    mark = watermark(con)
    return revision(con), mark.refreshed_at if mark else None
