"""How the total comes about, as a table: what each part weighs, gives and could still add."""

from collections.abc import Sequence

from kpi.appraisal import AppraisalResult
from kpi.catalog import catalog
from kpi.evaluation import ScoredLine
from pages.appraisals import wording
from pages.appraisals.sums import Part, most, parts
from pages.scorecards import values
from pages.scorecards.bars import bar
from pages.scorecards.cards import status_of
from pages.shared import figures, filters, markup, organisation
from pages.shared.listing import Column, listing
from pages.shared.markup import safe
from pages.shared.words import named, text


def table(result: AppraisalResult) -> str:
    """The parts, first those that could add most, and their sum."""
    columns = (
        Column(title=text("Part of the total"), kind="head"),
        Column(title=text("Value"), kind="number"),
        Column(title=text("Target"), kind="number"),
        Column(title=text("Score"), kind="score"),
        Column(title=text("Status"), kind="verdict"),
        Column(title=text("Weighs"), kind="number"),
        Column(title=text("Gives"), kind="number"),
        Column(title=text("Could add"), kind="number"),
    )
    found = parts(result.evaluation)
    rows = [_row(part, result) for part in found]
    if result.evaluation.total is not None:
        rows.append(_sum(found))
    caption = text("How the total comes about")
    return f'<div class="heng-sums">{listing(columns, rows, caption=caption)}</div>'


def sentence(result: AppraisalResult) -> str:
    """What could raise the score most, in a sentence; empty where nothing could."""
    found = most(parts(result.evaluation))
    if not found:
        return ""
    named_parts = text(" and ").join(
        text(
            "{part} (up to {points} points)",
            part=_name(part, result),
            points=figures.number(part.could_add, 1),
        )
        for part in found
    )
    return text("Most could be gained by {parts}.", parts=named_parts)


def has_rows(line: ScoredLine) -> bool:
    """Whether workbook rows stand behind a line that may be shown: behind ratings never."""
    return not catalog().facts[line.indicator.numerator.fact].is_private


def _row(part: Part, result: AppraisalResult) -> tuple[str, ...]:
    known = status_of(part.score)
    return (
        _head(part, result),
        _value(part),
        _goal(part),
        f"{bar(part.score)}<span>{safe(values.score(part.score))}</span>",
        markup.status(known),
        figures.percent(part.weight) if part.weight else figures.MISSING,
        figures.number(part.gives, 1) if part.weight else figures.MISSING,
        f"<b>{figures.number(part.could_add, 1)}</b>" if part.weight else figures.MISSING,
    )


def _sum(found: Sequence[Part]) -> tuple[str, ...]:
    gives = sum(part.gives for part in found)
    return (
        f"<b>{safe(text('Total'))}</b>",
        "",
        "",
        "",
        "",
        figures.percent(sum(part.weight for part in found), 0),
        f"<b>{figures.number(gives, 1)}</b>",
        figures.number(100 - gives, 1),
    )


def _name(part: Part, result: AppraisalResult) -> str:
    if part.line is None:
        department = organisation.department(result.employee.department)
        return text("the result of {department}", department=department)
    return named(part.line.indicator.names)


def _department(result: AppraisalResult) -> str:
    department = organisation.department(result.employee.department)
    return text("Result of {department}", department=department)


def _head(part: Part, result: AppraisalResult) -> str:
    name = safe(_name(part, result)) if part.line else safe(_department(result))
    notes = [text(wording.DIMENSIONS[part.dimension])]
    if part.line is not None and has_rows(part.line):
        address = filters.here("person", rows=part.line.key)
        marks = f'data-reveal="behind" id="rows-{safe(part.line.key)}"'
        name = f'<a {marks} href="{safe(address)}">{name}</a>'
    if part.line is not None and part.line.reason:
        notes.append(figures.reason(part.line.reason))
    return f"{name}<small>{safe(text(' · ').join(note for note in notes if note))}</small>"


def _value(part: Part) -> str:
    if part.line is None:
        return figures.MISSING
    return f"<b>{safe(values.value(part.line.indicator, part.line.value))}</b>"


def _goal(part: Part) -> str:
    if part.line is None or part.dimension != "performance":
        return figures.MISSING
    default = part.line.target_origin == "default"
    note = f"<small>{safe(text('default'))}</small>" if default else ""
    return safe(values.goal(part.line.indicator, part.line.goal)) + note
