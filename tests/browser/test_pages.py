"""Every page that a role's navigation lists, in every language, on a desk and on a phone."""

import re

import pytest

from data.language import LANGUAGES
from data.sample_sign_ins import sample_sign_ins
from pages.shared.places import PLACES
from pages.shared.words import catalogue
from tests.browser.conftest import settle
from tests.browser.test_language import VISIBLE_ENGLISH
from tests.pages.catalogue import sentences

LOGINS = {one.account.login: one.account.scope for one in sample_sign_ins()}


def listed(login: str) -> list[str]:
    return [place.path for place in PLACES.values() if place.listed(LOGINS[login])]


def untranslated(page, language: str) -> list[str]:
    """What stands on the page in the English of our own sentences."""
    said = page.evaluate(VISIBLE_ENGLISH)
    translated = catalogue(language)
    ours = [s for s in sentences() if re.search("[A-Za-z]{2}", s) and translated.get(s) != s]
    pattern = re.compile("|".join(f"(?:{as_pattern(sentence)})" for sentence in ours))
    return sorted({words for words in said if pattern.fullmatch(words)})


def as_pattern(sentence: str) -> str:
    return ".+?".join(re.escape(part) for part in re.split(r"\{\w*\}", sentence))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("login", LOGINS)
def test_every_page_is_drawn_without_fault_or_foreign_words(server, visits, login, language):
    page = visits.sign_in(server, login, "/account", language=language)
    for path in listed(login):
        page.goto(f"/{path}")
        settle(page)
        assert page.locator("[data-testid=stException]").count() == 0, path
        assert page.locator("h1").count() == 1, path
        if language != "en":
            assert untranslated(page, language) == [], path


@pytest.mark.parametrize("login", LOGINS)
def test_every_page_fits_a_phone(server, visits, login):
    page = visits.sign_in(server, login, "/account", language="en", width=390, height=844)
    for path in listed(login):
        page.goto(f"/{path}")
        settle(page)
        wide = page.evaluate(
            "() => document.querySelector('[data-testid=stMain]').scrollWidth - innerWidth"
        )
        assert wide <= 0, path


@pytest.mark.parametrize("login", LOGINS)
def test_a_page_that_is_not_open_shows_only_that(server, visits, login):
    page = visits.sign_in(server, login, "/account", language="en")
    for place in PLACES.values():
        if place.path and not place.allowed(LOGINS[login]):
            page.goto(f"/{place.path}")
            settle(page)
            assert page.locator("h1").inner_text() == "Not open to you", place.path
            assert page.locator("table, [data-testid=stDataFrame], svg.main-svg").count() == 0


def test_the_four_roles_are_all_there():
    assert sorted(LOGINS) == ["employee", "management", "operations", "sales-head"]
