"""What a manager can find in the sample company's workbooks."""

from collections import Counter
from datetime import datetime

import pytest

from tests.loaders.sample_rows import (
    FOLDER,
    ITEMS,
    MONTHS,
    Row,
    by_month,
    in_time,
    month,
    quarter,
    rows,
    share,
)


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
