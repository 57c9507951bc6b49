"""The matrix: datasets against months, each cell with colour, mark and word."""

from collections.abc import Mapping, Sequence
from datetime import date

from data.contract import Contract
from data.readiness import Delivery
from pages.intake import value
from pages.intake.calendar import Calendar
from pages.intake.delivery import (
    COMPLETE,
    MEANINGS,
    MISSING,
    NOT_DUE,
    NOTHING,
    PARTIAL,
    badge_of,
    deliverers,
    lacking,
)
from pages.shared import figures, filters, organisation
from pages.shared.markup import safe
from pages.shared.words import text

Deliveries = Mapping[tuple[str, date], Delivery]


def matrix(known: Sequence[Contract], found: Deliveries, shown: Calendar, month: date) -> str:
    """Monthly datasets against the months shown; `month` is the one that is looked at."""
    heads = "".join(_head(one, month) for one in shown.months)
    rows = "".join(_row(one, found, shown, month) for one in known)
    caption = safe(text("What has come, by data and month"))
    data = safe(text("Data"))
    return (
        f'<div class="heng-scroll heng-wide-only"><table class="heng-months">'
        f"<caption>{caption}</caption><thead><tr>"
        f'<th scope="col">{data}</th>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def legend() -> str:
    """What the marks mean."""
    items = "".join(
        f"<li>{one.html()} {safe(text(MEANINGS[one.word]))}</li>"
        for one in (COMPLETE, PARTIAL, NOTHING, MISSING, NOT_DUE)
    )
    return f'<ul class="heng-marks">{items}</ul>'


def _head(month: date, looked_at: date) -> str:
    current = ' aria-current="true"' if month == looked_at else ""
    address = filters.here("readiness", month=f"{month:%Y-%m}")
    label = safe(figures.period(f"{month:%Y-%m}"))
    return (
        f'<th scope="col"{current}><a id="month-{month:%Y-%m}" href="{safe(address)}" '
        f'aria-label="{label}">{safe(figures.short_month(month))}</a></th>'
    )


def _row(known: Contract, found: Deliveries, shown: Calendar, looked_at: date) -> str:
    cells = "".join(
        _cell(found[known.dataset, month], due=shown.is_due(month), current=month == looked_at)
        for month in shown.months
    )
    name = safe(value.dataset(known.dataset))
    return f'<tr><th scope="row">{name}<small>{safe(deliverers(known))}</small></th>{cells}</tr>'


def _cell(one: Delivery, *, due: bool, current: bool) -> str:
    badge = badge_of(one, due=due)
    who = text(", ").join(map(organisation.department, lacking(one)))
    hint = f' title="{safe(text("Not yet from {departments}", departments=who))}"' if who else ""
    here = " heng-here" if current else ""
    return (
        f'<td class="heng-{badge.tone}{here}"{hint}><span aria-hidden="true">{badge.mark}</span>'
        f"<b>{safe(text(badge.word))}</b></td>"
    )
