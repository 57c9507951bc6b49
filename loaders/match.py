"""Which mapping a file calls for by its name and headers."""

import csv
import io
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Map
from fnmatch import fnmatch
from pathlib import Path

from loaders.cell import cell_text, is_blank
from loaders.heading import normalise
from loaders.mapping import Mapping
from loaders.raw import Cell
from loaders.recognise import SCANNED

PEEKED_BYTES = 1 << 16
_DELIMITERS = (",", ";", "\t", "|")


def matching(
    mappings: Iterable[Mapping], file: str, rows: Sequence[Sequence[Cell]]
) -> tuple[Mapping, ...]:
    """The mappings that fit a sheet best: none, one, or several that fit equally well."""
    fitting = [mapping for mapping in mappings if applies(mapping, file, rows)]
    closest = max((len(mapping.match.headers) for mapping in fitting), default=0)
    return tuple(mapping for mapping in fitting if len(mapping.match.headers) == closest)


def applies(mapping: Mapping, file: str, rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether name, width and headers of a sheet are those the mapping asks for."""
    match = mapping.match
    if match.file and not fnmatch(file.casefold(), match.file.casefold()):
        return False
    if match.width and _width(rows) != match.width:
        return False
    wanted = {normalise(header).key for header in match.headers}
    return any(wanted <= {normalise(cell_text(cell)).key for cell in row} for row in rows[:SCANNED])


def matching_text(mappings: Map[str, Mapping], file: str, path: Path) -> Mapping | None:
    """The mapping with an encoding or delimiter of its own that the start of a text file fits.

    These have to be known before the file can be read; the other mappings are tried after it.
    """
    with path.open("rb") as stream:
        start = stream.read(PEEKED_BYTES)
    for mapping in mappings.values():
        if mapping.encoding or mapping.delimiter:
            text = start.decode(mapping.encoding or "utf-8", errors="replace")
            for delimiter in [mapping.delimiter] if mapping.delimiter else _DELIMITERS:
                rows = _rows(text, delimiter)
                if applies(mapping, file, rows):
                    return mapping
    return None


def _width(rows: Sequence[Sequence[Cell]]) -> int:
    """Columns up to the last that has a value in one of the first rows."""
    return max(
        (
            position + 1
            for row in rows[:SCANNED]
            for position, cell in enumerate(row)
            if not is_blank(cell)
        ),
        default=0,
    )


def _rows(text: str, delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text), delimiter=delimiter):
            rows.append(row)
            if len(rows) == SCANNED:
                break
    except csv.Error:
        # What was read so far decides; the reader proper will say what is wrong.
        pass
    return rows
