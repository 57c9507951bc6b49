"""Measuring: a fact's rows become the numerators and denominators of its indicators.

One query per fact, with every part of every indicator over it as a column. Rows that are dated
are summed by month; rows that belong to a period are aggregated as they are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import duckdb
import pyarrow as pa

from kpi.catalog import Catalog
from kpi.expression import narrowed
from kpi.fact import LEVEL_COLUMNS, Fact
from kpi.indicator import Indicator, Part
from kpi.period import Period
from kpi.policy import policy
from kpi.relation import relations

Side = Literal["numerator", "denominator"]
Level = Literal["company", "department", "team", "employee"]

LEVELS: tuple[Level, ...] = ("company", "department", "team", "employee")

KEYS = ("period_kind", "period_start", "level", *LEVEL_COLUMNS)

PARTS = pa.schema(
    [
        ("indicator", pa.string()),
        ("side", pa.string()),
        ("period_kind", pa.string()),
        ("period_start", pa.date32()),
        ("level", pa.string()),
        ("department_id", pa.string()),
        ("team", pa.string()),
        ("employee_id", pa.string()),
        ("value", pa.float64()),
        ("rows", pa.int64()),
    ]
)
"""One row per indicator, side, period and level that has rows. What does not apply is ''."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One side of an indicator, as two columns of its fact's query."""

    indicator: str
    side: Side
    part: Part
    counted: str
    """The aggregate that says how many observations there are."""


def measure(
    con: duckdb.DuckDBPyConnection, catalog: Catalog, periods: Sequence[Period]
) -> pa.Table:
    """Every part of every indicator, as PARTS.

    Indicators that add up come by month only; the others by each of the periods.
    """
    asked_for = [m for i in catalog.indicators.values() for m in _measured(i)]
    tables = [
        measure_fact(con, fact, [m for m in asked_for if m.part.fact == fact.name], periods)
        for fact in catalog.facts.values()
    ]
    return pa.concat_tables([PARTS.empty_table(), *tables])


def measure_fact(
    con: duckdb.DuckDBPyConnection,
    fact: Fact,
    measured: Sequence[Measured],
    periods: Sequence[Period],
) -> pa.Table:
    """The parts over one fact, from one query, as PARTS."""
    if not measured or not periods:
        return PARTS.empty_table()
    rows = _period_rows(fact, measured) if fact.is_periodic else _monthly_rows(fact, measured)
    wide = con.sql(f"{with_facts(fact, periods)}, {rows}").to_arrow_table()
    return pa.concat_tables(
        [PARTS.empty_table(), *(_long(wide, n, m) for n, m in enumerate(measured))]
    )


def with_facts(fact: Fact, periods: Sequence[Period]) -> str:
    """The with clause that makes a fact, and what it may join, readable under the name `fact`."""
    supplied = relations(periods, policy())
    needed = [f"{name} as ({query})" for name, query in supplied.items() if name in fact.sql]
    return f"with {', '.join([*needed, f'fact as ({fact.sql})'])}"


def _measured(indicator: Indicator) -> Iterable[Measured]:
    yield Measured(
        indicator=indicator.key,
        side="numerator",
        part=indicator.numerator,
        counted=indicator.sample,
    )
    if indicator.denominator:
        yield Measured(
            indicator=indicator.key,
            side="denominator",
            part=indicator.denominator,
            counted="count(*)",
        )


def _period_rows(fact: Fact, measured: Sequence[Measured]) -> str:
    columns = ", ".join(_columns(measured, None))
    return f"""
        fact_rows as (select {_row_keys(fact)}, {_other_columns(fact)} from fact),
        levels as ({_levels()})
        select period_kind, period_start, {_level_keys()}, {columns}
        from fact_rows as known inner join levels on {_counts_at()}
        group by 1, 2, 3, 4, 5, 6
    """


def _monthly_rows(fact: Fact, measured: Sequence[Measured]) -> str:
    dates = dict.fromkeys(m.part.date for m in measured)
    by_month = " union all ".join(_by_month(fact, date, measured) for date in dates if date)
    sums = ", ".join(
        f"sum({name}) as {name}" for n in range(len(measured)) for name in (f"v{n}", f"r{n}")
    )
    return f"""
        months as ({by_month}),
        levels as ({_levels()})
        select 'month' as period_kind, period_start, {_level_keys()}, {sums}
        from months as known inner join levels on {_counts_at()}
        group by 1, 2, 3, 4, 5, 6
    """


def _by_month(fact: Fact, date: str, measured: Sequence[Measured]) -> str:
    columns = ", ".join(_columns(measured, date))
    return (
        f"select cast(date_trunc('month', {date}) as date) as period_start, "
        f"{_row_keys(fact)}, {columns} from fact where {date} is not null group by 1, 2, 3, 4, 5"
    )


def _columns(measured: Sequence[Measured], date: str | None) -> Iterable[str]:
    """A value and a row count per part; null where the part is placed by another date."""
    for n, each in enumerate(measured):
        if each.part.date != date:
            yield f"null as v{n}, null as r{n}"
            continue
        yield f"{narrowed(each.part.expression, each.part.filter)} as v{n}"
        yield f"{narrowed(each.counted, each.part.filter)} as r{n}"


def _other_columns(fact: Fact) -> str:
    return ", ".join(name for name in fact.columns if name not in ("level", *LEVEL_COLUMNS))


def _row_keys(fact: Fact) -> str:
    return ", ".join(
        name if name in fact.columns else f"cast(null as varchar) as {name}"
        for name in ("level", *LEVEL_COLUMNS)
    )


def _levels() -> str:
    listed = ", ".join(f"('{level}')" for level in LEVELS)
    return f"select * from (values {listed}) as listed(level)"


def _level_keys() -> str:
    return """
        levels.level as level,
        case when levels.level <> 'company' then coalesce(department_id, '') else '' end
            as department_id,
        case when levels.level = 'team' then team else '' end as team,
        case when levels.level = 'employee' then employee_id else '' end as employee_id
    """


def _counts_at() -> str:
    return """
        (known.level is null or known.level = levels.level)
        and (
            levels.level = 'company'
            or (levels.level = 'department' and known.department_id is not null)
            or (levels.level = 'team' and known.team is not null)
            or (levels.level = 'employee' and known.employee_id is not null)
        )
    """


def _long(wide: pa.Table, n: int, measured: Measured) -> pa.Table:
    found = wide.num_rows
    columns = {
        "indicator": pa.array([measured.indicator] * found, pa.string()),
        "side": pa.array([measured.side] * found, pa.string()),
        **{name: wide[name] for name in KEYS},
        "value": wide[f"v{n}"].cast(pa.float64()),
        "rows": wide[f"r{n}"].cast(pa.int64()),
    }
    table = pa.table(columns, schema=PARTS)
    return table.filter(pa.compute.greater(pa.compute.fill_null(table["rows"], 0), 0))
