"""The filters and the address, in a real browser."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import settle


def choose(page: Page, box: str, option: str) -> None:
    page.locator(f".st-key-{box}-zh-Hant input").click()
    page.get_by_role("option", name=option, exact=True).click()
    settle(page)


def shown(page: Page, box: str) -> str:
    return page.locator(f".st-key-{box}-zh-Hant input").input_value()


def test_a_link_shows_its_view(server, visits):
    page = visits.sign_in(server, "management", "/department?period=2026-Q2&department=finance")
    assert shown(page, "period") == "2026年第2季"
    assert shown(page, "department") == "財務部"


def test_the_same_link_shows_the_same_view_in_another_language(server, visits):
    path = "/department?period=2026-Q2&department=finance"
    page = visits.sign_in(server, "management", path, language="en")
    expect(page.locator(".st-key-department-en input")).to_have_value("Finance")


def test_a_choice_is_in_the_address_and_survives_a_reload(server, visits):
    page = visits.sign_in(server, "management", "/department")
    choose(page, "department", "技術部")
    expect(page).to_have_url(re.compile("department=technology"))
    page.reload()
    settle(page)
    assert shown(page, "department") == "技術部"


def test_a_choice_is_kept_from_page_to_page(server, visits):
    page = visits.sign_in(server, "management", "/department")
    choose(page, "period", "2026年8月")
    page.get_by_role("link", name="總覽").first.click()
    expect(page).to_have_url(re.compile(r"/\?.*period=2026-08"))
    settle(page)
    assert shown(page, "period") == "2026年8月"


def test_two_quick_choices_are_both_kept(server, visits):
    page = visits.sign_in(server, "management", "/department")
    page.locator(".st-key-department-zh-Hant input").click()
    page.get_by_role("option", name="財務部", exact=True).click()
    page.locator(".st-key-compare-zh-Hant input").click()
    page.get_by_role("option", name="去年同期", exact=True).click()
    settle(page)
    expect(page).to_have_url(re.compile("department=finance"))
    expect(page).to_have_url(re.compile("compare=year"))


def test_going_back_shows_the_view_before(server, visits):
    page = visits.sign_in(server, "management", "/department?period=2026-09&department=sales")
    page.get_by_role("link", name="項目").first.click()
    expect(page).to_have_url(re.compile("/projects"))
    settle(page)
    page.go_back()
    expect(page).to_have_url(re.compile(r"/department\?"))
    settle(page)
    assert shown(page, "department") == "銷售部"


def test_two_people_choose_without_disturbing_each_other(server, visits):
    one = visits.sign_in(server, "management", "/department")
    other = visits.sign_in(server, "operations", "/department")
    choose(one, "department", "財務部")
    choose(other, "department", "技術部")
    one.reload()
    settle(one)
    assert shown(one, "department") == "財務部"
    assert shown(other, "department") == "技術部"
