"""Filters that live in the address: period, comparison, department, and a page's own.

The address holds ids that are the same in every language (`?period=2026-10&department=sales`), so
that a link shows the same view to everybody. Within a visit the choice is remembered from page to
page; an address that names something else wins.
"""

from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from typing import Literal, cast

import duckdb
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data.access import Scope
from data.contract import departments
from kpi.period import KINDS, Kind, Period, periods_between
from pages.shared import figures, panels, places, remembered
from pages.shared.words import language, later, literal, named, text

Comparison = Literal["previous", "year"]
EVERY = "all"
"""The id of "every department" in the address."""

_told: ContextVar[DeltaGenerator | None] = ContextVar("told", default=None)

_KINDS: dict[Kind, str] = {
    "month": later("Month"),
    "quarter": later("Quarter"),
    "year": later("Year"),
}
_COMPARISONS: dict[Comparison, str] = {
    "previous": later("Previous period"),
    "year": later("Same period last year"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What the filter bar is set to."""

    period: Period
    comparison: Comparison
    department: str | None
    """None where the page has no such filter, where every one is meant, or where none is open."""

    @property
    def compared(self) -> Period:
        """The period to compare with."""
        if self.comparison == "year":
            return self.period.year_before()
        return self.period.previous()


def bar(
    con: duckdb.DuckDBPyConnection,
    scope: Scope,
    *,
    department: Literal["none", "one", "any"] = "none",
    comparison: bool = True,
    kinds: Sequence[Kind] = KINDS,
    among: Sequence[str] | None = None,
) -> View:
    """Draw the filter bar and give what it is set to.

    `department`: "one" asks for one of the scope's, "any" offers all of them together as well;
    `among` leaves only these departments to choose from.
    Stops the run with a panel that says what to do where no data have been loaded.
    """
    known = months(con)
    if not known:
        _nothing_loaded(scope)
    # What is wrong with the address is told above the bar, not between its boxes.
    told = _told.set(st.container())
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        period = _period(known, kinds)
        chosen = _department(scope, department, among)
        compared = _comparison() if comparison else "previous"
    _told.reset(told)
    return View(period=period, comparison=compared, department=chosen)


def months(con: duckdb.DuckDBPyConnection) -> tuple[date, ...]:
    """First days of the months a reader may choose, oldest first: those with data, none to come."""
    rows = con.execute(
        "select month, count(distinct dataset) from intake.covered "
        "where month is not null and month <= current_date group by month order by month"
    ).fetchall()
    # A plan reaches further than what has happened: the last months count only once at least
    # half as many datasets have come for them as ever come for one month.
    usual = max((count for _, count in rows), default=0)
    while rows and rows[-1][1] * 2 < usual:
        rows.pop()
    return tuple(month for month, _ in rows)


def last_complete(known: Sequence[date]) -> Period:
    """The latest of these months that is over."""
    over = [month for month in known if Period("month", month).end <= date.today()]
    return Period("month", (over or list(known))[-1])


def choice(
    key: str,
    label: str,
    options: Sequence[str],
    *,
    say: Callable[[str], str] = str,
    default: str | None = None,
    width: int = 220,
) -> str | None:
    """A select box whose id lives in the address under `key`; None where nothing can be chosen.

    `say` gives the words of an id; `default` is the first option where it is not given.
    """
    if not options:
        return None
    start = default if default is not None and default in options else options[0]
    value = _value(key, options, start)
    if len(options) > 1:
        widget = _widget(key, value)
        st.selectbox(
            label,
            options,
            key=widget,
            format_func=say,
            on_change=_changed,
            args=(key, widget),
            width=width,
            placeholder=text("Please choose"),
        )
    return value


def parameter(key: str, options: Sequence[str] | None = None) -> str | None:
    """What the address says under `key`, remembered for this visit; None if it says nothing.

    With `options`, anything else is told to the reader and is None.
    """
    value = remembered.wanted(key)
    if value is not None and options is not None and value not in options:
        _unknown(value)
        return None
    if value is not None:
        remembered.keep(key, value)
    return value


def asked(key: str) -> str | None:
    """What the address says under `key` at this moment; never remembered from page to page."""
    return st.query_params.get(key)


def here(place: str, **changes: str | None) -> str:
    """The address of the page `place` as it now stands, with changes; None takes a value out."""
    now: dict[str, str | None] = {**st.query_params.to_dict(), **changes}
    return places.address(place, **{key: value for key, value in now.items() if value is not None})


def _period(known: Sequence[date], kinds: Sequence[Kind]) -> Period:
    offered = [str(p) for p in reversed(periods_between(known[0], known[-1])) if p.kind in kinds]
    value = Period.parse(_value("period", offered, str(last_complete(known))))
    widget = _widget("period-kind", value.kind)
    if len(kinds) > 1:
        st.segmented_control(
            text("Period"),
            kinds,
            key=widget,
            required=True,
            format_func=lambda kind: text(_KINDS[kind]),
            on_change=_kind_changed,
            args=(widget, str(value), known[-1]),
        )
    same = [key for key in offered if Period.parse(key).kind == value.kind]
    widget = _widget("period", str(value))
    st.selectbox(
        text(_KINDS[value.kind]),
        same,
        key=widget,
        format_func=figures.period,
        on_change=_changed,
        args=("period", widget),
        width=160,
    )
    return value


def _kind_changed(widget: str, before: str, last_month: date) -> None:
    kind = cast("Kind", st.session_state[widget])
    last = max(Period.parse(before).months()[0].start, Period.parse(before).months()[-1].start)
    remembered.choose("period", str(Period.containing(kind, min(last, last_month))))


def _department(scope: Scope, offered: str, among: Sequence[str] | None) -> str | None:
    own = [d for d in scope.departments if among is None or d in among]
    if offered == "none" or not own:
        return None
    everything = (EVERY,) if offered == "any" and len(own) > 1 else ()
    chosen = choice(
        "department",
        text("Department"),
        (*everything, *own),
        say=lambda key: (
            text("All departments") if key == EVERY else named(departments()[key].names)
        ),
        width=200,
    )
    return None if chosen == EVERY else chosen


def _comparison() -> Comparison:
    words: dict[str, str] = {key: text(said) for key, said in _COMPARISONS.items()}
    chosen = choice("compare", text("Compare with"), tuple(words), say=words.__getitem__, width=200)
    return cast("Comparison", chosen)


def _value(key: str, allowed: Sequence[str], fallback: str) -> str:
    asked = remembered.wanted(key)
    if asked is not None and asked not in allowed:
        _unknown(asked)
        asked = None
    value = asked if asked is not None else fallback
    remembered.keep(key, value)
    return value


def _widget(key: str, value: str) -> str:
    """The widget's key, with the widget set to `value`; per language, because labels differ."""
    widget = f"{key} {language()}"
    if st.session_state.get(widget) != value:
        st.session_state[widget] = value
    return widget


def _changed(key: str, widget: str) -> None:
    remembered.choose(key, st.session_state[widget])


def _unknown(value: str) -> None:
    (_told.get() or st).warning(
        text(
            "The address asks for “{value}”, which is not known or not open to you. "
            "You see the usual view instead.",
            value=literal(value),
        ),
        icon=":material/link_off:",
    )


def _nothing_loaded(scope: Scope) -> None:
    panels.empty(
        text("No data have been loaded yet"),
        text("Scorecards appear as soon as the first workbooks have been uploaded."),
        next_page="upload" if scope.may("upload") else None,
    )
    st.stop()
