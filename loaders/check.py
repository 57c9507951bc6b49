"""What converted rows must meet: required values, keys that occur once, the contract's checks."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from data.contract import Check, Contract
from data.staging import arrow_type
from loaders.part import Part
from loaders.problem import Problem
from loaders.value import Value

EARLIEST = date(2000, 1, 1)
YEARS_AHEAD = 3
"""A row dated before, or so far ahead, is probably a slip of the pen."""


def check(parts: Sequence[Part]) -> Iterator[Problem]:
    """Every fault in the parts of one dataset of a file."""
    for part in parts:
        yield from _missing_values(part)
        yield from _unlikely_dates(part)
    yield from _duplicate_keys(parts)
    if parts and parts[0].contract.checks:
        with duckdb.connect(":memory:", config={"threads": 1}) as con:
            for part in parts:
                yield from _failed_checks(con, part)


def part_table(part: Part) -> pa.Table:
    """The part's values in the contract's types, with `sheet` and `row_number`."""
    names = list(part.values)
    rows = len(part.numbers)
    return pa.table(
        [
            *part.values.values(),
            pa.array([part.sheet] * rows, pa.string()),
            pa.array(part.numbers, pa.int64()),
        ],
        names=[*names, "sheet", "row_number"],
    )


def _missing_values(part: Part) -> Iterator[Problem]:
    for name in part.contract.required:
        array = part.values.get(name)
        if array is None or not array.null_count:
            continue
        for index in pc.indices_nonzero(array.is_null()).to_pylist():
            if (index, name) not in part.faulty:
                expected = part.contract.columns[name].type
                yield part.problem("MISSING_VALUE", index, name, expected=expected)


def _unlikely_dates(part: Part) -> Iterator[Problem]:
    """Warnings of rows that belong to a month long gone or far ahead."""
    name = part.contract.covers.date
    if name is None or name not in part.values:
        return
    days = part.values[name].cast(pa.date32(), safe=False)
    latest = date.today() + timedelta(days=YEARS_AHEAD * 366)
    odd = pc.or_(pc.less(days, pa.scalar(EARLIEST)), pc.greater(days, pa.scalar(latest)))
    for index in pc.indices_nonzero(pc.fill_null(odd, False)).to_pylist():
        column = part.contract.columns[name]
        found = days[index].as_py().isoformat()
        yield part.problem(
            "OUT_OF_RANGE", index, name, found=found, expected=column.type, severity="warning"
        )


def _duplicate_keys(parts: Sequence[Part]) -> Iterator[Problem]:
    """One problem for each key that stands in more than one row, at the first repetition."""
    keys = [(part, index, key) for part in parts for index, key in enumerate(_keys(part))]
    if len({key for _, _, key in keys}) == len(keys):
        return
    places: dict[tuple[Value, ...], list[tuple[Part, int]]] = {}
    for part, index, key in keys:
        places.setdefault(key, []).append((part, index))
    for key, found in places.items():
        if len(found) > 1 and not _incomplete(found[0][0].contract, key):
            yield _duplicate(key, found)


def _keys(part: Part) -> Iterator[tuple[Value, ...]]:
    nothing: list[Value] = [None] * len(part.numbers)
    given = part.values
    columns = [given[name].to_pylist() if name in given else nothing for name in part.contract.key]
    return zip(*columns, strict=True)


def _incomplete(contract: Contract, key: tuple[Value, ...]) -> bool:
    """Whether a required part of the key is missing, which is a problem of its own."""
    return any(
        value is None and contract.columns[name].required
        for name, value in zip(contract.key, key, strict=True)
    )


def _duplicate(key: tuple[Value, ...], places: Sequence[tuple[Part, int]]) -> Problem:
    several = len({part.sheet for part, _ in places}) > 1
    rows = ", ".join(
        f"{part.sheet}!{part.numbers[index]}" if several else str(part.numbers[index])
        for part, index in places
    )
    words = " · ".join(_key_text(value) for value in key if value is not None)
    part, index = places[1]
    visible = (name for name in part.contract.key if name in part.columns)
    column = next((name for name in visible if part.columns[name].letter(index)), None)
    column = column or part.contract.key[0]
    return part.problem("DUPLICATE_KEY", index, column, facts=(("key", words), ("rows", rows)))


def _key_text(value: Value) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _failed_checks(con: duckdb.DuckDBPyConnection, part: Part) -> Iterator[Problem]:
    given = set(part.values)
    nulls = [name for name in part.contract.columns if name not in given]
    table = part_table(part)
    for name in nulls:
        empty = pa.nulls(table.num_rows, arrow_type(part.contract.columns[name]))
        table = table.append_column(name, empty)
    con.register("rows", table.append_column("place", pa.array(range(table.num_rows))))
    for one in part.contract.checks:
        if given.intersection(one.columns):
            # The expression comes from a contract, which is part of the program.
            failed = con.execute(
                f"select place from rows where not ({one.expression}) order by place"
            ).fetchall()
            yield from (_failure(part, one, int(place)) for (place,) in failed)
    con.unregister("rows")


def _failure(part: Part, one: Check, index: int) -> Problem:
    column = next((name for name in one.columns if name in part.columns), one.columns[0])
    found = [part.values[name][index].as_py() for name in one.columns if name in part.values]
    return part.problem(
        "CHECK_FAILED",
        index,
        column,
        found=" · ".join(_key_text(value) for value in found if value is not None),
        severity=one.severity,
        facts=(
            ("check", one.name),
            ("dataset", part.contract.dataset),
            ("detail", one.words["en"]),
        ),
    )
