"""Staging: a workbook's checked rows in the types and the order of their contract."""

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from data.contract import Column, Contract, contract
from data.home import Home

SEPARATOR = "\x1f"
"""What stands between the values of a row's key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """Checked rows of one dataset, ready to be compared or committed.

    The table has the contract's columns, `sheet`, `row_number`, `row_key` and `delivery`.
    """

    contract: Contract
    table: pa.Table
    sheets: tuple[str, ...]
    mapping: str | None
    deliveries: tuple[tuple[str, ...], ...]
    """The columns that came with the rows whose `delivery` is the place here; a row has nulls in
    the others, which say nothing."""

    def undelivered(self, delivery: int) -> tuple[str, ...]:
        """The contract's columns that did not come with a delivery's rows."""
        return tuple(c for c in self.contract.columns if c not in self.deliveries[delivery])


def stage(
    home: Home,
    dataset: str,
    table: pa.Table,
    *,
    mapping: str | None = None,
    deliveries: Sequence[Sequence[str]] = (),
) -> Staged:
    """Rows made ready: contract columns in order and type, pseudonyms drawn, keys built.

    `table` holds some or all of the contract's columns and `sheet`, `row_number`; columns it
    lacks are null. `deliveries` are the columns that were there for the rows whose `delivery`, a
    column of the table, is the place among them; without them the table's own are.
    """
    known = contract(dataset)
    arrays = [_array(home, column, table) for column in known.columns.values()]
    delivery = (
        table["delivery"] if deliveries else pa.nulls(table.num_rows, pa.int32()).fill_null(0)
    )
    staged = pa.table(
        [
            *arrays,
            table["sheet"].cast(pa.string()),
            table["row_number"].cast(pa.int64()),
            delivery.cast(pa.int32()),
        ],
        names=[*known.columns, "sheet", "row_number", "delivery"],
    )
    keys = [pc.fill_null(staged[name].cast(pa.string()), "") for name in known.key]
    row_key = pc.binary_join_element_wise(*keys, SEPARATOR)
    return Staged(
        contract=known,
        table=staged.append_column("row_key", row_key),
        sheets=tuple(pc.unique(staged["sheet"]).to_pylist()),
        mapping=mapping,
        deliveries=tuple(_delivered(known, one) for one in deliveries or [table.column_names]),
    )


@contextmanager
def registered(con: duckdb.DuckDBPyConnection, staged: Staged) -> Iterator[None]:
    """The staged rows under the name `staged`, for as long as the block runs."""
    con.register("staged", staged.table)
    try:
        yield
    finally:
        con.unregister("staged")


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


def covers(staged: Staged) -> list[tuple[date | None, str | None]]:
    """The months, and departments where each delivers its own part, that the rows cover."""
    declared = staged.contract.covers
    if staged.contract.cadence == "register" or declared.date is None:
        return [(None, None)]
    days = staged.table[declared.date].cast(pa.date32(), safe=False)
    months = pc.floor_temporal(days, unit="month")
    departments = pa.nulls(len(months), pa.string())
    if declared.department is not None and declared.expected:
        departments = staged.table[declared.department]
    pairs = pa.table({"month": months, "department": departments}).filter(pc.is_valid(months))
    found = pairs.group_by(["month", "department"]).aggregate([]).to_pylist()
    covered = [(one["month"], one["department"]) for one in found]
    return sorted(covered, key=lambda pair: (pair[0], pair[1] or ""))


def control_totals(staged: Staged) -> dict[str, str]:
    """The sum of each numeric column that has a value, as exact decimal text."""
    sums = {name: pc.sum(staged.table[name]).as_py() for name in staged.contract.numeric}
    return {name: str(total) for name, total in sums.items() if total is not None}


def span(staged: Staged) -> tuple[date | None, date | None]:
    """The first and the last day the rows are dated; None for an undated register."""
    column = staged.contract.covers.date
    if column is None or staged.table.num_rows == 0:
        return None, None
    bounds = pc.min_max(staged.table[column].cast(pa.date32(), safe=False)).as_py()
    return bounds["min"], bounds["max"]


def _delivered(known: Contract, columns: Sequence[str]) -> tuple[str, ...]:
    """In the contract's order. A key is what a row is known by, so it is always there."""
    return tuple(name for name in known.columns if name in columns or name in known.key)


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
