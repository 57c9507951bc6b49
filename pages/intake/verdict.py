"""Verdict: what each sheet of a file turned out to be, and what loading it would do."""

from collections.abc import Iterator, Mapping
from typing import Any

from pages.intake import value
from pages.shared import figures
from pages.shared.listing import Column, listing
from pages.shared.markup import safe
from pages.shared.words import later, text

Report = Mapping[str, Any]

_NO_TABLE = {
    "not_recognised": later("Not recognised, not read"),
    "ambiguous": later("Not clear what it is, not read"),
    "hidden": later("Hidden, not read"),
    "empty": later("Empty"),
}


def sheets(report: Report) -> str:
    """A row for each table of each sheet; nothing where the file could not be opened."""
    known = [sheet for sheet in report.get("sheets", ()) if sheet["tables"]]
    compared = report.get("status") != "refused"
    rows = [
        _table(sheet["sheet"], table, compared=compared)
        for sheet in known
        for table in sheet["tables"]
    ]
    found = listing(_columns(compared=compared), rows, caption=text("Sheets")) if rows else ""
    return found + _left_out(report)


def header_lines(report: Report) -> str:
    """Which column of the file each column was read from, folded away."""
    parts = [
        (sheet["sheet"], table)
        for sheet in report.get("sheets", ())
        for table in sheet["tables"]
        if table.get("columns")
    ]
    if not parts:
        return ""
    body = "".join(_headers(sheet, table, alone=len(parts) == 1) for sheet, table in parts)
    summary = safe(text("How the columns were read"))
    return f'<details class="heng-more"><summary>{summary}</summary>{body}</details>'


def _columns(*, compared: bool) -> list[Column]:
    read = [
        Column(title=text("Sheet"), kind="head"),
        Column(title=text("What it holds")),
        Column(title=text("Dates")),
        Column(title=text("Rows read"), kind="number"),
    ]
    if not compared:
        return [read[0], read[1], read[3]]
    counted = (text("New"), text("Changed"), text("Unchanged"))
    return [*read, *(Column(title=title, kind="number") for title in counted)]


def _table(sheet: str, table: Report, *, compared: bool) -> list[str]:
    rows = figures.number(table["rows_read"])
    first = [safe(sheet), _holds(table)]
    if not compared:
        return [*first, rows]
    totals = table["control_totals"]
    dates = value.span(totals["first_date"], totals["last_date"])
    counts = (table["added"], table["changed"], table["unchanged"])
    return [*first, safe(dates), rows, *(_count(count) for count in counts)]


def _count(count: int) -> str:
    shown = figures.number(count)
    return f"<b>{shown}</b>" if count else shown


def _holds(table: Report) -> str:
    said = []
    if table["header_row"] is not None:
        said.append(text("headers in row {row}", row=table["header_row"]))
    if table["mapping"]:
        said.append(text("read by the mapping {name}", name=table["mapping"]))
    small = f"<small>{safe(text(' · ').join(said))}</small>" if said else ""
    return f"{safe(value.dataset(table['dataset']))}{small}"


def _left_out(report: Report) -> str:
    """The sheets that hold no table, in a line each."""
    lines = "".join(
        f"<li><b>{safe(sheet['sheet'])}</b> {safe(_why(sheet))}</li>"
        for sheet in report.get("sheets", ())
        if not sheet["tables"]
    )
    return f'<ul class="heng-left-out">{lines}</ul>' if lines else ""


def _why(sheet: Report) -> str:
    why = text(_NO_TABLE.get(sheet["verdict"], _NO_TABLE["empty"]))
    if sheet["nearest"]:
        return text("{why}; nearest to {dataset}", why=why, dataset=value.dataset(sheet["nearest"]))
    if sheet["candidates"]:
        fits = text(", ").join(value.dataset_or_name(one) for one in sheet["candidates"])
        return text("{why}; fits {candidates}", why=why, candidates=fits)
    return why


def _headers(sheet: str, table: Report, *, alone: bool) -> str:
    heading = (
        "" if alone else f"<p><b>{safe(sheet)}</b> {safe(value.dataset(table['dataset']))}</p>"
    )
    pairs = "".join(_pair(table["dataset"], name, header) for name, header in _read(table))
    return f'{heading}<ul class="heng-pairs">{pairs}</ul>'


def _read(table: Report) -> Iterator[tuple[str, str]]:
    yield from table["columns"].items()


def _pair(dataset: str, name: str, header: str) -> str:
    return (
        f"<li>{safe(header)} <span aria-hidden='true'>→</span> "
        f"{safe(value.column(name, dataset))}</li>"
    )
