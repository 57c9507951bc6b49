"""Parts: an indicator by team, by person and, where it is the whole company's, by department."""

from collections.abc import Iterator, Sequence
from math import inf

from kpi.breakdown import By, Part
from kpi.catalog import catalog
from kpi.scorecard import Line
from pages.scorecards import values
from pages.scorecards.bars import bar
from pages.scorecards.cards import Reader
from pages.scorecards.lines import compared
from pages.shared import figures, markup, organisation
from pages.shared.filters import View
from pages.shared.listing import Column, listing
from pages.shared.markup import safe
from pages.shared.words import later, text

SHOWN, UNFOLDED = 8, 12
"""How many parts stand open, and up to how many all do."""

_TITLES: dict[By, str] = {
    "team": later("By team"),
    "employee": later("By employee"),
    "department": later("By department"),
}
_HEADS: dict[By, str] = {
    "team": later("Team"),
    "employee": later("Employee"),
    "department": later("Department"),
}

Parts = dict[By, tuple[Part, ...]]


def parts(reader: Reader, line: Line, department: str, view: View) -> Parts:
    """Every breakdown that the indicator's rows allow and that has more than one part in scope."""
    found = {by: reader.parts(line.key, department, view.period, by) for by in _offered(line)}
    return {by: each for by, each in found.items() if len(each) > 1}


def sections(found: Parts, view: View) -> str:
    """A table for each breakdown, the weakest first."""
    return "".join(
        f'<section class="heng-section"><h2>{safe(text(_TITLES[by]))}</h2>'
        f"{_table(by, each, view)}</section>"
        for by, each in found.items()
    )


def _offered(line: Line) -> Iterator[By]:
    columns = catalog().facts[line.indicator.numerator.fact].columns
    if line.level == "company":
        yield "department"
        return
    if "team" in columns:
        yield "team"
    if "employee_id" in columns:
        yield "employee"


def _table(by: By, found: Sequence[Part], view: View) -> str:
    """The weakest parts; those beyond the first few are folded away."""
    ordered = sorted(found, key=lambda part: (*_rank(part.line), part.name))
    first, rest = ordered, list[Part]()
    if len(ordered) > UNFOLDED:
        first, rest = ordered[:SHOWN], ordered[SHOWN:]
    # Where only the department that answers for the whole has a target, nobody is rated.
    rated = sum(part.line.score is not None for part in found) > 1
    folded = ""
    if rest:
        words = safe(text("Show the other {count}", count=len(rest)))
        listed = _listing(by, rest, view, rated=rated)
        folded = f"<details><summary>{words}</summary>{listed}</details>"
    return f'<div class="heng-parts">{_listing(by, first, view, rated=rated)}{folded}</div>'


def _listing(by: By, found: Sequence[Part], view: View, *, rated: bool) -> str:
    against = text("Against {period}", period=figures.period(str(view.compared)))
    judged = (
        Column(title=text("Score"), kind="score"),
        Column(title=text("Status"), kind="verdict"),
    )
    columns = (
        Column(title=text(_HEADS[by]), kind="head"),
        Column(title=text("Value"), kind="number heng-value"),
        Column(title=text("Numerator ÷ denominator"), kind="number heng-fraction"),
        *(judged if rated else ()),
        Column(title=against, kind="number heng-against"),
    )
    rows = [_row(by, part, view, rated=rated) for part in found]
    return listing(columns, rows, caption=text(_TITLES[by]))


def _row(by: By, part: Part, view: View, *, rated: bool) -> tuple[str, ...]:
    line = part.line
    name = organisation.department(part.name) if by == "department" else part.name
    number = part.subject.employee_id
    beneath = f"<small>{safe(number)}</small>" if number and number != name else ""
    before = line.year_before if view.comparison == "year" else line.previous
    judged = (
        f"{bar(line.score)}<span>{safe(values.score(line.score))}</span>",
        markup.status(line.status),
    )
    return (
        f"<b>{safe(name)}</b>{beneath}",
        f"<b>{safe(values.value(line.indicator, line.value))}</b>",
        safe(values.fraction(line)),
        *(judged if rated else ()),
        compared(line, before),
    )


def _rank(line: Line) -> tuple[float, float]:
    """Weakest first: by score, then by value where scores are at their cap."""
    value = line.value or 0.0
    toward = -value if line.indicator.direction == "lower" else value
    return (line.score if line.score is not None else inf, toward)
