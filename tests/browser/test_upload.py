"""Uploading, declaring and undoing, as operators do it: on a server of this file's own."""

import re
import shutil
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Download, Locator, Page, expect

from data.accounts import Account, create_account
from data.home import open_home
from data.warehouse import Warehouse
from loaders.sample import WORKBOOKS
from tests.browser.conftest import settle
from tests.server import Server, running

ORDERS = WORKBOOKS / "銷售訂單_2026-Q4.xlsx"
SCORECARD = "/department?department=sales&period=2026-10"
AMOUNT = 12
"""The column of the amount in the sample's orders."""


@pytest.fixture(scope="module")
def server(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The sample company with two operators."""
    home = tmp_path_factory.mktemp("intake") / "home"
    shutil.copytree(sample_home, home)
    warehouse = Warehouse.open(open_home(home))
    second = Account(
        login="second",
        name="第二位",
        email=None,
        language="zh-Hant",
        role="operations",
        department_id="operations",
        employee_id=None,
    )
    create_account(warehouse, second, "sample-second")
    warehouse.close()
    with running(home) as started:
        yield started


@pytest.fixture
def orders(tmp_path):
    """Writes the sample's orders of the last quarter with other amounts in the given rows."""

    def written(name: str, amounts: dict[int, object]) -> Path:
        book = openpyxl.load_workbook(ORDERS)
        for row, amount in amounts.items():
            book.worksheets[0].cell(row, AMOUNT).value = amount
        book.save(tmp_path / name)
        return tmp_path / name

    return written


def hand_over(page: Page, *files: Path) -> None:
    page.set_input_files("[data-testid=stFileUploader] input[type=file]", files)


def card(page: Page, name: str) -> Locator:
    return page.locator("[class*=st-key-job-]").filter(has_text=name)


def load(page: Page, name: str) -> None:
    card(page, name).get_by_role("button", name="載入", exact=True).click()
    expect(card(page, name)).to_contain_text("✔ 已載入")


def put_away(page: Page, name: str) -> None:
    card(page, name).get_by_role("button", name="收起").click()
    expect(card(page, name)).to_have_count(0)


def scorecard(page: Page) -> list[str]:
    """The values of the sales department's indicators."""
    page.goto(SCORECARD)
    settle(page)
    expect(page.locator(".heng-lines").first).to_be_visible()
    return page.locator(".heng-lines td.heng-number b").all_inner_texts()


def loaded_files(page: Page) -> Locator:
    page.goto("/readiness?show=files")
    settle(page)
    return page.locator(".heng-list tbody tr")


def delivery(page: Page, dataset: str, month: str) -> Locator:
    page.goto(f"/readiness?month={month}")
    settle(page)
    return page.locator(".heng-list tbody tr").filter(has_text=dataset).first


def workbook(download: Download) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(download.path().read_bytes()))


def test_a_corrected_workbook_changes_the_scorecard_and_undo_restores_it(server, visits, orders):
    page = visits.sign_in(server, "operations")
    before = scorecard(page)
    page.goto("/upload")
    hand_over(page, orders("更正.xlsx", {2: 9_000_000}))
    expect(card(page, "更正.xlsx")).to_contain_text("→ 可以載入")
    expect(card(page, "更正.xlsx")).to_contain_text("變更 1 列、492 列不變")
    expect(card(page, "更正.xlsx")).to_contain_text(re.compile(r"35,000\.00.*9,000,000\.00", re.S))
    assert scorecard(page) == before
    page.goto("/upload")
    load(page, "更正.xlsx")
    after = scorecard(page)
    assert after != before

    loaded_files(page).first.get_by_role("link", name="復原").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("1 列恢復為先前檔案的內容")
    expect(dialog).to_contain_text("492 列維持不變")
    dialog.get_by_role("button", name="復原", exact=True).click()
    expect(page.locator(".heng-list tbody tr").first).to_contain_text("已復原")
    assert scorecard(page) == before


