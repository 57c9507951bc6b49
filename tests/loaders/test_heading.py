"""Headers are compared by what they say, not by how they are set."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.heading import Heading, index_of, letter, normalise


@pytest.mark.parametrize(
    ("text", "key", "unit"),
    [
        ("預算金額（萬元）", "預算金額", "萬元"),
        (" 預算 金額\n(單位：萬元) ", "預算金額", "萬元"),
        ("預算金額 單位:元", "預算金額", "元"),
        ("Amount [USD]", "amount", "USD"),
        ("達成率(%)", "達成率", "%"),
        ("達成率%", "達成率", "%"),
        (" Sales ", "sales", None),
        ("姓\u3000名", "姓名", None),
        ("Ｄｅｐｔ．", "dept", None),
        ("R&D", "r&d", None),
        ("order_id", "orderid", None),
        ("（備註）", "備註", None),
        (2026.0, "2026", None),
        (None, "", None),
        ("  ", "", None),
    ],
)
def test_headers_lose_what_does_not_tell_them_apart(text, key, unit):
    assert normalise(text) == Heading(key, unit)


@pytest.mark.parametrize(
    ("index", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")]
)
def test_columns_are_named_as_excel_shows_them(index, name):
    assert letter(index) == name


@given(st.integers(0, 20_000))
def test_a_columns_name_leads_back_to_it(index):
    assert index_of(letter(index)) == index


@pytest.mark.parametrize("name", ["", "A1", "ä", "-"])
def test_what_is_no_column_name_is_refused(name):
    with pytest.raises(ValueError, match="column"):
        index_of(name)
