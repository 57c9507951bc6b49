"""What is current after loads and undos of workbooks that do not all have the same columns."""

import shutil
from datetime import date
from decimal import Decimal

import duckdb
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data import batch as batches
from data.difference import changes, compare, kept
from data.history import File
from data.home import open_home
from data.staging import stage
from data.undoing import undoing
from data.versions import fingerprint
from data.warehouse import Warehouse

MAY = date(2026, 5, 1)
TYPES = {"amount": pa.decimal128(18, 4), "team": pa.string(), "cust_id": pa.string()}


def orders(columns, rows):
    """Orders of the day; `rows` are the values of the columns by order."""
    values = {
        name: pa.array([row[place] for row in rows.values()], TYPES[name])
        for place, name in enumerate(columns)
    }
    return pa.table(
        {
            "order_id": list(rows),
            "order_date": pa.array([MAY] * len(rows), pa.date32()),
            **values,
            "sheet": ["S"] * len(rows),
            "row_number": list(range(2, 2 + len(rows))),
        }
    )


def staged(warehouse, columns, rows):
    return stage(warehouse.home, "sales_orders", orders(columns, rows))


def load(warehouse, name, columns, rows):
    with warehouse.write() as con:
        file = File(name=name, sha256=name, bytes=1)
        return batches.commit(con, file, [staged(warehouse, columns, rows)], login="ops").batch_id


def undo(warehouse, batch_id):
    with warehouse.write() as con:
        batches.undo(con, batch_id, login="ops")


def current(warehouse):
    with warehouse.read() as con:
        rows = con.execute("select order_id, amount, team, cust_id from sales_orders").fetchall()
    return {key: (amount and int(amount), *others) for key, amount, *others in rows}


def asked(warehouse, question, *arguments):
    with warehouse.read() as con:
        return question(con, *arguments)


def test_a_column_the_later_file_lacks_keeps_its_value(warehouse):
    load(warehouse, "first", ["amount", "team"], {"A": (5, "web")})
    load(warehouse, "second", ["amount"], {"A": (7,)})
    assert current(warehouse) == {"A": (7, "web", None)}


def test_an_empty_cell_of_the_later_file_empties_the_value(warehouse):
    load(warehouse, "first", ["amount", "team"], {"A": (5, "web")})
    load(warehouse, "second", ["amount", "team"], {"A": (7, None)})
    assert current(warehouse) == {"A": (7, None, None)}


def test_what_the_later_file_kept_goes_with_the_file_that_brought_it(warehouse):
    first = load(warehouse, "first", ["amount", "team"], {"A": (5, "web")})
    load(warehouse, "second", ["amount"], {"A": (7,)})
    undo(warehouse, first)
    assert current(warehouse) == {"A": (7, None, None)}


def test_an_earlier_file_shows_through_when_one_between_is_undone(warehouse):
    load(warehouse, "first", ["team"], {"A": ("web",)})
    between = load(warehouse, "between", ["team"], {"A": ("shop",)})
    load(warehouse, "last", ["amount"], {"A": (7,)})
    assert current(warehouse) == {"A": (7, "shop", None)}
    undo(warehouse, between)
    assert current(warehouse) == {"A": (7, "web", None)}


def test_an_order_without_the_column_anywhere_has_none(warehouse):
    load(warehouse, "first", ["amount"], {"A": (5,)})
    load(warehouse, "second", ["team"], {"A": ("web",), "B": ("shop",)})
    assert current(warehouse) == {"A": (5, "web", None), "B": (None, "shop", None)}


def test_columns_that_did_not_come_are_no_change(warehouse):
    load(warehouse, "first", ["amount", "team"], {"A": (5, "web"), "B": (6, None)})
    again = staged(warehouse, ["amount"], {"A": (5,), "B": (7,), "C": (8,)})
    found = asked(warehouse, compare, again)
    assert (found.added, found.changed, found.unchanged) == (1, 1, 1)
    assert [one.column for one in asked(warehouse, changes, again, 9)] == ["amount"]


def test_the_columns_that_are_kept_are_counted(warehouse):
    load(warehouse, "first", ["amount", "team"], {"A": (5, "web"), "B": (6, None)})
    again = staged(warehouse, ["amount"], {"A": (5,), "B": (7,), "C": (8,)})
    assert asked(warehouse, kept, again) == {"team": 1}


def test_each_row_keeps_what_its_own_sheet_does_not_have(warehouse):
    load(warehouse, "first", ["amount", "team"], {"A": (5, "web"), "B": (6, "shop")})
    table = orders(["amount", "team"], {"A": (7, None), "B": (8, None)})
    table = table.append_column("delivery", pa.array([0, 1], pa.int32()))
    two = stage(
        warehouse.home,
        "sales_orders",
        table,
        deliveries=[["order_id", "order_date", "amount"], ["order_id", "amount", "team"]],
    )
    assert asked(warehouse, kept, two) == {"order_date": 1, "team": 1}
    with warehouse.write() as con:
        batches.commit(con, File(name="two", sha256="two", bytes=1), [two], login="ops")
    assert current(warehouse) == {"A": (7, "web", None), "B": (8, None, None)}


