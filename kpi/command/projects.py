"""python -m kpi projects: the health of every project in a period."""

import argparse
from dataclasses import asdict
from typing import Any

import duckdb

from data.access import Scope
from kpi.command.layout import table
from kpi.earned_value import EarnedValue
from kpi.project import ProjectHealth, portfolio, together
from kpi.project_task import Task


def document(
    con: duckdb.DuckDBPyConnection, scope: Scope, asked: argparse.Namespace
) -> dict[str, Any]:
    """Every project in scope, and the running ones together."""
    found = portfolio(con, scope, asked.period)
    whole = together(project for project in found if project.is_running)
    return {
        "period": str(asked.period),
        "running": _value(whole) if whole else None,
        "projects": [_project(project) for project in found],
    }


def text(answer: dict[str, Any]) -> str:
    """One line per project, running ones first."""
    return table(
        ("project", "name", "status", "health", "SPI", "CPI", "EAC", "VAC", "late", "because"),
        (_row(project) for project in answer["projects"]),
    )


def _row(project: dict[str, Any]) -> tuple[object, ...]:
    value = project["earned_value"] or {}
    return (
        project["project"],
        project["name"],
        project["status"],
        project["level"],
        value.get("schedule_index"),
        value.get("cost_index"),
        _money(value.get("estimate")),
        _money(value.get("variance_at_completion")),
        project["tasks"]["late"],
        ", ".join(f["code"] for f in project["findings"] if f["level"] != "green"),
    )


def _money(amount: float | None) -> str | None:
    return None if amount is None else f"{amount:,.0f}"


def _project(project: ProjectHealth) -> dict[str, Any]:
    return {
        "project": project.project_id,
        "name": project.name,
        "type": project.type,
        "status": project.status,
        "lead_department": project.lead_department,
        "sponsor_department": project.sponsor_department,
        "manager": project.manager_id,
        "planned_start": project.planned_start,
        "baseline_end": project.baseline_end,
        "actual_end": project.actual_end,
        "days_past_end": project.days_past_end,
        "budget": project.budget,
        "level": project.level,
        "findings": [asdict(finding) for finding in project.findings],
        "status_on": project.last.status_on if project.last else None,
        "outdated": project.is_outdated,
        "earned_value": _value(project.last.value) if project.last else None,
        "tasks": {**asdict(project.tasks), "late": project.tasks.late},
        "worst_task": _task(project.worst_task) if project.worst_task else None,
        "sources": [
            asdict(source)
            for source in (project.source, project.last and project.last.source)
            if source
        ],
    }


def _task(task: Task) -> dict[str, Any]:
    return {
        "task": task.task_id,
        "name": task.name,
        "due_on": task.due_on,
        "done_on": task.done_on,
        "days_late": task.days_late,
        "source": asdict(task.source),
    }


def _value(value: EarnedValue) -> dict[str, Any]:
    figures = {name: getattr(value, name) for name in value.__slots__ if name != "undefined"}
    return {**figures, "undefined": dict(value.undefined)}
