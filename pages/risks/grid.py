"""The heatmap: 25 cells by likelihood and impact; a cell with risks is a link that lists them."""

from kpi.risk import Cell, Heatmap
from pages.risks import wording
from pages.shared import figures, filters
from pages.shared.markup import safe
from pages.shared.words import plural, text

_CURRENT = ' aria-current="true"'


def grid(shown: Heatmap, chosen: Cell | None) -> str:
    """The cells as a table, the most likely on top, the worst at the upper right."""
    rows = "".join(_row(shown, likelihood, chosen) for likelihood in range(5, 0, -1))
    impacts = "".join(f'<th scope="col">{impact}</th>' for impact in range(1, 6))
    caption = text("Open risks by likelihood and impact; the number is how many")
    return (
        f'<div class="heng-heat"><span class="heng-up">{safe(text("Likelihood"))} →</span>'
        f'<table><caption>{safe(caption)}</caption><colgroup><col><col span="5"></colgroup>'
        f"<tbody>{rows}</tbody>"
        f"<tfoot><tr><td></td>{impacts}</tr></tfoot></table>"
        f'<span class="heng-along">{safe(text("Impact"))} →</span></div>'
    )


def cell_id(cell: Cell) -> str:
    """The cell in the address: likelihood and impact."""
    return f"{cell.likelihood}-{cell.impact}"


def chosen_cell(shown: Heatmap) -> Cell | None:
    """The cell that the address names, if it names one."""
    asked = filters.asked("cell")
    return next((cell for cell in shown.cells if cell_id(cell) == asked), None)


def _row(shown: Heatmap, likelihood: int, chosen: Cell | None) -> str:
    cells = (_cell(shown, shown.cell(likelihood, impact), chosen) for impact in range(1, 6))
    return f'<tr><th scope="row">{likelihood}</th>{"".join(cells)}</tr>'


def _cell(shown: Heatmap, cell: Cell, chosen: Cell | None) -> str:
    word = wording.level(cell.level)
    inner = f"<small>{safe(word)}</small>"
    if cell.count or cell == chosen:
        inner = _link(cell, cell == chosen, word, inner)
    return f'<td class="{wording.colour(shown.register.matrix, cell.level)}">{inner}</td>'


def _link(cell: Cell, is_chosen: bool, word: str, inner: str) -> str:
    said = text(
        "Likelihood {likelihood}, impact {impact}, {level}: {risks}",
        likelihood=cell.likelihood,
        impact=cell.impact,
        level=word,
        risks=plural("{count} risk", "{count} risks", cell.count),
    )
    address = filters.here("risks", cell=None if is_chosen else cell_id(cell))
    return (
        f'<a data-reveal="beside" id="cell-{cell_id(cell)}" href="{safe(address)}" '
        f'aria-label="{safe(said)}"{_CURRENT if is_chosen else ""}>'
        f"<b>{figures.number(cell.count)}</b>{inner}</a>"
    )
