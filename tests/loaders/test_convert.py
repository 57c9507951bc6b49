"""Cells become values, or faults; nothing in between."""

import calendar
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.contract import SQL_TYPES, Column, departments
from data.staging import arrow_type
from loaders.convert import PLACEHOLDERS, convert_column
from loaders.decimals import decimal_array, exact, fits, quantise
from loaders.raw import Share


def column(kind, values=None):
    return Column(name="x", type=kind, names={}, headers=(), values=values or {})


def convert(kind, cells, *, values=None, **options):
    return convert_column(cells, column(kind, values), **options)


def values(kind, cells, **options):
    """The values of cells that have no fault."""
    converted = convert(kind, cells, **options)
    assert [fault for fault in converted.faults if fault.severity == "error"] == []
    return converted.values


def faults(kind, cells, **options):
    """Code by index."""
    return {fault.index: fault.code for fault in convert(kind, cells, **options).faults}


@pytest.mark.parametrize("kind", SQL_TYPES)
def test_every_type_takes_an_empty_column(kind):
    converted = convert(kind, [None, None, "  "], values={"a": ("A",)})
    assert converted.values == [None, None, None]
    assert converted.faults == []
    assert converted.array.type == arrow_type(column(kind))


@pytest.mark.parametrize("kind", SQL_TYPES)
@pytest.mark.parametrize("error", ["#REF!", "#DIV/0!", "#N/A", "########"])
def test_errors_pasted_as_text_are_errors_in_every_type(kind, error):
    assert faults(kind, [error], values={"a": ("A",)}) == {0: "EXCEL_ERROR"}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,234.50", "1234.50"),
        ("８５", "85"),
        ("９０．５", "90.5"),
        ("１，２００", "1200"),
        ("－３", "-3"),
        ("−5", "-5"),
        ("500-", "-500"),
        ("(1,234)", "-1234"),
        ("（500）", "-500"),
        ("(HK$1,234.50)", "-1234.5"),
        ("-HK$5", "-5"),
        ("¥1,234.50", "1234.5"),
        ("￥1,234.5", "1234.5"),
        ("RMB 88", "88"),
        ("NT$300", "300"),
        ("£12,131.50", "12131.5"),
        ("€ 5", "5"),
        ("5元", "5"),
        ("1.2万", "12000"),
        ("1.2萬", "12000"),
        ("3亿", "300000000"),
        ("3億元", "300000000"),
        ("5千", "5000"),
        ("12万元", "120000"),
        ("人民币12万元", "120000"),
        ("8.99E-2", "0.0899"),
        (" 7 ", "7"),
        ("1 234 567", "1234567"),
        ("1'234.50", "1234.5"),
        (".5", "0.5"),
        ("+5", "5"),
    ],
)
def test_amounts_are_read_as_people_write_them(text, number):
    assert values("amount", [text]) == [Decimal(number)]


@pytest.mark.parametrize(
    "cell",
    [
        "八十五", "约90", ">=80", "80-90", "85分", "1e5x", "NaN", "inf", "-Infinity", "N/A", "-",
        "12,34", "1,2345", "5.", "(5", "-(5)", "--5", "10⁵", "①", "½", "5 %%", "1.2.3,4", "x",
        True, False, float("nan"), float("inf"), date(2026, 3, 1), time(9), timedelta(hours=30),
    ],
)  # fmt: skip
def test_what_is_no_number_is_a_fault(cell):
    assert faults("amount", [cell, 5.0]) == {0: "BAD_NUMBER"}


def test_a_fault_says_what_was_found_and_expected():
    (fault,) = convert("amount", [1.0, "八十五"]).faults
    assert (fault.index, fault.found, fault.expected) == (1, "八十五", "amount")


def test_binary_noise_is_gone():
    assert values("amount", [0.1 + 0.2, 84.999999999999986]) == [Decimal("0.3"), Decimal("85")]


def test_cents_stay_cents():
    cells = [0.01, 1234567.89, 4484000.03, 0.07, 1e9 + 0.01]
    assert values("amount", cells) == [Decimal(str(cell)) for cell in cells]


def test_further_places_are_rounded_half_to_even():
    cells = [1.00005, 1.00015, "1.00005", "1.00015"]
    assert values("amount", cells) == [Decimal("1.0000"), Decimal("1.0002")] * 2


