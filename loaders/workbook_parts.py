"""The parts of an .xlsx package that say what the other parts are."""

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NoReturn

from loaders.markup import Element, elements
from loaders.package import Package
from loaders.problem import RefusedFile, wrong_type

MACRO_PARTS = ("vbaproject", "xl/macrosheets/", "xl/activex/")
OTHER_PROGRAMS = {
    "word/": "word",
    "ppt/": "powerpoint",
    "visio/": "visio",
}
PERCENT_FORMATS = {9, 10}


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A worksheet's name and the member that holds it."""

    name: str
    member: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Workbook:
    """What the workbook part declares."""

    sheets: tuple[SheetPart, ...]
    "Worksheets alone: no charts, no dialogs."
    recalculates: bool
    "It asks to be calculated when opened: whoever wrote it did not calculate."
    percent_styles: frozenset[str]
    "The style numbers whose format shows percentages."


def read_workbook(package: Package) -> Workbook:
    """The workbook's sheets. Raises RefusedFile for other programs' files, macros and gaps."""
    _check_kind(package)
    member = _main_part(package)
    declared = _elements(package, member)
    links = _relationships(package, member)
    sheets = tuple(_sheets(package, declared, links))
    calculation = [attributes for name, attributes in declared if name == "calcPr"]
    return Workbook(
        sheets=sheets,
        recalculates=any(one.get("fullCalcOnLoad") in ("1", "true") for one in calculation),
        percent_styles=_percent_styles(package, links),
    )


def links_and_objects(package: Package) -> tuple[bool, bool]:
    """Whether the package refers to outside data, and whether it embeds objects.

    Raises RefusedFile for dynamic data exchange, which starts programs.
    """
    outside = False
    for member in package.members:
        name = member.casefold()
        if name.startswith("xl/externallinks/") and name.endswith(".xml"):
            outside = True
            found = {element for element, _ in _elements(package, member)}
            if "ddeLink" in found:
                package.refuse("ACTIVE_CONTENT", part=member)
        outside |= name in ("xl/connections.xml", "xl/querytables/querytable1.xml")
    embedded = any(member.casefold().startswith("xl/embeddings/") for member in package.members)
    return outside, embedded


def _check_kind(package: Package) -> None:
    names = [member.casefold() for member in package.members]
    if "mimetype" in names or "content.xml" in names:
        _wrong(package, "ods")
    for folder, program in OTHER_PROGRAMS.items():
        if any(name.startswith(folder) for name in names) and "xl/workbook.xml" not in names:
            _wrong(package, program)
    if any(name.endswith("workbook.bin") for name in names):
        _wrong(package, "xlsb")
    if not any(name.startswith("xl/") for name in names):
        _wrong(package, "zip")
    if macro := next((n for n in names if any(part in n for part in MACRO_PARTS)), None):
        package.refuse("MACROS", part=macro)


def _wrong(package: Package, actual: str) -> NoReturn:
    raise RefusedFile([wrong_type(package.name, actual)])


def _main_part(package: Package) -> str:
    types = package.find("[Content_Types].xml")
    if types is None:
        package.refuse("BAD_PACKAGE", detail="no_content_types")
    for _, attributes in _elements(package, types):
        if "macroEnabled" in attributes.get("ContentType", ""):
            package.refuse("MACROS", part=attributes.get("PartName", ""))
    roots = package.find("_rels/.rels")
    targets = [
        attributes.get("Target", "")
        for _, attributes in (_elements(package, roots) if roots else [])
        if attributes.get("Type", "").endswith("/officeDocument")
    ]
    member = package.find(targets[0] if targets else "xl/workbook.xml")
    if member is None:
        package.refuse("BAD_PACKAGE", detail="no_workbook")
    return member


def _relationships(package: Package, member: str) -> dict[str, tuple[str, str]]:
    """Relationship id to (kind, member or nothing) of everything the workbook part refers to."""
    folder, name = posixpath.split(member)
    part = package.find(f"{folder}/_rels/{name}.rels")
    links = {}
    for _, attributes in _elements(package, part) if part else []:
        if "Id" in attributes and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", "")))
            kind = attributes.get("Type", "").rpartition("/")[2]
            links[attributes["Id"]] = (kind, package.find(target) or "")
    return links


def _sheets(
    package: Package, declared: Iterable[Element], links: dict[str, tuple[str, str]]
) -> Iterable[SheetPart]:
    listed = [attributes for name, attributes in declared if name == "sheet"]
    if len(listed) > package.limits.sheets:
        package.refuse("TOO_MANY_SHEETS", count=len(listed), limit=package.limits.sheets)
    if not listed:
        package.refuse("NO_DATA")
    for attributes in listed:
        name = attributes.get("name", "")
        kind, member = links.get(attributes.get("id", ""), ("", ""))
        if kind.casefold() in ("xlmacrosheet", "xlintlmacrosheet"):
            package.refuse("MACROS", part=name)
        if kind not in ("", "worksheet"):
            continue
        if not member:
            package.refuse("BAD_PACKAGE", detail="no_sheet", sheet=name)
        yield SheetPart(name, member, attributes.get("state", "visible") != "visible")


def _percent_styles(package: Package, links: dict[str, tuple[str, str]]) -> frozenset[str]:
    member = next((m for kind, m in links.values() if kind == "styles" and m), None)
    if member is None:
        return frozenset()
    formats = set(PERCENT_FORMATS)
    styles: list[str] = []
    inside = False
    for name, attributes in _elements(package, member):
        if name == "numFmt" and "%" in attributes.get("formatCode", ""):
            formats.add(int(attributes.get("numFmtId", "0")))
        elif name in ("cellXfs", "cellStyleXfs", "cellStyles", "dxfs"):
            inside = name == "cellXfs"
        elif name == "xf" and inside:
            styles.append(attributes.get("numFmtId", "0"))
    shown = {str(number) for number in formats}
    return frozenset(str(index) for index, style in enumerate(styles) if style in shown)


def _elements(package: Package, member: str) -> list[Element]:
    return elements(package.name, member, package.chunks(member), package.limits.depth)
