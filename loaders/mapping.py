"""Mappings: how one outside workbook's columns become the columns of datasets."""

from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from loaders.value import DateOrder, DecimalMark

Constant = str | int | float | bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """When a mapping applies by itself: the file's name and the headers of one row."""

    file: str | None = None
    """A glob on the file name, case ignored."""
    headers: tuple[str, ...] = ()
    """All of them must stand in one row."""
    width: int | None = None
    """For a table without headers: how many columns it has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a column's cells come from: exactly one of the first six is set."""

    headers: tuple[str, ...] = ()
    """Headers in order of preference; the first cell that is not blank counts."""
    letter: str | None = None
    cell: str | None = None
    """One cell above the table, such as B2; of 部門：銷售部 what follows the colon counts."""
    constant: Constant | None = None
    template: str | None = None
    """Text with {Header}, {sheet}, {row} or {file}; blank where one of them is blank."""
    parts: tuple[str | int, ...] = ()
    """Year, month and day, each a header, a template or a number."""
    optional: bool = False
    """True: the header may be missing, the column is then blank."""
    missing: tuple[str, ...] = ()
    """Globs of cell text that means "no value", case ignored."""
    values: Map[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Cell text, case ignored, to what stands for it."""
    scale: Decimal = Decimal(1)
    date_format: str | None = None
    """As for strptime, such as %d.%m.%y; text that does not fit is left to date_order."""
    date_order: DateOrder | None = None
    decimal_mark: DecimalMark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpivot:
    """Wide columns to rows: each cell of `columns`, or each group of `values`, becomes a row."""

    name: str
    """What the column with the wide header's text is called in sources."""
    columns: tuple[str, ...] = ()
    """Headers, header globs, or runs such as M01..M12."""
    value: str | None = None
    """What the column with the cells of `columns` is called in sources."""
    values: Map[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Instead of these two, name to glob: of *預算 and *實際 the * is the header's text."""
    keep_blank: bool = False
    """False: blank cells give no row."""

    @property
    def made(self) -> tuple[str, ...]:
        """The names of the columns that hold cells."""
        return (self.value,) if self.value else tuple(self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """Keeps the rows whose cell under `column` reads as one of the texts, case ignored."""

    column: str
    equals: tuple[str, ...] = ()
    not_equals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Months and departments a file speaks for, where its rows do not tell."""

    months: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One dataset's part of a file."""

    dataset: str
    columns: Map[str, Source]
    sheets: tuple[str, ...] = ("*",)
    """Globs of sheet names; tables of the same shape on several sheets are put together."""
    header_rows: tuple[int, ...] = ()
    """One, or two that are read as one, as Excel counts; none: the row that fits best."""
    header: bool = True
    """False: there is no header row, the columns' letters stand for headers."""
    skip_rows: int = 0
    """Rows left out between the header (or the top) and the data."""
    unpivot: Unpivot | None = None
    only_where: tuple[Where, ...] = ()
    covers: Coverage = Coverage()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """A mapping file."""

    name: str
    match: Match
    tables: tuple[Table, ...]
    note: str = ""
    encoding: str | None = None
    delimiter: str | None = None
