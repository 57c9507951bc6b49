"""The legend: from which score on a status holds."""

from kpi.policy import policy
from pages.shared import figures, markup
from pages.shared.markup import safe
from pages.shared.theme import Status
from pages.shared.words import text


def legend() -> str:
    """The three statuses with their scores, and whether these are the defaults."""
    chosen = policy()
    bounds: dict[Status, str] = {
        "green": f"≥ {chosen.green_from:g}",
        "amber": f"≥ {chosen.amber_from:g}",
        "red": f"< {chosen.amber_from:g}",
    }
    shown = " ".join(
        markup.status(known, f"{text(figures.WORDS[known])} {bound}")
        for known, bound in bounds.items()
    )
    agreed = "score" in chosen.agreed
    words = text("Status by score") if agreed else text("Status by score (default)")
    return f'<p class="heng-legend">{safe(words)} {shown}</p>'
