"""What a project was judged by: its figures, each with its meaning and its limits."""

from collections.abc import Iterator

from kpi.project import Code, Finding, ProjectHealth
from pages.projects import verdict
from pages.shared import figures
from pages.shared.facts import Fact
from pages.shared.words import plural, text


def facts_of(health: ProjectHealth) -> Iterator[Fact]:
    """The figures of time, money and tasks; those that lack say why."""
    yield _index(health, "schedule_index", text("Schedule index"))
    yield _index(health, "cost_index", text("Cost index"))
    if (finding := verdict.finding_of(health, "days_past_end")) is not None:
        yield _end(health, finding)
    if (finding := verdict.finding_of(health, "overdue_task_share")) is not None:
        yield _tasks(health, finding)
    yield _forecast(health)


def _index(health: ProjectHealth, code: Code, title: str) -> Fact:
    finding = verdict.finding_of(health, code)
    if finding is None or finding.value is None:
        return Fact(title=title, figure=figures.MISSING, note=_why(health, code))
    done = figures.number(finding.value * 100)
    meaning = (
        text("For every 100 planned by now, {done} is done", done=done)
        if code == "schedule_index"
        else text("Every 100 spent was worth {done}", done=done)
    )
    return Fact(
        title=title,
        figure=verdict.index(finding),
        note=text("{meaning}. {limits}", meaning=meaning, limits=_below(finding)),
        status=finding.level,
    )


def _why(health: ProjectHealth, code: str) -> str:
    if health.last is None:
        return text("No status report yet")
    return text(verdict.UNDEFINED[health.last.value.undefined[code]])


def _below(finding: Finding) -> str:
    return text(
        "Watch under {amber}, off track under {red}.",
        amber=figures.number(finding.amber, 2),
        red=figures.number(finding.red, 2),
    )


def _end(health: ProjectHealth, finding: Finding) -> Fact:
    days = int(finding.value or 0)
    baseline = figures.day(health.baseline_end)
    note = text("Baseline end {day}. Off track from more than {red} days.", day=baseline,
                red=figures.number(finding.red))  # fmt: skip
    if health.actual_end is not None:
        note = text(
            "Baseline end {day}, ended {ended}", day=baseline, ended=figures.day(health.actual_end)
        )
    return Fact(
        title=text("Past its end date"),
        figure=plural("{count} day", "{count} days", days),
        note=note,
        status=finding.level,
    )


def _tasks(health: ProjectHealth, finding: Finding) -> Fact:
    count = health.tasks
    note = text(
        "{overdue} of {due} tasks due are not done; {late} were done late",
        overdue=figures.number(count.overdue),
        due=figures.number(count.due),
        late=figures.number(count.done_late),
    )
    return Fact(
        title=text("Overdue tasks"),
        figure=figures.percent(finding.value, 0),
        note=note,
        status=finding.level,
    )


def _forecast(health: ProjectHealth) -> Fact:
    title = text("Forecast at completion")
    value = health.last.value if health.last else None
    if value is None or value.estimate is None or value.budget is None:
        budget = text("Budget {budget}", budget=figures.money(health.budget))
        return Fact(title=title, figure=figures.MISSING, note=budget)
    return Fact(
        title=title,
        figure=figures.money(value.estimate),
        note=text(
            "Budget {budget}, {change}",
            budget=figures.money(value.budget),
            change=verdict.over_budget(value.budget, value.estimate),
        ),
    )
