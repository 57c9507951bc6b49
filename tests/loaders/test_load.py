from datetime import date
from decimal import Decimal

import pytest

from data.contract import contracts
from data.history import history
from loaders.load import NotAccepted, commit, preview, read_file, undo
from loaders.original import ChangedFile, sha256_of
from tests.loaders.workbook import ORDERS, order, write_orders, write_workbook


def load(warehouse, path, **more):
    return commit(warehouse, warehouse.home, read_file(path, **more), login="ops")


def rows_of(warehouse, sql):
    with warehouse.read() as con:
        return con.execute(sql).fetchall()


@pytest.fixture
def orders(tmp_path):
    return write_orders(tmp_path / "orders.xlsx", order(1, 10), order(2, 20.5))


def test_a_loaded_row_knows_its_file_sheet_and_row(warehouse, orders):
    receipt = load(warehouse, orders)
    assert rows_of(
        warehouse,
        "select order_id, amount, sheet, row_number, batch_id from sales_orders order by order_id",
    ) == [("S1", Decimal(10), "銷售訂單", 3, 1), ("S2", Decimal("20.5"), "銷售訂單", 4, 1)]
    assert receipt.batch.file.sha256 == sha256_of(orders)


def test_a_preview_says_what_would_change_and_changes_nothing(warehouse, tmp_path, orders):
    load(warehouse, orders)
    corrected = write_orders(tmp_path / "new.xlsx", order(1, 10), order(2, 21), order(3, 5))
    found = preview(warehouse, read_file(corrected)).tables[0]
    counted = found.table.difference
    assert (counted.added, counted.changed, counted.unchanged) == (1, 1, 1)
    assert [(one.key, one.row_number, one.column, one.old, one.new) for one in found.examples] == [
        ("S2", 4, "amount", "20.5000", "21.0000")
    ]
    assert rows_of(warehouse, "select sum(amount) from sales_orders") == [(Decimal("30.5"),)]


def test_control_totals_are_the_sums_and_dates_of_the_workbook(warehouse, tmp_path):
    path = write_orders(
        tmp_path / "orders.xlsx", order(1, 0.1, "2026-03-09"), order(2, 0.2, "2026-02-01")
    )
    table = preview(warehouse, read_file(path)).tables[0].table
    assert table.totals == {"qty": "4.000000", "amount": "0.3000"}
    assert (f"{table.first_on}", f"{table.last_on}") == ("2026-02-01", "2026-03-09")


def test_the_same_file_twice_changes_nothing_and_says_so(warehouse, orders):
    first = load(warehouse, orders)
    second = load(warehouse, orders)
    assert (first.already, second.already) == (False, True)
    assert second.batch == first.batch
    with warehouse.read() as con:
        assert len(history(con)) == 1


def test_a_corrected_file_updates_by_key(warehouse, tmp_path, orders):
    load(warehouse, orders)
    load(warehouse, write_orders(tmp_path / "corrected.xlsx", order(2, 21)))
    assert rows_of(warehouse, "select order_id, amount from sales_orders order by 1") == [
        ("S1", Decimal(10)),
        ("S2", Decimal(21)),
    ]


def test_a_column_the_file_does_not_have_keeps_its_values_and_the_preview_says_so(
    warehouse, tmp_path, orders
):
    load(warehouse, orders)
    three = [("訂單編號", "訂單日期", "銷售金額"), ("S2", "2026-03-01", 21)]
    shorter = read_file(write_workbook(tmp_path / "shorter.xlsx", ("銷售訂單", three)))
    assert preview(warehouse, shorter).tables[0].kept == {"cust_id": 1, "qty": 1}
    commit(warehouse, warehouse.home, shorter, login="ops")
    assert rows_of(
        warehouse, "select amount, cust_id, qty from sales_orders where amount = 21"
    ) == [(Decimal(21), "C1", Decimal(2))]


def test_each_sheet_says_only_what_it_has_columns_for(warehouse, tmp_path, orders):
    load(warehouse, orders)
    path = write_workbook(
        tmp_path / "two.xlsx",
        ("1月", [ORDERS, ("S1", "2026-03-01", None, 2, 10)]),
        ("2月", [("訂單編號", "訂單日期", "銷售金額"), ("S2", "2026-03-01", 20.5)]),
    )
    load(warehouse, path)
    customers = "select order_id, cust_id from sales_orders order by 1"
    assert rows_of(warehouse, customers) == [("S1", None), ("S2", "C1")]


def test_an_optional_column_that_a_mapping_does_not_find_keeps_its_values(
    warehouse, tmp_path, orders
):
    load(warehouse, orders)
    mapping = tmp_path / "optional.toml"
    mapping.write_text(
        """
        [match]
        headers = ["no", "on", "sum"]
        [[tables]]
        dataset = "sales_orders"
        [tables.columns]
        order_id = "no"
        order_date = "on"
        amount = "sum"
        cust_id = { from = "client", optional = true }
        """,
        "utf-8",
    )
    rows = [["no", "on", "sum"], ["S1", "2026-03-01", 1.5]]
    path = write_workbook(tmp_path / "erp.xlsx", ("all", rows))
    reading = read_file(path, mapping=str(mapping))
    assert preview(warehouse, reading).tables[0].kept == {"cust_id": 1, "qty": 1}


