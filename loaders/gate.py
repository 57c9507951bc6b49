"""The gate: what a file is, and whether it may be read at all.

The name's ending is no evidence and a browser's content type even less: the first bytes are. A
file passes with warnings or is refused with every reason; nothing in it is run, fetched or
unpacked to disk.
"""

from pathlib import Path, PurePath

from loaders import old_workbook, page
from loaders.container import Container, Kind, SheetFacts
from loaders.decoding import is_two_byte
from loaders.limits import DEFAULT, Limits
from loaders.markup import check
from loaders.old_workbook import OLE
from loaders.package import SIGNATURE, Package
from loaders.problem import Problem, RefusedFile, Severity, shown, wrong_type
from loaders.sheet_scan import Scanned, faults, scan_sheet
from loaders.workbook_parts import SheetPart, Workbook, links_and_objects, read_workbook

HEAD = 4096
LISTED = 1_000
"""So many unknown cells are listed where there are too many."""
ENDINGS: dict[Kind, tuple[str, ...]] = {
    "xlsx": (".xlsx",),
    "xls": (".xls",),
    "csv": (".csv", ".txt", ".tsv"),
    "html": (".html", ".htm"),
}
KNOWN = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"{\\rtf", "rtf"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"\x09\x00\x04\x00", "old_excel"),
    (b"\x09\x02\x06\x00", "old_excel"),
    (b"\x09\x04\x06\x00", "old_excel"),
)
"""First bytes of what is often sent by mistake."""


def inspect(path: Path, name: str, limits: Limits = DEFAULT) -> Container:
    """What the file at `path`, called `name` by its sender, is and holds.

    Raises RefusedFile. Cells whose value is not known (errors, formulas never calculated) do not
    refuse the file: they are in `SheetFacts.faults`.
    """
    size = path.stat().st_size
    if size == 0:
        raise _refused("EMPTY_FILE", name)
    if size > limits.file_bytes:
        raise _refused("FILE_TOO_LARGE", name, size=size, limit=limits.file_bytes)
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    if head.startswith(SIGNATURE):
        return _mismatch(_package(path, name, limits))
    if head.startswith(OLE):
        return _mismatch(old_workbook.inspect(path, name, limits))
    for first, actual in KNOWN:
        if head.startswith(first):
            raise RefusedFile([wrong_type(name, actual)])
    return _mismatch(_text(path, name, head))


def _text(path: Path, name: str, head: bytes) -> Container:
    """A text file: a page with a table, or separated text."""
    if not head.strip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"):
        raise _refused("EMPTY_FILE", name)
    if actual := page.kind_of(head):
        if actual != "html":
            raise RefusedFile([wrong_type(name, actual)])
        page.check(path.read_bytes(), name)
        return Container(kind="html", name=name)
    if not _is_text(head):
        raise RefusedFile([wrong_type(name, "unknown")])
    return Container(kind="csv", name=name)


