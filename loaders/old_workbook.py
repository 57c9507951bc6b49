"""Excel 97-2003 workbooks: the same questions as for .xlsx, put to their records."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from loaders.compound_file import OLE, BrokenCompoundFile, CompoundFile
from loaders.container import Container, SheetFacts
from loaders.geometry import Extent
from loaders.heading import letter
from loaders.limits import Limits
from loaders.problem import Problem, RefusedFile, wrong_type

__all__ = ["OLE", "inspect"]

ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
ENCRYPTED = {"EncryptedPackage", "EncryptionInfo", "\tDRMContent"}
OTHER_PROGRAMS = {
    "WordDocument": "word",
    "PowerPoint Document": "powerpoint",
    "VisioDocument": "visio",
}
LISTED = 1_000
"""So many error cells are listed where there are too many."""
BOF, EOF, FILEPASS, BOUNDSHEET = 0x809, 0x0A, 0x2F, 0x85
FORMULAS, BOOL_OR_ERROR = {0x06, 0x206, 0x406}, 0x205
ONE_CELL = {0x203, 0x27E, 0xFD, 0x204, 0xD6, BOOL_OR_ERROR, *FORMULAS}
SEVERAL_NUMBERS = 0xBD
ROW, COLUMNS = 0x208, 0x7D
WORKSHEET, MACRO_SHEET = 0, 1
_Record = tuple[int, bytes]


@dataclass(slots=True)
class _Sheet:
    name: str
    state: int
    place: int
    extent: Extent
    errors: list[tuple[int, int, str]] = field(default_factory=list)
    hidden_rows: int = 0
    hidden_columns: int = 0


def inspect(path: Path, name: str, limits: Limits) -> Container:
    """What the workbook holds. Raises RefusedFile for encrypted, foreign and broken files."""
    try:
        stream = _workbook_stream(path.read_bytes(), name)
        sheets = list(_sheets(stream, name, limits))
        for sheet in sheets:
            _scan(sheet, stream, name)
    except (BrokenCompoundFile, struct.error, IndexError) as error:
        detail = "sectors" if isinstance(error, BrokenCompoundFile) else "records"
        raise _refused("NOT_READABLE", name, detail=detail) from error
    if not sheets:
        raise _refused("NO_DATA", name)
    if len(sheets) > limits.sheets:
        raise _refused("TOO_MANY_SHEETS", name, count=len(sheets), limit=limits.sheets)
    return Container(
        kind="xls",
        name=name,
        sheets=tuple(_facts(sheet, name, limits) for sheet in sheets),
        warnings=tuple(warning for sheet in sheets for warning in _warnings(sheet, name)),
    )


def _workbook_stream(data: bytes, name: str) -> bytes:
    compound = CompoundFile(data)
    if ENCRYPTED.intersection(compound.names):
        raise _refused("PASSWORD_PROTECTED", name)
    if any(one.startswith("_VBA_PROJECT") for one in compound.names):
        raise _refused("MACROS", name, part="_VBA_PROJECT")
    for stream in ("Workbook", "Book", "WORKBOOK", "BOOK"):
        if stream in compound.names:
            return compound.stream(stream)
    known = (kind for stream, kind in OTHER_PROGRAMS.items() if stream in compound.names)
    raise RefusedFile([wrong_type(name, next(known, "ole"))])


def _records(stream: bytes, place: int) -> Iterator[_Record]:
    """The records from `place` to the end of their part; what it embeds is passed over."""
    depth = 0
    while True:
        kind, length = struct.unpack_from("<HH", stream, place)
        content = stream[place + 4 : place + 4 + length]
        if len(content) < length:
            raise IndexError
        depth += (kind == BOF) - (kind == EOF)
        if depth == 1:
            yield kind, content
        if kind == EOF and depth <= 0:
            return
        place += 4 + length


def _sheets(stream: bytes, name: str, limits: Limits) -> Iterator[_Sheet]:
    if stream[:2] not in (b"\x09\x08", b"\x09\x04", b"\x09\x02"):
        raise IndexError
    for kind, content in _records(stream, 0):
        if kind == FILEPASS:
            raise _refused("PASSWORD_PROTECTED", name)
        if kind == BOUNDSHEET:
            place, state, sort = struct.unpack_from("<IBB", content)
            if sort == MACRO_SHEET:
                raise _refused("MACROS", name, part=_text(content[6:]))
            if sort == WORKSHEET:
                yield _Sheet(_text(content[6:]), state & 3, place, Extent(limits))


def _text(content: bytes) -> str:
    length, wide = content[0], content[1]
    if wide == 1 and len(content) >= 2 + 2 * length:
        return content[2 : 2 + 2 * length].decode("utf-16-le", "replace")
    start = 2 if wide == 0 else 1
    return content[start : start + length].decode("latin-1")


def _scan(sheet: _Sheet, stream: bytes, name: str) -> None:
    def refuse(code: str, **facts: object) -> NoReturn:
        raise _refused(code, name, sheet.name, **facts)

    for kind, content in _records(stream, sheet.place):
        if kind in ONE_CELL:
            row, column = struct.unpack_from("<HH", content)
            sheet.extent.count_cell(refuse)
            sheet.extent.add(row + 1, column)
            if error := _error(kind, content):
                sheet.errors.append((row + 1, column, error))
        elif kind == SEVERAL_NUMBERS:
            row, first = struct.unpack_from("<HH", content)
            for column in range(first, struct.unpack_from("<H", content, len(content) - 2)[0] + 1):
                sheet.extent.add(row + 1, column)
        elif kind == ROW and len(content) >= 16:
            sheet.hidden_rows += bool(content[12] & 0x20)
        elif kind == COLUMNS and len(content) >= 10 and content[8] & 1:
            first, last = struct.unpack_from("<HH", content)
            sheet.hidden_columns += last - first + 1 if last < 255 else 0


def _error(kind: int, content: bytes) -> str | None:
    """The error value a cell shows, if it shows one."""
    if kind == BOOL_OR_ERROR and len(content) >= 8 and content[7]:
        return ERRORS.get(content[6], "#?")
    if kind in FORMULAS and content[12:14] == b"\xff\xff" and content[6] == 2:
        return ERRORS.get(content[8], "#?")
    return None


def _facts(sheet: _Sheet, file: str, limits: Limits) -> SheetFacts:
    shape = sheet.extent.shape()
    if shape.area > limits.cells:
        raise _refused("TOO_MANY_CELLS", file, sheet.name, limit=limits.cells)
    if shape.rows > limits.rows:
        raise _refused("TOO_MANY_ROWS", file, sheet.name, limit=limits.rows)
    if shape.columns > limits.columns:
        raise _refused("TOO_MANY_COLUMNS", file, sheet.name, limit=limits.columns)
    faults = [
        Problem(
            code="EXCEL_ERROR",
            file=file,
            sheet=sheet.name,
            row=row,
            column=letter(column),
            found=error,
        )
        for row, column, error in sheet.errors
    ]
    if len(faults) > limits.faults:
        raise RefusedFile(faults[:LISTED])
    return SheetFacts(
        name=sheet.name,
        hidden=bool(sheet.state),
        rows=shape.rows,
        columns=shape.columns,
        faults=tuple(faults),
    )


def _warnings(sheet: _Sheet, file: str) -> Iterator[Problem]:
    if sheet.state:
        yield Problem(code="HIDDEN_SHEETS", severity="warning", file=file, sheet=sheet.name)
        return
    counts = {"HIDDEN_ROWS": sheet.hidden_rows, "HIDDEN_COLUMNS": sheet.hidden_columns}
    for code, count in counts.items():
        if count:
            yield Problem(
                code=code,
                severity="warning",
                file=file,
                sheet=sheet.name,
                facts=(("count", str(count)),),
            )


def _refused(code: str, file: str, sheet: str | None = None, **facts: object) -> RefusedFile:
    told = tuple((key, str(value)) for key, value in facts.items())
    return RefusedFile([Problem(code=code, file=file, sheet=sheet, facts=told)])
