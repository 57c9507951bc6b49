"""Cells as a file holds them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta


class Share(float):
    """A number cell that Excel shows with a percent sign: 0.85 for 85 %."""

    __slots__ = ()


Cell = None | str | int | float | bool | datetime | date | time | timedelta
"""An empty cell is None. Cells of text files are all str; workbooks have no int."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawSheet:
    """One sheet. Every row starts at column A and all rows are equally long."""

    name: str
    rows: list[list[Cell]]
    "Rows below the last one with a value are left out."
    first_row: int = 1
    "The row number, as Excel counts, of `rows[0]`."
    hidden: bool = False
    merged: tuple[tuple[int, int, int, int], ...] = ()
    "First row, first column, last row, last column of each merged range; rows as Excel counts."
    encoding: str | None = None
    "How a text file was decoded."
    delimiter: str | None = None
    "What separated the fields of a text file."
