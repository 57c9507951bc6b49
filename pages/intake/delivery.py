"""Deliveries in words: who brings a dataset, how its month stands, and what is still missing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from data.contract import Contract, contract, departments
from data.readiness import Delivery
from pages.intake import value
from pages.intake.badge import Badge
from pages.shared import figures, organisation
from pages.shared.words import later, text

COMPLETE = Badge(tone="green", mark="✔", word=later("Complete"))
PARTIAL = Badge(tone="amber", mark="▲", word=later("In part"))
NOTHING = Badge(tone="ready", mark="○", word=later("Nothing"))
MISSING = Badge(tone="red", mark="✖", word=later("Missing"))
NOT_DUE = Badge(tone="none", mark="·", word=later("Not due yet"))

MEANINGS: Mapping[str, str] = MappingProxyType(
    {
        COMPLETE.word: later("everybody has delivered"),
        PARTIAL.word: later("some departments have delivered"),
        NOTHING.word: later("somebody said there was nothing this month"),
        MISSING.word: later("nothing has come"),
        NOT_DUE.word: later("the month is not over"),
    }
)
_BADGES = {
    "complete": COMPLETE,
    "partial": PARTIAL,
    "declared": NOTHING,
    "missing": MISSING,
}


def badge_of(one: Delivery, *, due: bool) -> Badge:
    """How the dataset stands in its month; what has not come is missing once the month is over."""
    found = _BADGES[one.state]
    return NOT_DUE if found is MISSING and not due else found


def lacking(one: Delivery) -> tuple[str, ...]:
    """The departments that have still to deliver."""
    if one.state not in ("missing", "partial"):
        return ()
    return one.missing_departments or (contract(one.dataset).owner,)


def deliverers(known: Contract) -> str:
    """Who delivers the dataset."""
    expected = known.covers.expected
    if set(expected) >= departments().keys():
        return text("Every department")
    return text(", ").join(map(organisation.department, expected or (known.owner,)))


def sentence(deliveries: Iterable[Delivery], month: date) -> str:
    """What a month lacks, and from whom."""
    period = figures.period(f"{month:%Y-%m}")
    absent = _absent(deliveries)
    if not absent:
        return text("Everything has come for {period}.", period=period)
    return text("For {period} these have not come: {missing}.", period=period, missing=absent)


def gaps(by_month: Mapping[date, Sequence[Delivery]]) -> str:
    """What other months lack, and from whom; empty where they lack nothing."""
    lines = [
        text("{missing} ({period})", missing=absent, period=figures.period(f"{month:%Y-%m}"))
        for month, deliveries in by_month.items()
        if (absent := _absent(deliveries))
    ]
    if not lines:
        return ""
    return text("Gaps in earlier months: {months}.", months=text("; ").join(lines))


def _absent(deliveries: Iterable[Delivery]) -> str:
    """Every dataset that has not come, or not from everybody."""
    return text(", ").join(
        text(
            "{dataset} from {departments}",
            dataset=value.dataset(one.dataset),
            departments=text(", ").join(map(organisation.department, lacking(one))),
        )
        for one in deliveries
        if lacking(one)
    )
