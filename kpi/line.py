"""Lines: one indicator of somebody in a period, judged, with what came before it."""

from dataclasses import dataclass

from kpi.indicator import Indicator
from kpi.measure import Level
from kpi.period import Period
from kpi.policy import Dimension, policy
from kpi.result import Component, Reason, judged, result
from kpi.scoring import Goal, Status, status
from kpi.stored import COMPANY, Stored, Subject
from kpi.target import Origin, Targets

TREND_MONTHS = 13


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


def line_of(
    indicator: Indicator, subject: Subject, period: Period, stored: Stored, targets: Targets
) -> Line:
    """The line of an indicator, from the components of its periods."""
    level = _holder(indicator, subject).level
    held = targets.held(indicator, subject.department, subject.employee_id)
    component = _component(indicator, subject, period, stored)
    found = result(indicator, component, level, policy())
    scored = judged(indicator, found, held.goal, policy())
    # What would tell a few raters' opinion is not told by its parts either; nor is a number that
    # rests on stray rows of a month that has not arrived.
    shown = None if found.reason in ("insufficient_raters", "no_data") else component
    return Line(
        indicator=indicator,
        level=level,
        numerator=shown.numerator if shown else None,
        denominator=shown.denominator if shown else None,
        value=found.value,
        goal=held.goal,
        target_origin=held.origin,
        weight=held.weight,
        score=scored.score,
        status=status(scored.score, policy()),
        reason=scored.reason,
        sample=shown.sample if shown else None,
        covered=component.covered if component else 0,
        expected=component.expected if component else len(period.months()),
        previous=_value(indicator, subject, period.previous(), stored),
        year_before=_value(indicator, subject, period.year_before(), stored),
        trend=tuple(
            TrendPoint(period=month, value=_value(indicator, subject, month, stored))
            for month in trend_months(period)
        ),
    )


def periods_of(period: Period) -> tuple[Period, ...]:
    """Every period whose components the lines of a period need, each once."""
    around = (period, period.previous(), period.year_before(), *trend_months(period))
    return tuple(dict.fromkeys(around))


def trend_months(period: Period, months: int = TREND_MONTHS) -> tuple[Period, ...]:
    """The months to the end of a period, oldest first."""
    last = period.months()[-1]
    return tuple(last.shifted(-step) for step in reversed(range(months)))


def _holder(indicator: Indicator, subject: Subject) -> Subject:
    answers = subject.department in indicator.answers_for_company
    return COMPANY if subject.level == "department" and answers else subject


def _component(
    indicator: Indicator, subject: Subject, period: Period, stored: Stored
) -> Component | None:
    found = stored.get((indicator.key, _holder(indicator, subject), period))
    if found is not None or subject.level != "employee":
        return found
    # An employee without rows of their own: whether that is known is the department's coverage.
    around = Subject(level="department", department=subject.department)
    of_department = stored.get((indicator.key, around, period))
    return of_department and Component(
        period_start=period.start,
        numerator=0.0,
        denominator=0.0,
        sample=0,
        covered=of_department.covered,
        expected=of_department.expected,
    )


def _value(indicator: Indicator, subject: Subject, period: Period, stored: Stored) -> float | None:
    component = _component(indicator, subject, period, stored)
    level = _holder(indicator, subject).level
    return result(indicator, component, level, policy()).value
