"""Language and scheme, as a person meets them."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import settle

ENGLISH = re.compile(r"[A-Za-z]{3,}")
OWN_NAMES = re.compile(r"Heng|English|Streamlit|XLSX?|CSV|PDF|Esc|Enter|Ctrl", re.IGNORECASE)
VISIBLE_ENGLISH = """() => {
  const UNSPOKEN = 'script, style, noscript, [data-testid=stIconMaterial]';
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement;
    if (!parent || parent.closest(UNSPOKEN)) continue;
    if (node.data.trim()) found.push(node.data.trim());
  }
  document.body.querySelectorAll('[aria-label], [placeholder], [title]').forEach((element) => {
    for (const name of ['aria-label', 'placeholder', 'title']) {
      const value = element.getAttribute(name);
      if (value) found.push(value);
    }
  });
  return found;
}"""


def english_words(page) -> list[str]:
    said = page.evaluate(VISIBLE_ENGLISH)
    return sorted({words for words in said if ENGLISH.search(OWN_NAMES.sub("", words))})


def test_the_first_visit_speaks_the_browsers_language(server, visits):
    page = visits.stranger(server, language=None, locale="zh-CN")
    page.goto("/")
    expect(page.get_by_role("button", name="登录", exact=True)).to_be_visible()


def test_switching_the_language_keeps_page_and_filters(server, visits):
    page = visits.sign_in(server, "management", "/department?period=2026-08&department=finance")
    page.click("#heng-strip > .heng-languages a[lang=en]")
    settle(page)
    expect(page).to_have_url(re.compile(r"/department\?.*period=2026-08"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("link", name="Scorecard")).to_be_visible()
    expect(page.locator(".st-key-filters input").nth(1)).to_have_value("Finance")


def test_the_language_belongs_to_the_account(own_server, visits):
    page = visits.sign_in(own_server, "management")
    page.click("#heng-strip > .heng-languages a[lang=zh-Hans]")
    settle(page)
    elsewhere = visits.sign_in(own_server, "management", language=None, locale="fr-FR")
    expect(elsewhere.locator("html")).to_have_attribute("lang", "zh-Hans")


@pytest.mark.parametrize("language", ["zh-Hant", "zh-Hans"])
def test_the_frame_has_no_english_left(server, visits, language):
    page = visits.sign_in(server, "management", "/account", language=language)
    page.click("[data-testid=stMainMenuButton]")
    page.wait_for_timeout(500)
    own = re.compile(r"management|@")
    left = [words for words in english_words(page) if not own.search(words)]
    assert left == []


def test_calendar_and_numbers_follow_the_language_not_the_browser(server, visits):
    page = visits.sign_in(server, "management", "/account", locale="en-US")
    assert page.evaluate("navigator.language") == "zh-TW"


@pytest.mark.parametrize("width", [390, 760, 900, 1200, 1360])
def test_navigation_and_account_never_overlap(server, visits, width):
    page = visits.sign_in(server, "operations", "/account", width=width, language="en")
    edges = page.evaluate("""() => {
      let nav = 0;
      document.querySelectorAll('[data-testid=stTopNav] a').forEach((link) => {
        const folded = link.closest('[style*="opacity: 0"]');
        if (!folded && getComputedStyle(link).visibility !== 'hidden')
          nav = Math.max(nav, link.getBoundingClientRect().right);
      });
      return [nav, document.getElementById('heng-strip').getBoundingClientRect().left,
              document.documentElement.scrollWidth - innerWidth];
    }""")
    assert edges[0] <= edges[1]
    assert edges[2] <= 0


def test_the_account_menu_follows_the_scheme_chosen_in_the_app(server, visits):
    page = visits.sign_in(server, "management", "/account", scheme="light")
    page.click("[data-testid=stMainMenuButton]")
    page.get_by_text("深色").click()
    page.wait_for_function("() => document.documentElement.style.colorScheme === 'dark'")
