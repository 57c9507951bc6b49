"""Cells come out of files as the files hold them."""

from datetime import date, datetime, time

import pytest
import xlsxwriter

from loaders.gate import inspect
from loaders.limits import Limits
from loaders.problem import RefusedFile
from loaders.raw import Share
from loaders.reader import read_sheets
from tests.loaders.package_parts import (
    PERCENT_STYLES,
    number_rows,
    parts,
    sheet_xml,
    write_package,
    write_sheet,
)


def sheets(path, **options):
    container = inspect(path, path.name, options.get("limits", Limits()))
    return list(read_sheets(path, container, **options))


def rows(path, **options):
    return sheets(path, **options)[0].rows


def text_file(tmp_path, content, encoding="utf-8", name="a.csv"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def refusal(path, **options):
    with pytest.raises(RefusedFile) as caught:
        sheets(path, **options)
    return caught.value.problems


@pytest.fixture
def book(tmp_path):
    return tmp_path / "book.xlsx"


def test_cells_keep_their_kind(book):
    with xlsxwriter.Workbook(str(book)) as workbook:
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        minute = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        hour = workbook.add_format({"num_format": "hh:mm"})
        sheet = workbook.add_worksheet("三月")
        sheet.write_row(0, 0, ["000123", 12.5, 7])
        sheet.write_boolean(0, 3, True)
        sheet.write_datetime(0, 4, datetime(2026, 3, 1), day)
        sheet.write_datetime(0, 5, datetime(2026, 3, 1, 18, 5), minute)
        sheet.write_number(0, 6, 0.375, hour)
    (sheet,) = sheets(book)
    assert sheet.name == "三月"
    assert sheet.rows == [
        ["000123", 12.5, 7.0, True, date(2026, 3, 1), datetime(2026, 3, 1, 18, 5), time(9)]
    ]


def test_rows_start_at_the_first_row_and_at_column_a(book):
    with xlsxwriter.Workbook(str(book)) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write(2, 2, "x")
        sheet.write(3, 3, 5)
    (sheet,) = sheets(book)
    assert sheet.first_row == 1
    assert sheet.rows == [[None] * 4, [None] * 4, [None, None, "x", None], [None, None, None, 5.0]]


def test_empty_texts_are_empty_cells(book):
    write_sheet(book, '<row r="1"><c r="A1" t="str"><v></v></c><c r="B1"><v>1</v></c></row>')
    assert rows(book) == [[None, 1.0]]


def test_rows_below_the_last_value_are_left_out(book):
    styled = "".join(f'<row r="{r}"><c r="A{r}" s="0"/></row>' for r in range(4, 5000))
    write_sheet(book, number_rows(3) + styled)
    assert len(rows(book)) == 3


def test_rows_out_of_order_are_all_there(book):
    write_sheet(book, number_rows(1, 1, first=3) + number_rows(1, 1, first=1))
    assert rows(book) == [[1.0], [None], [3.0]]


def test_a_dimension_that_lies_loses_no_rows(book):
    sheet = sheet_xml(number_rows(6, 1), before='<dimension ref="A1"/>')
    write_package(book, parts(sheet))
    assert len(rows(book)) == 6


def test_a_stray_cell_does_not_stretch_the_sheet(book):
    write_sheet(book, number_rows(5) + '<row r="900000"><c r="A900000"><v>1</v></c></row>')
    assert len(rows(book)) == 5


def test_hidden_sheets_say_so(book):
    members = parts(sheet_xml(number_rows(1)), sheet_xml(""), states=["", ' state="hidden"'])
    write_package(book, members)
    assert [sheet.hidden for sheet in sheets(book)] == [False, True]


def test_merged_ranges_are_told_as_excel_counts_rows(book):
    with xlsxwriter.Workbook(str(book)) as workbook:
        workbook.add_worksheet().merge_range("B2:C4", "x")
    assert sheets(book)[0].merged == ((2, 1, 4, 2),)


def test_percentages_are_marked_as_shares(book):
    row = '<row r="2"><c r="A2" s="1"><v>0.85</v></c><c r="B2"><v>85</v></c></row>'
    write_sheet(
        book, '<row r="1"><c r="A1" t="str"><v>率</v></c></row>' + row, styles=PERCENT_STYLES
    )
    _, (share, number) = rows(book)
    assert isinstance(share, Share)
    assert share == 0.85
    assert not isinstance(number, Share)


def test_an_index_without_its_text_is_damage(book):
    write_sheet(book, '<row r="1"><c r="A1" t="s"><v>9</v></c></row>')
    (problem,) = refusal(book)
    assert (problem.code, problem.sheet) == ("NOT_READABLE", "Sheet1")


def test_a_text_that_is_too_long_is_named_with_its_cell(book):
    row = f'<row r="2"><c r="B2" t="str"><v>{"x" * 40_000}</v></c></row>'
    write_sheet(book, row)
    (problem,) = refusal(book)
    assert (problem.code, problem.cell()) == ("TEXT_TOO_LONG", "B2")
    assert len(problem.found) == 80


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("gb18030", "gb18030"),
    ],
)
def test_simplified_chinese_is_read_in_any_of_its_encodings(tmp_path, encoding, told):
    path = text_file(tmp_path, "部门,姓名,金额\n客服部,张三,5\n", encoding)
    (sheet,) = sheets(path)
    assert sheet.rows == [["部门", "姓名", "金额"], ["客服部", "张三", "5"]]
    assert sheet.encoding == told