def test_a_faulty_workbook_shows_where_its_faults_are_and_changes_nothing(server, visits, orders):
    page = visits.sign_in(server, "operations")
    before, files = scorecard(page), loaded_files(page).first.inner_text()
    page.goto("/upload")
    hand_over(page, orders("有錯 <b>_[x](y).xlsx", {4: "一百", 7: "二百"}))
    found = card(page, "有錯 <b>_[x](y).xlsx")
    expect(found).to_contain_text("✖ 未載入")
    expect(found).to_contain_text("任何數字都沒有變")
    expect(found).to_contain_text("2 個錯誤")
    for cell, words in (("L4", "「一百」不是金額"), ("L7", "「二百」不是金額")):
        row = found.locator("tbody tr").filter(has_text=words)
        expect(row).to_contain_text(cell)
        expect(row).to_contain_text("銷售訂單")
        expect(row).to_contain_text("銷售金額")
    expect(found.get_by_role("button", name="載入", exact=True)).to_have_count(0)
    with page.expect_download() as download:
        found.get_by_role("link", name="下載清單").click()
    listed = workbook(download.value).active
    assert [row[2].value for row in listed.iter_rows(min_row=2, max_row=3)] == ["L4", "L7"]
    put_away(page, "有錯 <b>_[x](y).xlsx")
    assert scorecard(page) == before
    assert loaded_files(page).first.inner_text() == files


def test_a_reload_in_the_middle_loses_nothing(server, visits, orders):
    page = visits.sign_in(server, "operations", "/upload")
    hand_over(page, orders("重新整理.xlsx", {3: 1_000_001}))
    expect(card(page, "重新整理.xlsx")).to_be_visible()
    page.reload()
    expect(card(page, "重新整理.xlsx")).to_contain_text("可以載入")
    expect(page).to_have_url(re.compile(r"[?&]job=[0-9a-f]{32}"))
    page.goto("/risks")
    settle(page)
    page.goto("/upload")
    expect(card(page, "重新整理.xlsx")).to_contain_text("可以載入")
    card(page, "重新整理.xlsx").get_by_role("button", name="捨棄").click()
    expect(card(page, "重新整理.xlsx")).to_have_count(0)
    page.reload()
    settle(page)
    expect(card(page, "重新整理.xlsx")).to_have_count(0)


def test_a_double_click_loads_once(server, visits, orders):
    page = visits.sign_in(server, "operations", "/upload")
    hand_over(page, orders("連按.xlsx", {5: 1_000_002}))
    button = card(page, "連按.xlsx").get_by_role("button", name="載入", exact=True)
    button.dblclick()
    expect(card(page, "連按.xlsx")).to_contain_text("✔ 已載入")
    put_away(page, "連按.xlsx")
    assert loaded_files(page).filter(has_text="連按.xlsx").count() == 1


def test_the_same_file_again_names_the_load_it_came_in(server, visits):
    page = visits.sign_in(server, "operations", "/upload")
    hand_over(page, WORKBOOKS / "客戶資料.xlsx")
    found = card(page, "客戶資料.xlsx")
    expect(found).to_contain_text("先前已載入")
    expect(found).to_contain_text(re.compile("第 \\d+ 號，許婉妤"))
    expect(found.get_by_role("button", name="載入", exact=True)).to_have_count(0)
    put_away(page, "客戶資料.xlsx")


def test_two_operators_at_once_each_load_their_own(server, visits, orders):
    one = visits.sign_in(server, "operations", "/upload")
    other = visits.sign_in(server, "second", "/upload")
    hand_over(one, orders("甲的.xlsx", {6: 1_000_003}))
    hand_over(other, orders("乙的.xlsx", {8: 1_000_004}))
    expect(card(one, "甲的.xlsx")).to_contain_text("可以載入")
    expect(card(other, "乙的.xlsx")).to_contain_text("可以載入")
    one.reload()
    expect(one.locator(".heng-others")).to_contain_text("乙的.xlsx")
    expect(card(one, "乙的.xlsx")).to_have_count(0)
    for page, name in ((one, "甲的.xlsx"), (other, "乙的.xlsx")):
        card(page, name).get_by_role("button", name="載入", exact=True).click()
    for page, name in ((one, "甲的.xlsx"), (other, "乙的.xlsx")):
        expect(card(page, name)).to_contain_text("✔ 已載入")
        put_away(page, name)
    files = loaded_files(one)
    expect(files.filter(has_text="甲的.xlsx")).to_contain_text("許婉妤")
    expect(files.filter(has_text="乙的.xlsx")).to_contain_text("第二位")


