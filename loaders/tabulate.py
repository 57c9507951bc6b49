"""A located table to converted rows, with everything that is to be said about them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
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
        rows = arrange(_grid(sheet, located, data, file), located.table)
    except MissingHeaders as missing:
        known = {problem.header for problem in problems}
        lacking = [name for name in missing.headers if name not in known]
        return None, problems + [_lacking(sheet, located, name, file) for name in lacking]
    scales = _scales(sheet, located, rows.columns)
    part = Part(
        file=file,
        sheet=sheet.name,
        contract=contracts()[located.table.dataset],
        mapping=mapping,
        numbers=rows.numbers,
        columns=rows.columns,
        delivered=rows.delivered,
        values={},
        scales={
            name: scale.factor
            for name, scale in scales.items()
            if contracts()[located.table.dataset].columns[name].type != "share"
        },
        faulty=set(),
    )
    problems += _unknown_cells(part, unknown)
    problems += _units_applied(part, scales)
    problems += _converted(part, located.table, scales)
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
    for index in data.examples:
        row = sheet.first_row + index
        yield Problem(code="SAMPLE_ROW", file=file, sheet=sheet.name, row=row, column="A")
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


@dataclass(frozen=True, slots=True)
class _Scale:
    """What a column's numbers are multiplied by, and the unit that said so."""

    factor: Decimal
    unit: str | None = None


_UNSCALED = _Scale(Decimal(1))


def _scales(sheet: RawSheet, located: Located, columns: Mapping[str, Filled]) -> dict[str, _Scale]:
    """The scale of each column where it is not 1.

    A mapping's word counts before the header's unit, and that before the title's.
    """
    title = stated_unit(sheet.rows[: located.header]) if located.header else None
    found = {}
    for name, source in located.table.columns.items():
        column = contracts()[located.table.dataset].columns[name]
        if source.scale != 1:
            found[name] = _Scale(source.scale)
        elif columns[name].letters:
            unit = normalise(columns[name].header).unit
            found[name] = _stated(column, title if column.type == "amount" and not unit else unit)
    return {name: scale for name, scale in found.items() if scale.factor != 1}


def _stated(column: Column, unit: str | None) -> _Scale:
    if column.type == "share" and unit == "%":
        return _Scale(Decimal("0.01"), unit)
    return _Scale(factor(unit) if column.type in _SCALED else Decimal(1), unit)


def _units_applied(part: Part, scales: Mapping[str, _Scale]) -> Iterator[Problem]:
    """One warning for each unit that a header or a title gave, not the mapping."""
    by_unit: dict[_Scale, list[str]] = {}
    for name, scale in scales.items():
        if scale.unit not in (None, "%"):
            by_unit.setdefault(scale, []).append(part.columns[name].header or name)
    for scale, headers in by_unit.items():
        yield Problem(
            code="UNIT_APPLIED",
            severity="warning",
            file=part.file,
            sheet=part.sheet,
            facts=(
                ("headers", ", ".join(headers)),
                ("unit", scale.unit or ""),
                ("factor", f"{scale.factor:,}"),
            ),
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


def _converted(part: Part, table: Table, scales: Mapping[str, _Scale]) -> Iterator[Problem]:
    for name, source in table.columns.items():
        column = part.contract.columns[name]
        converted = _convert(column, part.columns[name], source, scales.get(name, _UNSCALED))
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


def _convert(column: Column, filled: Filled, source: Source, scale: _Scale) -> Converted:
    return convert_column(
        filled.cells,
        column,
        unit_scale=scale.factor,
        missing=PLACEHOLDERS,
        date_order=source.date_order,
        decimal_mark=source.decimal_mark,
    )
