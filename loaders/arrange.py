"""A sheet's cells put under a dataset's columns, as a mapping or the recognised header says."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from loaders.cell import cell_text, is_blank
from loaders.fill import FIELD, GIVEN, fill, one_of
from loaders.grid import Filled, Grid, MissingHeaders
from loaders.mapping import Source, Table, Where
from loaders.raw import Cell
from loaders.unpivot import unpivoted


def headers_used(table: Table) -> Iterator[tuple[str, ...]]:
    """The headers a table cannot do without, each as its alternatives."""
    made = {table.unpivot.name, *table.unpivot.made} if table.unpivot else set()
    for source in table.columns.values():
        if source.optional:
            continue
        named = [source.headers] if source.headers else []
        texts = [part for part in source.parts if isinstance(part, str)]
        named += [(text,) for text in texts if not FIELD.search(text)]
        named += [(f,) for text in (*texts, source.template or "") for f in FIELD.findall(text)]
        yield from (names for names in named if not (made | GIVEN) & {*names})
    yield from ((where.column,) for where in table.only_where)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arranged:
    """A table's rows under the columns of its dataset."""

    numbers: list[int]
    """The row of each as Excel counts."""
    columns: dict[str, Filled]
    delivered: tuple[str, ...]
    """The columns that the sheet has; the others are optional and blank."""


def arrange(grid: Grid, table: Table) -> Arranged:
    """The cells of each column of the table's dataset.

    Rows are filtered first, then unpivoted. Raises MissingHeaders.
    """
    for where in table.only_where:
        grid = _kept(grid, where)
    if table.unpivot:
        grid = unpivoted(grid, table.unpivot, _missing(table))
    lacking = [
        " / ".join(names)
        for names in headers_used(table)
        if not any(grid.filled(name) for name in names)
    ]
    if lacking:
        raise MissingHeaders(lacking)
    return Arranged(
        numbers=grid.numbers,
        columns={name: fill(grid, source) for name, source in table.columns.items()},
        delivered=tuple(name for name, source in table.columns.items() if _is_there(grid, source)),
    )


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
    return grid.picked(keep, grid.virtual)


def _is_there(grid: Grid, source: Source) -> bool:
    """Whether anything that the column is made of stands in the sheet."""
    texts = [part for part in source.parts if isinstance(part, str)]
    named = [*source.headers, *(text for text in texts if not FIELD.search(text))]
    named += [f for text in (*texts, source.template or "") for f in FIELD.findall(text)]
    return not named or any(name in GIVEN or grid.filled(name) for name in named)


def _missing(table: Table) -> Callable[[Cell], bool]:
    """Whether a wide cell is blank, or one of the words its column calls missing."""
    made = set(table.unpivot.made) if table.unpivot else set()
    globs = [
        g for source in table.columns.values() if made & {*source.headers} for g in source.missing
    ]
    pattern = one_of(globs)
    return lambda cell: (
        is_blank(cell) or (pattern is not None and pattern.fullmatch(cell_text(cell)) is not None)
    )
