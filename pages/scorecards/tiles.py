"""Department tiles: who stands where, since when, and on how much data."""

from collections.abc import Sequence

from kpi.roll_up import Total
from kpi.scorecard import Scorecard
from kpi.total_trend import TotalPoint
from pages.scorecards import values
from pages.scorecards.addresses import to_department
from pages.scorecards.cards import Cards, Trends, status_of
from pages.shared import figures, markup, organisation
from pages.shared.filters import View
from pages.shared.markup import safe
from pages.shared.spark import spark
from pages.shared.words import text


def tiles(cards: Cards, before: Cards, trends: Trends, view: View, *, last: str = "") -> str:
    """One tile per department on one scale; `last` is a tile more."""
    bounds = _bounds(trends)
    each = "".join(
        _tile(card, before.get(department), trends.get(department, ()), view, bounds)
        for department, card in cards.items()
    )
    heading = safe(text("Departments"))
    return f'<h2 class="heng-said">{heading}</h2><ul class="heng-tiles">{each}{last}</ul>'


def summary(cards: Cards) -> str:
    """How many departments have each status, and which one is lowest."""
    totals = {key: card.total.score if card.total else None for key, card in cards.items()}
    found = [status_of(score) for score in totals.values()]
    counted = "".join(
        markup.status(known, f"{text(figures.WORDS[known])} {found.count(known)}")
        for known in ("red", "amber", "green", "none")
        if known in found
    )
    scored = {key: score for key, score in totals.items() if score is not None}
    if len(scored) > 1:
        lowest = min(scored, key=lambda key: scored[key])
        words = text(
            "Lowest is {department} with {score}.",
            department=organisation.department(lowest),
            score=values.score(scored[lowest]),
        )
        counted += f"<span>{safe(words)}</span>"
    return f'<p class="heng-summary">{counted}</p>'


def moved(now: float | None, before: float | None, view: View) -> str:
    """How far a score has moved since the period compared with."""
    period = figures.period(str(view.compared))
    if now is None or before is None:
        return safe(text("No score to compare with in {period}", period=period))
    change = f"<b>{safe(figures.change(now - before))}</b>"
    return text("{change} against {period}", change=change, period=safe(period))


def rated_line(total: Total | None) -> str:
    """How much of the weight was rated, and whether the total is provisional."""
    share = text(
        "{share} of the weight rated", share=figures.percent(total.coverage if total else 0, 0)
    )
    if total is None or not total.is_provisional:
        return safe(share)
    return f'<b class="heng-provisional">{safe(text("Provisional"))}</b> {safe(share)}'


def trend_words(points: Sequence[TotalPoint]) -> str:
    """The trend in a sentence, for those who cannot see it."""
    found = [(p.total.score, p.period) for p in points if p.total.score is not None]
    if not found:
        return text("No scores in the last 13 months")
    lowest, highest = min(found), max(found)
    return text(
        "Score by month: lowest {lowest} in {low_month}, highest {highest} in {high_month}, "
        "latest {latest} in {last_month}",
        lowest=values.score(lowest[0]),
        low_month=figures.period(str(lowest[1])),
        highest=values.score(highest[0]),
        high_month=figures.period(str(highest[1])),
        latest=values.score(found[-1][0]),
        last_month=figures.period(str(found[-1][1])),
    )


def _tile(
    card: Scorecard,
    before: Scorecard | None,
    points: Sequence[TotalPoint],
    view: View,
    bounds: tuple[float, float],
) -> str:
    department = card.subject.department or ""
    score = card.total.score if card.total else None
    then = before.total.score if before and before.total else None
    known = status_of(score)
    name = to_department(department, view)
    line = spark(
        [point.total.score for point in points],
        alt=trend_words(points),
        status=status_of(points[-1].total.score) if points else "none",
        targets=[values.thresholds()[1]] * len(points),
        bounds=bounds,
    )
    return (
        f'<li class="heng-tile heng-{known}"><div class="heng-row"><h3>{name}</h3>'
        f"{markup.status(known)}</div>"
        f'<div class="heng-row"><span class="heng-figure">'
        f"{safe(values.score(score))}</span>{line}</div>"
        f"<p>{moved(score, then, view)}</p>"
        f'<p class="heng-quiet">{rated_line(card.total)}</p></li>'
    )


def _bounds(trends: Trends) -> tuple[float, float]:
    """One scale for all tiles, wide enough for the green threshold."""
    amber, green = values.thresholds()
    found = [p.total.score for points in trends.values() for p in points if p.total.score]
    return min([amber, *found]), max([green, *found])
