"""Listings: rows of HTML that are a table on a wide screen and cards on a narrow one.

Cells are HTML: data in them goes through `markup.safe`. An empty cell is left out of the card.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from pages.shared import filters
from pages.shared.figures import number
from pages.shared.markup import safe
from pages.shared.words import text

_CURRENT = ' aria-current="true"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its title, and how it stands in the table and on the card."""

    title: str
    kind: str = ""
    """`head` names the row, `number` stands right, `wide` fills the card; else a plain cell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of several ways to see the same listing."""

    id: str
    label: str
    count: int | None = None


def listing(columns: Sequence[Column], rows: Iterable[Sequence[str]], *, caption: str) -> str:
    """The table; `caption` names it for those who cannot see it."""
    heads = "".join(f'<th scope="col"{_class(c)}>{safe(c.title)}</th>' for c in columns)
    body = "".join(f"<tr>{_cells(columns, row)}</tr>" for row in rows)
    return (
        f'<div class="heng-scroll"><table class="heng-list"><caption>{safe(caption)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def choices(place: str, key: str, label: str, offered: Sequence[Choice], chosen: str) -> str:
    """Links that show another part of the listing; the choice lives in the address."""
    links = "".join(
        f'<a id="{key}-{one.id}" href="{safe(filters.here(place, page=None, **{key: one.id}))}"'
        f"{_CURRENT if one.id == chosen else ''}>{safe(one.label)}"
        f"{'' if one.count is None else f' <b>{number(one.count)}</b>'}</a>"
        for one in offered
    )
    return f'<nav class="heng-choices" aria-label="{safe(label)}">{links}</nav>'


def paged(total: int, size: int) -> tuple[int, int]:
    """First row (from zero) and page (from one) that the address asks for; the nearest it has."""
    asked = filters.asked("page") or ""
    last = max(ceil(total / size), 1)
    page = min(max(int(asked) if asked.isdecimal() else 1, 1), last)
    return (page - 1) * size, page


def pages(place: str, total: int, size: int) -> str:
    """Links to the pages of a listing; nothing where one page holds it all."""
    start, page = paged(total, size)
    if total <= size:
        return ""
    end = min(start + size, total)
    shown = text("{start}–{end} of {total}", start=start + 1, end=end, total=number(total))
    back = _turn(place, "heng-back", page - 1, text("Previous"), there=page > 1)
    onward = _turn(place, "heng-onward", page + 1, text("Next"), there=end < total)
    label = safe(text("Pages"))
    return f'<nav class="heng-pages" aria-label="{label}">{back}<span>{shown}</span>{onward}</nav>'


def _turn(place: str, name: str, page: int, label: str, *, there: bool) -> str:
    if not there:
        return f'<span class="heng-off">{safe(label)}</span>'
    address = filters.here(place, page=str(page))
    return f'<a id="{name}" href="{safe(address)}">{safe(label)}</a>'


def _cells(columns: Sequence[Column], row: Sequence[str]) -> str:
    return "".join(
        f'<th scope="row" class="heng-head">{cell}</th>'
        if column.kind == "head"
        else f'<td data-title="{safe(column.title)}"{_class(column)}>{cell}</td>'
        for column, cell in zip(columns, row, strict=True)
    )


def _class(column: Column) -> str:
    return f' class="heng-{column.kind}"' if column.kind else ""
