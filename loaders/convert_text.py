"""Columns of words: ids, text, yes and no, choices and departments."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta

import pyarrow as pa

from data.contract import Column, every_department
from loaders.column_cells import ColumnCells
from loaders.raw import Cell
from loaders.tidy import fold, visible
from loaders.value import Converted, NotAValue

YES = ("是", "有", "對", "对", "真", "yes", "y", "true", "t", "1", "✓", "✔", "√", "☑", "✅")
NO = ("否", "無", "无", "錯", "错", "假", "no", "n", "false", "f", "0", "✗", "✘", "×", "☒", "❌")
_TRUTH = {**{fold(word): True for word in YES}, **{fold(word): False for word in NO}}
WHOLE_DIGITS = 10**15
"""From here on a number cell may have lost digits: Excel keeps fifteen."""
_MANGLED = re.compile(r"\d(\.\d+)?e\+\d+", re.IGNORECASE)
_LOOK_CLOSER = (" ", "#", "+", ".0")
"""Without these, plain ids need no look at each: no blanks, errors, float tails or exponents."""
_FLOAT_TAIL = re.compile(r"(\d+)\.0")


def texts(column: ColumnCells) -> Converted:
    """Text as it is seen; numbers and dates as one would type them."""
    if column.kinds <= {str} and not column.missing:
        joined = "".join(filter(None, column.cells))  # type: ignore[arg-type]  # all are str
        if joined.isprintable() and "#" not in joined and _are_stripped(column.cells):
            return Converted(pa.array(column.cells, pa.string()), [])
    return column.each(as_text, pa.string())


def ids(column: ColumnCells) -> Converted:
    """Identifiers: no spaces around them, everyday width, numbers without a decimal tail."""
    if column.kinds <= {str} and not column.missing:
        joined = "".join(filter(None, column.cells))  # type: ignore[arg-type]  # all are str
        if (
            joined.isascii()
            and joined.isprintable()
            and not re.search(r"[ #]|\.0|\d[eE]\+", joined)
        ):
            return Converted(pa.array([cell or None for cell in column.cells], pa.string()), [])
    return column.each(_id, pa.string())


def booleans(column: ColumnCells) -> Converted:
    """Yes and no in the words of `YES` and `NO`."""
    return column.each(_truth, pa.bool_())


def choices(column: ColumnCells, declared: Column) -> Converted:
    """The ids of a choice, by id or any spelling."""
    spelled = {key: (key, *words) for key, words in declared.values.items()}
    return column.each(_by_spelling(spelled, "choice", "UNKNOWN_CHOICE"), pa.string())


def department_ids(column: ColumnCells) -> Converted:
    """Departments by id, name in any language, or further spelling."""
    spelled = {
        key: (key, *department.names.values(), *department.spellings)
        for key, department in every_department().items()
    }
    return column.each(_by_spelling(spelled, "department", "UNKNOWN_DEPARTMENT"), pa.string())


def as_text(cell: Cell) -> str:
    """The cell as one would type it."""
    match cell:
        case str():
            return visible(cell)
        case bool():
            return "TRUE" if cell else "FALSE"
        case int():
            return str(cell)
        case float() if cell.is_integer() and abs(cell) < WHOLE_DIGITS:
            return str(int(cell))
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case datetime():
            return cell.isoformat(sep=" ", timespec="seconds")
        case date() | time():
            return cell.isoformat()
        case float() | timedelta():
            return str(cell)
        case _:
            return ""


def _are_stripped(cells: Iterable[Cell]) -> bool:
    return all(cell is None or (cell and cell == cell.strip()) for cell in cells)  # type: ignore[union-attr]  # all are str


def _id(cell: Cell) -> str:
    match cell:
        case bool() | date() | time() | timedelta() | None:
            raise NotAValue("BAD_ID", "id")
        case int() | float():
            return _number_id(cell)
        case str():
            text = unicodedata.normalize("NFKC", visible(cell)).strip()
            if _MANGLED.fullmatch(text):
                raise NotAValue("BAD_ID", "id")
            return tail[1] if (tail := _FLOAT_TAIL.fullmatch(text)) else text


def _number_id(number: float) -> str:
    if number - number != 0 or abs(number) >= WHOLE_DIGITS:
        raise NotAValue("BAD_ID", "id")
    return as_text(number)


def _truth(cell: Cell) -> bool:
    if isinstance(cell, bool):
        return cell
    found = _TRUTH.get(fold(as_text(cell))) if isinstance(cell, str | int | float) else None
    if found is None:
        raise NotAValue("BAD_BOOLEAN", "boolean")
    return found


def _by_spelling(
    spelled: Mapping[str, tuple[str, ...]], expected: str, code: str
) -> Callable[[Cell], str]:
    known = {fold(word): key for key, words in spelled.items() for word in words}
    listed = ", ".join(words[1] if len(words) > 1 else words[0] for words in spelled.values())

    def convert(cell: Cell) -> str:
        if found := known.get(fold(as_text(cell))):
            return found
        raise NotAValue(code, expected, choices=listed)

    return convert
