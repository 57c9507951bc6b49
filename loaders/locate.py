"""Where the tables of a sheet begin, as a mapping says or as the headers tell."""

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Map
from dataclasses import dataclass
from fnmatch import fnmatch
from types import MappingProxyType

from data.contract import contracts
from loaders.arrange import headers_used
from loaders.cell import cell_text, is_blank
from loaders.grid import position_index, positions_of
from loaders.heading import letter
from loaders.mapping import Mapping, Source, Table
from loaders.problem import Problem, shown
from loaders.raw import RawSheet
from loaders.recognise import SCANNED, Header, joined


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """A table in a sheet; rows are indices into the sheet's rows."""

    table: Table
    texts: tuple[str, ...]
    """The header's texts by position; the letters where there is no header."""
    header: int | None
    start: int
    """The first row below the header."""
    problems: tuple[Problem, ...] = ()


def mapped_tables(sheet: RawSheet, mapping: Mapping, file: str) -> Iterator[Located]:
    """The tables of a mapping that the sheet holds."""
    for table in mapping.tables:
        if any(fnmatch(sheet.name.casefold(), glob.casefold()) for glob in table.sheets):
            yield from _mapped(sheet, table, file)


def recognised_table(sheet: RawSheet, header: Header, file: str) -> Located:
    """The table under a recognised header, with what is to be said about its columns."""
    columns = {name: Source(letter=letter(p)) for name, p in header.columns.items()}
    return Located(
        table=Table(dataset=header.dataset, columns=MappingProxyType(columns)),
        texts=header.texts,
        header=header.row,
        start=header.row + 1,
        problems=tuple(_header_problems(sheet, header, file)),
    )


def _mapped(sheet: RawSheet, table: Table, file: str) -> Iterator[Located]:
    used = list(headers_used(table))
    row = _header_row(sheet, table, used) if table.header else -1
    if row is None or row >= len(sheet.rows):
        return
    texts = _texts(sheet, table, row)
    there = position_index(texts)
    missing = [names for names in used if not _any_of(names, there)]
    if len(missing) * 2 > len(used):
        return
    yield Located(
        table=table,
        texts=texts,
        header=row if table.header else None,
        start=row + 1 + table.skip_rows,
        problems=tuple(
            _missing(sheet, row if table.header else None, file, " / ".join(names), table.dataset)
            for names in missing
        ),
    )


def _header_row(sheet: RawSheet, table: Table, used: Sequence[tuple[str, ...]]) -> int | None:
    if table.header_rows:
        return table.header_rows[-1] - sheet.first_row
    best, most = None, 0
    for row, cells in enumerate(sheet.rows[:SCANNED]):
        there = position_index([cell_text(cell) for cell in cells])
        count = sum(_any_of(names, there) for names in used)
        if count > most:
            best, most = row, count
    return best


def _texts(sheet: RawSheet, table: Table, row: int) -> tuple[str, ...]:
    if not table.header:
        return tuple(letter(position) for position in range(len(sheet.rows[0])))
    texts = tuple(cell_text(cell) for cell in sheet.rows[row])
    if len(table.header_rows) == 2:
        above = [cell_text(cell) for cell in sheet.rows[table.header_rows[0] - sheet.first_row]]
        return joined(above, texts)
    return texts


def _any_of(names: Sequence[str], there: Map[str, tuple[int, ...]]) -> bool:
    return any(positions_of(name, there) for name in names)


def _header_problems(sheet: RawSheet, header: Header, file: str) -> Iterator[Problem]:
    row = sheet.first_row + header.row
    contract = contracts()[header.dataset]
    for name in header.missing:
        words = " / ".join(dict.fromkeys(contract.columns[name].names.values()))
        yield _missing(sheet, header.row, file, words, header.dataset)
    for name, positions in header.duplicates.items():
        yield Problem(
            code="DUPLICATE_HEADER",
            file=file,
            sheet=sheet.name,
            row=row,
            column=letter(positions[1]),
            header=shown(header.texts[positions[0]]),
            expected=name,
            facts=(("columns", ", ".join(map(letter, positions))),),
        )
    taken = {*header.columns.values(), *(p for ps in header.duplicates.values() for p in ps)}
    unknown = [
        position
        for position in range(len(sheet.rows[header.row]))
        if position not in taken and _has_values(sheet, header, position)
    ]
    if unknown:
        yield _unknown(sheet, header, file, unknown)


def _has_values(sheet: RawSheet, header: Header, position: int) -> bool:
    """Whether anything stands in the column: a header, or cells without one."""
    if position < len(header.texts) and header.texts[position]:
        return True
    return any(not is_blank(row[position]) for row in sheet.rows[header.row + 1 :])


def _unknown(sheet: RawSheet, header: Header, file: str, positions: Sequence[int]) -> Problem:
    names = [
        (header.texts[p] if p < len(header.texts) else "") or f"({letter(p)})" for p in positions
    ]
    return Problem(
        code="UNKNOWN_COLUMN",
        severity="warning",
        file=file,
        sheet=sheet.name,
        row=sheet.first_row + header.row,
        column=letter(positions[0]),
        header=shown(", ".join(names)),
        facts=(
            ("columns", ", ".join(map(letter, positions))),
            ("headers", ", ".join(shown(name) for name in names)),
        ),
    )


def _missing(sheet: RawSheet, row: int | None, file: str, header: str, dataset: str) -> Problem:
    return Problem(
        code="MISSING_COLUMN",
        file=file,
        sheet=sheet.name,
        row=None if row is None else sheet.first_row + row,
        header=header,
        facts=(("dataset", dataset),),
    )
