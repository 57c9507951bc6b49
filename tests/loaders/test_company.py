"""The sample company: its workbooks tell their stories, hang together and stay the same."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import cache
from pathlib import Path
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from data.contract import contract, contracts, departments
from loaders.company.workbooks import Book, books
from loaders.company.writer import write

FOLDER = Path(__file__).resolve().parents[2] / "data" / "sample"
NAMES = {
    "employees": "員工名冊",
    "customers": "客戶資料",
    "sales_orders": "銷售訂單",
    "sales_targets": "銷售目標",
    "service_tickets": "*工單",
    "satisfaction_surveys": "滿意度調查",
    "projects": "項目清單",
    "project_tasks": "項目任務",
    "project_status": "項目進度快照",
    "budget_costs": "預算與費用",
    "risks": "風險登記冊",
    "audit_findings": "審計問題",
    "appraisal_ratings": "考核評分",
    "indicator_targets": "指標目標",
}
ITEMS = ["專業技能", "溝通能力", "團隊協作", "責任心", "敬業精神", "工作積極性"]
MONTHS = [f"{2024 + (10 + n) // 12}-{(10 + n) % 12 + 1:02d}" for n in range(24)]
REFERENCES = {
    "emp_id": ("employees", "emp_id"),
    "manager_id": ("employees", "emp_id"),
    "agent_id": ("employees", "emp_id"),
    "ratee_id": ("employees", "emp_id"),
    "cust_id": ("customers", "cust_id"),
    "project_id": ("projects", "project_id"),
}
Row = dict[str, object]


def cells(path: Path) -> list[list[object]]:
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    return sheet.to_python(skip_empty_area=False)


def header_of(table: list[list[object]]) -> int:
    """The header is the first row that is filled from end to end."""
    return next(place for place, row in enumerate(table) if all(cell != "" for cell in row))


@cache
def rows(dataset: str) -> list[Row]:
    """Every row of a dataset over all its workbooks, by Chinese header, totals left out."""
    found = []
    for path in files(dataset):
        table = cells(path)
        top = header_of(table)
        found += [
            {str(name): read(cell) for name, cell in zip(table[top], row, strict=True)}
            for row in table[top + 1 :]
            if row[0] != "合計"
        ]
    return found


def files(dataset: str) -> list[Path]:
    return sorted(FOLDER.glob(f"{NAMES[dataset]}*.xlsx"))


def read(cell: object) -> object:
    """Text dates such as 2026/3/1, 2026/3/1 09:05 and 2026年3月 as dates; blanks as None."""
    if isinstance(cell, str) and cell[:2] == "20":
        for form in ("%Y/%m/%d", "%Y/%m/%d %H:%M", "%Y年%m月"):
            try:
                return datetime.strptime(cell, form)
            except ValueError:
                continue
    if isinstance(cell, date) and not isinstance(cell, datetime):
        return datetime(cell.year, cell.month, cell.day)
    return None if cell == "" else cell


def month(value: object) -> str:
    return f"{value:%Y-%m}"


def quarter(value: object) -> str:
    assert isinstance(value, datetime)
    return f"{value.year}-Q{(value.month + 2) // 3}"


def by_month(found: Iterable[Row], header: str) -> dict[str, list[Row]]:
    months: dict[str, list[Row]] = defaultdict(list)
    for row in found:
        months[month(row[header])].append(row)
    return months


def share(found: list[Row], fits: Callable[[Row], object]) -> float:
    return sum(1 for row in found if fits(row)) / len(found)


def in_time(done: str, due: str) -> Callable[[Row], object]:
    return lambda row: row[done] is not None and row[done] <= row[due]


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


# What a manager can find.


def attainment(team: str, wanted: str) -> float:
    sold = sum(
        row["銷售金額"] - (row["退貨金額"] or 0)
        for row in rows("sales_orders")
        if row["銷售團隊"] == team and quarter(row["訂單日期"]) == wanted
    )
    target = sum(
        row["目標金額"]
        for row in rows("sales_targets")
        if row["目標層級"] == "團隊" and row["銷售團隊"] == team and quarter(row["月份"]) == wanted
    )
    return sold / target


def test_one_sales_team_clearly_misses_the_second_quarter_of_2026():
    others = [attainment(team, "2026-Q2") for team in ("商用一組", "渠道組", "海外組")]
    assert attainment("商用二組", "2026-Q2") < 0.80
    assert min(others) > 0.95


def test_that_team_met_its_target_a_year_before():
    assert attainment("商用二組", "2025-Q2") > 0.95


def complaints_per_1000(wanted: str) -> float:
    complaints = [
        row
        for row in by_month(rows("service_tickets"), "建立時間")[wanted]
        if row["工單類型"] == "投訴" and row["有效投訴"] == "是"
    ]
    return 1000 * len(complaints) / len(by_month(rows("sales_orders"), "訂單日期")[wanted])


@pytest.mark.parametrize("wanted", ["2026-03", "2026-04"])
def test_complaints_double_after_the_release(wanted):
    assert complaints_per_1000(wanted) > 2 * complaints_per_1000("2026-01")


@pytest.mark.parametrize("wanted", ["2026-03", "2026-04"])
def test_first_answers_come_late_after_the_release(wanted):
    inquiries = [row for row in rows("service_tickets") if row["工單類型"] == "諮詢"]
    due = by_month(inquiries, "首次響應期限")
    fits = in_time("首次響應時間", "首次響應期限")
    assert share(due[wanted], fits) < 0.85 < 0.92 < share(due["2026-01"], fits)


@pytest.mark.parametrize("wanted", ["2026-03", "2026-04"])
def test_customers_are_dissatisfied_after_the_release(wanted):
    service = [row for row in rows("satisfaction_surveys") if row["調查主題"] == "客戶服務"]
    months = by_month(service, "調查日期")
    assert share(months[wanted], lambda row: row["評分"] >= 4) < 0.75
    assert share(months["2026-01"], lambda row: row["評分"] >= 4) > 0.8


def promoters_less_detractors(wanted: str) -> float:
    asked = [row for row in rows("satisfaction_surveys") if row["推薦意願（0-10）"] is not None]
    answers = [row["推薦意願（0-10）"] for row in by_month(asked, "調查日期")[wanted]]
    promoters = sum(1 for answer in answers if answer >= 9)
    return 100 * (promoters - sum(1 for answer in answers if answer <= 6)) / len(answers)


def test_fewer_customers_recommend_the_company_after_the_release():
    assert promoters_less_detractors("2026-03") < 0 < 20 < promoters_less_detractors("2026-01")


def test_deliveries_are_late_at_the_years_end():
    orders = by_month(rows("sales_orders"), "承諾交貨日期")
    fits = in_time("實際交貨日期", "承諾交貨日期")
    assert share(orders["2025-12"], fits) < share(orders["2025-09"], fits) - 0.04


def slipping() -> list[Row]:
    return [row for row in rows("project_status") if row["項目編號"] == "PJ-2510"]


def test_the_slipping_projects_indices_slide_until_its_baseline_end():
    schedule = [row["掙值"] / row["計劃值"] for row in slipping()]
    cost = [row["掙值"] / row["實際成本"] for row in slipping()]
    assert schedule[:12] == sorted(schedule[:12], reverse=True)
    assert cost == sorted(cost, reverse=True)
    assert schedule[11] < 0.75
    assert cost[-1] < 0.75


def test_the_slipping_project_is_open_after_its_baseline_end():
    project = next(row for row in rows("projects") if row["項目編號"] == "PJ-2510")
    assert project["基準完成日期"] == datetime(2026, 9, 30)
    assert project["實際完成日期"] is None
    assert project["項目狀態"] == "進行中"


def test_one_risk_climbs_until_it_is_critical():
    levels = {
        month(row["評估日期"]): row["剩餘可能性（1-5）"] * row["剩餘影響（1-5）"]
        for row in rows("risks")
        if row["風險編號"] == "RK-07"
    }
    assert list(levels.values()) == sorted(levels.values())
    assert [levels[one] for one in ("2025-12", "2026-08", "2026-09", "2026-10")] == [6, 16, 20, 25]


def test_one_serious_finding_is_overdue_and_open():
    overdue = [
        row["問題編號"]
        for row in rows("audit_findings")
        if row["整改完成日期"] is None and row["整改期限"] <= datetime(2026, 10, 31)
    ]
    assert overdue == ["AF-2604-02"]


def others_mean(employee: str, wanted: str) -> float:
    scores = [
        row[item]
        for row in rows("appraisal_ratings")
        if row["被評人編號"] == employee
        and row["評分人類別"] != "自評"
        and quarter(row["考核月份"]) == wanted
        for item in ITEMS
    ]
    return sum(scores) / len(scores)


@pytest.mark.parametrize("wanted", ["2026-Q2", "2026-Q3"])
def test_one_employee_is_rated_low_in_two_quarters_running(wanted):
    assert others_mean("E1073", wanted) < 3
    assert others_mean("E1073", "2025-Q4") > 3.7


@pytest.mark.parametrize("wanted", ["2026-Q2", "2026-Q3"])
def test_that_employees_tickets_and_tasks_are_late(wanted):
    tickets = [
        row
        for row in rows("service_tickets")
        if row["處理人編號"] == "E1073" and quarter(row["解決期限"]) == wanted
    ]
    tasks = [
        row
        for row in rows("project_tasks")
        if row["負責人編號"] == "E1073" and quarter(row["截止日期"]) == wanted
    ]
    assert share(tickets, in_time("解決時間", "解決期限")) < 0.4
    assert share(tasks, in_time("完成日期", "截止日期")) < 0.4


def test_customer_services_workbook_of_july_2026_never_came():
    assert not (FOLDER / "服務工單_2026-07.xlsx").exists()
    service = [row for row in rows("service_tickets") if row["處理部門"] == "客服部"]
    assert sorted(by_month(service, "建立時間")) == [one for one in MONTHS if one != "2026-07"]


def test_some_people_have_fewer_colleagues_than_a_round_needs():
    peers = Counter(
        row["被評人編號"]
        for row in rows("appraisal_ratings")
        if row["評分人類別"] == "同事" and month(row["考核月份"]) == "2026-09"
    )
    assert 0 < sum(1 for count in peers.values() if count < 3) < 15
