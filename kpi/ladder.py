"""The consequence ladder: what several unqualified results in a row recommend.

The ladder recommends; a person decides. Each cycle is judged by its own results: three bad
months and the bad quarter they make are never added up.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from data.language import Names

Cycle = Literal["month", "quarter", "year"]
Mode = Literal["consecutive", "cumulative", "rolling"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """When results of one cycle recommend an action."""

    id: str
    cycle: Cycle
    mode: Mode
    """In a row; within the same year; or within the last `window` results."""
    results: int
    """How many results of these grades it takes."""
    grades: frozenset[str]
    window: int
    """Results looked back on by a rolling rule; 0 for the others."""
    missing: Literal["skip", "break"]
    """Whether a period without a result is passed over or ends the row."""
    longest_gap: int
    """Periods without a result in a row that are passed over at most."""
    provisional_counts: bool
    severity: int
    """Where several rules hold, the highest wins."""
    actions: Names


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The result of one period: its grade, or None where there is none."""

    period: str
    year: str
    grade: str | None
    provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A recommendation of a case, from the period in which its rule first held."""

    period: str
    rule: Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One run of unqualified results; a worse rule escalates it, it never makes a second case."""

    steps: tuple[Step, ...]
    counted: tuple[str, ...]
    """The periods whose results count, oldest first."""
    gaps: tuple[str, ...]
    """The periods passed over among them."""

    @property
    def rule(self) -> Rule:
        """The rule the case has reached."""
        return self.steps[-1].rule


def cases(rules: Iterable[Rule], outcomes: Sequence[Outcome]) -> tuple[Case, ...]:
    """Every case in the results of one cycle, which are given oldest first."""
    found: list[Case] = []
    is_open = False
    for end in range(1, len(outcomes) + 1):
        held = _worst_held(rules, outcomes[:end])
        if held is None:
            is_open = False
            continue
        rule, counted = held
        known = found.pop().steps if is_open else ()
        if not known or rule.severity > known[-1].rule.severity:
            known = (*known, Step(period=outcomes[end - 1].period, rule=rule))
        found.append(_case(known, counted, outcomes))
        is_open = True
    return tuple(found)


def standing_case(rules: Iterable[Rule], outcomes: Sequence[Outcome]) -> Case | None:
    """The case that stands after the last result, or None."""
    listed = list(rules)
    if _worst_held(listed, outcomes) is None:
        return None
    return cases(listed, outcomes)[-1]


def _worst_held(
    rules: Iterable[Rule], outcomes: Sequence[Outcome]
) -> tuple[Rule, list[Outcome]] | None:
    held = [(rule, counted) for rule in rules if (counted := _held(rule, outcomes))]
    return max(held, key=lambda pair: pair[0].severity, default=None)


def _held(rule: Rule, outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The results for which the rule holds after the last of them; empty where it does not."""
    match rule.mode:
        case "consecutive":
            counted = _row(rule, outcomes)
        case "cumulative":
            counted = [o for o in outcomes if o.year == outcomes[-1].year and _counts(rule, o)]
        case "rolling":
            counted = [o for o in outcomes[-rule.window :] if _counts(rule, o)]
    return counted if len(counted) >= rule.results else []


def _row(rule: Rule, outcomes: Sequence[Outcome]) -> list[Outcome]:
    row: list[Outcome] = []
    gap = 0
    for outcome in outcomes:
        if _counts(rule, outcome):
            row.append(outcome)
            gap = 0
        elif outcome.grade is None or outcome.grade in rule.grades:
            # No result, or an unqualified one that is only provisional.
            gap += 1
            if rule.missing == "break" or gap > rule.longest_gap:
                row = []
        else:
            row, gap = [], 0
    return row


def _counts(rule: Rule, outcome: Outcome) -> bool:
    settled = rule.provisional_counts or not outcome.provisional
    return settled and outcome.grade in rule.grades


def _case(steps: tuple[Step, ...], counted: Sequence[Outcome], outcomes: Sequence[Outcome]) -> Case:
    first, last = outcomes.index(counted[0]), outcomes.index(counted[-1])
    within = outcomes[first : last + 1]
    return Case(
        steps=steps,
        counted=tuple(outcome.period for outcome in counted),
        gaps=tuple(o.period for o in within if o.grade is None),
    )
