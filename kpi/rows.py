"""Rows behind a number: the same fact, the same filter, no aggregate, down to file, sheet and row.

What the listed rows add, and what rows of other departments add that are counted but not listed,
comes to the number itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa

from data.access import Scope
from data.contract import Column, contract
from kpi.catalog import catalog
from kpi.expression import row_value
from kpi.fact import Fact
from kpi.indicator import Indicator, Part
from kpi.measure import Level, Side, with_facts
from kpi.period import Period

PAGE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Whose rows are asked for."""

    level: Level
    department: str | None
    team: str | None = None
    employee: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """A page of the rows behind one side of an indicator."""

    fact: Fact
    columns: tuple[Column, ...]
    """The columns of the workbook's rows, in the order of the table; none for derived facts."""
    table: pa.Table
    """One row per fact row: file_name, sheet, row_number, department_id, employee_id,
    employee_name, numerator, denominator, then `columns`, or the fact's own where it is derived.
    numerator and denominator are what the row adds to each; null where it adds to none."""
    counted: int
    """How many rows the number rests on."""
    listed: int
    """How many of them are in scope; the table is a page of these."""
    numerator: float | None
    """What all counted rows add up to; None where the side asked for does not hold it."""
    denominator: float | None

    @property
    def hidden(self) -> int:
        """Rows that are counted and not listed, because they are not in scope."""
        return self.counted - self.listed


def sides(indicator: Indicator) -> tuple[Side, ...]:
    """The lists that make an indicator: one where both parts come from the same rows."""
    return ("numerator",) if _shared(indicator) else ("numerator", "denominator")


def rows_behind(
    con: duckdb.DuckDBPyConnection,
    scope: Scope,
    indicator: str,
    period: Period,
    department: str,
    *,
    side: Side = "numerator",
    team: str | None = None,
    employee: str | None = None,
    limit: int = PAGE,
    offset: int = 0,
) -> Rows:
    """The rows behind an indicator of a department, team or employee in a period.

    Raises AccessDenied, UnknownIndicator.
    """
    known = catalog().indicator(indicator)
    _require(scope, known, department, employee)
    part = known.denominator if side == "denominator" and known.denominator else known.numerator
    holder = _holder(known, part, department, team, employee)
    fact = catalog().facts[part.fact]
    months = _counting_months(con, known, period, department, holder)
    condition, values = _condition(fact, part, period, months, holder)
    query = f"{with_facts(fact, (period,))}, counted as ({_counted(known, side, fact, condition)})"
    seen, seen_values = _seen(scope, fact)
    counted, numerator, denominator, listed = con.execute(
        f"{query} select count(*), sum(numerator), sum(denominator), "
        f"count(*) filter (where {seen}) from counted",
        [*values, *seen_values],
    ).fetchall()[0]
    columns = _shown_columns(scope, fact)
    page = con.sql(
        f"{query} {_page(fact, columns)} where {seen} "
        f"order by {'file_name, sheet, row_number' if fact.is_traced else 'employee_id'}, "
        f"numerator, denominator limit {int(limit)} offset {int(offset)}",
        params=[*values, *seen_values],
    ).to_arrow_table()
    return Rows(
        fact=fact,
        columns=columns,
        table=page,
        counted=counted,
        listed=listed,
        numerator=None if numerator is None else float(numerator),
        denominator=None if denominator is None else float(denominator),
    )


def _require(scope: Scope, indicator: Indicator, department: str, employee: str | None) -> None:
    if employee is None:
        scope.require_department(department)
    elif catalog().facts[indicator.numerator.fact].is_private or employee == scope.employee_id:
        scope.require_employee(employee, department)
    else:
        scope.require_department(department)


def _shared(indicator: Indicator) -> bool:
    base = indicator.denominator
    return base is None or replace(base, expression="") == replace(
        indicator.numerator, expression=""
    )


def _holder(
    indicator: Indicator, part: Part, department: str, team: str | None, employee: str | None
) -> Holder:
    if employee is not None:
        return Holder(level="employee", department=department, employee=employee)
    if team is not None:
        return Holder(level="team", department=department, team=team)
    if part.whole_company or department in indicator.answers_for_company:
        return Holder(level="company", department=None)
    return Holder(level="department", department=department)


