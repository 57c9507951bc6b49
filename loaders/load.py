"""The way of a workbook into the warehouse: read, look at what would change, commit.

Committing needs a reading without errors; a file goes in whole or not at all.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from data import audit
from data import batch as batches
from data.difference import Change, changes, compare, kept
from data.history import Batch, BatchTable, File, batch_of_file
from data.home import Home
from data.staging import Staged, control_totals, span, stage
from data.warehouse import Warehouse
from loaders import sandbox
from loaders.limits import DEFAULT, Limits
from loaders.mapping import Mapping as Outside
from loaders.mapping_file import named_mapping, parse_mapping
from loaders.original import keep_original, sha256_of
from loaders.problem import LoadError, RefusedFile
from loaders.reading import Extracted, Reading, problems_from_json, sheet_from_json

EXAMPLES = 20
"""So many changed cells of a dataset are shown before a commit."""

Progress = Callable[[float], None]


class NotAccepted(LoadError):
    """A reading with errors, or without a table, cannot be committed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePreview:
    """What committing would do to one dataset, and what to hold against the workbook."""

    table: BatchTable
    sheets: tuple[BatchTable, ...]
    """The same for each sheet on its own."""
    source_totals: Mapping[str, str]
    """The sums of the columns whose numbers were multiplied, in the unit of the file."""
    kept: Mapping[str, int]
    """Columns that the file does not have, and how many rows keep the value they have."""
    examples: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What committing a reading would do."""

    already: Batch | None
    """The batch in which the same file was loaded before: committing would change nothing."""
    tables: tuple[TablePreview, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a commit did."""

    batch: Batch
    already: bool
    """True where the same file had been loaded before, and nothing was changed."""


def read_file(
    path: Path,
    *,
    name: str | None = None,
    mapping: str | None = None,
    mappings: Mapping[str, Any] | None = None,
    dataset: str | None = None,
    limits: Limits = DEFAULT,
    progress: Progress | None = None,
    workdir: Path | None = None,
) -> Reading:
    """Read and check a file in a child process; nothing is written to the warehouse.

    `name` is what the person called it. `mapping` forces one, by name or as a .toml path;
    `mappings` are further ones as TOML documents; `dataset` skips recognition. A file that cannot
    be read is a reading with errors, never an exception. Raises MappingError where the mapping is
    not usable.
    """
    if mapping:
        named_mapping(mapping, _parsed(mappings or {}))
    with TemporaryDirectory(prefix="heng-", dir=workdir) as folder:
        file = _file(path, name)
        request = _request(path, file, Path(folder)) | {
            "mapping": _absolute(mapping),
            "mappings": dict(mappings or {}),
            "dataset": dataset,
            "limits": asdict(limits),
        }
        try:
            answer = sandbox.run(
                "loaders.extract.extract",
                request,
                limits=limits,
                progress=progress,
                workdir=Path(folder),
            )
        except RefusedFile as refused:
            return _refused(path, file, refused)
        return _reading(path, file, answer)


def read_files(paths: Sequence[Path]) -> list[Reading]:
    """Several files read by one child process: quicker, but one bad file spoils them all."""
    with TemporaryDirectory(prefix="heng-") as folder:
        files = [_file(path) for path in paths]
        requests = []
        for number, (path, file) in enumerate(zip(paths, files, strict=True)):
            place = Path(folder, str(number))
            place.mkdir()
            requests.append(_request(path, file, place))
        answers = sandbox.run(
            "loaders.extract.extract_all", {"requests": requests}, workdir=Path(folder)
        )
        return [_reading(*one) for one in zip(paths, files, answers, strict=True)]


def preview(warehouse: Warehouse, reading: Reading) -> Preview:
    """What committing the reading would do, dataset by dataset."""
    staged = _staged(warehouse.home, reading)
    with warehouse.read() as con:
        return Preview(
            already=batch_of_file(con, reading.file.sha256),
            tables=tuple(
                _table_preview(con, part, table)
                for part, table in zip(staged, reading.tables, strict=True)
            ),
        )


