"""Grades in colour, mark and word, and how many results have each."""

from collections.abc import Mapping, Sequence

from kpi.appraisal import AppraisalResult, distribution
from kpi.policy import Grade, policy
from pages.shared import figures, filters
from pages.shared.markup import safe, status
from pages.shared.theme import Status
from pages.shared.words import named, text

_CURRENT = ' aria-current="true"'


def colour(grade: Grade | None) -> Status:
    """Red for what the consequence ladder counts, amber for the grade above it, else green."""
    if grade is None:
        return "none"
    worst = {key for rule in policy().ladder for key in rule.grades}
    if grade.id in worst:
        return "red"
    better = [each.id for each in policy().grades if each.id not in worst]
    return "amber" if grade.id == better[-1] else "green"


def badge(grade: Grade | None) -> str:
    """A grade as HTML; that there is none, where there is none."""
    return status(colour(grade), named(grade.names) if grade else text("No result"))


def spread(found: Sequence[AppraisalResult], chosen: str | None) -> str:
    """How many results have each grade; each line is a link that lists them alone."""
    counts = distribution(found)
    most, graded = max([*counts.values(), 1]), sum(counts.values())
    lines = "".join(_line(grade, counts, most, graded, chosen) for grade in policy().grades)
    return f'<ul class="heng-spread">{lines}</ul>'


def _line(
    grade: Grade, counts: Mapping[str, int], most: int, graded: int, chosen: str | None
) -> str:
    count, is_chosen = counts[grade.id], grade.id == chosen
    address = filters.here("appraisals", grade=None if is_chosen else grade.id, page=None)
    share = figures.percent(count / graded if graded else None, 0)
    name = safe(named(grade.names))
    return (
        f'<li><a id="grade-{safe(grade.id)}" href="{safe(address)}"'
        f"{_CURRENT if is_chosen else ''}>{_mark(colour(grade))} {name}</a>"
        f'<span class="heng-track"><i class="heng-{colour(grade)}" '
        f'style="width:{100 * count / most:.0f}%"></i></span>'
        f"<b>{figures.number(count)}</b><span>{share}</span></li>"
    )


def _mark(known: Status) -> str:
    return f'<span class="heng-mark heng-{known}" aria-hidden="true">{figures.MARKS[known]}</span>'
