"""What needs attention: indicators off track, and data that have not arrived."""

from collections import defaultdict
from collections.abc import Iterator

from kpi.coverage import Coverage
from kpi.scorecard import Line
from pages.scorecards import values
from pages.scorecards.addresses import to_indicator
from pages.scorecards.cards import Cards
from pages.scorecards.why import Undelivered, reason, sentence, undelivered
from pages.shared import markup, organisation
from pages.shared.filters import View
from pages.shared.markup import safe
from pages.shared.words import plural, text

SHOWN = 8

Found = tuple[str, Line]
"""A department and one of its lines."""


def attention(cards: Cards, view: View, coverage: Coverage) -> str:
    """Off track first, worst first; then missing data; then what could not be rated."""
    off = sorted(
        ((d, line) for d, line in _lines(cards) if line.status == "red"),
        key=lambda found: (found[1].score or 0.0, -found[1].weight),
    )
    rows = "".join(_off_target(d, line, view) for d, line in off[:SHOWN])
    if len(off) > SHOWN:
        rows += (
            f'<li class="heng-none">{safe(text("and {count} more", count=len(off) - SHOWN))}</li>'
        )
    rows += "".join(_missing(absent, of, view) for absent, of in _absent(cards, view, coverage))
    rows += "".join(
        _unrated(d, line, view, coverage)
        for d, line in _lines(cards)
        if line.reason not in (None, "no_data", "no_activity", "no_event") and line.score is None
    )
    if not rows:
        rows = _note(text("Nothing is off track and no data are missing"))
    return f'<ul class="heng-feed">{rows}</ul>{_idle(cards)}'


def _lines(cards: Cards) -> Iterator[Found]:
    for department, card in cards.items():
        yield from ((department, line) for line in card.lines if line.is_scorable)


def _absent(cards: Cards, view: View, coverage: Coverage) -> list[tuple[Undelivered, list[Found]]]:
    """Each missing delivery with the lines that lack it."""
    found: dict[Undelivered, list[Found]] = defaultdict(list)
    for department, line in _lines(cards):
        if line.reason == "no_data" or line.is_partial:
            for absent in undelivered(line, view.period, department, coverage):
                found[absent].append((department, line))
    return sorted(found.items(), key=lambda item: -len(item[1]))


def _off_target(department: str, line: Line, view: View) -> str:
    value = safe(values.value(line.indicator, line.value))
    aim = safe(values.goal(line.indicator, line.goal))
    name = to_indicator(line.indicator, department, view)
    return (
        f'<li>{markup.status("red")}<span class="heng-what">{name}'
        f"<small>{_of(department)}</small></span>"
        f'<span class="heng-then"><b>{value}</b> {safe(text("Target"))} {aim}</span></li>'
    )


def _missing(absent: Undelivered, of: list[Found], view: View) -> str:
    # Several departments may lack the same indicator: it is named once.
    named = {line.key: to_indicator(line.indicator, d, view) for d, line in reversed(of)}
    listed = safe(text(", ")).join(list(named.values())[:3])
    more = len(named) - 3
    if more > 0:
        listed += " " + safe(text("and {count} more", count=more))
    return (
        f'<li>{markup.status("none", text("Missing"))}<span class="heng-what">'
        f"{safe(sentence(absent))}<small>{safe(text('Missing in'))} {listed}</small></span></li>"
    )


def _unrated(department: str, line: Line, view: View, coverage: Coverage) -> str:
    words = safe(reason(line, view.period, department, coverage))
    name = to_indicator(line.indicator, department, view)
    return (
        f'<li>{markup.status("none")}<span class="heng-what">{name}'
        f"<small>{_of(department)} · {words}</small></span></li>"
    )


def _note(words: str) -> str:
    return f'<li class="heng-note">{safe(words)}</li>'


def _idle(cards: Cards) -> str:
    count = sum(line.reason in ("no_activity", "no_event") for _, line in _lines(cards))
    if not count:
        return ""
    words = plural(
        "{count} indicator had nothing to measure in this period.",
        "{count} indicators had nothing to measure in this period.",
        count,
    )
    return f'<p class="heng-quiet">{safe(words)}</p>'


def _of(department: str) -> str:
    return safe(organisation.department(department))
