"""Empty workbooks to fill in: headers, lists to choose from, and notes on every column."""

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from data.contract import Column, Contract, every_department

ROWS = 2_000
"""Lists reach down to this row."""
LONGEST_LIST = 255
"""Characters that Excel takes for a list."""

_FORMATS = {
    "id": "@",
    "text": "@",
    "period": "@",
    "amount": "#,##0.00",
    "share": "0.0%",
    "date": "yyyy-mm-dd",
    "datetime": "yyyy-mm-dd hh:mm",
    "month": "yyyy-mm",
}
_NOTES = {"column": 24, "required": 10, "content": 44, "values": 80}
"""The notes' columns and how wide they are."""


def write_template(contract: Contract, path: Path, language: str) -> None:
    """Write the empty workbook of a dataset; what it holds, filled in, is recognised again."""
    with xlsxwriter.Workbook(str(path)) as workbook:
        head = workbook.add_format({"bold": True, "bg_color": "#E8EEF4", "bottom": 1})
        _write_table(workbook, contract, language, head)
        notes = workbook.add_worksheet(_words()["words"]["notes"][language])
        _write_notes(notes, contract, language, head)


def choices(column: Column, language: str) -> list[str]:
    """What may be chosen in a column, as it reads in the language; empty where all is free."""
    match column.type:
        case "choice":
            return [_in_language(spellings, language) for spellings in column.values.values()]
        case "department":
            return [department.names[language] for department in every_department().values()]
        case "boolean":
            return [_words()["words"][word][language] for word in ("yes", "no")]
        case _:
            return []


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def _in_language(spellings: Sequence[str], language: str) -> str:
    """Contracts list the Chinese spellings first, Traditional before Simplified."""
    latin = [word for word in spellings if word.isascii()]
    chinese = [word for word in spellings if not word.isascii()]
    if language == "en":
        return (latin or chinese)[0]
    return (chinese[1:2] or chinese or latin)[0] if language == "zh-Hans" else spellings[0]


def _write_table(workbook: Workbook, contract: Contract, language: str, head: Format) -> None:
    sheet = workbook.add_worksheet(contract.names[language])
    needed = workbook.add_format({"bold": True, "bg_color": "#CFE0EF", "bottom": 1})
    for position, column in enumerate(contract.columns.values()):
        style = needed if column.required else head
        sheet.write_string(0, position, column.names[language], style)
        written = _FORMATS.get(column.type)
        cells = workbook.add_format({"num_format": written}) if written else None
        sheet.set_column(position, position, 16, cells)
        words = choices(column, language)
        if words and len(",".join(words)) <= LONGEST_LIST:
            allowed = {"validate": "list", "source": words}
            sheet.data_validation(1, position, ROWS, position, allowed)
    sheet.freeze_panes(1, 0)


def _write_notes(sheet: Worksheet, contract: Contract, language: str, head: Format) -> None:
    words = _words()["words"]
    for position, (name, width) in enumerate(_NOTES.items()):
        sheet.write_string(0, position, words[name][language], head)
        sheet.set_column(position, position, width)
    for row, column in enumerate(contract.columns.values(), 1):
        texts = (
            column.names[language],
            words["yes" if column.required else "no"][language],
            _words()["types"][column.type][language],
            "、".join(choices(column, language)),
        )
        for position, text in enumerate(texts):
            sheet.write_string(row, position, text)
    key = " + ".join(contract.columns[name].names[language] for name in contract.key)
    sheet.write_string(len(contract.columns) + 2, 0, words["key"][language] + key)