def test_amounts_that_do_not_fit_are_out_of_range():
    assert faults("amount", [1e14, 1e300, "1e14", -1e14, 99_999_999_999_999.0]) == {
        0: "OUT_OF_RANGE",
        1: "OUT_OF_RANGE",
        2: "OUT_OF_RANGE",
        3: "OUT_OF_RANGE",
    }


def test_the_unit_of_the_header_does_not_apply_to_a_cell_with_its_own():
    cells = [5.0, "5", "5万"]
    assert values("amount", cells, unit_scale=10_000) == [50_000, 50_000, 50_000]


def test_one_text_settles_the_decimal_mark_for_all():
    assert values("amount", ["1,234", "1,234.5"]) == [1234, Decimal("1234.5")]
    assert values("amount", ["1.234", "1.234,5"]) == [1234, Decimal("1234.5")]
    assert values("amount", ["1.234", "12,5", "7,25"]) == [1234, Decimal("12.5"), Decimal("7.25")]
    assert values("amount", ["1.234", "0.5"]) == [Decimal("1.234"), Decimal("0.5")]
    assert values("amount", ["1.234", "12345"]) == [Decimal("1.234"), 12345]


def test_a_point_before_three_digits_alone_is_ambiguous():
    assert faults("amount", ["1.234", "5.678", "12"]) == {
        0: "AMBIGUOUS_NUMBER",
        1: "AMBIGUOUS_NUMBER",
    }


def test_a_slip_of_the_comma_does_not_turn_thousands_into_decimals():
    assert faults("amount", ["1,234", "2,500", "1,2345"]) == {2: "BAD_NUMBER"}
    assert faults("amount", ["1,234", "2,500", "12,34"]) == {2: "BAD_NUMBER"}


def test_thousands_beside_decimal_commas_are_ambiguous():
    assert set(faults("amount", ["1,234", "12,5", "7,25"]).values()) == {"AMBIGUOUS_NUMBER"}


def test_texts_that_contradict_each_other_are_ambiguous():
    assert faults("amount", ["1,234.5", "1.234,5", "7"]) == {
        0: "AMBIGUOUS_NUMBER",
        1: "AMBIGUOUS_NUMBER",
    }


def test_a_given_decimal_mark_settles_it():
    assert values("amount", ["1.234"], decimal_mark=",") == [1234]
    assert values("amount", ["1.234"], decimal_mark=".") == [Decimal("1.234")]


def test_two_currencies_in_one_column_are_a_fault():
    assert faults("amount", ["¥5", "¥6", "$7"]) == {2: "MIXED_CURRENCY"}
    assert faults("amount", ["HK$5", "$6", "¥5"]) == {2: "MIXED_CURRENCY"}
    assert values("amount", ["HK$5", "$6", "7元", 8.0]) == [5, 6, 7, 8]


def test_placeholders_are_empty_only_where_they_may_be():
    assert faults("amount", ["-", 5.0]) == {0: "BAD_NUMBER"}
    converted = convert("amount", ["-", 5.0, "ｎ/ａ", "暫無"], missing=PLACEHOLDERS)
    assert converted.values == [None, 5, None, None]
    (note,) = converted.faults
    assert (note.code, note.severity, note.facts) == ("PLACEHOLDER", "warning", (("count", "3"),))


def test_integers_are_whole():
    assert values("integer", [1.0, "3", "1,000", None, 2]) == [1, 3, 1000, None, 2]
    assert faults("integer", [1.5, "2.5", True]) == {
        0: "BAD_INTEGER",
        1: "BAD_INTEGER",
        2: "BAD_NUMBER",
    }


def test_percentages_in_a_number_column_are_all_or_none():
    assert values("number", ["85%", "90％"]) == [Decimal("0.85"), Decimal("0.9")]
    assert faults("number", ["85%", 90.0]) == {0: "AMBIGUOUS_PERCENT"}
    assert faults("amount", ["85%"]) == {0: "BAD_NUMBER"}


@pytest.mark.parametrize(
    ("cells", "shares"),
    [
        (["95%", "８５％", "100.0 %"], ["0.95", "0.85", "1"]),
        ([0.85, 1.0, 0.0], ["0.85", "1", "0"]),
        ([95.0, 102.5, 0.0], ["0.95", "1.025", "0"]),
        (["95", "102.5"], ["0.95", "1.025"]),
        (["95%", 0.5], ["0.95", "0.5"]),
        ([Share(0.85), Share(1.2), Share(9.0)], ["0.85", "1.2", "9"]),
        ([Share(1.2), 0.5], ["1.2", "0.5"]),
        (["-5%", -0.05], ["-0.05", "-0.05"]),
    ],
)
def test_shares_are_of_one(cells, shares):
    assert values("share", cells) == [Decimal(share) for share in shares]


