"""Cells of loaded rows as the reader's language writes them, by the type of their column."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from data.contract import Column, ColumnType
from pages.shared import figures, organisation
from pages.shared.words import language, text

RIGHT: frozenset[ColumnType] = frozenset({"integer", "amount", "number", "share"})
"""Types that stand right in a table."""


def cell(column: Column, value: Any) -> str:  # noqa: ANN401  # whatever the column's type holds
    """A value of the column; empty where there is none, as in the workbook."""
    if value is None:
        return ""
    match column.type:
        case "date":
            return figures.day(value)
        case "datetime":
            return figures.moment(value)
        case "month":
            return figures.period(f"{value:%Y-%m}")
        case "share":
            return figures.percent(value, 2)
        case "boolean":
            return text("Yes") if value else text("No")
        case "department":
            return organisation.department(value)
        case "choice":
            return spelling(column, value)
        case "integer" | "amount" | "number":
            return plain(value)
        case _:
            return str(value)


def plain(value: float | Decimal) -> str:
    """A number with only the decimals that it has, four at most."""
    exact = round(Decimal(str(value)), 4).normalize()
    exponent = exact.as_tuple().exponent
    return figures.number(exact, max(-exponent, 0) if isinstance(exponent, int) else 0)


def spelling(column: Column, value: str) -> str:
    """A choice as a workbook in the reader's language writes it; its id where none is known."""
    known: Mapping[str, tuple[str, ...]] = column.values
    spellings = known.get(value)
    if not spellings:
        return value
    if language() == "en":
        return next((word for word in spellings if word.isascii()), value)
    first, second = spellings[0], spellings[1] if len(spellings) > 1 else spellings[0]
    is_twin = not second.isascii() and len(second) == len(first)
    return second if language() == "zh-Hans" and is_twin else first


def kind_of(value: object) -> ColumnType:
    """The type of a value whose column no contract declares."""
    match value:
        case bool():
            return "boolean"
        case datetime():
            return "datetime"
        case date():
            return "date"
        case int() | float() | Decimal():
            return "number"
        case _:
            return "text"
