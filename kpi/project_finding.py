"""Findings: what a project's health is judged by, against the policy's thresholds."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from kpi.earned_value import EarnedValue
from kpi.policy import policy
from kpi.project_task import TaskCount

Level = Literal["green", "amber", "red", "none"]
Code = Literal[
    "schedule_index",
    "cost_index",
    "days_past_end",
    "overdue_task_share",
    "status_outdated",
    "no_status",
]

WORST_FIRST: tuple[Level, ...] = ("red", "amber", "green", "none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing a project's health was judged by."""

    code: Code
    level: Level
    value: float | None
    """The index, the days or the share of one; None where there is nothing to judge."""
    amber: float | None
    red: float | None
    """The thresholds; None where the finding has none."""


def findings_of(
    value: EarnedValue | None, past_end: int | None, tasks: TaskCount, *, is_outdated: bool
) -> tuple[Finding, ...]:
    """Every finding on a project that runs or ran, worst first.

    `value` is what it last reported, `past_end` the days past its baseline; None where unknown.
    """
    figures: dict[Code, float | None] = {
        "schedule_index": value.schedule_index if value else None,
        "cost_index": value.cost_index if value else None,
        "days_past_end": past_end,
        "overdue_task_share": tasks.overdue / tasks.due if tasks.due else None,
    }
    found = [_judged(code, figure) for code, figure in figures.items() if figure is not None]
    if value is None:
        found.append(_unjudged("no_status", "none"))
    elif is_outdated:
        found.append(_unjudged("status_outdated", "amber"))
    return tuple(sorted(found, key=lambda finding: WORST_FIRST.index(finding.level)))


def _judged(code: Code, value: float) -> Finding:
    limit = policy().project_health[code]
    return Finding(
        code=code, level=limit.level(value), value=value, amber=limit.amber, red=limit.red
    )


def _unjudged(code: Code, level: Level) -> Finding:
    return Finding(code=code, level=level, value=None, amber=None, red=None)


def level_of(findings: Iterable[Finding]) -> Level:
    """The worst level; a project that never reported is not green for want of bad news."""
    levels: list[Level] = [finding.level for finding in findings]
    worst: Level = min(levels, key=WORST_FIRST.index, default="none")
    return "none" if worst == "green" and "none" in levels else worst
