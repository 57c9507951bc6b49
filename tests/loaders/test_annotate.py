"""The marked workbook, from the sample company's files and from hostile ones."""

import zipfile
from datetime import datetime

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from loaders.annotate import ENGLISH, Words, annotate
from loaders.gate import inspect
from loaders.load import commit, read_file
from loaders.problem import Problem
from tests.loaders.package_parts import MAIN, parts, sheet_xml, write_package
from tests.loaders.sample_rows import FOLDER
from tests.loaders.workbook import ORDERS, order, write_orders, write_workbook

RED, YELLOW = "FFFFC7CE", "FFFFEB9C"


@pytest.fixture
def out(tmp_path):
    return tmp_path / "marked.xlsx"


@pytest.fixture
def mark(out):
    """A function that reads a file, marks what is wrong with it, and opens the result."""

    def mark(path, name=None, **more):
        reading = read_file(path, name=name)
        made = annotate(path, name or path.name, reading.problems, out, **more)
        return made, openpyxl.load_workbook(out)

    return mark


def broken(source, target, changes):
    """A copy of a workbook with other values in some cells of its first sheet."""
    book = openpyxl.load_workbook(source)
    for cell, value in changes.items():
        book.worksheets[-1][cell] = value
    book.save(target)
    return target


def colour(cell):
    return cell.fill.fgColor.rgb if cell.fill.patternType else None


def table_of(sheet):
    """The list's rows below its header."""
    rows = list(sheet.iter_rows(values_only=True))
    head = next(place for place, row in enumerate(rows) if row[0] == "Severity")
    return rows[head + 1 :]


@pytest.fixture(scope="module")
def staff(tmp_path_factory):
    """The sample's employees with two faults, their problems, and the marked workbook's path."""
    folder = tmp_path_factory.mktemp("staff")
    wrong = {"C5": "no such department", "H7": "soon"}
    path = broken(FOLDER / "員工名冊.xlsx", folder / "staff.xlsx", wrong)
    problems = read_file(path).problems
    made = annotate(path, "staff.xlsx", problems, folder / "marked.xlsx")
    return path, problems, made


def test_faulty_cells_are_coloured_and_say_why(staff):
    _, _, made = staff
    sheet = openpyxl.load_workbook(made.path)["員工名冊"]
    assert (made.cells, made.kept) == (2, "all")
    assert [colour(sheet[cell]) for cell in ("C5", "H7", "C6")] == [RED, RED, None]
    assert "'soon' is not a date" in sheet["H7"].comment.text
    assert sheet["C6"].comment is None


def test_values_and_formats_are_those_of_the_file(staff):
    path, _, made = staff
    before = openpyxl.load_workbook(path).worksheets[0]
    after = openpyxl.load_workbook(made.path).worksheets[1]
    assert list(after.values) == list(before.values)
    assert [cell.number_format for cell in after[7]] == [cell.number_format for cell in before[7]]
    assert (after["C5"].font.name, after["C5"].font.sz) == ("Microsoft JhengHei", 10)
    assert after.column_dimensions["B"].width == before.column_dimensions["B"].width


def test_the_first_sheet_lists_every_problem_with_a_link_to_its_cell(staff):
    sheet = openpyxl.load_workbook(staff[2].path).worksheets[0]
    rows = table_of(sheet)
    assert [(row[0], row[1], row[2], row[4]) for row in rows] == [
        ("Error", "員工名冊", "C5", "no such department"),
        ("Error", "員工名冊", "H7", "soon"),
    ]
    linked = [cell.hyperlink.location for (cell,) in sheet["C6:C8"] if cell.hyperlink]
    assert linked == ["'員工名冊'!C5", "'員工名冊'!H7"]


def test_the_corrected_workbook_loads_by_itself(warehouse, staff, tmp_path):
    good = broken(
        staff[2].path, tmp_path / "good.xlsx", {"C5": "技術部", "H7": datetime(2020, 1, 2)}
    )
    reading = read_file(good)
    assert [(sheet.name, sheet.verdict) for sheet in reading.sheets] == [("員工名冊", "table")]
    rows = read_file(FOLDER / "員工名冊.xlsx").tables[0].table.num_rows
    receipt = commit(warehouse, warehouse.home, reading, login="ops")
    assert receipt.batch.tables[0].difference.rows == rows


