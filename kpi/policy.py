"""Policy: the choices a company makes about scoring, as declared in kpi/policy.toml.

PolicyError
    the file says something it may not; lists every fault
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from data.contract import contract
from data.language import LANGUAGES, Names
from kpi.ladder import Rule

FILE = Path(__file__).resolve().parent / "policy.toml"

Dimension = Literal["performance", "capability", "attitude"]

DIMENSIONS: tuple[Dimension, ...] = ("performance", "capability", "attitude")


class PolicyError(Exception):
    """kpi/policy.toml is not usable."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("kpi/policy.toml is not usable:\n  " + "\n  ".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """A grade and the total it begins at."""

    id: str
    start: float
    names: Names


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskMatrix:
    """The level of a risk by likelihood and impact: a look-up, not a product."""

    levels: tuple[str, ...]
    """From the least to the worst."""
    default_appetite: str
    rows: tuple[tuple[str, ...], ...]
    """One row per likelihood from 1, one level per impact from 1."""

    def level(self, likelihood: int | None, impact: int | None) -> str | None:
        """The level at this likelihood and impact; None where one is missing or outside."""
        if likelihood is None or impact is None:
            return None
        if not (1 <= likelihood <= len(self.rows) and 1 <= impact <= len(self.rows[0])):
            return None
        return self.rows[likelihood - 1][impact - 1]

    def rank(self, level: str) -> int:
        """1 for the least level, more for worse."""
        return self.levels.index(level) + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """From where on a figure is amber, and red; red below amber means that less is worse."""

    amber: float
    red: float

    def level(self, value: float) -> Literal["green", "amber", "red"]:
        """The level of a figure; one exactly at a threshold is not yet past it."""
        sign = -1 if self.red < self.amber else 1
        if sign * value > sign * self.red:
            return "red"
        return "amber" if sign * value > sign * self.amber else "green"


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The company's choices. Scores run from 0 to 100, shares from 0 to 1."""

    agreed: frozenset[str]
    """The sections the company has decided; every other is shown as a default."""
    fiscal_first_month: int
    cap: float
    green_from: float
    amber_from: float
    provisional_below: float
    hidden_below: float
    max_weight: float
    dimensions: Mapping[Dimension, float]
    minimum_responses: int
    minimum_people: int
    minimum_raters: Mapping[str, int]
    rater_weights: Mapping[str, Mapping[str, float]]
    """By appraisal group, then rater type."""
    risk_matrix: RiskMatrix
    own_share: Mapping[str, float]
    period_share: Mapping[str, float]
    results_needed: Mapping[str, int]
    """Months a quarter, and quarters a year, needs not to be provisional."""
    grades: tuple[Grade, ...]
    """Best first."""
    ladder: tuple[Rule, ...]
    project_health: Mapping[str, Threshold]

    def grade(self, total: float | None) -> Grade | None:
        """The grade of a total already rounded; None where there is no total."""
        if total is None:
            return None
        return next((grade for grade in self.grades if total >= grade.start), self.grades[-1])


@cache
def policy() -> Policy:
    """The policy in force. Raises PolicyError with every fault."""
    return read_policy(tomllib.loads(FILE.read_text("utf-8")))


def read_policy(entry: Mapping[str, Any]) -> Policy:
    """The policy that parsed TOML declares. Raises PolicyError with every fault."""
    faults = _faults(entry)
    if faults:
        raise PolicyError(faults)
    score, roll_up, minimum = entry["score"], entry["roll_up"], entry["minimum"]
    matrix = entry["risk_matrix"]
    return Policy(
        agreed=frozenset(entry["agreed"]),
        fiscal_first_month=entry["fiscal_first_month"],
        cap=float(score["cap"]),
        green_from=float(score["green_from"]),
        amber_from=float(score["amber_from"]),
        provisional_below=roll_up["provisional_below"],
        hidden_below=roll_up["hidden_below"],
        max_weight=roll_up["max_weight"],
        dimensions=MappingProxyType(
            {name: float(entry["dimensions"][name]) for name in DIMENSIONS}
        ),
        minimum_responses=minimum["responses"],
        minimum_people=minimum["people"],
        minimum_raters=MappingProxyType(dict(entry["minimum_raters"])),
        rater_weights=MappingProxyType(
            {group: MappingProxyType(dict(row)) for group, row in entry["rater_weights"].items()}
        ),
        risk_matrix=RiskMatrix(
            levels=tuple(matrix["levels"]),
            default_appetite=matrix["default_appetite"],
            rows=tuple(tuple(row) for row in matrix["rows"]),
        ),
        own_share=MappingProxyType(dict(entry["own_share"])),
        period_share=MappingProxyType(dict(entry["period_share"])),
        results_needed=MappingProxyType(dict(entry["results_needed"])),
        grades=tuple(_grade(key, grade) for key, grade in entry["grades"].items()),
        ladder=tuple(_rule(key, rule) for key, rule in entry["ladder"].items()),
        project_health=MappingProxyType(
            {
                name: Threshold(amber=row["amber"], red=row["red"])
                for name, row in entry["project_health"].items()
            }
        ),
    )


