"""Targets: what the company set for an indicator, else the catalogue's default, marked as such."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import duckdb

from kpi.indicator import Indicator
from kpi.period import Period
from kpi.scoring import Goal

Origin = Literal["workbook", "default"]

_COLUMNS = ("target", "floor", "stretch", "band_lo", "band_hi", "weight")

Key = tuple[str, str, str | None, str | None]
Numbers = Mapping[str, float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What a value is held against, and how much it weighs."""

    goal: Goal
    origin: Origin | None
    """Where the target, or the band of an indicator scored by one, comes from; None without."""
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """The targets that can apply in one period."""

    labels: tuple[str, ...]
    """The period and the longer ones around it, as a workbook writes them."""
    rows: Mapping[Key, Numbers]
    """By indicator, period, department and employee."""

    def held(
        self, indicator: Indicator, department: str | None, employee: str | None = None
    ) -> Held:
        """The target of an employee, else of the department, else of the company.

        Each is looked for in the period itself, then in the quarter and the year around it.
        """
        found = tuple(self._rows(indicator.key, department, employee))
        aimed = _first(found, lambda row: row["target"] is not None)
        banded = _first(found, lambda row: None not in (row["band_lo"], row["band_hi"]))
        weighed = _first(found, lambda row: row["weight"] is not None)
        default = indicator.goal
        goal = Goal(
            target=aimed["target"] if aimed else default.target,
            floor=aimed["floor"] if aimed else default.floor,
            stretch=aimed["stretch"] if aimed else default.stretch,
            band_lo=banded["band_lo"] if banded else default.band_lo,
            band_hi=banded["band_hi"] if banded else default.band_hi,
        )
        weight = weighed["weight"] if weighed else None
        return Held(
            goal=goal,
            origin=_origin(indicator, goal, aimed, banded),
            weight=indicator.weight if weight is None else weight,
        )

    def _rows(
        self, indicator: str, department: str | None, employee: str | None
    ) -> Iterator[Numbers]:
        holders = [(department, None), (None, None)] if department else [(None, None)]
        if employee:
            holders = [(department, employee), (None, employee), *holders]
        for holder in holders:
            for label in self.labels:
                if row := self.rows.get((indicator, label, *holder)):
                    yield row


def read_targets(con: duckdb.DuckDBPyConnection, period: Period) -> Targets:
    """Every target that can apply in a period, from one query."""
    return read_targets_of(con, (period,))[period]


def read_targets_of(
    con: duckdb.DuckDBPyConnection, periods: Iterable[Period]
) -> Mapping[Period, Targets]:
    """The same for several periods, still from one query."""
    labels = {period: tuple(str(p) for p in period.enclosing()) for period in periods}
    rows = con.execute(
        "select indicator_id, period, dept, emp_id, target, floor, stretch, band_lo, band_hi, "
        "weight from indicator_targets where list_contains(?, period)",
        [list({label for each in labels.values() for label in each})],
    ).fetchall()
    known = {
        (key, label, department, employee): {
            name: None if number is None else float(number)
            for name, number in zip(_COLUMNS, numbers, strict=True)
        }
        for key, label, department, employee, *numbers in rows
    }
    return {period: Targets(labels=each, rows=known) for period, each in labels.items()}


def _first(rows: tuple[Numbers, ...], has: Callable[[Numbers], bool]) -> Numbers | None:
    return next((row for row in rows if has(row)), None)


def _origin(
    indicator: Indicator, goal: Goal, aimed: Numbers | None, banded: Numbers | None
) -> Origin | None:
    by_band = indicator.scoring is not None and indicator.scoring.needs_band
    known = goal.band_lo if by_band else goal.target
    if known is None:
        return None
    return "workbook" if (banded if by_band else aimed) else "default"
