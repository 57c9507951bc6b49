"""What the results of many people come to: figures, grades and the departments' means."""

from collections.abc import Iterator, Sequence

from kpi.appraisal import AppraisalResult, department_means
from kpi.policy import policy
from kpi.scoring import rounded
from pages.appraisals.grades import colour, spread
from pages.shared import figures, filters, markup, organisation
from pages.shared.facts import Fact
from pages.shared.markup import safe
from pages.shared.words import text


def figures_of(found: Sequence[AppraisalResult]) -> Iterator[Fact]:
    """How many people have a result, their mean, and how many results need a look."""
    totals = [result.total for result in found if result.total is not None]
    yield Fact(
        title=text("People with a result"),
        figure=figures.number(len(totals)),
        note=text("of {count} employed in the period", count=figures.number(len(found))),
    )
    shown = len(totals) >= policy().minimum_people
    yield Fact(
        title=text("Mean total"),
        figure=figures.number(rounded(sum(totals) / len(totals)), 2) if shown else figures.MISSING,
        note="" if shown else _too_few(),
    )
    yield Fact(
        title=text("Unqualified"),
        figure=figures.number(sum(colour(r.grade) == "red" for r in found)),
    )
    provisional = sum(r.is_provisional for r in found)
    yield Fact(
        title=text("Provisional"),
        figure=figures.number(provisional),
        note=text("a part of the data is missing") if provisional else "",
    )


def side_by_side(found: Sequence[AppraisalResult], grade: str | None, *, several: bool) -> str:
    """The grades and, where there are several departments, the mean of each."""
    grades = f"<section>{markup.heading(text('Grades'))}{spread(found, grade)}</section>"
    means = ""
    if several:
        title = markup.heading(text("Mean total by department"))
        lines = "".join(_mean(key, mean) for key, mean in department_means(found).items())
        means = f'<section>{title}<ul class="heng-spread">{lines}</ul></section>'
    return f'<div class="heng-halves">{grades}{means}</div>'


def _mean(department: str, mean: float | None) -> str:
    name = safe(organisation.department(department))
    address = filters.here("appraisals", department=department, grade=None, page=None)
    known = colour(policy().grade(mean))
    bar = f'<i class="heng-{known}" style="width:{mean or 0:.0f}%"></i>'
    shown = figures.number(mean, 2) if mean is not None else figures.MISSING
    note = f"<small>{safe(_too_few())}</small>" if mean is None else ""
    return (
        f'<li class="heng-mean"><a href="{safe(address)}">{name}</a>'
        f'<span class="heng-track">{bar}</span><b>{shown}</b>{note}</li>'
    )


def _too_few() -> str:
    fewest = figures.number(policy().minimum_people)
    return text("Shown only over at least {count} people", count=fewest)
