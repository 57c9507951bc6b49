"""Projects: the year's key work of each department, and the undertakings beside it (HKD)."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from loaders.company import people
from loaders.company.calendar import LAST_DAY, working_day_from
from loaders.company.chance import Chance

SLIPPING = "PJ-2510"
"""The project that slips and overspends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project; `team` does the work, and each unit spent earns `cost_index` units of value."""

    project_id: str
    name: str
    type: str
    sponsor_dept: str
    lead_dept: str
    cross_dept: bool
    manager_id: str
    applied_date: date
    decision_date: date | None
    planned_start: date | None
    baseline_end: date | None
    actual_end: date | None
    bac: int
    year_budget: int | None
    year_forecast: int | None
    confidence: str | None
    status: str
    team: str
    cost_index: float
    routine: bool


_UNDERTAKINGS = (
    # id, name, type, sponsor, lead, team, start, baseline end, actual end, budget, cost index
    ("PJ-2401", "區域控制器 C6 研發", "rd", "technology", "研發二組",
     date(2024, 8, 1), date(2025, 3, 31), date(2025, 3, 26), 1_800_000, 1.01),
    ("PJ-2402", "倉儲流程再造", "operations", "operations", "流程與數據組",
     date(2024, 10, 8), date(2025, 4, 30), date(2025, 4, 28), 700_000, 1.03),
    ("PJ-2403", "品牌煥新", "marketing", "marketing", "品牌組",
     date(2024, 9, 2), date(2025, 1, 31), date(2025, 1, 24), 1_200_000, 0.99),
    ("PJ-2404", "邊緣主機 X1 研發", "rd", "technology", "研發二組",
     date(2024, 11, 18), date(2025, 8, 29), date(2025, 8, 27), 2_600_000, 0.98),
    ("PJ-2405", "客服知識庫建設", "other", "customer_service", "諮詢一組",
     date(2024, 11, 4), date(2025, 5, 30), date(2025, 5, 30), 400_000, 1.02),
    ("PJ-2501", "內控手冊修訂", "other", "internal_audit", "審計組",
     date(2025, 1, 6), date(2025, 6, 30), date(2025, 6, 30), 200_000, 1.00),
    ("PJ-2502", "內部系統單一登入", "it", "operations", "IT支持組",
     date(2025, 2, 10), date(2025, 6, 30), date(2025, 6, 27), 500_000, 1.04),
    ("PJ-2503", "雲控平台 4.0", "rd", "technology", "研發一組",
     date(2025, 4, 1), date(2026, 2, 13), date(2026, 2, 12), 3_200_000, 0.95),
    ("PJ-2504", "年中新品發佈活動", "marketing", "marketing", "活動組",
     date(2025, 5, 6), date(2025, 9, 15), date(2025, 9, 12), 900_000, 1.00),
    ("PJ-2505", "供應商評鑑體系", "operations", "operations", "項目管理組",
     date(2025, 5, 6), date(2025, 10, 31), date(2025, 11, 14), 450_000, 0.97),
    ("PJ-2506", "渠道夥伴管理系統推行", "other", "sales", "渠道組",
     date(2025, 6, 3), date(2025, 11, 28), date(2025, 11, 28), 550_000, 1.01),
    ("PJ-2507", "能耗演算法升級", "rd", "technology", "研發一組",
     date(2025, 7, 2), date(2025, 12, 31), date(2026, 1, 19), 900_000, 0.94),
    ("PJ-2508", "費用報銷電子化", "it", "finance", "會計與預算組",
     date(2025, 8, 4), date(2025, 12, 31), date(2025, 12, 29), 350_000, 1.05),
    (SLIPPING, "新一代訂單履約平台", "rd", "operations", "研發一組",
     date(2025, 10, 8), date(2026, 9, 30), None, 5_200_000, 1.00),
    ("PJ-2511", "交付時效提升", "operations", "operations", "流程與數據組",
     date(2025, 11, 3), date(2026, 4, 30), date(2026, 4, 24), 600_000, 1.04),
    ("PJ-2512", "行業展會參展", "marketing", "marketing", "活動組",
     date(2025, 10, 8), date(2025, 12, 15), date(2025, 12, 12), 500_000, 0.98),
    ("PJ-2601", "客戶口碑修復計劃", "marketing", "customer_service", "品牌組",
     date(2026, 4, 1), date(2026, 9, 30), date(2026, 9, 29), 700_000, 1.00),
    ("PJ-2602", "智能客服引入", "it", "customer_service", "諮詢二組",
     date(2026, 1, 12), date(2026, 7, 31), date(2026, 7, 29), 600_000, 0.99),
    ("PJ-2603", "平台 4.1 穩定性專項", "rd", "technology", "測試組",
     date(2026, 3, 16), date(2026, 6, 30), date(2026, 6, 26), 800_000, 0.96),
    ("PJ-2604", "海外分銷體系建設", "other", "sales", "海外組",
     date(2026, 2, 2), date(2026, 8, 31), date(2026, 9, 18), 800_000, 0.97),
    ("PJ-2605", "第二供應商導入", "operations", "operations", "項目管理組",
     date(2026, 5, 11), date(2026, 11, 30), None, 900_000, 0.98),
    ("PJ-2606", "環境傳感器 S2 研發", "rd", "marketing", "研發二組",
     date(2026, 6, 1), date(2027, 1, 29), None, 1_500_000, 1.01),
    ("PJ-2607", "數據治理一期", "operations", "operations", "流程與數據組",
     date(2026, 7, 2), date(2026, 12, 31), None, 650_000, 1.02),
    ("PJ-2608", "資金集中管理", "other", "finance", "資金組",
     date(2026, 8, 3), date(2027, 2, 26), None, 400_000, 1.00),
    ("PJ-2609", "風險預警平台", "it", "internal_audit", "審計組",
     date(2026, 3, 2), date(2026, 10, 30), date(2026, 10, 29), 300_000, 1.01),
)  # fmt: skip
_UNSTARTED = (
    ("PJ-2509", "無人倉方案", "operations", "項目管理組", date(2025, 9, 8), "rejected", 6_000_000),
    ("PJ-2610", "智慧園區試點", "marketing", "品牌組", date(2026, 10, 19), "proposed", 1_100_000),
)
_ROUTINE = {
    "operations": ("OP", "operations", 560_000),
    "marketing": ("MK", "marketing", 640_000),
    "sales": ("SA", "other", 420_000),
    "customer_service": ("CS", "other", 300_000),
    "technology": ("TE", "it", 720_000),
    "finance": ("FI", "other", 260_000),
    "internal_audit": ("IA", "other", 180_000),
}
"""Each department's key work of a year: the letters of its number, its type, its budget."""


