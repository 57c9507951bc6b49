from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest

from data import batch as batches
from data.history import File
from data.staging import stage
from data.undoing import undoing

APRIL, MAY = date(2026, 4, 1), date(2026, 5, 1)


@pytest.fixture
def load(warehouse):
    def loaded(name, amounts, day=MAY):
        rows = pa.table(
            {
                "order_id": list(amounts),
                "order_date": pa.array([day] * len(amounts), pa.date32()),
                "amount": pa.array([Decimal(v) for v in amounts.values()], pa.decimal128(18, 4)),
                "sheet": ["S"] * len(amounts),
                "row_number": list(range(2, 2 + len(amounts))),
            }
        )
        staged = stage(warehouse.home, "sales_orders", rows)
        with warehouse.write() as con:
            file = File(name=name, sha256=name, bytes=1)
            return batches.commit(con, file, [staged], login="ops").batch_id

    return loaded


def effect(warehouse, batch_id):
    with warehouse.read() as con:
        (found,) = undoing(con, batch_id)
    return found


def test_rows_of_the_batch_alone_would_go(warehouse, load):
    found = effect(warehouse, load("first", {"A": 1, "B": 2}))
    assert (found.removed, found.restored, found.kept) == (2, 0, 0)


def test_rows_it_changed_would_go_back(warehouse, load):
    load("first", {"A": 1})
    found = effect(warehouse, load("second", {"A": 5, "B": 2}))
    assert (found.removed, found.restored, found.kept) == (1, 1, 0)


def test_rows_an_earlier_batch_says_too_would_stay(warehouse, load):
    load("first", {"A": 1, "B": 2})
    found = effect(warehouse, load("second", {"A": 1, "B": 3}))
    assert (found.removed, found.restored, found.kept) == (0, 1, 1)


def test_rows_replaced_since_would_stay(warehouse, load):
    first = load("first", {"A": 1, "B": 2})
    load("second", {"A": 5})
    found = effect(warehouse, first)
    assert (found.removed, found.restored, found.kept) == (1, 0, 1)


def test_an_undone_batch_is_nothing_to_go_back_to(warehouse, load):
    first = load("first", {"A": 1})
    second = load("second", {"A": 5})
    with warehouse.write() as con:
        batches.undo(con, first, login="ops")
    assert effect(warehouse, second).removed == 1


def test_months_that_nothing_else_covers_are_named(warehouse, load):
    load("april", {"A": 1}, APRIL)
    assert effect(warehouse, load("may", {"B": 2}, MAY)).uncovered == (MAY,)


def test_a_month_another_batch_covers_is_not_named(warehouse, load):
    load("first", {"A": 1})
    assert effect(warehouse, load("second", {"B": 2})).uncovered == ()


def test_there_is_no_effect_of_a_batch_that_is_not_there(warehouse):
    with warehouse.read() as con, pytest.raises(KeyError):
        undoing(con, 7)
