"""Audit findings: what the internal audits found, and when it was put right."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from loaders.company.calendar import LAST_DAY, working_day_from
from loaders.company.chance import Chance

OVERDUE = "AF-2604-02"
"""The finding that is overdue and still open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding; closed_date is None while it is open."""

    finding_id: str
    audit_id: str
    name: str
    dept: str
    severity: str
    issued_date: date
    due_date: date
    closed_date: date | None
    verified: bool | None
    repeat_flag: bool


_AUDITS: tuple[tuple[str, date, tuple[tuple[str, str, str, int, int | None], ...]], ...] = (
    # audit, issued on, then: finding, department, severity, days until due, days late
    ("AU-2410", date(2024, 10, 21), (
        ("盤點差異未及時處理", "operations", "medium", 30, 0),
        ("銷售折扣審批留痕不全", "sales", "medium", 45, 0),
        ("合同印章登記缺漏", "finance", "low", 60, 0))),
    ("AU-2412", date(2024, 12, 9), (
        ("費用憑證附件不齊", "finance", "low", 45, 0),
        ("推廣供應商未比價", "marketing", "medium", 75, 9),
        ("客戶退款審批越權", "customer_service", "high", 60, 0))),
    ("AU-2503", date(2025, 3, 17), (
        ("伺服器權限未定期覆核", "technology", "high", 30, 0),
        ("離職帳號未停用", "technology", "medium", 45, 0),
        ("備份還原未演練", "technology", "medium", 75, 0),
        ("渠道返利計算覆核缺失", "sales", "medium", 60, 0))),
    ("AU-2506", date(2025, 6, 16), (
        ("固定資產標籤缺失", "operations", "low", 45, 0),
        ("預算調整未報批", "marketing", "medium", 60, 0),
        ("應收帳款對帳不及時", "finance", "medium", 75, 12),
        ("投訴記錄分類不一致", "customer_service", "low", 90, 0))),
    ("AU-2509", date(2025, 9, 15), (
        ("項目變更未走審批", "operations", "medium", 45, 0),
        ("外包人員未簽保密協議", "technology", "high", 60, 0),
        ("海外客戶信用額度超限", "sales", "high", 75, 0),
        ("審計底稿歸檔延遲", "internal_audit", "low", 90, 0))),
    ("AU-2512", date(2025, 12, 8), (
        ("年度盤點計劃缺失", "operations", "low", 45, 0),
        ("活動贈品領用無台帳", "marketing", "low", 60, 0),
        ("付款雙人覆核未執行", "finance", "high", 75, 0))),
    ("AU-2602", date(2026, 3, 9), (
        ("發佈前測試報告缺少簽核", "technology", "high", 45, 0),
        ("升級通知未覆蓋全部客戶", "customer_service", "medium", 60, 0),
        ("折扣超權限未補批", "sales", "medium", 75, 16))),
    ("AU-2604", date(2026, 5, 25), (
        ("外包工時缺少核對", "technology", "medium", 45, 0),
        ("關鍵物料採購合同未備份供方", "operations", "high", 98, None),
        ("銷售訪客記錄不完整", "sales", "low", 60, 0),
        ("費用分攤依據不明", "finance", "medium", 75, 0))),
    ("AU-2607", date(2026, 8, 10), (
        ("客戶資料匯出未留痕", "customer_service", "high", 45, 0),
        ("推廣效果評估缺失", "marketing", "medium", 60, 0),
        ("項目超支未及時上報", "technology", "high", 80, 0))),
    ("AU-2609", date(2026, 10, 12), (
        ("倉庫出入庫簽字不全", "operations", "low", 45, 0),
        ("資金調撥審批單缺頁", "finance", "medium", 60, 0))),
)  # fmt: skip


@cache
def findings() -> tuple[Finding, ...]:
    """Every finding by audit and number."""
    return tuple(
        _finding(audit, place, issued, *row)
        for audit, issued, rows in _AUDITS
        for place, row in enumerate(rows, 1)
    )


def _finding(
    audit: str,
    place: int,
    issued: date,
    name: str,
    dept: str,
    severity: str,
    days: int,
    late: int | None,
) -> Finding:
    finding_id = f"AF-{audit[3:]}-{place:02d}"
    chance = Chance("finding", finding_id)
    due = working_day_from(issued + timedelta(days=days))
    closed = due + timedelta(days=late) if late else due - timedelta(days=chance.between(0, 12))
    open_now = late is None or closed > LAST_DAY or issued > LAST_DAY - timedelta(days=20)
    return Finding(
        finding_id=finding_id,
        audit_id=audit,
        name=name,
        dept=dept,
        severity=severity,
        issued_date=issued,
        due_date=due,
        closed_date=None if open_now else closed,
        verified=None if open_now else True,
        repeat_flag=name in ("折扣超權限未補批", "應收帳款對帳不及時"),
    )
