"""Every indicator: what was given, and what is expected of it by hand."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from data.access import owner_scope
from data.home import open_home
from data.warehouse import Warehouse
from kpi import components
from kpi.breakdown import breakdown
from kpi.catalog import catalog
from kpi.period import Period
from kpi.rows import rows_behind, sides
from kpi.scorecard import Line, department_scorecard, employee_scorecard
from tests.kpi.company import declare, load
from tests.kpi.given import Given

CASES = Path(__file__).resolve().parent / "cases"

JUDGED = ("value", "score", "reason")
"""What a case that does not say otherwise expects to be absent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    indicator: str
    given: dict[str, list[dict[str, Any]]]
    declared: list[dict[str, str]]
    period: Period
    department: str
    team: str | None
    employee: str | None
    expect: dict[str, Any]


def _cases() -> list[Any]:
    found = []
    for path in sorted(CASES.glob("*.toml")):
        for entry in tomllib.loads(path.read_text("utf-8"))["case"]:
            case = Case(
                indicator=path.stem,
                given=entry["given"],
                declared=entry.get("declared", []),
                period=Period.parse(entry["period"]),
                department=entry["department"],
                team=entry.get("team"),
                employee=entry.get("employee"),
                expect=entry["expect"],
            )
            found.append(pytest.param(case, id=f"{path.stem}-{entry['name']}"))
    return found


@pytest.fixture(scope="module", params=_cases())
def company(request, tmp_path_factory):
    """A connection to the company of a case, and the case."""
    case = request.param
    home = open_home(tmp_path_factory.mktemp("home"))
    given = Given(home, Warehouse.in_memory(home))
    load(given, case.given)
    for declared in case.declared:
        declare(given, **declared)
    components.refresh(given.warehouse)
    with given.warehouse.read() as con:
        yield con, case
    given.warehouse.close()


def _line(con, case: Case) -> Line:
    scope = owner_scope()
    if case.team:
        teams = breakdown(con, scope, case.indicator, case.period, case.department, "team")
        return next(part.line for part in teams if part.name == case.team)
    if case.employee:
        card = employee_scorecard(con, scope, case.period, case.employee)
    else:
        card = department_scorecard(con, scope, case.period, case.department)
    return next(line for line in card.lines if line.key == case.indicator)


def _added(con, case: Case) -> list[float]:
    """What the rows behind both parts add up to, row by row."""
    indicator = catalog().indicator(case.indicator)
    rows = [
        row
        for side in sides(indicator)
        for row in rows_behind(
            con,
            owner_scope(),
            case.indicator,
            case.period,
            case.department,
            side=side,
            team=case.team,
            employee=case.employee,
            limit=1_000,
        ).table.to_pylist()
    ]
    return [sum(row[part] or 0 for row in rows) for part in ("numerator", "denominator")]


def _parts(con, case: Case) -> list[float]:
    answers = case.department in catalog().indicator(case.indicator).answers_for_company
    level = "team" if case.team else "employee" if case.employee else "department"
    stored = con.execute(
        "select coalesce(sum(numerator), 0), coalesce(sum(denominator), 0) from result.component "
        "where covered > 0 and indicator = ? and period_kind = ? and period_start = ? "
        "and level = ? and coalesce(department_id, '') = ? and coalesce(team, '') = ? "
        "and coalesce(employee_id, '') = ?",
        [
            case.indicator,
            case.period.kind,
            case.period.start,
            "company" if answers else level,
            "" if answers else case.department,
            case.team or "",
            case.employee or "",
        ],
    ).fetchall()
    return list(stored[0])


def test_every_indicator_has_a_case_and_every_case_an_indicator():
    assert {path.stem for path in CASES.glob("*.toml")} == set(catalog().indicators)


def test_what_is_given_leads_to_what_is_expected(company):
    con, case = company
    line = _line(con, case)
    expected = {name: case.expect.get(name) for name in JUDGED} | case.expect
    assert {name: getattr(line, name) for name in expected} == {
        name: pytest.approx(number, rel=1e-5) if isinstance(number, (int, float)) else number
        for name, number in expected.items()
    }


def test_the_rows_behind_add_up_to_what_is_stored(company):
    con, case = company
    assert _added(con, case) == pytest.approx(_parts(con, case))
