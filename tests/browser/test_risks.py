"""The risk heatmap in a real browser, on the sample company."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import settle

OCTOBER = "/risks?period=2026-10"


def test_a_click_on_a_cell_lists_its_risks_and_the_address_names_it(server, visits):
    page = visits.sign_in(server, "management", OCTOBER)
    page.locator("#cell-5-5").click()
    expect(page.locator("#beside")).to_contain_text("關鍵晶片單一供應商斷供")
    expect(page.locator("#beside")).to_contain_text("風險登記冊_2026.xlsx")
    expect(page).to_have_url(re.compile("cell=5-5"))
    page.reload()
    settle(page)
    expect(page.locator("#cell-5-5")).to_have_attribute("aria-current", "true")


def test_a_cell_is_chosen_with_the_keyboard_which_stays_where_it_was(server, visits):
    page = visits.sign_in(server, "management", OCTOBER)
    page.locator("#cell-4-4").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#beside")).to_contain_text("訂單履約平台延期")
    settle(page)
    assert page.evaluate("document.activeElement.id") == "cell-4-4"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "cell-3-2"


def test_every_number_on_the_map_is_counted_in_the_register(server, visits):
    page = visits.sign_in(server, "management", OCTOBER)
    counts = page.locator(".heng-heat td a b").all_inner_texts()
    expect(page.locator(".heng-list tbody tr")).to_have_count(sum(map(int, counts)))


def test_on_a_phone_the_risks_of_a_cell_come_into_view(server, visits):
    page = visits.sign_in(server, "management", OCTOBER, width=390, height=844)
    page.locator("#cell-5-5").click()
    expect(page.locator("#beside")).to_contain_text("關鍵晶片單一供應商斷供")
    expect(page.locator("#beside .heng-cards li").first).to_be_in_viewport()


def test_what_moved_up_is_said_for_each_of_two_people_at_once(server, visits):
    everyone = visits.sign_in(server, "management", OCTOBER)
    head = visits.sign_in(server, "sales-head", OCTOBER)
    expect(everyone.locator(".heng-lead")).to_contain_text("RK-07")
    expect(head.locator(".heng-lead")).to_contain_text("沒有風險上升")
    expect(head.locator(".heng-list")).not_to_contain_text("RK-07")
