"""The verdict on a department: its total and its three dimensions, as tiles."""

from collections.abc import Sequence

from kpi.policy import policy
from kpi.roll_up import DimensionScore
from kpi.scorecard import Scorecard
from kpi.total_trend import TotalPoint
from pages.scorecards import values
from pages.scorecards.bars import bar
from pages.scorecards.cards import status_of
from pages.scorecards.dimensions import NAMES
from pages.scorecards.tiles import moved, rated_line, trend_words
from pages.shared import figures, markup
from pages.shared.filters import View
from pages.shared.markup import safe
from pages.shared.spark import spark
from pages.shared.words import plural, text


def verdict(card: Scorecard, before: Scorecard, points: Sequence[TotalPoint], view: View) -> str:
    """Total first, then what it is made of."""
    dimensions = "".join(_dimension(each, card, before, view) for each in card.dimensions)
    tiles = f"{_total(card, before, points, view)}{dimensions}"
    heading = safe(text("Total and dimensions"))
    return f'<h2 class="heng-said">{heading}</h2><ul class="heng-tiles">{tiles}</ul>'


def _total(card: Scorecard, before: Scorecard, points: Sequence[TotalPoint], view: View) -> str:
    score = card.total.score if card.total else None
    known = status_of(score)
    line = spark(
        [point.total.score for point in points],
        alt=trend_words(points),
        status=status_of(points[-1].total.score) if points else "none",
        targets=[values.thresholds()[1]] * len(points),
    )
    return (
        f'<li class="heng-tile heng-{known}">{_head(text("Total score"), score)}'
        f'<div class="heng-row"><span class="heng-figure">{safe(values.score(score))}</span>'
        f"{line}</div><p>{moved(score, before.total.score if before.total else None, view)}</p>"
        f'<p class="heng-quiet">{rated_line(card.total)}</p></li>'
    )


def _dimension(found: DimensionScore, card: Scorecard, before: Scorecard, view: View) -> str:
    then = next(d.score for d in before.dimensions if d.dimension == found.dimension)
    weight = policy().dimensions[found.dimension] / sum(policy().dimensions.values())
    of_total = safe(text("{share} of the total", share=figures.percent(weight, 0)))
    return (
        f'<li class="heng-tile heng-{status_of(found.score)}">'
        f"{_head(text(NAMES[found.dimension]), found.score)}"
        f'<div class="heng-row"><span class="heng-figure">{safe(values.score(found.score))}</span>'
        f"{bar(found.score)}</div><p>{moved(found.score, then, view)}</p>"
        f'<p class="heng-quiet">{of_total} · {_basis(found, card)}</p></li>'
    )


def _basis(found: DimensionScore, card: Scorecard) -> str:
    scorable = sum(line.is_scorable for line in card.of_dimension(found.dimension))
    rated = scorable - len(found.missing)
    words = plural(
        "{rated} of {count} indicator rated",
        "{rated} of {count} indicators rated",
        scorable,
        rated=rated,
    )
    if not found.is_provisional:
        return safe(words)
    return f'<b class="heng-provisional">{safe(text("Provisional"))}</b> {safe(words)}'


def _head(name: str, score: float | None) -> str:
    return f'<div class="heng-row"><h3>{safe(name)}</h3>{markup.status(status_of(score))}</div>'
