"""Cells of .csv and other separated text; every cell is text as it stands."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path, PurePath

from loaders.container import Container
from loaders.decoding import decode
from loaders.limits import Limits
from loaders.problem import Problem, RefusedFile
from loaders.raw import Cell, RawSheet

DELIMITERS = (",", ";", "\t", "|")
PROBED = 500
"""Records that are looked at to find the delimiter."""
EXCEL_COLUMNS = 16_384
LISTED = 100
"""Ragged records that are listed one by one."""
_DECLARED = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)


def read(
    path: Path, container: Container, limits: Limits, encoding: str | None, delimiter: str | None
) -> RawSheet:
    """The one sheet of a text file, named like the file.

    A row is a record, blank ones included, as Excel numbers them. Raises RefusedFile with every
    record that is shorter or longer than the table, and where a quote does not close.
    """
    file = container.name
    decoded = decode(path.read_bytes(), file, encoding)
    text = decoded.text
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise RefusedFile([_broken(file, line, "csv_nul")])
    if found := _DECLARED.match(text):
        delimiter, text = delimiter or found[1], text[found.end() :]
    delimiter = delimiter or _delimiter(text, file)
    records = list(_records(text, delimiter, file, limits))
    rows = _level(records, file, limits)
    return RawSheet(
        name=PurePath(file).stem or file,
        rows=rows,
        encoding=decoded.encoding,
        delimiter=delimiter,
    )


def _records(text: str, delimiter: str, file: str, limits: Limits) -> Iterator[list[str]]:
    csv.field_size_limit(limits.text + 1)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begun = 1
    try:
        for number, record in enumerate(reader, 1):
            if len(record) > EXCEL_COLUMNS or any(record[limits.columns :]):
                raise RefusedFile([_limit("TOO_MANY_COLUMNS", file, limits.columns)])
            if number > limits.rows:
                raise RefusedFile([_limit("TOO_MANY_ROWS", file, limits.rows)])
            yield record
            begun = reader.line_num + 1
    except csv.Error as error:
        raise RefusedFile([_quotes(file, begun, error, limits.text)]) from error


def _level(records: list[list[str]], file: str, limits: Limits) -> list[list[Cell]]:
    """Rows of one width; titles above the table may be shorter, empty fields to the right go."""
    widths = [_width(record) for record in records]
    counts = Counter(len(record) for record, width in zip(records, widths, strict=True) if width)
    if not counts:
        return []
    table = max(counts, key=lambda width: (counts[width], width))
    first = next(i for i, record in enumerate(records) if widths[i] and len(record) == table)
    ragged = [
        _broken(file, number, "csv_width", fields=len(record), table=table)
        for number, (record, width) in enumerate(zip(records, widths, strict=True), 1)
        if width > table or (width and len(record) < table and number > first)
    ]
    if ragged:
        raise RefusedFile(ragged[:LISTED])
    if table > limits.columns:
        raise RefusedFile([_limit("TOO_MANY_COLUMNS", file, limits.columns)])
    while not widths[-1]:
        records.pop()
        widths.pop()
    return [_cells(record, table) for record in records]


def _width(record: list[str]) -> int:
    """The number of fields up to the last that is not empty."""
    if record and record[-1]:
        return len(record)
    return next((i for i in range(len(record), 0, -1) if record[i - 1]), 0)


def _cells(record: list[str], width: int) -> list[Cell]:
    cells: list[Cell] = [field or None for field in record[:width]]
    return cells + [None] * (width - len(cells))


def _delimiter(text: str, file: str) -> str:
    """The delimiter that splits most records into one and the same number of fields.

    Two that do so equally well are told apart by the number of fields; with the same number
    the file is refused.
    """
    scores = {mark: _agreement(text, mark) for mark in DELIMITERS}
    best = max(scores.values())
    if best[0] == 0.0:
        return ","
    winners = [mark for mark in DELIMITERS if scores[mark] == best]
    if len(winners) > 1:
        raise RefusedFile([_broken(file, 1, "csv_delimiter")])
    return winners[0]


def _agreement(text: str, delimiter: str) -> tuple[float, int]:
    """(share of records with the commonest number of fields, that number); (0, 0) if it is 1."""
    csv.field_size_limit(len(text) + 1)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    widths = Counter(len(record) for record in islice(reader, PROBED) if any(record))
    if not widths:
        return 0.0, 0
    width, times = max(widths.items(), key=lambda item: (item[1], item[0]))
    return (round(times / widths.total(), 2), width) if width > 1 else (0.0, 0)


def _quotes(file: str, line: int, error: csv.Error, most: int) -> Problem:
    if "field limit" in str(error):
        return _broken(file, line, "csv_field", limit=most)
    return _broken(file, line, "csv_quote")


def _broken(file: str, line: int, detail: str, **facts: int) -> Problem:
    told = (("detail", detail), *((key, str(value)) for key, value in facts.items()))
    return Problem(code="CSV_STRUCTURE", file=file, row=line, facts=told)


def _limit(code: str, file: str, limit: int) -> Problem:
    return Problem(code=code, file=file, facts=(("limit", str(limit)),))
