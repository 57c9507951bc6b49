"""What each command of the loaders does; the answer is its exit code."""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from data import audit
from data.contract import contract, departments
from data.declaration import declare_nothing
from data.history import history as loaded_files
from data.home import open_home
from data.warehouse import Warehouse
from loaders import load as loading
from loaders import query as asking
from loaders.annotate import annotate
from loaders.mapping_file import MappingError, named_mapping
from loaders.period import months_of
from loaders.reading import Reading
from loaders.report import batch_report, file_report
from loaders.sample import create_sample, in_use
from loaders.template import write_template

LOGIN = "owner"
"""Who a command acts as: whoever may open the home owns it."""

DONE, REFUSED = 0, 1


class Wrong(Exception):
    """The command was used wrongly; says how."""


def load(options: argparse.Namespace) -> int:
    """Load every file; one that is refused does not keep the others out."""
    _check_files(*options.files)
    _check_mapping(options.mapping)
    _check_marked(options.annotate, options.files)
    reports = []
    with _warehouse(options) as warehouse:
        for path in options.files:
            report = _load_one(warehouse, path, options)
            reports.append(report)
            if not options.json:
                print(_told(report))
    refused = [report for report in reports if report["status"] == "refused"]
    if options.json:
        _print_json({"dry_run": options.dry_run, "files": reports})
    return REFUSED if refused else DONE


def sample(options: argparse.Namespace) -> int:
    """Create the sample company in the home and say how to sign in."""
    with _warehouse(options) as warehouse, _progress() as moved:
        if options.if_empty and in_use(warehouse):
            return DONE
        made = create_sample(warehouse, progress=moved)
    sign_ins = [
        {"login": one.account.login, "password": one.password, "role": one.account.role}
        for one in made.sign_ins
    ]
    if options.json:
        files = [batch_report(receipt.batch) for receipt in made.receipts]
        _print_json({"home": str(warehouse.home.path), "files": files, "sign_ins": sign_ins})
        return DONE
    print(f"{len(made.receipts)} sample workbooks loaded into {warehouse.home.path}")
    for one in sign_ins:
        print(f"  {one['role']:<16} login {one['login']:<12} password {one['password']}")
    return DONE


def detect(options: argparse.Namespace) -> int:
    """Say what each sheet of a file is, without loading it."""
    _check_files(options.file)
    with _progress() as moved:
        reading = loading.read_file(options.file, progress=lambda share: moved(share, ""))
    report = file_report(reading)
    if options.json:
        _print_json(report)
        return DONE
    for sheet in report["sheets"]:
        print(f"{sheet['sheet']}: {_verdict(sheet)}")
    for problem in reading.problems:
        print(f"  {problem.severity}: {problem}")
    return DONE


def history(options: argparse.Namespace) -> int:
    """List every batch, newest first."""
    with _warehouse(options) as warehouse, warehouse.read() as con:
        batches = [batch_report(one) for one in loaded_files(con)]
    if options.json:
        _print_json({"batches": batches})
        return DONE
    for one in batches:
        rows = sum(table["rows"] for table in one["datasets"])
        state = " (undone)" if one["undone"] else ""
        print(
            f"{one['batch']:>6}  {one['loaded_at']}  {one['login']:<12} {rows:>8} rows  "
            f"{one['file']}{state}"
        )
    return DONE


def undo(options: argparse.Namespace) -> int:
    """Take a batch back."""
    with _warehouse(options) as warehouse:
        try:
            undone = loading.undo(warehouse, options.batch, login=LOGIN)
        except (KeyError, ValueError) as error:
            print(error.args[0], file=sys.stderr)
            return REFUSED
    if options.json:
        _print_json(batch_report(undone))
    else:
        print(f"Batch {undone.batch_id} ({undone.file.name}) is undone.")
    return DONE


def template(options: argparse.Namespace) -> int:
    """Write the empty workbook of a dataset."""
    if options.out.suffix.lower() != ".xlsx":
        raise Wrong(f"{options.out}: the template's name must end in .xlsx")
    write_template(contract(options.dataset), options.out, options.language)
    if options.json:
        _print_json({"dataset": options.dataset, "file": str(options.out)})
    else:
        print(f"{options.out} written.")
    return DONE


def query(options: argparse.Namespace) -> int:
    """Answer a SELECT over the published datasets."""
    with _warehouse(options) as warehouse:
        try:
            answer = asking.query(warehouse, options.sql)
        except asking.QueryRefused as refused:
            print(refused, file=sys.stderr)
            return REFUSED
    if options.json:
        _print_json({"columns": list(answer.columns), "rows": [list(row) for row in answer.rows]})
        return DONE
    print("\t".join(answer.columns))
    for row in answer.rows:
        print("\t".join("" if value is None else str(value) for value in row))
    return DONE


def declare(options: argparse.Namespace) -> int:
    """Record that a dataset has nothing in a period."""
    try:
        months = months_of(options.period)
    except ValueError as error:
        raise Wrong(str(error)) from error
    if options.department is not None and options.department not in departments():
        raise Wrong(f"No department {options.department!r}; known: {', '.join(departments())}")
    with _warehouse(options) as warehouse, warehouse.write() as con:
        for month in months:
            declare_nothing(
                con,
                options.dataset,
                month,
                options.department,
                login=LOGIN,
                reason=options.reason,
            )
            audit.record(
                con,
                login=LOGIN,
                action="declare",
                subject=options.dataset,
                month=f"{month:%Y-%m}",
                department=options.department or "",
            )
    said = {
        "dataset": options.dataset,
        "months": [f"{month:%Y-%m}" for month in months],
        "department": options.department,
    }
    if options.json:
        _print_json(said)
    else:
        print(f"{options.dataset}: nothing in {', '.join(said['months'])}.")
    return DONE