@pytest.mark.parametrize("encoding", ["big5", "gbk", "utf-8"])
def test_traditional_chinese_is_read_in_any_of_its_encodings(tmp_path, encoding):
    path = text_file(tmp_path, "訂單編號,銷售金額\nA1,5\n", encoding)
    assert rows(path)[0] == ["訂單編號", "銷售金額"]


def test_western_characters_are_read(tmp_path):
    path = text_file(tmp_path, "name,cost\nCafé,£5\nZoë,£7\n", "cp1252")
    assert rows(path)[1] == ["Café", "£5"]


def test_a_file_in_two_encodings_is_refused_with_the_first_byte(tmp_path):
    path = text_file(tmp_path, "姓名,金额\n".encode() * 3 + "销售部,客服部\n".encode("gbk") * 3)
    (problem,) = refusal(path)
    assert problem.code == "ENCODING"
    assert dict(problem.facts)["offset"] == "42"


def test_a_given_encoding_is_used_or_refused(tmp_path):
    path = text_file(tmp_path, "姓名\n张三\n".encode("gbk"))
    assert rows(path, encoding="gb18030") == [["姓名"], ["张三"]]
    assert refusal(path, encoding="utf-8")[0].code == "ENCODING"


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_delimiter_shows_in_the_fields(tmp_path, mark):
    path = text_file(tmp_path, f"a{mark}b{mark}c\n1{mark}2{mark}3\n")
    (sheet,) = sheets(path)
    assert sheet.rows == [["a", "b", "c"], ["1", "2", "3"]]
    assert sheet.delimiter == mark


def test_commas_within_numbers_do_not_beat_the_delimiter(tmp_path):
    assert rows(text_file(tmp_path, "a;b\n1,5;2,5\n3,5;4,5\n")) == [
        ["a", "b"],
        ["1,5", "2,5"],
        ["3,5", "4,5"],
    ]


def test_a_declared_delimiter_counts_and_is_no_row(tmp_path):
    assert rows(text_file(tmp_path, "sep=;\na;b\n1;2\n")) == [["a", "b"], ["1", "2"]]


def test_a_given_delimiter_counts(tmp_path):
    assert rows(text_file(tmp_path, "a,b|c\n1,2|3\n"), delimiter="|") == [
        ["a,b", "c"],
        ["1,2", "3"],
    ]


def test_numbers_in_text_files_stay_text(tmp_path):
    assert rows(text_file(tmp_path, "id,n\n000123,1.50\n"))[1] == ["000123", "1.50"]


