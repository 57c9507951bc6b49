from datetime import date

import pytest

from kpi.catalog import catalog
from kpi.coverage import Coverage, Share, read_coverage
from tests.kpi.company import declare, load

MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)


@pytest.fixture
def coverage(given):
    def found(**rows) -> Coverage:
        load(given, rows)
        with given.warehouse.read() as con:
            return read_coverage(con)

    return found


ORDER = {"order_date": "2026-05-03", "amount": 1}
TASK = {"project_id": "P1", "dept": "sales", "due_date": "2026-05-03"}


def of(found, key, month, department):
    return found.of_indicator(catalog().indicator(key), catalog(), month, department)


def test_without_rows_nothing_is_covered(given):
    with given.warehouse.read() as con:
        found = read_coverage(con)
    assert (found.horizon, found.months) == (None, ())
    assert of(found, "sales_gross_margin_rate", MAY, "sales").covered == 0


def test_a_month_with_rows_is_covered_and_the_next_is_not(coverage):
    found = coverage(sales_orders=[ORDER])
    assert of(found, "sales_gross_margin_rate", MAY, "sales") == Share(covered=1, expected=1)
    assert of(found, "sales_gross_margin_rate", JUNE, "sales") == Share(covered=0, expected=1)


def test_a_month_declared_empty_is_covered(given, coverage):
    declare(given, "sales_orders", "2026-06")
    found = coverage(sales_orders=[ORDER])
    assert of(found, "sales_gross_margin_rate", JUNE, "sales").covered == 1
    assert found.months == (MAY, JUNE)


def test_a_register_covers_every_month_up_to_the_last_that_has_happened(coverage):
    found = coverage(project_tasks=[TASK], sales_orders=[{**ORDER, "order_date": "2026-06-30"}])
    covered = [of(found, "task_on_time_rate", m, "finance").covered for m in (MAY, JUNE, JULY)]
    assert covered == [1, 1, 0]


def test_targets_for_months_to_come_do_not_make_them_happen(coverage):
    targets = [
        {"period": f"2026-{month:02}", "level": "dept", "dept": "sales", "target_amount": 1}
        for month in range(5, 13)
    ]
    found = coverage(sales_orders=[ORDER], sales_targets=targets)
    assert found.months == (MAY,)
    assert of(found, "sales_attainment_rate", JUNE, "sales").covered == 0


def test_every_dataset_behind_an_indicator_has_to_be_there(coverage):
    found = coverage(sales_orders=[ORDER])
    assert of(found, "sales_attainment_rate", MAY, "sales").covered == 0


def test_growth_needs_the_same_month_a_year_before(coverage):
    found = coverage(sales_orders=[ORDER, {**ORDER, "order_date": "2025-05-03"}])
    assert of(found, "sales_growth_rate", MAY, "sales").covered == 1
    assert of(found, "sales_growth_rate", date(2025, 5, 1), "sales").covered == 0


def test_a_department_that_has_not_delivered_is_not_covered_by_another(coverage):
    cost = {"period": "2026-05", "dept": "sales", "account": "Travel", "actual_amt": 1}
    found = coverage(sales_orders=[ORDER], budget_costs=[cost])
    assert of(found, "budget_deviation_rate", MAY, "sales") == Share(covered=1, expected=1)
    assert of(found, "budget_deviation_rate", MAY, "finance") == Share(covered=0, expected=1)


def test_for_the_company_it_is_told_how_many_departments_have_delivered(coverage):
    cost = {"period": "2026-05", "account": "Travel", "actual_amt": 1}
    found = coverage(
        sales_orders=[ORDER],
        budget_costs=[{**cost, "dept": "sales"}, {**cost, "dept": "finance"}],
    )
    assert of(found, "budget_deviation_rate", MAY, None) == Share(covered=2, expected=7)
    assert of(found, "expense_ratio", MAY, None) == Share(covered=2, expected=7)
