"""The sample company: every number of it opens down to rows that add up to it."""

import pytest

from data.access import owner_scope
from data.contract import departments
from kpi import components
from kpi.catalog import catalog
from kpi.period import Period
from kpi.rows import rows_behind, sides
from kpi.scorecard import (
    available_periods,
    company_overview,
    latest_complete_period,
)

PERIODS = ("2026-05", "2026-Q3", "2026-Q4", "2025")

SCORED = [
    (indicator.key, department)
    for indicator in catalog().indicators.values()
    for department in indicator.scored_for
]


@pytest.fixture(scope="module")
def con(sample):
    components.refresh(sample)
    with sample.read() as con:
        yield con


@pytest.mark.parametrize("period", PERIODS)
def test_rows_behind_every_number_add_up_to_it(con, period):
    wrong = []
    cards = {c.subject.department: c for c in company_overview(con, owner_scope(), _p(period))}
    for key, department in SCORED:
        line = next(line for line in cards[department].lines if line.key == key)
        if line.covered == 0 or line.numerator is None:
            continue
        lists = [
            rows_behind(con, owner_scope(), key, _p(period), department, side=side, limit=1)
            for side in sides(catalog().indicator(key))
        ]
        added = [_sum(rows.numerator for rows in lists), _sum(rows.denominator for rows in lists)]
        if added != pytest.approx([line.numerator, line.denominator]):
            wrong.append((key, department, added, line.numerator, line.denominator))
    assert wrong == []


def test_a_quarter_is_the_sum_of_its_months(con):
    wrong = con.execute(
        """
        select quarter.indicator, quarter.department_id, quarter.period_start
        from result.component as quarter
        inner join result.component as month
            on month.indicator = quarter.indicator
            and month.level = quarter.level
            and month.department_id is not distinct from quarter.department_id
            and month.period_kind = 'month'
            and month.covered > 0
            and month.period_start >= quarter.period_start
            and month.period_start < quarter.period_start + interval 3 month
        where quarter.period_kind = 'quarter'
            and quarter.level in ('company', 'department')
            and list_contains(?, quarter.indicator)
        group by quarter.indicator, quarter.department_id, quarter.period_start, quarter.numerator
        having abs(quarter.numerator - sum(month.numerator)) > 0.0001
        """,
        [[i.key for i in catalog().indicators.values() if i.is_additive]],
    ).fetchall()
    assert wrong == []


def test_every_month_from_the_first_to_the_last_is_there(con):
    months = [str(period) for period in available_periods(con) if period.kind == "month"]
    assert (len(months), months[0], months[-1]) == (24, "2024-11", "2026-10")


def test_the_last_complete_month_is_the_last_one(con):
    assert str(latest_complete_period(con)) == "2026-10"


def test_the_month_without_service_tickets_has_no_data_and_the_quarter_is_provisional(con):
    july = _line(con, "2026-07", "customer_service", "first_response_on_time_rate")
    quarter = _line(con, "2026-Q3", "customer_service", "first_response_on_time_rate")
    assert (july.value, july.reason) == (None, "no_data")
    assert (quarter.covered, quarter.expected, quarter.is_partial) == (2, 3, True)


def test_complaints_of_june_due_in_july_are_no_number_of_july(con):
    july = _line(con, "2026-07", "customer_service", "complaint_on_time_resolution_rate")
    assert (july.numerator, july.denominator, july.reason) == (None, None, "no_data")


def test_growth_is_not_inflated_where_there_is_no_year_before(con):
    assert _line(con, "2025", "sales", "sales_growth_rate").covered == 2


def test_computing_again_gives_the_same_components(sample):
    with sample.read() as con:
        before = con.execute("select * from result.component").fetchall()
    components.refresh(sample, force=True)
    with sample.read() as con:
        assert con.execute("select * from result.component").fetchall() == before


def test_every_department_has_its_lines_in_every_dimension(con):
    cards = company_overview(con, owner_scope(), _p("2026-10"))
    assert [card.subject.department for card in cards] == list(departments())
    assert all(
        {line.dimension for line in card.lines} == {"performance", "capability", "attitude"}
        for card in cards
    )


def _p(text):
    return Period.parse(text)


def _sum(numbers):
    return sum(number or 0 for number in numbers)


def _line(con, period, department, key):
    cards = company_overview(con, owner_scope(), _p(period))
    card = next(card for card in cards if card.subject.department == department)
    return next(line for line in card.lines if line.key == key)
