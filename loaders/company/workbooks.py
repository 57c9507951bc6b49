"""Which workbooks there are: their names, what rows each holds and how each looks."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, cast

from data.contract import contract
from loaders.company import (
    audit,
    customers,
    finance,
    people,
    progress,
    projects,
    quotas,
    ratings,
    risks,
    sales,
    service,
    support,
    surveys,
    targets,
    tasks,
)
from loaders.company.calendar import month_of, quarter_of
from loaders.company.writer import Layout, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """One workbook to be written."""

    name: str
    dataset: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    layout: Layout


ITEM_WORDS = {
    item: spellings[0]
    for item, spellings in contract("appraisal_ratings").columns["item"].values.items()
    if item in ratings.ITEMS
}
OLD_SYSTEM_UNTIL = date(2025, 4, 1)
"""Before this month the ticket system exported its moments as text."""


def books() -> Iterator[Book]:
    """Every workbook of the sample company, in the order in which they are best loaded."""
    yield _single("員工名冊", "employees", people.roster(), title="員工名冊")
    yield _single("客戶資料", "customers", customers.customers())
    yield from _orders()
    yield from _split("銷售目標", "sales_targets", quotas.quotas(), "period", _year, _sales_targets)
    yield from _tickets()
    yield from _split(
        "滿意度調查", "satisfaction_surveys", surveys.surveys(), "survey_date", quarter_of, _surveys
    )
    yield _single("項目清單", "projects", projects.projects(), title="項目清單")
    yield from _split("項目任務", "project_tasks", tasks.tasks(), "due_date", _year, _plain)
    yield from _split(
        "項目進度快照", "project_status", progress.statuses(), "status_date", _year, _titled
    )
    yield from _split("預算與費用", "budget_costs", finance.costs(), "period", _year, _costs)
    yield from _split("風險登記冊", "risks", risks.risks(), "snapshot_date", _year, _titled)
    yield _single("審計問題", "audit_findings", audit.findings(), title="審計問題整改台帳")
    yield from _split("考核評分", "appraisal_ratings", _wide_ratings(), "period", quarter_of, _wide)
    yield from _split("指標目標", "indicator_targets", targets.targets(), "period", str, _titled)


def _orders() -> Iterator[Book]:
    yield from _split(
        "銷售訂單", "sales_orders", sales.orders(), "order_date", quarter_of, _sales_orders
    )


def _tickets() -> Iterator[Book]:
    outside = [one for one in service.tickets() if not _is_missing(one.created_at)]
    yield from _split("服務工單", "service_tickets", outside, "created_at", _month, _ticket_layout)
    yield from _split(
        "內部支持工單", "service_tickets", support.tickets(), "created_at", _half, _plain
    )


def _is_missing(created: datetime) -> bool:
    return month_of(created.date()) == service.MISSING_MONTH


def _wide_ratings() -> list[Row]:
    found: list[Row] = []
    for one in ratings.ratings():
        row = {field.name: getattr(one, field.name) for field in fields(one)}
        scores = dict(zip(ratings.ITEMS, row.pop("scores"), strict=True))
        found.append({**row, **scores})
    return found


def _year(day: date) -> str:
    return f"{day:%Y}"


def _month(day: date) -> str:
    return f"{day:%Y-%m}"


def _half(day: date) -> str:
    return f"{day.year}{'上半年' if day.month <= 6 else '下半年'}"


def _plain(_name: str) -> Layout:
    return Layout()


def _titled(name: str) -> Layout:
    return Layout(title=name.replace("_", " "))


def _sales_orders(name: str) -> Layout:
    # The order system was renewed at the end of 2025; before, it wrote dates as text.
    old = "2026" not in name
    return Layout(totals=("amount", "returns", "cost") if old else ("amount",), text_dates=old)


def _sales_targets(name: str) -> Layout:
    return Layout(title=f"{name[-4:]}年度銷售目標分解表", text_dates="2025" in name)


def _surveys(name: str) -> Layout:
    return Layout(text_dates="2025" in name)


def _ticket_layout(name: str) -> Layout:
    return Layout(text_dates=name[-7:] < _month(OLD_SYSTEM_UNTIL))


def _costs(name: str) -> Layout:
    amounts = ("budget_amt", "actual_amt")
    return Layout(
        title=f"{name[-4:]}年預算與費用執行表",
        totals=amounts,
        ten_thousands=amounts if "2025" in name else (),
        text_dates="2024" in name,
    )


def _wide(name: str) -> Layout:
    return Layout(wide=ITEM_WORDS, text_dates="2024" in name)


def _single(name: str, dataset: str, rows: Iterable[Any], title: str | None = None) -> Book:
    found = tuple(_row(one) for one in rows)
    columns = _columns(dataset, found)
    layout = Layout(title=title)
    return Book(name=f"{name}.xlsx", dataset=dataset, columns=columns, rows=found, layout=layout)


def _split(
    name: str,
    dataset: str,
    rows: Iterable[Any],
    by: str,
    part: Callable[[Any], str],
    layout: Callable[[str], Layout],
) -> Iterator[Book]:
    found = [_row(one) for one in rows]
    columns = _columns(dataset, found)
    parts: dict[str, list[Row]] = {}
    for row in found:
        parts.setdefault(part(row[by]), []).append(row)
    for key in sorted(parts):
        title = f"{name}_{key}"
        yield Book(
            name=f"{title}.xlsx",
            dataset=dataset,
            columns=columns,
            rows=tuple(parts[key]),
            layout=layout(title),
        )


def _row(one: object) -> Row:
    if isinstance(one, dict):
        return one
    return {field.name: getattr(one, field.name) for field in fields(cast("Any", one))}


def _columns(dataset: str, rows: Sequence[Row]) -> tuple[str, ...]:
    """The contract's columns that any of the rows fills, then the rating items."""
    filled = {name for row in rows for name, value in row.items() if value is not None}
    known = [name for name in contract(dataset).columns if name in filled]
    items = [item for item in ratings.ITEMS if item in filled and item not in known]
    return (*known, *items)
