"""Risks in words: levels, movements, treatments."""

from collections.abc import Mapping
from types import MappingProxyType

from kpi.policy import RiskMatrix
from kpi.risk import Movement, Place, Risk
from pages.shared import figures
from pages.shared.markup import safe, status
from pages.shared.theme import Status
from pages.shared.words import later, text

_LEVELS: Mapping[str, str] = MappingProxyType(
    {
        "low": later("Low"),
        "medium": later("Medium"),
        "high": later("High"),
        "critical": later("Critical"),
    }
)
_MOVEMENTS: Mapping[Movement, tuple[Status, str, str]] = MappingProxyType(
    {
        "up": ("red", "▲", later("Moved up")),
        "down": ("green", "▼", later("Moved down")),
        "new": ("amber", "+", later("New")),
    }
)


def level(known: str | None) -> str:
    """A level's name; a dash where a likelihood or an impact is missing."""
    if known is None:
        return figures.MISSING
    return text(_LEVELS[known]) if known in _LEVELS else known


def colour(matrix: RiskMatrix, known: str) -> str:
    """The style of a level: the worst has the strongest colour, however many levels there are."""
    rank = matrix.rank(known)
    return f"heng-risk-{1 if rank == 1 else max(5 - len(matrix.levels) + rank, 1)}"


def chip(matrix: RiskMatrix, place: Place) -> str:
    """A level with its colour and word, as HTML."""
    if place.level is None:
        return figures.MISSING
    return (
        f'<span class="heng-level {colour(matrix, place.level)}">{safe(level(place.level))}</span>'
    )


def stands(place: Place) -> str:
    """Where a risk stands: likelihood by impact."""
    if place.level is None:
        return text("Likelihood or impact is missing")
    return text(
        "likelihood {likelihood}, impact {impact}",
        likelihood=place.likelihood,
        impact=place.impact,
    )


def movement(risk: Risk) -> str:
    """How the risk has moved since the register before, as HTML."""
    if risk.movement is None:
        return figures.MISSING
    if risk.movement == "same":
        return f'<span class="heng-quiet">{safe(text("Unchanged"))}</span>'
    colour_of, mark, word = _MOVEMENTS[risk.movement]
    before = f"<small>{safe(came_from(risk))}</small>" if risk.previous else ""
    return status(colour_of, text(word), mark) + before


def came_from(risk: Risk) -> str:
    """Where a risk stood before: its level where that changed, else likelihood and impact."""
    if risk.previous is None:
        return ""
    if risk.previous.level != risk.residual.level:
        return text(
            "from {before} to {after}",
            before=level(risk.previous.level),
            after=level(risk.residual.level),
        )
    if risk.previous.likelihood != risk.residual.likelihood:
        return text(
            "likelihood from {before} to {after}",
            before=risk.previous.likelihood,
            after=risk.residual.likelihood,
        )
    return text(
        "impact from {before} to {after}",
        before=risk.previous.impact,
        after=risk.residual.impact,
    )


def treatment(risk: Risk) -> str:
    """When the treatment is due and whether it is done, as HTML."""
    if risk.treatment == "none":
        return f"{figures.MISSING}<small>{safe(text('No treatment is planned'))}</small>"
    due = figures.day(risk.treatment_due)
    if risk.treatment == "overdue":
        return f"{due}<br>{status('red', text('Overdue'))}"
    if risk.treatment == "planned":
        return due
    done = text("done {day}", day=figures.day(risk.treated_on))
    if risk.treatment == "done_late":
        return f"{due}<br>{status('amber', done)}"
    return f'{due}<small><span aria-hidden="true">✔</span> {safe(done)}</small>'