def test_marked_again_it_shows_what_is_still_wrong_and_nothing_else(mark, staff, tmp_path):
    half = broken(staff[2].path, tmp_path / "half.xlsx", {"C5": "技術部"})
    _, book = mark(half)
    sheet = book["員工名冊"]
    assert book.sheetnames == ["Problems", "員工名冊"]
    assert (colour(sheet["C5"]), sheet["C5"].comment) == (None, None)
    assert (colour(sheet["H7"]), sheet["H7"].comment.text.count("soon")) == (RED, 1)
    assert [row[2] for row in table_of(book.worksheets[0])] == ["H7"]


def test_an_empty_cell_that_must_be_filled_is_marked_too(mark, tmp_path):
    rows = [ORDERS, ("S1", "2026-03-01", "C1", 2, 10), (None, "2026-03-01", "C1", 2, 10)]
    _, book = mark(write_workbook(tmp_path / "a.xlsx", ("銷售訂單", rows)))
    assert colour(book["銷售訂單"]["A3"]) == RED
    assert "Fill it in." in book["銷售訂單"]["A3"].comment.text


def test_warnings_are_yellow(mark, tmp_path):
    rows = [(*ORDERS, "心情"), (*order(1, 10), "好")]
    _, book = mark(write_workbook(tmp_path / "a.xlsx", ("銷售訂單", rows)))
    assert colour(book["銷售訂單"]["F1"]) == YELLOW
    assert table_of(book.worksheets[0])[0][0] == "Warning"


def test_a_file_without_problems_says_so(mark, tmp_path):
    made, book = mark(write_orders(tmp_path / "a.xlsx", order(1, 10)))
    assert made.cells == 0
    assert book.worksheets[0]["A3"].value == "No problems were found."


def test_of_more_problems_than_are_listed_the_list_says_how_many(tmp_path, out):
    path = write_orders(tmp_path / "a.xlsx", order(1, "ten"))
    annotate(path, "a.xlsx", read_file(path).problems, out, errors=5_000, warnings=1)
    said = openpyxl.load_workbook(out).worksheets[0]["A3"].value
    assert said == "Errors: 5000. Warnings: 1. Only the first 1 are listed and marked."


def test_the_list_speaks_the_language_that_was_asked_for(staff, out):
    words = Words(
        language="zh-Hant",
        sentence=lambda problem: f"句子 {problem.code}",
        advice=lambda problem: "做法",
        expected=lambda problem: "日期",
        cell=Problem.cell,
    )
    annotate(staff[0], "staff.xlsx", staff[1], out, words=words)
    book = openpyxl.load_workbook(out)
    assert book.sheetnames[0] == "問題清單"
    last = list(book.worksheets[0].values)[-1]
    assert (last[0], last[5:]) == ("錯誤", ("日期", "句子 BAD_DATE", "做法"))
    assert "句子 BAD_DATE 做法" in book["員工名冊"]["H7"].comment.text


def test_formulas_keep_their_stored_values(mark, tmp_path):
    rows = (
        '<row r="1">'
        + "".join(_text(f"{'ABCDE'[i]}1", name) for i, name in enumerate(ORDERS))
        + '</row><row r="2">'
        + _text("A2", "S1")
        + _text("B2", "soon")
        + _text("C2", "C1")
        + '<c r="D2"><f>1+1</f><v>2</v></c><c r="E2"><f>D2*5</f><v>10</v></c></row>'
    )
    path = write_package(tmp_path / "f.xlsx", parts(sheet_xml(rows)))
    mark(path)
    marked = tmp_path / "marked.xlsx"
    formulas = openpyxl.load_workbook(marked).worksheets[1]
    values = openpyxl.load_workbook(marked, data_only=True).worksheets[1]
    assert (formulas["E2"].value, values["E2"].value) == ("=D2*5", 10)


