"""The cells of one column, each distinct one converted once."""

from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pyarrow as pa

from loaders.problem import shown
from loaders.raw import Cell
from loaders.tidy import fold, has_invisible, is_excel_error, visible
from loaders.value import Converted, Fault, NotAValue, Value


@dataclass(frozen=True, slots=True)
class ColumnCells:
    """The cells of a column, what kinds of them there are, and what text means nothing."""

    cells: Sequence[Cell]
    kinds: frozenset[type]
    "Without NoneType."
    missing: frozenset[str]
    "Folded."

    @classmethod
    def of(cls, cells: Sequence[Cell], missing: Collection[str]) -> "ColumnCells":
        """Look at the cells once."""
        kinds = frozenset(map(type, cells)) - {type(None)}
        return cls(cells, kinds, frozenset(map(fold, missing)))

    def texts(self) -> Iterator[str]:
        """The distinct texts that are to be converted: no blanks, no placeholders."""
        for text in dict.fromkeys(cell for cell in self.cells if isinstance(cell, str)):
            if visible(text) and fold(text) not in self.missing and not is_excel_error(text):
                yield text

    def each(self, convert: Callable[[Cell], Value], kind: pa.DataType) -> Converted:
        """Every cell through `convert`, which raises NotAValue; blanks become null."""
        keys: Sequence[Hashable] = self.cells
        if len(self.kinds) > 1:
            # 1, 1.0 and TRUE are equal, but they are not the same cell.
            keys = list(zip(map(type, self.cells), self.cells, strict=True))
        known = {
            key: self._outcome(cell, convert)
            for key, cell in dict(zip(keys, self.cells, strict=True)).items()
        }
        values = {key: outcome.value for key, outcome in known.items()}
        faults: list[Fault] = []
        if any(outcome.error or outcome.note for outcome in known.values()):
            faults = _faults(known, keys, self.cells)
        return Converted(pa.array([values[key] for key in keys], kind), faults)

    def _outcome(self, cell: Cell, convert: Callable[[Cell], Value]) -> "_Outcome":
        if cell is None or (isinstance(cell, str) and not visible(cell)):
            return _Outcome(None, None, None)
        if isinstance(cell, str):
            if fold(cell) in self.missing:
                return _Outcome(None, None, "PLACEHOLDER")
            if is_excel_error(cell):
                return _Outcome(None, NotAValue("EXCEL_ERROR"), None)
        note = "TEXT_CLEANED" if isinstance(cell, str) and has_invisible(cell) else None
        try:
            return _Outcome(convert(cell), None, note)
        except NotAValue as error:
            return _Outcome(None, error, None)


class _Outcome(NamedTuple):
    value: Value
    error: NotAValue | None
    note: str | None


def _faults(
    known: dict[Hashable, _Outcome], keys: Sequence[Hashable], cells: Sequence[Cell]
) -> list[Fault]:
    """Every error by its cell; notes once each, at the first cell, with their number."""
    errors: list[Fault] = []
    noted: dict[str, list[int]] = {}
    for index, key in enumerate(keys):
        outcome = known[key]
        if outcome.error is not None:
            errors.append(outcome.error.fault(index, cells[index]))
        elif outcome.note is not None:
            noted.setdefault(outcome.note, []).append(index)
    notes = [
        Fault(
            index=indices[0],
            code=code,
            found=shown(cells[indices[0]]),
            severity="warning",
            facts=(("count", str(len(indices))),),
        )
        for code, indices in noted.items()
    ]
    return errors + notes
