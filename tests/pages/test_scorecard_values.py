"""How scorecards write values, changes, reasons, sparks and rows."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from urllib.parse import unquote

import pytest

from data.contract import contract
from kpi.catalog import catalog
from kpi.coverage import Coverage
from kpi.line import Line
from kpi.period import Period
from kpi.scoring import Goal
from pages.scorecards import cells, lines, monthly, values
from pages.scorecards.bars import bar
from pages.scorecards.over import months_over, still_running, until
from pages.scorecards.why import Undelivered, reason, sentence
from pages.shared.spark import spark
from pages.shared.words import speaking

OCTOBER = Period.parse("2026-10")


@pytest.fixture(autouse=True)
def english():
    with speaking("en"):
        yield


def a_line(key="task_on_time_rate", **known):
    indicator = catalog().indicator(key)
    line = Line(
        indicator=indicator,
        level="department",
        numerator=3,
        denominator=4,
        value=0.75,
        goal=Goal(target=0.9),
        target_origin="default",
        weight=1,
        score=83.33,
        status="amber",
        reason=None,
        sample=4,
        covered=1,
        expected=1,
        previous=None,
        year_before=None,
        trend=(),
    )
    return replace(line, **known)


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("task_on_time_rate", 0.954, "95.4%"),
        ("budget_deviation_rate", -0.012, "−1.2%"),
        ("schedule_performance_index", 0.8159, "0.82"),
        ("nps", -12.5, "−12.5"),
        ("complaint_rate_per_1000", 26.369, "26.4"),
        ("task_on_time_rate", None, "—"),
    ],
)
def test_a_value_is_written_in_its_unit(key, value, said):
    assert values.value(catalog().indicator(key), value) == said


@pytest.mark.parametrize(
    ("key", "goal", "said"),
    [
        ("task_on_time_rate", Goal(target=0.95), "≥ 95%"),
        ("task_on_time_rate", Goal(target=0.955), "≥ 95.5%"),
        ("complaint_rate_per_1000", Goal(target=24), "≤ 24.0"),
        ("schedule_performance_index", Goal(band_lo=0.95, band_hi=1.1), "0.95 – 1.10"),
        ("budget_deviation_rate", Goal(band_lo=-0.03, band_hi=0.03), "±3%"),
        ("budget_deviation_rate", Goal(band_lo=-0.03, band_hi=0.05), "−3% – 5%"),
        ("task_on_time_rate", Goal(), "—"),
    ],
)
def test_a_target_tells_which_way_is_better(key, goal, said):
    assert values.goal(catalog().indicator(key), goal) == said


def test_a_change_of_a_share_is_in_percentage_points():
    assert values.change(catalog().indicator("task_on_time_rate"), 0.75, 1.0) == "−25.0 pp"


@pytest.mark.parametrize(
    ("score", "said"),
    [(100.0, "100.0"), (89.94, "89.9"), (89.96, "89.96"), (69.999, "69.999"), (None, "—")],
)
def test_a_score_never_looks_like_the_next_status(score, said):
    assert values.score(score) == said


def test_a_value_is_shown_with_what_it_was_divided_from():
    assert values.fraction(a_line()) == "3 ÷ 4"
    per_thousand = a_line("complaint_rate_per_1000", numerator=13, denominator=493)
    assert values.fraction(per_thousand) == "13 ÷ 493 × 1,000"
    assert values.fraction(a_line(value=None, numerator=None)) == "—"


@pytest.mark.parametrize(
    ("key", "now", "before", "colour"),
    [
        ("task_on_time_rate", 0.9, 0.8, "heng-better"),
        ("complaint_rate_per_1000", 9.0, 8.0, "heng-worse"),
        ("schedule_performance_index", 1.00, 1.05, ""),
        ("schedule_performance_index", 0.90, 1.00, "heng-worse"),
        ("task_on_time_rate", 0.80001, 0.8, ""),
    ],
)
def test_a_change_is_judged_by_the_direction_of_its_indicator(key, now, before, colour):
    line = a_line(key, value=now, goal=Goal(target=0.9, band_lo=0.95, band_hi=1.1))
    found = re.search(r"heng-(better|worse)", lines.compared(line, before))
    assert (found[0] if found else "") == colour


def test_a_year_has_one_period_to_compare_with():
    assert [str(p) for p in lines.compared_periods(Period.parse("2026"))] == ["2025"]
    assert [str(p) for p in lines.compared_periods(OCTOBER)] == ["2026-09", "2025-10"]


def test_several_missing_months_are_named_as_a_span():
    months = tuple(date(2026, month, 1) for month in (1, 2, 3, 4))
    absent = Undelivered(dataset="sales_orders", months=months, department="sales")
    assert sentence(absent) == (
        "Sales orders not received for Jan 2026 to Apr 2026; delivered by Sales."
    )


def test_no_data_says_which_workbook_has_not_come():
    nothing = Coverage(arrived={}, horizon=date(2026, 10, 1))
    line = a_line(value=None, score=None, reason="no_data", covered=0)
    said = reason(line, OCTOBER, "technology", nothing)
    assert said == "Project tasks not received for Oct 2026; delivered by Operations."


def test_nothing_that_happened_is_told_apart_from_nothing_that_came():
    nothing = Coverage(arrived={}, horizon=date(2026, 10, 1))
    line = a_line(value=None, score=None, reason="no_activity")
    said = reason(line, OCTOBER, "technology", nothing)
    assert said == "Nothing happened in this period that could be counted"


def test_months_to_come_lack_nothing():
    to_come = Period.parse("2999")
    assert months_over(to_come) == ()
    line = a_line(value=None, score=None, reason="no_data", covered=0)
    nothing = Coverage(arrived={}, horizon=date(2026, 10, 1))
    assert reason(line, to_come, "technology", nothing) == "The period is not over yet"
    assert "still running" in still_running(to_come)


def test_a_period_that_is_over_has_all_its_months():
    past = Period.parse("2020-Q1")
    assert [str(month) for month in months_over(past)] == ["2020-01", "2020-02", "2020-03"]
    assert str(until(past)) == "2020-03"
    assert still_running(past) == ""


def drawn(picture):
    return unquote(re.search(r'src="data:image/svg\+xml,([^"]*)"', picture)[1])


def test_a_spark_breaks_where_a_value_is_missing():
    svg = drawn(spark([1, 2, None, 3, 4], alt="x"))
    line = re.search(r'<path d="(M[^"]*)" fill="none"', svg)[1]
    assert line.count("M") == 2
    assert svg.count("h4") == 1  # the mark of the missing month


def test_the_last_point_of_a_spark_has_the_shape_of_its_status():
    assert "<circle" in drawn(spark([1, 2], alt="x", status="green"))
    assert "<circle" not in drawn(spark([1, 2], alt="x", status="red"))


def test_the_words_of_a_spark_are_escaped():
    assert 'alt="&quot;&gt;&lt;b&gt;"' in spark([1], alt='"><b>')


def test_a_spark_of_nothing_is_empty_and_still_an_image():
    assert spark([], alt="No values").startswith('<img class="heng-spark" alt="No values"')
    assert spark([None, None], alt="x")
    assert spark([5, 5], alt="x")


def test_a_bar_is_as_long_as_its_score_and_never_longer_than_its_track():
    assert "width:83.3%" in bar(83.33)
    assert "width:100.0%" in bar(120)
    assert "<i" not in bar(None)


def test_the_chart_marks_months_without_a_value():
    shown = [a_line(value=value) for value in [0.9] * 11 + [None, 0.8]]
    before = [a_line(value=None)] * 13
    months = [OCTOBER.shifted(step - 12) for step in range(13)]
    figure = monthly._figure(shown, before, months)
    assert [each["x"] for each in figure["layout"]["annotations"]] == ["Sept 26"]
    assert figure["layout"]["xaxis"]["type"] == "category"
    assert figure["layout"]["xaxis"]["ticktext"][0] == "Oct<br>2025"
    assert figure["layout"]["xaxis"]["ticktext"][-1] == "Oct"


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("order_date", date(2026, 10, 5), "5 Oct 2026"),
        ("amount", Decimal("1234.5000"), "1,234.5"),
        ("qty", Decimal("10.000000"), "10"),
        ("in_full", False, "No"),
        ("cost", None, ""),
    ],
)
def test_a_cell_is_written_by_the_type_of_its_column(column, value, said):
    assert cells.cell(contract("sales_orders").columns[column], value) == said


@pytest.mark.parametrize(
    ("tag", "said"), [("en", "Inquiry"), ("zh-Hant", "諮詢"), ("zh-Hans", "咨询")]
)
def test_a_choice_is_written_in_the_readers_language(tag, said):
    with speaking(tag):
        assert cells.cell(contract("service_tickets").columns["type"], "inquiry") == said
