"""Score bars: a score on its way from 0 to 100, with ticks where amber and green begin."""

from pages.scorecards import values
from pages.scorecards.cards import status_of


def bar(score: float | None) -> str:
    """The bar; an empty track where there is no score. The figure beside it is what is read."""
    amber, green = values.thresholds()
    filled = ""
    if score is not None:
        width = min(max(score, 0.0), 100.0)
        filled = f'<i class="heng-{status_of(score)}" style="width:{width:.1f}%"></i>'
    ticks = "".join(f'<u style="left:{tick:g}%"></u>' for tick in (amber, green))
    return f'<span class="heng-bar" aria-hidden="true">{filled}{ticks}</span>'
