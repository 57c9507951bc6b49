from datetime import date

import pyarrow as pa
import pytest

from data import batch as batches
from data.history import File
from data.setting import set_setting
from data.staging import stage
from kpi.period import add_months
from pages.intake.calendar import SHOWN, Calendar, calendar, looked_at
from tests.pages.intake.given import AUGUST, JULY

THIS_MONTH = date.today().replace(day=1)


@pytest.fixture
def address(monkeypatch):
    said = {}
    monkeypatch.setattr("pages.shared.filters.asked", said.get)
    return said


@pytest.fixture
def shown(warehouse, address):
    def calendar_of(*months):
        for month in months:
            rows = pa.table(
                {
                    "order_id": [f"{month}"],
                    "order_date": pa.array([month], pa.date32()),
                    "sheet": ["S"],
                    "row_number": [2],
                }
            )
            staged = stage(warehouse.home, "sales_orders", rows)
            with warehouse.write() as con:
                file = File(name="f", sha256=f"{month}", bytes=1)
                batches.commit(con, file, [staged], login="ops")
        with warehouse.read() as con:
            return calendar(con)

    return calendar_of


def test_there_is_no_calendar_before_the_first_file(shown):
    assert shown() is None


def test_a_list_alone_begins_with_the_month_that_is_over(warehouse, address):
    rows = pa.table({"cust_id": ["C1"], "sheet": ["S"], "row_number": [2]})
    staged = stage(warehouse.home, "customers", rows)
    with warehouse.write() as con:
        batches.commit(con, File(name="c", sha256="c", bytes=1), [staged], login="ops")
    with warehouse.read() as con:
        assert calendar(con).months == (add_months(THIS_MONTH, -1), THIS_MONTH)


def test_the_running_month_is_shown_last_and_not_yet_due(shown):
    found = shown(add_months(THIS_MONTH, -2))
    assert found.months[-1] == THIS_MONTH
    assert not found.is_due(THIS_MONTH)
    assert found.is_due(add_months(THIS_MONTH, -1))


def test_months_before_the_first_file_are_not_shown(shown):
    found = shown(add_months(THIS_MONTH, -2))
    assert found.months[0] == add_months(THIS_MONTH, -2)
    assert (found.earlier, found.later) == (None, None)


def test_a_long_history_is_shown_in_stretches(shown, address):
    begun = add_months(THIS_MONTH, -20)
    latest = shown(begun)
    assert (len(latest.months), latest.later) == (SHOWN, None)
    address["until"] = f"{latest.earlier:%Y-%m}"
    before = shown()
    assert (before.months[0], before.months[-1]) == (begun, add_months(latest.months[0], -1))
    assert before.later == THIS_MONTH


@pytest.mark.parametrize("until", ["soon", "9999-01", "0001-01", "2026-Q9"])
def test_an_address_that_makes_no_sense_shows_months_all_the_same(shown, address, until):
    address["until"] = until
    assert shown(add_months(THIS_MONTH, -1)).months


def test_the_sample_company_ends_with_its_data(shown, warehouse):
    last = add_months(THIS_MONTH, -30)
    with warehouse.write() as con:
        set_setting(con, "sample", "yes")
    found = shown(add_months(last, -1), last)
    assert (found.last_over, found.months[-1]) == (last, add_months(last, 1))


SUMMER = Calendar(months=(JULY, AUGUST), last_over=JULY, earlier=None, later=None)


def test_the_latest_month_that_is_over_is_looked_at(address):
    assert looked_at(SUMMER) == JULY


def test_the_address_names_the_month_that_is_looked_at(address):
    address["month"] = "2026-08"
    assert looked_at(SUMMER) == AUGUST


@pytest.mark.parametrize(("period", "month"), [("2026-Q3", AUGUST), ("2026-07", JULY)])
def test_a_scorecard_s_period_leads_to_its_last_month(address, period, month):
    address["period"] = period
    assert looked_at(SUMMER) == month


@pytest.mark.parametrize("month", ["2020-01", "July", ""])
def test_a_month_that_is_not_shown_is_passed_over(address, month):
    address["month"] = month
    assert looked_at(SUMMER) == JULY
