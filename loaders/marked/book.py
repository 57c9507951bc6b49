"""A workbook marked in place: its package with a few parts changed and a few added.

Everything else (formulas and their values, charts, pictures, pivot tables, sparklines, conditional
formats, printer settings) is carried over byte for byte.
"""

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO

from loaders.marked.boxes import NO_BOXES, boxes
from loaders.marked.links import Links, links_member
from loaders.marked.listing import Listing, list_sheet
from loaders.marked.notes import NO_NOTES, Notes, Place
from loaders.marked.outline import Outline
from loaders.marked.parts import Parts
from loaders.marked.sheet import SheetMarker
from loaders.marked.sheet_list import SheetList
from loaders.marked.styles import NO_STYLES, Mark, Styles
from loaders.package import Package
from loaders.workbook_parts import SheetPart

LEVEL = 2
"""How hard parts are packed: as most programs do. Harder takes twice the time, and what repeats
itself is then packed so tightly that it looks like a bomb."""
_SPREADSHEET = "vnd.openxmlformats-officedocument.spreadsheetml"
_BOXES = "vnd.openxmlformats-officedocument.vmlDrawing"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetMarks:
    """What is to be marked on one sheet."""

    cells: Mapping[Place, Mark] = field(default_factory=dict)
    words: Mapping[Place, str] = field(default_factory=dict)


def mark_book(
    package: Package,
    sheets: Sequence[SheetPart],
    marks: Mapping[str, SheetMarks],
    listing: Listing,
    target: IO[bytes],
) -> None:
    """Write the workbook with its marks, by sheet, and its list of problems. Raises Unusual."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as marked:
        parts = Parts(package, marked)
        book = SheetList(parts)
        known = book.links.kind("styles")
        styles = Styles(parts.read(known) or NO_STYLES.format(main=parts.dialect.main).encode())
        for sheet in sheets:
            if sheet.name != book.problems:
                _mark_sheet(parts, styles, sheet, marks.get(sheet.name, SheetMarks()))
        for member in parts.inside(("chartsheets", "dialogsheets")):
            _unselect(parts, member)
        earlier = next((sheet for sheet in sheets if sheet.name == book.problems), None)
        if earlier:
            member = earlier.member
            book.show(earlier.name)
        else:
            member = parts.new("worksheets/heng_problems.xml", f"{_SPREADSHEET}.worksheet+xml")
            book.add(listing.sheet, member)
        parts.put(member, list_sheet(listing, styles, parts.dialect.main))
        if known is None:
            known = parts.new("styles.xml", f"{_SPREADSHEET}.styles+xml")
            book.links.add("styles", known, parts.dialect)
        parts.put(known, styles.changed())
        book.put()
        parts.finish()


def _mark_sheet(parts: Parts, styles: Styles, sheet: SheetPart, marks: SheetMarks) -> None:
    links = Links(sheet.member, parts.read(links_member(sheet.member)))
    known = links.kind("comments")
    notes = Notes(parts.read(known) or NO_NOTES.format(main=parts.dialect.main).encode())
    # What was marked before loses its colour, unless it is marked again.
    cells: dict[Place, Mark] = {**dict.fromkeys(notes.ours, "none"), **marks.cells}
    refers = f'xmlns:r="{parts.dialect.links}" r:id="{links.free()}"' if cells else None
    marker = SheetMarker(cells, styles.marked, notes=refers)
    parts.stream(sheet.member, marker.rewritten(parts.chunks(sheet.member)))
    if not cells:
        return
    content, places = notes.changed(marks.words)
    drawing = links.target(marker.drawing) if marker.drawing else None
    if drawing is None:
        drawing = parts.new("drawings/heng_notes.vml", _BOXES)
        links.add("vmlDrawing", drawing, parts.dialect)
    if known is None:
        known = parts.new("heng_comments.xml", f"{_SPREADSHEET}.comments+xml")
        links.add("comments", known, parts.dialect)
    there = parts.read(drawing) or NO_BOXES.encode()
    new = sorted(places - notes.places)
    parts.put(drawing, boxes(there, gone=notes.places - places, new=new))
    parts.put(known, content)
    parts.put(links_member(sheet.member), links.changed())


def _unselect(parts: Parts, member: str) -> None:
    """Two selected sheets would be a group."""
    part = Outline(parts.read(member) or b"", depth=4)
    for view in part.root.below("sheetView"):
        part.set(view, tabSelected=None)
    parts.put(member, part.changed())
