import pytest

from data.contract import contract
from pages.intake import value
from pages.shared.words import speaking


@pytest.mark.parametrize(
    ("column", "stored", "said"),
    [
        ("amount", "1234.5000", "1,234.50"),
        ("amount", "-0.1250", "-0.125"),
        ("qty", "12", "12"),
        ("order_date", "2026-03-01", "1 Mar 2026"),
        ("team", "<b>x</b>", "<b>x</b>"),
        ("amount", None, "—"),
    ],
)
def test_a_stored_value_reads_as_people_write_it(english, column, stored, said):
    assert value.stored(stored, contract("sales_orders").columns[column]) == said


def test_a_choice_reads_as_its_word_in_the_language():
    kind = contract("service_tickets").columns["type"]
    with speaking("zh-Hans"):
        assert value.stored("complaint", kind) == "投诉"
    with speaking("en"):
        assert value.stored("complaint", kind) == "Complaint"


def test_a_department_reads_as_its_name():
    with speaking("zh-Hant"):
        column = contract("service_tickets").columns["dept"]
        assert value.stored("customer_service", column) == "客服部"


def test_what_does_not_fit_its_type_is_shown_as_it_is(english):
    assert value.stored("soon", contract("sales_orders").columns["order_date"]) == "soon"


@pytest.mark.parametrize(("count", "said"), [(1, "1 KB"), (17_400, "17 KB"), (2_430_000, "2.4 MB")])
def test_a_size_is_short(english, count, said):
    assert value.size(count) == said


def test_one_day_is_not_a_span(english):
    assert value.span("2026-03-01", "2026-03-01") == "1 Mar 2026"
    assert value.span("2026-03-01", "2026-03-31") == "1 Mar 2026 – 31 Mar 2026"
    assert value.span(None, None) == "—"
