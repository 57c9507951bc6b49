import re

import pytest

from data.contract import contract
from pages.intake.calendar import Calendar
from pages.intake.matrix import matrix
from tests.pages.intake.given import AUGUST, JULY, of


@pytest.fixture
def drawn(english, monkeypatch):
    monkeypatch.setattr("pages.shared.filters.here", lambda place, **changes: f"/{place}?{changes}")
    shown = Calendar(months=(JULY, AUGUST), last_over=JULY, earlier=None, later=None)
    found = {
        ("service_tickets", JULY): of("service_tickets", "partial", "customer_service"),
        ("service_tickets", AUGUST): of("service_tickets", "missing", month=AUGUST),
    }
    return matrix([contract("service_tickets")], found, shown, JULY)


def test_every_cell_has_a_mark_and_a_word(drawn):
    cells = re.findall(r"<td[^>]*><span[^>]*>(.+?)</span><b>(.+?)</b></td>", drawn)
    assert cells == [("▲", "In part"), ("·", "Not due yet")]


def test_a_cell_names_who_is_missing(drawn):
    assert 'title="Not yet from Customer Service"' in drawn


def test_the_month_that_is_looked_at_is_marked(drawn):
    assert drawn.count('aria-current="true"') == 1
    assert "heng-here" in drawn
