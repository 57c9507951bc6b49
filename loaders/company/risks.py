"""The risk register: every risk as it stood at the end of each month."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from loaders.company import people
from loaders.company.calendar import LAST_DAY, MONTHS, later, month_end, month_of
from loaders.company.chance import Chance

CRITICAL = "RK-07"
"""The risk that moved to critical."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """A risk at the end of a month."""

    risk_id: str
    snapshot_date: date
    name: str
    dept: str
    category: str
    emp_id: str
    likelihood: int
    impact: int
    residual_likelihood: int
    residual_impact: int
    appetite: str
    review_due: date
    reviewed_date: date | None
    plan_due: date
    treated_date: date | None
    status: str


Levels = tuple[tuple[str, int, int], ...]
_REGISTER: tuple[tuple[str, str, str, str, int, int, str, Levels], ...] = (
    # name, category, owner's team, appetite, inherent likelihood and impact, first seen and
    # closed (or ""), residual likelihood and impact from each month on
    ("大客戶集中度過高", "市場", "商用一組", "medium", 3, 4, "", (("2024-11", 2, 3),)),
    ("應收帳款逾期", "財務", "會計與預算組", "medium", 4, 4, "",
     (("2024-11", 3, 4), ("2025-04", 3, 2))),
    ("匯率波動影響海外毛利", "財務", "資金組", "medium", 4, 3, "",
     (("2024-11", 3, 2), ("2025-09", 2, 2))),
    ("核心員工流失", "人力", "研發一組", "medium", 3, 4, "",
     (("2024-11", 2, 3), ("2026-01", 3, 3), ("2026-06", 2, 3))),
    ("客戶資料外洩", "資訊安全", "IT支持組", "low", 3, 5, "",
     (("2024-11", 2, 4), ("2025-06", 1, 3))),
    ("旺季物流能力不足", "供應鏈", "流程與數據組", "medium", 4, 3, "",
     (("2024-11", 3, 3), ("2025-02", 2, 2), ("2025-11", 3, 3), ("2026-02", 2, 2))),
    ("關鍵晶片單一供應商斷供", "供應鏈", "項目管理組", "medium", 5, 5, "",
     (("2024-11", 2, 3), ("2026-01", 2, 4), ("2026-03", 3, 4), ("2026-06", 4, 4),
      ("2026-09", 4, 5), ("2026-10", 5, 5))),
    ("平台版本質量缺陷", "產品", "測試組", "medium", 4, 4, "",
     (("2025-04", 2, 3), ("2026-02", 3, 3), ("2026-03", 4, 4), ("2026-06", 3, 3),
      ("2026-08", 2, 3))),
    ("訂單履約平台延期", "項目", "研發一組", "medium", 4, 4, "",
     (("2025-10", 2, 3), ("2026-03", 3, 3), ("2026-06", 4, 4))),
    ("服務人手不足", "服務", "諮詢一組", "medium", 4, 3, "",
     (("2024-11", 2, 2), ("2026-03", 4, 3), ("2026-06", 2, 2))),
    ("渠道夥伴違規低價", "市場", "渠道組", "medium", 3, 3, "", (("2024-11", 2, 3),)),
    ("海外合規要求變動", "合規", "海外組", "medium", 3, 4, "",
     (("2024-11", 2, 3), ("2026-05", 3, 2))),
    ("品牌負面輿情", "市場", "品牌組", "medium", 3, 4, "",
     (("2024-11", 1, 3), ("2026-03", 3, 4), ("2026-05", 3, 3), ("2026-08", 2, 3))),
    ("活動現場安全", "運營", "活動組", "low", 2, 4, "", (("2024-11", 1, 3),)),
    ("機房與備份中斷", "資訊安全", "IT支持組", "low", 3, 5, "", (("2024-11", 1, 4),)),
    ("嵌入式元件開源授權", "合規", "研發二組", "low", 3, 3, "2025-12",
     (("2024-11", 2, 2), ("2025-08", 1, 2))),
    ("費用報銷舞弊", "財務", "會計與預算組", "low", 3, 3, "",
     (("2024-11", 2, 2), ("2026-01", 1, 2))),
    ("現金流季節性缺口", "財務", "資金組", "medium", 3, 4, "", (("2024-11", 2, 3),)),
    ("審計整改流於形式", "合規", "審計組", "low", 3, 3, "", (("2024-11", 1, 3),)),
    ("舊倉庫租約到期", "運營", "項目管理組", "medium", 4, 3, "2025-05",
     (("2024-11", 3, 2),)),
    ("投訴處理外包質量", "服務", "投訴處理組", "medium", 3, 3, "",
     (("2025-03", 2, 2), ("2026-04", 3, 3), ("2026-07", 2, 2))),
    ("數據口徑不一致", "運營", "流程與數據組", "medium", 3, 3, "", (("2025-01", 3, 2),)),
)  # fmt: skip


@cache
def risks() -> tuple[Risk, ...]:
    """Every risk of every month-end, by month and number."""
    return tuple(
        _snapshot(place, month)
        for month in MONTHS
        for place, (*_, closed, levels) in enumerate(_REGISTER, 1)
        if _month(levels[0][0]) <= month and (not closed or month <= _month(closed))
    )


def _month(text: str) -> date:
    return date(int(text[:4]), int(text[5:]), 1)


def _snapshot(place: int, month: date) -> Risk:
    name, category, team, appetite, likelihood, impact, closed, levels = _REGISTER[place - 1]
    owner, day = people.team(team)[0], month_end(month)
    _, now_likelihood, now_impact = [one for one in levels if _month(one[0]) <= month][-1]
    review_due = month_end(later(month, (place - month.month) % 3))
    plan_due, treated = _treatment(f"RK-{place:02d}", place, month)
    return Risk(
        risk_id=f"RK-{place:02d}",
        snapshot_date=day,
        name=name,
        dept=owner.dept,
        category=category,
        emp_id=owner.emp_id,
        likelihood=likelihood,
        impact=impact,
        residual_likelihood=now_likelihood,
        residual_impact=now_impact,
        appetite=appetite,
        review_due=review_due,
        reviewed_date=day - timedelta(days=place % 9) if month_of(review_due) == month else None,
        plan_due=plan_due,
        treated_date=treated if treated <= min(day, LAST_DAY) else None,
        status="closed" if closed and month == _month(closed) else "open",
    )


def _treatment(risk_id: str, place: int, month: date) -> tuple[date, date]:
    """The due and the true date of the measure that was running in the month.

    A new measure begins every four months; the critical risk's last one, due on
    2026-08-31, was not done.
    """
    if risk_id == CRITICAL and month >= date(2026, 5, 1):
        return date(2026, 8, 31), date.max
    due = month_end(later(month, (place - month.month) % 4))
    chance = Chance("measure of", risk_id, due)
    late = chance.happens(0.09)
    return due, due + timedelta(days=chance.between(5, 25) if late else -chance.between(0, 20))
