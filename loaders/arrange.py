"""A sheet's cells put under a dataset's columns, as a mapping or the recognised header says."""

import re
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from datetime import date, datetime
from fnmatch import translate
from types import MappingProxyType

from loaders.cell import cell_text, is_blank
from loaders.heading import index_of, letter, normalise
from loaders.mapping import Source, Table, Unpivot, Where
from loaders.raw import Cell

_FIELD = re.compile(r"\{([^{}]+)\}")
_RUN = re.compile(r"(.*?)(\d+)(\D*)\.\.(.*?)(\d+)(\D*)")
_GIVEN = {"sheet", "row", "file"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class MissingHeaders(Exception):
    """The header row lacks what a mapping names; `headers` lists it."""

    def __init__(self, headers: Sequence[str]) -> None:
        super().__init__(", ".join(headers))
        self.headers = tuple(headers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """The cells of one column, and where each came from."""

    cells: list[Cell]
    header: str | None
    letters: str | list[str] | None
    """One letter for all cells, or one for each; None where no single cell is behind them."""

    def letter(self, index: int) -> str | None:
        return self.letters[index] if isinstance(self.letters, list) else self.letters


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The data rows of a sheet under their header, ready to be asked for columns."""

    file: str
    sheet: str
    rows: list[Sequence[Cell]]
    numbers: list[int]
    """The row number of each row as Excel counts."""
    headers: Map[str, tuple[int, ...]]
    """Key of a header to the positions it stands over."""
    texts: Sequence[str]
    """The headers as they are written, by position."""
    virtual: Map[str, Filled] = field(default_factory=lambda: MappingProxyType({}))
    """Columns that unpivoting made."""

    def filled(self, name: str) -> Filled | None:
        """The column called `name`; `name#2` is the second of that name. None if there is none."""
        if name in self.virtual:
            return self.virtual[name]
        plain, _, nth = name.partition("#") if re.search(r"#\d+$", name) else (name, "", "1")
        positions = self.headers.get(normalise(plain).key, ())
        if len(positions) < int(nth):
            return None
        return self.at(positions[int(nth) - 1], plain)

    def at(self, position: int, header: str | None = None) -> Filled:
        """The column at a position that counts from 0."""
        cells = [row[position] if position < len(row) else None for row in self.rows]
        written = self.texts[position] if position < len(self.texts) else None
        return Filled(cells=cells, header=header or written, letters=letter(position))


def headers_used(table: Table) -> Iterator[tuple[str, ...]]:
    """The headers a table cannot do without, each as its alternatives."""
    made = {table.unpivot.name, table.unpivot.value} if table.unpivot else set()
    for source in table.columns.values():
        if source.optional:
            continue
        named = [source.headers] if source.headers else []
        named += [(part,) for part in source.parts if isinstance(part, str)]
        named += [(field,) for field in _FIELD.findall(source.template or "")]
        yield from (names for names in named if not (made | _GIVEN) & {*names})
    yield from ((where.column,) for where in table.only_where)


def position_index(texts: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Key of a header to the positions it stands over."""
    found: dict[str, tuple[int, ...]] = {}
    for position, text in enumerate(texts):
        if text:
            key = normalise(text).key
            found[key] = (*found.get(key, ()), position)
    return found


def arrange(grid: Grid, table: Table) -> tuple[list[int], dict[str, Filled]]:
    """Excel row numbers and the cells of each column of the table's dataset.

    Rows are filtered first, then unpivoted. Raises MissingHeaders.
    """
    for where in table.only_where:
        grid = _kept(grid, where)
    if table.unpivot:
        grid = _unpivoted(grid, table.unpivot, _blanks(table, table.unpivot.value))
    lacking = [
        " / ".join(names)
        for names in headers_used(table)
        if not any(grid.filled(name) for name in names)
    ]
    if lacking:
        raise MissingHeaders(lacking)
    return grid.numbers, {name: _column(grid, source) for name, source in table.columns.items()}


def _kept(grid: Grid, where: Where) -> Grid:
    column = grid.filled(where.column)
    if column is None:
        raise MissingHeaders([where.column])
    equals = {text.strip().casefold() for text in where.equals}
    unequal = {text.strip().casefold() for text in where.not_equals}
    texts = [cell_text(cell).casefold() for cell in column.cells]
    keep = [
        index
        for index, text in enumerate(texts)
        if (not equals or text in equals) and text not in unequal
    ]
    return _picked(grid, keep, grid.virtual)


def _picked(grid: Grid, keep: Sequence[int], virtual: Map[str, Filled]) -> Grid:
    return Grid(
        file=grid.file,
        sheet=grid.sheet,
        rows=[grid.rows[index] for index in keep],
        numbers=[grid.numbers[index] for index in keep],
        headers=grid.headers,
        texts=grid.texts,
        virtual=virtual,
    )


def _blanks(table: Table, name: str) -> Callable[[Cell], bool]:
    globs = [glob for s in table.columns.values() if name in s.headers for glob in s.missing]
    pattern = _pattern(globs)
    return lambda cell: (
        is_blank(cell) or (pattern is not None and pattern.fullmatch(cell_text(cell)) is not None)
    )


def _unpivoted(grid: Grid, unpivot: Unpivot, is_missing: Callable[[Cell], bool]) -> Grid:
    wide = wide_columns(grid.texts, unpivot.columns)
    if not wide:
        raise MissingHeaders(unpivot.columns)
    keep, names, values, letters = [], [], [], []
    for index, row in enumerate(grid.rows):
        for name, position in wide:
            cell = row[position] if position < len(row) else None
            if unpivot.keep_blank or not is_missing(cell):
                keep.append(index)
                names.append(name)
                values.append(cell)
                letters.append(letter(position))
    return _picked(
        grid,
        keep,
        {
            unpivot.name: Filled(cells=list(names), header=unpivot.name, letters=letters),
            unpivot.value: Filled(cells=values, header=unpivot.value, letters=letters),
        },
    )


def wide_columns(texts: Sequence[str], wanted: Sequence[str]) -> list[tuple[str, int]]:
    """Header and position of the columns that names, runs and globs ask for, in sheet order."""
    names = [name for entry in wanted for name in run_of_names(entry)]
    keys = {normalise(name).key for name in names}
    globs = _pattern([name for name in names if "*" in name or "?" in name])
    return [
        (text, position)
        for position, text in enumerate(texts)
        if text and (normalise(text).key in keys or (globs and globs.fullmatch(text)))
    ]


def run_of_names(entry: str) -> list[str]:
    """M01..M12 as its twelve names; anything else as itself."""
    run = _RUN.fullmatch(entry)
    if not run or run[1] != run[4] or run[3] != run[6]:
        return [entry]
    width = len(run[2])
    return [f"{run[1]}{number:0{width}}{run[3]}" for number in range(int(run[2]), int(run[5]) + 1)]


def _column(grid: Grid, source: Source) -> Filled:
    if source.headers:
        found = [column for name in source.headers if (column := grid.filled(name))]
        made = _first_filled(found) if found else _same(grid, None)
    elif source.letter:
        made = grid.at(index_of(source.letter))
    elif source.template is not None:
        made = _templated(grid, source.template)
    elif source.parts:
        made = _from_parts(grid, source.parts)
    else:
        made = _same(grid, source.constant)
    return _cleaned(made, source)


def _same(grid: Grid, cell: Cell) -> Filled:
    return Filled(cells=[cell] * len(grid.rows), header=None, letters=None)


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


def _templated(grid: Grid, template: str) -> Filled:
    pieces = _FIELD.split(template)
    texts: list[list[str]] = []
    for number, piece in enumerate(pieces):
        texts.append(_field(grid, piece) if number % 2 else [piece] * len(grid.rows))
    fields = texts[1::2]
    cells: list[Cell] = [
        "".join(parts) if all(field[index] for field in fields) else None
        for index, parts in enumerate(zip(*texts, strict=True))
    ]
    return Filled(cells=cells, header=template, letters=None)


def _field(grid: Grid, name: str) -> list[str]:
    match name:
        case "sheet":
            return [grid.sheet] * len(grid.rows)
        case "file":
            return [grid.file] * len(grid.rows)
        case "row":
            return [str(number) for number in grid.numbers]
    column = grid.filled(name)
    return [cell_text(cell) for cell in column.cells] if column else [""] * len(grid.rows)


def _from_parts(grid: Grid, parts: Sequence[str | int]) -> Filled:
    columns = [grid.filled(part) if isinstance(part, str) else None for part in parts]
    year, month, day = (
        column.cells if column else [part] * len(grid.rows)
        for column, part in zip(columns, parts, strict=True)
    )
    shown = next((column for column in columns if column), None)
    return Filled(
        cells=[_date(*found) for found in zip(year, month, day, strict=True)],
        header=shown.header if shown else None,
        letters=shown.letters if shown else None,
    )


def _date(year: Cell, month: Cell, day: Cell) -> Cell:
    texts = [cell_text(cell) for cell in (year, month, day)]
    if not all(texts):
        return None
    try:
        return date(_number(texts[0]), month_number(texts[1]), _number(texts[2]))
    except ValueError:
        return "-".join(texts)


def _number(text: str) -> int:
    digits = re.findall(r"\d+", text)
    if len(digits) != 1:
        raise ValueError(f"{text!r} holds no single number")
    return int(digits[0])


def month_number(text: str) -> int:
    """1 to 12 for 3, M03, 3月, Mar or March. Raises ValueError."""
    name = text.strip()[:3].casefold()
    month = _MONTHS.index(name) + 1 if name in _MONTHS else _number(text)
    if not 1 <= month <= 12:
        raise ValueError(f"{text!r} is not a month")
    return month


def _cleaned(column: Filled, source: Source) -> Filled:
    missing = _pattern(source.missing)
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


def _pattern(globs: Sequence[str]) -> re.Pattern[str] | None:
    if not globs:
        return None
    joined = "|".join(translate(glob.strip()) for glob in globs)
    return re.compile(joined, re.IGNORECASE)
