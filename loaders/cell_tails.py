"""How the tags of cells end, behind the reference: style and type, in a handful of ways per sheet.

A million cells share a dozen such endings. Each is understood once, as text; which cell has which
is found by comparing eight bytes at a time.
"""

import re

import numpy as np
import numpy.typing as npt

WIDEST = 32
"""Bytes of the longest ending that is looked at."""
MOST = 250
"""Different endings in a sheet; more are left to the parser."""
NUMBER, STRING, ERROR, OTHER = 0, 1, 2, 3
_KINDS = {b"": NUMBER, b"n": NUMBER, b"str": STRING, b"e": ERROR}
_ATTRIBUTE = re.compile(rb' ([A-Za-z_:][A-Za-z0-9_:.-]*)="[^"<&]*"')
_ATTRIBUTES = re.compile(rb'(?: [A-Za-z_:][A-Za-z0-9_:.-]*="[^"<&]*")*/?')
_STYLE = re.compile(rb' s="([^"]*)"')
_TYPE = re.compile(rb' t="([^"]*)"')
_MASKS = np.array([(1 << 8 * bytes_) - 1 for bytes_ in range(9)], np.uint64)
_Bytes = npt.NDArray[np.uint8]
_Ints = npt.NDArray[np.int64]


class Unknown(Exception):
    """An ending is not one that spreadsheet programs write."""


def is_attributes(ending: bytes) -> bool:
    """Whether `ending` is attributes alone, and perhaps the slash of an empty tag.

    None may stand twice, nor be the reference, which stands before the ending.
    """
    if not ending:
        return True
    names = [b"r", *_ATTRIBUTE.findall(ending)]
    return _ATTRIBUTES.fullmatch(ending) is not None and len(names) == len(set(names))


class CellTails:
    """The endings met in one sheet; `kinds` and `percent` tell what each means, by its number."""

    def __init__(self, percent_styles: frozenset[str]) -> None:
        self._percent_styles = percent_styles
        self._numbers: dict[bytes, int] = {}
        self.kinds = np.zeros(0, np.int8)
        self.percent = np.zeros(0, np.bool_)

    def of(self, data: _Bytes, start: _Ints, length: _Ints) -> npt.NDArray[np.int16]:
        """The number of each cell's ending, which begins at `start`. Raises Unknown."""
        if len(length) and (length.min() < 0 or length.max() > WIDEST):
            raise Unknown
        words = [
            _word(data, start, length, step) for step in range(0, int(length.max(initial=0)), 8)
        ]
        found = np.full(len(start), -1, np.int16)
        for ending, number in self._numbers.items():
            found[_same(words, length, ending)] = number
        while len(rest := np.flatnonzero(found < 0)):
            first = int(rest[0])
            ending = data[start[first] : start[first] + length[first]].tobytes()
            found[_same(words, length, ending)] = self._learn(ending)
        return found

    def counted(self, columns: _Ints) -> _Ints:
        """Cells by column index, where the workbook has percentages at all."""
        return np.bincount(columns if self._percent_styles else columns[:0], minlength=1)

    def _learn(self, ending: bytes) -> int:
        if not is_attributes(ending) or len(self._numbers) >= MOST:
            raise Unknown
        style, kind = _STYLE.search(ending), _TYPE.search(ending)
        shows_percent = (
            style[1].decode("utf-8", "replace") if style else "0"
        ) in self._percent_styles
        self.kinds = np.append(self.kinds, np.int8(_KINDS.get(kind[1] if kind else b"", OTHER)))
        self.percent = np.append(self.percent, shows_percent)
        number = self._numbers[ending] = len(self._numbers)
        return number


def _word(data: _Bytes, start: _Ints, length: _Ints, step: int) -> npt.NDArray[np.uint64]:
    """Eight bytes of each ending from `step` on, zero where it is over."""
    everywhere = np.ndarray((len(data) - 7,), "<u8", data, strides=(1,))
    word = everywhere[np.minimum(start + step, len(everywhere) - 1)]
    result: npt.NDArray[np.uint64] = word & _MASKS[np.clip(length - step, 0, 8)]
    return result


def _same(
    words: list[npt.NDArray[np.uint64]], length: _Ints, ending: bytes
) -> npt.NDArray[np.bool_]:
    """Which endings are this one."""
    same: npt.NDArray[np.bool_] = length == len(ending)
    for step, word in enumerate(words):
        same &= word == int.from_bytes(ending[8 * step : 8 * step + 8], "little")
    return same
