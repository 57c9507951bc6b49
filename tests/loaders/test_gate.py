"""What the gate lets pass, and what it refuses, with which words."""

import struct
import zipfile

import pytest

from loaders.gate import inspect
from loaders.limits import Limits
from loaders.problem import RefusedFile
from tests.loaders.package_parts import (
    PERCENT_STYLES,
    SHEET,
    number_rows,
    parts,
    sheet_xml,
    write_package,
    write_sheet,
)

GOOD = number_rows(5)


def refusal(path, name=None, limits=None):
    with pytest.raises(RefusedFile) as caught:
        inspect(path, name or path.name, limits or Limits())
    return caught.value.problems[0]


def codes(problems):
    return [problem.code for problem in problems]


@pytest.fixture
def book(tmp_path):
    return tmp_path / "book.xlsx"


def written(path, content):
    path.write_bytes(content)
    return path


def test_an_ordinary_workbook_passes_without_a_word(book):
    container = inspect(write_sheet(book, GOOD), "book.xlsx")
    assert container.kind == "xlsx"
    assert container.warnings == ()
    assert (container.sheets[0].name, container.sheets[0].rows) == ("Sheet1", 5)
    assert container.sheets[0].columns == 3


def test_an_empty_file_is_called_empty(tmp_path):
    assert refusal(written(tmp_path / "a.xlsx", b"")).code == "EMPTY_FILE"
    assert refusal(written(tmp_path / "a.csv", b"\xef\xbb\xbf\r\n")).code == "EMPTY_FILE"


def test_a_file_above_the_size_limit_is_refused(book):
    problem = refusal(write_sheet(book, GOOD), limits=Limits(file_bytes=100))
    assert problem.code == "FILE_TOO_LARGE"
    assert "at most 100" in str(problem)


@pytest.mark.parametrize(
    ("content", "actual"),
    [
        (b"%PDF-1.7 ...", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"MZ\x90\0", "a program"),
        (b"MIME-Version: 1.0\r\n", "a web archive"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "2003",
        ),
        (b'{"a": 1}', "JSON"),
        (b"<html><body><p>Please sign in", "a web page without a table"),
        (bytes(range(256)) * 4, "no spreadsheet program"),
    ],
)
def test_a_file_of_another_kind_is_named_for_what_it_is(tmp_path, content, actual):
    problem = refusal(written(tmp_path / "a.xls", content))
    assert problem.code == "WRONG_TYPE"
    assert actual in str(problem)


@pytest.mark.parametrize(
    ("members", "actual"),
    [
        ({"word/document.xml": "<a/>"}, "a Word document"),
        ({"mimetype": "application/vnd.oasis", "content.xml": "<a/>"}, "OpenDocument"),
        ({"xl/workbook.bin": b"x"}, "binary workbook"),
        ({"readme.txt": "x"}, "a zip archive"),
    ],
)
def test_a_zip_that_is_no_xlsx_is_named_for_what_it_is(book, members, actual):
    problem = refusal(write_package(book, members))
    assert problem.code == "WRONG_TYPE"
    assert actual in str(problem)


def test_a_name_that_promises_something_else_is_a_warning(tmp_path):
    path = write_sheet(tmp_path / "book.xls", GOOD)
    container = inspect(path, "book.xls")
    assert container.kind == "xlsx"
    assert codes(container.warnings) == ["EXTENSION_MISMATCH"]


def test_text_called_xls_is_read_as_text(tmp_path):
    container = inspect(written(tmp_path / "a.xls", "部門,金額\n銷售部,5\n".encode()), "a.xls")
    assert (container.kind, codes(container.warnings)) == ("csv", ["EXTENSION_MISMATCH"])


def test_a_page_with_a_table_called_xls_is_read_as_a_page(tmp_path):
    page = b"<html><table><tr><td>5</td></tr></table></html>"
    assert inspect(written(tmp_path / "a.xls", page), "a.xls").kind == "html"


def test_a_page_that_runs_something_is_refused(tmp_path):
    page = b"<html><script>1</script><table><tr><td>5</td></tr></table></html>"
    assert refusal(written(tmp_path / "a.xls", page)).code == "ACTIVE_CONTENT"


def test_a_page_that_asks_for_a_password_is_no_table(tmp_path):
    page = b'<html><table><tr><td><input type="password"></td></tr></table></html>'
    assert refusal(written(tmp_path / "a.xls", page)).code == "WRONG_TYPE"


def test_the_refusal_of_a_password_says_how_to_remove_it(shared):
    path = shared / "data/weird/apache-poi/protected_sha512.xlsx"
    problem = refusal(path)
    assert problem.code == "PASSWORD_PROTECTED"
    assert "Encrypt with Password" in str(problem)


