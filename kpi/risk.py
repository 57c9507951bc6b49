"""Risks: the register as a period closes, each risk's level, and the heatmap of open ones.

A level is looked up by likelihood and impact in the policy's matrix, never computed from their
product. A risk whose treatment was not assessed keeps its inherent likelihood and impact.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import duckdb

from data.access import Scope
from kpi.period import Period
from kpi.policy import RiskMatrix, policy
from kpi.source import Source, records, source_of

Basis = Literal["residual", "inherent"]
Movement = Literal["new", "up", "down", "same"]
Treatment = Literal["none", "planned", "overdue", "done", "done_late"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a risk stands in the matrix; the level is None where a coordinate is missing."""

    likelihood: int | None
    impact: int | None
    level: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """An open risk as last assessed in the register's month."""

    risk_id: str
    name: str | None
    department: str
    category: str | None
    owner_id: str | None
    owner: str | None
    snapshot_on: date
    inherent: Place
    """Before treatment."""
    residual: Place
    """After treatment."""
    is_treatment_assessed: bool
    """False where residual repeats inherent."""
    appetite: str
    """The worst level that is acceptable."""
    is_default_appetite: bool
    is_within_appetite: bool | None
    previous: Place | None
    """Residual in the register of the previous period; None where the risk was not open there."""
    movement: Movement | None
    """Of the residual place: by level, within a level by likelihood and impact. None where the
    previous period has no register."""
    review_due: date | None
    reviewed_on: date | None
    treatment_due: date | None
    treated_on: date | None
    treatment: Treatment
    source: Source

    def place(self, basis: Basis) -> Place:
        return self.residual if basis == "residual" else self.inherent


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """The risks of a scope as a period closes."""

    period: Period
    month: date | None
    """First day of the last month of the period that has assessments; None where none has."""
    is_closing: bool
    """Whether that is the period's last month."""
    previous_month: date | None
    """The same of the previous period."""
    risks: tuple[Risk, ...]
    """Open ones, worst first."""
    closed: tuple[str, ...]
    """Risks open in the previous register that are closed, or gone, in this one."""
    matrix: RiskMatrix
    is_default_matrix: bool
    """True until the company has agreed the matrix."""

    def counts(self, basis: Basis = "residual") -> Mapping[str, int]:
        """How many risks each level has, from the worst; levels without any too."""
        found = Counter(risk.place(basis).level for risk in self.risks)
        return {level: found[level] for level in reversed(self.matrix.levels)}

    @property
    def unrated(self) -> tuple[Risk, ...]:
        """Risks that lack a likelihood or an impact, and so stand in no cell."""
        return tuple(risk for risk in self.risks if risk.residual.level is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One of the heatmap's 25 cells."""

    likelihood: int
    impact: int
    level: str
    risks: tuple[Risk, ...]

    @property
    def count(self) -> int:
        return len(self.risks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heatmap:
    """Open risks by likelihood and impact, on one basis."""

    register: Register
    basis: Basis
    cells: tuple[Cell, ...]
    """Likelihood 1 to 5, and within it impact 1 to 5."""

    def cell(self, likelihood: int, impact: int) -> Cell:
        return self.cells[(likelihood - 1) * 5 + impact - 1]


def register(
    con: duckdb.DuckDBPyConnection, scope: Scope, period: Period, *, today: date | None = None
) -> Register:
    """The open risks of the scope in the period's last month that has assessments.

    What is due in a period that still runs is judged as of `today`.
    """
    until = min(period.end, max(today or date.today(), period.start))
    month = _last_month(con, period)
    previous_month = _last_month(con, period.previous())
    before = {row["risk_id"]: _residual(row) for row in _open_risks(con, scope, previous_month)}
    rows = _open_risks(con, scope, month)
    risks = [_risk(row, before, until, knows_before=previous_month is not None) for row in rows]
    remaining = {risk.risk_id for risk in risks}
    return Register(
        period=period,
        month=month,
        is_closing=month == period.months()[-1].start,
        previous_month=previous_month,
        risks=tuple(sorted(risks, key=_worst_first)),
        closed=tuple(risk_id for risk_id in before if month and risk_id not in remaining),
        matrix=policy().risk_matrix,
        is_default_matrix="risk_matrix" not in policy().agreed,
    )


def heatmap(
    con: duckdb.DuckDBPyConnection, scope: Scope, period: Period, *, basis: Basis = "residual"
) -> Heatmap:
    """The register as 25 cells; every cell opens to its risks with file, sheet and row."""
    return heatmap_of(register(con, scope, period), basis)


def heatmap_of(known: Register, basis: Basis = "residual") -> Heatmap:
    """The same from a register that is at hand."""
    by_cell: dict[tuple[int | None, int | None], list[Risk]] = defaultdict(list)
    for risk in known.risks:
        place = risk.place(basis)
        by_cell[place.likelihood, place.impact].append(risk)
    cells = (
        Cell(
            likelihood=likelihood,
            impact=impact,
            level=level,
            risks=tuple(by_cell[likelihood, impact]),
        )
        for likelihood, row in enumerate(known.matrix.rows, 1)
        for impact, level in enumerate(row, 1)
    )
    return Heatmap(register=known, basis=basis, cells=tuple(cells))


def _last_month(con: duckdb.DuckDBPyConnection, period: Period) -> date | None:
    found = con.execute(
        "select max(snapshot_date) from risks where snapshot_date >= ? and snapshot_date < ?",
        [period.start, period.end],
    ).fetchall()[0][0]
    return None if found is None else found.replace(day=1)


def _open_risks(
    con: duckdb.DuckDBPyConnection, scope: Scope, month: date | None
) -> list[dict[str, Any]]:
    """Each risk's last assessment of the month, where that leaves it open."""
    if month is None:
        return []
    predicate, values = scope.predicate("risk.dept")
    return records(
        con,
        f"""
        select risk.*, owner.name as owner, batch.file_name
        from risks as risk
        left join employees as owner on owner.emp_id = risk.emp_id
        inner join intake.batch as batch on batch.batch_id = risk.batch_id
        inner join (
            select risk_id, max(snapshot_date) as snapshot_date
            from risks
            where snapshot_date >= ? and snapshot_date < ?
            group by risk_id
        ) as last
            on last.risk_id = risk.risk_id and last.snapshot_date = risk.snapshot_date
        where coalesce(risk.status, 'open') <> 'closed' and {predicate}
        order by risk.risk_id
        """,
        [month, Period("month", month).end, *values],
    )


def _risk(
    row: Mapping[str, Any], before: Mapping[str, Place], until: date, *, knows_before: bool
) -> Risk:
    matrix = policy().risk_matrix
    residual, previous = _residual(row), before.get(row["risk_id"])
    appetite = row["appetite"] or matrix.default_appetite
    return Risk(
        risk_id=row["risk_id"],
        name=row["name"],
        department=row["dept"],
        category=row["category"],
        owner_id=row["emp_id"],
        owner=row["owner"],
        snapshot_on=row["snapshot_date"],
        inherent=_place(row["likelihood"], row["impact"]),
        residual=residual,
        is_treatment_assessed=None not in (row["residual_likelihood"], row["residual_impact"]),
        appetite=appetite,
        is_default_appetite=row["appetite"] is None,
        is_within_appetite=None
        if residual.level is None
        else matrix.rank(residual.level) <= matrix.rank(appetite),
        previous=previous,
        movement=_movement(previous, residual) if knows_before else None,
        review_due=row["review_due"],
        reviewed_on=row["reviewed_date"],
        treatment_due=row["plan_due"],
        treated_on=row["treated_date"],
        treatment=_treatment(row["plan_due"], row["treated_date"], until),
        source=source_of("risks", row),
    )


def _residual(row: Mapping[str, Any]) -> Place:
    likelihood, impact = row["residual_likelihood"], row["residual_impact"]
    return _place(
        row["likelihood"] if likelihood is None else likelihood,
        row["impact"] if impact is None else impact,
    )


def _place(likelihood: int | None, impact: int | None) -> Place:
    level = policy().risk_matrix.level(likelihood, impact)
    return Place(likelihood=likelihood, impact=impact, level=level)


def _movement(previous: Place | None, now: Place) -> Movement:
    if previous is None:
        return "new"
    before, after = _severity(previous), _severity(now)
    if before == after:
        return "same"
    return "up" if after > before else "down"


def _severity(place: Place) -> tuple[int, int]:
    rank = 0 if place.level is None else policy().risk_matrix.rank(place.level)
    return rank, (place.likelihood or 0) * (place.impact or 0)


def _treatment(due: date | None, treated: date | None, until: date) -> Treatment:
    done = treated if treated is not None and treated < until else None
    if done is not None:
        return "done_late" if due is not None and done > due else "done"
    if due is None:
        return "none"
    return "overdue" if due < until else "planned"


def _worst_first(risk: Risk) -> tuple[int, int, str]:
    rank, product = _severity(risk.residual)
    return -rank, -product, risk.risk_id
