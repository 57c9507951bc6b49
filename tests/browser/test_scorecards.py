"""Scorecards, as people read them: from the company to the cell, two people at once."""

import re

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser.conftest import settle

STAYED = "() => window.stayed === true"


def test_from_the_company_to_a_cell_in_two_clicks_without_a_reload(server, visits):
    page = visits.sign_in(server, "management", "/?period=2026-10", language="en")
    page.evaluate("window.stayed = true")
    page.locator(".heng-tile", has_text="Technology").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Scorecard of Technology")
    page.get_by_role("link", name="Internal support solved within SLA").click()
    rows = page.locator(".heng-rows tbody tr")
    expect(rows).to_have_count(25)
    expect(rows.first).to_contain_text(re.compile(r"內部支持工單_2026下半年\.xlsx.*row \d+"))
    assert page.evaluate(STAYED)


def test_back_returns_to_what_was_seen_before(server, visits):
    page = visits.sign_in(server, "management", "/?period=2026-09", language="en")
    page.locator(".heng-tile", has_text="Finance").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Scorecard of Finance")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Company overview")
    expect(page).to_have_url(re.compile("period=2026-09"))


def test_two_people_see_their_own_at_the_same_time(server, visits):
    manager = visits.sign_in(server, "management", "/department?period=2026-10", language="en")
    head = visits.sign_in(server, "sales-head", "/department?period=2026-10", language="zh-Hans")
    manager.goto("/department?period=2026-10&department=finance")
    head.goto("/department?period=2026-10&department=finance")
    settle(manager)
    settle(head)
    expect(manager.get_by_role("heading", level=1)).to_have_text("Scorecard of Finance")
    expect(head.get_by_role("heading", level=1)).to_have_text("销售部计分卡")
    expect(head.get_by_text("finance")).to_be_visible()  # the address was not followed, and says so
    assert head.get_by_role("link", name="预算执行偏差率").count() == 0


def test_a_link_shows_the_same_view_to_somebody_else(server, visits):
    path = "/indicator?indicator=perfect_order_rate&department=sales&period=2026-Q3&compare=year"
    manager = visits.sign_in(server, "management", path, language="en")
    head = visits.sign_in(server, "sales-head", path, language="en")
    figures = [page.locator(".heng-facts").inner_text() for page in (manager, head)]
    assert figures[0] == figures[1]
    assert "Q3 2026" in figures[0]


def test_turning_the_page_of_rows_leaves_the_rest_as_it_is(server, visits):
    path = "/indicator?indicator=sales_attainment_rate&department=sales&period=2026-10"
    page = visits.sign_in(server, "management", path, language="en")
    first = page.locator(".heng-rows tbody tr").first.inner_text()
    page.evaluate("document.querySelector('h1').id = 'untouched'")
    page.locator("[data-testid=stPagination] button", has_text="2").first.click()
    expect(page.locator(".heng-rows tbody tr").first).not_to_have_text(first)
    settle(page)
    assert page.locator("#untouched").count() == 1
    expect(page.get_by_text("493 rows make this figure.")).to_be_visible()


def test_both_lists_behind_a_ratio_can_be_read(server, visits):
    path = "/indicator?indicator=sales_attainment_rate&department=sales&period=2026-10"
    page = visits.sign_in(server, "sales-head", path, language="en")
    expect(page.locator(".heng-rows tbody")).to_contain_text("銷售訂單_2026-Q4.xlsx")
    page.get_by_role("radio", name="Sales targets").click()
    expect(page.locator(".heng-rows tbody")).to_contain_text("銷售目標_2026.xlsx")


def test_the_rows_behind_a_number_are_downloaded_whole(server, visits, tmp_path):
    path = "/indicator?indicator=it_ticket_on_time_rate&department=technology&period=2026-10"
    page = visits.sign_in(server, "management", path, language="en")
    counted = page.get_by_text(re.compile(r"\d+ rows make this figure")).inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download all rows").click()
    saved = tmp_path / "rows.xlsx"
    download.value.save_as(saved)
    book = load_workbook(saved)
    listed = book.worksheets[0].max_row - 1  # beneath the headings
    assert counted.startswith(f"{listed} rows")


def test_missing_data_are_named_with_who_delivers_them(server, visits):
    page = visits.sign_in(server, "management", "/?period=2026-07", language="en")
    expect(page.locator(".heng-data")).to_contain_text(
        "Service tickets not received for Jul 2026; delivered by Customer Service."
    )
    page.locator(".heng-tile", has_text="Customer Service").first.get_by_role("link").click()
    row = page.locator("tr", has_text="First response within SLA")
    expect(row).to_contain_text("Service tickets not received for Jul 2026")
    expect(row).to_contain_text("Not rated")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["zh-Hant", "zh-Hans", "en"])
def test_an_indicator_fits_a_phone(server, visits, language, scheme):
    page = visits.sign_in(
        server,
        "management",
        "/indicator?indicator=sales_attainment_rate&department=sales&period=2026-10",
        language=language,
        scheme=scheme,
        width=390,
        height=844,
    )
    wide = page.evaluate(
        "() => document.querySelector('[data-testid=stMain]').scrollWidth - innerWidth"
    )
    assert wide <= 0
    assert page.locator("h1").count() == 1


def test_nothing_of_a_scorecard_is_cut_off(server, visits):
    page = visits.sign_in(server, "management", "/department?department=technology", language="en")
    cut = page.evaluate("""() => [...document.querySelectorAll('.stHtml *')].filter((element) => {
      const style = getComputedStyle(element);
      return style.overflowX === 'hidden' && style.clipPath === 'none' && element.innerText
        && element.scrollWidth > element.clientWidth + 1;
    }).map((element) => element.innerText)""")
    assert cut == []
