"""Data received: which data has come for which month, from whom it is missing, and every file."""

from collections.abc import Sequence
from datetime import date

import duckdb
import streamlit as st

from data.access import Scope
from data.arrival import arrived
from data.contract import Contract, contracts
from data.declaration import declarations
from data.readiness import readiness
from pages.intake import declare, history, undo, value
from pages.intake.calendar import Calendar, calendar, looked_at
from pages.intake.delivery import gaps, sentence
from pages.intake.matrix import Deliveries, legend, matrix
from pages.intake.month_table import month_table, register_table
from pages.intake.signature import people
from pages.shared import figures, filters, panels, session
from pages.shared.listing import Choice, choices
from pages.shared.markup import safe, show
from pages.shared.words import language, text

PLACE = "readiness"
EVERY = "all"


def page() -> None:
    """Draw the months, or the files that were loaded."""
    visitor = session.scope()
    visitor.require("history")
    st.title(text("Data received"), anchor=False)
    chosen = "files" if filters.asked("show") == "files" else "months"
    with session.reading() as con:
        shown = calendar(con)
        if shown is None:
            _nothing(visitor)
            return
        offered = [
            Choice(id="months", label=text("By month")),
            Choice(id="files", label=text("Loaded files")),
        ]
        show(choices(PLACE, "show", text("What to show"), offered, chosen))
        if chosen == "files":
            _files(con, visitor)
        else:
            _months(con, visitor, shown)
    undo.offer(visitor)
    if chosen == "months":
        declare.offer(visitor, looked_at(shown))


def _months(con: duckdb.DuckDBPyConnection, visitor: Scope, shown: Calendar) -> None:
    monthly = [known for known in contracts().values() if known.cadence == "monthly"]
    found = {(one.dataset, one.month): one for one in readiness(con, shown.months)}
    month = looked_at(shown)
    show(
        _lead(monthly, found, shown),
        matrix(monthly, found, shown, month),
        f'<div class="heng-below">{legend()}{_stretches(shown)}</div>',
    )
    who, came = people(con), arrived(con, month)
    pairs = [(known, found[known.dataset, month]) for known in monthly]
    with st.container(horizontal=True, vertical_alignment="bottom", key="month-choice"):
        _month_choice(shown, month)
    show(
        month_table(pairs, came, declarations(con), who, visitor, due=shown.is_due(month)),
        _registers(register_table(_lists(), came, who)),
    )


def _lead(monthly: Sequence[Contract], found: Deliveries, shown: Calendar) -> str:
    """What the latest month that is over lacks, and what the others lack."""
    by_month = {
        month: [found[known.dataset, month] for known in monthly]
        for month in reversed(shown.months)
        if shown.is_due(month)
    }
    if not by_month:
        return ""
    latest, deliveries = next(iter(by_month.items()))
    others = gaps({month: by_month[month] for month in by_month if month != latest})
    said = f'<p class="heng-lead">{safe(sentence(deliveries, latest))}</p>'
    return said + (f'<p class="heng-gaps">{safe(others)}</p>' if others else "")


def _month_choice(shown: Calendar, month: date) -> None:
    """A select box for the month; what is looked at is always what the address says."""
    widget = f"readiness month {language()}"
    st.session_state[widget] = f"{month:%Y-%m}"
    st.selectbox(
        text("What came for the month"),
        [f"{one:%Y-%m}" for one in reversed(shown.months)],
        key=widget,
        format_func=figures.period,
        on_change=_month_chosen,
        args=(widget,),
        width=220,
    )


def _month_chosen(widget: str) -> None:
    st.query_params["month"] = st.session_state[widget]


def _lists() -> list[Contract]:
    return [known for known in contracts().values() if known.cadence == "register"]


def _registers(table: str) -> str:
    title = safe(text("Lists that hold for every month"))
    return f'<section class="heng-section"><h2>{title}</h2>{table}</section>'


def _stretches(shown: Calendar) -> str:
    """Links to earlier and later months, where there are any."""
    offered = ((shown.earlier, text("Earlier months")), (shown.later, text("Later months")))
    links = [
        f'<a href="{safe(_from(month))}">{safe(label)}</a>' for month, label in offered if month
    ]
    return f'<nav class="heng-pages heng-wide-only">{"".join(links)}</nav>' if links else ""


def _from(month: date) -> str:
    return filters.here(PLACE, until=f"{month:%Y-%m}", month=None)


def _files(con: duckdb.DuckDBPyConnection, visitor: Scope) -> None:
    offered = (EVERY, *contracts())
    dataset = filters.choice(
        "dataset",
        text("Data"),
        offered,
        say=lambda key: text("All data") if key == EVERY else value.dataset(key),
        width=280,
    )
    only = None if dataset == EVERY else dataset
    loaded = history.table(con, visitor, PLACE, dataset=only)
    words = safe(text("No file with these data has been loaded yet."))
    show(loaded or f'<p class="heng-quiet">{words}</p>')


def _nothing(visitor: Scope) -> None:
    panels.empty(
        text("Nothing has come yet"),
        text("Here you will see which data has come for which month, and from whom it is missing."),
        next_page="upload" if visitor.may("upload") else None,
    )
