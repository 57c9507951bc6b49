import pyarrow as pa
import pytest

from loaders.check import check, part_table
from loaders.locate import recognised_table
from loaders.problem import Problem
from loaders.raw import RawSheet
from loaders.recognise import recognise
from loaders.tabulate import tabulate

ORDERS = ["訂單編號", "訂單日期", "交貨日期", "銷售金額"]
GOOD = ["S1", "2026-03-01", "2026-03-05", "10.5"]


def read(*rows, sheet="三月", first_row=1, unknown=()):
    """A sheet of rows that are all equally long, recognised and converted."""
    width = max(map(len, rows))
    filled = [[*row, *[None] * (width - len(row))] for row in rows]
    raw = RawSheet(name=sheet, rows=filled, first_row=first_row)
    header = recognise(raw.rows).header
    return tabulate(
        raw,
        recognised_table(raw, header, "f.xlsx"),
        file="f.xlsx",
        mapping=None,
        unknown=unknown,
    )


def problems_of(*rows, **more):
    part, problems = read(*rows, **more)
    return [*problems, *check([part])]


def places(problems, severity="error"):
    return [(one.code, one.cell()) for one in problems if one.severity == severity]


def test_good_rows_have_no_problem():
    assert problems_of(ORDERS, GOOD, ["S2", "2026-03-02", None, 3]) == []


def test_a_missing_required_value_is_addressed_as_excel_shows_it():
    rows = (["銷售訂單"], [None], ORDERS, GOOD, ["S2", None, None, "  "])
    assert places(problems_of(*rows)) == [("MISSING_VALUE", "B5"), ("MISSING_VALUE", "D5")]


def test_a_wrong_value_is_one_problem_and_not_a_missing_value_too():
    found = problems_of(ORDERS, ["S1", "soon", None, "about ten"])
    assert places(found) == [("BAD_DATE", "B2"), ("BAD_NUMBER", "D2")]


def test_every_problem_of_a_sheet_is_listed_at_once():
    rows = [[f"S{number}", "soon", None, "1"] for number in range(30)]
    assert len(places(problems_of(ORDERS, *rows))) == 30


def test_a_key_that_stands_twice_names_both_rows():
    found = problems_of(ORDERS, GOOD, ["S2", *GOOD[1:]], GOOD)
    assert places(found) == [("DUPLICATE_KEY", "A4")]
    assert dict(found[0].facts) == {"key": "S1", "rows": "2, 4"}


def test_a_key_that_stands_on_two_sheets_names_both():
    first, _ = read(ORDERS, GOOD, sheet="一月")
    second, _ = read(ORDERS, ["S0", *GOOD[1:]], GOOD, sheet="二月")
    found = list(check([first, second]))
    assert dict(found[0].facts)["rows"] == "一月!2, 二月!3"


def test_a_missing_key_is_missing_and_not_twice():
    rows = (ORDERS, [None, *GOOD[1:]], [None, *GOOD[1:]])
    assert places(problems_of(*rows)) == [("MISSING_VALUE", "A2"), ("MISSING_VALUE", "A3")]


def test_a_check_of_the_contract_names_the_row_and_the_values():
    found = problems_of(ORDERS, GOOD, ["S2", "2026-03-02", "2026-03-01", 3])
    assert places(found, "warning") == [("CHECK_FAILED", "B3")]
    assert found[0].found == "2026-03-02 · 2026-03-01"
    assert "before the order" in str(found[0])


def test_a_check_that_is_an_error_refuses():
    header = ["評分", "滿分", "問卷編號", "調查日期", "調查主題"]
    found = problems_of(header, ["6", "5", "Q1", "2026-03-01", "客戶服務"])
    assert places(found) == [("CHECK_FAILED", "A2")]


def test_unknown_columns_are_one_warning_that_lists_them():
    found = problems_of([*ORDERS, "備註", "顏色", None], [*GOOD, "n", None, "x"])
    assert places(found, "warning") == [("UNKNOWN_COLUMN", "E1")]
    assert dict(found[0].facts)["headers"] == "備註, 顏色, (G)"


