"""Project health in a real browser, on the sample company."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import settle


def test_the_project_that_slips_and_overspends_leads_to_its_late_tasks(server, visits):
    page = visits.sign_in(server, "management", "/projects?period=2026-10")
    first = page.locator(".heng-list tbody tr").first
    expect(first).to_contain_text("新一代訂單履約平台")
    expect(first).to_contain_text("落後")
    first.get_by_role("link").click()
    expect(page).to_have_url(re.compile(r"/project\?.*project=PJ-2510"))
    settle(page)
    expect(page.locator("h1")).to_have_text("新一代訂單履約平台")
    expect(page.locator(".heng-facts")).to_contain_text("0.74")
    late = page.locator(".heng-tasks tbody tr").first
    expect(late).to_contain_text("延遲完成")
    expect(late).to_contain_text("項目任務_2026.xlsx")


def test_a_choice_of_tasks_is_kept_in_the_address_and_by_a_reload(server, visits):
    page = visits.sign_in(server, "management", "/project?period=2026-10&project=PJ-2510")
    page.locator("#show-milestones").click()
    expect(page).to_have_url(re.compile("show=milestones"))
    page.reload()
    settle(page)
    expect(page.locator("#show-milestones")).to_have_attribute("aria-current", "true")
    expect(page.locator(".heng-tasks tbody tr")).to_have_count(7)


def test_the_chart_is_described_in_words(server, visits):
    path = "/project?period=2026-10&project=PJ-2510"
    page = visits.sign_in(server, "management", path, language="en")
    chart = page.locator("[data-testid=stPlotlyChart]")
    expect(chart).to_be_visible()
    said = page.get_by_label(re.compile("5.2M planned, 3.8M done, 5.6M spent"))
    expect(said.first).to_be_attached()


def test_two_heads_each_see_their_own_projects(server, visits):
    head = visits.sign_in(server, "sales-head", "/projects?period=2026-10&show=all")
    everyone = visits.sign_in(server, "management", "/projects?period=2026-10&show=all")
    expect(everyone.locator(".heng-list")).to_contain_text("新一代訂單履約平台")
    expect(head.locator(".heng-list")).to_contain_text("2026年度銷售部重點工作")
    expect(head.locator(".heng-list")).not_to_contain_text("新一代訂單履約平台")
    head.goto("/project?period=2026-10&project=PJ-2510")
    settle(head)
    expect(head.locator("h1")).to_have_text("您無權查看此頁")
