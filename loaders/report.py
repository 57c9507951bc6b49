"""What happened to a file, as one JSON object: the same on the command line and for a job."""

from typing import Any

from data.history import Batch, BatchTable
from loaders.load import Preview, Receipt, TablePreview
from loaders.reading import Reading, SheetReading, SheetTable


def file_report(
    reading: Reading, preview: Preview | None = None, receipt: Receipt | None = None
) -> dict[str, Any]:
    """The whole story of a file: verdicts, differences, control totals and problems.

    `status` is refused, checked (nothing committed yet), loaded or already_loaded.
    """
    already = receipt.batch if receipt and receipt.already else preview and preview.already
    loaded = receipt.batch if receipt else already
    return {
        "file": reading.file.name,
        "sha256": reading.file.sha256,
        "bytes": reading.file.bytes,
        "status": _status(reading, bool(already), receipt),
        "batch": loaded.batch_id if loaded else None,
        "errors": reading.errors,
        "warnings": reading.warnings,
        "datasets": [_table(table) for table in (preview.tables if preview else ())],
        "sheets": [_sheet(sheet, reading, preview) for sheet in reading.sheets],
        "problems": [problem.as_json() for problem in reading.problems],
    }


def batch_report(one: Batch) -> dict[str, Any]:
    """A batch of the history."""
    return {
        "batch": one.batch_id,
        "file": one.file.name,
        "sha256": one.file.sha256,
        "login": one.login,
        "loaded_at": one.loaded_at.isoformat(sep=" ", timespec="seconds"),
        "undone": one.undone,
        "datasets": [_counts(table) for table in one.tables],
    }


def _status(reading: Reading, already: bool, receipt: Receipt | None) -> str:
    if not reading.accepted:
        return "refused"
    if already:
        return "already_loaded"
    return "loaded" if receipt else "checked"


def _counts(table: BatchTable) -> dict[str, Any]:
    difference = table.difference
    return {
        "dataset": difference.dataset,
        "mapping": table.mapping,
        "rows": difference.rows,
        "added": difference.added,
        "changed": difference.changed,
        "unchanged": difference.unchanged,
        "control_totals": {
            "rows": difference.rows,
            "sums": dict(table.totals),
            "first_date": table.first_on.isoformat() if table.first_on else None,
            "last_date": table.last_on.isoformat() if table.last_on else None,
        },
    }


def _table(preview: TablePreview) -> dict[str, Any]:
    counts = _counts(preview.table)
    if preview.source_totals:
        counts["control_totals"]["sums_in_file_unit"] = dict(preview.source_totals)
    counts["kept"] = dict(preview.kept)
    counts["examples"] = [
        {
            "key": change.key,
            "row": change.row_number,
            "column": change.column,
            "old": change.old,
            "new": change.new,
        }
        for change in preview.examples
    ]
    return counts


def _sheet(sheet: SheetReading, reading: Reading, preview: Preview | None) -> dict[str, Any]:
    return {
        "sheet": sheet.name,
        "verdict": sheet.verdict,
        "nearest": sheet.nearest,
        "candidates": list(sheet.candidates),
        "tables": [_sheet_table(sheet.name, table, reading, preview) for table in sheet.tables],
    }


def _sheet_table(
    sheet: str, table: SheetTable, reading: Reading, preview: Preview | None
) -> dict[str, Any]:
    of_sheet = [
        one
        for known in (preview.tables if preview else ())
        for one in known.sheets
        if one.difference.dataset == table.dataset and sheet in one.sheets
    ]
    counts = _counts(of_sheet[0]) if of_sheet else {"dataset": table.dataset, "rows": 0}
    return {
        **counts,
        "mapping": table.mapping,
        "header_row": table.header_row,
        "confidence": round(table.confidence, 3),
        "columns": dict(table.columns),
        "rows_read": table.rows,
        "refused": 0 if reading.accepted else table.rows,
    }