def commit(warehouse: Warehouse, home: Home, reading: Reading, *, login: str) -> Receipt:
    """Make the reading's rows current, all or none. Raises NotAccepted, ChangedFile.

    The original is on the disk before the rows are, and both are when this returns. A file that
    is loaded already changes nothing.
    """
    if not reading.accepted:
        raise NotAccepted(f"{reading.file.name} has errors; nothing was loaded.")
    staged = _staged(home, reading)
    keep_original(home, reading.path, reading.file.sha256)
    with warehouse.write() as con:
        known = batch_of_file(con, reading.file.sha256)
        if known:
            return Receipt(batch=known, already=True)
        done = batches.commit(con, reading.file, staged, login=login)
        for table in reading.tables:
            months = [date.fromisoformat(f"{month}-01") for month in table.months]
            batches.add_coverage(con, done.batch_id, table.dataset, months, table.departments)
        audit.record(
            con,
            login=login,
            action="load",
            subject=f"batch {done.batch_id}",
            file=reading.file.name,
            sha256=reading.file.sha256,
            rows=str(sum(table.difference.rows for table in done.tables)),
        )
    return Receipt(batch=done, already=False)


def undo(warehouse: Warehouse, batch_id: int, *, login: str) -> Batch:
    """Take a batch back. Raises KeyError where there is none, ValueError where it is undone."""
    with warehouse.write() as con:
        undone = batches.undo(con, batch_id, login=login)
        audit.record(
            con, login=login, action="undo", subject=f"batch {batch_id}", file=undone.file.name
        )
    return undone


def _parsed(documents: Mapping[str, Any]) -> dict[str, Outside]:
    return {name: parse_mapping(name, document) for name, document in documents.items()}


def _absolute(mapping: str | None) -> str | None:
    """A mapping file's path as the child process finds it; a name as it is."""
    return str(Path(mapping).resolve()) if mapping and mapping.endswith(".toml") else mapping


def _file(path: Path, name: str | None = None) -> File:
    return File(name=name or path.name, sha256=sha256_of(path), bytes=path.stat().st_size)


def _request(path: Path, file: File, folder: Path) -> dict[str, Any]:
    return {"path": str(path), "name": file.name, "folder": str(folder)}


def _staged(home: Home, reading: Reading) -> list[Staged]:
    return [
        stage(
            home,
            table.dataset,
            table.table,
            mapping=table.mapping,
            deliveries=table.deliveries,
        )
        for table in reading.tables
    ]


def _table_preview(
    con: duckdb.DuckDBPyConnection, staged: Staged, extracted: Extracted
) -> TablePreview:
    whole = _batch_table(con, staged)
    return TablePreview(
        table=whole,
        sheets=(whole,)
        if len(staged.sheets) == 1
        else tuple(_batch_table(con, _of_sheet(staged, sheet)) for sheet in staged.sheets),
        source_totals=extracted.source_totals,
        kept=kept(con, staged),
        examples=changes(con, staged, EXAMPLES),
    )


def _batch_table(con: duckdb.DuckDBPyConnection, staged: Staged) -> BatchTable:
    first_on, last_on = span(staged)
    return BatchTable(
        difference=compare(con, staged),
        sheets=staged.sheets,
        mapping=staged.mapping,
        first_on=first_on,
        last_on=last_on,
        totals=control_totals(staged),
    )


def _of_sheet(staged: Staged, sheet: str) -> Staged:
    table = staged.table.filter(pc.equal(staged.table["sheet"], sheet))
    return replace(staged, table=table, sheets=(sheet,))


def _refused(path: Path, file: File, refused: RefusedFile) -> Reading:
    return Reading(
        path=path,
        file=file,
        sheets=(),
        problems=refused.problems,
        errors=len(refused.problems),
        warnings=0,
        tables=(),
    )


def _reading(path: Path, file: File, answer: Mapping[str, Any]) -> Reading:
    return Reading(
        path=path,
        file=file,
        sheets=tuple(sheet_from_json(sheet) for sheet in answer["sheets"]),
        problems=problems_from_json(answer["problems"]),
        errors=answer["errors"],
        warnings=answer["warnings"],
        tables=tuple(_extracted(table) for table in answer["tables"]),
    )


def _extracted(fields: Mapping[str, Any]) -> Extracted:
    # Read into memory: the file goes with its folder.
    with pa.OSFile(fields["path"], "rb") as source:
        table = pa.ipc.open_file(source).read_all()
    return Extracted(
        dataset=fields["dataset"],
        table=table,
        mapping=fields["mapping"],
        months=tuple(fields["months"]),
        departments=tuple(fields["departments"]),
        source_totals=fields["source_totals"],
        deliveries=tuple(tuple(columns) for columns in fields["deliveries"]),
    )
