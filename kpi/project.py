"""Project health: how each project stands in time, money and tasks, and why it is red.

A project belongs to the department that leads it: a head sees no other. Thresholds are the
policy's.

UnknownProject
    no project has the number, or none had it by the end of the period
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import duckdb

from data.access import AccessDenied, Scope
from kpi.earned_value import EarnedValue, measured
from kpi.period import Period
from kpi.project_finding import WORST_FIRST, Code, Finding, Level, findings_of, level_of
from kpi.project_task import Task, TaskCount, project_tasks, task_counts, worst_tasks
from kpi.source import Source, records, source_of

__all__ = [
    "WORST_FIRST",
    "Code",
    "Finding",
    "Level",
    "Project",
    "ProjectHealth",
    "Status",
    "UnknownProject",
    "portfolio",
    "project",
    "together",
]

_NOT_RUNNING = frozenset({"proposed", "rejected", "preparing", "cancelled"})


class UnknownProject(KeyError):
    """No project had this number by the end of the period."""

    def __init__(self, project_id: str, period: Period) -> None:
        super().__init__(project_id)
        self.project_id, self.period = project_id, period

    def __str__(self) -> str:
        return f"There is no project {self.project_id!r} in {self.period}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What a project reported at one date."""

    status_on: date
    value: EarnedValue
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectHealth:
    """How one project stood when the period ended."""

    project_id: str
    name: str
    type: str | None
    status: str
    """The status at that time: a project that closed later was open."""
    lead_department: str
    sponsor_department: str | None
    client: str | None
    manager_id: str | None
    manager: str | None
    planned_start: date | None
    baseline_end: date | None
    actual_end: date | None
    """None where it had not ended by then."""
    days_past_end: int | None
    """Days by which it runs, or ended, past its baseline; None where neither is known."""
    budget: float | None
    """Budget at completion: the last report's, else the register's."""
    last: Status | None
    """The last report on or before the period's end."""
    is_outdated: bool
    """True for a running project whose last report is from before the period's last month."""
    tasks: TaskCount
    worst_task: Task | None
    """The latest of the late tasks in scope."""
    level: Level
    findings: tuple[Finding, ...]
    """Worst first; those that are green too."""
    source: Source

    @property
    def is_running(self) -> bool:
        return self.status == "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """One project in full."""

    health: ProjectHealth
    series: tuple[Status, ...]
    """The last report of each month up to the period's end, oldest first."""
    tasks: tuple[Task, ...]
    """Those in scope, in the order of their due dates."""

    @property
    def milestones(self) -> tuple[Task, ...]:
        return tuple(task for task in self.tasks if task.is_milestone)

    @property
    def tasks_not_listed(self) -> int:
        """Tasks of other departments: counted in the health, not listed."""
        return self.health.tasks.total - len(self.tasks)


def portfolio(
    con: duckdb.DuckDBPyConnection, scope: Scope, period: Period, *, today: date | None = None
) -> tuple[ProjectHealth, ...]:
    """Every project of the scope known by the period's end: running first, worst first.

    A period that still runs is judged as of the beginning of `today`.
    """
    found = _healths(con, scope, period, _until(period, today), None)
    return tuple(sorted(found, key=_order))


def project(
    con: duckdb.DuckDBPyConnection,
    scope: Scope,
    period: Period,
    project_id: str,
    *,
    today: date | None = None,
) -> Project:
    """One project with its reports and tasks.

    Raises UnknownProject, or AccessDenied outside the scope.
    """
    until = _until(period, today)
    found = _healths(con, scope, period, until, project_id)
    if not found:
        if con.execute("select 1 from projects where project_id = ?", [project_id]).fetchall():
            _require_lead(con, scope, project_id)
        raise UnknownProject(project_id, period)
    return Project(
        health=found[0],
        series=_series(con, project_id, period, found[0].budget),
        tasks=project_tasks(con, scope, until, project_id),
    )


def together(projects: Iterable[ProjectHealth]) -> EarnedValue | None:
    """The earned value of several projects: the sums, divided last; None where none reported."""
    values = [project.last.value for project in projects if project.last is not None]
    if not values:
        return None
    budgets = [value.budget for value in values if value.budget is not None]
    return measured(
        sum(value.planned_value for value in values),
        sum(value.earned_value for value in values),
        sum(value.actual_cost for value in values),
        sum(budgets) if len(budgets) == len(values) else None,
    )


def _require_lead(con: duckdb.DuckDBPyConnection, scope: Scope, project_id: str) -> None:
    rows = con.execute("select lead_dept from projects where project_id = ?", [project_id])
    if not scope.sees_department(rows.fetchall()[0][0]):
        raise AccessDenied(scope.login, f"project {project_id!r}", "another department leads it")


def _until(period: Period, today: date | None) -> date:
    """The first day after what is judged: a task due today is not late today."""
    return min(period.end, max(today or date.today(), period.start))


