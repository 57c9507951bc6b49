"""Beside the heatmap: the risks of the chosen cell, or how many risks each level has."""

from collections.abc import Iterable

from kpi.risk import Cell, Heatmap, Risk
from pages.risks import wording
from pages.shared import figures, filters, organisation, origin
from pages.shared.markup import safe
from pages.shared.words import plural, text

MOST = 3


def beside(shown: Heatmap, chosen: Cell | None) -> str:
    """What stands next to the cells."""
    parts = (_levels(shown), _above(shown)) if chosen is None else (_risks(shown, chosen),)
    return f'<div class="heng-beside" id="beside">{"".join(parts)}</div>'


def _levels(shown: Heatmap) -> str:
    counts = shown.register.counts(shown.basis)
    most = max([*counts.values(), 1])
    bars = "".join(
        f"<li><span>{safe(wording.level(level))}</span>"
        f'<span class="heng-level-bar"><i class="{wording.colour(shown.register.matrix, level)}" '
        f'style="width:{100 * count / most:.0f}%"></i></span><b>{figures.number(count)}</b></li>'
        for level, count in counts.items()
    )
    hint = text("Choose a cell to list its risks.")
    return (
        f"<section><h2>{safe(text('Risks by level'))}</h2>"
        f'<ul class="heng-levels">{bars}</ul><p class="heng-quiet">{safe(hint)}</p></section>'
    )


def _above(shown: Heatmap) -> str:
    """The worst risks that are above what is acceptable; the register has the others."""
    above = [risk for risk in shown.register.risks if risk.is_within_appetite is False]
    if not above:
        return ""
    title = safe(text("Above what is acceptable, after treatment"))
    cards = "".join(_cards(shown, above[:MOST], leveled=True))
    return f'<section><h2>{title}</h2><ul class="heng-cards">{cards}</ul></section>'


def _risks(shown: Heatmap, cell: Cell) -> str:
    place = text(
        "Likelihood {likelihood}, impact {impact}", likelihood=cell.likelihood, impact=cell.impact
    )
    count = plural("{count} risk", "{count} risks", cell.count)
    close = filters.here("risks", cell=None)
    cards = (
        "".join(_cards(shown, cell.risks, leveled=False))
        or f"<p>{safe(text('No risk stands here.'))}</p>"
    )
    return (
        f"<section><h2>{safe(place)}</h2>"
        f'<p class="heng-of">{_level(shown, cell)}<span>{safe(count)}</span>'
        f'<a href="{safe(close)}">{safe(text("Show all levels"))}</a></p>'
        f'<ul class="heng-cards">{cards}</ul></section>'
    )


def _level(shown: Heatmap, cell: Cell) -> str:
    colour = wording.colour(shown.register.matrix, cell.level)
    return f'<span class="heng-level {colour}">{safe(wording.level(cell.level))}</span>'


def _cards(shown: Heatmap, risks: Iterable[Risk], *, leveled: bool) -> Iterable[str]:
    """A card for each risk; `leveled` where the cards do not all have one level."""
    for risk in risks:
        who = text("{department}, {owner}", department=organisation.department(risk.department),
                   owner=risk.owner or figures.MISSING)  # fmt: skip
        marks = [wording.chip(shown.register.matrix, risk.residual)] if leveled else []
        if risk.movement not in (None, "same"):
            marks.append(wording.movement(risk))
        marked = f'<p class="heng-of">{"".join(marks)}</p>' if marks else ""
        yield (
            f"<li><strong>{safe(risk.name or risk.risk_id)}</strong>"
            f"<small>{safe(risk.risk_id)} · {safe(who)}</small>"
            f"{marked}<small>{safe(origin.place(risk.source))}</small></li>"
        )
