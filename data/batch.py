"""Batches: rows go in whole, keep where they came from, and can be taken back.

Every version of a row is kept. The current one is that of the latest batch still loaded, so
undoing any batch, in any order, gives the state that would be without it.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from data.contract import Column, Contract, contract
from data.home import Home

_SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """Checked rows of one dataset, ready to be compared or committed.

    The table has the contract's columns, `sheet`, `row_number` and `row_key`.
    """

    contract: Contract
    table: pa.Table
    sheets: tuple[str, ...]
    mapping: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A row whose key is known and whose values differ."""

    key: str
    row_number: int
    column: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What committing the rows would do, or did."""

    dataset: str
    added: int
    changed: int
    unchanged: int

    @property
    def rows(self) -> int:
        return self.added + self.changed + self.unchanged


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """The workbook that rows came from."""

    name: str
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchTable:
    """What one batch brought to one dataset."""

    difference: Difference
    sheets: tuple[str, ...]
    mapping: str | None
    first_on: date | None
    last_on: date | None
    totals: Mapping[str, str]
    """The sum of each numeric column, as exact decimal text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One loaded file."""

    batch_id: int
    file: File
    login: str
    loaded_at: datetime
    """UTC."""
    undone: bool
    tables: tuple[BatchTable, ...]


def stage(home: Home, dataset: str, table: pa.Table, *, mapping: str | None = None) -> Staged:
    """Rows made ready: contract columns in order and type, pseudonyms drawn, keys built.

    `table` holds some or all of the contract's columns and `sheet`, `row_number`; columns it
    lacks are null.
    """
    known = contract(dataset)
    arrays = [_array(home, column, table) for column in known.columns.values()]
    staged = pa.table(
        [*arrays, table["sheet"].cast(pa.string()), table["row_number"].cast(pa.int64())],
        names=[*known.columns, "sheet", "row_number"],
    )
    keys = [pc.fill_null(staged[name].cast(pa.string()), "") for name in known.key]
    row_key = pc.binary_join_element_wise(*keys, _SEPARATOR)
    sheets = tuple(pc.unique(staged["sheet"]).to_pylist())
    return Staged(
        contract=known,
        table=staged.append_column("row_key", row_key),
        sheets=sheets,
        mapping=mapping,
    )


def compare(con: duckdb.DuckDBPyConnection, staged: Staged) -> Difference:
    """How the rows differ from the current ones, by key."""
    differs = _differs(staged.contract)
    with _registered(con, staged):
        added, changed, unchanged = con.execute(
            f"""
            select
                count(*) filter (where old.row_key is null),
                count(*) filter (where old.row_key is not null and ({differs})),
                count(*) filter (where old.row_key is not null and not ({differs}))
            from staged as new left join store.{staged.contract.dataset} as old
                on old.row_key = new.row_key and old.is_current
            """
        ).fetchall()[0]
    return Difference(
        dataset=staged.contract.dataset, added=added, changed=changed, unchanged=unchanged
    )


def changes(con: duckdb.DuckDBPyConnection, staged: Staged, limit: int) -> tuple[Change, ...]:
    """The first `limit` changed cells, old value beside new, in the order of the rows."""
    columns = [name for name in staged.contract.columns if name not in staged.contract.key]
    # Pseudonyms and private values are compared, never shown.
    shown = [name for name in columns if not staged.contract.columns[name].private]
    if staged.contract.private or not shown:
        return ()
    cells = " union all ".join(
        f"select new.row_number, new.row_key, {position} as position, '{name}' as column_name, "
        f"cast(old.{name} as varchar) as old, cast(new.{name} as varchar) as new "
        f"from staged as new inner join store.{staged.contract.dataset} as old "
        f"on old.row_key = new.row_key and old.is_current "
        f"where old.{name} is distinct from new.{name}"
        for position, name in enumerate(shown)
    )
    with _registered(con, staged):
        rows = con.execute(
            f"select * from ({cells}) as cells order by row_number, position limit {int(limit)}"
        ).fetchall()
    return tuple(
        Change(key=key.replace(_SEPARATOR, " · "), row_number=row, column=column, old=old, new=new)
        for row, key, _, column, old, new in rows
    )


def commit(
    con: duckdb.DuckDBPyConnection, file: File, staged: Sequence[Staged], *, login: str
) -> Batch:
    """Make the rows current, in the caller's write transaction.

    Each dataset may be staged once. Rows of the same key are superseded, not lost.
    """
    row = con.execute("select coalesce(max(batch_id), 0) + 1 from intake.batch").fetchall()[0]
    batch_id = int(row[0])
    con.execute(
        "insert into intake.batch values (?, ?, ?, ?, ?, ?, 'loaded', null, null)",
        [batch_id, file.name, file.sha256, file.bytes, login, _now()],
    )
    for part in staged:
        _commit_table(con, batch_id, part)
    advance_revision(con)
    return batch(con, batch_id)


def add_coverage(
    con: duckdb.DuckDBPyConnection,
    batch_id: int,
    dataset: str,
    months: Sequence[date],
    departments: Sequence[str],
) -> None:
    """Record that a batch also speaks for these months, of these departments or of all."""
    pairs = [(month, department) for month in months for department in (*departments,) or (None,)]
    for month, department in pairs:
        con.execute(
            "insert into intake.coverage values (?, ?, ?, ?)",
            [batch_id, dataset, month.replace(day=1), department],
        )


def undo(con: duckdb.DuckDBPyConnection, batch_id: int, *, login: str) -> Batch:
    """Take a batch back, in the caller's write transaction; what it replaced is current again.

    Raises KeyError where there is no such batch, ValueError where it is undone already.
    """
    if batch(con, batch_id).undone:
        raise ValueError(f"Batch {batch_id} is undone already; nothing was changed.")
    con.execute(
        "update intake.batch set status = 'undone', undone_by = ?, undone_at = ? "
        "where batch_id = ?",
        [login, _now(), batch_id],
    )
    for (dataset,) in con.execute(
        "select dataset from intake.batch_table where batch_id = ?", [batch_id]
    ).fetchall():
        _restore(con, dataset, batch_id)
    advance_revision(con)
    return batch(con, batch_id)


def batch(con: duckdb.DuckDBPyConnection, batch_id: int) -> Batch:
    """One batch. Raises KeyError where there is none."""
    found = _batches(con, "where batch_id = ?", [batch_id])
    if not found:
        raise KeyError(f"There is no batch {batch_id}.")
    return found[0]


def history(con: duckdb.DuckDBPyConnection, limit: int = 1000) -> tuple[Batch, ...]:
    """Every batch, newest first."""
    return _batches(con, f"order by batch_id desc limit {int(limit)}", [])


def batch_of_file(con: duckdb.DuckDBPyConnection, sha256: str) -> Batch | None:
    """The loaded batch of a file with this content, if it is there already."""
    found = _batches(con, "where file_sha256 = ? and status = 'loaded'", [sha256])
    return found[0] if found else None


def declare_nothing(
    con: duckdb.DuckDBPyConnection,
    dataset: str,
    month: date,
    department: str | None,
    *,
    login: str,
    reason: str = "",
) -> bool:
    """Record that a dataset has no rows for a month, so that zero is known and not missing.

    False where that had been said before, and nothing was changed.
    """
    said = [contract(dataset).dataset, month.replace(day=1), department]
    known = con.execute(
        "select 1 from intake.declaration "
        "where dataset = ? and month = ? and department is not distinct from ?",
        said,
    ).fetchall()
    if known:
        return False
    con.execute(
        "insert into intake.declaration "
        "(dataset, month, department, login, declared_at, reason) values (?, ?, ?, ?, ?, ?)",
        [*said, login, _now(), reason],
    )
    advance_revision(con)
    return True


def revision(con: duckdb.DuckDBPyConnection) -> int:
    """A number that grows with every change of rows or declarations."""
    return int(con.execute("select value from house.revision").fetchall()[0][0])


def advance_revision(con: duckdb.DuckDBPyConnection) -> None:
    """Say that rows or declarations changed, so that stored results are behind."""
    con.execute("update house.revision set value = value + 1")


def _array(home: Home, column: Column, table: pa.Table) -> pa.ChunkedArray:
    wanted = arrow_type(column)
    if column.name not in table.column_names:
        return pa.chunked_array([pa.nulls(table.num_rows, wanted)])
    values = table[column.name].cast(wanted)
    if not column.pseudonym:
        return values
    secret = home.secret("pseudonym")
    drawn = {
        value: hmac.new(secret, value.encode(), hashlib.sha256).hexdigest()[:24]
        for value in pc.unique(values).to_pylist()
        if value is not None
    }
    return pa.chunked_array([pa.array([drawn.get(v) for v in values.to_pylist()], pa.string())])


def arrow_type(column: Column) -> pa.DataType:
    """What a column's staged values are in Arrow."""
    match column.type:
        case "integer":
            return pa.int64()
        case "amount":
            return pa.decimal128(18, 4)
        case "number" | "share":
            return pa.decimal128(18, 6)
        case "date" | "month":
            return pa.date32()
        case "datetime":
            return pa.timestamp("us")
        case "boolean":
            return pa.bool_()
        case _:
            return pa.string()


