"""Marking a file, from its path to the marked workbook: what the child process does.

An .xlsx is marked in place. Of any other file, and of an .xlsx that is put together in a way that
is not changed in place, a plain workbook is made of the cells and that is marked; of a file that
cannot be opened there is the list alone.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from loaders import gate
from loaders.heading import index_of
from loaders.limits import Limits, limits_from
from loaders.marked.book import SheetMarks, mark_book
from loaders.marked.listing import Line, Listing
from loaders.marked.notes import Place
from loaders.marked.outline import Unusual
from loaders.marked.plain import write_plain
from loaders.marked.styles import Mark
from loaders.package import Package
from loaders.problem import RefusedFile
from loaders.reader import read_sheets
from loaders.workbook_parts import read_workbook

_log = logging.getLogger(__name__)

Kept = Literal["all", "values", "nothing"]
"""What the marked workbook has of the file's sheets."""


def mark(request: Mapping[str, Any]) -> dict[str, Any]:
    """Write `out`; the answer says what was kept and how many cells are marked.

    `request`: path (null for the list alone), name, folder, out, limits, sheet_name, remarks (by
    what is kept), and the list's title, head and lines.
    """
    limits = limits_from(request.get("limits") or {})
    plain = Path(request["folder"], "plain.xlsx")
    names: dict[str, str] = {}
    kept: Kept = "nothing"
    try:
        if request["path"]:
            path = Path(request["path"])
            container = gate.inspect(path, request["name"], limits)
            if container.kind == "xlsx" and (done := _in_place(request, path, limits)):
                return done
            names = write_plain(read_sheets(path, container, limits=limits), plain)
            kept = "all" if container.kind == "csv" else "values"
    except RefusedFile:
        kept = "nothing"
    if kept == "nothing":
        names = write_plain((), plain)
    # What has been written here may be packed as tightly as it likes.
    return _marked(request, plain, names, kept, replace(limits, ratio=limits.unpacked_bytes))


def _in_place(request: Mapping[str, Any], path: Path, limits: Limits) -> dict[str, Any] | None:
    """The same for an .xlsx as it is; None where it is put together in an unusual way."""
    try:
        return _marked(request, path, None, "all", limits)
    except Unusual as reason:
        _log.warning("%r is not marked in place: %s", request["name"], reason)
        return None


def _marked(
    request: Mapping[str, Any],
    path: Path,
    names: Mapping[str, str] | None,
    kept: Kept,
    limits: Limits,
) -> dict[str, Any]:
    """Mark the workbook at `path`; `names` are its names of the file's sheets, if others."""
    with Package(path, request["name"], limits) as package:
        sheets = read_workbook(package).sheets if kept != "nothing" else ()
        names = {sheet.name: sheet.name for sheet in sheets} if names is None else names
        marks = _marks(request["lines"], names)
        with Path(request["out"]).open("wb") as target:
            mark_book(package, sheets, marks, _listing(request, names, kept), target)
    return {"kept": kept, "marked": sum(len(one.cells) for one in marks.values())}


def _listing(request: Mapping[str, Any], names: Mapping[str, str], kept: Kept) -> Listing:
    remarks = [*request["remarks"]["all"], *(request["remarks"][kept] if kept != "all" else ())]
    return Listing(
        sheet=request["sheet_name"],
        title=request["title"],
        file=request["name"],
        remarks=tuple(remarks),
        head=tuple(request["head"]),
        lines=tuple(
            Line(
                severity=line["severity"],
                link=_link(line, names),
                texts=tuple(line["texts"]),
            )
            for line in request["lines"]
        ),
    )


def _link(line: Mapping[str, Any], names: Mapping[str, str]) -> tuple[str, str] | None:
    """The sheet and the cell that a problem is about, or the nearest to it that is known."""
    sheet = names.get(line["sheet"] or "")
    return None if sheet is None else (sheet, f"{line['column'] or 'A'}{line['row'] or 1}")


def _marks(lines: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> dict[str, SheetMarks]:
    """What is to be marked, by the workbook's names of the sheets; an error beats a warning."""
    cells: dict[str, dict[Place, Mark]] = {}
    words: dict[str, dict[Place, str]] = {}
    for line in lines:
        sheet = names.get(line["sheet"] or "")
        if sheet is None or line["row"] is None or line["column"] is None:
            continue
        place = line["row"], index_of(line["column"])
        of_sheet, said = cells.setdefault(sheet, {}), words.setdefault(sheet, {})
        of_sheet[place] = "error" if of_sheet.get(place) == "error" else line["severity"]
        said[place] = "\n".join(filter(None, (said.get(place), line["note"])))
    return {name: SheetMarks(cells=cells[name], words=words[name]) for name in cells}
