"""A sheet's data rows under their header, to be asked for columns by name."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from loaders.heading import index_of, letter, normalise
from loaders.raw import Cell, RawSheet

_NTH = re.compile(r"(.+)#(\d+)")


class MissingHeaders(Exception):
    """The header row lacks what a mapping names; `headers` lists it."""

    def __init__(self, headers: Sequence[str]) -> None:
        super().__init__(", ".join(headers))
        self.headers = tuple(headers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """The cells of one column, and where each came from."""

    cells: list[Cell]
    header: str | None
    letters: str | list[str] | None
    """One letter for all cells, or one for each; None where no single cell is behind them."""

    def letter(self, index: int) -> str | None:
        return self.letters[index] if isinstance(self.letters, list) else self.letters


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Rows of a sheet, with the columns that lie over them and those made from them."""

    file: str
    whole: RawSheet
    """The sheet they belong to."""
    rows: list[Sequence[Cell]]
    numbers: list[int]
    """The row number of each row as Excel counts."""
    texts: Sequence[str]
    """The headers as they are written, by position."""
    headers: Mapping[str, tuple[int, ...]]
    """Key of a header to the positions it stands over."""
    virtual: Mapping[str, Filled] = field(default_factory=lambda: MappingProxyType({}))
    """Columns that unpivoting made."""

    def filled(self, name: str) -> Filled | None:
        """The column called `name`; `name#2` is the second of that name. None if there is none."""
        if name in self.virtual:
            return self.virtual[name]
        found = positions_of(name, self.headers)
        return self.at(found[0], plain_name(name)) if found else None

    def at(self, position: int, header: str | None = None) -> Filled:
        """The column at a position that counts from 0."""
        cells = [row[position] if position < len(row) else None for row in self.rows]
        written = self.texts[position] if position < len(self.texts) else None
        return Filled(cells=cells, header=header or written, letters=letter(position))

    def same(self, cell: Cell, header: str | None = None) -> Filled:
        """A column that says the same in every row."""
        return Filled(cells=[cell] * len(self.rows), header=header, letters=None)

    def cell(self, address: str) -> Cell:
        """What stands at an address such as B2 of the sheet; None outside it."""
        name = address.rstrip("0123456789")
        position, row = index_of(name), int(address[len(name) :]) - self.whole.first_row
        rows = self.whole.rows
        return rows[row][position] if 0 <= row < len(rows) and position < len(rows[row]) else None

    def picked(self, keep: Sequence[int], virtual: Mapping[str, Filled]) -> "Grid":
        """The rows at these indices, in this order, with these columns made."""
        rows = [self.rows[index] for index in keep]
        numbers = [self.numbers[index] for index in keep]
        return replace(self, rows=rows, numbers=numbers, virtual=virtual)


def position_index(texts: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Key of a header to the positions it stands over."""
    found: dict[str, tuple[int, ...]] = {}
    for position, text in enumerate(texts):
        if text:
            key = normalise(text).key
            found[key] = (*found.get(key, ()), position)
    return found


def positions_of(name: str, headers: Mapping[str, tuple[int, ...]]) -> tuple[int, ...]:
    """Where a header stands; for `name#2` the second place alone."""
    nth = _NTH.fullmatch(name)
    if nth and (places := headers.get(normalise(nth[1]).key)):
        number = int(nth[2])
        return places[number - 1 : number] if number else ()
    return headers.get(normalise(name).key, ())


def plain_name(name: str) -> str:
    """The header that `name#2` speaks of."""
    nth = _NTH.fullmatch(name)
    return nth[1] if nth else name
