from datetime import date

import pyarrow as pa
import pytest

from data import batch as batches
from data.arrival import arrived
from data.history import File
from data.staging import stage

APRIL, MAY = date(2026, 4, 1), date(2026, 5, 1)


@pytest.fixture
def load(warehouse):
    def loaded(name, orders):
        rows = pa.table(
            {
                "order_id": list(orders),
                "order_date": pa.array(list(orders.values()), pa.date32()),
                "sheet": ["S"] * len(orders),
                "row_number": list(range(2, 2 + len(orders))),
            }
        )
        staged = stage(warehouse.home, "sales_orders", rows)
        with warehouse.write() as con:
            batches.commit(con, File(name=name, sha256=name, bytes=1), [staged], login="ops")

    return loaded


def orders_of(warehouse, month):
    with warehouse.read() as con:
        return arrived(con, month)["sales_orders"]


def test_only_the_rows_of_the_month_are_counted(warehouse, load):
    load("both.xlsx", {"A": date(2026, 4, 30), "B": MAY, "C": date(2026, 5, 31)})
    assert (orders_of(warehouse, APRIL).rows, orders_of(warehouse, MAY).rows) == (1, 2)


def test_the_files_that_cover_the_month_are_named_latest_first(warehouse, load):
    load("april.xlsx", {"A": APRIL})
    load("may.xlsx", {"B": MAY})
    load("may again.xlsx", {"C": MAY})
    assert [one.file_name for one in orders_of(warehouse, MAY).files] == [
        "may again.xlsx",
        "may.xlsx",
    ]


def test_a_file_taken_back_has_not_arrived(warehouse, load):
    load("may.xlsx", {"B": MAY})
    with warehouse.write() as con:
        batches.undo(con, 1, login="ops")
    assert (orders_of(warehouse, MAY).files, orders_of(warehouse, MAY).rows) == ((), 0)


def test_a_register_has_the_same_for_every_month(warehouse):
    rows = pa.table({"cust_id": ["C1", "C2"], "sheet": ["S", "S"], "row_number": [2, 3]})
    staged = stage(warehouse.home, "customers", rows)
    with warehouse.write() as con:
        file = File(name="customers.xlsx", sha256="c", bytes=1)
        batches.commit(con, file, [staged], login="ops")
    with warehouse.read() as con:
        april, may = (arrived(con, month)["customers"] for month in (APRIL, MAY))
    assert april == may
    assert (may.rows, may.files[0].file_name) == (2, "customers.xlsx")
