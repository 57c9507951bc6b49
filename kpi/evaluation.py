"""Evaluations: performance, capability and attitude of many people in several periods at once.

Everything is read from stored components in a few queries. Performance is the person's own
indicators and the department's, by the policy's share; capability and attitude are the ratings.
An own indicator on which nothing happened is not held against the person; one whose data has
not arrived lowers the coverage.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import duckdb

from data.contract import departments
from kpi.catalog import catalog
from kpi.indicator import Indicator
from kpi.measure import Level
from kpi.performance import Flag as PerformanceFlag
from kpi.performance import Performance, performance
from kpi.period import Period
from kpi.policy import DIMENSIONS, Dimension, Policy, policy
from kpi.result import Component, Reason, judged, result
from kpi.roll_up import DimensionScore, dimension_score
from kpi.scoring import Goal, Status, status
from kpi.staff import Employee
from kpi.staff_components import Key, StaffComponents
from kpi.target import Held, Origin, Targets, read_targets_of

Flag = PerformanceFlag | Literal["no_performance", "no_capability", "no_attitude"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredLine:
    """One indicator of a person or department in one period."""

    indicator: Indicator
    level: Level
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
    is_partial: bool
    """Whether the value rests on a part of the data of its period."""

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
        return self.indicator.scoring is not None and self.weight > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What one period alone says of a person. Scores run from 0 to 100, in full precision."""

    period: Period
    performance: Performance
    dimensions: tuple[DimensionScore, ...]
    """Performance as blended, capability, attitude."""
    total: float | None
    coverage: float
    """The share of all weight that was scored."""
    is_provisional: bool
    flags: tuple[Flag, ...]
    lines: tuple[ScoredLine, ...]
    """The own indicators and the ratings."""

    def score(self, dimension: Dimension) -> float | None:
        return next(d.score for d in self.dimensions if d.dimension == dimension)


def evaluations(
    con: duckdb.DuckDBPyConnection, people: Sequence[Employee], periods: Iterable[Period]
) -> Mapping[tuple[str, Period], Evaluation]:
    """By employee and period the evaluation of everyone employed in it."""
    asked_for = tuple(dict.fromkeys(periods))
    if not people or not asked_for:
        return {}
    stored = StaffComponents.read(con, [p.employee_id for p in people], asked_for)
    found: dict[tuple[str, Period], Evaluation] = {}
    targets = read_targets_of(con, asked_for)
    with_own_targets = frozenset(key[3] for key in targets[asked_for[0]].rows if key[3])
    for period in asked_for:
        judge = _Judge(period, stored, targets[period], with_own_targets, policy())
        for person in people:
            if person.employed_in(period):
                found[person.employee_id, period] = judge.evaluation(person)
    return found


