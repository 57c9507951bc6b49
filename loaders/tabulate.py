"""A located table to converted rows, with everything that is to be said about them."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from data.contract import Column, contracts
from loaders.arrange import arrange
from loaders.body import Body, body
from loaders.convert import PLACEHOLDERS, convert_column
from loaders.grid import Filled, Grid, MissingHeaders, position_index, positions_of
from loaders.heading import index_of, normalise
from loaders.locate import Located
from loaders.mapping import Source, Table
from loaders.part import Part
from loaders.problem import Problem
from loaders.raw import RawSheet
from loaders.unit import factor, stated_unit
from loaders.value import Converted

_SCALED = ("amount", "number")


def tabulate(
    sheet: RawSheet,
    located: Located,
    *,
    file: str,
    mapping: str | None,
    unknown: Sequence[Problem] = (),
) -> tuple[Part | None, list[Problem]]:
    """The table's rows, or None where its columns are not there, and its problems.

    `unknown` are the cells of the sheet whose value is not known: errors, formulas that were
    never calculated. Those in the rows and columns that are loaded become problems.
    """
    problems = list(located.problems)
    data = body(sheet.rows, located.start, needed=_needed(located), header=located.texts)
    problems += _left_out(sheet, data, file)
    try:
        numbers, columns = arrange(_grid(sheet, located, data, file), located.table)
    except MissingHeaders as missing:
        known = {problem.header for problem in problems}
        lacking = [name for name in missing.headers if name not in known]
        return None, problems + [_lacking(sheet, located, name, file) for name in lacking]
    part = Part(
        file=file,
        sheet=sheet.name,
        contract=contracts()[located.table.dataset],
        mapping=mapping,
        numbers=numbers,
        columns=columns,
        values={},
        scales=_scales(sheet, located, columns),
        faulty=set(),
    )
    problems += _unknown_cells(part, unknown)
    problems += _units_applied(part, located.table)
    problems += _converted(part, located.table)
    return part, problems


def _grid(sheet: RawSheet, located: Located, data: Body, file: str) -> Grid:
    return Grid(
        file=file,
        whole=sheet,
        rows=[sheet.rows[index] for index in data.rows],
        numbers=[sheet.first_row + index for index in data.rows],
        headers=position_index(located.texts),
        texts=located.texts,
    )


def _needed(located: Located) -> set[int]:
    """Positions of the columns that a required value comes straight from."""
    there = position_index(located.texts)
    contract = contracts()[located.table.dataset]
    found: set[int] = set()
    for name in contract.required:
        source = located.table.columns.get(name)
        if source is None:
            continue
        if source.letter:
            found.add(index_of(source.letter))
        for header in (*source.headers, *(part for part in source.parts if isinstance(part, str))):
            found.update(positions_of(header, there)[:1])
    return found


def _left_out(sheet: RawSheet, data: Body, file: str) -> Iterator[Problem]:
    for code, rows in (
        ("TOTALS_SKIPPED", data.totals),
        ("NOTES_SKIPPED", data.notes),
        ("REPEATED_HEADER", data.repeated_headers),
    ):
        if rows:
            numbers = [sheet.first_row + index for index in rows]
            yield Problem(
                code=code,
                severity="warning",
                file=file,
                sheet=sheet.name,
                row=numbers[0],
                facts=(("count", str(len(rows))), ("rows", ", ".join(map(str, numbers)))),
            )


def _lacking(sheet: RawSheet, located: Located, header: str, file: str) -> Problem:
    row = None if located.header is None else sheet.first_row + located.header
    return Problem(code="MISSING_COLUMN", file=file, sheet=sheet.name, row=row, header=header)


def _scales(sheet: RawSheet, located: Located, columns: Mapping[str, Filled]) -> dict[str, Decimal]:
    """What the numbers of each column are multiplied by, where that is not 1.

    A mapping's word counts before the header's unit, and that before the title's.
    """
    declared = contracts()[located.table.dataset].columns
    title = stated_unit(sheet.rows[: located.header]) if located.header else None
    scales = {}
    for name, source in located.table.columns.items():
        if declared[name].type not in _SCALED or (letters := columns[name].letters) is None:
            scale = source.scale
        else:
            unit = normalise(columns[name].header).unit
            stated = title if declared[name].type == "amount" and unit is None else unit
            scale = source.scale if source.scale != 1 or not letters else factor(stated)
        if scale != 1:
            scales[name] = scale
    return scales


def _units_applied(part: Part, table: Table) -> Iterator[Problem]:
    """One warning for each factor that a header or a title gave, not the mapping."""
    by_scale: dict[Decimal, list[str]] = {}
    for name, scale in part.scales.items():
        if table.columns[name].scale == 1:
            by_scale.setdefault(scale, []).append(part.columns[name].header or name)
    for scale, headers in by_scale.items():
        unit = next(
            (unit for header in headers if (unit := normalise(header).unit)), f"× {scale:,}"
        )
        yield Problem(
            code="UNIT_APPLIED",
            severity="warning",
            file=part.file,
            sheet=part.sheet,
            facts=(("headers", ", ".join(headers)), ("unit", unit), ("factor", f"{scale:,}")),
        )


def _unknown_cells(part: Part, unknown: Sequence[Problem]) -> Iterator[Problem]:
    """The problems among `unknown` whose cell is loaded; each cell is marked as faulty."""
    at = {(problem.row, problem.column): problem for problem in unknown}
    reported = set()
    for name, column in part.columns.items():
        if not at or column.letters is None:
            continue
        for index, number in enumerate(part.numbers):
            problem = at.get((number, column.letter(index)))
            if problem:
                part.faulty.add((index, name))
                if problem not in reported:
                    reported.add(problem)
                    yield problem


def _converted(part: Part, table: Table) -> Iterator[Problem]:
    for name, source in table.columns.items():
        column = part.contract.columns[name]
        converted = _convert(column, part.columns[name], source, part.scales.get(name, Decimal(1)))
        part.values[name] = converted.array
        for fault in converted.faults:
            if (fault.index, name) in part.faulty:
                continue
            if fault.severity == "error":
                part.faulty.add((fault.index, name))
            yield part.problem(
                fault.code,
                fault.index,
                name,
                found=fault.found,
                expected=fault.expected,
                severity=fault.severity,
                facts=fault.facts,
            )


def _convert(column: Column, filled: Filled, source: Source, scale: Decimal) -> Converted:
    return convert_column(
        filled.cells,
        column,
        unit_scale=scale,
        missing=PLACEHOLDERS,
        date_order=source.date_order,
        decimal_mark=source.decimal_mark,
    )
