"""Appraisal: what each person's month, quarter or year comes to, and its grade.

A quarter is its months' mean and the evaluation of the quarter as a whole, by the policy's share;
a year its quarters' mean and the evaluation of the year. Totals are kept in full precision until
the end, rounded half-up to two decimals once, and graded from that.

NotAppraised
    the person was not employed in the period
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import duckdb

from data.access import Scope
from data.contract import departments
from kpi.evaluation import Evaluation, evaluations
from kpi.evaluation import Flag as EvaluationFlag
from kpi.period import Period
from kpi.policy import Dimension, Grade, Policy, policy
from kpi.rating import ItemRating, item_ratings
from kpi.scoring import rounded
from kpi.staff import Employee, employee, staff

Flag = EvaluationFlag | Literal["few_parts", "no_evaluation", "joined", "left"]

Evaluations = Mapping[tuple[str, Period], Evaluation]

HISTORY = {"month": 13, "quarter": 8, "year": 3}
"""How many periods a person's history goes back to, the one asked for included."""


class NotAppraised(LookupError):
    """A person has no result because they were not employed in the period."""

    def __init__(self, employee_id: str, period: Period) -> None:
        super().__init__(f"Employee {employee_id!r} was not employed in {period}.")
        self.employee_id, self.period = employee_id, period


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What a month of a quarter, or a quarter of a year, came to, in full precision."""

    period: Period
    total: float | None
    """None without a result, and where the person was not employed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """A total made of parts and of the evaluation of the whole."""

    total: float | None
    """In full precision."""
    mean: float | None
    """Of the parts that have a total."""
    mean_share: float
    """What that mean weighs in the total."""
    is_provisional: bool
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AppraisalResult:
    """What a period came to for one person."""

    employee: Employee
    period: Period
    evaluation: Evaluation
    """Of the period as a whole."""
    parts: tuple[Part, ...]
    """The months of a quarter, the quarters of a year; empty for a month."""
    mean: float | None
    """Of the parts that have a total, in full precision."""
    mean_share: float
    """What that mean weighs in the total; the rest is the evaluation."""
    total: float | None
    """Half-up to two decimals."""
    grade: Grade | None
    coverage: float
    """The share of all weight that was scored in the evaluation."""
    is_provisional: bool
    flags: tuple[Flag, ...]
    """What is to be said of it."""

    @property
    def performance(self) -> float | None:
        return self.score("performance")

    @property
    def capability(self) -> float | None:
        return self.score("capability")

    @property
    def attitude(self) -> float | None:
        return self.score("attitude")

    def score(self, dimension: Dimension) -> float | None:
        """The evaluation's score of a dimension, in full precision."""
        return self.evaluation.score(dimension)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAppraisal:
    """One person's result with what it is made of."""

    result: AppraisalResult
    ratings: tuple[ItemRating, ...]
    """Means by item and rater type, of types above their minimum."""
    history: tuple[AppraisalResult, ...]
    """Periods of the same kind up to this one, oldest first."""


def results(
    con: duckdb.DuckDBPyConnection, scope: Scope, period: Period
) -> tuple[AppraisalResult, ...]:
    """One result for everyone in scope who was employed in the period, by department and number."""
    order = {department: place for place, department in enumerate(departments())}
    found = appraised(con, staff(con, scope), (period,))
    return tuple(
        sorted(
            found,
            key=lambda r: (order.get(r.employee.department, len(order)), r.employee.employee_id),
        )
    )


def result(
    con: duckdb.DuckDBPyConnection, scope: Scope, period: Period, employee_id: str
) -> PersonAppraisal:
    """One person's result, its breakdown and history.

    Raises AccessDenied outside the scope, UnknownEmployee, NotAppraised.
    """
    person = employee(con, scope, employee_id)
    earlier = [period.shifted(-step) for step in reversed(range(HISTORY[period.kind]))]
    found = appraised(con, (person,), earlier)
    if not found or found[-1].period != period:
        raise NotAppraised(employee_id, period)
    first = next((n for n, one in enumerate(found) if one.total is not None), len(found) - 1)
    return PersonAppraisal(
        result=found[-1],
        ratings=item_ratings(con, scope, period, employee_id),
        history=tuple(found[first:]),
    )


