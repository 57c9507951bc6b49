"""The cells of one column of a dataset, from wherever its mapping says they come."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from fnmatch import translate

from loaders.cell import cell_text, is_blank
from loaders.grid import Filled, Grid
from loaders.heading import index_of
from loaders.mapping import Source
from loaders.raw import Cell

FIELD = re.compile(r"\{([^{}]+)\}")
"""A name in a template."""
GIVEN = frozenset({"sheet", "row", "file"})
"""Names that a template may use though no header says so."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LABELLED = re.compile(r"[^:：]*[:：]\s*(.+)", re.DOTALL)


def fill(grid: Grid, source: Source) -> Filled:
    """The column's cells, one for each row, with missing words and replaced values seen to."""
    if source.headers:
        found = [column for name in source.headers if (column := grid.filled(name))]
        made = _first_filled(found) if found else grid.same(None)
    elif source.letter:
        made = grid.at(index_of(source.letter))
    elif source.cell:
        made = grid.same(_without_label(grid.cell(source.cell)), source.cell)
    elif source.template is not None:
        made = _templated(grid, source.template)
    elif source.parts:
        made = _from_parts(grid, source.parts)
    else:
        made = grid.same(source.constant)
    return _cleaned(made, source)


def month_number(text: str) -> int:
    """1 to 12 for 3, M03, 3月, Mar or March. Raises ValueError."""
    name = text.strip()[:3].casefold()
    month = _MONTHS.index(name) + 1 if name in _MONTHS else _number(text)
    if not 1 <= month <= 12:
        raise ValueError(f"{text!r} is not a month")
    return month


def one_of(globs: Sequence[str]) -> re.Pattern[str] | None:
    """A pattern for any of the globs, case ignored; None without globs."""
    if not globs:
        return None
    return re.compile("|".join(translate(glob.strip()) for glob in globs), re.IGNORECASE)


def _first_filled(columns: Sequence[Filled]) -> Filled:
    if len(columns) == 1:
        return columns[0]
    picked = [
        next((c for c in columns if not is_blank(c.cells[index])), columns[0])
        for index in range(len(columns[0].cells))
    ]
    return Filled(
        cells=[column.cells[index] for index, column in enumerate(picked)],
        header=columns[0].header,
        letters=[column.letter(index) or "" for index, column in enumerate(picked)],
    )


def _without_label(cell: Cell) -> Cell:
    """銷售部 for 部門：銷售部; anything else as it is."""
    labelled = _LABELLED.fullmatch(cell) if isinstance(cell, str) else None
    return labelled[1].strip() if labelled else cell


def _templated(grid: Grid, template: str) -> Filled:
    pieces = FIELD.split(template)
    texts = [
        _field(grid, piece) if number % 2 else [piece] * len(grid.rows)
        for number, piece in enumerate(pieces)
    ]
    fields = texts[1::2]
    cells: list[Cell] = [
        "".join(parts) if all(field[index] for field in fields) else None
        for index, parts in enumerate(zip(*texts, strict=True))
    ]
    return Filled(cells=cells, header=template, letters=None)


def _field(grid: Grid, name: str) -> list[str]:
    match name:
        case "sheet":
            return [grid.whole.name] * len(grid.rows)
        case "file":
            return [grid.file] * len(grid.rows)
        case "row":
            return [str(number) for number in grid.numbers]
    column = grid.filled(name)
    return [cell_text(cell) for cell in column.cells] if column else [""] * len(grid.rows)


def _from_parts(grid: Grid, parts: Sequence[str | int]) -> Filled:
    columns = [_part(grid, part) for part in parts]
    shown = next((column for column in columns if column.letters), None)
    return Filled(
        cells=[_date(*found) for found in zip(*(c.cells for c in columns), strict=True)],
        header=shown.header if shown else None,
        letters=shown.letters if shown else None,
    )


def _part(grid: Grid, part: str | int) -> Filled:
    if isinstance(part, int):
        return grid.same(part)
    if FIELD.search(part):
        return _templated(grid, part)
    return grid.filled(part) or grid.same(None)


def _date(year: Cell, month: Cell, day: Cell) -> Cell:
    texts = [cell_text(cell) for cell in (year, month, day)]
    if not all(texts):
        return None
    try:
        return date(_number(texts[0]), month_number(texts[1]), _number(texts[2]))
    except ValueError:
        # Left to the conversion, which says what it expected.
        return "-".join(texts)


def _number(text: str) -> int:
    digits = re.findall(r"\d+", text)
    if len(digits) != 1:
        raise ValueError(f"{text!r} holds no single number")
    return int(digits[0])


def _cleaned(column: Filled, source: Source) -> Filled:
    missing = one_of(source.missing)
    if not (missing or source.values or source.date_format):
        return column
    # By type too: True, 1 and 1.0 are one key and three different cells.
    known: dict[tuple[type, Cell], Cell] = {}
    cells = []
    for cell in column.cells:
        key = (type(cell), cell)
        if key not in known:
            known[key] = _clean(cell, source, missing)
        cells.append(known[key])
    return Filled(cells=cells, header=column.header, letters=column.letters)


def _clean(cell: Cell, source: Source, missing: re.Pattern[str] | None) -> Cell:
    text = cell_text(cell)
    if missing and missing.fullmatch(text):
        return None
    if text.casefold() in source.values:
        return source.values[text.casefold()]
    if source.date_format and isinstance(cell, str):
        try:
            return datetime.strptime(text, source.date_format)
        except ValueError:
            return cell
    return cell