@pytest.mark.parametrize(
    "cells",
    [[0.85, 85.0], ["0.85", "85"], ["95%", 95.0], [1.05, 1.2], [0.9, 1.05], [Share(0.5), 50.0]],
)
def test_a_column_that_may_be_percent_or_share_is_ambiguous(cells):
    assert set(faults("share", cells).values()) == {"AMBIGUOUS_PERCENT"}


def test_a_given_scale_says_that_bare_shares_are_percentages():
    scale = Decimal("0.01")
    assert values("share", [0.85, 85.0, "85%"], unit_scale=scale) == [
        Decimal("0.0085"),
        Decimal("0.85"),
        Decimal("0.85"),
    ]


FIRST = date(2026, 3, 1)


@pytest.mark.parametrize(
    "cell",
    [
        FIRST, datetime(2026, 3, 1, 18, 5), 46082.0, 46082.75, 20260301.0, "46082", "20260301",
        "2026-03-01", "2026-3-1", "2026/3/1", "2026.3.1", "2026年3月1日", "2026 年 3 月 1 日",
        "２０２６／３／１", "2026-03-01 18:05:00", "2026/3/1 下午6:05", "2026年3月1日 星期日",
        "2026-03-01T18:05", "2026/3/1 6:05 PM", "1 Mar 2026", "Mar 1, 2026", "01-Mar-2026",
        "民國115年3月1日", "115/03/01", "2026年3月1日18時05分", "2014-05-01 00:00:00.000",
    ],
)  # fmt: skip
def test_dates_are_read_as_people_write_them(cell):
    expected = date(2014, 5, 1) if isinstance(cell, str) and cell.startswith("2014") else FIRST
    assert values("date", [cell]) == [expected]


@pytest.mark.parametrize(
    "cell",
    [
        "2026年13月", "2026-02-30", "2026/0/1", "0000-00-00", "2026-3-32", "soon", "26年3月",
        "13/13/2026", 0.0, -1.0, 60.0, 100.0, 2958466.0, 1e300, float("nan"), True, time(9),
        date(1900, 2, 28), datetime(1899, 12, 31), timedelta(hours=30), "2026-03-01T18:05Z",
    ],
)  # fmt: skip
def test_what_is_no_date_is_a_fault(cell):
    assert faults("date", [cell]) == {0: "BAD_DATE"}


@pytest.mark.parametrize(
    "cell", ["03/04/2026", "3/4/26", "31.12.18", "2026-03", "2026年3月", 2026.1]
)
def test_a_date_that_reads_two_ways_is_a_fault_with_both(cell):
    (fault,) = convert("date", [cell]).faults
    assert fault.code == "AMBIGUOUS_DATE"
    assert ", " in dict(fault.facts)["readings"]


def test_the_same_day_either_way_is_no_question():
    assert values("date", ["03/03/2026"]) == [date(2026, 3, 3)]


def test_one_day_above_twelve_settles_the_order_for_all():
    assert values("date", ["03/04/2026", "13/04/2026"]) == [date(2026, 4, 3), date(2026, 4, 13)]
    assert values("date", ["03/04/2026", "04/13/2026"]) == [date(2026, 3, 4), date(2026, 4, 13)]


def test_days_above_twelve_in_both_places_settle_nothing():
    assert faults("date", ["03/04/2026", "13/04/2026", "04/13/2026"]) == {0: "AMBIGUOUS_DATE"}


def test_a_given_order_settles_it():
    assert values("date", ["03/04/2026"], date_order="dmy") == [date(2026, 4, 3)]
    assert values("date", ["03/04/2026"], date_order="mdy") == [date(2026, 3, 4)]
    assert values("date", ["31.12.18"], date_order="dmy") == [date(2018, 12, 31)]
    assert values("date", ["26/3/4"], date_order="ymd") == [date(2026, 3, 4)]
    assert faults("date", ["13/04/2026"], date_order="mdy") == {0: "BAD_DATE"}


def test_texts_of_unknown_order_beside_real_dates_are_ambiguous():
    assert faults("date", [datetime(2026, 5, 14), "03/04/2026"]) == {1: "AMBIGUOUS_DATE"}


