"""The cells of a file, sheet by sheet, as the file holds them: nothing is converted here."""

from collections.abc import Iterator
from pathlib import Path

from loaders import delimited, html_table, spreadsheet
from loaders.container import Container
from loaders.limits import DEFAULT, Limits
from loaders.raw import Cell, RawSheet

__all__ = ["Cell", "RawSheet", "read_sheets"]


def read_sheets(
    path: Path,
    container: Container,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    limits: Limits = DEFAULT,
) -> Iterator[RawSheet]:
    """Every worksheet in the workbook's order, hidden ones included.

    `encoding` and `delimiter` concern text files; without them the file's own evidence decides.
    Raises RefusedFile for what the reader finds damaged, ragged or too large.
    """
    match container.kind:
        case "xlsx" | "xls":
            return spreadsheet.read(path, container, limits)
        case "csv":
            return iter([delimited.read(path, container, limits, encoding, delimiter)])
        case "html":
            return html_table.read(path, container, limits, encoding)
