"""Columns of numbers: integers, amounts, numbers and shares."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from loaders import numeral
from loaders.column_cells import ColumnCells
from loaders.decimals import DIGITS, decimal_array, exact, fits, quantise
from loaders.numeral import Numeral
from loaders.raw import Cell, Share
from loaders.value import Converted, DecimalMark, NotAValue, Value

NumberType = Literal["integer", "amount", "number", "share"]
PLACES = {"integer": 0, "amount": 4, "number": 6, "share": 6}
NOISE = Decimal("1e-9")
"""A whole number may be off by this much."""
HUNDREDTH = Decimal("0.01")
SURELY_PERCENT = 5
"""Bare numbers that are all above this are percentages: as shares they would be above 500 %."""
DOLLARS = {"HKD", "TWD", "USD", "MOP"}
_Floats = npt.NDArray[np.float64]


def numbers(
    column: ColumnCells, kind: NumberType, scale: Decimal, mark: DecimalMark | None
) -> Converted:
    """Numbers times `scale`, unless a cell states its own multiplier, such as 1.2万."""
    if (floats := _floats(column)) is not None and (array := _bulk(floats, kind, scale)):
        return Converted(array, [])
    evidence = _Evidence.of(column, kind, mark)

    def convert(cell: Cell) -> Value:
        number, text = evidence.number(cell)
        if text is None:
            return _stored(number * scale, kind)
        if text.percent:
            return _stored(evidence.percentage(number), kind)
        return _stored(number * (text.times or scale), kind)

    return column.each(convert, _arrow(kind))


def shares(column: ColumnCells, scale: Decimal, mark: DecimalMark | None) -> Converted:
    """Shares of one: with % as written, else as all the column's numbers together show."""
    evidence = _Evidence.of(column, "share", mark)
    bare = scale if scale != 1 else _share_scale(evidence.bare(), evidence.percent)
    if bare and (floats := _floats(column)) is not None and (array := _bulk(floats, "share", bare)):
        return Converted(array, [])

    def convert(cell: Cell) -> Value:
        number, text = evidence.number(cell)
        if text is not None and text.percent:
            return _stored(number * HUNDREDTH, "share")
        if isinstance(cell, Share) or number == 0:
            return _stored(number, "share")
        if bare is None:
            raise NotAValue("AMBIGUOUS_PERCENT", "share")
        return _stored(number * bare, "share")

    return column.each(convert, _arrow("share"))


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What the whole column says about its cells."""

    column: ColumnCells
    kind: NumberType
    mark: DecimalMark | None
    "None: the texts contradict each other, or leave it open."
    percent: bool
    "Some cell is a percentage beyond doubt."
    bare_too: bool
    "Some number is not."
    currency: str | None

    @classmethod
    def of(cls, column: ColumnCells, kind: NumberType, mark: DecimalMark | None) -> "_Evidence":
        texts = list(column.texts())
        mark = mark or numeral.marks(texts).mark()
        read = list(_read_all(texts, mark or "."))
        signs = [one.percent for one in read]
        currencies = Counter(one.currency for one in read if one.currency)
        return cls(
            column,
            kind,
            mark,
            percent=any(signs) or Share in column.kinds,
            bare_too=not all(signs) or bool(column.kinds & {int, float}),
            currency=_the_currency(currencies),
        )

    def number(self, cell: Cell) -> tuple[Decimal, Numeral | None]:
        """The number in a cell and, if it was text, how it was written. Raises NotAValue."""
        if isinstance(cell, str):
            if self.mark is None and numeral.depends_on_mark(cell):
                raise NotAValue("AMBIGUOUS_NUMBER", self.kind)
            text = numeral.read(cell, self.mark or ".", self.kind)
            if not self._agrees(text.currency):
                raise NotAValue("MIXED_CURRENCY", self.kind, currency=self.currency or "")
            return text.value, text
        if isinstance(cell, int | float) and not isinstance(cell, bool) and cell - cell == 0:
            return exact(cell), None
        raise NotAValue("BAD_NUMBER", self.kind)

    def percentage(self, number: Decimal) -> Decimal:
        """What `number` % is in a column that is not of shares."""
        if self.kind != "number":
            raise NotAValue("BAD_NUMBER", self.kind)
        if self.bare_too:
            raise NotAValue("AMBIGUOUS_PERCENT", self.kind)
        return number * HUNDREDTH

    def bare(self) -> _Floats:
        """The sizes of all numbers but zero that do not say whether they are percentages."""
        cells = [cell for cell in self.column.cells if type(cell) in (int, float)]
        read = _read_all(self.column.texts(), self.mark or ".")
        texts = [float(one.value) for one in read if not one.percent]
        everything = np.array([*cells, *texts], np.float64)
        sizes: _Floats = np.abs(everything[np.isfinite(everything)])
        return sizes[sizes > 0]

    def _agrees(self, currency: str | None) -> bool:
        return currency in (None, self.currency) or (currency == "$" and self.currency in DOLLARS)


def _read_all(texts: Iterable[str], mark: DecimalMark) -> Iterable[Numeral]:
    for text in texts:
        try:
            yield numeral.read(text, mark, "number")
        except NotAValue:
            continue


def _the_currency(found: Counter[str]) -> str | None:
    """The one most texts are in; a bare $ counts for every dollar that is named."""
    votes = {name: times + (found["$"] if name in DOLLARS else 0) for name, times in found.items()}
    return max(votes, key=lambda name: (votes[name], name != "$", name), default=None)


def _share_scale(sizes: _Floats, percent: bool) -> Decimal | None:
    """What bare numbers are to be multiplied by to be shares; None where that is open."""
    if not len(sizes) or sizes.max() <= 1:
        return Decimal(1)
    return HUNDREDTH if sizes.min() > SURELY_PERCENT and not percent else None


def _floats(column: ColumnCells) -> _Floats | None:
    """The column as floats, nan where it is empty; None if any cell is not a finite number."""
    if not column.kinds <= {float, int, Share}:
        return None
    floats = np.array(column.cells, np.float64)
    empty = sum(1 for cell in column.cells if cell is None)
    usable = int(np.isnan(floats).sum()) == empty and not np.isinf(floats).any()
    return floats if usable else None


def _bulk(floats: _Floats, kind: NumberType, scale: Decimal) -> pa.Array | None:
    """All numbers at once, or None if one of them needs a closer look."""
    places = PLACES[kind]
    if not (fits(floats, scale, places) | np.isnan(floats)).all():
        return None
    if kind != "integer":
        return decimal_array(floats, scale, places)
    whole = floats * float(scale)
    if not (np.isnan(whole) | (whole == np.rint(whole)) & (np.abs(whole) < 2.0**53)).all():
        return None
    return pa.array(whole, pa.int64(), from_pandas=True, safe=False)


def _stored(number: Decimal, kind: NumberType) -> Value:
    """The number in the places of its type. Raises NotAValue where it does not fit."""
    value = quantise(number, PLACES[kind])
    if value is None:
        raise NotAValue("OUT_OF_RANGE", kind)
    if kind != "integer":
        return value
    if abs(value - number) > NOISE:
        raise NotAValue("BAD_INTEGER", kind)
    return int(value)


def _arrow(kind: NumberType) -> pa.DataType:
    return pa.int64() if kind == "integer" else pa.decimal128(DIGITS, PLACES[kind])