class _registered:
    """The staged rows under the name `staged`, for as long as the block runs."""

    def __init__(self, con: duckdb.DuckDBPyConnection, staged: Staged) -> None:
        self._con, self._table = con, staged.table

    def __enter__(self) -> None:
        self._con.register("staged", self._table)

    def __exit__(self, *_: object) -> None:
        self._con.unregister("staged")


def _differs(known: Contract) -> str:
    columns = [name for name in known.columns if name not in known.key]
    return " or ".join(f"old.{name} is distinct from new.{name}" for name in columns) or "false"


def _commit_table(con: duckdb.DuckDBPyConnection, batch_id: int, staged: Staged) -> None:
    known = staged.contract
    difference = compare(con, staged)
    columns = ", ".join(known.columns)
    with _registered(con, staged):
        con.execute(
            f"update store.{known.dataset} set is_current = false "
            "where is_current and row_key in (select row_key from staged)"
        )
        con.execute(
            f"insert into store.{known.dataset} "
            f"(row_key, batch_id, sheet, row_number, is_current, {columns}) "
            f"select row_key, ?, sheet, row_number, true, {columns} from staged",
            [batch_id],
        )
    _record(con, batch_id, staged, difference)


def _record(
    con: duckdb.DuckDBPyConnection, batch_id: int, staged: Staged, difference: Difference
) -> None:
    known = staged.contract
    first_on, last_on = span(staged)
    con.execute(
        "insert into intake.batch_table values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            batch_id,
            known.dataset,
            json.dumps(staged.sheets, ensure_ascii=False),
            staged.mapping,
            difference.rows,
            difference.added,
            difference.changed,
            difference.unchanged,
            first_on,
            last_on,
            json.dumps(control_totals(staged)),
            fingerprint(con, known, batch_id),
        ],
    )
    con.executemany(
        "insert into intake.coverage values (?, ?, ?, ?)",
        [[batch_id, known.dataset, month, department] for month, department in covers(staged)],
    )


