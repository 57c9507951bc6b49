import pytest

from data.contract import contracts
from data.language import LANGUAGES
from loaders.recognise import recognise

EMPLOYEES = ["員工編號", "姓名", "部門", "入職日期"]


def test_a_header_is_found_under_title_rows_blank_rows_and_a_blank_column():
    rows = [
        [None, "員工名冊", None, None, None],
        [None, None, None, None, None],
        [None, "列印日期：2026-04-01", None, None, None],
        [None, *EMPLOYEES],
        [None, "E1", "張三", "銷售部", "2020-01-15"],
    ]
    header = recognise(rows).header
    assert header is not None
    assert (header.dataset, header.row) == ("employees", 3)
    assert dict(header.columns) == {"emp_id": 1, "name": 2, "dept": 3, "hire_date": 4}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("dataset", contracts())
def test_every_dataset_is_recognised_by_its_headers_in_every_language(dataset, language):
    columns = contracts()[dataset].columns
    header = recognise([[column.names[language] for column in columns.values()]]).header
    assert header is not None
    assert header.dataset == dataset
    assert list(header.columns) == list(columns)


def test_an_own_name_beats_a_further_spelling_of_the_same_column():
    header = recognise([["訂單編號", "日期", "訂單日期", "銷售金額"]]).header
    assert header is not None
    assert header.columns["order_date"] == 2
    assert not header.duplicates


def test_two_headers_of_one_name_are_duplicates():
    header = recognise([["訂單編號", "訂單日期", "銷售金額", "銷售金額 "]]).header
    assert header is not None
    assert dict(header.duplicates) == {"amount": (2, 3)}


def test_the_lower_of_two_header_rows_counts_and_cells_merged_down_keep_their_name():
    rows = [
        ["訂單編號", "訂單日期", "金額", None],
        [None, None, "銷售金額", "成本"],
        ["S1", "2026-01-05", 5, 3],
    ]
    header = recognise(rows).header
    assert header is not None
    assert (header.row, header.depth) == (1, 2)
    assert dict(header.columns) == {"order_id": 0, "order_date": 1, "amount": 2, "cost": 3}


def test_a_group_and_its_columns_make_one_header_where_that_is_a_known_name():
    rows = [
        ["項目編號", "項目名稱", "主責部門", "實際", None],
        [None, None, None, "完成日期", "備註"],
    ]
    header = recognise(rows).header
    assert header is not None
    assert header.columns["actual_end"] == 3


def test_a_missing_required_column_is_named_where_the_rest_is_plain():
    header = recognise([["訂單編號", "訂單日期", "客戶編號", "數量"]]).header
    assert header is not None
    assert (header.dataset, header.missing) == ("sales_orders", ("amount",))
    assert header.confidence == 0


def test_a_quite_different_table_is_not_recognised_and_says_what_it_is_near():
    found = recognise([["日期", "上班", "下班"], ["2026-03-01", "09:00", "18:00"]])
    assert found.header is None
    assert found.nearest is not None
    assert found.nearest.dataset == "sales_orders"


def test_a_cover_sheet_is_not_recognised():
    assert recognise([["請按模板填寫"], ["填表人", "王五"]]).header is None


TIE = [["月份", "部門", "目標層級", "團隊", "科目"]]


def test_a_tie_is_a_question():
    found = recognise(TIE)
    assert found.header is None
    assert set(found.rivals) == {"budget_costs", "sales_targets"}


def test_the_name_of_the_sheet_answers_a_tie():
    header = recognise(TIE, hint="銷售目標 2026").header
    assert header is not None
    assert header.dataset == "sales_targets"


def test_a_dataset_that_was_said_is_looked_for_alone():
    header = recognise([["客戶編號", "客戶名稱", "團隊"]], dataset="customers").header
    assert header is not None
    assert header.dataset == "customers"
