"""The sample workbooks' cells as rows, read without the loaders."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import cache
from pathlib import Path

from python_calamine import CalamineWorkbook

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
