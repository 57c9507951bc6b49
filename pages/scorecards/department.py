"""Department scorecard: each indicator against its target, and the rows behind it."""

import streamlit as st

from data.access import Scope
from kpi.coverage import Coverage, read_coverage
from kpi.policy import DIMENSIONS, Dimension, policy
from kpi.scorecard import Scorecard
from pages.scorecards import cards, lines
from pages.scorecards.dimensions import NAMES
from pages.scorecards.legend import legend
from pages.scorecards.over import still_running, until
from pages.scorecards.verdict import verdict
from pages.scorecards.why import sentence, undelivered
from pages.shared import figures, filters, organisation, panels, session
from pages.shared.filters import View
from pages.shared.markup import safe, show
from pages.shared.words import literal, text


def page() -> None:
    """Draw the scorecard of one department for one period."""
    visitor = session.scope()
    head = st.container()
    with session.reading() as con:
        view = filters.bar(con, visitor, department="one")
        department = view.department or visitor.departments[0]
        reader = cards.reader(con, visitor)
        card = reader.scorecard(view.period, department)
        before = reader.scorecard(view.compared, department)
        points = reader.totals(until(view.period))[department]
        coverage = read_coverage(con)
    name = organisation.department(department)
    head.title(literal(text("Scorecard of {department}", department=name)))
    if all(line.reason == "no_data" for line in card.lines):
        _nothing(card, department, view, coverage, visitor)
        return
    tiles = verdict(card, before, points, view)
    show(still_running(view.period), f'<div class="heng-main">{tiles}</div>', legend())
    for dimension in DIMENSIONS:
        _dimension(dimension, card, department, view, coverage)


def _dimension(
    dimension: Dimension, card: Scorecard, department: str, view: View, coverage: Coverage
) -> None:
    title = text(NAMES[dimension])
    from_people = ""
    if dimension != "performance":
        words = text(
            "Mean of the department's people; shown where at least {count} were rated.",
            count=policy().minimum_people,
        )
        from_people = f'<p class="heng-quiet">{safe(words)}</p>'
    body = lines.table(card.of_dimension(dimension), department, view, coverage, caption=title)
    show(f'<section class="heng-section"><h2>{safe(title)}</h2>{from_people}{body}</section>')


def _nothing(
    card: Scorecard, department: str, view: View, coverage: Coverage, visitor: Scope
) -> None:
    absent = dict.fromkeys(
        one for line in card.lines for one in undelivered(line, view.period, department, coverage)
    )
    listed = "\n".join(f"- {literal(sentence(one))}" for one in absent)
    period = figures.period(str(view.period))
    panels.empty(
        literal(text("No data have come for {period}", period=period)),
        f"{text('The scorecard appears once these have been uploaded:')}\n\n{listed}",
        next_page="upload" if visitor.may("upload") else None,
    )