def test_fields_may_hold_line_ends_and_delimiters(tmp_path):
    assert rows(text_file(tmp_path, 'a,b\n"x\ny, z",1\n')) == [["a", "b"], ["x\ny, z", "1"]]


def test_blank_lines_keep_their_number(tmp_path):
    assert rows(text_file(tmp_path, "a,b\n\n,\n1,2\n\n")) == [
        ["a", "b"],
        [None, None],
        [None, None],
        ["1", "2"],
    ]


def test_titles_above_the_table_may_be_shorter(tmp_path):
    assert rows(text_file(tmp_path, "銷售報表\n\na,b\n1,2\n3,4\n"))[0] == ["銷售報表", None]


@pytest.mark.parametrize("line", ["1,2", "1,2,3,4"])
def test_a_line_of_another_width_is_refused_with_its_number(tmp_path, line):
    (problem,) = refusal(text_file(tmp_path, f"a,b,c\n1,2,3\n{line}\n1,2,3\n"))
    assert (problem.code, problem.row) == ("CSV_STRUCTURE", 3)
    assert "the table has 3" in str(problem)


def test_all_lines_of_another_width_are_told_at_once(tmp_path):
    problems = refusal(text_file(tmp_path, "a,b,c\n1\n1,2,3\n1,2\n1,2,3\n1,2,3\n"))
    assert [problem.row for problem in problems] == [2, 4]


def test_a_quote_that_does_not_close_is_refused_where_it_opens(tmp_path):
    (problem,) = refusal(text_file(tmp_path, 'a,b\n1,2\n"3,4\n5,6\n'))
    assert (problem.code, problem.row) == ("CSV_STRUCTURE", 3)


def test_a_nul_character_is_refused(tmp_path):
    (problem,) = refusal(text_file(tmp_path, "a,b\n1,\x002\n"))
    assert (problem.code, problem.row) == ("CSV_STRUCTURE", 2)


def test_rows_and_columns_of_text_have_limits(tmp_path):
    path = text_file(tmp_path, "a,b\n1,2\n3,4\n")
    assert refusal(path, limits=Limits(rows=2))[0].code == "TOO_MANY_ROWS"
    assert refusal(path, limits=Limits(columns=1))[0].code == "TOO_MANY_COLUMNS"


PAGE = """<html><head><title>x</title></head><body><table>
<tr><th colspan="2">部門</th><th>金額</th></tr>
<tr><td rowspan="2">銷售部</td><td>A&amp;B</td><td> 1,234 <br> HKD</td></tr>
<tr><td>C</td><td></td></tr></table></body></html>"""


@pytest.mark.parametrize("encoding", ["utf-8", "big5", "utf-16"])
def test_tables_of_saved_pages_are_read_with_their_spans(tmp_path, encoding):
    path = text_file(tmp_path, PAGE, encoding, name="a.xls")
    assert rows(path) == [
        ["部門", None, "金額"],
        ["銷售部", "A&B", "1,234\nHKD"],
        [None, "C", None],
    ]


@pytest.mark.parametrize(
    ("name", "height", "width"),
    [
        ("easyexcel/office_bom.csv", 11, 2),
        ("sheetjs/merge_cells.xlsx", 4, 4),
        ("sheetjs/sushi.xlsx", 1, 1),
    ],
)
def test_odd_files_are_read_whole(shared, name, height, width):
    found = rows(shared / "data/weird" / name)
    assert (len(found), len(found[0])) == (height, width)


def test_dates_count_from_1904_where_the_workbook_says_so(shared):
    for _, day, shown, _ in rows(shared / "data/weird/sheetjs/1904__1904.xlsx"):
        assert day.isoformat() == shown


def test_chinese_date_formats_are_dates(shared):
    _, *cells = rows(shared / "data/weird/easyexcel/dataformat.xlsx")
    assert {row[0] for row in cells} == {datetime(2020, 1, 1, 1, 1, 1)}
