"""The warehouse: one DuckDB file, one process, one writer, many readers.

WarehouseBusy
    another process holds the file
"""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from data.contract import Contract, contracts
from data.home import Home

MIGRATIONS = Path(__file__).resolve().parent / "migrations"

_OPTIONS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "python_enable_replacements": False,
}


class WarehouseBusy(Exception):
    """Another process has the warehouse open."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The warehouse {path} is in use by another process, probably the running app. "
            "Stop it, or use its upload page. Nothing was changed."
        )
        self.path = path


@dataclass(frozen=True, slots=True)
class Warehouse:
    """The open warehouse of a home."""

    home: Home
    _connection: duckdb.DuckDBPyConnection
    _writer: threading.RLock = field(default_factory=threading.RLock)

    @classmethod
    def open(cls, home: Home) -> "Warehouse":
        """Open, bring up to date and lock down. Raises WarehouseBusy."""
        try:
            connection = duckdb.connect(str(home.warehouse), config=_OPTIONS)
        except duckdb.IOException as error:
            if "lock" in str(error).lower():
                raise WarehouseBusy(home.warehouse) from error
            raise
        home.warehouse.chmod(0o600)
        return cls(home, _prepared(connection, home.backups))

    @classmethod
    def in_memory(cls, home: Home) -> "Warehouse":
        """A warehouse that is gone when it is closed; originals still go to `home`."""
        return cls(home, _prepared(duckdb.connect(":memory:", config=_OPTIONS), home.backups))

    @contextmanager
    def read(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor that sees one state of the warehouse from its first query to its last."""
        cursor = self._connection.cursor()
        try:
            cursor.execute("begin transaction read only")
            yield cursor
        finally:
            cursor.close()

    @contextmanager
    def write(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor in the only write transaction: all of it is kept, or none."""
        with self._writer:
            cursor = self._connection.cursor()
            try:
                cursor.execute("begin transaction")
                yield cursor
                cursor.execute("commit")
            finally:
                cursor.close()

    def close(self) -> None:
        self._connection.close()


def _prepared(connection: duckdb.DuckDBPyConnection, backups: Path) -> duckdb.DuckDBPyConnection:
    # DDL in a write-ahead log is where replays have failed, so every change of structure is
    # followed by a checkpoint before anything else is written.
    connection.execute("set enable_progress_bar = false")
    connection.execute("set timezone = 'UTC'")
    if _migrate(connection) | _declare_datasets(connection):
        connection.execute("checkpoint")
    connection.execute(
        f"set allowed_directories = ['{str(backups).replace(chr(39), chr(39) * 2)}']"
    )
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    return connection


def _migrate(connection: duckdb.DuckDBPyConnection) -> bool:
    connection.execute("create table if not exists migration (name varchar primary key)")
    done = {name for (name,) in connection.execute("select name from migration").fetchall()}
    pending = [path for path in sorted(MIGRATIONS.glob("*.sql")) if path.name not in done]
    for path in pending:
        connection.execute("begin transaction")
        connection.execute(path.read_text("utf-8"))
        connection.execute("insert into migration values (?)", [path.name])
        connection.execute("commit")
    return bool(pending)


def _declare_datasets(connection: duckdb.DuckDBPyConnection) -> bool:
    """Give every contract its table of row versions and its view of current rows."""
    statements = [text for contract in contracts().values() for text in _declarations(contract)]
    signature = hashlib.sha256("\n".join(statements).encode()).hexdigest()
    known = connection.execute("select value from house.setting where name = 'contracts'")
    if known.fetchall() == [(signature,)]:
        return False
    connection.execute("begin transaction")
    for statement in statements:
        connection.execute(statement)
    connection.execute("insert or replace into house.setting values ('contracts', ?)", [signature])
    connection.execute("commit")
    return True


def _declarations(contract: Contract) -> list[str]:
    table, columns = contract.dataset, contract.columns.values()
    listed = ", ".join(column.name for column in columns)
    return [
        f"create table if not exists store.{table} (row_key varchar not null, "
        "batch_id bigint not null, sheet varchar not null, row_number bigint not null, "
        "is_current boolean not null)",
        f"alter table store.{table} add column if not exists columns_id bigint",
        # Rows of before know nothing of column sets: theirs is the first.
        f"update store.{table} set columns_id = (select min(columns_id) from intake.column_set "
        f"where dataset = '{table}') where columns_id is null",
        *(
            f"alter table store.{table} add column if not exists {column.name} {column.sql_type}"
            for column in columns
        ),
        f"create or replace view {table} as select {listed}, batch_id, sheet, row_number "
        f"from store.{table} where is_current",
    ]
