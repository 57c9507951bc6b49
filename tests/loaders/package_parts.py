"""Workbooks put together by hand, so that they can be put together wrongly."""

import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET = "xl/worksheets/sheet1.xml"


def sheet_xml(rows, before="", after=""):
    """A worksheet around the XML of its rows."""
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def number_rows(count, width=3, first=1):
    """The XML of rows of small numbers."""
    row = "".join(f'<c r="{letter}%d"><v>%d</v></c>' for letter in "ABCDEF"[:width])
    return "".join(
        f'<row r="{r}">{row % ((r,) * 2 * width)}</row>' for r in range(first, first + count)
    )


def parts(*sheets, states=(), calculation="", styles=None, kind="sheet.main+xml"):
    """The members of a workbook whose sheets have the given XML."""
    names = [f"Sheet{i}" for i in range(1, len(sheets) + 1)]
    listed = "".join(
        f'<sheet name="{name}" sheetId="{i}" r:id="rId{i}"'
        f"{states[i - 1] if i <= len(states) else ''}/>"
        for i, name in enumerate(names, 1)
    )
    links = "".join(
        f'<Relationship Id="rId{i}" Type="{LINK}/worksheet" Target="worksheets/sheet{i}.xml"/>'
        for i in range(1, len(sheets) + 1)
    )
    if styles is not None:
        links += f'<Relationship Id="rIdS" Type="{LINK}/styles" Target="styles.xml"/>'
    members = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Override '
        'PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
        f'officedocument.spreadsheetml.{kind}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r" '
        f'Type="{LINK}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINK}"><sheets>{listed}</sheets>'
        f"{calculation}</workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{links}'
        "</Relationships>",
    }
    if styles is not None:
        members["xl/styles.xml"] = styles
    for i, sheet in enumerate(sheets, 1):
        members[f"xl/worksheets/sheet{i}.xml"] = sheet
    return members


def write_package(path, members):
    """Write members, text or bytes, as a zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return path


def write_sheet(path, rows, **options):
    """Write a workbook of one sheet from the XML of its rows."""
    return write_package(path, parts(sheet_xml(rows), **options))


PERCENT_STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="164" formatCode="0.0%"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="164"/></cellXfs></styleSheet>'
)
"""Styles 1 and 2 show percentages."""
