import pytest

from kpi.catalog import catalog
from kpi.period import Period
from kpi.target import read_targets
from tests.kpi.company import load

KEY = "task_on_time_rate"


@pytest.fixture
def held(given):
    def found(*rows, period="2026-05", department="sales", employee=None, key=KEY):
        if rows:
            load(given, {"indicator_targets": [{"indicator_id": key, **row} for row in rows]})
        with given.warehouse.read() as con:
            targets = read_targets(con, Period.parse(period))
        return targets.held(catalog().indicator(key), department, employee)

    return found


def test_without_a_workbook_the_default_holds_and_says_so(held):
    found = held()
    assert (found.goal.target, found.origin, found.weight) == (0.9, "default", 1)


def test_without_a_default_there_is_no_target(held):
    found = held(key="nps")
    assert (found.goal.target, found.origin) == (None, None)


def test_the_month_comes_before_the_quarter_and_the_quarter_before_the_year(held):
    year = {"period": "2026", "dept": "sales", "target": 0.1}
    quarter = {"period": "2026-Q2", "dept": "sales", "target": 0.2}
    month = {"period": "2026-05", "dept": "sales", "target": 0.3}
    assert held(year, quarter, month).goal.target == 0.3
    assert held(period="2026-06").goal.target == 0.2
    assert held(period="2026-07").goal.target == 0.1
    assert held(period="2026-Q2").goal.target == 0.2
    assert held(period="2027-05").origin == "default"


def test_the_department_comes_before_the_company(held):
    company = {"period": "2026-05", "target": 0.1}
    department = {"period": "2026", "dept": "sales", "target": 0.2}
    assert held(company, department).goal.target == 0.2
    assert held(department="finance").goal.target == 0.1


def test_the_employee_comes_before_the_department(held):
    employee = {"period": "2026", "dept": "sales", "emp_id": "E1", "target": 0.1}
    department = {"period": "2026-05", "dept": "sales", "target": 0.2}
    assert held(employee, department, employee="E1").goal.target == 0.1
    assert held(employee="E2").goal.target == 0.2
    assert held().goal.target == 0.2


def test_a_floor_belongs_to_the_target_it_was_set_with(held):
    company = {"period": "2026", "target": 0.8, "floor": 0.5}
    department = {"period": "2026", "dept": "sales", "target": 0.9}
    assert held(company, department).goal.floor is None
    assert held(department="finance").goal.floor == 0.5


def test_a_weight_may_be_set_without_a_target(held):
    found = held({"period": "2026", "dept": "sales", "weight": 3})
    assert (found.weight, found.goal.target, found.origin) == (3, 0.9, "default")


def test_a_weight_of_zero_is_a_weight(held):
    assert held({"period": "2026", "dept": "sales", "weight": 0}).weight == 0


def test_a_band_from_the_workbook_replaces_the_default_one_whole(held):
    key = "schedule_performance_index"
    assert held(key=key).origin == "default"
    found = held({"period": "2026", "band_lo": 0.9, "band_hi": 1.2}, key=key)
    assert (found.goal.band_lo, found.goal.band_hi, found.origin) == (0.9, 1.2, "workbook")
