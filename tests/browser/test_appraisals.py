"""Appraisal results in a real browser, on the sample company."""

import re
from io import BytesIO

import openpyxl
from playwright.sync_api import expect

from tests.browser.conftest import settle

QUARTER = "/appraisals?period=2026-Q3"


def test_the_employee_unqualified_twice_in_a_row_is_recommended_for_coaching(server, visits):
    page = visits.sign_in(server, "management", QUARTER)
    recommended = page.locator(".heng-recommended")
    expect(recommended).to_contain_text("游家祥")
    expect(recommended).to_contain_text("由人聽取當事人意見後作出決定")
    recommended.get_by_role("link").click()
    expect(page.locator("h1")).to_have_text("游家祥")


def test_a_grade_lists_its_people(server, visits):
    page = visits.sign_in(server, "management", QUARTER)
    page.locator("#grade-unqualified").click()
    expect(page.locator(".heng-list tbody tr")).to_have_count(1)
    expect(page.locator(".heng-list tbody tr")).to_contain_text("游家祥")
    expect(page).to_have_url(re.compile("grade=unqualified"))


def test_a_person_is_found_by_name(server, visits):
    page = visits.sign_in(server, "management", QUARTER)
    box = page.get_by_label("尋找人員")
    box.fill("E1073")
    box.press("Enter")
    expect(page.locator(".heng-list tbody tr")).to_have_count(1)


def test_two_people_download_the_summaries_of_what_each_may_see(server, visits):
    listed = {}
    for login in ("management", "sales-head"):
        page = visits.sign_in(server, login, QUARTER)
        address = page.locator("a.heng-download").get_attribute("href")
        answer = page.context.request.get(address)
        book = openpyxl.load_workbook(BytesIO(answer.body()))
        rows = book.worksheets[0].iter_rows(min_row=2, values_only=True)
        listed[login] = {row[2] for row in rows}
    assert listed["sales-head"] == {"銷售部"}
    assert len(listed["management"]) == 7


def test_an_employee_lands_on_the_own_result_and_opens_its_rows(server, visits):
    page = visits.sign_in(server, "employee", "/")
    expect(page.locator("h1")).to_have_text("我的考核")
    settle(page)
    link = page.locator(".heng-sums a").first
    link.click()
    expect(page.locator("#behind")).to_be_in_viewport()
    expect(page.locator(".heng-rows")).to_contain_text(".xlsx")
    assert page.locator(".heng-recommended").count() == 0


def test_nobody_opens_the_result_of_somebody_else(server, visits):
    for login in ("employee", "sales-head"):
        page = visits.sign_in(server, login, "/person?period=2026-Q3&employee=E1073")
        expect(page.locator("h1")).to_have_text("您無權查看此頁")
        assert "游家祥" not in page.content()
