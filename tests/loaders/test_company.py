"""The sample company's workbooks hang together, fit the contracts and stay the same."""

from collections import Counter, defaultdict
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

import pytest

from data.contract import contract, contracts, departments
from loaders.company.workbooks import Book, books
from loaders.company.writer import write
from tests.loaders.sample_rows import (
    FOLDER,
    ITEMS,
    MONTHS,
    NAMES,
    by_month,
    cells,
    files,
    header_of,
    rows,
)

REFERENCES = {
    "emp_id": ("employees", "emp_id"),
    "manager_id": ("employees", "emp_id"),
    "agent_id": ("employees", "emp_id"),
    "ratee_id": ("employees", "emp_id"),
    "cust_id": ("customers", "cust_id"),
    "project_id": ("projects", "project_id"),
}


@pytest.fixture(scope="module")
def written() -> list[Book]:
    return list(books())


def test_there_is_a_workbook_for_every_dataset():
    assert all(files(dataset) for dataset in contracts())


def test_the_workbooks_together_stay_under_five_megabytes():
    assert sum(path.stat().st_size for path in FOLDER.glob("*.xlsx")) < 5_000_000


def test_every_workbook_belongs_to_a_dataset():
    assert sum(len(files(dataset)) for dataset in NAMES) == len(list(FOLDER.glob("*.xlsx")))


@pytest.mark.parametrize(
    "name", ["員工名冊.xlsx", "預算與費用_2025.xlsx", "服務工單_2026-03.xlsx", "審計問題.xlsx"]
)
def test_a_workbook_written_twice_is_the_same_to_the_byte(name, written, tmp_path):
    book = next(book for book in written if book.name == name)
    first, second = (
        write(tmp_path / f"{turn}.xlsx", book.dataset, book.columns, book.rows, book.layout)
        for turn in (1, 2)
    )
    assert first.read_bytes() == second.read_bytes()


def contents(path: Path) -> dict[str, bytes]:
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_committed_workbooks_are_those_the_program_writes(written, tmp_path):
    latest = {book.dataset: book for book in written}
    for book in latest.values():
        path = write(tmp_path / book.name, book.dataset, book.columns, book.rows, book.layout)
        assert contents(path) == contents(FOLDER / book.name), book.name
    assert {book.name for book in written} == {path.name for path in FOLDER.glob("*.xlsx")}


@pytest.mark.parametrize("dataset", NAMES)
def test_every_header_is_the_chinese_name_of_a_column(dataset):
    known = {column.names["zh-Hant"] for column in contract(dataset).columns.values()}
    known |= set(ITEMS) if dataset == "appraisal_ratings" else set()
    for path in files(dataset):
        table = cells(path)
        headers = {str(cell).removesuffix("（萬元）") for cell in table[header_of(table)]}
        assert headers <= known, path.name


def key_headers(dataset: str) -> list[str]:
    columns = contract(dataset).columns
    return [columns[name].names["zh-Hant"] for name in contract(dataset).key if name != "item"]


@pytest.mark.parametrize("dataset", NAMES)
def test_no_key_comes_twice(dataset):
    keys = Counter(tuple(row.get(name) for name in key_headers(dataset)) for row in rows(dataset))
    assert keys.most_common(1)[0][1] == 1


@pytest.mark.parametrize("dataset", NAMES)
def test_no_required_cell_is_empty(dataset):
    columns = contract(dataset).columns
    needed = [columns[name].names["zh-Hant"] for name in contract(dataset).required]
    if dataset == "appraisal_ratings":
        needed = [name for name in needed if name not in ("評分項目", "評分")] + ITEMS
    assert all(row[name] is not None for row in rows(dataset) for name in needed)


@pytest.mark.parametrize("dataset", NAMES)
def test_every_person_customer_and_project_is_known(dataset):
    for name, (register, column) in REFERENCES.items():
        if name in contract(dataset).columns:
            header = contract(dataset).columns[name].names["zh-Hant"]
            target = contract(register).columns[column].names["zh-Hant"]
            known = {row[target] for row in rows(register)} | {None}
            assert {row.get(header) for row in rows(dataset)} <= known, name


@pytest.mark.parametrize("dataset", NAMES)
def test_departments_are_written_by_their_name(dataset):
    known = {department.names["zh-Hant"] for department in departments().values()} | {None}
    for column in contract(dataset).columns.values():
        if column.type == "department":
            assert {row.get(column.names["zh-Hant"]) for row in rows(dataset)} <= known


@pytest.mark.parametrize("dataset", [name for name, one in contracts().items() if one.covers.date])
def test_a_monthly_dataset_has_rows_in_each_of_the_24_months(dataset):
    if contract(dataset).cadence == "monthly":
        column = contract(dataset).columns[str(contract(dataset).covers.date)]
        assert sorted(by_month(rows(dataset), column.names["zh-Hant"])) == MONTHS


def test_a_rater_rates_each_person_once_a_round():
    rounds = Counter(
        (row["考核月份"], row["考核周期"], row["被評人編號"], row["評分人編號"])
        for row in rows("appraisal_ratings")
    )
    assert max(rounds.values()) == 1


def test_ratings_stay_within_their_scale():
    assert all(1 <= row[item] <= row["滿分"] for row in rows("appraisal_ratings") for item in ITEMS)


def test_nobody_sells_before_joining_or_after_leaving():
    people = {row["員工編號"]: row for row in rows("employees")}
    for order in rows("sales_orders"):
        person = people[order["銷售員編號"]]
        assert person["入職日期"] <= order["訂單日期"] <= (person["離職日期"] or datetime.max)


def test_a_new_customers_first_order_is_on_its_first_order_day():
    first: dict[object, object] = {}
    for order in sorted(rows("sales_orders"), key=lambda row: str(row["訂單日期"])):
        first.setdefault(order["客戶編號"], order["訂單日期"])
    new = [row for row in rows("customers") if row["首次下單日期"] >= datetime(2024, 11, 1)]
    assert len(new) > 200
    assert all(first[row["客戶編號"]] == row["首次下單日期"] for row in new)


def test_targets_of_people_add_up_to_their_team_and_teams_to_the_department():
    sums: dict[tuple[object, str], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for row in rows("sales_targets"):
        parts = sums[row["月份"], str(row["目標層級"])]
        parts[0] += row["目標金額"]
        parts[1] += row["新客戶目標數"]
    for period in {period for period, _ in sums}:
        assert sums[period, "個人"] == sums[period, "團隊"] == sums[period, "部門"]


def test_one_workbook_states_its_money_in_ten_thousands():
    table = cells(FOLDER / "預算與費用_2025.xlsx")
    assert "實際金額（萬元）" in table[header_of(table)]


def test_totals_rows_hold_the_sum_of_their_column():
    table = cells(FOLDER / "銷售訂單_2026-Q2.xlsx")
    place = table[0].index("銷售金額")
    assert table[-1][0] == "合計"
    assert table[-1][place] == sum(row[place] for row in table[1:-1])
