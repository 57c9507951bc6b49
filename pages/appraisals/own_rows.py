"""The rows behind one of a person's own indicators, each with its file, sheet and row."""

import streamlit as st

from kpi.catalog import catalog
from kpi.measure import Side
from kpi.period import Period
from kpi.rows import Rows, rows_behind, sides
from kpi.staff import employee
from pages.scorecards.row_table import table
from pages.shared import markup, session
from pages.shared.markup import safe, show
from pages.shared.words import named, plural, text

PAGE = 25


@st.fragment
def own_rows(indicator: str, employee_id: str, period: str) -> None:
    """Draw the rows of a person's number, page by page, one list after the other."""
    visitor = session.scope()
    known = catalog().indicator(indicator)
    title = text("Rows behind {indicator}", indicator=named(known.names))
    show(f'<div id="behind">{markup.heading(title)}</div>')
    with session.reading() as con:
        person = employee(con, visitor, employee_id)
        for side in sides(known):
            _side(indicator, side, person.employee_id, person.department, period)


def _side(indicator: str, side: Side, employee_id: str, department: str, period: str) -> None:
    name = f"rows {indicator} {side} {employee_id} {period}"
    page = int(st.session_state.get(name, 1))
    with session.reading() as con:
        found = rows_behind(
            con,
            session.scope(),
            indicator,
            Period.parse(period),
            department,
            side=side,
            employee=employee_id,
            limit=PAGE,
            offset=(page - 1) * PAGE,
        )
    show(_count(found))
    if found.listed:
        show(table(found, catalog().indicator(indicator), department))
    if found.listed > PAGE:
        st.pagination(-(-found.listed // PAGE), key=name)


def _count(found: Rows) -> str:
    counted = plural(
        "{count} row makes this figure.", "{count} rows make this figure.", found.counted
    )
    hidden = (
        text("{count} of them are not open to you.", count=found.hidden) if found.hidden else ""
    )
    return f'<p class="heng-quiet">{safe(f"{counted} {hidden}".strip())}</p>'
