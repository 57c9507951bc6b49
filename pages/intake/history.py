"""History: every loaded file, who loaded it, what it changed, and the way back."""

from collections.abc import Sequence

import duckdb

from data.access import Scope
from data.batch import Batch, BatchTable, history
from data.contract import contract
from pages.intake import badge, preview, value
from pages.intake.permission import may_download
from pages.intake.signature import People, people, signed
from pages.shared import figures, filters
from pages.shared.listing import Column, listing, paged, pages
from pages.shared.markup import safe
from pages.shared.words import text
from pages.web import exports

PAGE = 20
EVER = 100_000
"""Beyond any number of batches."""


def table(
    con: duckdb.DuckDBPyConnection,
    visitor: Scope,
    place: str,
    *,
    limit: int | None = None,
    dataset: str | None = None,
) -> str:
    """The latest `limit` batches, or all of them a page at a time; of one dataset or of all."""
    found = history(con, limit or EVER)
    if dataset is not None:
        found = tuple(b for b in found if any(t.difference.dataset == dataset for t in b.tables))
    start, _ = (0, 1) if limit else paged(len(found), PAGE)
    shown = found[start : start + (limit or PAGE)]
    if not shown:
        return f'<p class="heng-quiet">{safe(text("No file has been loaded yet."))}</p>'
    who = people(con)
    rows = [_row(con, visitor, place, one, who) for one in shown]
    body = listing(_columns(visitor), rows, caption=text("Loaded files"))
    return body + ("" if limit else pages(place, len(found), PAGE))


def _columns(visitor: Scope) -> list[Column]:
    columns = [
        Column(title=text("No."), kind="number"),
        Column(title=text("File"), kind="head"),
        Column(title=text("Loaded by")),
        Column(title=text("What it brought"), kind="wide"),
        Column(title=text("State")),
    ]
    return [*columns, Column(title=text("Undo"))] if visitor.may("undo") else columns


def _row(
    con: duckdb.DuckDBPyConnection, visitor: Scope, place: str, one: Batch, who: People
) -> list[str]:
    state = badge.UNDONE if one.undone else badge.LOADED
    cells = [
        str(one.batch_id),
        _file(con, visitor, one),
        safe(signed(who, one.login, one.loaded_at)),
        "".join(_brought(table) for table in one.tables),
        state.html(),
    ]
    if not visitor.may("undo"):
        return cells
    return [*cells, "" if one.undone else _undo(place, one)]


def _file(con: duckdb.DuckDBPyConnection, visitor: Scope, one: Batch) -> str:
    size = value.size(one.file.bytes)
    if not may_download(con, visitor, one):
        closed = safe(text("The original is private"))
        return f"{safe(one.file.name)}<small>{size} · {closed}</small>"
    address = exports.address("original", batch=str(one.batch_id))
    label = safe(text("Download the original"))
    return f'{safe(one.file.name)}<small>{size} · <a href="{address}" download>{label}</a></small>'


def _brought(table: BatchTable) -> str:
    difference = table.difference
    counts = {
        "added": difference.added,
        "changed": difference.changed,
        "unchanged": difference.unchanged,
    }
    summary = preview.summary({"datasets": [counts]})
    dates = value.span(
        table.first_on.isoformat() if table.first_on else None,
        table.last_on.isoformat() if table.last_on else None,
    )
    said = [one for one in (dates, _totals(table)) if one and one != figures.MISSING]
    small = f"<small>{safe(text(' · ').join(said))}</small>" if said else ""
    name = safe(value.dataset(difference.dataset))
    return f'<div class="heng-brought">{name}: {safe(summary)}{small}</div>'


def _totals(table: BatchTable) -> str:
    """The sums of the amounts; others say little without the rows."""
    declared = contract(table.difference.dataset).columns
    return text(", ").join(
        f"{value.column(name, table.difference.dataset)} {value.total(found, declared[name])}"
        for name, found in _amounts(table)
    )


def _amounts(table: BatchTable) -> Sequence[tuple[str, str]]:
    declared = contract(table.difference.dataset).columns
    return [(n, t) for n, t in table.totals.items() if declared[n].type == "amount"][:2]


def _undo(place: str, one: Batch) -> str:
    address = filters.here(place, undo=str(one.batch_id))
    label = safe(text("Undo no. {number}", number=one.batch_id))
    return f'<a href="{safe(address)}" aria-label="{label}">{safe(text("Undo"))}</a>'