def _is_text(head: bytes) -> bool:
    """Whether bytes may be text: printable, or two-byte characters with a mark or many zeros."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or is_two_byte(head):
        return True
    control = sum(1 for byte in head if byte < 32 and byte not in b"\t\n\r\0\f\x1a")
    return len(head) > 1 and control * 200 <= len(head)


def _package(path: Path, name: str, limits: Limits) -> Container:
    with Package(path, name, limits) as package:
        workbook = read_workbook(package)
        outside, embedded = links_and_objects(package)
        scanned = [(sheet, _scan(package, sheet, workbook)) for sheet in workbook.sheets]
        _check_others(package, workbook)
    warnings = [_warning("EXTERNAL_LINKS", name)] if outside else []
    warnings += [_warning("EMBEDDED_OBJECT", name)] if embedded else []
    sheets = [_facts(name, sheet, found, workbook, limits) for sheet, found in scanned]
    for (sheet, found), _ in zip(scanned, sheets, strict=True):
        warnings += _sheet_warnings(name, sheet, found)
    if sum(found.extent.shape().cells for _, found in scanned) > limits.cells:
        raise _refused("TOO_MANY_CELLS", name, limit=limits.cells)
    return Container(kind="xlsx", name=name, sheets=tuple(sheets), warnings=tuple(warnings))


def _scan(package: Package, sheet: SheetPart, workbook: Workbook) -> Scanned:
    chunks = package.chunks(sheet.member)
    return scan_sheet(package.name, sheet, chunks, workbook, package.limits)


def _check_others(package: Package, workbook: Workbook) -> None:
    """Every other part is well-formed, too: readers differ in what they make of broken ones."""
    looked_at = {sheet.member for sheet in workbook.sheets}
    for member in package.members:
        if member not in looked_at and member.casefold().endswith((".xml", ".rels", ".vml")):
            check(package.name, member, package.chunks(member))


def _facts(
    file: str, sheet: SheetPart, found: Scanned, workbook: Workbook, limits: Limits
) -> SheetFacts:
    shape = found.extent.shape()
    if shape.area > limits.cells:
        code = "STRAY_CELLS" if shape.strays else "TOO_MANY_CELLS"
        raise _refused(code, file, sheet.name, cells=_listed(shape.strays), limit=limits.cells)
    if shape.rows > limits.rows:
        raise _refused("TOO_MANY_ROWS", file, sheet.name, limit=limits.rows)
    if shape.columns > limits.columns:
        raise _refused("TOO_MANY_COLUMNS", file, sheet.name, limit=limits.columns)
    unknown = faults(file, sheet.name, found, workbook.recalculates)
    if len(unknown) > limits.faults:
        raise RefusedFile(unknown[:LISTED])
    return SheetFacts(
        name=sheet.name,
        hidden=sheet.hidden,
        rows=shape.rows,
        columns=shape.columns,
        percent_columns=found.percent_columns,
        faults=tuple(unknown),
    )


def _sheet_warnings(file: str, sheet: SheetPart, found: Scanned) -> list[Problem]:
    if sheet.hidden:
        return [_warning("HIDDEN_SHEETS", file, sheet.name)]
    warnings = []
    if found.hidden_rows:
        warnings.append(_warning("HIDDEN_ROWS", file, sheet.name, count=found.hidden_rows))
    if found.hidden_columns:
        warnings.append(_warning("HIDDEN_COLUMNS", file, sheet.name, count=found.hidden_columns))
    if strays := found.extent.shape().strays:
        warnings.append(_warning("STRAY_CELLS", file, sheet.name, cells=_listed(strays)))
    return warnings


def _mismatch(container: Container) -> Container:
    """The container with a warning where its name promises something else."""
    if container.name.casefold().endswith(ENDINGS[container.kind]):
        return container
    ending = PurePath(container.name).suffix
    warning = _warning(
        "EXTENSION_MISMATCH",
        container.name,
        extension=shown(ending) or "nothing",
        actual=container.kind,
    )
    return Container(
        kind=container.kind,
        name=container.name,
        sheets=container.sheets,
        warnings=(warning, *container.warnings),
    )


def _listed(strays: tuple[str, ...]) -> str:
    return ", ".join(strays[:10]) + (" …" if len(strays) > 10 else "")


def _warning(code: str, file: str, sheet: str | None = None, **facts: object) -> Problem:
    return _problem(code, file, sheet, "warning", facts)


def _refused(code: str, file: str, sheet: str | None = None, **facts: object) -> RefusedFile:
    return RefusedFile([_problem(code, file, sheet, "error", facts)])


def _problem(
    code: str, file: str, sheet: str | None, severity: Severity, facts: dict[str, object]
) -> Problem:
    told = tuple((key, str(value)) for key, value in facts.items() if value != "")
    return Problem(code=code, file=file, sheet=sheet, severity=severity, facts=told)
