"""What was found in a file, before anything is committed."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa

from data.history import File
from loaders.problem import Problem, problem_from_json

Verdict = Literal["table", "not_recognised", "ambiguous", "hidden", "empty"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetTable:
    """One dataset's rows on a sheet."""

    dataset: str
    mapping: str | None
    header_row: int | None
    """As Excel counts; None where the table has no header."""
    columns: Mapping[str, str]
    """Column of the dataset to the header it was taken from, where there is one."""
    rows: int
    confidence: float
    """The share of the headers that were known; 1 for a mapping."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetReading:
    """What one sheet turned out to be."""

    name: str
    verdict: Verdict
    tables: tuple[SheetTable, ...] = ()
    nearest: str | None = None
    """For a sheet that was not recognised: the dataset it is nearest to."""
    candidates: tuple[str, ...] = ()
    """For an ambiguous sheet: the datasets, or mappings, that fit equally well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """One dataset's checked rows, with `sheet` and `row_number`."""

    dataset: str
    table: pa.Table
    mapping: str | None
    months: tuple[str, ...]
    """Months, as 2026-05, that the mapping says the file speaks for; its rows add theirs."""
    departments: tuple[str, ...]
    source_totals: Mapping[str, str]
    """Column to sum in the unit the file is written in, where that is another."""
    deliveries: tuple[tuple[str, ...], ...]
    """The columns that came with the rows whose `delivery`, a column, is the place here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A file, read and checked. `path` must stay as it is until the reading is committed."""

    path: Path
    file: File
    sheets: tuple[SheetReading, ...]
    problems: tuple[Problem, ...]
    """Errors first, then warnings; at most findings.KEPT of them."""
    errors: int
    warnings: int
    tables: tuple[Extracted, ...]
    """One for each dataset; empty where there is any error."""

    @property
    def accepted(self) -> bool:
        """Whether the file may be committed."""
        return not self.errors and bool(self.tables)


def sheet_json(sheet: SheetReading) -> dict[str, Any]:
    """The sheet's verdict for the child process and for reports."""
    return asdict(sheet)


def sheet_from_json(fields: Mapping[str, Any]) -> SheetReading:
    """The verdict that `sheet_json` described."""
    return SheetReading(
        name=fields["name"],
        verdict=fields["verdict"],
        tables=tuple(SheetTable(**table) for table in fields["tables"]),
        nearest=fields["nearest"],
        candidates=tuple(fields["candidates"]),
    )


def problems_from_json(listed: list[Mapping[str, Any]]) -> tuple[Problem, ...]:
    """The problems that `Problem.as_json` described."""
    return tuple(problem_from_json(fields) for fields in listed)