def test_an_undone_file_gives_way_to_what_it_replaced(warehouse, tmp_path, orders):
    load(warehouse, orders)
    second = load(warehouse, write_orders(tmp_path / "corrected.xlsx", order(2, 21)))
    undo(warehouse, second.batch.batch_id, login="ops")
    assert rows_of(warehouse, "select sum(amount) from sales_orders") == [(Decimal("30.5"),)]


def test_a_file_with_one_wrong_row_is_not_loaded_at_all(warehouse, tmp_path):
    reading = read_file(write_orders(tmp_path / "bad.xlsx", order(1, 10), order(2, "ten")))
    assert [one.cell() for one in reading.problems] == ["E4"]
    with pytest.raises(NotAccepted):
        commit(warehouse, warehouse.home, reading, login="ops")
    assert rows_of(warehouse, "select count(*) from sales_orders") == [(0,)]
    assert rows_of(warehouse, "select count(*) from intake.batch") == [(0,)]


def test_the_original_is_kept_under_its_hash(warehouse, home, orders):
    load(warehouse, orders)
    assert home.original(sha256_of(orders)).read_bytes() == orders.read_bytes()


def test_a_file_that_changed_after_it_was_read_is_not_loaded(warehouse, tmp_path, orders):
    reading = read_file(orders)
    write_orders(orders, order(1, 99))
    with pytest.raises(ChangedFile):
        commit(warehouse, warehouse.home, reading, login="ops")
    assert rows_of(warehouse, "select count(*) from sales_orders") == [(0,)]


def test_sheets_of_the_same_dataset_are_put_together_and_said(warehouse, tmp_path):
    path = write_workbook(
        tmp_path / "months.xlsx",
        ("說明", [["請按模板填寫"]]),
        ("1月", [ORDERS, order(1, 10)]),
        ("2月", [ORDERS, order(2, 20)]),
    )
    reading = read_file(path)
    assert [sheet.verdict for sheet in reading.sheets] == ["not_recognised", "table", "table"]
    assert [one.code for one in reading.problems] == ["SEVERAL_SHEETS"]
    by_sheet = preview(warehouse, reading).tables[0].sheets
    assert [(one.sheets, one.totals["amount"]) for one in by_sheet] == [
        (("1月",), "10.0000"),
        (("2月",), "20.0000"),
    ]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["日期", "上班", "下班"], ["2026-03-01", "09:00", "18:00"]], "WRONG_TEMPLATE"),
        ([["請按模板填寫"]], "NO_TABLE"),
        ([ORDERS], "NO_DATA"),
        ([], "NO_DATA"),
    ],
)
def test_a_workbook_without_a_known_table_is_refused(tmp_path, rows, code):
    reading = read_file(write_workbook(tmp_path / "other.xlsx", ("Sheet1", rows)))
    assert not reading.accepted
    assert [one.code for one in reading.problems] == [code]


def test_a_csv_file_is_loaded_like_a_workbook(warehouse, tmp_path):
    path = tmp_path / "orders.csv"
    lines = [",".join(ORDERS), "S1,2026-03-01,C1,2,10", "S2,2026-03-02,C1,2,20"]
    path.write_bytes("\r\n".join(lines).encode("gb18030"))
    load(warehouse, path)
    assert rows_of(warehouse, "select sum(amount) from sales_orders") == [(Decimal(30),)]


def test_a_mapping_file_splits_one_sheet_into_two_datasets(warehouse, tmp_path):
    mapping = tmp_path / "split.toml"
    mapping.write_text(
        """
        [match]
        headers = ["no", "on", "sum", "client"]
        [[tables]]
        dataset = "sales_orders"
        columns = { order_id = "no", order_date = "on", amount = { from = "sum", scale = 1000 } }
        [[tables]]
        dataset = "customers"
        columns = { cust_id = "client" }
        covers = { months = ["2026-04"] }
        """,
        "utf-8",
    )
    path = write_workbook(
        tmp_path / "both.xlsx",
        ("all", [["no", "on", "sum", "client"], ["S1", "2026-03-01", 1.5, "C1"]]),
    )
    reading = read_file(path, mapping=str(mapping))
    totals = {one.table.difference.dataset: one for one in preview(warehouse, reading).tables}
    commit(warehouse, warehouse.home, reading, login="ops")
    assert totals["sales_orders"].table.totals == {"amount": "1500.0000"}
    assert totals["sales_orders"].source_totals == {"amount": "1.5"}
    assert rows_of(warehouse, "select cust_id from customers") == [("C1",)]
    months = "select month from intake.covered where dataset = 'customers' and month is not null"
    assert rows_of(warehouse, months) == [(date(2026, 4, 1),)]


def test_raters_are_stored_as_pseudonyms(warehouse, tmp_path):
    known = contracts()["appraisal_ratings"].columns
    header = [known[name].names["zh-Hant"] for name in known]
    row = ["2026-03", "月度", "E1", "E2", "同事", "責任心", 4, 5, "2026-03-31"]
    load(warehouse, write_workbook(tmp_path / "ratings.xlsx", ("考核", [header, row])))
    rater = rows_of(warehouse, "select rater_id from appraisal_ratings")[0][0]
    assert rater != "E2"
    assert len(rater) == 24
