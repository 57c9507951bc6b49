"""Settings of an installation that live in its warehouse."""

import duckdb


def setting(con: duckdb.DuckDBPyConnection, name: str, default: str) -> str:
    """The value of a setting, or `default` where none was made."""
    row = con.execute("select value from house.setting where name = ?", [name]).fetchone()
    return str(row[0]) if row else default


def set_setting(con: duckdb.DuckDBPyConnection, name: str, value: str) -> None:
    """Make a setting, in the caller's write transaction."""
    con.execute("insert or replace into house.setting values (?, ?)", [name, value])


def is_sample(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether the installation holds the sample company, whose sign-ins may be shown."""
    return setting(con, "sample", "no") == "yes"
