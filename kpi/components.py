"""Components: numerators and denominators as stored, so that pages never scan facts.

result.component has a row for every indicator, period, department and for the company, whether
there is data or not, and one for each team and employee that has any. What adds up is summed
from months in which every dataset behind it has arrived; what does not is measured per period.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from time import perf_counter

import duckdb
import pyarrow as pa

from data.contract import departments
from data.revision import revision
from data.warehouse import Warehouse
from kpi.catalog import Catalog, catalog
from kpi.coverage import Coverage, Share, read_coverage
from kpi.indicator import Indicator
from kpi.measure import measure
from kpi.period import Period, periods_between

_GRID = pa.schema(
    [
        ("indicator", pa.string()),
        ("additive", pa.bool_()),
        ("whole_company", pa.bool_()),
        ("period_kind", pa.string()),
        ("period_start", pa.date32()),
        ("level", pa.string()),
        ("department_id", pa.string()),
        ("covered", pa.int64()),
        ("expected", pa.int64()),
    ]
)

_CONTAINED = pa.schema(
    [("month", pa.date32()), ("period_kind", pa.string()), ("period_start", pa.date32())]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refreshed:
    """What a refresh did."""

    revision: int
    """The state of the rows that the components now include."""
    components: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Watermark:
    """What the stored components include."""

    revision: int
    catalog: str
    refreshed_at: datetime
    """UTC."""


def refresh(warehouse: Warehouse, *, force: bool = False) -> Refreshed:
    """Bring the components up to the rows and the catalogue; one transaction, all or nothing.

    Does nothing where they are current already, unless forced.
    """
    began = perf_counter()
    with warehouse.write() as con:
        if force or not is_current(con):
            _recompute(con, catalog())
        row = con.execute("select count(*) from result.component").fetchall()[0]
        return Refreshed(
            revision=revision(con), components=int(row[0]), seconds=perf_counter() - began
        )


def is_current(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether the components include every row, in the terms of this catalogue."""
    mark = watermark(con)
    return (
        mark is not None and mark.revision == revision(con) and mark.catalog == catalog().signature
    )


def watermark(con: duckdb.DuckDBPyConnection) -> Watermark | None:
    """What the components include; None where none were computed yet."""
    rows = con.execute("select revision, catalog, refreshed_at from result.watermark").fetchall()
    if not rows:
        return None
    known, signature, refreshed_at = rows[0]
    return Watermark(revision=known, catalog=signature, refreshed_at=refreshed_at)


def _recompute(con: duckdb.DuckDBPyConnection, known: Catalog) -> None:
    coverage = read_coverage(con)
    periods = _periods(coverage.months)
    grid = pa.Table.from_pylist(list(_grid(known, coverage, periods)), schema=_GRID)
    contained = pa.Table.from_pylist(list(_contained(periods)), schema=_CONTAINED)
    parts = measure(con, known, periods)
    con.execute("delete from result.component")
    for name, table in (("grid", grid), ("contained", contained), ("parts", parts)):
        con.register(name, table)
    con.execute(_INSERT)
    for name in ("grid", "contained", "parts"):
        con.unregister(name)
    con.execute("delete from result.watermark")
    con.execute(
        "insert into result.watermark values (?, ?, ?)",
        [revision(con), known.signature, datetime.now(UTC).replace(tzinfo=None)],
    )


def _periods(months: Sequence[date]) -> tuple[Period, ...]:
    found = dict.fromkeys(p for month in months for p in periods_between(month, month))
    return tuple(found)


def _contained(periods: Sequence[Period]) -> Iterator[dict[str, object]]:
    for period in periods:
        if period.kind != "month":
            for month in period.months():
                yield {
                    "month": month.start,
                    "period_kind": period.kind,
                    "period_start": period.start,
                }


def _grid(
    known: Catalog, coverage: Coverage, periods: Sequence[Period]
) -> Iterator[dict[str, object]]:
    for indicator in known.indicators.values():
        for department in (None, *departments()):
            of_month = {
                month: coverage.of_indicator(indicator, known, month, department)
                for month in {m.start for p in periods for m in p.months()}
            }
            for period in periods:
                share = _share(indicator, period, of_month)
                yield {
                    "indicator": indicator.key,
                    "additive": indicator.is_additive,
                    "whole_company": any(part.whole_company for part in indicator.parts),
                    "period_kind": period.kind,
                    "period_start": period.start,
                    "level": "company" if department is None else "department",
                    "department_id": department or "",
                    "covered": share.covered,
                    "expected": share.expected,
                }


