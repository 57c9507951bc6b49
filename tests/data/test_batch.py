"""Rows of one month of three orders; amounts are small so that sums are checked by eye."""

from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data import batch as batches
from data.declaration import declare_nothing
from data.difference import changes
from data.history import File, batch_of_file
from data.home import open_home
from data.readiness import readiness
from data.staging import control_totals, covers, stage
from data.warehouse import Warehouse

MAY = date(2026, 5, 1)


def orders(amounts: dict[str, int], on: date = MAY) -> pa.Table:
    return pa.table(
        {
            "order_id": list(amounts),
            "order_date": pa.array([on] * len(amounts), pa.date32()),
            "amount": pa.array([Decimal(a) for a in amounts.values()], pa.decimal128(18, 4)),
            "sheet": ["Orders"] * len(amounts),
            "row_number": list(range(2, 2 + len(amounts))),
        }
    )


def load(warehouse: Warehouse, name: str, amounts: dict[str, int], on: date = MAY):
    staged = stage(warehouse.home, "sales_orders", orders(amounts, on))
    with warehouse.write() as con:
        return batches.commit(con, File(name=name, sha256=name, bytes=1), [staged], login="someone")


def current(warehouse: Warehouse) -> dict[str, int]:
    with warehouse.read() as con:
        return {
            k: int(v)
            for k, v in con.execute("select order_id, amount from sales_orders").fetchall()
        }


def test_a_corrected_file_updates_by_key(warehouse):
    load(warehouse, "first", {"A": 5, "B": 6})
    load(warehouse, "second", {"B": 7, "C": 8})
    assert current(warehouse) == {"A": 5, "B": 7, "C": 8}


def test_a_batch_counts_what_it_added_changed_and_left(warehouse):
    load(warehouse, "first", {"A": 5, "B": 6})
    difference = load(warehouse, "second", {"A": 5, "B": 7, "C": 8}).tables[0].difference
    assert (difference.added, difference.changed, difference.unchanged) == (1, 1, 1)


def test_a_row_knows_its_batch_sheet_and_row(warehouse):
    loaded = load(warehouse, "first", {"A": 5, "B": 6})
    with warehouse.read() as con:
        row = con.execute(
            "select batch_id, sheet, row_number from sales_orders where order_id = 'B'"
        ).fetchall()
    assert row == [(loaded.batch_id, "Orders", 3)]


def test_undoing_the_latest_batch_restores_what_it_replaced(warehouse):
    load(warehouse, "first", {"A": 5})
    second = load(warehouse, "second", {"A": 7})
    with warehouse.write() as con:
        batches.undo(con, second.batch_id, login="someone")
    assert current(warehouse) == {"A": 5}


def test_undoing_an_earlier_batch_keeps_the_later_correction(warehouse):
    first = load(warehouse, "first", {"A": 5, "B": 6})
    load(warehouse, "second", {"A": 7})
    with warehouse.write() as con:
        batches.undo(con, first.batch_id, login="someone")
    assert current(warehouse) == {"A": 7}


def test_a_batch_cannot_be_undone_twice(warehouse):
    first = load(warehouse, "first", {"A": 5})
    with warehouse.write() as con:
        batches.undo(con, first.batch_id, login="someone")
    with pytest.raises(ValueError, match="undone already"), warehouse.write() as con:
        batches.undo(con, first.batch_id, login="someone")


def test_a_failed_write_leaves_nothing(warehouse):
    with pytest.raises(RuntimeError), warehouse.write() as con:
        staged = stage(warehouse.home, "sales_orders", orders({"A": 5}))
        batches.commit(con, File(name="x", sha256="x", bytes=1), [staged], login="someone")
        raise RuntimeError
    assert current(warehouse) == {}


def test_changed_cells_show_old_and_new(warehouse):
    load(warehouse, "first", {"A": 5})
    with warehouse.read() as con:
        change = changes(con, stage(warehouse.home, "sales_orders", orders({"A": 7})), 10)
    assert [(c.column, c.old, c.new) for c in change] == [("amount", "5.0000", "7.0000")]


def test_control_totals_are_exact(home):
    table = orders({"A": 5, "B": 6})
    assert control_totals(stage(home, "sales_orders", table)) == {"amount": "11.0000"}


def test_rows_cover_the_months_they_are_in(home):
    assert covers(stage(home, "sales_orders", orders({"A": 1}, date(2026, 5, 31)))) == [(MAY, None)]


def test_a_file_is_known_by_its_content(warehouse):
    loaded = load(warehouse, "first", {"A": 5})
    with warehouse.read() as con:
        found = batch_of_file(con, "first")
    assert found is not None and found.batch_id == loaded.batch_id


def test_rater_numbers_are_stored_as_pseudonyms(warehouse):
    table = pa.table(
        {
            "period": pa.array([MAY], pa.date32()),
            "ratee_id": ["E1"],
            "rater_id": ["E2"],
            "rater_type": ["peer"],
            "item": ["teamwork"],
            "sheet": ["S"],
            "row_number": [2],
        }
    )
    staged = stage(warehouse.home, "appraisal_ratings", table)
    assert "E2" not in str(staged.table.to_pylist())


def test_nothing_this_month_is_declared_and_not_missing(warehouse):
    with warehouse.write() as con:
        declare_nothing(con, "sales_orders", MAY, None, login="someone")
    with warehouse.read() as con:
        states = {d.dataset: d.state for d in readiness(con, [MAY])}
    assert (states["sales_orders"], states["sales_targets"]) == ("declared", "missing")


def test_a_department_that_did_not_deliver_is_named(warehouse):
    table = pa.table(
        {
            "ticket_id": ["T1"],
            "dept": ["technology"],
            "created_at": pa.array([date(2026, 5, 4)], pa.date32()).cast(pa.timestamp("us")),
            "sheet": ["S"],
            "row_number": [2],
        }
    )
    staged = stage(warehouse.home, "service_tickets", table)
    with warehouse.write() as con:
        batches.commit(con, File(name="t", sha256="t", bytes=1), [staged], login="someone")
    with warehouse.read() as con:
        tickets = next(d for d in readiness(con, [MAY]) if d.dataset == "service_tickets")
    assert (tickets.state, tickets.missing_departments) == ("partial", ("customer_service",))


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    files=st.lists(
        st.dictionaries(st.sampled_from("ABCD"), st.integers(0, 9), min_size=1),
        min_size=1,
        max_size=5,
    ),
    undone=st.sets(st.integers(0, 4)),
    order=st.randoms(use_true_random=False),
)
def test_undo_in_any_order_gives_the_rows_of_the_files_that_remain(tmp_path, files, undone, order):
    warehouse = Warehouse.in_memory(open_home(tmp_path / "home"))
    loaded = [load(warehouse, f"file {n}", amounts) for n, amounts in enumerate(files)]
    taken_back = [n for n in sorted(undone) if n < len(files)]
    order.shuffle(taken_back)
    for n in taken_back:
        with warehouse.write() as con:
            batches.undo(con, loaded[n].batch_id, login="someone")
    expected: dict[str, int] = {}
    for n, amounts in enumerate(files):
        if n not in undone:
            expected |= amounts
    assert current(warehouse) == expected
    warehouse.close()
