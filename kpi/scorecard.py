"""Scorecards: the indicators of a department or an employee, judged and rolled up.

Everything here is read from stored components; facts are not touched.

UnknownEmployee
    nobody has the number asked for
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import duckdb

from data.access import Scope
from data.contract import contracts
from kpi.catalog import catalog
from kpi.components import Watermark, watermark
from kpi.coverage import read_coverage
from kpi.indicator import Indicator
from kpi.line import TREND_MONTHS, Line, TrendPoint, line_of, periods_of, trend_months
from kpi.period import KINDS, Period
from kpi.policy import Dimension, policy
from kpi.result import Result, judged
from kpi.roll_up import DimensionScore, Total, dimension_scores, total
from kpi.stored import Stored, Subject, of_departments, of_employee
from kpi.target import Targets, read_targets

__all__ = [
    "Change",
    "Line",
    "Scorecard",
    "Subject",
    "TrendPoint",
    "UnknownEmployee",
    "available_periods",
    "biggest_changes",
    "company_overview",
    "department_scorecard",
    "employee_scorecard",
    "indicator_trend",
    "latest_complete_period",
]


class UnknownEmployee(LookupError):
    """No row says anything about an employee with this number."""

    def __init__(self, employee_id: str) -> None:
        super().__init__(f"No employee has the number {employee_id!r}.")
        self.employee_id = employee_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """The lines of a department or employee in a period, and what they come to."""

    subject: Subject
    period: Period
    lines: tuple[Line, ...]
    dimensions: tuple[DimensionScore, ...]
    total: Total | None
    """None for an employee, whose result also takes the department's: see kpi.appraisal."""
    watermark: Watermark | None

    def of_dimension(self, dimension: Dimension) -> tuple[Line, ...]:
        """The lines of one dimension."""
        return tuple(line for line in self.lines if line.dimension == dimension)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """How far an indicator has moved since the period before."""

    department: str | None
    line: Line
    points: float
    """Score now less the score that the previous value would have; above zero is better."""


def department_scorecard(
    con: duckdb.DuckDBPyConnection, scope: Scope, period: Period, department: str
) -> Scorecard:
    """The scorecard of one department. Raises AccessDenied where it is not in scope."""
    scope.require_department(department)
    return _of_departments(con, period, (department,))[0]


def company_overview(
    con: duckdb.DuckDBPyConnection, scope: Scope, period: Period
) -> tuple[Scorecard, ...]:
    """The scorecards of every department in scope, in their usual order."""
    return _of_departments(con, period, scope.departments)


def employee_scorecard(
    con: duckdb.DuckDBPyConnection, scope: Scope, period: Period, employee_id: str
) -> Scorecard:
    """The own indicators of one employee.

    Raises AccessDenied where they are not in scope, UnknownEmployee where nobody has the number.
    """
    department = _department_of(con, employee_id)
    scope.require_employee(employee_id, department)
    known = catalog()
    stored = of_employee(con, tuple(known.indicators), periods_of(period), employee_id, department)
    if department is None and not stored:
        raise UnknownEmployee(employee_id)
    listed = known.scored_for(department) if department else tuple(known.indicators.values())
    own = [i for i in listed if _is_own(i, stored)]
    subject = Subject(level="employee", department=department, employee_id=employee_id)
    return _scorecard(con, subject, period, own, stored, read_targets(con, period))


def indicator_trend(
    con: duckdb.DuckDBPyConnection,
    scope: Scope,
    indicator: str,
    department: str,
    until: Period,
    months: int = TREND_MONTHS,
) -> tuple[Line, ...]:
    """An indicator month by month, oldest first, each judged by its own month's target.

    Raises AccessDenied, UnknownIndicator.
    """
    scope.require_department(department)
    known = catalog().indicator(indicator)
    shown = trend_months(until, months)
    needed = tuple(dict.fromkeys(p for month in shown for p in periods_of(month)))
    stored = of_departments(con, (indicator,), needed, (department,))
    subject = Subject(level="department", department=department)
    return tuple(
        line_of(known, subject, month, stored, read_targets(con, month)) for month in shown
    )


def biggest_changes(scorecards: Iterable[Scorecard], limit: int = 6) -> tuple[Change, ...]:
    """What moved furthest since the period before, by score, best and worst alike."""
    changes = [change for card in scorecards for change in _changes(card)]
    moved = [change for change in changes if change.points != 0]
    return tuple(sorted(moved, key=lambda c: (-abs(c.points), c.line.key))[:limit])


def available_periods(con: duckdb.DuckDBPyConnection) -> tuple[Period, ...]:
    """Every period that some data covers: months, quarters, years, each oldest first."""
    rows = con.execute(
        "select distinct period_kind, period_start from result.component where covered > 0"
    ).fetchall()
    found = [Period(kind, start) for kind, start in rows]
    return tuple(sorted(found, key=lambda period: (KINDS.index(period.kind), period.start)))


def latest_complete_period(con: duckdb.DuckDBPyConnection) -> Period | None:
    """The last month for which everything monthly has arrived or was declared empty.

    The last month with data where none is complete; None without data.
    """
    coverage = read_coverage(con)
    expected = [
        name
        for name, declared in contracts().items()
        if declared.cadence == "monthly" and name in coverage.arrived
    ]
    for month in reversed(coverage.months):
        if all(coverage.of_dataset(name, month, None).is_whole for name in expected):
            return Period("month", month)
    return Period("month", coverage.months[-1]) if coverage.months else None


def _of_departments(
    con: duckdb.DuckDBPyConnection, period: Period, departments: Sequence[str]
) -> tuple[Scorecard, ...]:
    known = catalog()
    stored = of_departments(con, tuple(known.indicators), periods_of(period), departments)
    targets = read_targets(con, period)
    return tuple(
        _scorecard(
            con,
            Subject(level="department", department=department),
            period,
            known.scored_for(department),
            stored,
            targets,
        )
        for department in departments
    )


def _scorecard(
    con: duckdb.DuckDBPyConnection,
    subject: Subject,
    period: Period,
    indicators: Iterable[Indicator],
    stored: Stored,
    targets: Targets,
) -> Scorecard:
    lines = tuple(line_of(i, subject, period, stored, targets) for i in indicators)
    dimensions = dimension_scores(lines, policy())
    return Scorecard(
        subject=subject,
        period=period,
        lines=lines,
        dimensions=dimensions,
        total=None if subject.level == "employee" else total(dimensions, policy()),
        watermark=watermark(con),
    )


def _changes(card: Scorecard) -> Iterator[Change]:
    for line in card.lines:
        if line.score is None or line.previous is None or not line.is_scorable:
            continue
        previous = Result(value=line.previous, reason=None)
        before = judged(line.indicator, previous, line.goal, policy())
        if before.score is not None:
            yield Change(
                department=card.subject.department, line=line, points=line.score - before.score
            )


def _is_own(indicator: Indicator, stored: Stored) -> bool:
    if indicator.empty == "Z5":
        return True
    return any(key == indicator.key and subject.level == "employee" for key, subject, _ in stored)


def _department_of(con: duckdb.DuckDBPyConnection, employee_id: str) -> str | None:
    row = con.execute("select dept from employees where emp_id = ?", [employee_id]).fetchone()
    return row[0] if row else None
