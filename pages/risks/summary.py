"""What a register comes to: which risks moved up, and the figures the page opens with."""

from collections import Counter
from collections.abc import Iterator, Sequence

from kpi.risk import Register, Risk
from pages.risks import wording
from pages.risks.register_table import groups
from pages.shared import figures, markup
from pages.shared.facts import Fact
from pages.shared.words import text


def moved(known: Register) -> str:
    """Which risks moved up, in a sentence."""
    if known.previous_month is None:
        return markup.lead(text("There is no register of the period before to compare with."))
    before = figures.period(f"{known.previous_month:%Y-%m}")
    up = [risk for risk in known.risks if risk.movement == "up"]
    if not up:
        return markup.lead(text("No risk has moved up since {month}.", month=before))
    told = text("; ").join(
        text("{risk} ({change})", risk=_name(risk), change=wording.came_from(risk)) for risk in up
    )
    return markup.lead(text("Moved up since {month}: {risks}.", month=before, risks=told))


def _name(risk: Risk) -> str:
    return f"{risk.risk_id} {risk.name}" if risk.name else risk.risk_id


def lateness(known: Register) -> str:
    """That the register is of an earlier month than the period's last, where it is."""
    if known.is_closing or known.month is None:
        return ""
    month = figures.period(f"{known.month:%Y-%m}")
    return markup.quiet(
        text(
            "The last register of this period is of {month}; a later one has not come.", month=month
        )
    )


def figures_of(known: Register) -> Iterator[Fact]:
    """How many risks are open, above what is acceptable, moved up and late in treatment."""
    parts = groups(known)
    moves = Counter(risk.movement for risk in known.risks)
    worst = next((level for level, count in known.counts().items() if count), None)
    yield Fact(
        title=text("Open risks"),
        figure=figures.number(len(known.risks)),
        note=text("The worst is {level}", level=wording.level(worst)) if worst else "",
    )
    yield _counted(text("Above what is acceptable"), parts["above"], text("after treatment"))
    yield Fact(
        title=text("Moved up"),
        figure=figures.number(moves["up"]) if known.previous_month else figures.MISSING,
        note=text(
            "{down} down, {new} new, {closed} closed",
            down=moves["down"],
            new=moves["new"],
            closed=len(known.closed),
        )
        if known.previous_month
        else text("No register to compare with"),
    )
    yield _counted(text("Treatment overdue"), parts["overdue"], text("due and not done"))


def _counted(title: str, risks: Sequence[Risk], note: str) -> Fact:
    return Fact(title=title, figure=figures.number(len(risks)), note=note)
