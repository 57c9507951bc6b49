"""The XML of a worksheet with some of its cells coloured; all other bytes go through as they are.

A sheet may have a million rows, so it is read in pieces, row by row; only rows with a cell to be
coloured are looked into.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from loaders.heading import index_of, letter
from loaders.marked.notes import Place
from loaders.marked.outline import (
    ATTRIBUTES,
    LARGEST,
    Outline,
    Unusual,
    ascii_bytes,
    with_attributes,
)
from loaders.marked.styles import Mark

Style = Callable[[int, Mark], int]
"""From a cell's style and how it is to be marked to the style it gets."""

_AFTER_COMMENTS = {
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
    "AlternateContent",
}
"""What follows the reference to the comments in a worksheet."""
_ROOT = re.compile(rb"<(?:([\w.-]+):)?worksheet[\s>]")
_SELECTED = re.compile(rb"""\stabSelected\s*=\s*("[^"]*"|'[^']*')""")
_NUMBER = re.compile(rb"""\sr\s*=\s*["'](\d+)["']""")
_STYLE = re.compile(rb"""\ss\s*=\s*["'](\d+)["']""")
_REFERENCE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]+)\d+["']""")
_CUSTOM = re.compile(rb"""\scustomFormat\s*=\s*["'](?:1|true)["']""")