@pytest.mark.parametrize(
    "name", ["password.xls", "50833.xls", "xor-encryption-abc.xls", "protect.xlsx"]
)
def test_every_way_of_encrypting_is_called_a_password(shared, name):
    assert refusal(shared / "data/weird/apache-poi" / name).code == "PASSWORD_PROTECTED"


def test_a_truncated_zip_is_damaged(book):
    whole = write_sheet(book, GOOD).read_bytes()
    assert refusal(written(book, whole[: len(whole) // 2])).code == "NOT_READABLE"


def test_a_changed_byte_is_noticed(book):
    write_sheet(book, number_rows(200))
    content = bytearray(book.read_bytes())
    info = zipfile.ZipFile(book).getinfo(SHEET)
    content[info.header_offset + 30 + len(SHEET) + info.compress_size // 2] ^= 0xFF
    assert refusal(written(book, bytes(content))).code == "NOT_READABLE"


def test_a_member_that_grows_too_much_is_a_bomb(book):
    members = parts(sheet_xml(GOOD)) | {"xl/media/image1.png": b"\0" * (12 << 20)}
    problem = refusal(write_package(book, members))
    assert problem.code == "ZIP_BOMB"
    assert "200 times its packed size" in str(problem)


def test_members_too_large_together_are_a_bomb(book):
    problem = refusal(write_sheet(book, GOOD), limits=Limits(unpacked_bytes=500))
    assert problem.code == "ZIP_BOMB"


def test_a_directory_that_lies_about_a_size_is_a_bomb(book):
    write_sheet(book, number_rows(20_000))
    content = bytearray(book.read_bytes())
    entry = content.rfind(SHEET.encode()) - 46
    content[entry + 24 : entry + 28] = struct.pack("<I", 1000)
    assert refusal(written(book, bytes(content))).code == "ZIP_BOMB"


def test_members_that_share_bytes_are_a_bomb(book):
    write_sheet(book, GOOD)
    content = bytearray(book.read_bytes())
    first = content.find(b"PK\x01\x02")
    second = content.find(b"PK\x01\x02", first + 4)
    content[second + 42 : second + 46] = content[first + 42 : first + 46]
    assert refusal(written(book, bytes(content))).code == "ZIP_BOMB"


def test_too_many_parts_are_refused(book):
    members = parts(sheet_xml(GOOD)) | {f"xl/junk/{i}": "x" for i in range(50)}
    assert refusal(write_package(book, members), limits=Limits(parts=40)).code == "TOO_MANY_PARTS"


def test_two_members_of_one_name_are_refused(book):
    write_sheet(book, GOOD)
    with zipfile.ZipFile(book, "a") as package, pytest.warns(UserWarning, match="Duplicate name"):
        package.writestr(SHEET, sheet_xml(number_rows(2)))
    problem = refusal(book)
    assert problem.code == "BAD_PACKAGE"
    assert SHEET in str(problem)


@pytest.mark.parametrize("name", ["../evil.py", "/etc/cron.d/x", "..\\x", "C:\\x"])
def test_member_names_that_leave_the_package_are_refused(book, name):
    problem = refusal(write_package(book, parts(sheet_xml(GOOD)) | {name: "x"}))
    assert problem.code == "BAD_PACKAGE"


def test_a_password_on_the_zip_itself_is_called_one(book):
    content = bytearray(write_sheet(book, GOOD).read_bytes())
    entry = content.find(b"PK\x01\x02")
    content[entry + 8] |= 1
    assert refusal(written(book, bytes(content))).code == "PASSWORD_PROTECTED"


@pytest.mark.parametrize("member", ["xl/workbook.xml", SHEET, "xl/comments1.xml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_in_any_part_and_encoding(book, member, encoding):
    members = parts(sheet_xml(GOOD)) | {"xl/comments1.xml": "<a/>"}
    declared = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY b "c">]>'
    members[member] = (declared + members[member]).encode(encoding)
    assert refusal(write_package(book, members)).code == "XML_FORBIDDEN"


def test_xml_that_ends_in_the_middle_is_damaged(book):
    members = parts(sheet_xml(number_rows(50))[:-60])
    problem = refusal(write_package(book, members))
    assert problem.code == "NOT_READABLE"
    assert SHEET in str(problem)


def test_deep_nesting_is_damaged(book):
    rows = '<row r="1"><c r="A1">' + "<a>" * 100 + "</a>" * 100 + "</c></row>"
    assert refusal(write_sheet(book, rows)).code == "NOT_READABLE"


def test_another_declared_encoding_is_damaged(book):
    sheet = '<?xml version="1.0" encoding="gb2312"?>' + sheet_xml(GOOD)
    assert refusal(write_package(book, parts(sheet))).code == "NOT_READABLE"


@pytest.mark.parametrize(
    "members",
    [
        parts(sheet_xml(GOOD), kind="sheet.macroEnabled.main+xml"),
        parts(sheet_xml(GOOD)) | {"xl/vbaProject.bin": b"x"},
        parts(sheet_xml(GOOD)) | {"xl/macrosheets/sheet1.xml": "<a/>"},
    ],
)
def test_macros_are_refused(book, members):
    assert refusal(write_package(book, members)).code == "MACROS"


def test_data_exchange_with_programs_is_refused(book):
    members = parts(sheet_xml(GOOD))
    members["xl/externalLinks/externalLink1.xml"] = (
        '<externalLink><ddeLink ddeService="cmd"/></externalLink>'
    )
    assert refusal(write_package(book, members)).code == "ACTIVE_CONTENT"


@pytest.mark.parametrize(
    ("member", "code"),
    [
        ("xl/externalLinks/externalLink1.xml", "EXTERNAL_LINKS"),
        ("xl/connections.xml", "EXTERNAL_LINKS"),
        ("xl/embeddings/oleObject1.xml", "EMBEDDED_OBJECT"),
    ],
)
def test_links_and_embedded_objects_are_warnings(book, member, code):
    container = inspect(write_package(book, parts(sheet_xml(GOOD)) | {member: "<a/>"}), "book.xlsx")
    assert codes(container.warnings) == [code]


@pytest.mark.parametrize(
    ("missing", "code"),
    [
        ("[Content_Types].xml", "BAD_PACKAGE"),
        ("xl/workbook.xml", "BAD_PACKAGE"),
        (SHEET, "BAD_PACKAGE"),
    ],
)
def test_a_missing_part_is_refused(book, missing, code):
    members = parts(sheet_xml(GOOD))
    del members[missing]
    assert refusal(write_package(book, members)).code == code


def test_a_workbook_without_sheets_has_no_data(book):
    assert refusal(write_package(book, parts() | {"xl/a.xml": "<a/>"})).code == "NO_DATA"


def test_too_many_sheets_are_refused(book):
    members = parts(*[sheet_xml("")] * 5)
    assert refusal(write_package(book, members), limits=Limits(sheets=4)).code == "TOO_MANY_SHEETS"


def test_a_cell_in_the_last_corner_gets_a_message(book):
    corner = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    problem = refusal(write_sheet(book, GOOD + corner))
    assert problem.code == "STRAY_CELLS"
    assert "row 1048576, column XFD" in str(problem)


def test_a_stray_cell_that_can_be_cut_off_is_a_warning(book):
    far = '<row r="900000"><c r="A900000"><v>1</v></c></row>'
    container = inspect(write_sheet(book, GOOD + far), "book.xlsx")
    assert codes(container.warnings) == ["STRAY_CELLS"]
    assert container.sheets[0].rows == 5


def test_rows_beyond_a_gap_belong_to_the_table_while_it_is_small(book):
    container = inspect(write_sheet(book, GOOD + number_rows(1, first=5000)), "book.xlsx")
    assert container.warnings == ()
    assert container.sheets[0].rows == 5000


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1000000000"><c r="A1000000000"><v>1</v></c></row>',
        '<row r="4294967296"><c r="A4294967296"><v>1</v></c></row>',
        '<row r="0"><c r="A0"><v>1</v></c></row>',
        '<row r="7"><c r="ZZZZZ7"><v>1</v></c></row>',
        '<row r="7"><c r="XFE7"><v>1</v></c></row>',
        '<row r="7"><c r="A8"><v>1</v></c></row>',
        '<row r="7"><c r="A"><v>1</v></c></row>',
        '<row r="7"><c r="A7"><v>1</v></c><c r="A7"><v>2</v></c></row>',
        '<row r="3"><c r="A3"><v>9</v></c></row>',
    ],
)
def test_places_that_cannot_be_are_refused(book, rows):
    assert refusal(write_sheet(book, GOOD + rows)).code == "BAD_PACKAGE"


def test_rows_without_references_and_out_of_order_pass(book):
    plain = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"
    assert inspect(write_sheet(book, plain), "book.xlsx").sheets[0].rows == 2
    turned = number_rows(1, first=9) + number_rows(1, first=2)
    assert inspect(write_sheet(book, turned), "book.xlsx").sheets[0].rows == 9


def test_the_dimension_a_sheet_claims_does_not_count(book):
    sheet = sheet_xml(GOOD, before='<dimension ref="A1:XFD1048576"/>')
    assert inspect(write_package(book, parts(sheet)), "book.xlsx").sheets[0].rows == 5


def test_too_many_rows_columns_and_cells_are_refused(book):
    write_sheet(book, GOOD)
    assert refusal(book, limits=Limits(rows=4)).code == "TOO_MANY_ROWS"
    assert refusal(book, limits=Limits(columns=2)).code == "TOO_MANY_COLUMNS"
    assert refusal(book, limits=Limits(cells=14)).code == "TOO_MANY_CELLS"


def test_error_cells_are_listed_with_their_place(book):
    rows = '<row r="4"><c r="B4" t="e"><v>#DIV/0!</v></c></row>'
    (fault,) = inspect(write_sheet(book, rows), "book.xlsx").sheets[0].faults
    assert (fault.code, fault.sheet, fault.cell(), fault.found) == (
        "EXCEL_ERROR",
        "Sheet1",
        "B4",
        "#DIV/0!",
    )


def test_formulas_without_a_value_are_listed_with_their_place(book):
    rows = (
        '<row r="1"><c r="A1"><f>1+1</f></c><c r="B1"><f>1+1</f><v></v></c>'
        '<c r="C1"><f>1+1</f><v>2</v></c><c r="D1" t="str"><f>""</f><v></v></c></row>'
    )
    faults = inspect(write_sheet(book, rows), "book.xlsx").sheets[0].faults
    assert [fault.cell() for fault in faults] == ["A1", "B1"]
    assert set(codes(faults)) == {"FORMULA_NOT_CALCULATED"}


ZEROS = '<row r="1"><c r="A1"><f>B1*2</f><v>0</v></c></row>'
RECALCULATE = '<calcPr fullCalcOnLoad="1"/>'


def test_zeros_of_a_program_that_does_not_calculate_are_no_values(book):
    write_sheet(book, ZEROS, calculation=RECALCULATE)
    assert codes(inspect(book, "book.xlsx").sheets[0].faults) == ["FORMULA_NOT_CALCULATED"]


def test_zeros_that_were_calculated_are_values(book):
    assert inspect(write_sheet(book, ZEROS), "book.xlsx").sheets[0].faults == ()
    other = '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c></row>'
    write_sheet(book, ZEROS + other, calculation=RECALCULATE)
    assert inspect(book, "book.xlsx").sheets[0].faults == ()


def test_endless_errors_refuse_the_file(book):
    rows = "".join(f'<row r="{r}"><c r="A{r}" t="e"><v>#N/A</v></c></row>' for r in range(1, 20))
    assert refusal(write_sheet(book, rows), limits=Limits(faults=10)).code == "EXCEL_ERROR"


def test_hidden_rows_columns_and_sheets_are_warnings(book):
    hidden = '<row r="6" hidden="1"><c r="A6"><v>1</v></c></row>'
    columns = '<cols><col min="2" max="3" hidden="1"/></cols>'
    sheets = sheet_xml(GOOD + hidden, before=columns), sheet_xml(GOOD)
    members = parts(*sheets, states=["", ' state="veryHidden"'])
    container = inspect(write_package(book, members), "book.xlsx")
    assert codes(container.warnings) == ["HIDDEN_ROWS", "HIDDEN_COLUMNS", "HIDDEN_SHEETS"]
    assert [sheet.hidden for sheet in container.sheets] == [False, True]


def test_columns_of_percentages_are_known(book):
    cells = '<c r="A1" s="1"><v>0.5</v></c><c r="B1" s="2"><v>1.2</v></c><c r="C1"><v>3</v></c>'
    rows = f'<row r="1">{cells}</row>'
    write_sheet(book, rows, styles=PERCENT_STYLES)
    assert inspect(book, "book.xlsx").sheets[0].percent_columns == {0, 1}


def test_a_column_of_mixed_formats_is_not_one_of_percentages(book):
    rows = '<row r="1"><c r="A1" s="1"><v>0.5</v></c></row><row r="2"><c r="A2"><v>50</v></c></row>'
    write_sheet(book, rows, styles=PERCENT_STYLES)
    assert inspect(book, "book.xlsx").sheets[0].percent_columns == frozenset()


def test_every_weird_file_is_read_or_refused_with_reasons(shared):
    for path in sorted((shared / "data/weird").glob("*/*")):
        try:
            inspect(path, path.name)
        except RefusedFile as refused:
            assert all(str(problem).startswith(path.name) for problem in refused.problems)
