"""An .xlsx workbook as a company's system exports it, the same bytes for the same rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from data.contract import Column, contract, departments
from loaders.company.targets import Percent

Value = str | int | float | bool | date | datetime | None
Row = Mapping[str, Value]

CREATED = datetime(2026, 11, 2, 9, 0)
FONT = {"font_name": "Microsoft JhengHei", "font_size": 10, "font_scheme": None}
MONEY, DAY, MOMENT, MONTH = "#,##0.00", "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "yyyy-mm"
FORMATS = {
    "amount": MONEY,
    "date": DAY,
    "datetime": MOMENT,
    "month": MONTH,
    "integer": "0",
    "share": "0%",
}
"""Number formats by column type; a number is shown as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a sheet looks beyond its rows."""

    title: str | None = None
    """Stands alone in the first row, with an empty row below it."""
    totals: tuple[str, ...] = ()
    """Columns that a last row 合計 sums up."""
    text_dates: bool = False
    """Dates are written as text such as 2026/3/1, as older systems do."""
    ten_thousands: tuple[str, ...] = ()
    """Amounts written in 萬元, which their headers say."""
    wide: Mapping[str, str] | None = None
    """Headers of columns that the contract does not have."""


def write(
    path: Path, dataset: str, columns: Sequence[str], rows: Sequence[Row], layout: Layout
) -> Path:
    """A workbook of one sheet with `rows` under the contract's Chinese headers; gives `path`."""
    options = {"default_format_properties": dict(FONT)}  # xlsxwriter adds to what it is given
    with xlsxwriter.Workbook(path, options) as book:
        book.set_properties({"created": CREATED, "author": "衡遠智控（示例公司）"})
        _Sheet(book, dataset, columns, layout).fill(rows)
    return path


class _Sheet:
    """One sheet being written."""

    def __init__(
        self, book: xlsxwriter.Workbook, dataset: str, columns: Sequence[str], layout: Layout
    ) -> None:
        self._book, self._layout, self._columns = book, layout, columns
        self._known = contract(dataset).columns
        self._sheet: Worksheet = book.add_worksheet(contract(dataset).names["zh-Hant"])
        self._formats: dict[str, Format] = {}
        self._top = 2 if layout.title else 0

    def fill(self, rows: Sequence[Row]) -> None:
        if self._layout.title:
            title = self._book.add_format({"bold": True, "font_size": 14})
            self._sheet.write_string(0, 0, self._layout.title, title)
        self._write_header()
        widths = [_width(self._header(name)) for name in self._columns]
        for place, row in enumerate(rows, self._top + 1):
            for across, name in enumerate(self._columns):
                shown = self._write(place, across, name, row[name])
                widths[across] = max(widths[across], shown)
        self._write_totals(rows)
        for across, width in enumerate(widths):
            self._sheet.set_column(across, across, min(width + 2, 40))
        self._sheet.freeze_panes(self._top + 1, 1)

    def _write_header(self) -> None:
        look = self._book.add_format(
            {"bold": True, "bg_color": "#D9E2EC", "bottom": 1, "text_wrap": False}
        )
        for across, name in enumerate(self._columns):
            self._sheet.write_string(self._top, across, self._header(name), look)

    def _header(self, name: str) -> str:
        if self._layout.wide and name in self._layout.wide:
            return self._layout.wide[name]
        header = self._known[name].names["zh-Hant"]
        return f"{header}（萬元）" if name in self._layout.ten_thousands else header

    def _write(self, place: int, across: int, name: str, value: Value) -> int:
        """Write a cell; gives how wide its text is."""
        value = self._worded(name, value)
        if value is None:
            return 0
        if isinstance(value, str):
            self._sheet.write_string(place, across, value, self._format(""))
            return _width(value)
        number_format = self._number_format(name, value)
        if isinstance(value, date):
            self._sheet.write_datetime(place, across, value, self._format(number_format))
            return len(number_format)
        self._sheet.write_number(place, across, value, self._format(number_format))
        return len(f"{value:,}") + (3 if number_format == MONEY else 0)

    def _worded(self, name: str, value: Value) -> Value:
        column = self._known.get(name)
        if value == "":
            return None
        if value is None or column is None:
            return value
        if isinstance(value, bool):
            return "是" if value else "否"
        if column.type in ("choice", "department"):
            return _word(column, str(value))
        if self._layout.text_dates and isinstance(value, date):
            return _text_date(column, value)
        if name in self._layout.ten_thousands and isinstance(value, int | float):
            return round(value / 10_000, 4)
        return value

    def _number_format(self, name: str, value: Value) -> str:
        if isinstance(value, Percent):
            return "0.0%" if round(value * 1000) % 10 else "0%"
        column = self._known.get(name)
        return FORMATS.get(column.type, "") if column else ""

    def _format(self, number_format: str) -> Format:
        if number_format not in self._formats:
            look = {"num_format": number_format} if number_format else {}
            self._formats[number_format] = self._book.add_format(look)
        return self._formats[number_format]

    def _write_totals(self, rows: Sequence[Row]) -> None:
        if not self._layout.totals:
            return
        last = self._top + 1 + len(rows)
        self._sheet.write_string(last, 0, "合計", self._book.add_format({"bold": True}))
        look = self._book.add_format({"bold": True, "num_format": MONEY, "top": 1})
        for name in self._layout.totals:
            across = self._columns.index(name)
            letter = xlsxwriter.utility.xl_col_to_name(across)
            formula = f"=SUM({letter}{self._top + 2}:{letter}{last})"
            total = sum(_amount(self._worded(name, row[name])) for row in rows)
            self._sheet.write_formula(last, across, formula, look, round(total, 4))


def _amount(value: Value) -> float:
    return value if isinstance(value, int | float) else 0.0


def _word(column: Column, value: str) -> str:
    if column.type == "department":
        return departments()[value].names["zh-Hant"]
    return column.values[value][0]


def _text_date(column: Column, value: date) -> str:
    if column.type == "month":
        return f"{value.year}年{value.month}月"
    day = f"{value.year}/{value.month}/{value.day}"
    return f"{day} {value:%H:%M}" if isinstance(value, datetime) else day


def _width(text: str) -> int:
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in text)
