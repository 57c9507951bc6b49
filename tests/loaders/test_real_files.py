"""Workbooks that nobody here wrote, against the totals that are known of them.

They lie beside the repository, not in it: where they are absent every test here is skipped.
"""

from decimal import Decimal

import pytest

from data.home import open_home
from data.warehouse import Warehouse
from loaders.load import commit, read_file

SOURCES = {
    "financial": "sales/financial_sample__DB-GPT_example.xlsx",
    "reseller": "sales/ResellerSales_202006.csv",
    "targets": "sales/ResellerSalesTargets.csv",
    "quotas": "sales/AW_FactSalesQuota.csv",
    "spend": "costs_budgets/IT_Spend_2014_actual_vs_plan.extract.xlsx",
    "uk_2018": "projects/uk_2018.csv",
    "uk_2021": "projects/uk_2021.csv",
    "uk_2023": "projects/uk_2023.csv",
    "survey": "satisfaction/2017_SFO_Customer_Survey.csv",
    "hr": "hr_appraisal/WA_Fn-UseC_-HR-Employee-Attrition.xlsx",
    "employees": "hr_appraisal/employer_info.xlsx",
    "projects": "hr_appraisal/project_info.xlsx",
}
MILLION = 1_000_000


@pytest.fixture(scope="module")
def loaded(shared, tmp_path_factory):
    """A function from a source's name and a query to rows; each source has its own warehouse."""
    opened = {}

    def ask(source, sql):
        if source not in opened:
            warehouse = Warehouse.open(open_home(tmp_path_factory.mktemp(source)))
            opened[source] = warehouse
            reading = read_file(shared / "data" / "real" / SOURCES[source])
            assert reading.accepted, reading.problems
            commit(warehouse, warehouse.home, reading, login="ops")
        with opened[source].read() as con:
            return con.execute(sql).fetchall()

    yield ask
    for warehouse in opened.values():
        warehouse.close()


def test_the_financial_sample(loaded):
    assert loaded(
        "financial", "select count(*), sum(amount), sum(cost), sum(qty) from sales_orders"
    ) == [(700, Decimal("118726350.26"), Decimal("101832648"), Decimal("1125806"))]


def test_the_months_of_the_financial_sample(loaded):
    months = dict(
        loaded(
            "financial",
            "select strftime(order_date, '%Y-%m'), sum(amount) from sales_orders group by 1",
        )
    )
    assert months["2013-09"] == Decimal("4484000.03")
    assert months["2014-10"] == Decimal("12375819.92")
    assert months["2014-12"] == Decimal("11998787.90")
    assert len(months) == 16


def test_the_reseller_sales(loaded):
    assert loaded(
        "reseller",
        "select count(*), count(distinct split_part(order_id, '-', 1)), sum(amount), sum(qty), "
        "count(*) filter (where delivered_date is null) from sales_orders",
    ) == [(3004, 180, Decimal("3429150.01"), Decimal("10264"), 495)]


@pytest.mark.parametrize(
    ("year", "thousands"),
    [(2017, 35_950), (2018, 98_700), (2019, 156_775), (2020, 192_435), (2021, 192_350)],
)
def test_the_reseller_sales_targets_are_thousands(loaded, year, thousands):
    found = loaded(
        "targets", f"select sum(target_amount) from sales_targets where year(period) = {year}"
    )
    assert found == [(thousands * 1000,)]


def test_a_month_without_a_target_gives_no_row(loaded):
    assert loaded("targets", "select count(*) from sales_targets where target_amount is null") == [
        (0,)
    ]
    assert loaded("targets", "select distinct level from sales_targets") == [("person",)]


def test_the_sales_quotas_have_no_header_row(loaded):
    by_year = "select year(period), sum(target_amount) from sales_targets group by 1 order by 1"
    assert loaded("quotas", by_year) == [
        (2010, 3_886_000),
        (2011, 25_982_000),
        (2012, 36_339_000),
        (2013, 29_507_000),
    ]


