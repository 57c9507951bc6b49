"""Scorecards: the indicators of a department or an employee, judged and rolled up.

Everything here is read from stored components; facts are not touched.

UnknownEmployee
    nobody has the number asked for
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from data.access import Scope
from data.contract import contracts
from kpi.catalog import catalog
from kpi.components import Watermark, watermark
from kpi.coverage import read_coverage
from kpi.indicator import Indicator
from kpi.measure import Level
from kpi.period import KINDS, Period
from kpi.policy import Dimension, policy
from kpi.result import Component, Reason, Result, judged, result
from kpi.roll_up import DimensionScore, Total, dimension_scores, total
from kpi.scoring import Goal, Status, status
from kpi.target import Origin, Targets, read_targets

TREND_MONTHS = 13


class UnknownEmployee(LookupError):
    """No row says anything about an employee with this number."""

    def __init__(self, employee_id: str) -> None:
        super().__init__(f"No employee has the number {employee_id!r}.")
        self.employee_id = employee_id


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendPoint:
    """The value of one month, None where there is none."""

    period: Period
    value: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One indicator of a scorecard."""

    indicator: Indicator
    level: Level
    """`company` where the department answers for the whole company."""
    numerator: float | None
    denominator: float | None
    value: float | None
    """In the indicator's unit; a percentage is a share of one."""
    goal: Goal
    target_origin: Origin | None
    weight: float
    score: float | None
    """0 to the cap, in full precision."""
    status: Status
    reason: Reason | None
    sample: int | None
    """How many observations the value rests on."""
    covered: int
    expected: int
    """Months with data and months of the period; for the whole company, departments in months."""
    previous: float | None
    """The value of the period before."""
    year_before: float | None
    trend: tuple[TrendPoint, ...]
    """The last 13 months to the end of the period."""

    @property
    def key(self) -> str:
        return self.indicator.key

    @property
    def dimension(self) -> Dimension:
        return self.indicator.dimension

    @property
    def target(self) -> float | None:
        return self.goal.target

    @property
    def is_scorable(self) -> bool:
        """Whether it can count in a total at all: context and a weight of zero cannot."""
        return self.indicator.scoring is not None and self.weight > 0

    @property
    def is_partial(self) -> bool:
        """Whether the value rests on a part of the data of its period."""
        return 0 < self.covered < self.expected


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Whom a scorecard is about."""

    level: Level
    department: str | None
    employee_id: str | None = None


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
        return tuple(line for line in self.lines if line.dimension == dimension)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """How far an indicator has moved since the period before."""

    department: str | None
    line: Line
    points: float
    """Score now less the score that the previous value would have; above zero is better."""


Stored = Mapping[tuple[str, str, str | None, Period], Component]
"""By indicator, level, department and period."""


def department_scorecard(
    con: duckdb.DuckDBPyConnection, scope: Scope, period: Period, department: str
) -> Scorecard:
    """The scorecard of one department. Raises AccessDenied where it is not in scope."""
    scope.require_department(department)
    return _departments(con, period, (department,))[0]


def company_overview(
    con: duckdb.DuckDBPyConnection, scope: Scope, period: Period
) -> tuple[Scorecard, ...]:
    """The scorecards of every department in scope, in their usual order."""
    return _departments(con, period, scope.departments)


def employee_scorecard(
    con: duckdb.DuckDBPyConnection, scope: Scope, period: Period, employee_id: str
) -> Scorecard:
    """The own indicators of one employee.

    Raises AccessDenied where they are not in scope, UnknownEmployee where nobody has the number.
    """
    department = _department_of(con, employee_id)
    scope.require_employee(employee_id, department)
    stored = _stored(con, period, (department,), employee_id)
    targets = read_targets(con, period)
    known = catalog()
    asked_for = known.scored_for(department) if department else known.indicators.values()
    if department is None and not any(level == "employee" for _, level, _, _ in stored):
        raise UnknownEmployee(employee_id)
    mine = [i for i in asked_for if _is_own(i, stored)]
    subject = Subject(level="employee", department=department, employee_id=employee_id)
    return _scorecard(con, subject, period, mine, stored, targets)


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
    asked_for = catalog().indicator(indicator)
    last = until.months()[-1]
    periods = [last.shifted(-step) for step in reversed(range(months))]
    stored = _read_stored(con, periods, (department,), None, (indicator,))
    subject = Subject(level="department", department=department)
    return tuple(
        _line(asked_for, subject, period, stored, read_targets(con, period)) for period in periods
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


def _departments(
    con: duckdb.DuckDBPyConnection, period: Period, departments: Sequence[str]
) -> tuple[Scorecard, ...]:
    stored = _stored(con, period, departments, None)
    targets = read_targets(con, period)
    return tuple(
        _scorecard(
            con,
            Subject(level="department", department=department),
            period,
            catalog().scored_for(department),
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
    lines = tuple(_line(i, subject, period, stored, targets) for i in indicators)
    dimensions = dimension_scores(lines, policy())
    return Scorecard(
        subject=subject,
        period=period,
        lines=lines,
        dimensions=dimensions,
        total=None if subject.level == "employee" else total(dimensions, policy()),
        watermark=watermark(con),
    )


def _line(
    indicator: Indicator, subject: Subject, period: Period, stored: Stored, targets: Targets
) -> Line:
    level = _level(indicator, subject)
    held = targets.held(indicator, subject.department, subject.employee_id)
    component = _component(indicator, subject, period, stored)
    found = result(indicator, component, level, policy())
    scored = judged(indicator, found, held.goal, policy())
    hidden = found.reason == "insufficient_raters"
    return Line(
        indicator=indicator,
        level=level,
        numerator=None if component is None or hidden else component.numerator,
        denominator=None if component is None or hidden else component.denominator,
        value=found.value,
        goal=held.goal,
        target_origin=held.origin,
        weight=held.weight,
        score=scored.score,
        status=status(scored.score, policy()),
        reason=scored.reason,
        sample=None if component is None or hidden else component.sample,
        covered=component.covered if component else 0,
        expected=component.expected if component else len(period.months()),
        previous=_value(indicator, subject, period.previous(), stored),
        year_before=_value(indicator, subject, period.year_before(), stored),
        trend=tuple(
            TrendPoint(period=month, value=_value(indicator, subject, month, stored))
            for month in _trend_months(period)
        ),
    )


def _level(indicator: Indicator, subject: Subject) -> Level:
    answers = subject.department in indicator.answers_for_company
    return "company" if subject.level == "department" and answers else subject.level


def _component(
    indicator: Indicator, subject: Subject, period: Period, stored: Stored
) -> Component | None:
    level = _level(indicator, subject)
    department = None if level == "company" else subject.department
    found = stored.get((indicator.key, level, department, period))
    if found is not None or level != "employee":
        return found
    # An employee without rows of their own: whether that is known is the department's coverage.
    around = stored.get((indicator.key, "department", department, period))
    return around and Component(
        period_start=period.start,
        numerator=0.0,
        denominator=0.0,
        sample=0,
        covered=around.covered,
        expected=around.expected,
    )


def _value(indicator: Indicator, subject: Subject, period: Period, stored: Stored) -> float | None:
    component = _component(indicator, subject, period, stored)
    return result(indicator, component, _level(indicator, subject), policy()).value


def _changes(card: Scorecard) -> Iterator[Change]:
    for line in card.lines:
        if line.score is None or line.previous is None or not line.is_scorable:
            continue
        before = judged(
            line.indicator, Result(value=line.previous, reason=None), line.goal, policy()
        )
        if before.score is not None:
            yield Change(
                department=card.subject.department, line=line, points=line.score - before.score
            )


def _is_own(indicator: Indicator, stored: Stored) -> bool:
    if indicator.empty == "Z5":
        return True
    return any(key == indicator.key and level == "employee" for key, level, _, _ in stored)


def _department_of(con: duckdb.DuckDBPyConnection, employee_id: str) -> str | None:
    row = con.execute("select dept from employees where emp_id = ?", [employee_id]).fetchone()
    return row[0] if row else None


def _trend_months(period: Period) -> tuple[Period, ...]:
    last = period.months()[-1]
    return tuple(last.shifted(-step) for step in reversed(range(TREND_MONTHS)))


def _stored(
    con: duckdb.DuckDBPyConnection,
    period: Period,
    departments: Sequence[str | None],
    employee_id: str | None,
) -> Stored:
    periods = {period, period.previous(), period.year_before(), *_trend_months(period)}
    return _read_stored(con, list(periods), departments, employee_id, tuple(catalog().indicators))


def _read_stored(
    con: duckdb.DuckDBPyConnection,
    periods: Sequence[Period],
    departments: Sequence[str | None],
    employee_id: str | None,
    indicators: Sequence[str],
) -> Stored:
    starts: dict[str, list[date]] = {
        kind: [p.start for p in periods if p.kind == kind] for kind in KINDS
    }
    home_department = departments[0] if departments else None
    rows = con.execute(
        """
        select indicator, level,
            case when level = 'employee' then cast(? as varchar) else department_id end as holder,
            period_kind, period_start,
            sum(numerator), sum(denominator), sum(sample), max(covered), max(expected)
        from result.component
        where list_contains(?, indicator)
            and (
                (period_kind = 'month' and list_contains(?, period_start))
                or (period_kind = 'quarter' and list_contains(?, period_start))
                or (period_kind = 'year' and list_contains(?, period_start))
            )
            and (
                level = 'company'
                or (level = 'department' and list_contains(?, department_id))
                or (level = 'employee' and employee_id = ?)
            )
        group by indicator, level, holder, period_kind, period_start
        """,
        [
            home_department,
            list(indicators),
            *starts.values(),
            [d for d in departments if d],
            employee_id,
        ],
    ).fetchall()
    return {
        (indicator, level, holder, Period(kind, start)): Component(
            period_start=start,
            numerator=numerator,
            denominator=denominator,
            sample=None if sample is None else int(sample),
            covered=covered,
            expected=expected,
        )
        for (
            indicator,
            level,
            holder,
            kind,
            start,
            numerator,
            denominator,
            sample,
            covered,
            expected,
        ) in rows
    }