def test_what_no_library_knows_of_is_carried_over(tmp_path, out):
    sparklines = (
        f'<extLst><ext xmlns:x14="urn:x14" uri="u"><x14:sparklineGroups>{"s" * 9}'
        "</x14:sparklineGroups></ext></extLst>"
    )
    head = "".join(_text(f"{'ABCDE'[i]}1", name) for i, name in enumerate(ORDERS))
    row = "".join(_text(f"{'ABCDE'[i]}2", text) for i, text in enumerate(order(1, "ten")))
    rows = f'<row r="1">{head}</row><row r="2">{row}</row>'
    members = parts(sheet_xml(rows, after=f'<pageMargins left="1"/>{sparklines}'))
    members |= {"xl/charts/chart1.xml": "<chart>a shape</chart>", "xl/media/logo.png": b"\x89PNG"}
    path = write_package(tmp_path / "s.xlsx", members)
    annotate(path, "s.xlsx", read_file(path).problems, out)
    with zipfile.ZipFile(out) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
        assert package.read("xl/charts/chart1.xml") == b"<chart>a shape</chart>"
        assert package.read("xl/media/logo.png") == b"\x89PNG"
    assert sparklines in sheet
    assert sheet.index("<pageMargins") < sheet.index("<legacyDrawing") < sheet.index("<extLst>")


def test_notes_and_colours_of_the_users_own_stay(mark, tmp_path):
    path = write_orders(tmp_path / "a.xlsx", order(1, "ten"), order(2, 5))
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet["E3"].comment = Comment("ask Ms Lee", "me")
    sheet["A4"].comment = Comment("mine", "me")
    sheet["A4"].fill = PatternFill("solid", fgColor="FF00FF00")
    sheet["E3"].font = Font(bold=True)
    book.save(path)
    marked = mark(path)[1].worksheets[1]
    assert marked["E3"].comment.text.startswith("ask Ms Lee\n衡 Heng\n'ten' is not")
    assert (marked["A4"].comment.text, colour(marked["A4"])) == ("mine", "FF00FF00")
    assert marked["E3"].font.bold


def test_a_note_of_ours_is_taken_from_below_the_users_own(mark, tmp_path, out):
    path = write_orders(tmp_path / "a.xlsx", order(1, "ten"), order(2, "x"))
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["E3"].comment = Comment("ask Ms Lee", "me")
    book.save(path)
    mark(path)
    half = broken(out, tmp_path / "half.xlsx", {"E3": 10})
    assert mark(half)[1].worksheets[1]["E3"].comment.text == "ask Ms Lee"


def test_names_that_belong_to_a_sheet_move_with_it(mark, tmp_path):
    path = write_orders(tmp_path / "a.xlsx", order(1, "ten"))
    book = openpyxl.load_workbook(path)
    book.worksheets[0].print_area = "A1:E3"
    book.save(path)
    assert mark(path)[1].worksheets[1].print_area == "'銷售訂單'!$A$1:$E$3"


def test_only_the_list_is_selected(staff):
    book = openpyxl.load_workbook(staff[2].path)
    assert book.active.title == "Problems"
    assert [bool(sheet.sheet_view.tabSelected) for sheet in book] == [True, False]


def test_nothing_of_the_file_becomes_a_formula(mark, tmp_path):
    path = write_orders(tmp_path / "a.xlsx", order(1, "@SUM(1)+cmd|'/c calc'!A0"))
    sheet = mark(path)[1].worksheets[0]
    found = next(cell for row in sheet for cell in row if cell.value and "cmd" in str(cell.value))
    assert (found.data_type, found.quotePrefix, found.number_format) == ("s", True, "@")


@pytest.mark.parametrize("name", ["O'Brien & <Co>", "問題清單", "Problems", "a" * 31])
def test_sheets_may_be_called_anything(tmp_path, out, name):
    path = write_orders(tmp_path / "a.xlsx", order(1, 10), sheet=name)
    problem = Problem(code="BAD_NUMBER", file="a.xlsx", sheet=name, row=3, column="E")
    annotate(path, "a.xlsx", [problem], out)
    book = openpyxl.load_workbook(out)
    assert colour(book.worksheets[1]["E3"]) == RED
    assert book.worksheets[1].title == name
    linked = [cell.hyperlink for row in book.worksheets[0] for cell in row if cell.hyperlink]
    assert linked[0].location == "'{}'!E3".format(name.replace("'", "''"))


def test_characters_that_xml_forbids_do_no_harm(tmp_path, out):
    path = write_orders(tmp_path / "a.xlsx", order(1, 10))
    problem = Problem(
        code="BAD_TEXT", file="a\x00.xlsx", sheet="銷售訂單", row=3, column="A", found="\x0b_x0041_"
    )
    annotate(path, "a\x00.xlsx", [problem], out)
    rows = table_of(openpyxl.load_workbook(out).worksheets[0])
    assert "_x0041_" in rows[0][4].replace("_x005F_", "_")
    assert inspect(out, "marked.xlsx").warnings == ()


