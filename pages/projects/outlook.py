"""The outlook: what a project will cost in the end, and the reports that say so."""

from collections.abc import Iterator, Sequence

from kpi.project import Status
from pages.projects import verdict
from pages.shared import figures, origin
from pages.shared.listing import Column, listing
from pages.shared.markup import safe
from pages.shared.words import later, text

_ESTIMATES = (
    ("estimate", later("If the cost so far is typical of the rest")),
    ("estimate_atypical", later("If the rest costs what was planned")),
    ("estimate_combined", later("If being late costs money too")),
)


def estimates(last: Status) -> str:
    """Three forecasts by what is assumed of the rest, against the budget."""
    columns = [
        Column(title=text("Assumption"), kind="head"),
        Column(title=text("Forecast at completion"), kind="number"),
        Column(title=text("Against the budget"), kind="number"),
    ]
    return listing(columns, _estimates(last), caption=text("Forecasts at completion"))


def _estimates(last: Status) -> Iterator[list[str]]:
    for name, assumption in _ESTIMATES:
        value = getattr(last.value, name)
        over = figures.MISSING
        if value is not None and last.value.budget:
            change = figures.money(abs(value - last.value.budget))
            sign = "+" if value > last.value.budget else "−"
            share = verdict.over_budget(last.value.budget, value)
            over = text("{amount} ({share})", amount=sign + change, share=share)
        yield [safe(text(assumption)), figures.money(value) + _why(last, name), safe(over)]


def needed(last: Status) -> str:
    """At what cost index the rest must run to end within the budget, in a sentence."""
    value = last.value.to_complete_budget
    if value is not None:
        return text(
            "To end within the budget, every 100 still to be spent must be worth {needed}.",
            needed=figures.number(value * 100),
        )
    if last.value.undefined.get("to_complete_budget") == "budget_spent":
        return text("The whole budget is spent; the rest of the work comes on top of it.")
    return ""


def reports(series: Sequence[Status]) -> str:
    """The reports behind the chart, the newest first, each with its row."""
    columns = [
        Column(title=text("As of"), kind="head"),
        Column(title=text("Planned"), kind="number"),
        Column(title=text("Done"), kind="number"),
        Column(title=text("Spent"), kind="number"),
        Column(title=text("Schedule index"), kind="number"),
        Column(title=text("Cost index"), kind="number"),
        Column(title=text("Source"), kind="wide"),
    ]
    rows = (_report(report) for report in reversed(series))
    return listing(columns, rows, caption=text("Status reports"))


def _report(report: Status) -> list[str]:
    value = report.value
    return [
        figures.day(report.status_on),
        figures.number(value.planned_value),
        figures.number(value.earned_value),
        figures.number(value.actual_cost),
        figures.number(value.schedule_index, 2),
        figures.number(value.cost_index, 2),
        origin.cell(report.source),
    ]


def _why(last: Status, name: str) -> str:
    reason = last.value.undefined.get(name)
    return f"<small>{safe(text(verdict.UNDEFINED[reason]))}</small>" if reason else ""
