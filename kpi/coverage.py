"""Coverage: for which months and departments the data behind an indicator has arrived."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import duckdb

from data.contract import contract, contracts
from kpi.catalog import Catalog
from kpi.fact import Source
from kpi.indicator import Indicator
from kpi.period import add_months


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How much of what should have arrived has. Units are months, or departments in months."""

    covered: int
    expected: int

    @property
    def is_whole(self) -> bool:
        return self.covered >= self.expected


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What has been loaded or declared empty, by dataset and month."""

    arrived: Mapping[str, Mapping[date | None, frozenset[str | None]]]
    """Departments by dataset and month; a null department is the whole company."""
    horizon: date | None
    """The last month that has happened, as far as the data knows: a register holds up to here."""

    @property
    def months(self) -> tuple[date, ...]:
        """Every month up to the horizon that some monthly dataset covers, oldest first."""
        if self.horizon is None:
            return ()
        found = {month for by_month in self.arrived.values() for month in by_month}
        return tuple(sorted(month for month in found if month and month <= self.horizon))

    def of_dataset(self, dataset: str, month: date, department: str | None) -> Share:
        """Whether a dataset covers a month for a department; None asks for the company."""
        by_month = self.arrived.get(dataset, {})
        found = by_month.get(month, frozenset()) | by_month.get(None, frozenset())
        if self.horizon is None or month > self.horizon:
            found = frozenset()
        expected = contract(dataset).covers.expected
        if department is None and expected:
            covered = len(expected) if None in found else len(found.intersection(expected))
            return Share(covered=covered, expected=len(expected))
        # A department that delivers no part of its own lives by what the others deliver.
        here = None in found or (department in found if department in expected else bool(found))
        return Share(covered=int(here), expected=1)

    def of_indicator(
        self, indicator: Indicator, catalog: Catalog, month: date, department: str | None
    ) -> Share:
        """Whether every dataset behind an indicator covers a month for a department."""
        shares = [
            self.of_dataset(source.dataset, add_months(month, -source.months_before), asked_for)
            for source, asked_for in _sources(indicator, catalog, department)
        ]
        expected = max(share.expected for share in shares)
        if any(share.covered == 0 for share in shares):
            return Share(covered=0, expected=expected)
        covered = min(share.covered for share in shares if share.expected == expected)
        return Share(covered=covered, expected=expected)


def read_coverage(con: duckdb.DuckDBPyConnection) -> Coverage:
    """What the warehouse's batches and declarations cover."""
    arrived: dict[str, dict[date | None, set[str | None]]] = {}
    for dataset, month, department in con.execute(
        "select dataset, month, department from intake.covered"
    ).fetchall():
        arrived.setdefault(dataset, {}).setdefault(month, set()).add(department)
    return Coverage(
        arrived={
            dataset: {month: frozenset(names) for month, names in by_month.items()}
            for dataset, by_month in arrived.items()
            if dataset in contracts()
        },
        horizon=_horizon(arrived),
    )


def _horizon(arrived: Mapping[str, Mapping[date | None, object]]) -> date | None:
    # Targets and budgets are loaded for months to come, so they do not say what has happened:
    # they are dated by month, while what happened is dated by day.
    happened = _months(arrived, day_types=("date", "datetime"))
    return max(happened or _months(arrived, day_types=("month",)), default=None)


def _months(
    arrived: Mapping[str, Mapping[date | None, object]], day_types: tuple[str, ...]
) -> list[date]:
    return [
        month
        for dataset, by_month in arrived.items()
        if dataset in contracts() and _date_type(dataset) in day_types
        for month in by_month
        if month is not None
    ]


def _date_type(dataset: str) -> str | None:
    declared = contract(dataset)
    date_column = declared.covers.date
    if declared.cadence == "register" or date_column is None:
        return None
    return declared.columns[date_column].type


def _sources(
    indicator: Indicator, catalog: Catalog, department: str | None
) -> Iterable[tuple[Source, str | None]]:
    for part in indicator.parts:
        asked_for = None if part.whole_company else department
        for source in catalog.facts[part.fact].sources:
            yield source, asked_for
