"""The XML of a sheet with cells coloured: styles are the old number plus 100."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.marked.outline import Unusual
from loaders.marked.sheet import SheetMarker
from tests.loaders.package_parts import sheet_xml

ROWS = (
    '<row r="2" spans="1:3"><c r="A2" s="3"><v>1</v></c><c r="C2"><f>A2</f><v>1</v></c></row>'
    '<row r="4" s="7" customFormat="1"/><row r="5"><c r="B5" t="s"><v>0</v></c></row>'
)


def marked(sheet, cells, *, size=None, notes=None):
    data = sheet.encode()
    step = size or len(data)
    chunks = iter([data[start : start + step] for start in range(0, len(data), step)])
    marker = SheetMarker(cells, lambda style, mark: style + 100, notes=notes)
    return b"".join(marker.rewritten(chunks)).decode()


def rows_of(text):
    return re.search("<sheetData>(.*)</sheetData>", text)[1]


def test_without_cells_nothing_changes():
    assert marked(sheet_xml(ROWS), {}) == sheet_xml(ROWS)


def test_a_cell_that_is_there_gets_another_style():
    text = rows_of(marked(sheet_xml(ROWS), {(2, 0): "error", (5, 1): "error"}))
    assert '<c r="A2" s="103"><v>1</v></c>' in text
    assert '<c r="B5" t="s" s="100"><v>0</v></c>' in text


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ((2, 1), '<v>1</v></c><c r="B2" s="100"/><c r="C2">'),
        ((2, 3), '<f>A2</f><v>1</v></c><c r="D2" s="100"/></row>'),
        ((4, 0), '<row r="4" s="7" customFormat="1"><c r="A4" s="107"/></row>'),
        ((1, 0), '<row r="1"><c r="A1" s="100"/></row><row r="2"'),
        ((3, 0), '</row><row r="3"><c r="A3" s="100"/></row><row r="4"'),
        ((9, 26), '<row r="9"><c r="AA9" s="100"/></row>'),
    ],
)
def test_a_cell_that_is_not_there_is_made_in_its_place(place, expected):
    assert expected in rows_of(marked(sheet_xml(ROWS), {place: "error"}))


def test_a_new_cell_looks_like_its_column():
    sheet = sheet_xml(ROWS, before='<cols><col min="2" max="4" style="5"/></cols>')
    assert '<c r="B2" s="105"/>' in marked(sheet, {(2, 1): "error"})


def test_a_sheet_without_rows_gets_them():
    sheet = sheet_xml("").replace("<sheetData></sheetData>", "<sheetData />")
    assert rows_of(marked(sheet, {(1, 0): "error"})) == '<row r="1"><c r="A1" s="100"/></row>'


def test_cells_without_references_are_counted():
    sheet = sheet_xml("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")
    text = rows_of(marked(sheet, {(1, 1): "error", (2, 0): "error"}))
    assert text == (
        '<row><c><v>1</v></c><c s="100"><v>2</v></c></row><row><c s="100"><v>3</v></c></row>'
    )


def test_prefixes_are_those_of_the_sheet():
    sheet = '<x:worksheet xmlns:x="m"><x:sheetData><x:row r="1"/></x:sheetData></x:worksheet>'
    text = marked(sheet, {(1, 0): "error"}, notes='r:id="a"')
    assert '<x:row r="1"><x:c r="A1" s="100"/></x:row>' in text
    assert '<x:legacyDrawing r:id="a"/></x:worksheet>' in text


@given(size=st.integers(1, 60), row=st.integers(1, 6), column=st.integers(0, 4))
def test_it_does_not_matter_how_the_sheet_comes_in_pieces(size, row, column):
    sheet = sheet_xml(ROWS, before="<cols/>", after="<pageMargins/><tableParts/>")
    cells = {(row, column): "error", (5, 1): "warning"}
    whole = marked(sheet, cells, notes='r:id="a"')
    assert marked(sheet, cells, size=size, notes='r:id="a"') == whole


@pytest.mark.parametrize(
    "rows",
    ['<row r="2"/><row r="1"/>', "<!-- <row> --><row/>", '<row r="1"><c r="B1"/><c r="A1"/></row>'],
)
def test_what_would_have_to_be_guessed_is_not_touched(rows):
    with pytest.raises(Unusual):
        marked(sheet_xml(rows), {(2, 3): "error", (1, 3): "error"})