def appraised(
    con: duckdb.DuckDBPyConnection, people: Sequence[Employee], periods: Sequence[Period]
) -> list[AppraisalResult]:
    """The results of people who are in scope already, person by person in the order of periods."""
    needed = [each for period in periods for each in _needed(period)]
    known = evaluations(con, people, needed)
    return [
        _result(person, period, known, policy())
        for person in people
        for period in periods
        if (person.employee_id, period) in known
    ]


def composed(
    whole: float | None, parts: Sequence[float | None], share: float, needed: int
) -> Composition:
    """Mean of the parts x share + whole x (1 - share); what is missing leaves its share.

    Provisional where fewer parts than `needed` have a total, or the whole has none.
    """
    counted = [total for total in parts if total is not None]
    mean = sum(counted) / len(counted) if counted else None
    weighed = [
        (weight, value)
        for weight, value in ((share, mean), (1 - share, whole))
        if weight > 0 and value is not None
    ]
    weight = sum(each for each, _ in weighed)
    flags: list[Flag] = []
    if share > 0 and len(counted) < needed:
        flags.append("few_parts")
    if share < 1 and whole is None:
        flags.append("no_evaluation")
    return Composition(
        total=sum(each * value for each, value in weighed) / weight if weighed else None,
        mean=mean,
        mean_share=share / weight if mean is not None and weight > 0 else 0.0,
        is_provisional=bool(weighed and flags),
        flags=tuple(flags),
    )


def distribution(found: Iterable[AppraisalResult]) -> Mapping[str, int]:
    """How many results have each grade, from the best; grades without any too."""
    counts = Counter(one.grade.id for one in found if one.grade)
    return {grade.id: counts[grade.id] for grade in policy().grades}


def department_means(found: Iterable[AppraisalResult]) -> Mapping[str, float | None]:
    """The mean total of each department, half-up to two decimals.

    None where fewer people than the policy's minimum have a total.
    """
    totals: dict[str, list[float]] = defaultdict(list)
    for one in found:
        totals[one.employee.department] += [] if one.total is None else [one.total]
    return {
        department: rounded(sum(each) / len(each)) if len(each) >= policy().minimum_people else None
        for department, each in totals.items()
    }


def parts_of(period: Period) -> tuple[Period, ...]:
    """The months of a quarter, the quarters of a year; none of a month."""
    match period.kind:
        case "month":
            return ()
        case "quarter":
            return period.months()
        case "year":
            return tuple(Period("quarter", month.start) for month in period.months()[::3])


def _needed(period: Period) -> tuple[Period, ...]:
    return (period, *(each for part in parts_of(period) for each in _needed(part)))


def _result(
    person: Employee, period: Period, known: Evaluations, chosen: Policy
) -> AppraisalResult:
    evaluation = known[person.employee_id, period]
    parts = tuple(
        Part(period=part, total=_composition(person, part, known, chosen).total)
        for part in parts_of(period)
    )
    made = _composition(person, period, known, chosen)
    total = None if made.total is None else rounded(made.total)
    return AppraisalResult(
        employee=person,
        period=period,
        evaluation=evaluation,
        parts=parts,
        mean=made.mean,
        mean_share=made.mean_share,
        total=total,
        grade=chosen.grade(total),
        coverage=evaluation.coverage,
        is_provisional=made.is_provisional,
        flags=(*evaluation.flags, *made.flags, *_employment(person, period)),
    )


def _composition(
    person: Employee, period: Period, known: Evaluations, chosen: Policy
) -> Composition:
    evaluation = known.get((person.employee_id, period))
    whole = evaluation.total if evaluation else None
    if period.kind == "month":
        made = composed(whole, (), 0.0, 0)
    else:
        totals = [_composition(person, part, known, chosen).total for part in parts_of(period)]
        share = chosen.period_share[period.kind]
        made = composed(whole, totals, share, chosen.results_needed[period.kind])
    provisional = made.is_provisional or (evaluation is not None and evaluation.is_provisional)
    return Composition(
        total=made.total,
        mean=made.mean,
        mean_share=made.mean_share,
        is_provisional=provisional and made.total is not None,
        flags=made.flags if period.kind != "month" else (),
    )


def _employment(person: Employee, period: Period) -> list[Flag]:
    flags: list[Flag] = []
    if person.joined_in(period):
        flags.append("joined")
    if person.left_in(period):
        flags.append("left")
    return flags
