"""A table of loaded rows: where each stands, what it adds, then the columns of its workbook."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from data.contract import Column, contract
from kpi.indicator import Indicator
from kpi.rows import Rows, sides
from pages.scorecards import cells
from pages.shared import organisation
from pages.shared.markup import safe
from pages.shared.words import later, named, text

Record = Mapping[str, Any]

_DERIVED: Mapping[str, str] = {
    "ratings": later("Ratings"),
    "mean": later("Mean"),
    "share": later("Share of the weight"),
}
LONG = 60
"""From how many letters on a cell may break into lines."""
_HIDDEN = frozenset({"points", "people"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A column of the table."""

    title: str
    say: Callable[[Record], str]
    right: bool = False


def table(found: Rows, known: Indicator, department: str) -> str:
    """The page of rows as HTML that scrolls sideways within itself."""
    columns = tuple(_columns(found, known, department))
    heads = "".join(f'<th scope="col"{_side(c)}>{safe(c.title)}</th>' for c in columns)
    body = "".join(_row(record, columns) for record in found.table.to_pylist())
    label = safe(text("Rows behind the number"))
    return (
        f'<div class="heng-rows" tabindex="0" role="region" aria-label="{label}"><table>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _columns(found: Rows, known: Indicator, department: str) -> list[Shown]:
    columns = [_place()] if found.fact.is_traced else []
    columns += _added(found, known)
    is_named = any(column.type == "department" for column in found.columns)
    if department in known.answers_for_company and not is_named:
        columns.append(
            Shown(
                title=text("Department"),
                say=lambda record: organisation.department(record["department_id"]),
            )
        )
    if any(record["employee_name"] for record in found.table.to_pylist()):
        columns.append(
            Shown(title=text("Employee"), say=lambda record: record["employee_name"] or "")
        )
    return columns + (_of_workbook(found.columns) if found.fact.is_traced else _derived(found))


def _place() -> Shown:
    return Shown(
        title=text("File, sheet and row"),
        say=lambda record: "\n".join(
            (
                record["file_name"],
                text("{sheet}, row {row}", sheet=record["sheet"], row=record["row_number"]),
            )
        ),
    )


def _added(found: Rows, known: Indicator) -> list[Shown]:
    """What each row adds above and below the line; nothing for what does not add up by row."""
    columns = []
    if found.numerator is not None:
        both = len(sides(known)) == 1 and known.denominator is not None
        title = text("Numerator") if both else text("Adds")
        columns.append(_number(title, "numerator"))
    if found.denominator is not None:
        title = text("Denominator") if found.numerator is not None else text("Adds")
        columns.append(_number(title, "denominator"))
    return columns


def _number(title: str, key: str) -> Shown:
    return Shown(
        title=title,
        say=lambda record: "" if record[key] is None else cells.plain(record[key]),
        right=True,
    )


def _of_workbook(columns: Sequence[Column]) -> list[Shown]:
    return [_of_column(column) for column in columns]


def _of_column(column: Column) -> Shown:
    return Shown(
        title=named(column.names),
        say=lambda record: cells.cell(column, record[column.name]),
        right=column.type in cells.RIGHT,
    )


def _derived(found: Rows) -> list[Shown]:
    """The columns of a fact that is no row of a workbook, named as its dataset names them."""
    declared = contract(found.fact.lineage[0]).columns
    fixed = ("department_id", "employee_id", "employee_name", "numerator", "denominator", "team")
    names = [name for name in found.table.column_names if name not in fixed and name not in _HIDDEN]
    return [_of_fact(name, declared.get(name)) for name in names]


def _of_fact(name: str, column: Column | None) -> Shown:
    if column is not None:
        return _of_column(column)
    title = text(_DERIVED[name]) if name in _DERIVED else name
    return Shown(
        title=title,
        say=lambda record: "" if record[name] is None else cells.plain(record[name]),
        right=True,
    )


def _row(record: Record, columns: Sequence[Shown]) -> str:
    said = [(column, column.say(record)) for column in columns]
    cells_of = (f"<td{_side(column, words)}>{_lines(words)}</td>" for column, words in said)
    return f"<tr>{''.join(cells_of)}</tr>"


def _lines(words: str) -> str:
    first, *rest = words.split("\n")
    return safe(first) + "".join(f"<small>{safe(line)}</small>" for line in rest)


def _side(column: Shown, words: str = "") -> str:
    if column.right:
        return ' class="heng-number"'
    return ' class="heng-long"' if len(words) > LONG else ""