def test_several_checked_files_are_loaded_together(server, visits, orders):
    page = visits.sign_in(server, "operations", "/upload")
    names = ["一.xlsx", "二.xlsx"]
    hand_over(page, *(orders(name, {9 + i: 1_000_005 + i}) for i, name in enumerate(names)))
    page.get_by_role("button", name="全部載入（2 個已檢查的檔案）").click()
    for name in names:
        expect(card(page, name)).to_contain_text("✔ 已載入")
    page.get_by_role("button", name=re.compile("收起 \\d+ 個已完成的檔案")).click()
    for name in names:
        expect(card(page, name)).to_have_count(0)


def test_nothing_for_a_department_is_declared_with_a_reason(server, visits):
    page = visits.sign_in(server, "operations")
    row = delivery(page, "服務工單", "2026-07")
    expect(row).to_contain_text("▲ 部分")
    expect(row).to_contain_text("客服部還沒交")
    row.get_by_role("link", name="申報本月無資料").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="確定申報").click()
    expect(dialog.get_by_role("alert")).to_contain_text("請填寫原因")
    dialog.get_by_role("textbox").fill("系統更換，七月沒有工單")
    dialog.get_by_role("button", name="確定申報").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    row = delivery(page, "服務工單", "2026-07")
    expect(row).to_contain_text("✔ 齊全")
    expect(row).to_contain_text("客服部申報無資料：系統更換，七月沒有工單")


def test_a_month_without_anything_is_declared_and_taken_back(server, visits):
    page = visits.sign_in(server, "operations")
    row = delivery(page, "銷售訂單", "2026-11")
    expect(row).to_contain_text("未到期")
    row.get_by_role("link", name="申報本月無資料").click()
    page.get_by_role("dialog").get_by_role("textbox").fill("停業一個月")
    page.get_by_role("dialog").get_by_role("button", name="確定申報").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    row = delivery(page, "銷售訂單", "2026-11")
    expect(row).to_contain_text("○ 已申報無")
    row.get_by_role("link", name="撤回").click()
    page.get_by_role("dialog").get_by_role("button", name="撤回").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(delivery(page, "銷售訂單", "2026-11")).to_contain_text("未到期")


def test_originals_come_back_as_they_were_sent_but_ratings_do_not(server, visits):
    page = visits.sign_in(server, "management", "/readiness?show=files&dataset=risks")
    row = page.locator(".heng-list tbody tr").filter(has_text="風險登記冊_2026.xlsx")
    with page.expect_download() as download:
        row.get_by_role("link", name="下載原檔").click()
    assert download.value.suggested_filename == "風險登記冊_2026.xlsx"
    sent = (WORKBOOKS / "風險登記冊_2026.xlsx").read_bytes()
    assert sha256(download.value.path().read_bytes()).digest() == sha256(sent).digest()
    page.goto("/readiness?show=files&dataset=appraisal_ratings")
    settle(page)
    ratings = page.locator(".heng-list tbody tr")
    expect(ratings.first).to_contain_text("原檔含個人資料，不開放")
    expect(page.get_by_role("link", name="下載原檔")).to_have_count(0)
    expect(page.get_by_role("link", name="復原")).to_have_count(0)


def test_a_template_can_be_fetched_and_filled_in(server, visits):
    page = visits.sign_in(server, "operations", "/upload")
    page.get_by_role("button", name="空白範本").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="銷售訂單").click()
    assert download.value.suggested_filename == "範本 銷售訂單.xlsx"
    book = workbook(download.value)
    assert book.worksheets[0].title == "銷售訂單"