def test_an_unnamed_column_without_values_is_nothing():
    assert problems_of([*ORDERS, None], [*GOOD, None]) == []


def test_a_missing_required_column_is_said_and_the_rest_is_still_checked():
    found = problems_of(["訂單編號", "訂單日期", "客戶編號", "數量"], ["S1", "soon", "C1", "2"])
    assert places(found) == [("MISSING_COLUMN", "row 1"), ("BAD_DATE", "B2")]
    assert found[0].header == "銷售金額 / 销售金额 / Amount"


def test_two_headers_of_one_name_are_a_problem():
    found = problems_of([*ORDERS, "銷售金額 "], [*GOOD, "11"])
    assert places(found) == [("DUPLICATE_HEADER", "E1")]
    assert dict(found[0].facts) == {"columns": "D, E"}


def test_totals_and_notes_are_left_out_with_a_warning_that_names_their_rows():
    found = problems_of(
        ORDERS, GOOD, ["合計", None, None, "10.5"], [None], ["製表人：王五", None, None, None]
    )
    assert [(one.code, dict(one.facts)["rows"]) for one in found] == [
        ("TOTALS_SKIPPED", "3"),
        ("NOTES_SKIPPED", "5"),
    ]


def test_an_error_cell_in_the_table_is_a_problem_and_elsewhere_is_not():
    def unknown(cell_row, column):
        return Problem(
            code="EXCEL_ERROR",
            file="f.xlsx",
            sheet="三月",
            row=cell_row,
            column=column,
            found="#N/A",
        )

    rows = ([*ORDERS, "備註"], [*GOOD[:3], None, None])
    found = problems_of(*rows, unknown=[unknown(2, "D"), unknown(2, "E"), unknown(9, "D")])
    assert places(found) == [("EXCEL_ERROR", "D2")]


@pytest.mark.parametrize(
    ("title", "header", "amount"),
    [
        ("銷售訂單", "銷售金額（萬元）", "105000.0000"),
        ("單位：萬元", "銷售金額", "105000.0000"),
        ("單位：萬元", "銷售金額（元）", "10.5000"),
        ("銷售訂單", "銷售金額（元）", "10.5000"),
    ],
)
def test_the_unit_of_the_header_counts_before_that_of_the_title(title, header, amount):
    part, problems = read([title], [*ORDERS[:3], header], GOOD)
    assert [str(value) for value in part.values["amount"].to_pylist()] == [amount]
    assert [one.code for one in problems] == (["UNIT_APPLIED"] if amount == "105000.0000" else [])


def test_rows_keep_their_sheet_and_number():
    part, _ = read([None], ORDERS, GOOD, [None], ["S2", *GOOD[1:]], sheet="三月")
    table = part_table(part)
    assert table["row_number"].to_pylist() == [3, 5]
    assert table["sheet"].to_pylist() == ["三月", "三月"]
    assert table.schema.field("amount").type == pa.decimal128(18, 4)


def test_an_unlikely_month_is_a_warning():
    found = problems_of(ORDERS, GOOD, ["S2", "1999-03-01", None, 3])
    assert [(one.code, one.severity, one.cell()) for one in found] == [
        ("OUT_OF_RANGE", "warning", "B3")
    ]


def test_a_templates_example_row_refuses():
    found = problems_of(ORDERS, ["示例", "2026-03-01", None, 3], GOOD)
    assert places(found) == [("SAMPLE_ROW", "A2")]


def test_a_percent_sign_in_the_header_makes_bare_numbers_percentages():
    header = ["任務編號", "項目編號", "負責部門", "截止日期", "完成百分比（%）"]
    part, _ = read(
        header, ["T1", "P1", "銷售部", "2026-03-01", 1], ["T2", "P1", "銷售部", "2026-03-01", 50]
    )
    assert [str(value) for value in part.values["percent_complete"].to_pylist()] == [
        "0.010000",
        "0.500000",
    ]