def covers(staged: Staged) -> list[tuple[date | None, str | None]]:
    """The months, and departments where each delivers its own part, that the rows cover."""
    declared = staged.contract.covers
    if staged.contract.cadence == "register" or declared.date is None:
        return [(None, None)]
    months = [
        value.replace(day=1)
        if isinstance(value, date) and not isinstance(value, datetime)
        else value.date().replace(day=1)
        if value is not None
        else None
        for value in staged.table[declared.date].to_pylist()
    ]
    if declared.department is None or not declared.expected:
        return [(month, None) for month in sorted({m for m in months if m is not None})]
    departments = staged.table[declared.department].to_pylist()
    pairs = {(m, d) for m, d in zip(months, departments, strict=True) if m is not None}
    return sorted(pairs, key=lambda pair: (pair[0], pair[1] or ""))


def control_totals(staged: Staged) -> dict[str, str]:
    """The sum of each numeric column that has a value, as exact decimal text."""
    sums = {name: pc.sum(staged.table[name]).as_py() for name in staged.contract.numeric}
    return {name: str(total) for name, total in sums.items() if total is not None}


def fingerprint(con: duckdb.DuckDBPyConnection, known: Contract, batch_id: int) -> str:
    """A hash of a batch's stored rows that changes with any value and any order."""
    cells = ", ".join(
        f"coalesce(cast({name} as varchar), '\x00')"
        for name in ("row_key", "sheet", "row_number", *known.columns)
    )
    row = con.execute(
        f"select md5(string_agg(md5(concat_ws('{_SEPARATOR}', {cells})), '' "
        f"order by sheet, row_number, row_key)) from store.{known.dataset} where batch_id = ?",
        [batch_id],
    ).fetchall()[0]
    return str(row[0])


