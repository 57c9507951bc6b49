"""The filters and the address, without a browser."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from kpi.period import Period
from pages.shared import filters
from pages.shared.words import speaking

MONTHS = [date(2025, 11, 1), date(2025, 12, 1), *(date(2026, month, 1) for month in range(1, 11))]
DATASETS = ("sales_orders", "budget_costs")


@pytest.fixture(autouse=True)
def english():
    # The test reads the boxes' words outside of the page run.
    with speaking("en"):
        yield


@pytest.fixture
def loaded(house):
    with house.write() as con:
        con.execute(
            "insert into intake.batch values (1, 'f', 'h', 1, 'x', now(), 'loaded', null, null)"
        )
        cover(con, [(dataset, month) for dataset in DATASETS for month in MONTHS])
    return house


def cover(con, rows):
    con.executemany("insert into intake.coverage values (1, ?, ?, null)", rows)


def script():
    from tests.pages.filtered import draw

    draw()


def opened(role="management", offered="one", **query):
    at = AppTest.from_function(script, default_timeout=20)
    at.session_state["role"] = role
    at.session_state["offered"] = offered
    for key, value in query.items():
        at.query_params[key] = value
    return at.run()


def said(at):
    assert not at.exception
    return at.text[0].value.split()


def address(at):
    return dict(at.query_params)


def test_the_last_month_that_is_over_is_shown_at_first(loaded):
    assert said(opened())[0] == "2026-10"


def test_the_address_names_what_is_shown(loaded):
    assert address(opened()) == {
        "period": "2026-10",
        "department": "operations",
        "compare": "previous",
    }


def test_the_address_chooses_period_comparison_and_department(loaded):
    at = opened(period="2026-Q2", compare="year", department="finance")
    assert said(at) == ["2026-Q2", "year", "finance", "2025-Q2"]


def test_choosing_changes_the_address(loaded):
    at = opened()
    at.selectbox(key="department en").select("finance").run()
    assert said(at)[2] == "finance"
    assert address(at)["department"] == "finance"


def test_a_choice_survives_the_next_click_elsewhere(loaded):
    at = opened()
    at.selectbox(key="department en").select("finance").run()
    at.selectbox(key="compare en").select("year").run()
    assert said(at)[1:3] == ["year", "finance"]


def test_an_address_that_changes_within_the_visit_wins(loaded):
    at = opened(department="finance")
    at.query_params["department"] = "sales"
    assert said(at.run())[2] == "sales"


def test_a_choice_is_remembered_where_the_address_says_nothing(loaded):
    at = opened(period="2026-08")
    del at.query_params["period"]
    assert said(at.run())[0] == "2026-08"


def test_a_click_that_overtakes_its_address_is_not_undone(loaded):
    at = opened(department="operations")
    at.selectbox(key="department en").select("finance").run()
    at.query_params["department"] = "operations"  # what the browser still shows
    at.selectbox(key="compare en").select("year").run()
    assert said(at)[1:3] == ["year", "finance"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("period", "2031-01"),
        ("period", "soon"),
        ("department", "nowhere"),
        ("compare", "never"),
        ("period", "<script>"),
    ],
)
def test_an_address_that_names_nothing_known_is_told_and_left_aside(loaded, key, value):
    at = opened(**{key: value})
    assert len(at.warning) == 1
    assert said(at)[:3] == ["2026-10", "previous", "operations"]
    assert address(at)[key] != value


def test_a_head_cannot_ask_for_another_department(loaded):
    at = opened(role="department_head", department="finance")
    assert said(at)[2] == "sales"
    assert len(at.warning) == 1


def test_a_head_is_not_asked_which_department(loaded):
    at = opened(role="department_head")
    assert [box.key for box in at.selectbox] == ["period en", "compare en"]


def test_every_department_together_can_be_offered(loaded):
    at = opened(offered="any")
    assert said(at)[2] == "None"
    assert address(at)["department"] == "all"


def test_a_quarter_is_the_one_its_month_lies_in(loaded):
    at = opened(period="2026-05")
    at.segmented_control(key="period-kind en").select("quarter").run()
    assert said(at)[0] == "2026-Q2"


def test_a_month_of_the_running_year_is_one_that_has_data(loaded):
    at = opened(period="2026")
    at.segmented_control(key="period-kind en").select("month").run()
    assert said(at)[0] == "2026-10"


def test_nothing_loaded_says_what_to_do(house):
    at = opened(role="operations")
    assert not at.text
    assert any("No data have been loaded" in shown.value for shown in at.markdown)


def test_months_to_come_are_not_offered(loaded):
    with loaded.write() as con:
        cover(con, [(dataset, date(2999, 1, 1)) for dataset in DATASETS])
    with loaded.read() as con:
        assert filters.months(con)[-1] == date(2026, 10, 1)


def test_a_plan_alone_does_not_make_a_month_the_latest(loaded):
    with loaded.write() as con:
        con.execute("delete from intake.coverage where month >= date '2026-09-01'")
        cover(con, [(name, m) for m in MONTHS[:-2] for name in ("projects", "risks", "employees")])
        cover(con, [("budget_costs", m) for m in MONTHS[-2:]])
    with loaded.read() as con:
        assert filters.months(con)[-1] == date(2026, 8, 1)


def test_a_month_that_is_not_over_is_not_the_one_shown_first():
    today = date.today()
    known = [date(today.year - 1, 1, 1), today.replace(day=1)]
    assert filters.last_complete(known) == Period("month", known[0])