def _counting_months(
    con: duckdb.DuckDBPyConnection,
    indicator: Indicator,
    period: Period,
    department: str,
    holder: Holder,
) -> list[date]:
    """The months of the period in which every dataset behind the indicator has arrived."""
    answers = holder.level == "company" and department in indicator.answers_for_company
    rows = con.execute(
        "select period_start from result.component where indicator = ? and level = ? "
        "and department_id is not distinct from ? and period_kind = 'month' and covered > 0 "
        "and list_contains(?, period_start)",
        [
            indicator.key,
            "company" if answers else "department",
            None if answers else department,
            [month.start for month in period.months()],
        ],
    ).fetchall()
    return [start for (start,) in rows]


def _condition(
    fact: Fact, part: Part, period: Period, months: Sequence[date], holder: Holder
) -> tuple[str, list[Any]]:
    conditions, values = [f"({part.filter or 'true'})"], list[Any]()
    if fact.is_periodic:
        conditions.append("period_kind = ? and period_start = ?")
        values += [period.kind, period.start]
    else:
        conditions.append(
            f"{part.date} >= ? and {part.date} < ? "
            f"and list_contains(?, cast(date_trunc('month', {part.date}) as date))"
        )
        values += [period.start, period.end, list(months)]
    if "level" in fact.columns:
        conditions.append("(level is null or level = ?)")
        values.append(holder.level)
    owned = {
        "department": (("department_id", holder.department),),
        "team": (("department_id", holder.department), ("team", holder.team)),
        "employee": (("employee_id", holder.employee),),
    }.get(holder.level, ())
    for column, value in owned:
        conditions.append(f"{column} = ?" if column in fact.columns else "? is null")
        values.append(value)
    return " and ".join(conditions), values


def _counted(indicator: Indicator, side: Side, fact: Fact, condition: str) -> str:
    shared = _shared(indicator)
    top = indicator.numerator if shared or side == "numerator" else None
    base = indicator.denominator if shared or side == "denominator" else None
    missing = [
        f"cast(null as varchar) as {name}"
        for name in ("department_id", "team", "employee_id")
        if name not in fact.columns
    ]
    columns = ", ".join([*fact.columns, *missing])
    return (
        f"select {columns}, {_adds(top)} as numerator, {_adds(base)} as denominator "
        f"from fact where {condition}"
    )


def _adds(part: Part | None) -> str:
    return (part and row_value(part.expression)) or "cast(null as double)"


def _seen(scope: Scope, fact: Fact) -> tuple[str, list[Any]]:
    within, values = scope.predicate("counted.department_id")
    own = "counted.employee_id = ?"
    if not fact.is_private:
        return f"({within} or {own})", [*values, scope.employee_id]
    match scope.employees:
        case "all":
            return "true", []
        case "departments":
            return f"({within} or {own})", [*values, scope.employee_id]
        case "self":
            return own, [scope.employee_id]
        case _:
            return "false", []


def _shown_columns(scope: Scope, fact: Fact) -> tuple[Column, ...]:
    if not fact.is_traced:
        return ()
    return tuple(
        column
        for column in contract(fact.lineage[0]).columns.values()
        if not column.pseudonym and (column.private is None or scope.may(column.private))
    )


def _page(fact: Fact, columns: Sequence[Column]) -> str:
    who = (
        "counted.department_id, counted.employee_id, employees.name as employee_name, "
        "cast(counted.numerator as double) as numerator, "
        "cast(counted.denominator as double) as denominator"
    )
    people = "left join employees on counted.employee_id = employees.emp_id"
    if not fact.is_traced:
        own = ", ".join(
            f"counted.{name}"
            for name in fact.columns
            if name not in ("department_id", "employee_id", "period_kind", "period_start")
        )
        return f"select {who}, {own} from counted {people}"
    dataset, keys = fact.lineage
    same = " and ".join(
        f"source.{name} = counted.{name}" for name in ("batch_id", "sheet", "row_number", *keys)
    )
    listed = ", ".join(f"source.{column.name}" for column in columns)
    return (
        f"select batch.file_name, counted.sheet, counted.row_number, {who}, {listed} "
        f"from counted {people} inner join {dataset} as source on {same} "
        "inner join intake.batch as batch on counted.batch_id = batch.batch_id"
    )