_SECTIONS: Mapping[str, set[str]] = {
    "score": {"cap", "green_from", "amber_from"},
    "roll_up": {"provisional_below", "hidden_below", "max_weight"},
    "dimensions": set(DIMENSIONS),
    "minimum": {"responses", "people"},
    "own_share": {"staff", "head"},
    "period_share": {"quarter", "year"},
    "results_needed": {"quarter", "year"},
    "project_health": {"schedule_index", "cost_index", "days_past_end", "overdue_task_share"},
    "risk_matrix": {"levels", "default_appetite", "rows"},
}


def _faults(entry: Mapping[str, Any]) -> list[str]:
    faults = [
        f"[{section}] must have exactly {', '.join(sorted(keys))}"
        for section, keys in _SECTIONS.items()
        if set(entry.get(section, {})) != keys
    ]
    tables = {*_SECTIONS, "minimum_raters", "rater_weights", "grades", "ladder"}
    known = {*tables, "fiscal_first_month", "agreed"}
    faults += [f"unknown section {name!r}" for name in entry if name not in known]
    faults += [f"missing {name!r}" for name in known if name not in entry]
    if faults:
        return faults
    if entry["fiscal_first_month"] not in range(1, 13):
        faults.append("fiscal_first_month is a month, 1 to 12")
    if entry["score"]["amber_from"] > entry["score"]["green_from"]:
        faults.append("[score] amber_from is above green_from")
    faults += [f"agreed names no section {name!r}" for name in set(entry["agreed"]) - tables]
    faults += [
        f"[project_health] {name} must have exactly amber and red"
        for name, row in entry["project_health"].items()
        if set(row) != {"amber", "red"}
    ]
    judged = (_rater_faults, _matrix_faults, _grade_faults, _ladder_faults)
    return faults + [fault for find in judged for fault in find(entry)]


def _rater_faults(entry: Mapping[str, Any]) -> list[str]:
    ratings, employees = contract("appraisal_ratings"), contract("employees")
    types = set(ratings.columns["rater_type"].values)
    groups = set(employees.columns["role_group"].values)
    faults = []
    if set(entry["minimum_raters"]) != types:
        faults.append(f"[minimum_raters] must name {', '.join(sorted(types))}")
    if set(entry["rater_weights"]) != groups:
        faults.append(f"[rater_weights] must name {', '.join(sorted(groups))}")
    faults += [
        f"[rater_weights] {group} must name {', '.join(sorted(types))}"
        for group, row in entry["rater_weights"].items()
        if set(row) != types
    ]
    return faults


def _matrix_faults(entry: Mapping[str, Any]) -> list[str]:
    matrix = entry["risk_matrix"]
    cells = [level for row in matrix["rows"] for level in row]
    faults = [
        f"[risk_matrix] {level!r} is not among its levels"
        for level in sorted({*cells, matrix["default_appetite"]} - set(matrix["levels"]))
    ]
    if [len(row) for row in matrix["rows"]] != [5] * 5:
        faults.append("[risk_matrix] rows must be five rows of five levels")
    return faults


def _grade_faults(entry: Mapping[str, Any]) -> list[str]:
    faults = [
        f"[grades] {key} needs from and a name in {', '.join(LANGUAGES)}"
        for key, grade in entry["grades"].items()
        if set(grade) != {"from", *LANGUAGES}
    ]
    starts = [float(grade.get("from", -1)) for grade in entry["grades"].values()]
    if not faults and (starts != sorted(starts, reverse=True) or starts[-1] != 0):
        faults.append("[grades] run from the best down to one that begins at 0")
    return faults


_RULE_KEYS: Mapping[str, type | tuple[str, ...]] = {
    "cycle": ("month", "quarter", "year"),
    "mode": ("consecutive", "cumulative", "rolling"),
    "missing": ("skip", "break"),
    "results": int,
    "window": int,
    "longest_gap": int,
    "severity": int,
    "provisional_counts": bool,
    "grades": list,
}


def _ladder_faults(entry: Mapping[str, Any]) -> list[str]:
    faults = []
    for key, rule in entry["ladder"].items():
        if set(rule) != {*_RULE_KEYS, *LANGUAGES}:
            faults.append(f"[ladder] {key} needs {', '.join((*_RULE_KEYS, *LANGUAGES))}")
            continue
        faults += [
            f"[ladder] {key}: {name} cannot be {rule[name]!r}"
            for name, allowed in _RULE_KEYS.items()
            if not _allowed(rule[name], allowed)
        ]
        unknown = set(rule["grades"]) - set(entry["grades"])
        faults += [f"[ladder] {key}: no grade {grade!r}" for grade in sorted(unknown)]
    return faults


def _allowed(value: object, allowed: type | tuple[str, ...]) -> bool:
    return isinstance(value, allowed) if isinstance(allowed, type) else value in allowed


def _rule(key: str, entry: Mapping[str, Any]) -> Rule:
    return Rule(
        id=key,
        cycle=entry["cycle"],
        mode=entry["mode"],
        results=entry["results"],
        grades=frozenset(entry["grades"]),
        window=entry["window"],
        missing=entry["missing"],
        longest_gap=entry["longest_gap"],
        provisional_counts=entry["provisional_counts"],
        severity=entry["severity"],
        actions=MappingProxyType({tag: entry[tag] for tag in LANGUAGES}),
    )


def _grade(key: str, entry: Mapping[str, Any]) -> Grade:
    names = MappingProxyType({tag: entry[tag] for tag in LANGUAGES})
    return Grade(id=key, start=float(entry["from"]), names=names)
