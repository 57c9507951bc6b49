"""Components: current or behind, the same whatever way the rows came."""

from datetime import date

import pytest

from data import batch
from data.history import history
from kpi import components
from tests.kpi.company import declare, load

ORDER = {"order_date": "2026-05-03", "amount": 100, "cost": 60}


def stored(given):
    components.refresh(given.warehouse)
    with given.warehouse.read() as con:
        return con.execute("select * from result.component order by all").fetchall()


def margin(given, period="2026-05-01", kind="month"):
    components.refresh(given.warehouse)
    with given.warehouse.read() as con:
        return con.execute(
            "select numerator, denominator, covered, expected from result.component "
            "where indicator = 'sales_gross_margin_rate' and level = 'department' "
            "and department_id = 'sales' and period_kind = ? and period_start = ?",
            [kind, period],
        ).fetchone()


def test_without_rows_there_are_no_components(given):
    assert stored(given) == []


def test_components_are_behind_after_a_load_and_current_after_a_refresh(given):
    load(given, {"sales_orders": [ORDER]})
    with given.warehouse.read() as con:
        assert not components.is_current(con)
    components.refresh(given.warehouse)
    with given.warehouse.read() as con:
        assert components.is_current(con)


def test_a_refresh_of_what_is_current_changes_nothing(given):
    load(given, {"sales_orders": [ORDER]})
    components.refresh(given.warehouse)
    with given.warehouse.read() as con:
        before = components.watermark(con)
    components.refresh(given.warehouse)
    with given.warehouse.read() as con:
        assert components.watermark(con) == before


def test_a_correction_is_counted_once(given):
    load(given, {"sales_orders": [{**ORDER, "order_id": "A"}]})
    load(given, {"sales_orders": [{**ORDER, "order_id": "A", "amount": 120}]})
    assert margin(given) == (60, 120, 1, 1)


def test_undoing_a_load_gives_the_components_there_were_before(given):
    load(given, {"sales_orders": [{**ORDER, "order_id": "A"}]})
    before = stored(given)
    later = given.rows(
        "sales_orders", [{"order_id": "B", "order_date": date(2026, 6, 3), "amount": 1}]
    )
    assert stored(given) != before
    with given.warehouse.write() as con:
        batch.undo(con, later, login="test")
    assert stored(given) == before


def test_the_order_of_loads_does_not_matter(given):
    load(given, {"sales_orders": [ORDER], "customers": [{"first_order_date": "2026-05-01"}]})
    one = stored(given)
    with given.warehouse.write() as con:
        for each in history(con):
            batch.undo(con, each.batch_id, login="test")
    load(given, {"customers": [{"first_order_date": "2026-05-01"}], "sales_orders": [ORDER]})
    assert stored(given) == one


def test_a_month_declared_empty_is_a_known_nothing(given):
    load(given, {"sales_orders": [ORDER]})
    declare(given, "sales_orders", "2026-06")
    assert margin(given, "2026-06-01") == (0, 0, 1, 1)
    assert margin(given, "2026-04-01", "quarter") == (40, 100, 2, 3)


def test_a_month_that_has_not_arrived_holds_no_zero(given):
    load(
        given,
        {
            "sales_orders": [ORDER],
            "satisfaction_surveys": [{"survey_date": "2026-06-01", "subject": "brand"}],
        },
    )
    assert margin(given, "2026-06-01") == (None, None, 0, 1)


def test_a_failed_refresh_leaves_the_last_components(given, monkeypatch):
    load(given, {"sales_orders": [ORDER]})
    before = stored(given)
    load(given, {"sales_orders": [{**ORDER, "order_date": "2026-06-03"}]})
    monkeypatch.setattr(components, "_INSERT", "select no_such_column from grid")
    with pytest.raises(Exception, match="no_such_column"):
        components.refresh(given.warehouse)
    with given.warehouse.read() as con:
        assert con.execute("select * from result.component order by all").fetchall() == before