def span(staged: Staged) -> tuple[date | None, date | None]:
    """The first and the last day the rows are dated; None for an undated register."""
    column = staged.contract.covers.date
    if column is None or staged.table.num_rows == 0:
        return None, None
    bounds = pc.min_max(staged.table[column].cast(pa.date32(), safe=False)).as_py()
    return bounds["min"], bounds["max"]


def _restore(con: duckdb.DuckDBPyConnection, dataset: str, batch_id: int) -> None:
    known = contract(dataset).dataset
    con.execute(f"update store.{known} set is_current = false where batch_id = ?", [batch_id])
    con.execute(
        f"""
        update store.{known} as version set is_current = true
        from (
            select rows.row_key, max(rows.batch_id) as batch_id
            from store.{known} as rows
            inner join intake.batch as batch on rows.batch_id = batch.batch_id
            where batch.status = 'loaded'
                and rows.row_key in (select row_key from store.{known} where batch_id = ?)
            group by rows.row_key
        ) as latest
        where version.row_key = latest.row_key and version.batch_id = latest.batch_id
        """,
        [batch_id],
    )


def _batches(
    con: duckdb.DuckDBPyConnection, clause: str, values: Iterable[Any]
) -> tuple[Batch, ...]:
    rows = con.execute(
        "select batch_id, file_name, file_sha256, file_bytes, login, loaded_at, status "
        f"from intake.batch {clause}",
        list(values),
    ).fetchall()
    tables = _tables(con, [row[0] for row in rows])
    return tuple(
        Batch(
            batch_id=batch_id,
            file=File(name=name, sha256=sha256, bytes=size),
            login=login,
            loaded_at=loaded_at,
            undone=status == "undone",
            tables=tuple(tables.get(batch_id, ())),
        )
        for batch_id, name, sha256, size, login, loaded_at, status in rows
    )


def _tables(
    con: duckdb.DuckDBPyConnection, batch_ids: Sequence[int]
) -> dict[int, list[BatchTable]]:
    rows = con.execute(
        "select batch_id, dataset, sheets, mapping, added, changed, unchanged, first_on, last_on, "
        "totals from intake.batch_table where list_contains(?, batch_id) order by dataset",
        [list(batch_ids)],
    ).fetchall()
    found: dict[int, list[BatchTable]] = {}
    for batch_id, dataset, sheets, mapping, added, changed, unchanged, first, last, totals in rows:
        found.setdefault(batch_id, []).append(
            BatchTable(
                difference=Difference(
                    dataset=dataset, added=added, changed=changed, unchanged=unchanged
                ),
                sheets=tuple(json.loads(sheets)),
                mapping=mapping,
                first_on=first,
                last_on=last,
                totals=json.loads(totals),
            )
        )
    return found


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
