"""What is to be said of a result: why it is provisional, and what is special about it."""

from collections.abc import Mapping
from types import MappingProxyType

from kpi.appraisal import AppraisalResult, Flag
from kpi.policy import Dimension
from pages.shared import figures
from pages.shared.words import later, text

DIMENSIONS: Mapping[Dimension, str] = MappingProxyType(
    {
        "performance": later("Performance"),
        "capability": later("Capability"),
        "attitude": later("Attitude"),
    }
)
_FLAGS: Mapping[Flag, str] = MappingProxyType(
    {
        "no_own_indicators": later("no own indicators, so performance is the department's"),
        "own_indicators_unscored": later(
            "own indicators could not be scored, so performance is the department's"
        ),
        "no_department_result": later(
            "the department has no result, so performance is the own indicators'"
        ),
        "dominant_indicator": later("one indicator weighs more than half of a dimension"),
        "no_performance": later("no result in performance"),
        "no_capability": later("no result in capability"),
        "no_attitude": later("no result in attitude"),
        "few_parts": later("too few months or quarters with a result"),
        "no_evaluation": later("the period as a whole could not be evaluated"),
        "joined": later("joined during the period"),
        "left": later("left during the period"),
    }
)


def notes(result: AppraisalResult) -> list[str]:
    """What is to be said, each in a few words."""
    told = [text(_FLAGS[flag]) for flag in result.flags]
    if result.is_provisional and result.coverage < 1 and not told:
        told.append(text("only {share} of the weight has data", share=_share(result.coverage)))
    if result.is_provisional and not told:
        told.append(text("a part of the period has no data"))
    return told


def said(result: AppraisalResult) -> str:
    """The same in one line; empty where there is nothing to say."""
    return text("; ").join(notes(result))


def _share(coverage: float) -> str:
    return figures.percent(coverage, 0)
