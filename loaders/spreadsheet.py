"""Cells of .xlsx and .xls workbooks, by python-calamine."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from loaders.container import Container, SheetFacts
from loaders.heading import letter
from loaders.limits import Limits
from loaders.problem import Problem, RefusedFile, shown
from loaders.raw import Cell, RawSheet, Share


def read(path: Path, container: Container, limits: Limits) -> Iterator[RawSheet]:
    """Every worksheet; charts and dialogs are passed over."""
    facts = {sheet.name: sheet for sheet in container.sheets}
    # By content: a path would make the reader believe the name's ending.
    with path.open("rb") as stream, _damage(container.name):
        workbook = CalamineWorkbook.from_filelike(stream)
    for sheet in workbook.sheets_metadata:
        if sheet.typ == SheetTypeEnum.WorkSheet:
            hidden = sheet.visible != SheetVisibleEnum.Visible
            yield _sheet(workbook, sheet.name, hidden, facts.get(sheet.name), container, limits)


def _sheet(
    workbook: CalamineWorkbook,
    name: str,
    hidden: bool,
    facts: SheetFacts | None,
    container: Container,
    limits: Limits,
) -> RawSheet:
    memo: dict[str, Cell] = {"": None}
    with _damage(container.name, name):
        sheet = workbook.get_sheet_by_name(name)
        rows = _rows(sheet, memo)
        merged = tuple(_one_based(span) for span in sheet.merged_cell_ranges or ())
    _crop(rows, facts, limits, Problem(code="TOO_MANY_COLUMNS", file=container.name, sheet=name))
    for column in sorted(facts.percent_columns) if facts else ():
        _mark_shares(rows, column)
    if max(map(len, memo)) > limits.text:
        raise RefusedFile(_long_texts(rows, container.name, name, limits.text))
    return RawSheet(name=name, rows=rows, hidden=hidden, merged=merged)


def _rows(sheet: CalamineSheet, memo: dict[str, Cell]) -> list[list[Cell]]:
    """All rows from row 1 and column A on; equal texts are one object, which halves the memory."""
    same = memo.setdefault
    start = sheet.start
    if start is None:
        return []
    # calamine pads above the first cell but not to the left of it.
    margin: list[Cell] = [None] * start[1]
    return [
        margin + [same(cell, cell) if cell.__class__ is str else cell for cell in row]
        for row in sheet.iter_rows()
    ]


def _crop(rows: list[list[Cell]], facts: SheetFacts | None, limits: Limits, wide: Problem) -> None:
    """Cut rows and columns beyond the last value, and stray cells the gate has reported."""
    if facts is not None and facts.rows:
        del rows[facts.rows :]
        if rows and len(rows[0]) > facts.columns:
            for row in rows:
                del row[facts.columns :]
    while rows and not any(cell is not None for cell in rows[-1]):
        rows.pop()
    if rows and len(rows[0]) > limits.columns:
        raise RefusedFile([wide])


def _mark_shares(rows: list[list[Cell]], column: int) -> None:
    for row in rows:
        if column < len(row) and isinstance(cell := row[column], float):
            row[column] = Share(cell)


def _long_texts(rows: list[list[Cell]], file: str, sheet: str, most: int) -> list[Problem]:
    return [
        Problem(
            code="TEXT_TOO_LONG",
            file=file,
            sheet=sheet,
            row=number,
            column=letter(index),
            found=shown(cell),
            facts=(("limit", str(most)),),
        )
        for number, row in enumerate(rows, 1)
        for index, cell in enumerate(row)
        if isinstance(cell, str) and len(cell) > most
    ]


def _one_based(
    span: tuple[tuple[int, int], tuple[int, int]],
) -> tuple[int, int, int, int]:
    (top, left), (bottom, right) = span
    return top + 1, left, bottom + 1, right


@contextmanager
def _damage(file: str, sheet: str | None = None) -> Iterator[None]:
    """Whatever the reader trips over inside is damage of the file.

    Its panics are no Exception, so everything is caught but what stops a program on purpose.
    """
    try:
        yield
    except (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError, RefusedFile):
        raise
    except BaseException as error:
        facts = (("detail", "reader"), ("reason", shown(error) or type(error).__name__))
        raise RefusedFile(
            [Problem(code="NOT_READABLE", file=file, sheet=sheet, facts=facts)]
        ) from error
