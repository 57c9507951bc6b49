from datetime import date, datetime
from decimal import Decimal

import pytest

from data.language import LANGUAGES
from pages.shared import figures
from pages.shared.words import speaking


@pytest.fixture(autouse=True)
def english():
    with speaking("en"):
        yield


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (1234567, 0, "1,234,567"),
        (1234.5, 2, "1,234.50"),
        (-0.5, 0, "-1"),
        (2.5, 0, "3"),
        (0.125, 2, "0.13"),
        (Decimal("123456789012345678.9"), 1, "123,456,789,012,345,678.9"),
        (0, 1, "0.0"),
        (None, 1, "—"),
    ],
)
def test_a_number_is_grouped_and_rounded_half_away_from_zero(value, decimals, shown):
    assert figures.number(value, decimals) == shown


@pytest.mark.parametrize(
    ("share", "decimals", "shown"),
    [(0.951, 1, "95.1%"), (1, 0, "100%"), (0.9995, 1, "100.0%"), (0, 1, "0.0%"), (None, 1, "—")],
)
def test_a_share_of_one_is_shown_as_a_percentage(share, decimals, shown):
    assert figures.percent(share, decimals) == shown


@pytest.mark.parametrize(
    ("tag", "shown"), [("en", "1.2M"), ("zh-Hant", "123.5萬"), ("zh-Hans", "123.5万")]
)
def test_large_amounts_use_the_languages_own_units(tag, shown):
    with speaking(tag):
        assert figures.money(1234567) == shown


def test_small_amounts_are_shown_in_full():
    assert figures.money(9999) == "9,999"


def test_a_missing_amount_is_a_dash():
    assert figures.money(None) == "—"


@pytest.mark.parametrize(
    ("value", "shown"), [(3.24, "+3.2"), (-0.4, "−0.4"), (0.04, "±0.0"), (None, "—")]
)
def test_a_change_carries_its_sign(value, shown):
    assert figures.change(value) == shown


def test_a_change_of_a_share_is_in_percentage_points():
    assert figures.change(0.015, points=True) == "+1.5 pp"
    with speaking("zh-Hant"):
        assert figures.change(-0.015, points=True) == "−1.5 個百分點"


@pytest.mark.parametrize(
    ("tag", "key", "shown"),
    [
        ("en", "2026-10", "Oct 2026"),
        ("en", "2026-Q2", "Q2 2026"),
        ("en", "2026", "Year 2026"),
        ("zh-Hant", "2026-10", "2026年10月"),
        ("zh-Hant", "2026-Q2", "2026年第2季"),
        ("zh-Hans", "2026-Q2", "2026年第2季度"),
        ("zh-Hans", "2026", "2026年"),
    ],
)
def test_a_period_is_named_as_people_say_it(tag, key, shown):
    with speaking(tag):
        assert figures.period(key) == shown


@pytest.mark.parametrize(("tag", "shown"), [("en", "31 Oct 2026"), ("zh-Hant", "2026年10月31日")])
def test_a_day_is_written_in_the_language(tag, shown):
    with speaking(tag):
        assert figures.day(date(2026, 10, 31)) == shown


def test_a_moment_has_day_and_time():
    assert figures.moment(datetime(2026, 1, 2, 3, 4)) == "2 Jan 2026 03:04"


def test_a_month_on_an_axis_is_short():
    assert figures.short_month(date(2026, 10, 1)) == "Oct 26"
    with speaking("zh-Hans"):
        assert figures.short_month(date(2026, 10, 1)) == "26年10月"


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_status_has_a_mark_and_a_word_of_its_own(tag):
    with speaking(tag):
        said = {figures.status_word(status) for status in ("green", "amber", "red", "none")}
    assert len(said) == 4
    assert len({words[0] for words in said}) == 4


def test_a_badge_escapes_the_label_it_is_given():
    assert figures.status_badge("red", "a]b") == ":red-badge[✖ a\\]b]"


@pytest.mark.parametrize("code", sorted(figures.REASONS))
def test_every_reason_is_a_sentence(code):
    assert len(figures.reason(code)) > 10


def test_no_reason_is_no_words():
    assert figures.reason(None) == ""
