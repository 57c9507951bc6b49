"""Rows of worksheet XML looked at a block at a time, where they are as programs write them.

A block of rows is *regular* if every tag is one of those below, stands where the grammar has it and
carries its reference first; rows and cells ascend; and text stands only within values. What is
learnt from such a block is what `loaders.sheet_scan` would learn tag by tag. Anything else, however
harmless, makes the block irregular and leaves it to that.
"""

import re
from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from loaders.cell_tails import ERROR, NUMBER, STRING, WIDEST, CellTails, Unknown, is_attributes

_Bytes = npt.NDArray[np.uint8]
_Ints = npt.NDArray[np.int64]
_Bools = npt.NDArray[np.bool_]

ROW, ROW_END, ROW_EMPTY = 1, 2, 3
CELL, CELL_END, CELL_EMPTY = 4, 5, 6
VALUE, VALUE_END, VALUE_EMPTY = 7, 8, 9
FORMULA, FORMULA_END, FORMULA_EMPTY = 10, 11, 12
INLINE, INLINE_END = 13, 14
TEXT, TEXT_END, TEXT_EMPTY = 15, 16, 17
KINDS = 18
_OPEN = {
    b"ro": ROW,
    b"c ": CELL,
    b"v>": VALUE,
    b"v ": VALUE,
    b"v/": VALUE,
    b"f>": FORMULA,
    b"f ": FORMULA,
    b"f/": FORMULA,
    b"is": INLINE,
    b"t>": TEXT,
    b"t ": TEXT,
    b"t/": TEXT,
}
_CLOSE = {b"/r": ROW_END, b"/c": CELL_END, b"/v": VALUE_END, b"/f": FORMULA_END}
_CLOSE |= {b"/i": INLINE_END, b"/t": TEXT_END}
_LENGTH = {ROW_END: 5, CELL_END: 3, VALUE_END: 3, FORMULA_END: 3, INLINE_END: 4, TEXT_END: 3}
_AFTER_CELL = (CELL, CELL_EMPTY, ROW_END)
_FOLLOWS: dict[int, tuple[int, ...]] = {
    ROW: _AFTER_CELL,
    ROW_END: (ROW, ROW_EMPTY),
    ROW_EMPTY: (ROW, ROW_EMPTY),
    CELL: (VALUE, VALUE_EMPTY, FORMULA, FORMULA_EMPTY, INLINE, CELL_END),
    CELL_END: _AFTER_CELL,
    CELL_EMPTY: _AFTER_CELL,
    VALUE: (VALUE_END,),
    VALUE_END: (CELL_END,),
    VALUE_EMPTY: (CELL_END,),
    FORMULA: (FORMULA_END,),
    FORMULA_END: (VALUE, VALUE_EMPTY, CELL_END),
    FORMULA_EMPTY: (VALUE, VALUE_EMPTY, CELL_END),
    INLINE: (TEXT, TEXT_EMPTY),
    INLINE_END: (CELL_END,),
    TEXT: (TEXT_END,),
    TEXT_END: (INLINE_END,),
    TEXT_EMPTY: (INLINE_END,),
}


def _kind_table() -> npt.NDArray[np.int8]:
    """The kind of a tag by its first two bytes, the first times 256; 0 for all others."""
    table = np.zeros(1 << 16, np.int8)
    for start, kind in (_OPEN | _CLOSE).items():
        table[start[0] << 8 | start[1]] = kind
    return table


def _follow_table() -> _Bools:
    table = np.zeros(KINDS * KINDS, np.bool_)
    for kind, followers in _FOLLOWS.items():
        for follower in followers:
            table[kind * KINDS + follower] = True
    return table