def test_a_text_file_becomes_a_workbook_of_texts(warehouse, mark, tmp_path, out):
    path = tmp_path / "orders.csv"
    lines = [",".join(ORDERS), "S1,2026-03-01,C1,002,ten", "S2,2026-03-02,=1+1,2,20"]
    path.write_bytes("\r\n".join(lines).encode("gb18030"))
    made, book = mark(path)
    sheet = book["orders"]
    assert made.kept == "all"
    assert (sheet["D2"].value, sheet["C3"].value, sheet["C3"].data_type) == ("002", "=1+1", "s")
    assert (colour(sheet["E2"]), sheet["E2"].number_format) == (RED, "@")
    good = broken(out, tmp_path / "good.xlsx", {"E2": 10})
    receipt = commit(warehouse, warehouse.home, read_file(good), login="ops")
    assert receipt.batch.tables[0].totals["amount"] == "30.0000"


def test_a_marked_text_file_is_known_by_the_name_it_had(tmp_path, out):
    path = tmp_path / "AW_FactSalesQuota.csv"
    path.write_text("1|272|20260101|2026|1|28000|soon\n2|281|20260101|2026|1|367000|x\n")
    first = read_file(path)
    annotate(path, path.name, first.problems, out)
    second = read_file(out)
    assert first.sheets[0].tables[0].mapping == "aw_sales_quota"
    assert second.sheets[0].tables[0].mapping == "aw_sales_quota"


def test_a_page_dressed_as_a_workbook_keeps_its_values_and_the_list_says_so(mark, tmp_path):
    cells = "".join(f"<td>{text}</td>" for text in order(1, "ten"))
    head = "".join(f"<th>{name}</th>" for name in ORDERS)
    path = tmp_path / "export.xls"
    path.write_text(f"<html><table><tr>{head}</tr><tr>{cells}</tr></table></html>", "utf-8")
    made, book = mark(path)
    assert (made.kept, colour(book["table 1"]["E2"])) == ("values", RED)
    said = [str(row[0]) for row in book.worksheets[0].values]
    assert any("not its formats" in line for line in said)


def test_a_workbook_with_rows_out_of_order_keeps_its_values(tmp_path, out):
    rows = f'<row r="3">{_text("A3", "z")}</row><row r="2">{_text("A2", "y")}</row>'
    path = write_package(tmp_path / "odd.xlsx", parts(sheet_xml(rows)))
    problem = Problem(code="BAD_TEXT", file="odd.xlsx", sheet="Sheet1", row=3, column="A")
    assert annotate(path, "odd.xlsx", [problem], out).kept == "values"
    sheet = openpyxl.load_workbook(out)["Sheet1"]
    assert (sheet["A2"].value, sheet["A3"].value, colour(sheet["A3"])) == ("y", "z", RED)


def test_of_a_damaged_file_there_is_the_list_alone(mark, tmp_path):
    path = tmp_path / "broken.xlsx"
    path.write_bytes(b"PK\x03\x04 and nothing more")
    made, book = mark(path)
    assert (made.kept, len(book.sheetnames)) == ("nothing", 1)
    assert any("could not be opened" in str(row[0]) for row in book.worksheets[0].values)


def test_a_marked_workbook_passes_the_gate_without_a_word(staff):
    assert inspect(staff[2].path, "marked.xlsx").warnings == ()


def test_a_workbook_in_the_strict_dialect_is_marked_in_place(tmp_path, out):
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    links = "http://purl.oclc.org/ooxml/officeDocument/relationships"
    members = {
        name: content.replace(MAIN, strict).replace(
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships", links
        )
        for name, content in parts(sheet_xml(f'<row r="1">{_text("A1", "x")}</row>')).items()
    }
    path = write_package(tmp_path / "strict.xlsx", members)
    problem = Problem(code="BAD_TEXT", file="strict.xlsx", sheet="Sheet1", row=1, column="A")
    assert annotate(path, "strict.xlsx", [problem], out, words=ENGLISH).kept == "all"
    with zipfile.ZipFile(out) as package:
        assert strict in package.read("xl/heng_comments.xml").decode()


def _text(cell, text):
    return f'<c r="{cell}" t="inlineStr"><is><t>{text}</t></is></c>'
