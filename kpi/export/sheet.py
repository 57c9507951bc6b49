"""Sheets of exported workbooks: safe text, real numbers, one look."""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, Literal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

MISSING = "—"

Look = Literal["text", "wrapped", "score", "share", "count", "amount", "date", "moment"]

_FORMATS: dict[Look, dict[str, Any]] = {
    "text": {"valign": "top"},
    "wrapped": {"valign": "top", "text_wrap": True},
    "score": {"valign": "top", "num_format": "0.00", "align": "right"},
    "share": {"valign": "top", "num_format": "0.0%", "align": "right"},
    "count": {"valign": "top", "num_format": "#,##0", "align": "right"},
    "amount": {"valign": "top", "num_format": "#,##0.####", "align": "right"},
    "date": {"valign": "top", "num_format": "yyyy-mm-dd", "align": "left"},
    "moment": {"valign": "top", "num_format": "yyyy-mm-dd hh:mm", "align": "left"},
}
_HEADER = {"bold": True, "bg_color": "#E8EEF4", "bottom": 1, "text_wrap": True, "valign": "top"}
# What a spreadsheet may take for the beginning of a formula, wide forms included.
_DANGEROUS = frozenset("=+-@\t\r\n\0＝＋－＠")

Cell = str | int | float | Decimal | bool | date | datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A column of a sheet: its heading, how its cells look, and how wide it is."""

    words: str
    look: Look = "text"
    width: float = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A workbook being written and the formats its sheets share."""

    workbook: Workbook
    language: str
    looks: dict[Look, Format]
    header: Format

    def word(self, kind: str, key: str) -> str:
        """A word of kpi/export/workbook.toml in the workbook's language."""
        return str(_words()[kind][key][self.language])

    def table(self, name: str, headings: Sequence[Heading], rows: Iterable[Sequence[Cell]]) -> int:
        """Write a sheet with a frozen header and a filter; returns the number of rows."""
        sheet = self.workbook.add_worksheet(name)
        sheet.freeze_panes(1, min(2, len(headings)))
        for across, heading in enumerate(headings):
            sheet.set_column(across, across, heading.width)
            sheet.write_string(0, across, safe(heading.words), self.header)
        written = 0
        for written, row in enumerate(rows, 1):
            for across, (cell, heading) in enumerate(zip(row, headings, strict=True)):
                self._write(sheet, written, across, cell, heading.look)
        sheet.autofilter(0, 0, max(written, 1), len(headings) - 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        return written

    def notes(self, name: str, rows: Iterable[tuple[str, Cell]]) -> None:
        """Write a sheet of names and what is to be said of each."""
        sheet = self.workbook.add_worksheet(name)
        sheet.set_column(0, 0, 44)
        sheet.set_column(1, 1, 90)
        for down, (words, cell) in enumerate(rows):
            sheet.write_string(down, 0, safe(words), self.header)
            self._write(sheet, down, 1, cell, "wrapped")

    def _write(self, sheet: Worksheet, down: int, across: int, cell: Cell, look: Look) -> None:
        match cell:
            case None:
                sheet.write_string(down, across, MISSING, self.looks[look])
            case bool():
                word = self.word("word", "yes" if cell else "no")
                sheet.write_string(down, across, word, self.looks[look])
            case str():
                sheet.write_string(down, across, safe(cell), self.looks[look])
            case datetime():
                sheet.write_datetime(down, across, cell, self.looks["moment"])
            case date():
                sheet.write_datetime(down, across, cell, self.looks["date"])
            case _:
                sheet.write_number(down, across, float(cell), self.looks[look])


class book:
    """A workbook written into `out`, complete when the block ends."""

    def __init__(self, out: BinaryIO, language: str) -> None:
        self._workbook = xlsxwriter.Workbook(
            out,
            {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
        )
        self._language = language

    def __enter__(self) -> Book:
        return Book(
            workbook=self._workbook,
            language=self._language,
            looks={look: self._workbook.add_format(made) for look, made in _FORMATS.items()},
            header=self._workbook.add_format(_HEADER),
        )

    def __exit__(self, failed: object, *_: object) -> None:
        if failed is None:
            self._workbook.close()


def safe(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet might take for a formula."""
    return f"'{text}" if text[:1] in _DANGEROUS and text else text


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "workbook.toml").read_text("utf-8"))