@contextmanager
def _warehouse(options: argparse.Namespace) -> Iterator[Warehouse]:
    warehouse = Warehouse.open(open_home(options.home))
    try:
        yield warehouse
    finally:
        warehouse.close()


def _load_one(warehouse: Warehouse, path: Path, options: argparse.Namespace) -> dict[str, Any]:
    with _progress() as moved:
        reading = loading.read_file(
            path,
            mapping=options.mapping,
            dataset=options.dataset,
            progress=lambda share: moved(share, path.name),
        )
    marked = _marked(reading, options.annotate)
    if not reading.accepted:
        return file_report(reading) | marked
    preview = loading.preview(warehouse, reading)
    if options.dry_run:
        return file_report(reading, preview) | marked
    receipt = loading.commit(warehouse, warehouse.home, reading, login=LOGIN)
    return file_report(reading, preview, receipt) | marked


def _marked(reading: Reading, out: Path | None) -> dict[str, Any]:
    """Write the marked workbook where one is wanted; what the report says of it."""
    if out is None:
        return {}
    made = annotate(
        reading.path,
        reading.file.name,
        reading.problems,
        out,
        errors=reading.errors,
        warnings=reading.warnings,
    )
    return {"annotated": {"file": str(out), "cells": made.cells, "kept": made.kept}}


def _check_files(*paths: Path) -> None:
    missing = [str(path) for path in paths if not path.is_file()]
    if missing:
        raise Wrong(f"No such file: {', '.join(missing)}")


def _check_marked(out: Path | None, files: Sequence[Path]) -> None:
    if out is None:
        return
    if len(files) > 1:
        raise Wrong("--annotate takes one file at a time")
    if out.suffix.lower() != ".xlsx":
        raise Wrong(f"{out}: the marked workbook's name must end in .xlsx")
    if not out.parent.is_dir():
        raise Wrong(f"No such folder: {out.parent}")
    if out.exists() and out.samefile(files[0]):
        raise Wrong(f"{out}: the marked workbook would replace the file itself")


def _check_mapping(name: str | None) -> None:
    try:
        if name:
            named_mapping(name)
    except MappingError as error:
        raise Wrong(str(error)) from error


def _told(report: Mapping[str, Any]) -> str:
    """The report of a file as lines for a person."""
    head = {
        "refused": f"refused with {report['errors']} errors; nothing was loaded",
        "checked": "would be loaded; nothing was changed",
        "loaded": f"loaded as batch {report['batch']}",
        "already_loaded": f"is loaded already as batch {report['batch']}; nothing was changed",
    }[report["status"]]
    lines = [f"{report['file']}: {head}."]
    for table in report["datasets"]:
        counts = ", ".join(f"{table[key]} {key}" for key in ("added", "changed", "unchanged"))
        lines.append(f"  {table['dataset']}: {table['rows']} rows, {counts}")
        totals = table["control_totals"]
        lines += [
            f"    sum of {name}: {Decimal(total):,f}" for name, total in totals["sums"].items()
        ]
        lines += [
            f"    sum of {name} as in the file: {total}"
            for name, total in totals.get("sums_in_file_unit", {}).items()
        ]
        lines += [
            f"    {rows} rows keep their {name}, which the file does not have"
            for name, rows in table["kept"].items()
        ]
        if totals["first_date"]:
            lines.append(f"    dated {totals['first_date']} to {totals['last_date']}")
    lines += [f"  sheet {s['sheet']}: {_verdict(s)}" for s in report["sheets"] if not s["tables"]]
    lines += [f"  {one['severity']}: {one['text']}" for one in report["problems"]]
    if marked := report.get("annotated"):
        lines.append(f"  {marked['cells']} cells marked in {marked['file']}")
    left = report["errors"] + report["warnings"] - len(report["problems"])
    return "\n".join([*lines, f"  and {left} more"] if left else lines)


def _verdict(sheet: Mapping[str, Any]) -> str:
    if sheet["tables"]:
        return "; ".join(
            f"{table['dataset']}, header in row {table['header_row']}, {table['rows_read']} rows, "
            + (f"mapping {table['mapping']}" if table["mapping"] else "by its headers")
            + f", confidence {table['confidence']:.0%}"
            for table in sheet["tables"]
        )
    words = {
        "not_recognised": "not recognised",
        "ambiguous": f"one of {', '.join(sheet['candidates'])}",
        "hidden": "hidden, not read",
        "empty": "empty",
    }[sheet["verdict"]]
    return f"{words}, nearest is {sheet['nearest']}" if sheet["nearest"] else words


class _Bar:
    """Progress on one line of standard error, where that is a terminal."""

    def __call__(self, share: float, what: str) -> None:
        if sys.stderr.isatty():
            print(f"\r{share:>5.0%} {what[:60]:<60}", end="", file=sys.stderr, flush=True)


@contextmanager
def _progress() -> Iterator[_Bar]:
    try:
        yield _Bar()
    finally:
        if sys.stderr.isatty():
            print(f"\r{'':<70}\r", end="", file=sys.stderr)


def _print_json(document: object) -> None:
    print(json.dumps(document, ensure_ascii=False, indent=2, default=_plain))


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
