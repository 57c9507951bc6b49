"""python -m kpi export appraisal: the summary of a period as a workbook.

UnsupportedFile
    the file asked for has an ending that nothing is written as
"""

import argparse
from pathlib import Path
from typing import Any

import duckdb

from data.access import Scope
from kpi.export.workbook import appraisal_summary


class UnsupportedFile(Exception):
    """No summary is written as a file with this ending."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path.name}: summaries are written as .xlsx. Nothing was written.")
        self.path = path


def document(
    con: duckdb.DuckDBPyConnection, scope: Scope, asked: argparse.Namespace
) -> dict[str, Any]:
    """Write the file, whole or not at all, and say what it holds."""
    path: Path = asked.out
    if path.suffix.lower() != ".xlsx":
        raise UnsupportedFile(path)
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as out:
            people = appraisal_summary(con, scope, asked.period, asked.language, out)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return {"period": str(asked.period), "file": str(path), "people": people}


def text(answer: dict[str, Any]) -> str:
    """One sentence."""
    return f"{answer['people']} people of {answer['period']} written to {answer['file']}"
