"""The sample company computed twice: the product's numbers and plain sums over the same rows."""

import pytest

from data.access import owner_scope
from kpi import appraisal, components
from kpi.period import Period
from kpi.scorecard import company_overview
from tests.kpi.second_computation import appraisal as second
from tests.kpi.second_computation.catalogue import numbers
from tests.kpi.second_computation.datasets import Datasets

PERIODS = (
    "2025-11",
    "2026-03",
    "2026-04",
    "2026-06",
    "2026-07",
    "2026-10",
    "2026-Q2",
    "2026-Q3",
    "2025",
    "2026",
)

HEADS = ("E1003", "E1005", "E1006", "E1012", "E1021", "E1060", "E1089")

# A customer agent, a sales manager and an engineer.
STAFF = ("E1042", "E1095", "E1002")

EQUAL = {"rel": 1e-9, "abs": 1e-9}


@pytest.fixture(scope="module")
def con(sample):
    components.refresh(sample)
    with sample.read() as con:
        yield con


@pytest.fixture(scope="module")
def datasets(con):
    return Datasets.read(con)


@pytest.fixture(scope="module")
def results(con):
    found = appraisal.results(con, owner_scope(), Period.parse("2026-Q3"))
    return {each.employee.employee_id: each for each in found}


@pytest.mark.parametrize("period", PERIODS)
def test_every_number_of_every_department_is_the_same(con, datasets, period):
    lines = {
        (line.key, card.subject.department): line
        for card in company_overview(con, owner_scope(), Period.parse(period))
        for line in card.lines
    }
    computed = numbers(datasets, period)
    assert lines.keys() == computed.keys()
    differing = {
        key: (_parts(line), _parts(computed[key]))
        for key, line in lines.items()
        if _parts(line) != pytest.approx(_parts(computed[key]), **EQUAL)
    }
    assert differing == {}


@pytest.mark.parametrize("period", PERIODS)
def test_every_dimension_of_every_department_is_the_same(con, datasets, period):
    cards = company_overview(con, owner_scope(), Period.parse(period))
    differing = {}
    for card in cards:
        scores = {each.dimension: each.score for each in card.dimensions}
        computed = second.department_dimensions(datasets, card.subject.department, period)
        if scores != pytest.approx(computed, **EQUAL):
            differing[card.subject.department] = (scores, computed)
    assert differing == {}


@pytest.mark.parametrize("employee", HEADS + STAFF)
def test_the_quarter_of_an_employee_is_the_same(datasets, results, employee):
    total = second.rounded(second.quarter_total(datasets, employee, "2026-Q3"))
    dimensions = second.dimensions(datasets, employee, "2026-Q3")
    result = results[employee]
    assert (result.total, result.grade.id) == (total, second.grade(total))
    assert {name: result.score(name) for name in dimensions} == pytest.approx(dimensions, **EQUAL)


def _parts(number):
    """Numerator, denominator and value; none of them where there is no value."""
    known = number.value is not None
    return [number.numerator, number.denominator, number.value] if known else []