def test_undoing_says_that_a_later_row_will_lose_what_it_kept(warehouse):
    first = load(warehouse, "first", ["team"], {"A": ("web",), "B": ("shop",)})
    load(warehouse, "second", ["amount"], {"A": (7,)})
    (found,) = asked(warehouse, undoing, first)
    assert (found.removed, found.restored, found.kept) == (1, 1, 0)


def test_a_fingerprint_does_not_change_with_what_other_files_bring(warehouse):
    load(warehouse, "first", ["team"], {"A": ("web",)})
    second = load(warehouse, "second", ["amount"], {"A": (7,)})
    before = asked(warehouse, fingerprint, "sales_orders", second)
    undo(warehouse, 1)
    assert asked(warehouse, fingerprint, "sales_orders", second) == before


@pytest.mark.parametrize(
    "change",
    [
        "update store.sales_orders set amount = 6 where row_key = 'A'",
        "update store.sales_orders set row_number = 5 - row_number",
        "delete from store.sales_orders where row_key = 'B'",
    ],
)
def test_a_fingerprint_changes_with_any_value_and_any_order(warehouse, change):
    first = load(warehouse, "first", ["amount"], {"A": (5,), "B": (5,)})
    before = asked(warehouse, fingerprint, "sales_orders", first)
    with warehouse.write() as con:
        con.execute(change)
    assert asked(warehouse, fingerprint, "sales_orders", first) != before


ROW = {"amount": st.none() | st.integers(0, 9)} | {
    name: st.sampled_from([None, "x", "y"]) for name in ("team", "cust_id")
}


@st.composite
def workbooks(draw):
    columns = draw(st.lists(st.sampled_from(list(ROW)), unique=True))
    values = st.tuples(*(ROW[name] for name in columns))
    return columns, draw(st.dictionaries(st.sampled_from("ABC"), values, min_size=1))


def from_scratch(files):
    """The rows after files, column by column."""
    rows: dict[str, dict[str, object]] = {}
    for columns, values in files:
        for key, row in values.items():
            rows.setdefault(key, dict.fromkeys(ROW)).update(zip(columns, row, strict=True))
    return {key: tuple(row.values()) for key, row in rows.items()}


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    files=st.lists(workbooks(), min_size=1, max_size=5),
    undone=st.lists(st.integers(0, 4), unique=True),
)
def test_loads_and_undos_in_any_order_give_the_rows_of_the_files_that_remain(
    tmp_path, files, undone
):
    warehouse = Warehouse.in_memory(open_home(tmp_path / "home"))
    taken_back = [place for place in undone if place < len(files)]
    early = len(files) // 2
    numbers = [load(warehouse, f"{n}", *one) for n, one in enumerate(files[:early])]
    for place in [place for place in taken_back if place < early]:
        undo(warehouse, numbers[place])
    numbers += [load(warehouse, f"{n}", *one) for n, one in enumerate(files[early:], early)]
    for place in [place for place in taken_back if place >= early]:
        undo(warehouse, numbers[place])
    remaining = [one for place, one in enumerate(files) if place not in taken_back]
    assert current(warehouse) == from_scratch(remaining)
    warehouse.close()


def test_a_warehouse_of_before_opens_and_its_files_count_as_whole(home, tmp_path):
    warehouse = Warehouse.open(home)
    load(warehouse, "first", ["amount", "team"], {"A": (5, "web")})
    second = load(warehouse, "second", ["amount", "team"], {"A": (6, None), "B": (7, "shop")})
    warehouse.close()
    _turn_back(home.warehouse, tmp_path)
    reopened = Warehouse.open(home)
    assert current(reopened) == {"A": (6, None, None), "B": (7, "shop", None)}
    load(reopened, "third", ["amount"], {"B": (8,)})
    undo(reopened, second)
    assert current(reopened) == {"A": (5, "web", None), "B": (8, None, None)}
    reopened.close()


def _turn_back(path, folder):
    """Make the file one from before workbooks' columns were kept."""
    old = folder / "old.duckdb"
    with duckdb.connect(str(old)) as con:
        con.execute(f"attach '{path}' as new")
        con.execute("copy from database new to old")
        tables = con.execute(
            "select table_name from duckdb_tables() "
            "where database_name = 'old' and schema_name = 'store'"
        ).fetchall()
        for (table,) in tables:
            con.execute(f"alter table store.{table} drop column columns_id")
        con.execute("drop table intake.column_set")
        con.execute("delete from migration where name like '0003%'")
        con.execute("delete from house.setting where name = 'contracts'")
    shutil.move(old, path)


def test_amounts_are_compared_exactly(warehouse):
    load(warehouse, "first", ["amount"], {"A": (Decimal("5.1"),)})
    again = staged(warehouse, ["amount"], {"A": (Decimal("5.1000"),)})
    assert asked(warehouse, compare, again).unchanged == 1
