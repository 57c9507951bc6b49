"""Breakdown: one indicator of a department by its teams or its people, or by department."""

from dataclasses import dataclass, replace
from typing import Literal

import duckdb

from data.access import Scope
from kpi.catalog import catalog
from kpi.line import Line, line_of, periods_of
from kpi.period import Period
from kpi.stored import Stored, Subject, of_departments, of_parts
from kpi.target import read_targets

By = Literal["team", "employee", "department"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one team, person or department contributes."""

    subject: Subject
    name: str
    """The team's or person's name; the id of a department."""
    line: Line


def breakdown(
    con: duckdb.DuckDBPyConnection,
    scope: Scope,
    indicator: str,
    period: Period,
    department: str,
    by: By,
) -> tuple[Part, ...]:
    """The parts of a department's number that are in scope and have rows, by name.

    By department it is what the whole company's number is made of. Raises AccessDenied,
    UnknownIndicator.
    """
    scope.require_department(department)
    # A department that answers for the company is one part of it among the others here.
    known = replace(catalog().indicator(indicator), answers_for_company=())
    stored = _stored(con, scope, indicator, period, department, by)
    targets = read_targets(con, period)
    names = _names(con) if by == "employee" else {}
    found = [
        Part(
            subject=subject,
            name=names.get(subject.employee_id or "", _label(subject)),
            line=line_of(known, subject, period, stored, targets),
        )
        for subject in dict.fromkeys(s for _, s, p in stored if p == period)
        if _is_seen(scope, subject, by)
    ]
    return tuple(sorted(found, key=lambda part: part.name))


def _stored(
    con: duckdb.DuckDBPyConnection,
    scope: Scope,
    indicator: str,
    period: Period,
    department: str,
    by: By,
) -> Stored:
    periods = periods_of(period)
    if by == "department":
        return of_departments(con, (indicator,), periods, scope.departments)
    return of_parts(con, indicator, periods, department, by)


def _is_seen(scope: Scope, subject: Subject, by: By) -> bool:
    if subject.level != by:
        return False
    return by != "employee" or scope.sees_employee(subject.employee_id, subject.department)


def _label(subject: Subject) -> str:
    return subject.employee_id or subject.team or subject.department or ""


def _names(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    return dict(con.execute("select emp_id, name from employees").fetchall())
