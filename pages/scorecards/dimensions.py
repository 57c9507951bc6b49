"""Dimensions: performance, capability and attitude of departments, and how they are named."""

from collections.abc import Mapping

from kpi.policy import DIMENSIONS, Dimension
from kpi.roll_up import DimensionScore
from kpi.scorecard import Scorecard
from pages.scorecards import values
from pages.scorecards.addresses import to_department
from pages.scorecards.cards import Cards, status_of
from pages.shared import figures
from pages.shared.filters import View
from pages.shared.markup import safe
from pages.shared.words import later, text

NAMES: Mapping[Dimension, str] = {
    "performance": later("Performance"),
    "capability": later("Capability"),
    "attitude": later("Attitude"),
}


def table(cards: Cards, view: View) -> str:
    """Departments by dimension, each cell with score and mark, and how many lines are off."""
    titles = (
        text("Total"),
        *(text(NAMES[each]) for each in DIMENSIONS),
        text("Indicators off track"),
    )
    head = "".join(f'<th scope="col" class="heng-number">{safe(words)}</th>' for words in titles)
    rows = "".join(_row(card, view) for card in cards.values())
    return (
        f'<table class="heng-standings"><thead><tr><th scope="col">{safe(text("Department"))}</th>'
        f"{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _row(card: Scorecard, view: View) -> str:
    department = card.subject.department or ""
    name = to_department(department, view)
    off = sum(line.status == "red" for line in card.lines if line.is_scorable)
    total = _scored(card.total.score if card.total else None, strong=True)
    scores = "".join(_cell(each) for each in card.dimensions)
    return f'<tr><th scope="row">{name}</th>{total}{scores}<td class="heng-number">{off}</td></tr>'


def _cell(found: DimensionScore) -> str:
    return _scored(found.score, provisional=found.is_provisional)


def _scored(score: float | None, *, strong: bool = False, provisional: bool = False) -> str:
    known = status_of(score)
    shown = safe(values.score(score))
    note = f' <abbr title="{safe(text("Provisional"))}">*</abbr>' if provisional else ""
    mark = f'<span class="heng-sign heng-{known}" aria-hidden="true">{figures.MARKS[known]}</span>'
    said = f'<span class="heng-said">{safe(text(figures.WORDS[known]))}</span>'
    figure = f"<b>{shown}</b>" if strong else shown
    if score is None:
        return f'<td class="heng-number">{shown}{said}</td>'
    return f'<td class="heng-number">{mark} {figure}{note}{said}</td>'
