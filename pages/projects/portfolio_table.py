"""The portfolio as a table: one row per project."""

from collections.abc import Sequence

from kpi.period import Period
from kpi.project import Code, ProjectHealth
from pages.projects import verdict
from pages.shared import figures, markup, organisation
from pages.shared.listing import Column, listing
from pages.shared.markup import safe
from pages.shared.words import text


def table(shown: Sequence[ProjectHealth], period: Period) -> str:
    """The projects in the order given, each a link to its page."""
    columns = [
        Column(title=text("Project name"), kind="head"),
        Column(title=text("Status"), kind="wide"),
        Column(title=text("Lead department")),
        Column(title=text("Project manager")),
        Column(title=text("Baseline end")),
        Column(title=text("Schedule index"), kind="number"),
        Column(title=text("Cost index"), kind="number"),
        Column(title=text("Late tasks"), kind="number"),
        Column(title=text("Forecast / budget"), kind="number"),
    ]
    rows = (_row(project, period) for project in shown)
    return listing(columns, rows, caption=text("Projects, the worst first"))


def _row(project: ProjectHealth, period: Period) -> list[str]:
    return [
        _name(project, period),
        markup.status(project.level) + _small(verdict.reason(project)),
        safe(organisation.department(project.lead_department)),
        safe(project.manager or figures.MISSING),
        _end(project),
        _index(project, "schedule_index"),
        _index(project, "cost_index"),
        _tasks(project),
        _forecast(project),
    ]


def _name(project: ProjectHealth, period: Period) -> str:
    link = markup.link(
        "project", safe(project.name), project=project.project_id, period=str(period)
    )
    beneath = project.project_id
    if not project.is_running:
        beneath = text("{project} · {status}", project=beneath, status=verdict.status(project))
    return link + _small(beneath)


def _end(project: ProjectHealth) -> str:
    return f"{figures.day(project.baseline_end)}{_small(verdict.past_end(project))}"


def _index(project: ProjectHealth, code: Code) -> str:
    finding = verdict.finding_of(project, code)
    if finding is None:
        return figures.MISSING
    return markup.judged(finding.level, verdict.index(finding))


def _tasks(project: ProjectHealth) -> str:
    count = project.tasks
    if not count.due:
        return figures.MISSING
    waiting = text("{count} not done", count=figures.number(count.overdue)) if count.overdue else ""
    return f"{figures.number(count.late)} / {figures.number(count.due)}{_small(waiting)}"


def _forecast(project: ProjectHealth) -> str:
    estimate = project.last.value.estimate if project.last else None
    if estimate is None or project.budget is None:
        return figures.MISSING + _small(text("of {budget}", budget=figures.money(project.budget)))
    change = verdict.over_budget(project.budget, estimate)
    beneath = text("of {budget}, {change}", budget=figures.money(project.budget), change=change)
    return f"{figures.money(estimate)}{_small(beneath)}"


def _small(words: str) -> str:
    return f"<small>{safe(words)}</small>" if words else ""
