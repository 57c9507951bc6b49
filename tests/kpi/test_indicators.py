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
from kpi.catalog import catalog
from kpi.period import Period
from kpi.rows import rows_behind, sides
from kpi.scorecard import Line, department_scorecard, employee_scorecard
from tests.kpi.company import declare, load
from tests.kpi.given import Given

CASES = Path(__file__).resolve().parent / "cases"


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
    if case.employee:
        card = employee_scorecard(con, owner_scope(), case.period, case.employee)
    else:
        card = department_scorecard(con, owner_scope(), case.period, case.department)
    return next(line for line in card.lines if line.key == case.indicator)


def test_every_indicator_has_a_case_and_every_case_an_indicator():
    assert {path.stem for path in CASES.glob("*.toml")} == set(catalog().indicators)


def test_what_is_given_leads_to_what_is_expected(company):
    con, case = company
    if case.team:
        pytest.skip("a team has rows and components, not a scorecard")
    line = _line(con, case)
    found = {
        "numerator": line.numerator,
        "denominator": line.denominator,
        "value": line.value,
        "score": line.score,
        "reason": line.reason,
        "sample": line.sample,
        "covered": line.covered,
        "expected": line.expected,
    }
    expected = {"value": None, "score": None, "reason": None, **case.expect}
    if case.employee and "score" not in case.expect:
        del expected["score"]
    assert {name: found[name] for name in expected} == {
        name: pytest.approx(number, rel=1e-5) if isinstance(number, (int, float)) else number
        for name, number in expected.items()
    }


def test_the_rows_behind_add_up_to_the_number(company):
    con, case = company
    if "numerator" not in case.expect:
        pytest.skip("no number, so nothing to add up to")
    added = {"numerator": None, "denominator": None}
    for side in sides(catalog().indicator(case.indicator)):
        rows = rows_behind(
            con,
            owner_scope(),
            case.indicator,
            case.period,
            case.department,
            side=side,
            team=case.team,
            employee=case.employee,
            limit=1_000,
        )
        for part in added:
            added[part] = getattr(rows, part) if added[part] is None else added[part]
            listed = [row[part] for row in rows.table.to_pylist() if row[part] is not None]
            assert sum(listed) == pytest.approx(getattr(rows, part) or 0)
    assert {part: number or 0 for part, number in added.items()} == {
        part: pytest.approx(case.expect.get(part, 0), rel=1e-5) for part in added
    }
