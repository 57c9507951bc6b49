"""Questions in SQL over the published rows: no accounts, no sessions, no ratings, no writing."""

from dataclasses import dataclass
from typing import Any

import duckdb

from data.contract import contracts
from data.warehouse import Warehouse

MOST_MEMORY = "2GB"


class QueryRefused(Exception):
    """The query cannot be answered; says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Rows of a query under their column names."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def published() -> tuple[str, ...]:
    """The datasets that may be asked."""
    return tuple(name for name, contract in contracts().items() if contract.private is None)


def query(warehouse: Warehouse, sql: str) -> Answer:
    """What one SELECT says over copies of the published datasets. Raises QueryRefused.

    It runs in a database of its own that holds nothing else, so that what may be read does not
    hang on understanding the text.
    """
    with duckdb.connect(":memory:", config={"memory_limit": MOST_MEMORY}) as apart:
        try:
            _copy(warehouse, apart, apart.get_table_names(sql))
            _lock(apart)
            cursor = apart.execute(sql)
            columns = tuple(column[0] for column in cursor.description or ())
            return Answer(columns=columns, rows=tuple(cursor.fetchall()))
        except duckdb.Error as error:
            raise QueryRefused(f"{error}\nDatasets: {', '.join(published())}.") from error


def _copy(warehouse: Warehouse, apart: duckdb.DuckDBPyConnection, named: set[str]) -> None:
    with warehouse.read() as con:
        for name in published():
            if name in {table.casefold().strip('"') for table in named}:
                apart.register("rows", con.table(name).to_arrow_table())
                apart.execute(f"create table {name} as select * from rows")
                apart.unregister("rows")


def _lock(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("set enable_progress_bar = false")
    con.execute("set python_enable_replacements = false")
    con.execute("set enable_external_access = false")
    con.execute("set lock_configuration = true")