class _Judge:
    """Judges people and departments in one period; what they share is worked out once."""

    def __init__(
        self,
        period: Period,
        stored: StaffComponents,
        targets: Targets,
        with_own_targets: frozenset[str],
        chosen: Policy,
    ) -> None:
        self._period, self._stored, self._policy = period, stored, chosen
        self._targets = targets
        self._with_own_targets = with_own_targets
        self._held: dict[tuple[str, str | None, str | None], Held] = {}
        self._performance: dict[str, DimensionScore] = {}

    def evaluation(self, person: Employee) -> Evaluation:
        """The evaluation of one person."""
        lines = tuple(self._own_lines(person))
        performs = any(line.dimension == "performance" and line.is_scorable for line in lines)
        known = performance(
            dimension_score("performance", lines, self._policy) if performs else None,
            self._department(person.department),
            self._policy.own_share["head" if person.is_head else "staff"],
            self._policy,
        )
        rated = [dimension_score(d, lines, self._policy) for d in DIMENSIONS[1:]]
        dimensions = (known.score, *rated)
        total, coverage = _total(dimensions, self._policy)
        return Evaluation(
            period=self._period,
            performance=known,
            dimensions=dimensions,
            total=total,
            coverage=coverage,
            is_provisional=total is not None
            and any(d.is_provisional or d.score is None for d in dimensions),
            flags=(*known.flags, *_missing(dimensions)),
            lines=lines,
        )

    def _department(self, department: str) -> DimensionScore:
        if department not in self._performance:
            known = catalog().scored_for(department) if department in departments() else ()
            lines = [
                self._department_line(indicator, department)
                for indicator in known
                if indicator.dimension == "performance"
            ]
            self._performance[department] = dimension_score("performance", lines, self._policy)
        return self._performance[department]

    def _department_line(self, indicator: Indicator, department: str) -> ScoredLine:
        for_company = department in indicator.answers_for_company
        component = self._around(indicator, None if for_company else department)
        level: Level = "company" if for_company else "department"
        return self._line(indicator, level, component, department, None)

    def _own_lines(self, person: Employee) -> Iterable[ScoredLine]:
        own = self._stored.own.get(person.employee_id, {})
        for indicator in catalog().scored_for(person.department):
            component = own.get(self._key(indicator))
            if component is None:
                component = self._expected(indicator, person)
            if component is None:
                continue
            line = self._line(
                indicator, "employee", component, person.department, person.employee_id
            )
            if line.reason != "no_activity":
                yield line

    def _expected(self, indicator: Indicator, person: Employee) -> Component | None:
        """A component without rows, where the person's rows ought to be but have not arrived.

        Ratings are expected of everyone; other data of whoever had any in the last 13 months.
        """
        around = self._around(indicator, person.department)
        rating = indicator.empty == "Z5"
        if around is None or (around.covered > 0 and not rating):
            return None
        if not rating and not self._stored.is_usual(
            indicator.key, person.employee_id, self._period
        ):
            return None
        return Component(
            period_start=self._period.start,
            numerator=None,
            denominator=None,
            sample=0,
            covered=around.covered,
            expected=around.expected,
        )

    def _around(self, indicator: Indicator, department: str | None) -> Component | None:
        return self._stored.around.get(department, {}).get(self._key(indicator))

    def _key(self, indicator: Indicator) -> Key:
        return indicator.key, self._period.kind, self._period.start

    def _line(
        self,
        indicator: Indicator,
        level: Level,
        component: Component | None,
        department: str,
        employee: str | None,
    ) -> ScoredLine:
        held = self._target(indicator, department, employee)
        found = result(indicator, component, level, self._policy)
        scored = judged(indicator, found, held.goal, self._policy)
        hidden = component is None or found.reason in ("insufficient_raters", "no_data")
        return ScoredLine(
            indicator=indicator,
            level=level,
            numerator=None if hidden or component is None else component.numerator,
            denominator=None if hidden or component is None else component.denominator,
            value=found.value,
            goal=held.goal,
            target_origin=held.origin,
            weight=held.weight,
            score=scored.score,
            status=status(scored.score, self._policy),
            reason=scored.reason,
            is_partial=component is not None and 0 < component.covered < component.expected,
        )

    def _target(self, indicator: Indicator, department: str, employee: str | None) -> Held:
        holder = employee if employee in self._with_own_targets else None
        key = indicator.key, department, holder
        if key not in self._held:
            self._held[key] = self._targets.held(indicator, department, holder)
        return self._held[key]


def _total(dimensions: Sequence[DimensionScore], chosen: Policy) -> tuple[float | None, float]:
    """The weighted mean of the dimensions that have a score, and the coverage of all of them.

    None without performance.
    """
    weights = chosen.dimensions
    whole = sum(weights[d.dimension] for d in dimensions)
    coverage = sum(weights[d.dimension] * d.coverage for d in dimensions) / whole
    scored = [(weights[d.dimension], d.score) for d in dimensions if d.score is not None]
    weight = sum(share for share, _ in scored)
    if dimensions[0].score is None or weight <= 0:
        return None, coverage
    return sum(share * value for share, value in scored) / weight, coverage


def _missing(dimensions: Sequence[DimensionScore]) -> list[Flag]:
    named: dict[Dimension, Flag] = {
        "performance": "no_performance",
        "capability": "no_capability",
        "attitude": "no_attitude",
    }
    return [named[d.dimension] for d in dimensions if d.score is None]
