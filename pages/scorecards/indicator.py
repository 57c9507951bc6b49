"""One indicator of a department: its value, its months, what it is made of, the rows behind it."""

import streamlit as st

from data.access import Scope
from kpi.catalog import catalog
from kpi.coverage import read_coverage
from kpi.indicator import Indicator
from kpi.scorecard import Line
from pages.scorecards import cards, monthly, parts
from pages.scorecards.about import about
from pages.scorecards.addresses import to_indicator
from pages.scorecards.over import still_running, until
from pages.scorecards.rows import rows
from pages.scorecards.standing import standing
from pages.shared import filters, markup, organisation, session
from pages.shared.filters import View
from pages.shared.markup import safe, show
from pages.shared.words import literal, named, text


def page() -> None:
    """Draw the indicator that the address names, for one department and period."""
    visitor = session.scope()
    known = _asked(visitor)
    head = st.container()
    with session.reading() as con:
        view = filters.bar(
            con, visitor, department="one", among=known.scored_for if known else None
        )
        department = view.department or visitor.departments[0]
        reader = cards.reader(con, visitor)
        card = reader.scorecard(view.period, department)
        line = next((each for each in card.lines if known and each.key == known.key), None)
        if line is None:
            head.title(text("Indicators"))
            _choose(card.lines, department, view)
            return
        months = reader.months(line.key, department, until(view.period), monthly.READ)
        made_of = parts.parts(reader, line, department, view)
        coverage = read_coverage(con)
    with head:
        show(_way_back(department, view))
        st.title(literal(named(line.indicator.names)))
    show(still_running(view.period), standing(line, department, view, coverage))
    left, right = st.columns([2, 1], gap="large")
    with left:
        _heading(text("Month by month"))
        monthly.draw(months, until(view.period), department, coverage)
    with right:
        _heading(text("About this indicator"))
        show(about(line))
    show(parts.sections(made_of, view))
    rows(line.key, department, str(view.period))


def _asked(visitor: Scope) -> Indicator | None:
    """The indicator that the address names, if one of the visitor's departments has it."""
    offered = [
        key
        for key, known in catalog().indicators.items()
        if set(known.scored_for) & set(visitor.departments)
    ]
    key = filters.parameter("indicator", offered)
    return catalog().indicators[key] if key else None


def _choose(lines: tuple[Line, ...], department: str, view: View) -> None:
    """Every indicator of the department, where the address names none that is known."""
    listed = "".join(
        f'<li><span class="heng-what">{to_indicator(line.indicator, department, view)}</span>'
        f"{markup.status(line.status)}</li>"
        for line in lines
    )
    name = organisation.department(department)
    words = text("Choose an indicator of {department}:", department=name)
    show(f'<p class="heng-lead">{safe(words)}</p><ul class="heng-feed heng-narrow">{listed}</ul>')


def _way_back(department: str, view: View) -> str:
    label = safe(text("Scorecard of {department}", department=organisation.department(department)))
    back = markup.link(
        "department",
        f'<span aria-hidden="true">‹</span> {label}',
        department=department,
        period=str(view.period),
        compare=view.comparison,
    )
    return f'<p class="heng-back">{back}</p>'


def _heading(words: str) -> None:
    show(f'<section class="heng-section"><h2>{safe(words)}</h2></section>')