def _share(indicator: Indicator, period: Period, of_month: dict[date, Share]) -> Share:
    months = period.months()[-1:] if indicator.kind == "closing" else period.months()
    return Share(
        covered=sum(of_month[month.start].covered for month in months),
        expected=sum(of_month[month.start].expected for month in months),
    )


# Keys hold '' where a level does not apply, so that they can be joined on; it is stored as null.
# A part that has no row at all in a covered month is a true zero; one whose rows hold no value
# stays null. Months are summed in their order, so that the same rows always give the same bits.
_INSERT = """
insert into result.component
with keys as (
    select indicator, additive, whole_company, period_kind, period_start, level,
        department_id, '' as team, '' as employee_id, covered, expected
    from grid
    union all
    select distinct parts.indicator, grid.additive, grid.whole_company, parts.period_kind,
        parts.period_start, parts.level, parts.department_id, parts.team, parts.employee_id,
        grid.covered, grid.expected
    from parts
    inner join grid
        on parts.indicator = grid.indicator
        and parts.period_kind = grid.period_kind
        and parts.period_start = grid.period_start
        and parts.department_id = grid.department_id
    where parts.level in ('team', 'employee') and not grid.whole_company
),

measured as (
    select
        keys.*,
        case when top.side is null and keys.covered > 0 then 0 else top.value end as numerator,
        case when base.side is null and keys.covered > 0 then 0 else base.value end
            as denominator,
        case when keys.covered > 0 then coalesce(top.rows, 0) end as sample
    from keys
    left join parts as top
        on top.side = 'numerator'
        and top.indicator = keys.indicator
        and top.period_kind = keys.period_kind
        and top.period_start = keys.period_start
        and top.level = keys.level
        and top.department_id = keys.department_id
        and top.team = keys.team
        and top.employee_id = keys.employee_id
    left join parts as base
        on base.side = 'denominator'
        and base.indicator = keys.indicator
        and base.period_kind = keys.period_kind
        and base.period_start = keys.period_start
        and base.level = case when keys.whole_company then 'company' else keys.level end
        and base.department_id = case when keys.whole_company then '' else keys.department_id end
        and base.team = keys.team
        and base.employee_id = keys.employee_id
),

summed as (
    select
        measured.indicator, contained.period_kind, contained.period_start, measured.level,
        measured.department_id, measured.team, measured.employee_id,
        sum(measured.numerator order by measured.period_start) as numerator,
        sum(measured.denominator order by measured.period_start) as denominator,
        sum(measured.sample) as sample
    from measured
    inner join contained on measured.period_start = contained.month
    where measured.additive and measured.period_kind = 'month' and measured.covered > 0
    group by all
),

longer as (
    select indicator, period_kind, period_start, level, department_id, '' as team,
        '' as employee_id
    from grid
    where additive and period_kind <> 'month'
    union
    select indicator, period_kind, period_start, level, department_id, team, employee_id
    from summed
),

complete as (
    select indicator, period_kind, period_start, level, department_id, team, employee_id,
        numerator, denominator, sample, covered, expected
    from measured
    where not additive or period_kind = 'month'
    union all
    select longer.indicator, longer.period_kind, longer.period_start, longer.level,
        longer.department_id, longer.team, longer.employee_id, summed.numerator,
        summed.denominator, summed.sample, grid.covered, grid.expected
    from longer
    left join summed
        on longer.indicator = summed.indicator
        and longer.period_kind = summed.period_kind
        and longer.period_start = summed.period_start
        and longer.level = summed.level
        and longer.department_id = summed.department_id
        and longer.team = summed.team
        and longer.employee_id = summed.employee_id
    inner join grid
        on longer.indicator = grid.indicator
        and longer.period_kind = grid.period_kind
        and longer.period_start = grid.period_start
        and longer.department_id = grid.department_id
)

select indicator, period_kind, period_start, level, nullif(department_id, ''), nullif(team, ''),
    nullif(employee_id, ''), numerator, denominator, sample, covered, expected, null
from complete
order by indicator, period_kind, period_start, level, department_id, team, employee_id
"""
