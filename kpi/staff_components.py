"""Stored components of many people in many periods at once, from three queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from kpi.period import KINDS, Kind, Period, add_months
from kpi.result import Component

RECENT_MONTHS = 13
"""How far back an indicator makes its data expected of a person."""

Key = tuple[str, Kind, date]
"""Indicator, period kind and first day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffComponents:
    """Stored components of many people, and of the departments around them."""

    own: Mapping[str, Mapping[Key, Component]]
    """By employee."""
    around: Mapping[str | None, Mapping[Key, Component]]
    """By department; None is the company."""
    months: Mapping[str, Mapping[str, set[date]]]
    """By employee and indicator: the months that have rows."""

    def is_usual(self, indicator: str, employee_id: str, period: Period) -> bool:
        """Whether the employee had rows for it in the 13 months to the period's end."""
        earliest = add_months(period.end, -RECENT_MONTHS)
        months = self.months.get(employee_id, {}).get(indicator, ())
        return any(earliest <= month < period.end for month in months)

    @classmethod
    def read(
        cls, con: duckdb.DuckDBPyConnection, ids: Sequence[str], periods: Sequence[Period]
    ) -> "StaffComponents":
        """The components of these employees in these periods."""
        starts = [[p.start for p in periods if p.kind == kind] for kind in KINDS]
        earliest = min(add_months(p.end, -RECENT_MONTHS) for p in periods)
        own: dict[str, dict[Key, Component]] = defaultdict(dict)
        for holder, key, component in _components(con, "employee_id", "'employee'", starts, ids):
            own[holder or ""][key] = component
        around: dict[str | None, dict[Key, Component]] = defaultdict(dict)
        for holder, key, component in _components(
            con, "department_id", "'department', 'company'", starts, None
        ):
            around[holder][key] = component
        return cls(own=own, around=around, months=_months(con, ids, earliest))


def _components(
    con: duckdb.DuckDBPyConnection,
    holder: str,
    levels: str,
    starts: Sequence[Sequence[date]],
    holders: Sequence[str] | None,
) -> Iterable[tuple[str | None, Key, Component]]:
    rows = con.execute(
        f"""
        select {holder}, indicator, period_kind, period_start,
            sum(numerator), sum(denominator), sum(sample), max(covered), max(expected)
        from result.component
        where level in ({levels})
            and (
                (period_kind = 'month' and list_contains(?, period_start))
                or (period_kind = 'quarter' and list_contains(?, period_start))
                or (period_kind = 'year' and list_contains(?, period_start))
            )
            and (? is null or list_contains(?, {holder}))
        group by {holder}, indicator, period_kind, period_start
        """,
        [*starts, holders, holders],
    ).fetchall()
    for holder_id, indicator, kind, start, top, base, sample, covered, expected in rows:
        yield (
            holder_id,
            (indicator, kind, start),
            Component(
                period_start=start,
                numerator=top,
                denominator=base,
                sample=None if sample is None else int(sample),
                covered=covered,
                expected=expected,
            ),
        )


def _months(
    con: duckdb.DuckDBPyConnection, ids: Sequence[str], earliest: date
) -> Mapping[str, Mapping[str, set[date]]]:
    rows = con.execute(
        "select distinct employee_id, indicator, period_start from result.component "
        "where level = 'employee' and period_kind = 'month' and period_start >= ? "
        "and list_contains(?, employee_id)",
        [earliest, ids],
    ).fetchall()
    found: dict[str, dict[str, set[date]]] = defaultdict(lambda: defaultdict(set))
    for employee_id, indicator, month in rows:
        found[employee_id][indicator].add(month)
    return found
