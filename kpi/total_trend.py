"""Total trend: what the scorecards of departments came to, month by month."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from data.access import Scope
from kpi.catalog import catalog
from kpi.indicator import Indicator
from kpi.measure import Level
from kpi.period import Period
from kpi.policy import Dimension, policy
from kpi.result import Component, judged, result
from kpi.roll_up import Total, dimension_scores, total
from kpi.target import Targets, read_targets_of

MONTHS = 13

Stored = Mapping[tuple[str, str | None, date], Component]
"""By indicator, department (None for the company) and month."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalPoint:
    """What one month came to, by that month's own targets."""

    period: Period
    total: Total


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scored:
    key: str
    dimension: Dimension
    is_scorable: bool
    weight: float
    score: float | None
    is_partial: bool


def total_trends(
    con: duckdb.DuckDBPyConnection, scope: Scope, until: Period, months: int = MONTHS
) -> Mapping[str, tuple[TotalPoint, ...]]:
    """The totals of every department in scope for the months to the end of `until`, oldest first.

    The same totals as the departments' scorecards of those months.
    """
    last = until.months()[-1]
    wanted = [last.shifted(-step) for step in reversed(range(months))]
    stored = _stored(con, scope.departments, wanted)
    targets = read_targets_of(con, wanted)
    return {
        department: tuple(
            TotalPoint(period=month, total=_total(department, month, stored, targets[month]))
            for month in wanted
        )
        for department in scope.departments
    }


def _total(department: str, month: Period, stored: Stored, targets: Targets) -> Total:
    lines = [
        _scored(i, department, month, stored, targets) for i in catalog().scored_for(department)
    ]
    return total(dimension_scores(lines, policy()), policy())


def _scored(
    indicator: Indicator, department: str, month: Period, stored: Stored, targets: Targets
) -> _Scored:
    answers = department in indicator.answers_for_company
    level: Level = "company" if answers else "department"
    component = stored.get((indicator.key, None if answers else department, month.start))
    held = targets.held(indicator, department)
    found = result(indicator, component, level, policy())
    return _Scored(
        key=indicator.key,
        dimension=indicator.dimension,
        is_scorable=indicator.scoring is not None and held.weight > 0,
        weight=held.weight,
        score=judged(indicator, found, held.goal, policy()).score,
        is_partial=component is not None and 0 < component.covered < component.expected,
    )


def _stored(
    con: duckdb.DuckDBPyConnection, departments: Sequence[str], months: Sequence[Period]
) -> Stored:
    rows = con.execute(
        """
        select indicator, department_id, period_start, numerator, denominator, sample, covered,
            expected
        from result.component
        where period_kind = 'month' and period_start between ? and ?
            and (
                level = 'company' or (level = 'department' and list_contains(?, department_id))
            )
        """,
        [months[0].start, months[-1].start, list(departments)],
    ).fetchall()
    return {
        (indicator, department, start): Component(
            period_start=start,
            numerator=numerator,
            denominator=denominator,
            sample=sample,
            covered=covered,
            expected=expected,
        )
        for indicator, department, start, numerator, denominator, sample, covered, expected in rows
    }
