"""What changed most: the indicators whose scores moved furthest between two periods."""

from collections.abc import Sequence
from dataclasses import dataclass

from kpi.scorecard import Line
from pages.scorecards import values
from pages.scorecards.addresses import to_indicator
from pages.scorecards.cards import Cards
from pages.shared import figures, organisation
from pages.shared.filters import View
from pages.shared.markup import safe
from pages.shared.words import text

SHOWN = 4
_SMALLEST = 0.05
"""What rounds to no change at all is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """An indicator of a department, now and in the period compared with."""

    department: str
    now: Line
    before: Line

    @property
    def points(self) -> float:
        """Score now less score then; above zero is better."""
        return (self.now.score or 0.0) - (self.before.score or 0.0)


def moves(cards: Cards, before: Cards) -> tuple[Move, ...]:
    """Every indicator with a score in both periods that differs, furthest first."""
    earlier = {(key, line.key): line for key, card in before.items() for line in card.lines}
    found = [
        Move(department=department, now=line, before=then)
        for department, card in cards.items()
        for line in card.lines
        if (then := earlier.get((department, line.key)))
        and line.score is not None
        and then.score is not None
    ]
    moved = [move for move in found if abs(move.points) >= _SMALLEST]
    return tuple(sorted(moved, key=lambda move: (-abs(move.points), move.now.key)))


def changed_most(found: Sequence[Move], view: View) -> str:
    """The largest falls and rises, each with both values and the change of the score."""
    down = [move for move in found if move.points < 0][:SHOWN]
    up = [move for move in found if move.points > 0][:SHOWN]
    return _group(text("Down"), down, view) + _group(text("Up"), up, view)


def _group(title: str, found: Sequence[Move], view: View) -> str:
    rows = "".join(_row(move, view) for move in found)
    if not rows:
        rows = f'<li class="heng-note">{safe(text("No indicator moved this way"))}</li>'
    return (
        f'<h3 class="heng-group">{safe(title)}<span>{safe(text("Score"))}</span></h3>'
        f'<ul class="heng-feed">{rows}</ul>'
    )


def _row(move: Move, view: View) -> str:
    indicator = move.now.indicator
    name = to_indicator(indicator, move.department, view)
    department = safe(organisation.department(move.department))
    then = safe(values.value(indicator, move.before.value))
    now = safe(values.value(indicator, move.now.value))
    points = safe(figures.change(move.points))
    direction = "heng-better" if move.points > 0 else "heng-worse"
    return (
        f'<li><span class="heng-what">{name}<small>{department}</small></span>'
        f'<span class="heng-then">{then} → <b>{now}</b></span>'
        f'<span class="heng-points {direction}">{points}</span></li>'
    )
