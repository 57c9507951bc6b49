"""A plain workbook of the cells of a file that is no .xlsx: values, no formats.

It is written by hand, row by row: a library takes several minutes for a million rows.
"""

import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from math import isfinite
from pathlib import Path

from loaders.heading import letter
from loaders.marked.links import TRANSITIONAL
from loaders.marked.listing import free_name
from loaders.marked.xml_text import xml_text
from loaders.raw import Cell, RawSheet, Share

LEVEL = 2
_ROWS = 10_000
"""Rows that are written at once."""
_FORMATS: Mapping[type, str] = {
    str: "@",
    datetime: "yyyy\\-mm\\-dd\\ hh:mm:ss",
    date: "yyyy\\-mm\\-dd",
    time: "hh:mm:ss",
    timedelta: "[h]:mm:ss",
    Share: "0.00%",
}
_STYLE = {kind: number for number, kind in enumerate(_FORMATS, 1)}
_FIRST_FORMAT = 164
"""Numbers below are the programs' own."""
_EPOCH = datetime(1899, 12, 30)
_DAY = timedelta(days=1)
_NOT_IN_NAMES = str.maketrans({mark: "_" for mark in "[]:*?/\\'"})
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def write_plain(sheets: Iterable[RawSheet], path: Path) -> dict[str, str]:
    """Write the sheets' cells where they stood; from each sheet's name to the one it has now.

    Texts stay texts, whatever they look like.
    """
    names: dict[str, str] = {}
    hidden: list[bool] = []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as package:
        for number, sheet in enumerate(sheets, 1):
            names[sheet.name] = _name(sheet.name, names.values())
            hidden.append(sheet.hidden)
            with package.open(_member(number), "w", force_zip64=True) as stream:
                for piece in _sheet(sheet):
                    stream.write(piece.encode("utf-8", "replace"))
        for member, markup in _frame(list(names.values()), hidden).items():
            package.writestr(member, markup)
    return names


def _sheet(sheet: RawSheet) -> Iterator[str]:
    yield f'<worksheet xmlns="{TRANSITIONAL.main}"><sheetData>'
    letters = [letter(column) for column in range(max(map(len, sheet.rows), default=0))]
    texts: dict[str, str] = {}
    for start in range(0, len(sheet.rows), _ROWS):
        rows = enumerate(sheet.rows[start : start + _ROWS], sheet.first_row + start)
        yield "".join([_row(number, row, letters, texts) for number, row in rows])
        texts.clear()
    yield "</sheetData></worksheet>"


def _row(number: int, row: Sequence[Cell], letters: list[str], texts: dict[str, str]) -> str:
    """A row; `texts` remembers what repeats itself."""
    cells = []
    for name, cell in zip(letters, row, strict=False):
        if cell is None:
            continue
        if cell.__class__ is str:
            known = texts.get(cell) or texts.setdefault(cell, _text(cell))
            cells.append(f'<c r="{name}{number}" {known}</c>')
        else:
            cells.append(f'<c r="{name}{number}" {_number(cell)}</c>')
    return f'<row r="{number}">{"".join(cells)}</row>'


def _text(text: str) -> str:
    space = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
    return f's="{_STYLE[str]}" t="inlineStr"><is><t{space}>{xml_text(text)}</t></is>'


def _number(cell: Cell) -> str:
    match cell:
        case bool():
            return f't="b"><v>{int(cell)}</v>'
        case datetime():
            value = (cell.replace(tzinfo=None) - _EPOCH) / _DAY
        case date():
            value = float((cell - _EPOCH.date()).days)
        case time():
            value = (datetime.combine(_EPOCH, cell) - _EPOCH) / _DAY
        case timedelta():
            value = cell / _DAY
        case _:
            value = float(cell or 0)
    if not isfinite(value):
        return 't="e"><v>#NUM!</v>'
    style = f's="{_STYLE[type(cell)]}"' if type(cell) in _STYLE else ""
    return f"{style}><v>{value!r}</v>"


def _member(number: int) -> str:
    return f"xl/worksheets/sheet{number}.xml"


def _name(name: str, taken: Iterable[str]) -> str:
    """The name as a sheet may have it, and no other sheet has."""
    shown = "".join(c for c in name.translate(_NOT_IN_NAMES) if c.isprintable())
    return free_name(shown.strip() or "Sheet", taken)


def _frame(names: Sequence[str], hidden: Sequence[bool]) -> dict[str, str]:
    """All parts but the sheets."""
    numbers = range(1, len(names) + 1)
    # A workbook whose sheets are all hidden is none.
    states = [' state="hidden"' if one and not all(hidden) else "" for one in hidden]
    sheets = "".join(
        f'<sheet name="{xml_text(name)}" sheetId="{number}"{state} r:id="rId{number}"/>'
        for number, name, state in zip(numbers, names, states, strict=True)
    )
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{TRANSITIONAL.links}/worksheet" '
        f'Target="/{_member(number)}"/>'
        for number in numbers
    )
    types = "".join(
        f'<Override PartName="/{_member(number)}" ContentType="{_TYPE}.worksheet+xml"/>'
        for number in numbers
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{TRANSITIONAL.links}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{TRANSITIONAL.main}" xmlns:r="{TRANSITIONAL.links}">'
        f"<bookViews><workbookView/></bookViews><sheets>{sheets}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{links}'
        f'<Relationship Id="rIdStyles" Type="{TRANSITIONAL.links}/styles" '
        'Target="/xl/styles.xml"/></Relationships>',
        "xl/styles.xml": _styles(),
    }


def _styles() -> str:
    numbers = range(_FIRST_FORMAT, _FIRST_FORMAT + len(_FORMATS))
    formats = "".join(
        f'<numFmt numFmtId="{number}" formatCode="{xml_text(written)}"/>'
        for number, written in zip(numbers, _FORMATS.values(), strict=True)
    )
    styles = "".join(f'<xf numFmtId="{number}" applyNumberFormat="1"/>' for number in numbers)
    return (
        f'<styleSheet xmlns="{TRANSITIONAL.main}"><numFmts count="{len(numbers)}">{formats}'
        f'</numFmts><cellXfs count="{len(numbers) + 1}"><xf numFmtId="0"/>{styles}</cellXfs>'
        "</styleSheet>"
    )
