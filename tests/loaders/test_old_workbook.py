"""Excel 97-2003 workbooks are asked the same questions as newer ones."""

import pytest

from loaders.compound_file import BrokenCompoundFile, CompoundFile
from loaders.gate import inspect
from loaders.limits import Limits
from loaders.problem import RefusedFile
from loaders.reader import read_sheets
from tests.loaders.old_format import (
    compound_file,
    error,
    failed_formula,
    hidden_row,
    label,
    number,
    several,
    workbook_stream,
)

CELLS = label(0, 0, "金額") + number(1, 0, 12.5) + several(2, 0, 3)


def written(tmp_path, *sheets, **options):
    path = tmp_path / "a.xls"
    stream = workbook_stream(*(sheets or [("三月", 0, 0, CELLS)]), **options)
    path.write_bytes(compound_file(Workbook=stream))
    return path


def judged(path, **limits):
    return inspect(path, path.name, Limits(**limits))


def refusal(path, **limits):
    with pytest.raises(RefusedFile) as caught:
        judged(path, **limits)
    return caught.value.problems[0].code


def test_a_workbook_passes_with_its_sheets(tmp_path):
    container = judged(written(tmp_path))
    assert (container.kind, container.warnings) == ("xls", ())
    (sheet,) = container.sheets
    assert (sheet.name, sheet.rows, sheet.columns) == ("三月", 3, 3)


def test_its_cells_are_read(tmp_path):
    path = written(tmp_path)
    (sheet,) = read_sheets(path, judged(path))
    assert sheet.rows == [["金額", None, None], [12.5, None, None], [0.0, 1.0, 2.0]]


def test_error_cells_are_listed_with_their_place(tmp_path):
    cells = CELLS + error(4, 1, 0x2A) + failed_formula(5, 2, 0x07)
    faults = judged(written(tmp_path, ("A", 0, 0, cells))).sheets[0].faults
    assert [(fault.cell(), fault.found) for fault in faults] == [("B5", "#N/A"), ("C6", "#DIV/0!")]


def test_hidden_sheets_and_rows_are_warnings(tmp_path):
    sheets = ("A", 0, 0, CELLS + hidden_row(1)), ("B", 2, 0, CELLS)
    container = judged(written(tmp_path, *sheets))
    assert [warning.code for warning in container.warnings] == ["HIDDEN_ROWS", "HIDDEN_SHEETS"]
    assert [sheet.hidden for sheet in container.sheets] == [False, True]


def test_charts_are_passed_over_and_macro_sheets_refused(tmp_path):
    chart = ("Chart", 0, 2, b"")
    assert len(judged(written(tmp_path, ("A", 0, 0, CELLS), chart)).sheets) == 1
    assert refusal(written(tmp_path, ("A", 0, 0, CELLS), ("M", 0, 1, b""))) == "MACROS"


def test_encryption_is_called_a_password(tmp_path):
    assert refusal(written(tmp_path, encrypted=True)) == "PASSWORD_PROTECTED"


@pytest.mark.parametrize(
    ("streams", "code"),
    [
        ({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}, "PASSWORD_PROTECTED"),
        ({"WordDocument": b"x"}, "WRONG_TYPE"),
        ({"Anything": b"x"}, "WRONG_TYPE"),
        ({"Workbook": b"\x09\x08" + b"\xff" * 100}, "NOT_READABLE"),
        ({"Workbook": b"nothing like it"}, "NOT_READABLE"),
        ({"Workbook": workbook_stream(("A", 0, 0, CELLS)), "_VBA_PROJECT_CUR": b"x"}, "MACROS"),
    ],
)
def test_other_contents_of_a_compound_file_are_refused(tmp_path, streams, code):
    path = tmp_path / "a.xls"
    path.write_bytes(compound_file(**streams))
    assert refusal(path) == code


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9])
def test_a_truncated_file_is_damaged(tmp_path, share):
    path = written(tmp_path)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    assert refusal(path) == "NOT_READABLE"


def test_a_loop_of_sectors_ends():
    content = bytearray(compound_file(Workbook=bytes(4096)))
    table = len(content) - 512
    content[table : table + 8] = b"\x01\0\0\0\0\0\0\0"
    with pytest.raises(BrokenCompoundFile):
        CompoundFile(bytes(content)).stream("Workbook")


def test_no_change_of_a_byte_does_more_than_refuse(tmp_path):
    path = written(tmp_path)
    content = path.read_bytes()
    for place in range(0, len(content), 37):
        changed = bytearray(content)
        changed[place] ^= 0xFF
        path.write_bytes(changed)
        try:
            judged(path)
        except RefusedFile as refused:
            assert refused.problems[0].file == "a.xls"


def test_limits_hold_for_old_workbooks_too(tmp_path):
    assert refusal(written(tmp_path), rows=2) == "TOO_MANY_ROWS"
    assert refusal(written(tmp_path), cells=8) == "TOO_MANY_CELLS"
    assert refusal(written(tmp_path), columns=2) == "TOO_MANY_COLUMNS"