_KIND = _kind_table()
_MAY_FOLLOW = _follow_table()
_CLOSED_LENGTH = np.array([_LENGTH.get(kind, 0) for kind in range(KINDS)], np.int64)
_CLOSES = _CLOSED_LENGTH > 0
_HOLDS_TEXT = np.isin(np.arange(KINDS), (VALUE, FORMULA, TEXT))
_HOLDS_TEXT_OR_EMPTY = np.isin(
    np.arange(KINDS), (VALUE, VALUE_EMPTY, FORMULA, FORMULA_EMPTY, TEXT, TEXT_EMPTY)
)
_CAN_BE_EMPTY = np.isin(np.arange(KINDS), (ROW, CELL, VALUE, FORMULA, TEXT))
_DIGITS = 7
_ROW_NUMBER = re.compile(rb' r="\d+"')
_HIDDEN = re.compile(rb' hidden="(1|true)"')
_OTHER_REFERENCE = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)")
MAX_ROW, MAX_COLUMN = 1_048_576, 16_384


class _Irregular(Exception):
    """The block is not as expected; it says nothing about whether it is wrong."""


@dataclass(frozen=True, slots=True)
class Block:
    """What a regular block of rows holds."""

    rows: _Ints
    "The numbers of the rows that hold a value, ascending."
    per_row: _Ints
    "Values in each of them."
    per_column: _Ints
    "Values by column index."
    last_row: int
    cells: int
    hidden_rows: int
    errors: list[tuple[int, int, str]]
    "Row, column index and error value."
    uncalculated: list[tuple[int, int]]
    zero_formulas: list[tuple[int, int]]
    other_formulas: int
    numbers: _Ints
    "Number cells by column index; zeros unless percentages were asked for."
    percentages: _Ints
    "Those of them whose style shows a percentage."


class RegularRows:
    """Looks at the blocks of one sheet; remembers how its cells' tags end."""

    def __init__(self, *, percent_styles: frozenset[str], recalculates: bool) -> None:
        self._recalculates = recalculates
        self._tails = CellTails(percent_styles)

    def look(self, block: bytes, after: int) -> Block | None:
        """What the rows of `block` hold, or None where they are not regular.

        The block begins with a row and ends behind one; its first row must come after the number
        `after`. Formulas that hold 0 are listed only where the workbook recalculates.
        """
        try:
            return self._look(block, after)
        except (_Irregular, Unknown):
            return None

    def _look(self, block: bytes, after: int) -> Block:
        # What is read a little beyond the last tag must exist.
        data = np.frombuffer(block + b"\0" * WIDEST, np.uint8)
        tags = _Tags.of(block, data)
        _check_text(block, data[: len(block)])
        is_row = (tags.kind == ROW) | (tags.kind == ROW_EMPTY)
        row_tags = np.flatnonzero(is_row)
        numbers, digits = _row_numbers(data, tags.start[row_tags])
        _need((numbers > np.append(after, numbers[:-1])).all() and numbers[-1] <= MAX_ROW)
        hidden = _hidden_rows(block, tags, row_tags)
        _check_attributes(block, tags)
        cells = np.flatnonzero((tags.kind == CELL) | (tags.kind == CELL_EMPTY))
        row_of = np.cumsum(is_row)[cells] - 1
        columns, behind = _columns(data, tags.start[cells], numbers[row_of], digits[row_of])
        _need(((row_of[1:] > row_of[:-1]) | (columns[1:] > columns[:-1])).all())
        tail = self._tails.of(data, behind, tags.end[cells] - behind)
        place = _Places(tags, cells, numbers[row_of], columns, self._tails.kinds[tail])
        valued = place.cell_of(np.flatnonzero(tags.has_text & (tags.kind != FORMULA)))
        per_row = np.bincount(row_of[valued], minlength=len(numbers))
        is_number = self._tails.kinds[tail[valued]] == NUMBER
        is_percent = is_number & self._tails.percent[tail[valued]]
        uncalculated = place.uncalculated()
        zeros = place.zero_formulas(data) if self._recalculates else []
        formulas = np.count_nonzero((tags.kind == FORMULA_END) | (tags.kind == FORMULA_EMPTY))
        return Block(
            rows=numbers[per_row > 0],
            per_row=per_row[per_row > 0],
            per_column=np.bincount(columns[valued], minlength=1),
            last_row=int(numbers[-1]),
            cells=len(cells),
            hidden_rows=hidden,
            errors=place.errors(block),
            uncalculated=uncalculated,
            zero_formulas=zeros,
            other_formulas=int(formulas) - len(zeros) - len(uncalculated),
            numbers=self._tails.counted(columns[valued[is_number]]),
            percentages=self._tails.counted(columns[valued[is_percent]]),
        )


