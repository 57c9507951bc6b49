"""What a period came to for one person, as figures, and of which parts it is made."""

from collections.abc import Iterator

from kpi.appraisal import AppraisalResult
from kpi.policy import Dimension, policy
from pages.appraisals import wording
from pages.appraisals.grades import colour
from pages.shared import figures
from pages.shared.facts import Fact
from pages.shared.markup import safe
from pages.shared.words import named, text


def standing(result: AppraisalResult) -> Iterator[Fact]:
    """Total and grade, the three dimensions, and how much of the data there is."""
    yield Fact(
        title=text("Total"),
        figure=figures.number(result.total, 2),
        note="" if result.total is not None else text("No result without performance"),
        status=colour(result.grade),
        word=named(result.grade.names) if result.grade else text("No result"),
    )
    yield _dimension(result, "performance", _performance(result))
    yield _dimension(result, "capability", "")
    yield _dimension(result, "attitude", "")
    yield Fact(
        title=text("Data coverage"),
        figure=figures.percent(result.coverage, 0),
        note=text("of the weight has data"),
    )


def composition(result: AppraisalResult) -> str:
    """How a quarter or a year is made of its parts, as HTML; nothing for a month."""
    if result.mean is None:
        return ""
    listed = text(", ").join(
        f"{figures.period(str(part.period))} {figures.number(part.total, 2)}"
        for part in result.parts
        if part.total is not None
    )
    said = [
        text(
            "{share} is the mean of {parts}: {mean}.",
            share=figures.percent(result.mean_share, 0),
            parts=listed,
            mean=figures.number(result.mean, 2),
        )
    ]
    if result.mean_share < 1:
        said.append(
            text(
                "{share} is the evaluation of the whole period: {score}.",
                share=figures.percent(1 - result.mean_share, 0),
                score=figures.number(result.evaluation.total, 2),
            )
        )
    return f'<p class="heng-quiet">{safe(" ".join(said))}</p>'


def _dimension(result: AppraisalResult, dimension: Dimension, made_of: str) -> Fact:
    share = policy().dimensions[dimension] / sum(policy().dimensions.values())
    note = text("{share} of the total", share=figures.percent(share, 0))
    return Fact(
        title=text(wording.DIMENSIONS[dimension]),
        figure=figures.number(result.score(dimension), 1),
        note=text("{note}: {parts}", note=note, parts=made_of) if made_of else note,
    )


def _performance(result: AppraisalResult) -> str:
    known = result.evaluation.performance
    if known.own is None or not 0 < known.own_share < 1:
        return ""
    return text(
        "{own} own, {department} of the department",
        own=figures.percent(known.own_share, 0),
        department=figures.percent(1 - known.own_share, 0),
    )