def test_real_dates_that_may_have_been_turned_are_ambiguous():
    # Excel set to month first made dates of what it could and left the rest as text.
    assert faults("date", ["13/04/2026", "25/04/2026", datetime(2026, 5, 4), date(2026, 1, 1)]) == {
        2: "AMBIGUOUS_DATE"
    }
    turned = [date(2026, 4, 13), date(2026, 5, 14)]
    assert values("date", ["13/04/2026", datetime(2026, 5, 14)]) == turned


def test_datetimes_keep_their_time_to_the_second():
    assert values(
        "datetime", ["2026-03-01 下午3:05", "2026/3/1", datetime(2026, 1, 1, 15, 4, 59, 999_999)]
    ) == [
        datetime(2026, 3, 1, 15, 5),
        datetime(2026, 3, 1),
        datetime(2026, 1, 1, 15, 5),
    ]


@pytest.mark.parametrize(
    "cell",
    [
        "2026年3月", "2026/3/31", "2026-03", "202603", "2026.3", 202603.0, 46112.0, "Mar-2026",
        date(2026, 3, 31), datetime(2026, 3, 31, 18), "2026年03月31日", "2026年3月份", 2026.3,
        "03/2026",
    ],
)  # fmt: skip
def test_months_are_their_first_day(cell):
    assert values("month", [cell]) == [FIRST]


@pytest.mark.parametrize(
    ("cell", "period"),
    [
        ("2026-Q2", "2026-Q2"),
        ("2026Q2", "2026-Q2"),
        ("Q2 2026", "2026-Q2"),
        ("2026年第二季度", "2026-Q2"),
        ("2026年第2季", "2026-Q2"),
        ("2026", "2026"),
        (2026.0, "2026"),
        ("2026年度", "2026"),
        ("2026-05", "2026-05"),
        ("2026年5月", "2026-05"),
        (202605.0, "2026-05"),
        (date(2026, 5, 1), "2026-05"),
    ],
)
def test_periods_are_written_one_way(cell, period):
    assert values("period", [cell]) == [period]


def test_yes_and_no_in_many_words():
    yes = ["是", "Y", "yes", "✓", "√", "TRUE", "1", 1.0, True, "有"]
    no = ["否", "N", "no", "✗", "×", "FALSE", "0", 0.0, False, "无"]
    assert values("boolean", yes + no) == [True] * 10 + [False] * 10
    assert faults("boolean", ["maybe", 2.0, date(2026, 1, 1)]) == dict.fromkeys(
        range(3), "BAD_BOOLEAN"
    )


STATES = {"open": ("未關閉", "Open"), "closed": ("已關閉", "Closed", "完成")}


def test_choices_are_found_by_any_spelling():
    cells = ["open", " OPEN ", "未 關閉", "ｃｌｏｓｅｄ", "完成"]
    assert values("choice", cells, values=STATES) == ["open", "open", "open", "closed", "closed"]


def test_an_unknown_choice_lists_the_known_ones():
    (fault,) = convert("choice", ["lost"], values=STATES).faults
    assert (fault.code, fault.facts) == ("UNKNOWN_CHOICE", (("choices", "未關閉, 已關閉"),))


def test_departments_are_found_by_every_name_of_theirs():
    for key, department in departments().items():
        words = [key, *department.names.values(), *department.spellings]
        assert values("department", words) == [key] * len(words)


def test_no_department_is_made_up():
    assert faults("department", ["火星部", "\u202e部售銷", 5.0]) == dict.fromkeys(
        range(3), "UNKNOWN_DEPARTMENT"
    )


def test_invisible_characters_are_removed_with_a_warning():
    converted = convert("department", ["銷售部\u200b", "銷\u00ad售部", "銷售部\u3000"])
    assert converted.values == ["sales"] * 3
    (note,) = converted.faults
    assert (note.code, note.facts) == ("TEXT_CLEANED", (("count", "2"),))


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (1001.0, "1001"),
        (7, "7"),
        ("000123", "000123"),
        (" E1\u00a0", "E1"),
        ("Ｅ００１", "E001"),
        ("1001.0", "1001"),
        ("E1.0", "E1.0"),
        ("110101199003071234", "110101199003071234"),
        (3.1, "3.1"),
    ],
)
def test_ids_are_what_was_typed(cell, text):
    assert values("id", [cell]) == [text]


