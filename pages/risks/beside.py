"""Beside the heatmap: the risks of the chosen cell, or how many risks each level has."""

from collections.abc import Iterable

from kpi.risk import Cell, Heatmap, Risk
from pages.risks import wording
from pages.shared import figures, filters, organisation, origin
from pages.shared.markup import safe
from pages.shared.words import plural, text


def beside(shown: Heatmap, chosen: Cell | None) -> str:
    """What stands next to the cells."""
    return _levels(shown) if chosen is None else _risks(shown, chosen)


def _levels(shown: Heatmap) -> str:
    counts = shown.register.counts(shown.basis)
    most = max([*counts.values(), 1])
    bars = "".join(
        f"<li><span>{safe(wording.level(level))}</span>"
        f'<span class="heng-bar"><i class="{wording.colour(shown.register.matrix, level)}" '
        f'style="width:{100 * count / most:.0f}%"></i></span><b>{figures.number(count)}</b></li>'
        for level, count in counts.items()
    )
    hint = text("Choose a cell to list its risks.")
    return (
        f'<section class="heng-beside"><h3>{safe(text("Risks by level"))}</h3>'
        f'<ul class="heng-levels">{bars}</ul><p class="heng-quiet">{safe(hint)}</p></section>'
    )


def _risks(shown: Heatmap, cell: Cell) -> str:
    place = text(
        "Likelihood {likelihood}, impact {impact}", likelihood=cell.likelihood, impact=cell.impact
    )
    count = plural("{count} risk", "{count} risks", cell.count)
    close = filters.here("risks", cell=None)
    cards = "".join(_cards(cell.risks)) or f"<p>{safe(text('No risk stands here.'))}</p>"
    return (
        f'<section class="heng-beside"><h3>{safe(place)}</h3>'
        f'<p class="heng-of">{_level(shown, cell)}<span>{safe(count)}</span>'
        f'<a href="{safe(close)}">{safe(text("Show all levels"))}</a></p>'
        f'<ul class="heng-cards">{cards}</ul></section>'
    )


def _level(shown: Heatmap, cell: Cell) -> str:
    colour = wording.colour(shown.register.matrix, cell.level)
    return f'<span class="heng-level {colour}">{safe(wording.level(cell.level))}</span>'


def _cards(risks: Iterable[Risk]) -> Iterable[str]:
    for risk in risks:
        who = text("{department}, {owner}", department=organisation.department(risk.department),
                   owner=risk.owner or figures.MISSING)  # fmt: skip
        moved = f"<span>{wording.movement(risk)}</span>" if risk.movement != "same" else ""
        yield (
            f"<li><strong>{safe(risk.name or risk.risk_id)}</strong>"
            f"<small>{safe(risk.risk_id)} · {safe(who)}</small>{moved}"
            f"<small>{safe(origin.place(risk.source))}</small></li>"
        )
