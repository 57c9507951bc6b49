"""Why a figure is missing or not rated: in words, with what has not arrived and from whom."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from data.contract import contract
from kpi.catalog import catalog
from kpi.coverage import Coverage
from kpi.period import Period, add_months
from kpi.scorecard import Line
from pages.scorecards.over import months_over
from pages.shared import figures, organisation
from pages.shared.words import language, later, named, text


@dataclass(frozen=True, slots=True, kw_only=True)
class Undelivered:
    """A dataset that has not arrived, for the months and from the departments that lack."""

    dataset: str
    months: tuple[date, ...]
    department: str
    """Who delivers it."""


_REASONS = {
    **figures.REASONS,
    "unusable_target": later("The target is zero or below, so it cannot be scored"),
}


def reason(line: Line, period: Period, department: str, coverage: Coverage) -> str:
    """A sentence on why the line has no value or no score; empty where it has both."""
    if line.reason == "no_data":
        absent = undelivered(line, period, department, coverage)
        if not absent and period.end > date.today():
            return text("The period is not over yet")
        if absent:
            return in_a_row(sentence(one) for one in absent)
    if line.reason in _REASONS:
        return text(_REASONS[line.reason])
    return ""


def undelivered(
    line: Line, period: Period, department: str, coverage: Coverage
) -> tuple[Undelivered, ...]:
    """What the line lacks in the months of its period that are over."""
    holder = None if line.level == "company" else department
    counting = period.months()[-1:] if line.indicator.kind == "closing" else period.months()
    months = [month for month in counting if month in months_over(period)]
    found = {}
    for dataset, asked_for, before in _sources(line, holder):
        absent = tuple(
            month
            for month in (add_months(m.start, -before) for m in months)
            if not coverage.of_dataset(dataset, month, asked_for).is_whole
        )
        if absent:
            found[dataset] = Undelivered(
                dataset=dataset, months=absent, department=_deliverer(dataset, asked_for)
            )
    return tuple(found.values())


def in_a_row(sentences: Iterable[str]) -> str:
    """Sentences one after the other, as the language spaces them."""
    return (" " if language() == "en" else "").join(sentences)


def sentence(absent: Undelivered) -> str:
    """What has not arrived, for when, and who delivers it."""
    return text(
        "{dataset} not received for {months}; delivered by {department}.",
        dataset=named(contract(absent.dataset).names),
        months=_months(absent.months),
        department=organisation.department(absent.department),
    )


def _months(months: tuple[date, ...]) -> str:
    if len(months) > 3:
        first, last = (figures.period(f"{month:%Y-%m}") for month in (months[0], months[-1]))
        return text("{first} to {last}", first=first, last=last)
    return text(", ").join(figures.period(f"{month:%Y-%m}") for month in months)


def _deliverer(dataset: str, department: str | None) -> str:
    declared = contract(dataset)
    return department if department in declared.covers.expected else declared.owner


def _sources(line: Line, holder: str | None) -> Iterator[tuple[str, str | None, int]]:
    for part in line.indicator.parts:
        asked_for = None if part.whole_company else holder
        for source in catalog().facts[part.fact].sources:
            yield source.dataset, asked_for, source.months_before
