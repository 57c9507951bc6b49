"""Blocks of rows give what going through them tag by tag gives, or nothing."""

from hypothesis import given
from hypothesis import strategies as st

from loaders.heading import letter
from loaders.limits import Limits
from loaders.regular_rows import RegularRows
from loaders.sheet_scan import SheetScan, scan_sheet
from loaders.workbook_parts import SheetPart, Workbook
from tests.loaders.package_parts import number_rows, sheet_xml

PART = SheetPart("Sheet1", "xl/worksheets/sheet1.xml", False)
WORKBOOK = Workbook(sheets=(PART,), recalculates=True, percent_styles=frozenset({"1", "12"}))


def seen(rows, after=0):
    return RegularRows(percent_styles=frozenset({"1"}), recalculates=True).look(
        rows.encode(), after
    )


def tag_by_tag(xml):
    scan = SheetScan("a.xlsx", PART, WORKBOOK.percent_styles, Limits())
    scan.feed(xml)
    return scan.finish()


def in_blocks(xml, size):
    chunks = (xml[start : start + size] for start in range(0, len(xml), size))
    return scan_sheet("a.xlsx", PART, chunks, WORKBOOK, Limits())


def facts(found):
    return (
        found.extent.shape(),
        found.errors,
        found.uncalculated,
        found.zero_formulas,
        found.other_formulas,
        found.percent_columns,
        found.hidden_rows,
    )


def cell(reference, choice, style):
    styled = f' s="{style}"' if style else ""
    return {
        "number": f'<c r="{reference}"{styled}><v>12.5</v></c>',
        "typed": f'<c r="{reference}"{styled} t="n"><v>7</v></c>',
        "shared": f'<c r="{reference}"{styled} t="s"><v>3</v></c>',
        "inline": f'<c r="{reference}"{styled} t="inlineStr"><is><t>銷售 &amp; x</t></is></c>',
        "no text": f'<c r="{reference}"{styled} t="inlineStr"><is><t/></is></c>',
        "blank": f'<c r="{reference}"{styled}/>',
        "open blank": f'<c r="{reference}"{styled}></c>',
        "no value": f'<c r="{reference}"{styled}><v/></c>',
        "error": f'<c r="{reference}"{styled} t="e"><v>#REF!</v></c>',
        "formula": f'<c r="{reference}"{styled}><f>A1*2</f><v>5</v></c>',
        "zero": f'<c r="{reference}"{styled}><f>A1*2</f><v>0</v></c>',
        "zero text": f'<c r="{reference}"{styled} t="str"><f>A1</f><v>0</v></c>',
        "shared formula": f'<c r="{reference}"{styled}><f t="shared" si="0"/><v>5</v></c>',
        "uncalculated": f'<c r="{reference}"{styled}><f>A1*2</f></c>',
        "emptied": f'<c r="{reference}"{styled}><f>A1*2</f><v></v></c>',
        "empty text": f'<c r="{reference}"{styled} t="str"><f>""</f><v></v></c>',
        "failed": f'<c r="{reference}"{styled} t="e"><f>1/0</f><v>#DIV/0!</v></c>',
    }[choice]


CHOICES = (
    "number|typed|shared|inline|no text|blank|open blank|no value|error|formula|zero|zero text"
    "|shared formula|uncalculated|emptied|empty text|failed"
)
CELLS = st.tuples(
    st.integers(0, 750),
    st.sampled_from(CHOICES.split("|")),
    st.sampled_from(["", "0", "1", "2", "12"]),
)
ROWS = st.dictionaries(
    st.integers(1, 1_048_576),
    st.tuples(st.lists(CELLS, max_size=6), st.sampled_from(["", ' hidden="1"', ' ht="15"'])),
    min_size=1,
    max_size=8,
)


def rows_xml(rows):
    xml = []
    for number, (cells, attributes) in sorted(rows.items()):
        by_column = {column: (choice, style) for column, choice, style in cells}
        inner = "".join(
            cell(f"{letter(column)}{number}", choice, style)
            for column, (choice, style) in sorted(by_column.items())
        )
        xml.append(f'<row r="{number}"{attributes}>{inner}</row>')
    return "".join(xml)


@given(ROWS)
def test_rows_as_programs_write_them_are_regular(rows):
    assert seen(rows_xml(rows)) is not None


@given(ROWS, st.integers(50, 2000))
def test_blocks_and_tags_tell_the_same(rows, size):
    xml = sheet_xml(rows_xml(rows)).encode()
    assert facts(in_blocks(xml, size)) == facts(tag_by_tag(xml))


@given(ROWS, st.data())
def test_a_changed_byte_never_makes_the_two_differ(rows, data):
    xml = bytearray(sheet_xml(rows_xml(rows)).encode())
    place = data.draw(st.integers(xml.find(b"<sheetData>") + 11, len(xml) - 1))
    xml[place] = data.draw(st.sampled_from(b"<>/ \"=0129AZcrvfte&'\x01\n"))
    results = []
    for run in (lambda: in_blocks(bytes(xml), 400), lambda: tag_by_tag(bytes(xml))):
        try:
            results.append(facts(run()))
        except Exception as refused:
            results.append(type(refused).__name__)
    assert results[0] == results[1]


def test_a_block_counts_values_by_row_and_column():
    block = seen(number_rows(3, width=2, first=5))
    assert block.rows.tolist() == [5, 6, 7]
    assert block.per_row.tolist() == [2, 2, 2]
    assert block.per_column.tolist() == [3, 3]
    assert block.last_row == 7


IRREGULAR = {
    "comment": '<row r="1"><!-- <c r="A1"><v>1</v></c> --></row>',
    "character data": '<row r="1"><c r="A1"><v><![CDATA[1]]></v></c></row>',
    "prefix": '<x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row>',
    "other element": '<row r="1"><c r="A1"><v>1</v><extLst></extLst></c></row>',
    "rich text": '<row r="1"><c r="A1" t="inlineStr"><is><r><t>1</t></r></is></c></row>',
    "space between": '<row r="1"> <c r="A1"><v>1</v></c></row>',
    "single quotes": "<row r='1'><c r='A1'><v>1</v></c></row>",
    "another order": '<row spans="1:1" r="1"><c r="A1"><v>1</v></c></row>',
    "no reference": "<row><c><v>1</v></c></row>",
    "another row": '<row r="1"><c r="A2"><v>1</v></c></row>',
    "descending": '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>',
    "twice": '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>1</v></c></row>',
    "far right": '<row r="1"><c r="XFE1"><v>1</v></c></row>',
    "far down": '<row r="1048577"><c r="A1048577"><v>1</v></c></row>',
    "leading zero": '<row r="01"><c r="A01"><v>1</v></c></row>',
    "control character": '<row r="1"><c r="A1" t="str"><v>\x08</v></c></row>',
    "bare greater": '<row r="1"><c r="A1" t="str"><v>a>b</v></c></row>',
}


def test_whatever_is_unusual_is_left_to_the_parser():
    assert [name for name, rows in IRREGULAR.items() if seen(rows) is not None] == []


def test_a_block_that_does_not_come_after_the_last_row_is_left_to_the_parser():
    assert seen(number_rows(1, first=5), after=5) is None
    assert seen(number_rows(1, first=6), after=5) is not None