def _order(health: ProjectHealth) -> tuple[bool, int, str]:
    return not health.is_running, WORST_FIRST.index(health.level), health.project_id


def _healths(
    con: duckdb.DuckDBPyConnection,
    scope: Scope,
    period: Period,
    until: date,
    project_id: str | None,
) -> list[ProjectHealth]:
    predicate, values = scope.predicate("project.lead_dept")
    rows = records(
        con,
        f"""
        select project.*, manager.name as manager, batch.file_name
        from projects as project
        left join employees as manager on manager.emp_id = project.manager_id
        inner join intake.batch as batch on batch.batch_id = project.batch_id
        where {predicate}
            and coalesce(project.applied_date, project.planned_start, ?) < ?
            and (? is null or project.project_id = ?)
        order by project.project_id
        """,
        [*values, period.start, period.end, project_id, project_id],
    )
    counts = task_counts(con, until)
    worst = worst_tasks(con, scope, until)
    last = _last_reports(con, period)
    return [
        _health(
            row,
            _last_status(row, last),
            counts.get(row["project_id"], TaskCount()),
            worst.get(row["project_id"]),
            period,
            until,
        )
        for row in rows
    ]


def _last_reports(con: duckdb.DuckDBPyConnection, period: Period) -> Mapping[str, dict[str, Any]]:
    rows = records(
        con,
        """
        select report.*, batch.file_name
        from project_status as report
        inner join intake.batch as batch on batch.batch_id = report.batch_id
        inner join (
            select project_id, max(status_date) as status_date
            from project_status where status_date < ? group by project_id
        ) as last
            on last.project_id = report.project_id and last.status_date = report.status_date
        """,
        [period.end],
    )
    return {row["project_id"]: row for row in rows}


def _series(
    con: duckdb.DuckDBPyConnection, project_id: str, period: Period, budget: float | None
) -> tuple[Status, ...]:
    rows = records(
        con,
        """
        select report.*, batch.file_name
        from project_status as report
        inner join intake.batch as batch on batch.batch_id = report.batch_id
        where report.project_id = ? and report.status_date < ?
        order by report.status_date
        """,
        [project_id, period.end],
    )
    by_month = {row["status_date"].replace(day=1): row for row in rows}
    return tuple(_status(row, budget) for row in by_month.values())


def _last_status(row: Mapping[str, Any], reports: Mapping[str, Mapping[str, Any]]) -> Status | None:
    report = reports.get(row["project_id"])
    return None if report is None else _status(report, _number(row["bac"]))


def _status(report: Mapping[str, Any], budget: float | None) -> Status:
    reported = _number(report["bac"])
    value = measured(
        float(report["pv"]),
        float(report["ev"]),
        float(report["ac"]),
        budget if reported is None else reported,
    )
    source = source_of("project_status", report)
    return Status(status_on=report["status_date"], value=value, source=source)


def _health(
    row: Mapping[str, Any],
    last: Status | None,
    tasks: TaskCount,
    worst_task: Task | None,
    period: Period,
    until: date,
) -> ProjectHealth:
    ended = row["actual_end"] if row["actual_end"] and row["actual_end"] < until else None
    status = _status_then(row["status"], row["actual_end"], ended)
    past_end = _days_past_end(row["baseline_end"], ended, until, status)
    outdated = status == "open" and last is not None and last.status_on < _due_report(period, until)
    findings: tuple[Finding, ...] = ()
    if status not in _NOT_RUNNING:
        value = last.value if last else None
        findings = findings_of(value, past_end, tasks, is_outdated=outdated)
    return ProjectHealth(
        project_id=row["project_id"],
        name=row["name"],
        type=row["type"],
        status=status,
        lead_department=row["lead_dept"],
        sponsor_department=row["sponsor_dept"],
        client=row["client"],
        manager_id=row["manager_id"],
        manager=row["manager"],
        planned_start=row["planned_start"],
        baseline_end=row["baseline_end"],
        actual_end=ended,
        days_past_end=past_end,
        budget=last.value.budget if last else _number(row["bac"]),
        last=last,
        is_outdated=outdated,
        tasks=tasks,
        worst_task=worst_task,
        level=level_of(findings),
        findings=findings,
        source=source_of("projects", row),
    )


def _due_report(period: Period, until: date) -> date:
    """The first day of the last month whose report is due: the running one's is not yet."""
    if until == period.end:
        return period.months()[-1].start
    return (until.replace(day=1) - timedelta(days=1)).replace(day=1)


def _status_then(status: str | None, actual_end: date | None, ended: date | None) -> str:
    if status in _NOT_RUNNING:
        return str(status)
    if ended is not None:
        return "closed"
    return "open" if actual_end is not None else status or "open"


def _days_past_end(
    baseline: date | None, ended: date | None, until: date, status: str
) -> int | None:
    if baseline is None or (ended is None and status != "open"):
        return None
    last_day = ended or until - timedelta(days=1)
    return max(0, (last_day - baseline).days)


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
