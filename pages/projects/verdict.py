"""The verdict on a project in words: how it stands, and why."""

from collections.abc import Mapping
from types import MappingProxyType

from kpi.policy import policy
from kpi.project import Code, Finding, ProjectHealth
from pages.shared import figures
from pages.shared.words import later, plural, text

STATUSES: Mapping[str, str] = MappingProxyType(
    {
        "proposed": later("Proposed"),
        "rejected": later("Rejected"),
        "preparing": later("Preparing"),
        "open": later("Running"),
        "closed": later("Ended"),
        "cancelled": later("Cancelled"),
    }
)
TYPES: Mapping[str, str] = MappingProxyType(
    {
        "rd": later("Research and development"),
        "operations": later("Operations"),
        "marketing": later("Marketing"),
        "it": later("Information technology"),
        "other": later("Other"),
    }
)
BRIEFLY: Mapping[Code, str] = MappingProxyType(
    {
        "schedule_index": later("behind plan"),
        "cost_index": later("over cost"),
        "days_past_end": later("past its end date"),
        "overdue_task_share": later("many tasks not done in time"),
        "no_status": later("no status report yet"),
    }
)
UNDEFINED: Mapping[str, str] = MappingProxyType(
    {
        "no_planned_value": later("Nothing was planned to be done by then"),
        "no_earned_value": later("Nothing has been earned yet"),
        "no_actual_cost": later("Nothing has been spent yet"),
        "no_budget": later("The project states no budget"),
        "budget_spent": later("The whole budget is spent"),
        "no_work_left": later("No work is left"),
    }
)


def status(health: ProjectHealth) -> str:
    """Running, ended, proposed and so on."""
    return text(STATUSES.get(health.status, health.status))


def type_of(health: ProjectHealth) -> str:
    """The kind of project; a dash where none is stated."""
    return figures.MISSING if health.type is None else text(TYPES.get(health.type, health.type))


def reason(health: ProjectHealth) -> str:
    """What is amber or red, or what is lacking, in a line; empty where all is well.

    The figures are left to whoever shows them beside it.
    """
    told = [finding for finding in health.findings if finding.level != "green"]
    if told:
        return text("; ").join(_briefly(finding, health) for finding in told)
    return "" if health.findings else text("Has not begun")


def _briefly(finding: Finding, health: ProjectHealth) -> str:
    if finding.code == "status_outdated":
        reported = figures.day(health.last.status_on if health.last else None)
        return text("last report is of {day}", day=reported)
    if finding.code == "days_past_end" and health.actual_end is not None:
        return text("ended late")
    return text(BRIEFLY[finding.code])


def past_end(health: ProjectHealth) -> str:
    """By how many days the project runs, or ended, past its baseline; empty where it does not."""
    days = health.days_past_end
    if not days:
        return ""
    if health.actual_end is not None:
        return plural("ended {count} day late", "ended {count} days late", days)
    return plural("{count} day past its end date", "{count} days past its end date", days)


def index(finding: Finding) -> str:
    """An index with two decimals, or as many as it takes not to look like the next level."""
    if finding.value is None:
        return figures.MISSING
    limit = policy().project_health[finding.code]
    decimals = next(
        (n for n in (2, 3, 4) if limit.level(round(finding.value, n)) == finding.level), 5
    )
    return figures.number(finding.value, decimals)


def over_budget(budget: float, estimate: float) -> str:
    """How far a forecast lies over the budget, signed, as a share of the budget."""
    if budget <= 0:
        return figures.MISSING
    share = estimate / budget - 1
    shown = figures.percent(abs(share), 0)
    if shown == figures.percent(0, 0):
        return f"±{shown}"
    return f"{'+' if share > 0 else '−'}{shown}"


def finding_of(health: ProjectHealth, code: Code) -> Finding | None:
    """What the project was judged by under this code, if it was."""
    return next((finding for finding in health.findings if finding.code == code), None)
