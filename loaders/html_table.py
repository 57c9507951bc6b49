"""Cells of the tables of a saved web page; every cell is text as it stands."""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from loaders.container import Container
from loaders.limits import Limits
from loaders.page import text_of
from loaders.problem import Problem, RefusedFile
from loaders.raw import Cell, RawSheet

SPAN = 1_000
"""A cell may span so many columns or rows."""
_BLOCKS = {"br", "p", "div", "li"}


def read(
    path: Path, container: Container, limits: Limits, encoding: str | None
) -> Iterator[RawSheet]:
    """Every table with a cell in it, named table 1, table 2 and so on."""
    parser = _Tables(container.name, limits)
    parser.feed(text_of(path.read_bytes(), container.name, encoding))
    parser.close()
    filled = [rows for rows in parser.tables if any(cell for row in rows for cell in row)]
    for number, rows in enumerate(filled, 1):
        width = max(map(len, rows))
        yield RawSheet(
            name=f"table {number}", rows=[row + [None] * (width - len(row)) for row in rows]
        )


class _Tables(HTMLParser):
    """Collects the rows of every table; a table within a cell is a table of its own."""

    def __init__(self, file: str, limits: Limits) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[Cell]]] = []
        self._file = file
        self._limits = limits
        self._open: list[int] = []
        self._text: list[str] | None = None
        self._span = 1
        self._below: dict[tuple[int, int], int] = {}
        "Rows that a cell still reaches down, by table and column."

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._end_cell()
            self.tables.append([])
            self._open.append(len(self.tables) - 1)
        elif tag == "tr" and self._open:
            self._end_cell()
            self._start_row()
        elif tag in ("td", "th") and self._open:
            self._end_cell()
            self._start_cell(dict(attrs))
        elif tag in _BLOCKS and self._text:
            self._text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._end_cell()
        if tag == "table" and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def _start_row(self) -> None:
        rows = self.tables[self._open[-1]]
        rows.append([])
        if len(rows) > self._limits.rows:
            raise self._refused("TOO_MANY_ROWS", self._limits.rows)
        self._skip_spanned()

    def _start_cell(self, attributes: dict[str, str | None]) -> None:
        if not self.tables[self._open[-1]]:
            self._start_row()
        self._text = []
        self._span = _span(attributes.get("colspan"))
        reach = _span(attributes.get("rowspan"))
        table, column = self._open[-1], len(self.tables[self._open[-1]][-1])
        for place in range(column, column + self._span):
            if reach > 1:
                self._below[table, place] = reach - 1

    def _end_cell(self) -> None:
        if self._text is None or not self._open:
            return
        lines = (" ".join(line.split()) for line in "".join(self._text).split("\n"))
        row = self.tables[self._open[-1]][-1]
        row += ["\n".join(filter(None, lines)) or None, *[None] * (self._span - 1)]
        self._text = None
        if len(row) > self._limits.columns:
            raise self._refused("TOO_MANY_COLUMNS", self._limits.columns)
        self._skip_spanned()

    def _skip_spanned(self) -> None:
        """Leave the places empty into which cells of earlier rows reach."""
        table = self._open[-1]
        row = self.tables[table][-1]
        first = len(self.tables[table]) == 1
        while not first and (left := self._below.get((table, len(row)), 0)):
            self._below[table, len(row)] = left - 1
            row.append(None)

    def _refused(self, code: str, limit: int) -> RefusedFile:
        return RefusedFile([Problem(code=code, file=self._file, facts=(("limit", str(limit)),))])


def _span(text: str | None) -> int:
    number = int(text) if text and text.isascii() and text.strip().isdigit() else 1
    return min(max(number, 1), SPAN)
