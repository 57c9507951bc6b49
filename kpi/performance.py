"""Performance of a person: the own indicators and the department's, by the policy's share."""

from dataclasses import dataclass
from typing import Literal

from kpi.policy import Policy
from kpi.roll_up import DimensionScore

Flag = Literal[
    "no_own_indicators",
    "own_indicators_unscored",
    "no_department_result",
    "dominant_indicator",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Performance:
    """A person's performance and what it is made of."""

    score: DimensionScore
    own: DimensionScore | None
    """By the own indicators; None without any."""
    department: DimensionScore
    own_share: float
    """What the own indicators weigh in it; the rest is the department's."""
    flags: tuple[Flag, ...]


def performance(
    own: DimensionScore | None, department: DimensionScore, share: float, policy: Policy
) -> Performance:
    """Own x share + department x (1 - share); what is missing leaves its share to the other.

    Without own indicators the department's result is the whole of it; with own ones that could
    not be scored it is too, provisionally.
    """
    own_score = own.score if own else None
    used = share if own_score is not None else 0.0
    if department.score is None and own_score is not None:
        used = 1.0
    parts = ((used, own_score), (1 - used, department.score))
    scored = [(weight, value) for weight, value in parts if weight > 0 and value is not None]
    known = [part for part in (own, department) if part is not None]
    nominal = share if own else 0.0
    coverage = nominal * (own.coverage if own else 0.0) + (1 - nominal) * department.coverage
    flags = _flags(own, department)
    blended = DimensionScore(
        dimension="performance",
        score=sum(weight * value for weight, value in scored) if scored else None,
        coverage=coverage,
        is_provisional=bool(scored)
        and (
            "own_indicators_unscored" in flags
            or "no_department_result" in flags
            or coverage < policy.provisional_below
            or any(part.is_provisional for part in known)
        ),
        missing=tuple(dict.fromkeys(key for part in known for key in part.missing)),
        dominant=next((part.dominant for part in known if part.dominant), None),
    )
    return Performance(
        score=blended, own=own, department=department, own_share=used, flags=tuple(flags)
    )


def _flags(own: DimensionScore | None, department: DimensionScore) -> list[Flag]:
    flags: list[Flag] = []
    if own is None:
        flags.append("no_own_indicators")
    elif own.score is None:
        flags.append("own_indicators_unscored")
    if department.score is None:
        flags.append("no_department_result")
    if (own and own.dominant) or department.dominant:
        flags.append("dominant_indicator")
    return flags
