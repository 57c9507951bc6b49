from datetime import date

import pytest

from kpi.period import Period, PeriodError, add_months, periods_between


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2026-05", date(2026, 5, 1), date(2026, 6, 1)),
        ("2026-12", date(2026, 12, 1), date(2027, 1, 1)),
        ("2026-Q2", date(2026, 4, 1), date(2026, 7, 1)),
        ("2026", date(2026, 1, 1), date(2027, 1, 1)),
    ],
)
def test_a_period_ends_where_the_next_begins_and_reads_back_as_its_text(text, start, end):
    period = Period.parse(text)
    assert (period.start, period.end, str(period)) == (start, end, text)


@pytest.mark.parametrize("text", ["2026-13", "2026-0", "2026-Q5", "26-05", "May 2026", "", "0000"])
def test_other_texts_are_no_periods(text):
    with pytest.raises(PeriodError, match="Write 2026-05, 2026-Q2 or 2026"):
        Period.parse(text)


def test_before_january_is_december():
    assert str(Period.parse("2026-01").previous()) == "2025-12"
    assert str(Period.parse("2026-Q1").previous()) == "2025-Q4"


def test_a_year_before_keeps_the_kind():
    before = [str(Period.parse(text).year_before()) for text in ("2026-05", "2026-Q2", "2026")]
    assert before == ["2025-05", "2025-Q2", "2025"]


def test_a_month_lies_in_its_quarter_and_year():
    assert [str(p) for p in Period.parse("2026-05").enclosing()] == ["2026-05", "2026-Q2", "2026"]


def test_a_fiscal_year_from_april_bears_the_number_it_begins_in():
    january = Period("month", date(2027, 1, 1), first_month=4)
    year = Period("year", date(2026, 4, 1), first_month=4)
    quarter = Period("quarter", date(2027, 1, 1), first_month=4)
    assert (str(january), str(quarter), str(year)) == ("2027-01", "2026-Q4", "2026")


def test_adding_months_crosses_years():
    assert add_months(date(2026, 11, 30), 3) == date(2027, 2, 1)
    assert add_months(date(2026, 1, 1), -1) == date(2025, 12, 1)


def test_periods_between_two_days_hold_every_month_and_what_is_around_it():
    found = [str(p) for p in periods_between(date(2026, 3, 15), date(2026, 4, 1))]
    assert found == ["2026-03", "2026-04", "2026-Q1", "2026-Q2", "2026"]