@pytest.mark.parametrize(
    "cell", [110101199003071234.0, 1e15, "1.23E+17", True, date(2026, 3, 1), time(9), float("nan")]
)
def test_ids_that_lost_digits_are_faults(cell):
    assert faults("id", [cell]) == {0: "BAD_ID"}


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("  a b ", "a b"),
        ("a\x00b\x07", "ab"),
        ("a\r\nb", "a\nb"),
        ("👩🏽‍💻 小王", "👩🏽‍💻 小王"),
        ("e\u0301", "e\u0301"),
        ("=1+1", "=1+1"),
        (5.0, "5"),
        (1.5, "1.5"),
        (date(2026, 3, 1), "2026-03-01"),
        (datetime(2026, 3, 1, 18, 5), "2026-03-01 18:05:00"),
        (True, "TRUE"),
    ],
)
def test_text_is_kept_as_it_is_seen(cell, text):
    assert values("text", [cell]) == [text]


def test_equal_cells_of_different_kinds_stay_apart():
    assert values("text", [1.0, True, "1"]) == ["1", "TRUE", "1"]


SHAPES = st.sampled_from(
    ["{:,.2f}", "{:.2f}", "¥{:,.2f}", "{:,.2f}元", "HK$ {:,.2f}", "{:.2f} ", "　{:,.2f}"]
)


@given(st.decimals(0, 10**12, places=2), SHAPES, st.sampled_from(["", "-", "－", "()", "（）"]))
def test_an_amount_reads_back_as_it_was_written(amount, shape, sign):
    written = shape.format(amount)
    if sign in ("-", "－"):
        written = sign + written
    elif sign:
        written = sign[0] + written + sign[1]
    assert values("amount", [written]) == [-amount if sign else amount]


@given(st.dates(date(1912, 1, 1), date(2199, 12, 31)))
def test_a_date_reads_back_as_it_was_written(day):
    shapes = [
        "%Y-%m-%d",
        "%Y/%m/%d",
        "%Y.%m.%d",
        "%Y年%m月%d日",
        "%Y%m%d",
        "%d %B %Y",
        "%Y-%m-%d %H:%M",
    ]
    assert values("date", [day.strftime(shape) for shape in shapes]) == [day] * len(shapes)


@given(st.dates(date(2000, 1, 1), date(2068, 12, 31)), st.sampled_from(["dmy", "mdy", "ymd"]))
def test_a_short_date_reads_back_in_its_order(day, order):
    written = "/".join(day.strftime(f"%{part}") for part in order)
    assert values("date", [written], date_order=order) == [day]


@given(st.lists(st.dates(date(1990, 1, 1), date(2099, 12, 31)), min_size=1))
def test_serials_are_the_days_excel_means(days):
    serials = [float((day - date(1899, 12, 30)).days) for day in days]
    assert values("date", serials) == days


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_no_slash_date_is_ever_read_in_a_guessed_order(day):
    converted = convert("date", [day.strftime("%d/%m/%Y")])
    if day.day <= 12 and day.day != day.month:
        assert converted.faults[0].code == "AMBIGUOUS_DATE"
    else:
        assert converted.values == [day]


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)))
def test_a_month_is_the_month_of_its_last_day(day):
    last = day.replace(day=calendar.monthrange(day.year, day.month)[1])
    assert values("month", [last]) == [day.replace(day=1)]


@given(
    st.lists(
        st.floats(-1e11, 1e11, allow_nan=False) | st.decimals(-(10**9), 10**9, places=3).map(float)
    ),
    st.sampled_from([Decimal(1), Decimal(10_000), Decimal("0.01"), Decimal(1000)]),
    st.sampled_from([4, 6]),
)
def test_many_numbers_at_once_are_what_each_is_alone(numbers, scale, places):
    floats = np.array(numbers, np.float64)
    kept = floats[fits(floats, scale, places)]
    alone = [quantise(exact(float(number)) * scale, places) for number in kept]
    assert decimal_array(kept, scale, places).to_pylist() == alone


@given(st.lists(st.none() | st.floats(-1e9, 1e9).map(lambda n: round(n, 2))))
def test_a_column_of_numbers_and_one_with_a_text_beside_agree(numbers):
    assert values("amount", [*numbers, "7"])[:-1] == values("amount", [*numbers, 7.0])[:-1]


@given(st.text(max_size=40))
def test_no_text_crashes_any_type(text):
    for kind in SQL_TYPES:
        converted = convert(kind, [text, "x"], values={"a": ("A",)})
        assert len(converted.values) == 2
