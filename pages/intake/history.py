"""History: every loaded file, who loaded it, what it changed, and the way back."""

import duckdb

from data.access import Scope
from data.contract import contract
from data.history import Batch, BatchTable, history
from pages.intake import badge, originals, preview, value
from pages.intake.signature import People, people, signed
from pages.shared import figures, filters
from pages.shared.listing import Column, listing, paged, pages
from pages.shared.markup import safe
from pages.shared.words import text

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
    """The latest `limit` batches, or all of them a page at a time; of one dataset or of all.

    Empty where there are none.
    """
    found = history(con, limit or EVER)
    if dataset is not None:
        found = tuple(b for b in found if any(t.difference.dataset == dataset for t in b.tables))
    start, _ = (0, 1) if limit else paged(len(found), PAGE)
    shown = found[start : start + (limit or PAGE)]
    if not shown:
        return ""
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
        Column(title=text("State"), kind="state"),
    ]
    return [*columns, Column(title=text("Undo"), kind="action")] if visitor.may("undo") else columns


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
    size, original = value.size(one.file.bytes), originals.offer(con, visitor, one)
    return f"{safe(one.file.name)}<small>{size} · {original}</small>"


def _brought(table: BatchTable) -> str:
    difference = table.difference
    counts = {
        "added": difference.added,
        "changed": difference.changed,
        "unchanged": difference.unchanged,
    }
    words = text(
        "{dataset}: {what}",
        dataset=value.dataset(difference.dataset),
        what=preview.summary({"datasets": [counts]}),
    )
    first, last = (day.isoformat() if day else None for day in (table.first_on, table.last_on))
    dates = value.span(first, last)
    small = f"<small>{safe(dates)}</small>" if dates != figures.MISSING else ""
    return f'<div class="heng-brought">{safe(words)}{small}{_totals(table)}</div>'


def _totals(table: BatchTable) -> str:
    """The sum of every column of numbers, folded away."""
    dataset = table.difference.dataset
    declared = contract(dataset).columns
    items = "".join(
        f"<div><dt>{safe(value.column(name, dataset))}</dt>"
        f"<dd>{safe(value.total(found, declared[name]))}</dd></div>"
        for name, found in table.totals.items()
    )
    if not items:
        return ""
    return (
        f'<details class="heng-more heng-totals"><summary>{safe(text("Sums"))}</summary>'
        f"<dl>{items}</dl></details>"
    )


def _undo(place: str, one: Batch) -> str:
    address = filters.here(place, undo=str(one.batch_id))
    label = safe(text("Undo no. {number}", number=one.batch_id))
    return f'<a href="{safe(address)}" aria-label="{label}">{safe(text("Undo"))}</a>'
