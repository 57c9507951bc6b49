"""One worksheet's XML, looked at cell by cell before a reader may trust it.

A reader that fills a rectangle from A1 to the last cell, takes an error for an empty cell, or lets
the second of two equal cells win, shows other numbers than Excel. What could make it do so is
found here; regular stretches of rows are passed by `loaders.regular_rows` many times faster.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from loaders.geometry import Extent
from loaders.heading import index_of, letter
from loaders.limits import Limits
from loaders.markup import Parser, local
from loaders.problem import Problem, shown
from loaders.regular_rows import MAX_COLUMN, MAX_ROW, Block, RegularRows
from loaders.workbook_parts import SheetPart, Workbook

_ROW_END = b"</row>"
_LONG_ROW = 16 << 20
"""A row of more bytes is not waited for."""


@dataclass(slots=True)
class Scanned:
    """What was found in a sheet."""

    extent: Extent
    errors: list[tuple[int, int, str]] = field(default_factory=list)
    "Row, column index and error value."
    uncalculated: list[tuple[int, int]] = field(default_factory=list)
    zero_formulas: list[tuple[int, int]] = field(default_factory=list)
    "Formulas whose stored value is 0."
    other_formulas: int = 0
    "Formulas with any other stored value."
    numbers: Counter[int] = field(default_factory=Counter)
    "Number cells by column index; counted where the workbook has a percentage format at all."
    percentages: Counter[int] = field(default_factory=Counter)
    "Those of them that are shown as percentages."
    hidden_rows: int = 0
    hidden_columns: int = 0

    @property
    def percent_columns(self) -> frozenset[int]:
        """The columns all of whose numbers are shown as percentages."""
        return frozenset(
            column for column, times in self.percentages.items() if times == self.numbers[column]
        )


class SheetScan:
    """Feed it a sheet's chunks, then ask `finish` for what was found."""

    def __init__(
        self, file: str, sheet: SheetPart, percent_styles: frozenset[str], limits: Limits
    ) -> None:
        self.found = Scanned(Extent(limits))
        self._parser = Parser(file, sheet.member)
        self._limits = limits
        self._percent_styles = percent_styles
        self._depth = 0
        self._in_data = False
        self._row = 0
        self._rows: set[int] = set()
        self._passed = 0
        self._columns: set[int] = set()
        self._column = -1
        self._kind = self._style = ""
        self._formula = False
        self._value: list[str] | None = None
        self._text = ""
        self._has_value = False
        expat = self._parser.expat
        expat.StartElementHandler = self._start
        expat.EndElementHandler = self._end
        expat.CharacterDataHandler = self._characters

    @property
    def between_rows(self) -> bool:
        """Whether the next thing may be a row: the sheet's data is open, and no row in it."""
        return self._in_data and self._depth == 2

    @property
    def last_row(self) -> int:
        """The number of the last row seen."""
        return self._row

    def feed(self, chunk: bytes) -> None:
        """Look at a piece of the sheet."""
        self._parser.feed(chunk)

    def finish(self) -> Scanned:
        """What the whole sheet holds. Raises RefusedFile if it ends in the middle."""
        self._parser.close()
        return self.found

    def pass_by(self, block: Block) -> None:
        """Take over what was found in whole rows that the parser does not get to see."""
        found = self.found
        found.extent.add_many(block.rows, block.per_row, block.per_column, block.cells)
        found.extent.check(self._parser.refuse)
        found.errors += block.errors
        found.uncalculated += block.uncalculated
        found.zero_formulas += block.zero_formulas
        found.other_formulas += block.other_formulas
        found.hidden_rows += block.hidden_rows
        found.numbers.update(_counts(block.numbers))
        found.percentages.update(_counts(block.percentages))
        self._row = self._passed = block.last_row

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = local(name) if ":" in name else name
        self._depth += 1
        if self._depth > self._limits.depth:
            self._parser.refuse("NOT_READABLE", detail="xml_depth", limit=self._limits.depth)
        if self._in_data:
            self._start_in_data(name, attributes)
        elif name == "sheetData":
            self._in_data = True
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            self._hide_columns(attributes)

    def _start_in_data(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._start_cell(attributes)
        elif name == "row":
            self._start_row(attributes)
        elif name == "f":
            self._formula = True
        elif name in ("v", "t"):
            self._value = []

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r")
        self._row = self._row + 1 if number is None else self._row_number(number)
        if self._row in self._rows or self._row <= self._passed:
            self._parser.refuse("BAD_PACKAGE", detail="row_twice", row=self._row)
        self._rows.add(self._row)
        self._columns.clear()
        self._column = -1
        if attributes.get("hidden") in ("1", "true"):
            self.found.hidden_rows += 1

    def _row_number(self, text: str) -> int:
        if not (text.isascii() and text.isdigit() and 0 < int(text[:9]) <= MAX_ROW):
            self._parser.refuse("BAD_PACKAGE", detail="row_number", row=shown(text))
        return int(text)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        self._column = self._column + 1 if reference is None else self._place(reference)
        if self._column in self._columns:
            cell = f"{letter(self._column)}{self._row}"
            self._parser.refuse("BAD_PACKAGE", detail="cell_twice", cell=cell)
        self._columns.add(self._column)
        self._kind = attributes.get("t", "n")
        self._style = attributes.get("s", "0")
        self._formula = self._has_value = False
        self._text = ""
        self.found.extent.count_cell(self._parser.refuse)

    def _place(self, reference: str) -> int:
        letters = reference.rstrip("0123456789")
        digits = reference[len(letters) :]
        if not (
            0 < len(letters) <= 3
            and letters.isascii()
            and letters.isalpha()
            and digits
            and index_of(letters) < MAX_COLUMN
        ):
            self._parser.refuse("BAD_PACKAGE", detail="cell_reference", cell=shown(reference))
        if int(digits[:9]) != self._row or digits[0] == "0":
            detail = "cell_row" if self._row else "cell_reference"
            self._parser.refuse("BAD_PACKAGE", detail=detail, cell=shown(reference), row=self._row)
        return index_of(letters)

    def _characters(self, text: str) -> None:
        if self._value is not None:
            self._value.append(text)

    def _end(self, name: str) -> None:
        name = local(name) if ":" in name else name
        self._depth -= 1
        if not self._in_data:
            return
        if name in ("v", "t") and self._value is not None:
            self._text = "".join(self._value) or self._text
            self._value = None
            self._has_value = True
        elif name == "c":
            self._end_cell()
        elif name == "sheetData":
            self._in_data = False

    def _end_cell(self) -> None:
        if self._text:
            self.found.extent.add(self._row, self._column)
        if self._kind == "e":
            self.found.errors.append((self._row, self._column, self._text))
            self.found.other_formulas += self._formula
        elif self._formula:
            self._end_formula()
        if self._percent_styles and self._text and self._kind == "n":
            self.found.numbers[self._column] += 1
            self.found.percentages[self._column] += self._style in self._percent_styles

    def _end_formula(self) -> None:
        if not self._text and not (self._kind == "str" and self._has_value):
            self.found.uncalculated.append((self._row, self._column))
        elif self._text == "0" and self._kind == "n":
            self.found.zero_formulas.append((self._row, self._column))
        else:
            self.found.other_formulas += 1

    def _hide_columns(self, attributes: dict[str, str]) -> None:
        low, high = attributes.get("min", ""), attributes.get("max", "")
        if low.isdigit() and high.isdigit() and int(high[:6]) < MAX_COLUMN:
            self.found.hidden_columns += int(high) - int(low) + 1


def scan_sheet(
    file: str,
    sheet: SheetPart,
    chunks: Iterable[bytes],
    workbook: Workbook,
    limits: Limits,
) -> Scanned:
    """Everything a reader must know about one sheet before it reads it.

    Regular blocks of rows go past the parser, which never misses them: each is whole rows and
    nothing else. With the first irregular one that ends.
    """
    scan = SheetScan(file, sheet, workbook.percent_styles, limits)
    regular = RegularRows(
        percent_styles=workbook.percent_styles, recalculates=workbook.recalculates
    )
    rest = b""
    quick = True
    for chunk in chunks:
        rest += chunk
        if quick and not scan.between_rows:
            first = max(rest.find(b"<row"), 0)
            scan.feed(rest[:first])
            rest = rest[first:]
            quick = scan.between_rows or not first
        end = rest.rfind(_ROW_END) + len(_ROW_END)
        if quick and scan.between_rows and end >= len(_ROW_END):
            block = regular.look(rest[:end], scan.last_row)
            quick = block is not None
            if block is not None:
                scan.pass_by(block)
                rest = rest[end:]
        if not quick or len(rest) > _LONG_ROW:
            quick = False
            scan.feed(rest)
            rest = b""
    scan.feed(rest)
    return scan.finish()


def faults(file: str, sheet: str, found: Scanned, recalculates: bool) -> list[Problem]:
    """The cells whose value is not known, as problems.

    A workbook that asks to be calculated and holds nothing but zeros where formulas are was
    written by a program that did not calculate: its zeros are no values.
    """
    unknown = list(found.uncalculated)
    if recalculates and not found.other_formulas:
        unknown += found.zero_formulas
    return [
        Problem(
            code="EXCEL_ERROR",
            file=file,
            sheet=sheet,
            row=row,
            column=letter(column),
            found=shown(error),
        )
        for row, column, error in found.errors
    ] + [
        Problem(
            code="FORMULA_NOT_CALCULATED", file=file, sheet=sheet, row=row, column=letter(column)
        )
        for row, column in unknown
    ]


def _counts(by_column: npt.NDArray[np.int64]) -> dict[int, int]:
    return {column: int(by_column[column]) for column in np.flatnonzero(by_column).tolist()}
