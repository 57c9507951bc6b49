"""The first sheet of a marked workbook: every problem, with links to the cells.

It is known again by its first cell, so that the workbook, once put right, loads by itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from loaders.cell import cell_text
from loaders.heading import letter
from loaders.marked.notes import MARK
from loaders.marked.styles import Look, Styles
from loaders.marked.xml_text import xml_text
from loaders.raw import RawSheet

_TITLE = f"{MARK} · "
_WIDTHS = (10, 22, 9, 22, 28, 26, 60, 60)
_LONGEST_NAME = 31
"""Characters of a sheet's name, as UTF-16 counts them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One problem of the list, in the reader's words."""

    severity: Literal["error", "warning"]
    link: tuple[str, str] | None
    """The workbook's sheet and the cell, as G7, that it is about."""
    texts: tuple[str, ...]
    """Severity, sheet, cell, header, found, expected, what is wrong, what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The list."""

    sheet: str
    """What it is to be called."""
    title: str
    file: str
    """What the person called the file; a line of its own, and read again."""
    remarks: tuple[str, ...]
    head: tuple[str, ...]
    """The names of the columns, as many as a line has texts."""
    lines: tuple[Line, ...]


def is_list(sheet: RawSheet) -> bool:
    """Whether a sheet is the list of a workbook that was marked before."""
    return bool(sheet.rows and sheet.rows[0]) and cell_text(sheet.rows[0][0]).startswith(_TITLE)


def file_of(sheet: RawSheet) -> str:
    """The name of the file that was marked, from its list; nothing where it was deleted."""
    return cell_text(sheet.rows[1][0]) if len(sheet.rows) > 1 else ""


def free_name(wanted: str, taken: Iterable[str]) -> str:
    """A name for a sheet: the wanted one, cut and numbered where it has to be."""
    used = {one.casefold() for one in taken}
    name, number = _cut(wanted, _LONGEST_NAME), 1
    while name.casefold() in used:
        number += 1
        ending = f" ({number})"
        name = _cut(wanted, _LONGEST_NAME - len(ending)) + ending
    return name


def list_sheet(listing: Listing, styles: Styles, main: str) -> bytes:
    """The list as a worksheet in the namespace `main`."""
    rows: list[list[tuple[str, Look]]] = [
        [(f"{_TITLE}{listing.title}", "title")],
        [(listing.file, "file")],
    ]
    for remark in listing.remarks:
        rows.append([(remark, "file")])
    rows += [[], [(text, "head") for text in listing.head]]
    top = len(rows)
    links = []
    for number, line in enumerate(listing.lines, top + 1):
        rows.append(_cells(line))
        if line.link:
            links.append(_link(f"C{number}", *line.link))
    return "".join(
        [
            f'<worksheet xmlns="{main}"><sheetViews><sheetView tabSelected="1" workbookViewId="0">'
            f'<pane ySplit="{top}" topLeftCell="A{top + 1}" activePane="bottomLeft" '
            'state="frozen"/></sheetView></sheetViews><cols>',
            *(
                f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
                for place, width in enumerate(_WIDTHS, 1)
            ),
            "</cols><sheetData>",
            *(_row(number, row, styles) for number, row in enumerate(rows, 1)),
            "</sheetData>",
            f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else "",
            "</worksheet>",
        ]
    ).encode()


def _cells(line: Line) -> list[tuple[str, Look]]:
    looks: list[Look] = ["text"] * len(line.texts)
    looks[0] = line.severity
    if line.link:
        looks[2] = "link"
    return list(zip(line.texts, looks, strict=True))


def _row(number: int, cells: Sequence[tuple[str, Look]], styles: Styles) -> str:
    # Strings stand in their cells as strings, so that none is ever taken for a formula.
    written = "".join(
        f'<c r="{letter(column)}{number}" s="{styles.look(look)}" t="inlineStr">'
        f'<is><t xml:space="preserve">{xml_text(text)}</t></is></c>'
        for column, (text, look) in enumerate(cells)
        if text
    )
    return f'<row r="{number}">{written}</row>'


def _link(reference: str, sheet: str, cell: str) -> str:
    quoted = sheet.replace("'", "''")
    place = xml_text(f"'{quoted}'!{cell}")
    return f'<hyperlink ref="{reference}" location="{place}"/>'


def _cut(name: str, length: int) -> str:
    return name.encode("utf-16-le")[: 2 * length].decode("utf-16-le", "ignore")
