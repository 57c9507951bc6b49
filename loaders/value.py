"""Converted values, and what was wrong with the cells that have none."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

import pyarrow as pa

from loaders.problem import Severity, shown

Value = None | str | int | Decimal | bool | date | datetime
DateOrder = Literal["ymd", "mdy", "dmy"]
DecimalMark = Literal[".", ","]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Why the cell at `index` has no value, or, as a warning, what was done to it."""

    index: int
    code: str
    found: str | None = None
    expected: str | None = None
    severity: Severity = "error"
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Converted:
    """A column in its contract's type, as long as its cells; null where empty or faulty."""

    array: pa.Array
    faults: list[Fault]

    @property
    def values(self) -> list[Value]:
        """The same as Python values; amounts, numbers and shares are Decimals."""
        values: list[Value] = self.array.to_pylist()
        return values


class NotAValue(Exception):
    """A cell cannot be converted; carries what its Fault will say."""

    def __init__(self, code: str, expected: str | None = None, **facts: str) -> None:
        super().__init__(code)
        self.code = code
        self.expected = expected
        self.facts = tuple(facts.items())

    def fault(self, index: int, cell: object) -> Fault:
        """The fault of the cell at `index`."""
        return Fault(
            index=index,
            code=self.code,
            found=shown(cell),
            expected=self.expected,
            facts=self.facts,
        )
