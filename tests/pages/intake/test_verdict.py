from pages.intake import verdict
from tests.loaders.workbook import ORDERS, order, write_orders, write_workbook


def test_a_checked_sheet_says_what_it_holds_and_what_would_change(english, report_of, tmp_path):
    path = write_orders(tmp_path / "a.xlsx", order(1, 10), order(2, 20, "2026-03-31"))
    html = verdict.sheets(report_of(path))
    assert "Sales orders" in html
    assert "headers in row 2" in html
    assert "1 Mar 2026 – 31 Mar 2026" in html
    assert '<td data-title="New" class="heng-number"><b>2</b></td>' in html


def test_a_refused_sheet_claims_no_change(english, report_of, tmp_path):
    path = write_orders(tmp_path / "a.xlsx", order(1, "ten"))
    html = verdict.sheets(report_of(path))
    assert "1 row read" in html
    assert "New" not in html


def test_a_sheet_nobody_knows_is_said_to_be_left_out(english, report_of, tmp_path):
    path = write_workbook(
        tmp_path / "a.xlsx",
        ("訂單", [ORDERS, order(1, 10)]),
        ("Notes", [["thing", "other"], ["訂單日期", 2]]),
    )
    html = verdict.sheets(report_of(path))
    assert "<b>Notes</b> Not recognised, not read" in html


def test_names_of_sheets_are_no_markup(english, report_of, tmp_path):
    path = write_orders(tmp_path / "a.xlsx", order(1, 10), sheet="<img src=x>")
    html = verdict.sheets(report_of(path))
    assert "<img" not in html
    assert "&lt;img src=x&gt;" in html