def test_every_row_of_the_it_spend_workbook_is_loaded(loaded):
    assert loaded(
        "spend",
        "select sheet, count(*), sum(actual_amt), sum(budget_amt), "
        "count(*) filter (where coalesce(actual_amt, budget_amt) < 0), "
        "count(*) filter (where coalesce(actual_amt, budget_amt) = 0) "
        "from budget_costs group by sheet order by sheet",
    ) == [
        ("Actual", 35_993, Decimal("858418988.84"), None, 2_296, 785),
        ("Plan", 29_610, None, Decimal("810951355.08"), 578, 2_295),
    ]


def test_the_months_of_the_it_spend_workbook(loaded):
    months = loaded(
        "spend",
        "select sum(actual_amt), sum(budget_amt) from budget_costs group by period order by period",
    )
    assert months[0] == (Decimal("58619348.28"), Decimal("80621210.82"))
    assert months[11] == (Decimal("93908196.93"), Decimal("64608164.86"))


@pytest.mark.parametrize(
    ("source", "projects", "with_cost", "cost", "budget", "forecast"),
    [
        ("uk_2018", 133, 119, "422739.43", "26805.56", "26235.08"),
        ("uk_2021", 184, 164, "541951.37", "46250.73", "44406.00"),
        ("uk_2023", 244, 193, "471818", "47507.37", "41507.93"),
    ],
)
def test_the_uk_major_projects_are_millions(
    loaded, source, projects, with_cost, cost, budget, forecast
):
    found = loaded(
        source,
        "select count(*), count(bac), sum(bac), sum(year_budget), sum(year_forecast) from projects",
    )
    sums = [Decimal(value) * MILLION for value in (cost, budget, forecast)]
    assert found == [(projects, with_cost, *sums)]


@pytest.mark.parametrize(
    ("source", "ratings"),
    [
        ("uk_2018", {"green": 2, "amber_green": 22, "amber": 59, "amber_red": 38, "red": 8}),
        ("uk_2021", {"green": 12, "amber_green": 29, "amber": 84, "amber_red": 44, "red": 7}),
        ("uk_2023", {"green": 26, "amber": 183, "red": 23}),
    ],
)
def test_the_ratings_of_the_uk_major_projects(loaded, source, ratings):
    found = loaded(
        source,
        "select confidence, count(*) from projects where confidence is not null group by 1",
    )
    assert dict(found) == ratings


def test_the_airport_survey_leaves_blanks_out_of_the_mean(loaded):
    counted = loaded(
        "survey", "select score, count(*) from satisfaction_surveys group by 1 order by 1"
    )
    assert [(None if score is None else int(score), rows) for score, rows in counted] == [
        (1, 6),
        (2, 32),
        (3, 444),
        (4, 1507),
        (5, 699),
        (None, 143),
    ]
    mean = loaded("survey", "select round(avg(score), 6) from satisfaction_surveys")[0][0]
    assert mean == pytest.approx(4.064360)


def test_the_hr_workbook_is_split_into_employees_ratings_and_answers(loaded):
    assert loaded(
        "hr",
        "select count(*), count(*) filter (where status = 'left'), sum(monthly_pay) from employees",
    ) == [(1470, 237, Decimal("9559309"))]
    assert loaded(
        "hr", "select cast(score as integer), count(*) from appraisal_ratings group by 1 order by 1"
    ) == [(3, 1244), (4, 226)]
    mean = loaded("hr", "select round(avg(score), 6) from satisfaction_surveys")[0][0]
    assert mean == pytest.approx(2.728571)


def test_employees_under_chinese_headers_need_no_mapping(loaded):
    assert loaded("employees", "select emp_id, name, dept from employees order by emp_id")[:2] == [
        ("1001", "张三", "technology"),
        ("1002", "李四", "marketing"),
    ]


def test_projects_of_employees_need_a_mapping(loaded):
    assert loaded("projects", "select count(*), min(planned_start) from projects")[0][0] == 4