def _need(condition: bool | np.bool_) -> None:
    if not condition:
        raise _Irregular


@dataclass(frozen=True, slots=True)
class _Tags:
    """All tags of a block in order."""

    start: _Ints
    "Where the < is."
    end: _Ints
    "Where the > is."
    kind: npt.NDArray[np.int8]
    has_text: _Bools
    "Whether text follows the tag."

    @classmethod
    def of(cls, block: bytes, data: _Bytes) -> "_Tags":
        start, end = np.flatnonzero(data == ord("<")), np.flatnonzero(data == ord(">"))
        _need(len(start) == len(end) > 0)
        _need((end > start + 1).all() and (start[1:] > end[:-1]).all())
        kind = _KIND[data[start + 1].astype(np.uint16) << 8 | data[start + 2]]
        _need(kind.all())
        closing = np.flatnonzero(_CLOSES[kind])
        _need((end[closing] - start[closing] == _CLOSED_LENGTH[kind[closing]]).all())
        _expect(data, start[kind == ROW_END], b"</row>")
        _expect(data, start[kind == INLINE], b"<is>")
        _expect(data, start[kind == INLINE_END], b"</is>")
        empty = np.flatnonzero(data[end - 1] == ord("/"))
        _need(_CAN_BE_EMPTY[kind[empty]].all())
        kind[empty] += 2
        _need(kind[0] in (ROW, ROW_EMPTY) and kind[-1] in (ROW_END, ROW_EMPTY))
        _need(_MAY_FOLLOW[kind[:-1].astype(np.int16) * KINDS + kind[1:]].all())
        has_text = np.append(start[1:] - end[:-1] > 1, False)
        _need(_HOLDS_TEXT[kind[has_text]].all())
        return cls(start, end, kind, has_text)


def _check_text(block: bytes, data: _Bytes) -> None:
    """Need characters that XML allows, and no references but the five it names."""
    low = data[data < 32]
    _need(not len(low) or np.isin(low, (9, 10, 13)).all())
    if not block.isascii():
        _need(b"\xef\xbf\xbe" not in block and b"\xef\xbf\xbf" not in block)
        try:
            block.decode("utf-8")
        except UnicodeDecodeError as error:
            raise _Irregular from error
    _need(b"&" not in block or not _OTHER_REFERENCE.search(block))


def _hidden_rows(block: bytes, tags: _Tags, rows: _Ints) -> int:
    """How many rows are hidden. Needs every row's attributes to be well-formed."""
    places = zip((tags.start[rows] + 4).tolist(), tags.end[rows].tolist(), strict=True)
    endings = Counter(_ROW_NUMBER.sub(b"", block[start:end], 1) for start, end in places)
    _need(all(is_attributes(ending) for ending in endings))
    return sum(times for ending, times in endings.items() if _HIDDEN.search(ending))


def _check_attributes(block: bytes, tags: _Tags) -> None:
    """Need the attributes of values, formulas and texts to be well-formed."""
    more = np.flatnonzero((tags.end - tags.start > 2) & _HOLDS_TEXT_OR_EMPTY[tags.kind])
    places = zip((tags.start[more] + 2).tolist(), tags.end[more].tolist(), strict=True)
    _need(all(is_attributes(ending) for ending in {block[start:end] for start, end in places}))


def _expect(data: _Bytes, places: _Ints, text: bytes) -> None:
    """Need `text` at every one of the places."""
    for step, byte in enumerate(text):
        _need((data[places + step] == byte).all())


def _row_numbers(data: _Bytes, start: _Ints) -> tuple[_Ints, _Ints]:
    """The number of each row and how many digits it is written with."""
    _expect(data, start, b'<row r="')
    return _number(data, start + 8)


def _number(data: _Bytes, start: _Ints) -> tuple[_Ints, _Ints]:
    """The whole number that begins at each place, closed by a quote, and its digits."""
    number, digits = np.zeros(len(start), np.int64), np.zeros(len(start), np.int64)
    going = np.ones(len(start), np.bool_)
    for step in range(_DIGITS + 1):
        byte = data[start + step].astype(np.int64) - ord("0")
        going &= (byte >= 0) & (byte <= 9)
        if not going.any():
            break
        number = np.where(going, number * 10 + byte, number)
        digits += going
    _need((digits > 0).all() and (digits <= _DIGITS).all())
    _need((data[start] != ord("0")).all() and (data[start + digits] == ord('"')).all())
    return number, digits


