"""About an indicator: what it means, how it is computed, who answers for it."""

from collections.abc import Mapping

from kpi.indicator import Direction, Indicator, Unit
from kpi.scorecard import Line
from pages.scorecards.dimensions import NAMES
from pages.shared import organisation
from pages.shared.markup import safe
from pages.shared.words import later, named, text

_DIRECTIONS: Mapping[Direction, str] = {
    "higher": later("Higher is better"),
    "lower": later("Lower is better"),
    "band": later("Best within the band"),
    "context": later("For information, not rated"),
}
_UNITS: Mapping[Unit, str] = {
    "percent": later("Percent"),
    "ratio": later("Ratio"),
    "points": later("Points"),
    "count": later("Count"),
    "per_thousand": later("Per thousand"),
    "currency": later("Amount of money"),
    "days": later("Days"),
    "hours": later("Hours"),
}


def about(line: Line) -> str:
    """The indicator's definition and its particulars."""
    indicator = line.indicator
    said = (
        (text("How it is computed"), named(indicator.definitions)),
        (text("Direction"), text(_DIRECTIONS[indicator.direction])),
        (text("Unit"), _unit(indicator)),
        (text("Dimension"), text(NAMES[indicator.dimension])),
        (text("Clause"), indicator.clause),
        (text("Responsible"), organisation.department(indicator.owner)),
        (text("Follows"), text(indicator.source)),
    )
    listed = "".join(
        f"<div><dt>{safe(name)}</dt><dd>{safe(words)}</dd></div>" for name, words in said
    )
    return f'<dl class="heng-about">{listed}</dl>'


def _unit(indicator: Indicator) -> str:
    return text(_UNITS[indicator.unit])
