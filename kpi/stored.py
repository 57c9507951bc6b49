"""Stored components, as the pages read them: one query for many lines and periods."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from kpi.measure import Level
from kpi.period import KINDS, Period
from kpi.result import Component


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Whom a number is about."""

    level: Level
    department: str | None
    team: str | None = None
    employee_id: str | None = None


COMPANY = Subject(level="company", department=None)

Stored = Mapping[tuple[str, Subject, Period], Component]
"""By indicator, subject and period."""


def of_departments(
    con: duckdb.DuckDBPyConnection,
    indicators: Sequence[str],
    periods: Sequence[Period],
    departments: Sequence[str],
) -> Stored:
    """The components of the departments and of the company."""
    condition = "level = 'company' or (level = 'department' and list_contains(?, department_id))"
    return _read(con, indicators, periods, condition, [list(departments)])


def of_employee(
    con: duckdb.DuckDBPyConnection,
    indicators: Sequence[str],
    periods: Sequence[Period],
    employee_id: str,
    department: str | None,
) -> Stored:
    """The components of an employee, whatever department owns the rows, and of the department."""
    condition = (
        "(level = 'employee' and employee_id = ?) "
        "or (level = 'department' and department_id is not distinct from ?)"
    )
    found = _read(con, indicators, periods, condition, [employee_id, department])
    merged: dict[tuple[str, Subject, Period], Component] = {}
    for (indicator, subject, period), component in found.items():
        if subject.level == "employee":
            subject = Subject(level="employee", department=department, employee_id=employee_id)
        key = (indicator, subject, period)
        merged[key] = _together(merged[key], component) if key in merged else component
    return merged


def of_parts(
    con: duckdb.DuckDBPyConnection,
    indicator: str,
    periods: Sequence[Period],
    department: str,
    level: Level,
) -> Stored:
    """The components of every team or employee of a department."""
    condition = "level = ? and department_id = ?"
    return _read(con, [indicator], periods, condition, [level, department])


def _together(one: Component, other: Component) -> Component:
    return Component(
        period_start=one.period_start,
        numerator=_sum(one.numerator, other.numerator),
        denominator=_sum(one.denominator, other.denominator),
        sample=(one.sample or 0) + (other.sample or 0),
        covered=max(one.covered, other.covered),
        expected=max(one.expected, other.expected),
    )


def _sum(one: float | None, other: float | None) -> float | None:
    return other if one is None else one if other is None else one + other


def _read(
    con: duckdb.DuckDBPyConnection,
    indicators: Sequence[str],
    periods: Sequence[Period],
    condition: str,
    values: list[Any],
) -> Stored:
    starts: list[list[date]] = [[p.start for p in periods if p.kind == kind] for kind in KINDS]
    rows = con.execute(
        f"""
        select indicator, level, department_id, team, employee_id, period_kind, period_start,
            numerator, denominator, sample, covered, expected
        from result.component
        where list_contains(?, indicator)
            and (
                (period_kind = 'month' and list_contains(?, period_start))
                or (period_kind = 'quarter' and list_contains(?, period_start))
                or (period_kind = 'year' and list_contains(?, period_start))
            )
            and ({condition})
        """,
        [list(indicators), *starts, *values],
    ).fetchall()
    return {
        (
            indicator,
            Subject(level=level, department=department, team=team, employee_id=employee_id),
            Period(kind, start),
        ): Component(
            period_start=start,
            numerator=numerator,
            denominator=denominator,
            sample=sample,
            covered=covered,
            expected=expected,
        )
        for (
            indicator,
            level,
            department,
            team,
            employee_id,
            kind,
            start,
            numerator,
            denominator,
            sample,
            covered,
            expected,
        ) in rows
    }
