"""Cells to values: a column at a time, because only a column tells how its cells are meant.

Nothing is guessed. A cell that reads two ways is a fault, unless the column's other cells, or the
caller, settle which of them is meant; and a number is what the cell shows, to the places of its
type (`loaders.decimals`).
"""

from collections.abc import Collection, Sequence
from decimal import Decimal

from data.contract import Column
from loaders import convert_date, convert_number, convert_text
from loaders.column_cells import ColumnCells
from loaders.raw import Cell
from loaders.value import Converted, DateOrder, DecimalMark, Fault, Value

__all__ = [
    "PLACEHOLDERS",
    "Converted",
    "DateOrder",
    "DecimalMark",
    "Fault",
    "Value",
    "convert_column",
]

PLACEHOLDERS = frozenset(
    {"-", "--", "---", "–", "—", "——", "－", "/", "N/A", "NA", "n.a.", "無", "无", "暫無", "暂无"}
    | {"不適用", "不适用", "未填", "空", "nil", "null", "none", "TBD", "待定"}
)
"""What people type to say that there is no value."""


def convert_column(
    cells: Sequence[Cell],
    column: Column,
    *,
    unit_scale: int | Decimal = 1,
    missing: Collection[str] = frozenset(),
    date_order: DateOrder | None = None,
    decimal_mark: DecimalMark | None = None,
) -> Converted:
    """The cells in the column's type. Empty cells, and `missing` texts, are null.

    `unit_scale` multiplies numbers that state no unit of their own: 10,000 under a header in 萬元;
    for a share 0.01 says that bare numbers are percentages. A missing text, like removed invisible
    characters, is a warning that stands once for the column with the number of its cells.
    """
    seen = ColumnCells.of(cells, missing)
    match column.type:
        case "integer" | "amount" | "number":
            return convert_number.numbers(seen, column.type, Decimal(unit_scale), decimal_mark)
        case "share":
            return convert_number.shares(seen, Decimal(unit_scale), decimal_mark)
        case "date" | "datetime" | "month" | "period":
            return convert_date.dates(seen, column.type, date_order)
        case "boolean":
            return convert_text.booleans(seen)
        case "choice":
            return convert_text.choices(seen, column)
        case "department":
            return convert_text.department_ids(seen)
        case "id":
            return convert_text.ids(seen)
        case "text":
            return convert_text.texts(seen)
