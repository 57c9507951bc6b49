"""The revision: a number by which stored results know whether they are behind."""

import duckdb


def revision(con: duckdb.DuckDBPyConnection) -> int:
    """A number that grows with every change of rows or declarations."""
    return int(con.execute("select value from house.revision").fetchall()[0][0])


def advance_revision(con: duckdb.DuckDBPyConnection) -> None:
    """Say that rows or declarations changed, so that stored results are behind."""
    con.execute("update house.revision set value = value + 1")
