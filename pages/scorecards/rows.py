"""The rows behind a number: a page of them at a time, each with its file, sheet and row."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from data.contract import contract
from kpi.catalog import catalog
from kpi.indicator import Indicator
from kpi.measure import Side
from kpi.period import Period
from kpi.rows import Rows, sides
from pages.scorecards import cards, downloads, values
from pages.scorecards.row_table import table
from pages.scorecards.why import in_a_row
from pages.shared import session
from pages.shared.markup import safe, show
from pages.shared.words import named, plural, text
from pages.web import exports

PAGE = 25


@st.fragment
def rows(indicator: str, department: str, period: str) -> None:
    """Draw the rows of a department's number, page by page, with the download of them all."""
    visitor = session.scope()
    known = catalog().indicator(indicator)
    name = f"rows {indicator} {department} {period}"
    heading = safe(text("Rows behind the number"))
    show(f'<section class="heng-section"><h2>{heading}</h2></section>')
    side = _side(known, name)
    turned = f"{name} {side}"
    page = int(st.session_state.get(turned, 1))
    with session.reading() as con:
        reader = cards.reader(con, visitor)
        whole = Period.parse(period)
        found = reader.rows(indicator, department, whole, side, PAGE, (page - 1) * PAGE)
    if not found.listed:
        show(_count(found, known, side))
        return
    show(_count(found, known, side), table(found, known, department))
    last = -(-found.listed // PAGE)
    with st.container(horizontal=True, vertical_alignment="center", key="turning"):
        if last > 1:
            st.pagination(last, key=turned)
        exports.link(
            text("Download all rows (.xlsx)"),
            downloads.ROWS,
            indicator=indicator,
            department=department,
            period=period,
        )


def _side(known: Indicator, name: str) -> Side:
    offered = sides(known)
    if len(offered) == 1:
        return offered[0]
    words = _sources(known)
    chosen = st.segmented_control(
        text("Rows of"),
        offered,
        key=f"{name} side",
        required=True,
        default=offered[0],
        format_func=lambda side: words[side],
        label_visibility="collapsed",
    )
    return chosen or offered[0]


def _sources(known: Indicator) -> Mapping[Side, str]:
    """What each list holds: the name of its dataset."""
    found: dict[Side, str] = {}
    for side, part in zip(sides(known), known.parts, strict=False):
        dataset = catalog().facts[part.fact].lineage[0]
        found[side] = named(contract(dataset).names)
    return found


def _count(found: Rows, known: Indicator, side: Side) -> str:
    said = [
        plural("{count} row makes this figure.", "{count} rows make this figure.", found.counted)
    ]
    if (together := _together(found, known, side)) is not None:
        said.append(together)
    if found.hidden:
        said.append(
            text(
                "{count} of them are counted but not listed, because they belong to "
                "departments or people that are not open to you.",
                count=found.hidden,
            )
        )
    return f'<p class="heng-quiet">{safe(in_a_row(said))}</p>'


def _together(found: Rows, known: Indicator, side: Side) -> str | None:
    parts: list[Any] = [found.numerator, found.denominator]
    shown = [values.part(part) for part in parts if part is not None]
    if not shown:
        return None
    return text("Together they come to {figures}.", figures=" ÷ ".join(shown))
