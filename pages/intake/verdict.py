"""Verdict: what each sheet of a file turned out to be, and what loading it would do."""

from collections.abc import Iterator, Mapping
from typing import Any

from pages.intake import value
from pages.shared import figures
from pages.shared.listing import Column, listing
from pages.shared.markup import safe
from pages.shared.words import later, plural, text

Report = Mapping[str, Any]

_NO_TABLE = {
    "not_recognised": later("Not recognised, not read"),
    "ambiguous": later("Not clear what it is, not read"),
    "hidden": later("Hidden, not read"),
    "empty": later("Empty"),
}


def sheets(report: Report) -> str:
    """What each sheet holds, with the counts where it was compared with what is there."""
    if report.get("status") == "refused":
        return _lines(_unread(report, with_tables=True))
    rows = [
        _table(sheet["sheet"], table) for sheet in report["sheets"] for table in sheet["tables"]
    ]
    found = listing(_columns(), rows, caption=text("Sheets")) if rows else ""
    return found + _lines(_unread(report, with_tables=False))


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


def _columns() -> list[Column]:
    counted = (text("Rows read"), text("New"), text("Changed"), text("Unchanged"))
    return [
        Column(title=text("Sheet"), kind="head"),
        Column(title=text("What it holds")),
        Column(title=text("Dates")),
        *(Column(title=title, kind="number") for title in counted),
    ]


def _table(sheet: str, table: Report) -> list[str]:
    totals = table["control_totals"]
    return [
        safe(sheet),
        f"{safe(value.dataset(table['dataset']))}{_small(_how(table))}",
        safe(value.span(totals["first_date"], totals["last_date"])),
        figures.number(table["rows_read"]),
        _count(table["added"]),
        _count(table["changed"]),
        figures.number(table["unchanged"]),
    ]


def _count(count: int) -> str:
    shown = figures.number(count)
    return f"<b>{shown}</b>" if count else shown


def _how(table: Report) -> list[str]:
    """How the table was read."""
    said = []
    if table["header_row"] is not None:
        said.append(text("headers in row {row}", row=table["header_row"]))
    if table["mapping"]:
        said.append(text("read by the mapping {name}", name=table["mapping"]))
    return said


def _small(said: list[str]) -> str:
    return f"<small>{safe(text(' · ').join(said))}</small>" if said else ""


def _unread(report: Report, *, with_tables: bool) -> Iterator[tuple[str, str]]:
    """Sheets and what is to be said of each: those without a table, or all of them."""
    for sheet in report.get("sheets", ()):
        if not sheet["tables"]:
            yield sheet["sheet"], _why(sheet)
        for table in sheet["tables"] if with_tables else ():
            count = figures.number(table["rows_read"])
            read = plural("{n} row read", "{n} rows read", table["rows_read"], n=count)
            said = (value.dataset(table["dataset"]), *_how(table), read)
            yield sheet["sheet"], text(" · ").join(said)


def _lines(said: Iterator[tuple[str, str]]) -> str:
    lines = "".join(f"<li><b>{safe(sheet)}</b> {safe(words)}</li>" for sheet, words in said)
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
    pairs = "".join(
        _pair(table["dataset"], name, header) for name, header in table["columns"].items()
    )
    return f'{heading}<ul class="heng-pairs">{pairs}</ul>'


def _pair(dataset: str, name: str, header: str) -> str:
    return (
        f"<li>{safe(header)} <span aria-hidden='true'>→</span> "
        f"{safe(value.column(name, dataset))}</li>"
    )