@cache
def projects() -> tuple[Project, ...]:
    """Every project: the key work of each year, the undertakings, and what was only applied for."""
    yearly = [_yearly(dept, year) for year in (2024, 2025, 2026) for dept in _ROUTINE]
    return (
        *yearly,
        *(_undertaking(*row) for row in _UNDERTAKINGS),
        *(_unstarted(*row) for row in _UNSTARTED),
    )


def _leader(team: str) -> people.Employee:
    return people.team(team)[0]


def _undertaking(
    project_id: str,
    name: str,
    kind: str,
    sponsor: str,
    team: str,
    start: date,
    baseline_end: date,
    actual_end: date | None,
    bac: int,
    cost_index: float,
) -> Project:
    lead, open_now = _leader(team), actual_end is None
    forecast = bac * (1.42 if project_id == SLIPPING else 1 / cost_index)
    share = 0.8 if start.year < LAST_DAY.year else 1.0
    return Project(
        project_id=project_id,
        name=name,
        type=kind,
        sponsor_dept=sponsor,
        lead_dept=lead.dept,
        cross_dept=sponsor != lead.dept or bac >= 2_000_000,
        manager_id=lead.emp_id,
        applied_date=working_day_from(start - timedelta(days=48)),
        decision_date=working_day_from(start - timedelta(days=27)),
        planned_start=start,
        baseline_end=baseline_end,
        actual_end=actual_end,
        bac=bac,
        year_budget=round(bac * share / 1000) * 1000 if open_now else None,
        year_forecast=round(forecast * share / 1000) * 1000 if open_now else None,
        confidence=("red" if project_id == SLIPPING else "green") if open_now else None,
        status="open" if open_now else "closed",
        team=team,
        cost_index=cost_index,
        routine=False,
    )


def _unstarted(
    project_id: str, name: str, kind: str, team: str, applied: date, status: str, bac: int
) -> Project:
    lead = _leader(team)
    return Project(
        project_id=project_id,
        name=name,
        type=kind,
        sponsor_dept=lead.dept,
        lead_dept=lead.dept,
        cross_dept=True,
        manager_id=lead.emp_id,
        applied_date=applied,
        decision_date=date(2025, 9, 26) if status == "rejected" else None,
        planned_start=None,
        baseline_end=None,
        actual_end=None,
        bac=bac,
        year_budget=None,
        year_forecast=None,
        confidence=None,
        status=status,
        team=team,
        cost_index=1.0,
        routine=False,
    )


def _yearly(dept: str, year: int) -> Project:
    letters, kind, budget = _ROUTINE[dept]
    open_now = year == LAST_DAY.year
    bac = round(budget * 1.05 ** (year - 2024) / 1000) * 1000
    return Project(
        project_id=f"KW-{year}-{letters}",
        name=f"{year}年度{DEPARTMENT_WORDS[dept]}重點工作",
        type=kind,
        sponsor_dept=dept,
        lead_dept=dept,
        cross_dept=False,
        manager_id=people.head(dept).emp_id,
        applied_date=working_day_from(date(year - 1, 11, 18)),
        decision_date=working_day_from(date(year - 1, 12, 9)),
        planned_start=working_day_from(date(year, 1, 2)),
        baseline_end=date(year, 12, 31),
        actual_end=None if open_now else date(year, 12, 30),
        bac=bac,
        year_budget=bac if open_now else None,
        year_forecast=bac if open_now else None,
        confidence="green" if open_now else None,
        status="open" if open_now else "closed",
        team="",
        cost_index=Chance("key work", dept, year).uniform(0.98, 1.04),
        routine=True,
    )


DEPARTMENT_WORDS = {
    "operations": "運營部",
    "marketing": "市場部",
    "sales": "銷售部",
    "customer_service": "客服部",
    "technology": "技術部",
    "finance": "財務部",
    "internal_audit": "內部審計部",
}
