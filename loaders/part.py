"""One sheet's share of a dataset: its converted values and where each came from."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import pyarrow as pa

from data.contract import Contract
from loaders.grid import Filled
from loaders.problem import Problem, Severity, shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Rows of one dataset from one sheet, column by column; all columns are equally long."""

    file: str
    sheet: str
    contract: Contract
    mapping: str | None
    numbers: list[int]
    """The row of each, as Excel counts."""
    columns: Mapping[str, Filled]
    delivered: tuple[str, ...]
    """The columns that the sheet has."""
    values: dict[str, pa.Array]
    scales: Mapping[str, Decimal]
    """What the cells of a column were multiplied by, where that is not 1."""
    faulty: set[tuple[int, str]]
    """Index and column of every cell that has a problem already."""

    def problem(
        self,
        code: str,
        index: int,
        column: str,
        *,
        found: object = None,
        expected: str | None = None,
        severity: Severity = "error",
        facts: tuple[tuple[str, str], ...] = (),
    ) -> Problem:
        """A problem at a row's cell, addressed as Excel shows it."""
        filled = self.columns.get(column)
        return Problem(
            code=code,
            file=self.file,
            severity=severity,
            sheet=self.sheet,
            row=self.numbers[index],
            column=filled.letter(index) if filled else None,
            header=(filled.header if filled else None) or column,
            found=None if found is None else shown(found),
            expected=expected,
            facts=facts,
        )
