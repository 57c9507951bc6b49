"""Recommendations: for whom the consequence ladder holds as a period ends."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

import duckdb

from data.access import Scope
from kpi.appraisal import HISTORY, AppraisalResult, appraised
from kpi.ladder import Case, Cycle, Outcome, Rule, standing_case
from kpi.period import KINDS, Period
from kpi.policy import policy
from kpi.staff import Employee, employee, staff

CYCLES: Final[tuple[Cycle, ...]] = KINDS


def recommendations(
    con: duckdb.DuckDBPyConnection,
    scope: Scope,
    period: Period,
    *,
    cycles: Collection[Cycle] = CYCLES,
) -> Mapping[str, tuple[Case, ...]]:
    """By employee in scope the cases of these cycles that stand when the period ends.

    The most severe comes first.
    """
    return _standing(con, staff(con, scope), period, cycles)


def recommendation(
    con: duckdb.DuckDBPyConnection,
    scope: Scope,
    period: Period,
    employee_id: str,
    *,
    cycles: Collection[Cycle] = CYCLES,
) -> tuple[Case, ...]:
    """The cases of one person that stand when the period ends.

    Raises AccessDenied outside the scope, UnknownEmployee.
    """
    people = (employee(con, scope, employee_id),)
    return _standing(con, people, period, cycles).get(employee_id, ())


def last_ended(cycle: Cycle, period: Period) -> Period:
    """The last period of a cycle that ends with or before the period: its cases hinge on it."""
    last = Period.containing(cycle, period.months()[-1].start)
    return last if last.end <= period.end else last.previous()


def _standing(
    con: duckdb.DuckDBPyConnection,
    people: Sequence[Employee],
    period: Period,
    cycles: Collection[Cycle],
) -> Mapping[str, tuple[Case, ...]]:
    found: dict[str, list[Case]] = {}
    for cycle, rules in _by_cycle(policy().ladder).items():
        if cycle not in cycles:
            continue
        ended = _ended(cycle, period)
        concerned = _concerned(con, people, rules, ended)
        for person in concerned:
            outcomes = _outcomes(appraised(con, (person,), ended), ended)
            if case := standing_case(rules, outcomes):
                found.setdefault(person.employee_id, []).append(case)
    return {
        employee_id: tuple(sorted(cases, key=lambda case: -case.rule.severity))
        for employee_id, cases in found.items()
    }


def _by_cycle(rules: Iterable[Rule]) -> Mapping[Cycle, list[Rule]]:
    found: dict[Cycle, list[Rule]] = {}
    for rule in rules:
        found.setdefault(rule.cycle, []).append(rule)
    return found


def _ended(cycle: Cycle, period: Period) -> list[Period]:
    """The periods of a cycle that end with or before the period, oldest first."""
    last = last_ended(cycle, period)
    return [last.shifted(-step) for step in reversed(range(HISTORY[cycle]))]


def _concerned(
    con: duckdb.DuckDBPyConnection,
    people: Sequence[Employee],
    rules: Sequence[Rule],
    ended: Sequence[Period],
) -> list[Employee]:
    """Those for whom a case can stand at all: few, so that few histories are computed."""
    if any(rule.mode != "consecutive" for rule in rules):
        return list(people)
    grades = frozenset(grade for rule in rules for grade in rule.grades)
    gap = max(rule.longest_gap for rule in rules)
    open_to = list(people)
    found: list[Employee] = []
    for period in list(reversed(ended))[: gap + 1]:
        settled = {
            one.employee.employee_id: one.grade.id in grades
            for one in appraised(con, [p for p in open_to if p.employed_in(period)], (period,))
            if one.grade and not (one.is_provisional and one.grade.id in grades)
        }
        found += [person for person in open_to if settled.get(person.employee_id)]
        open_to = [person for person in open_to if person.employee_id not in settled]
    return found


def _outcomes(found: Iterable[AppraisalResult], ended: Sequence[Period]) -> list[Outcome]:
    by_period = {one.period: one for one in found}
    outcomes = []
    for period in ended:
        one = by_period.get(period)
        outcomes.append(
            Outcome(
                period=str(period),
                year=str(period.enclosing()[-1]),
                grade=one.grade.id if one and one.grade else None,
                provisional=bool(one and one.is_provisional),
            )
        )
    return outcomes
