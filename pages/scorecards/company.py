"""Company overview: who is in trouble, what changed, and whether the data can be trusted."""

import streamlit as st

from kpi.coverage import read_coverage
from pages.scorecards import cards, received
from pages.scorecards.attention import attention
from pages.scorecards.dimensions import table
from pages.scorecards.legend import legend
from pages.scorecards.moves import changed_most, moves
from pages.scorecards.over import still_running, until
from pages.scorecards.tiles import summary, tiles
from pages.shared import figures, filters, session
from pages.shared.markup import safe, show
from pages.shared.words import text


def page() -> None:
    """Draw the overview of the departments in scope for one period."""
    visitor = session.scope()
    st.title(text("Company overview"))
    with session.reading() as con:
        view = filters.bar(con, visitor)
        reader = cards.reader(con, visitor)
        now, before = reader.overview(view.period), reader.overview(view.compared)
        trends = reader.totals(until(view.period))
        arrived = received.received(con, view.period)
        coverage = read_coverage(con)
    data = received.tile(arrived, visitor, view.period)
    tiled = tiles(now, before, trends, view, last=data)
    show(summary(now), still_running(view.period), tiled, legend())
    since = text("Changed most since {period}", period=figures.period(str(view.compared)))
    left = _section(text("Needs attention"), attention(now, view, coverage))
    left += _section(text("Scores by dimension"), table(now, view))
    right = _section(since, changed_most(moves(now, before), view))
    show(f'<div class="heng-columns"><div>{left}</div><div>{right}</div></div>')


def _section(title: str, body: str) -> str:
    return f'<section class="heng-section"><h2>{safe(title)}</h2>{body}</section>'