def _columns(data: _Bytes, start: _Ints, rows: _Ints, digits: _Ints) -> tuple[_Ints, _Ints]:
    """The column index of each cell, and the place behind its reference's closing quote.

    Needs every reference to name the row the cell stands in.
    """
    _expect(data, start, b'<c r="')
    letters, column = np.zeros(len(start), np.int64), np.zeros(len(start), np.int64)
    going = np.ones(len(start), np.bool_)
    for step in range(3):
        byte = data[start + 6 + step].astype(np.int64) - ord("A")
        going &= (byte >= 0) & (byte < 26)
        if not going.any():
            break
        column = np.where(going, column * 26 + byte + 1, column)
        letters += going
    _need((letters > 0).all() and (column <= MAX_COLUMN).all())
    number = np.zeros(len(start), np.int64)
    place = start + 6 + letters
    for step in range(int(digits.max(initial=0))):
        within = step < digits
        byte = data[place + step].astype(np.int64) - ord("0")
        _need((~within | (byte >= 0) & (byte <= 9)).all())
        number = np.where(within, number * 10 + byte, number)
    _need((number == rows).all() and (data[place + digits] == ord('"')).all())
    return column - 1, place + digits + 1


@dataclass(frozen=True, slots=True)
class _Places:
    """Which cell a tag belongs to, and where that cell is."""

    tags: _Tags
    cells: _Ints
    rows: _Ints
    columns: _Ints
    kinds: npt.NDArray[np.int8]

    def cell_of(self, tags: _Ints) -> _Ints:
        """The index into the cells of the cell that each tag stands in."""
        return np.searchsorted(self.cells, tags, "right") - 1

    def at(self, cell: int) -> tuple[int, int]:
        """Row number and column index."""
        return int(self.rows[cell]), int(self.columns[cell])

    def errors(self, block: bytes) -> list[tuple[int, int, str]]:
        """Cells that hold an error, with its name."""
        wrong = np.flatnonzero(self.kinds == ERROR).tolist()
        return [(*self.at(cell), self._shown(block, int(self.cells[cell]))) for cell in wrong]

    def uncalculated(self) -> list[tuple[int, int]]:
        """Formulas without a stored value; an empty text is a value."""
        kind = self.tags.kind
        formula = np.flatnonzero((kind == FORMULA_END) | (kind == FORMULA_EMPTY))
        after = kind[formula + 1]
        missing = after == CELL_END
        empty = (after == VALUE_EMPTY) | ((after == VALUE) & ~self.tags.has_text[formula + 1])
        cells = self.cell_of(formula)
        of_text = self.kinds[cells] == STRING
        wanted = (missing | (empty & ~of_text)) & (self.kinds[cells] != ERROR)
        return [self.at(cell) for cell in cells[wanted].tolist()]

    def zero_formulas(self, data: _Bytes) -> list[tuple[int, int]]:
        """Formulas whose stored number is 0."""
        tags = self.tags
        value = np.flatnonzero((tags.kind == FORMULA_END) | (tags.kind == FORMULA_EMPTY)) + 1
        value = value[(tags.kind[value] == VALUE) & tags.has_text[value]]
        short = tags.start[value + 1] - tags.end[value] == 2
        zero = value[short & (data[tags.end[value] + 1] == ord("0"))]
        cells = self.cell_of(zero)
        return [self.at(cell) for cell in cells[self.kinds[cells] == NUMBER].tolist()]

    def _shown(self, block: bytes, tag: int) -> str:
        """The stored text of the cell whose tag is given."""
        for value in range(tag + 1, min(tag + 6, len(self.tags.kind))):
            if self.tags.kind[value] == VALUE:
                text = block[int(self.tags.end[value]) + 1 : int(self.tags.start[value + 1])]
                return text.decode("utf-8", "replace")
        return ""
