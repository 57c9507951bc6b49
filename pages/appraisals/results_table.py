"""Everyone's result as a table: one row per person."""

from collections.abc import Iterable, Sequence

from kpi.appraisal import AppraisalResult
from kpi.period import Period
from pages.appraisals import wording
from pages.appraisals.grades import badge
from pages.shared import figures, markup, organisation
from pages.shared.listing import Column, listing
from pages.shared.markup import safe
from pages.shared.words import text

ORDERS = ("department", "lowest", "highest")


def ordered(found: Iterable[AppraisalResult], order: str) -> list[AppraisalResult]:
    """The results by total, those without one last; else as they come, by department."""
    if order == "department":
        return list(found)
    sign = 1 if order == "lowest" else -1
    return sorted(
        found, key=lambda r: (r.total is None, sign * (r.total or 0), r.employee.employee_id)
    )


def table(shown: Sequence[AppraisalResult], period: Period, *, several: bool) -> str:
    """The results in the order given; `several` departments have a column to tell them apart."""
    noted = any(map(_noted, shown))
    columns = [
        Column(title=text("Name"), kind="head"),
        *([Column(title=text("Department"))] if several else [Column(title=text("Team"))]),
        Column(title=text("Total"), kind="number"),
        Column(title=text("Grade"), kind="verdict"),
        Column(title=text("Performance"), kind="number"),
        Column(title=text("Capability"), kind="number"),
        Column(title=text("Attitude"), kind="number"),
        Column(title=text("Data coverage"), kind="number"),
        *([Column(title=text("To be noted"), kind="wide")] if noted else []),
    ]
    rows = (_row(result, period, several)[: len(columns)] for result in shown)
    return listing(columns, rows, caption=text("Appraisal results"))


def _row(result: AppraisalResult, period: Period, several: bool) -> list[str]:
    person = result.employee
    link = markup.link("person", safe(person.name), employee=person.employee_id, period=str(period))
    beneath = text(" · ").join(part for part in (person.employee_id, person.position) if part)
    return [
        f"{link}<small>{safe(beneath)}</small>",
        _place(result, several),
        f"<b>{figures.number(result.total, 2)}</b>",
        badge(result.grade),
        score(result.performance),
        score(result.capability),
        score(result.attitude),
        figures.percent(result.coverage, 0),
        _noted(result),
    ]


def score(found: float | None) -> str:
    """A score of a dimension with one decimal."""
    return figures.number(found, 1)


def _place(result: AppraisalResult, several: bool) -> str:
    team = result.employee.team
    if not several:
        return safe(team or figures.MISSING)
    beneath = f"<small>{safe(team)}</small>" if team else ""
    return safe(organisation.department(result.employee.department)) + beneath


def _noted(result: AppraisalResult) -> str:
    provisional = markup.status("amber", text("Provisional")) if result.is_provisional else ""
    said = wording.said(result)
    return provisional + (f"<small>{safe(said)}</small>" if said else "")