class SheetMarker:
    """Rewrites one worksheet."""

    def __init__(self, cells: Mapping[Place, Mark], style: Style, *, notes: str | None) -> None:
        """`notes` are the attributes that refer to the drawing of the notes, if it is new."""
        self._todo: dict[int, dict[int, Mark]] = {}
        for (row, column), mark in sorted(cells.items()):
            self._todo.setdefault(row, {})[column] = mark
        self._style = style
        self._notes = notes
        self.drawing: str | None = None
        """The id of the drawing of notes that was there already; known at the end."""
        self._columns: list[tuple[int, int, int]] = []
        self._last = 0
        self._p = b""

    def rewritten(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """The sheet in pieces. Raises Unusual where it cannot be changed in place."""
        head, opened, rest = _until(chunks, b"sheetData")
        yield self._head(head)
        end = b"</" + self._p + b"sheetData>"
        if opened.endswith(b"/>"):
            opened, rest = opened[:-2].rstrip() + b">", end + rest
        if not opened.startswith(b"<" + self._p + b"sheetData"):
            raise Unusual("the rows have another prefix")
        yield opened
        pending = rest
        row_tag = re.compile(rb"<" + self._p + rb"row(?=[\s/>])" + ATTRIBUTES + rb"/?>")
        while (stop := pending.find(end)) < 0:
            # The last row may go on in the next piece.
            rows = list(row_tag.finditer(pending))
            cut = rows[-1].start() if rows else 0
            yield self._rows(pending[:cut], rows[:-1])
            chunk = next(chunks, None)
            if chunk is None:
                raise Unusual("the rows do not end")
            pending = _plain(pending[cut:] + chunk)
        yield self._rows(pending[:stop], list(row_tag.finditer(pending, 0, stop)))
        yield from (self._new_row(row) for row in list(self._todo))
        yield end
        yield from self._tail(pending[stop + len(end) :], chunks)

    def _head(self, head: bytes) -> bytes:
        root = _ROOT.search(head)
        if root is None:
            raise Unusual("the part is no worksheet in UTF-8")
        self._p = root[1] + b":" if root[1] else b""
        column = re.compile(rb"<" + self._p + rb"col\s" + ATTRIBUTES + rb"/?>")
        for tag in column.findall(head):
            found = [re.search(rb"\s" + name + rb'\s*=\s*["\'](\d+)', tag) for name in _SPAN]
            if all(found):
                first, last, style = (int(one[1]) for one in found if one)
                self._columns.append((first, last, style))
        # Two selected sheets would be a group: what is typed into one goes into both.
        return _SELECTED.sub(b"", head)

    def _rows(self, data: bytes, rows: list[re.Match[bytes]]) -> bytes:
        """Whole rows, with what is to be coloured in them and between them."""
        if not self._todo:
            return data
        pieces: list[bytes] = []
        done = 0
        for place, tag in enumerate(rows):
            found = _NUMBER.search(tag[0])
            number = int(found[1]) if found else self._last + 1
            if number <= self._last:
                raise Unusual("the rows are not in order")
            self._last = number
            wanted = next(iter(self._todo), number + 1)
            if wanted > number:
                continue
            pieces.append(data[done : tag.start()])
            while wanted < number:
                pieces.append(self._new_row(wanted))
                wanted = next(iter(self._todo), number + 1)
            end = rows[place + 1].start() if place + 1 < len(rows) else len(data)
            row = data[tag.start() : end]
            pieces.append(self._row(number, row, tag[0]) if wanted == number else row)
            done = end
        return b"".join([*pieces, data[done:]])

    def _row(self, number: int, row: bytes, tag: bytes) -> bytes:
        wanted = self._todo.pop(number)
        end = b"</" + self._p + b"row>"
        base = _STYLE.search(tag) if _CUSTOM.search(tag) else None
        opened = with_attributes(tag, {"spans": None})
        if tag.endswith(b"/>"):
            content, after = b"", row[len(tag) :]
            opened = opened[:-2].rstrip() + b">"
        else:
            content, closed, after = row[len(tag) :].rpartition(end)
            if not closed:
                raise Unusual("a row does not end")
        default = int(base[1]) if base else None
        return opened + self._cells(number, content, wanted, default) + end + after

    def _cells(
        self, number: int, content: bytes, wanted: dict[int, Mark], default: int | None
    ) -> bytes:
        """The cells of a row, those that are to be coloured made where there are none."""
        pieces: list[bytes] = []
        left = dict(wanted)
        done, last = 0, -1
        for tag in self._cell_tag().finditer(content):
            found = _REFERENCE.search(tag[0])
            column = index_of(found[1].decode()) if found else last + 1
            if column <= last:
                raise Unusual("the cells are not in order")
            last = column
            pieces.append(content[done : tag.start()])
            for missing in [one for one in left if one < column]:
                pieces.append(self._new_cell(number, missing, left.pop(missing), default))
            mark = left.pop(column, None)
            style = _STYLE.search(tag[0])
            base = int(style[1]) if style else 0
            new = (
                tag[0] if mark is None else with_attributes(tag[0], {"s": self._style(base, mark)})
            )
            pieces.append(new)
            done = tag.end()
        if left:
            done, rest = self._after_cells(content, done)
            pieces.append(rest)
            pieces += [self._new_cell(number, one, mark, default) for one, mark in left.items()]
        return b"".join([*pieces, content[done:]])

    def _after_cells(self, content: bytes, done: int) -> tuple[int, bytes]:
        """Where the last cell, whose tag ends at `done`, itself ends, and what lies between."""
        if done == 0 or content[done - 2 : done] == b"/>":
            return done, b""
        close = b"</" + self._p + b"c>"
        end = content.find(close, done)
        if end < 0:
            raise Unusual("a cell does not end")
        return end + len(close), content[done : end + len(close)]

    def _cell_tag(self) -> re.Pattern[bytes]:
        return re.compile(rb"<" + self._p + rb"c(?=[\s/>])" + ATTRIBUTES + rb"/?>")

    def _new_row(self, number: int) -> bytes:
        cells = self._cells(number, b"", self._todo.pop(number), None)
        tag = b'<%srow r="%d">' % (self._p, number)
        return tag + cells + b"</" + self._p + b"row>"

    def _new_cell(self, row: int, column: int, mark: Mark, default: int | None) -> bytes:
        base = default
        if base is None:
            spans = (style for first, last, style in self._columns if first <= column + 1 <= last)
            base = next(spans, 0)
        style = self._style(base, mark)
        return b'<%sc r="%s%d" s="%d"/>' % (self._p, letter(column).encode(), row, style)

    def _tail(self, start: bytes, chunks: Iterator[bytes]) -> Iterator[bytes]:
        if self._notes is None:
            yield start
            yield from chunks
            return
        tail = start
        for chunk in chunks:
            tail += chunk
            if len(tail) > LARGEST:
                raise Unusual("what follows the rows is too large")
        cut = tail.rfind(b"</")
        opened = b"<rest>" + tail[:cut] + b"</rest>"
        part = Outline(opened, depth=3)
        children = part.root.children
        if known := part.root.first("legacyDrawing"):
            self.drawing = known.get("id")
            yield tail
            return
        later = [child.start for child in children if child.name in _AFTER_COMMENTS]
        place = min(later, default=part.root.close) - part.root.inside
        p = self._p.decode()
        yield tail[:place] + ascii_bytes(f"<{p}legacyDrawing {self._notes}/>") + tail[place:]


_SPAN = (b"min", b"max", b"style")


def _until(chunks: Iterator[bytes], name: bytes) -> tuple[bytes, bytes, bytes]:
    """What comes before the first tag of that name, the tag, and the rest so far."""
    wanted = re.compile(rb"<(?:[\w.-]+:)?" + name + rb"(?=[\s/>])" + ATTRIBUTES + rb"/?>")
    head = b""
    for chunk in chunks:
        head = _plain(head + chunk)
        if found := wanted.search(head):
            return head[: found.start()], found[0], head[found.end() :]
        if len(head) > LARGEST:
            break
    raise Unusual("there are no rows")


def _plain(data: bytes) -> bytes:
    """The data, if it holds neither comments nor literal sections, where tags would be none."""
    if b"<!" in data:
        raise Unusual("there are comments in the part")
    return data
