"""From a file to checked rows: what the child process does, and all it does."""

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from loaders import gate, progress
from loaders.check import check, part_table
from loaders.container import Container
from loaders.findings import Findings
from loaders.limits import Limits, limits_from
from loaders.locate import Located, mapped_tables, recognised_table
from loaders.mapping import Coverage, Mapping
from loaders.mapping_file import named_mapping, parse_mapping, shipped_mappings
from loaders.marked.listing import file_of, is_list
from loaders.match import matching, matching_text
from loaders.part import Part
from loaders.problem import Problem, RefusedFile, Severity
from loaders.raw import RawSheet
from loaders.reader import read_sheets
from loaders.reading import SheetReading, SheetTable, Verdict, sheet_json
from loaders.recognise import Recognition, recognise
from loaders.tabulate import tabulate

INSPECTED, READ, CHECKED = 0.2, 0.8, 0.95
"""Shares of the work that are done after each step."""


@dataclass(slots=True, kw_only=True)
class _Work:
    """One file on its way."""

    path: Path
    name: str
    called: str
    """What mappings know the file by."""
    dataset: str | None
    forced: Mapping | None
    known: Map[str, Mapping]
    limits: Limits
    findings: Findings = field(default_factory=Findings)
    sheets: list[SheetReading] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    covers: dict[str, Coverage] = field(default_factory=dict)


def extract(request: Map[str, Any]) -> dict[str, Any]:
    """Read, recognise, convert and check one file.

    `request`: path, name, folder, mapping, mappings, dataset, limits. Checked rows go to
    `folder`/<dataset>.arrow where the file has no errors; the answer holds what was found.
    """
    work = _work(request)
    try:
        with progress.span(0.0, INSPECTED):
            container = gate.inspect(work.path, work.name, work.limits)
        progress.report(INSPECTED)
        work.findings.add(container.warnings)
        _read(work, container)
        work.findings.add(_without_table(work))
    except RefusedFile as refused:
        work.findings.add(refused.problems)
    by_dataset = _by_dataset(work.parts)
    for parts in by_dataset.values():
        work.findings.add(check(parts))
    progress.report(CHECKED)
    work.findings.add(_unions(work.name, by_dataset))
    return _answer(work, by_dataset, Path(request["folder"]))


def extract_all(request: Map[str, Any]) -> list[dict[str, Any]]:
    """The same for each of `requests`, in order: one child process for files one trusts."""
    return [extract(one) for one in request["requests"]]


def _work(request: Map[str, Any]) -> _Work:
    saved = {
        name: parse_mapping(name, document)
        for name, document in (request.get("mappings") or {}).items()
    }
    forced = request.get("mapping")
    return _Work(
        path=Path(request["path"]),
        name=request["name"],
        called=request["name"],
        dataset=request.get("dataset"),
        forced=named_mapping(forced, saved) if forced else None,
        known={**shipped_mappings(), **saved},
        limits=limits_from(request.get("limits") or {}),
    )


def _read(work: _Work, container: Container) -> None:
    mapping = work.forced
    if mapping is None and work.dataset is None and container.kind == "csv":
        mapping = matching_text(work.known, work.name, work.path)
    unknown = {facts.name: facts.faults for facts in container.sheets}
    sheets = read_sheets(
        work.path,
        container,
        encoding=mapping.encoding if mapping else None,
        delimiter=mapping.delimiter if mapping else None,
        limits=work.limits,
    )
    for number, sheet in enumerate(sheets, 1):
        if is_list(sheet):
            # What the workbook was called before it was marked is what mappings know it by.
            work.called = file_of(sheet) or work.called
            continue
        done = number / max(len(container.sheets), number)
        progress.report(INSPECTED + (READ - INSPECTED) * done * 0.9)
        _read_sheet(work, sheet, mapping, unknown.get(sheet.name, ()))


def _read_sheet(
    work: _Work, sheet: RawSheet, mapping: Mapping | None, unknown: Iterable[Problem]
) -> None:
    if sheet.hidden:
        work.sheets.append(SheetReading(name=sheet.name, verdict="hidden"))
    elif not sheet.rows:
        work.sheets.append(SheetReading(name=sheet.name, verdict="empty"))
    elif mapping:
        _read_mapped(work, sheet, mapping, list(unknown))
    elif work.dataset is None and (
        fitting := matching(work.known.values(), work.called, sheet.rows)
    ):
        if len(fitting) == 1:
            _read_mapped(work, sheet, fitting[0], list(unknown))
        else:
            names = tuple(one.name for one in fitting)
            _ambiguous(work, sheet, "AMBIGUOUS_MAPPING", names)
    else:
        _read_recognised(work, sheet, list(unknown))


def _read_mapped(work: _Work, sheet: RawSheet, mapping: Mapping, unknown: list[Problem]) -> None:
    located = list(mapped_tables(sheet, mapping, work.name))
    tables = [
        _tabulated(work, sheet, one, mapping=mapping.name, confidence=1.0, unknown=unknown)
        for one in located
    ]
    for one in located:
        work.covers[one.table.dataset] = one.table.covers
    verdict: Verdict = "table" if tables else "not_recognised"
    work.sheets.append(SheetReading(name=sheet.name, verdict=verdict, tables=tuple(tables)))


