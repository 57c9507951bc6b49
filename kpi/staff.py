"""Staff: who is appraised, and in which periods they were employed."""

from dataclasses import dataclass
from datetime import date

import duckdb

from data.access import Scope
from kpi.period import Period
from kpi.scorecard import UnknownEmployee


@dataclass(frozen=True, slots=True, kw_only=True)
class Employee:
    """A person as the employee register has them now."""

    employee_id: str
    name: str
    department: str
    team: str | None
    position: str | None
    group: str
    """The appraisal group, which decides the rater weights; general where none is stated."""
    hired_on: date | None
    left_on: date | None
    """The last day; None while employed, and where the day is not known."""
    has_left: bool

    @property
    def is_head(self) -> bool:
        return self.group == "head"

    def employed_in(self, period: Period) -> bool:
        """Whether the person was employed on a day of the period, as far as the register says."""
        if self.left_on is None and self.has_left:
            return False
        joined = self.hired_on is None or self.hired_on < period.end
        return joined and (self.left_on is None or self.left_on >= period.start)

    def joined_in(self, period: Period) -> bool:
        """Whether the person joined after the period's first day."""
        return self.hired_on is not None and period.start < self.hired_on < period.end

    def left_in(self, period: Period) -> bool:
        """Whether the person left before the period's last day."""
        return self.left_on is not None and period.start <= self.left_on < period.end


def staff(con: duckdb.DuckDBPyConnection, scope: Scope) -> tuple[Employee, ...]:
    """Everyone whose appraisal is in scope, by number."""
    return tuple(
        person
        for person in _everyone(con)
        if scope.sees_employee(person.employee_id, person.department)
    )


def employee(con: duckdb.DuckDBPyConnection, scope: Scope, employee_id: str) -> Employee:
    """One person. Raises AccessDenied outside the scope, UnknownEmployee where nobody is."""
    found = next((p for p in _everyone(con) if p.employee_id == employee_id), None)
    scope.require_employee(employee_id, found.department if found else None)
    if found is None:
        raise UnknownEmployee(employee_id)
    return found


def _everyone(con: duckdb.DuckDBPyConnection) -> tuple[Employee, ...]:
    rows = con.execute(
        "select emp_id, name, dept, team, position, role_group, hire_date, leave_date, status "
        "from employees order by emp_id"
    ).fetchall()
    return tuple(
        Employee(
            employee_id=employee_id,
            name=name,
            department=department,
            team=team,
            position=position,
            group=group or "general",
            hired_on=hired,
            left_on=left,
            has_left=status == "left",
        )
        for employee_id, name, department, team, position, group, hired, left, status in rows
    )
