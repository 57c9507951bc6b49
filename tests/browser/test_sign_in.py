"""Signing in, as a person does it."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import settle


def test_a_deep_link_as_first_request_of_a_fresh_process_shows_sign_in(own_server, visits):
    page = visits.stranger(own_server)
    page.goto("/upload?period=2026-09")
    expect(page).to_have_url(re.compile("/account/sign-in"))
    expect(page.get_by_role("button", name="登入", exact=True)).to_be_visible()
    assert page.query_selector("[data-testid=stApp]") is None


def test_signing_in_leads_on_to_the_page_that_was_asked_for(server, visits):
    page = visits.stranger(server)
    page.goto("/department?period=2026-09&department=finance")
    page.fill("#login", "management")
    page.fill("#password", "sample-management")
    page.click("#enter")
    settle(page)
    expect(page).to_have_url(re.compile(r"/department\?.*period=2026-09"))
    expect(page).to_have_url(re.compile(r"department=finance"))


def test_a_wrong_password_is_told_in_words_and_keeps_the_login(server, visits):
    page = visits.stranger(server, language="en")
    page.goto("/")
    page.fill("#login", "management")
    page.fill("#password", "wrong")
    page.click("#enter")
    expect(page.get_by_role("alert")).to_have_text(re.compile("not correct"))
    expect(page.locator("#login")).to_have_value("management")
    expect(page.locator("#password")).to_be_focused()


def test_one_click_on_a_sample_sign_in_fills_the_form(server, visits):
    page = visits.stranger(server)
    page.goto("/")
    page.click("[data-login=operations]")
    expect(page.locator("#login")).to_have_value("operations")
    page.click("#enter")
    settle(page)
    expect(page.locator("#heng-strip .heng-name")).to_have_text("許婉妤")


def test_a_reload_keeps_the_sign_in(server, visits):
    page = visits.sign_in(server, "management")
    page.reload()
    settle(page)
    expect(page.locator("#heng-strip .heng-name")).to_have_text("簡心廷")


def test_signing_out_ends_it_for_the_other_window_too(server, visits):
    page = visits.sign_in(server, "management")
    other = page.context.new_page()
    other.goto("/department")
    settle(other)
    page.click("#heng-strip summary")
    page.click("#heng-strip form button")
    expect(page.get_by_role("status")).to_contain_text("您已登出")
    other.get_by_role("link", name="項目").first.click()
    expect(other.get_by_text("您已登出").first).to_be_visible()


def test_two_people_at_once_see_their_own_pages(server, visits):
    boss = visits.sign_in(server, "management")
    head = visits.sign_in(server, "sales-head")
    expect(boss.get_by_role("link", name="總覽")).to_be_visible()
    expect(head.get_by_role("link", name="總覽")).to_have_count(0)
    expect(head).to_have_url(re.compile("/department"))
    boss.reload()
    settle(boss)
    expect(boss.locator("#heng-strip .heng-name")).to_have_text("簡心廷")
    expect(head.locator("#heng-strip .heng-name")).to_have_text("胡明雯")


def test_a_page_of_another_role_says_so_and_shows_nothing_else(server, visits):
    page = visits.sign_in(server, "employee", "/upload")
    expect(page.get_by_role("heading", name="您無權查看此頁")).to_be_visible()
    assert page.query_selector("[data-testid=stFileUploader]") is None


def test_an_unknown_page_says_so_in_the_readers_language(server, visits):
    page = visits.sign_in(server, "management", "/nowhere")
    expect(page.get_by_text("找不到頁面")).to_be_visible()
