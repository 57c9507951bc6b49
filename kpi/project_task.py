"""Tasks of projects as they stood on a day: which are late, and which of them most.

A task belongs to its own department. The counts of a project are of all its tasks; the tasks
listed are those of the scope's departments.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import duckdb

from data.access import Scope
from kpi.source import Source, records, source_of

TaskState = Literal["open", "done", "done_late", "overdue"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A task as it stood when the period ended."""

    task_id: str
    name: str | None
    department: str
    employee_id: str | None
    employee: str | None
    assigned_on: date | None
    due_on: date
    done_on: date | None
    """None where it was not done by then."""
    is_milestone: bool
    percent_complete: float | None
    """Share of one."""
    state: TaskState
    days_late: int
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskCount:
    """A project's tasks as they stood when the period ended, of all departments."""

    total: int = 0
    due: int = 0
    overdue: int = 0
    """Due and not done."""
    done_late: int = 0

    @property
    def late(self) -> int:
        return self.overdue + self.done_late


def task_counts(con: duckdb.DuckDBPyConnection, until: date) -> Mapping[str, TaskCount]:
    """Per project the counts as of the beginning of the day `until`."""
    rows = con.execute(
        """
        select
            project_id,
            count(*),
            count(*) filter (where due_date < $until),
            count(*) filter (
                where due_date < $until and (done_date is null or done_date >= $until)
            ),
            count(*) filter (where done_date > due_date and done_date < $until)
        from project_tasks
        group by project_id
        """,
        {"until": until},
    ).fetchall()
    return {
        project_id: TaskCount(total=total, due=due, overdue=overdue, done_late=done_late)
        for project_id, total, due, overdue, done_late in rows
    }


def worst_tasks(con: duckdb.DuckDBPyConnection, scope: Scope, until: date) -> Mapping[str, Task]:
    """Per project the task in scope that is, or was, late by most days; none where none is late."""
    predicate, values = scope.predicate("dept")
    rows = con.execute(
        f"""
        select task_id
        from (
            select
                task_id,
                row_number() over (
                    partition by project_id
                    order by date_diff('day', due_date, least(coalesce(done_date, ?), ?)) desc,
                        task_id
                ) as place
            from project_tasks
            where due_date < ? and (done_date is null or done_date > due_date) and {predicate}
        ) as late
        where place = 1
        """,
        [until, until, until, *values],
    ).fetchall()
    worst = [task_id for (task_id,) in rows]
    found = _tasks(con, scope, until, "list_contains(?, task.task_id)", [worst])
    return {project_id: tasks[0] for project_id, tasks in found.items()}


def project_tasks(
    con: duckdb.DuckDBPyConnection, scope: Scope, until: date, project_id: str
) -> tuple[Task, ...]:
    """The tasks of a project that are in scope, in the order of their due dates."""
    found = _tasks(con, scope, until, "task.project_id = ?", [project_id])
    return tuple(found.get(project_id, ()))


def _tasks(
    con: duckdb.DuckDBPyConnection,
    scope: Scope,
    until: date,
    condition: str,
    wanted: Sequence[object],
) -> Mapping[str, list[Task]]:
    predicate, values = scope.predicate("task.dept")
    rows = records(
        con,
        f"""
        select task.*, employee.name as employee, batch.file_name
        from project_tasks as task
        left join employees as employee on employee.emp_id = task.emp_id
        inner join intake.batch as batch on batch.batch_id = task.batch_id
        where {condition} and {predicate}
        order by task.due_date, task.task_id
        """,
        [*wanted, *values],
    )
    found: dict[str, list[Task]] = defaultdict(list)
    for row in rows:
        found[row["project_id"]].append(_task(row, until))
    return found


def _task(row: Mapping[str, Any], until: date) -> Task:
    due, done = row["due_date"], row["done_date"]
    done = done if done is not None and done < until else None
    complete = row["percent_complete"]
    return Task(
        task_id=row["task_id"],
        name=row["name"],
        department=row["dept"],
        employee_id=row["emp_id"],
        employee=row["employee"],
        assigned_on=row["assigned_date"],
        due_on=due,
        done_on=done,
        is_milestone=bool(row["is_milestone"]),
        percent_complete=None if complete is None else float(complete),
        state=_state(due, done, until),
        days_late=max(0, ((done or until) - due).days),
        source=source_of("project_tasks", row),
    )


def _state(due: date, done: date | None, until: date) -> TaskState:
    if done is not None:
        return "done_late" if done > due else "done"
    return "overdue" if due < until else "open"
