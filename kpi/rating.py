"""Ratings of one person: the mean of each rater type, never a single rating below the minimum.

Which rounds count and what each type weighs is the fact rating_types; a type that reached its
minimum in no round is named as left out and nothing else is said of it, not even how many rated.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from data.access import Scope
from kpi.catalog import Catalog, catalog
from kpi.measure import with_facts
from kpi.period import Kind, Period
from kpi.policy import policy

FACT = "rating_types"

CYCLES: Mapping[Kind, tuple[str, ...]] = {
    "month": ("month",),
    "quarter": ("month", "quarter"),
    "year": ("month", "quarter", "year"),
}
"""Whose rounds a period pools."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeMean:
    """What the raters of one type said of one item."""

    rater_type: str
    mean: float
    """0 to 100."""
    ratings: int
    share: float
    """What the type weighs among those that qualify; of one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRating:
    """How one person was rated on one item in a period."""

    item: str
    mean: float | None
    """0 to 100, by type weights; None where no type qualifies."""
    types: tuple[TypeMean, ...]
    """In the order of the policy's weights."""
    omitted: tuple[str, ...]
    """Rater types that rated and stayed below their minimum."""


def item_ratings(
    con: duckdb.DuckDBPyConnection, scope: Scope, period: Period, employee_id: str
) -> tuple[ItemRating, ...]:
    """The items a person was rated on in a period. Raises AccessDenied outside the scope."""
    found = con.execute(
        "select dept, role_group from employees where emp_id = ?", [employee_id]
    ).fetchall()
    department, group = found[0] if found else (None, None)
    scope.require_employee(employee_id, department)
    weights = policy().rater_weights[group or "general"]
    qualified = _qualified(con, catalog(), period, employee_id)
    rated = _rated(con, period, employee_id)
    return tuple(
        ItemRating(
            item=item,
            mean=_weighted(qualified[item]),
            types=tuple(qualified[item][kind] for kind in weights if kind in qualified[item]),
            omitted=tuple(
                kind
                for kind, weight in weights.items()
                if weight > 0 and kind in types and kind not in qualified[item]
            ),
        )
        for item, types in rated.items()
    )


def _qualified(
    con: duckdb.DuckDBPyConnection, known: Catalog, period: Period, employee_id: str
) -> Mapping[str, dict[str, TypeMean]]:
    rows = con.execute(
        f"{with_facts(known.facts[FACT], [period])} "
        "select item, rater_type, mean, ratings, share from fact where employee_id = ?",
        [employee_id],
    ).fetchall()
    found: dict[str, dict[str, TypeMean]] = defaultdict(dict)
    for item, kind, mean, ratings, share in rows:
        found[item][kind] = TypeMean(
            rater_type=kind, mean=float(mean), ratings=int(ratings), share=float(share)
        )
    return found


def _rated(
    con: duckdb.DuckDBPyConnection, period: Period, employee_id: str
) -> Mapping[str, set[str]]:
    rows = con.execute(
        """
        select distinct item, rater_type from appraisal_ratings
        where ratee_id = ? and period >= ? and period < ? and list_contains(?, cycle)
        order by item, rater_type
        """,
        [employee_id, period.start, period.end, list(CYCLES[period.kind])],
    ).fetchall()
    found: dict[str, set[str]] = defaultdict(set)
    for item, kind in rows:
        found[item].add(kind)
    return found


def _weighted(types: Mapping[str, TypeMean]) -> float | None:
    return sum(each.mean * each.share for each in types.values()) if types else None
