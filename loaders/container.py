"""What the gate learnt about a file before anything read its cells."""

from dataclasses import dataclass
from typing import Literal

from loaders.problem import Problem

Kind = Literal["xlsx", "xls", "csv", "html"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFacts:
    """The shape of one worksheet and the cells whose value is not known."""

    name: str
    hidden: bool = False
    rows: int = 0
    "The last row that holds a value, counted from 1; stray cells do not count."
    columns: int = 0
    "The last column that holds a value, counted from 1; stray cells do not count."
    percent_columns: frozenset[int] = frozenset()
    "Indices of the columns all of whose numbers Excel shows as percentages."
    faults: tuple[Problem, ...] = ()
    """EXCEL_ERROR and FORMULA_NOT_CALCULATED, each with its cell. They matter only where the
    cell belongs to a table that is loaded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """A file that may be read: its kind, its sheets in the workbook's order, and warnings."""

    kind: Kind
    name: str
    "The name the person gave the file; for messages, never a path."
    sheets: tuple[SheetFacts, ...] = ()
    "Worksheets of a workbook; empty for csv and html."
    warnings: tuple[Problem, ...] = ()
