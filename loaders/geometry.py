"""Where a sheet's values lie: the table, and single cells far away from it.

A reader fills the rectangle from the first to the last value. One forgotten cell in the last row
of a sheet makes that rectangle too large for any memory.
"""

from array import array
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

import numpy as np
import numpy.typing as npt

from loaders.heading import letter
from loaders.limits import Limits

ROW_GAP = 1_000
"""So many rows without a value end a table, if next to nothing follows."""
COLUMN_GAP = 50
STRAY = 10
"""Next to nothing: so many cells."""
SMALL = 2_000_000
"""A rectangle of so many cells is read as it is, whatever lies in it."""
STYLED = 4
"""So many cells without a value may come with each that has one, at the limit."""
_Positions = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Shape:
    """The rectangle of a sheet's values."""

    rows: int
    "The last row that counts, from 1; 0 for an empty sheet."
    columns: int
    cells: int
    "How many hold a value."
    area: int
    "Cells of the rectangle a reader fills, stray ones included."
    strays: tuple[str, ...]
    "Rows and columns that hold stray cells alone and do not count."


class Extent:
    """Counts values by row and column while a sheet is scanned."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._rows = array("q")
        self._per_row = array("q")
        self._per_column: Counter[int] = Counter()
        self._seen = 0

    def count_cell(self, refuse: Callable[..., NoReturn]) -> None:
        """One more cell, with or without a value."""
        self._seen += 1
        self.check(refuse)

    def check(self, refuse: Callable[..., NoReturn]) -> None:
        """Call `refuse` if there are too many cells by now."""
        if self._seen > STYLED * self._limits.cells:
            refuse("TOO_MANY_CELLS", limit=self._limits.cells)

    def add(self, row: int, column: int) -> None:
        """A value in this row, from 1, and at this column index."""
        if self._rows and self._rows[-1] == row:
            self._per_row[-1] += 1
        else:
            self._rows.append(row)
            self._per_row.append(1)
        self._per_column[column] += 1

    def add_many(
        self, rows: _Positions, per_row: _Positions, per_column: _Positions, cells: int
    ) -> None:
        """Values of whole rows: row numbers, values in each, values by column, cells in all."""
        self._rows.frombytes(rows.astype(np.int64).tobytes())
        self._per_row.frombytes(per_row.astype(np.int64).tobytes())
        self._seen += cells
        self._per_column.update(
            {int(i): int(per_column[i]) for i in np.flatnonzero(per_column).tolist()}
        )

    def shape(self) -> Shape:
        """The table's rectangle, with what is stray left out where it would make it too large."""
        if not self._rows:
            return Shape(0, 0, 0, 0, ())
        rows, per_row = _sorted(self._rows, self._per_row)
        columns = np.array(sorted(self._per_column), np.int64)
        per_column = np.array([self._per_column[i] for i in columns.tolist()], np.int64)
        area = int((rows[-1] - rows[0] + 1) * (columns[-1] - columns[0] + 1))
        strays: list[str] = []
        if area > SMALL or columns[-1] >= self._limits.columns:
            kept, kept_columns = (
                _kept(rows, per_row, ROW_GAP),
                _kept(columns, per_column, COLUMN_GAP),
            )
            strays = [f"row {row}" for row in rows[kept:].tolist()]
            strays += [f"column {letter(i)}" for i in columns[kept_columns:].tolist()]
            rows, columns = rows[:kept], columns[:kept_columns]
        cells = int(per_row.sum())
        return Shape(int(rows[-1]), int(columns[-1]) + 1, cells, area, tuple(strays))


def _sorted(rows: "array[int]", counts: "array[int]") -> tuple[_Positions, _Positions]:
    """Row numbers in ascending order, each once, with their counts."""
    numbers = np.frombuffer(rows, np.int64)
    values = np.frombuffer(counts, np.int64)
    if (np.diff(numbers) > 0).all():
        return numbers, values
    unique, place = np.unique(numbers, return_inverse=True)
    return unique, np.bincount(place, values).astype(np.int64)


def _kept(positions: _Positions, counts: _Positions, gap: int) -> int:
    """How many of the positions come before the first gap behind which only strays follow."""
    behind = counts[::-1].cumsum()[::-1]
    for index in np.flatnonzero(np.diff(positions) > gap).tolist():
        rest = int(behind[index + 1])
        if rest <= STRAY and rest < int(behind[0]) - rest:
            return int(index) + 1
    return len(positions)