def _read_recognised(work: _Work, sheet: RawSheet, unknown: list[Problem]) -> None:
    found = recognise(sheet.rows, hint=f"{sheet.name} {work.called}", dataset=work.dataset)
    if found.rivals:
        _ambiguous(work, sheet, "AMBIGUOUS_DATASET", found.rivals)
    elif found.header is None or (work.dataset and _is_aside(found)):
        nearest = found.nearest.dataset if found.nearest else None
        work.sheets.append(SheetReading(name=sheet.name, verdict="not_recognised", nearest=nearest))
    else:
        located = recognised_table(sheet, found.header, work.name)
        confidence = found.header.confidence
        table = _tabulated(
            work, sheet, located, mapping=None, confidence=confidence, unknown=unknown
        )
        work.sheets.append(SheetReading(name=sheet.name, verdict="table", tables=(table,)))


def _is_aside(found: Recognition) -> bool:
    """Whether a sheet knows too little of the dataset that was asked for to be meant."""
    header = found.header
    return header is None or len(header.columns) < 2


def _tabulated(
    work: _Work,
    sheet: RawSheet,
    located: Located,
    *,
    mapping: str | None,
    confidence: float,
    unknown: list[Problem],
) -> SheetTable:
    part, problems = tabulate(sheet, located, file=work.name, mapping=mapping, unknown=unknown)
    work.findings.add(problems)
    if part:
        work.parts.append(part)
    columns = part.columns if part else {}
    return SheetTable(
        dataset=located.table.dataset,
        mapping=mapping,
        header_row=None if located.header is None else sheet.first_row + located.header,
        columns={name: column.header for name, column in columns.items() if column.header},
        rows=len(part.numbers) if part else 0,
        confidence=confidence,
    )


def _ambiguous(work: _Work, sheet: RawSheet, code: str, candidates: tuple[str, ...]) -> None:
    facts = (("candidates", ", ".join(candidates)),)
    work.findings.add([_sheet_problem(work, sheet, code, facts=facts)])
    work.sheets.append(SheetReading(name=sheet.name, verdict="ambiguous", candidates=candidates))


def _sheet_problem(
    work: _Work,
    sheet: RawSheet,
    code: str,
    severity: Severity = "error",
    facts: tuple[tuple[str, str], ...] = (),
) -> Problem:
    return Problem(code=code, severity=severity, file=work.name, sheet=sheet.name, facts=facts)


def _without_table(work: _Work) -> Iterator[Problem]:
    """What is to be said where nothing, or nothing but headers, was found."""
    tables = [table for sheet in work.sheets for table in sheet.tables]
    if any(table.rows for table in tables) or work.findings.errors:
        return
    empty = [sheet.name for sheet in work.sheets if sheet.tables]
    if empty or all(sheet.verdict in ("empty", "hidden") for sheet in work.sheets):
        yield Problem(code="NO_DATA", file=work.name, sheet=empty[0] if empty else None)
        return
    nearest = next((sheet for sheet in work.sheets if sheet.nearest), None)
    if nearest:
        facts = (("nearest", nearest.nearest or ""),)
        yield Problem(code="WRONG_TEMPLATE", file=work.name, sheet=nearest.name, facts=facts)
    else:
        yield Problem(code="NO_TABLE", file=work.name)


def _by_dataset(parts: Iterable[Part]) -> dict[str, list[Part]]:
    found: dict[str, list[Part]] = {}
    for part in parts:
        found.setdefault(part.contract.dataset, []).append(part)
    return found


def _unions(name: str, by_dataset: Map[str, list[Part]]) -> Iterator[Problem]:
    for dataset, parts in by_dataset.items():
        recognised = [part.sheet for part in parts if part.mapping is None]
        if len(recognised) > 1:
            yield Problem(
                code="SEVERAL_SHEETS",
                severity="warning",
                file=name,
                facts=(("dataset", dataset), ("sheets", ", ".join(recognised))),
            )


def _answer(work: _Work, by_dataset: Map[str, list[Part]], folder: Path) -> dict[str, Any]:
    accepted = not work.findings.errors
    return {
        "sheets": [sheet_json(sheet) for sheet in work.sheets],
        "problems": [problem.as_json() for problem in work.findings.kept],
        "errors": work.findings.errors,
        "warnings": work.findings.warnings,
        "tables": [
            _written(dataset, parts, folder, work.covers.get(dataset, Coverage()))
            for dataset, parts in by_dataset.items()
            if accepted and any(part.numbers for part in parts)
        ],
    }


def _written(dataset: str, parts: list[Part], folder: Path, covers: Coverage) -> dict[str, Any]:
    tables = [_numbered(part_table(part), place) for place, part in enumerate(parts)]
    table = pa.concat_tables(tables, promote_options="default")
    path = folder / f"{dataset}.arrow"
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    mappings = dict.fromkeys(part.mapping for part in parts if part.mapping)
    return {
        "dataset": dataset,
        "path": str(path),
        "mapping": ", ".join(mappings) or None,
        "months": list(covers.months),
        "departments": list(covers.departments),
        "source_totals": _source_totals(parts),
        "deliveries": [list(part.delivered) for part in parts],
    }


def _numbered(table: pa.Table, place: int) -> pa.Table:
    return table.append_column("delivery", pa.array([place] * table.num_rows, pa.int32()))


def _source_totals(parts: list[Part]) -> dict[str, str]:
    """Sums in the unit of the file, of the columns whose numbers were multiplied."""
    scaled = {name for part in parts for name in part.scales}
    return {
        name: f"{sum((_in_file_unit(part, name) for part in parts), Decimal(0)).normalize():f}"
        for name in scaled
    }


def _in_file_unit(part: Part, name: str) -> Decimal:
    total = pc.sum(part.values[name]).as_py() if name in part.values else None
    return Decimal(total or 0) / part.scales.get(name, Decimal(1))
