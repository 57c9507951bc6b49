"""Preview: what loading a checked file would change, and what to hold against the workbook."""

from collections.abc import Mapping
from typing import Any

from data.contract import contract
from pages.intake import value
from pages.shared import figures
from pages.shared.listing import Column, listing
from pages.shared.markup import safe
from pages.shared.words import plural, text

Report = Mapping[str, Any]

SHOWN = 5
"""So many changed cells are shown at once; the rest is folded away."""


def summary(report: Report) -> str:
    """What loading would do, or did, to the rows, as a sentence part: `3 new, 1 changed, …`."""
    added, changed, unchanged = (
        sum(table[kind] for table in report["datasets"])
        for kind in ("added", "changed", "unchanged")
    )
    said = [
        plural("{n} new row", "{n} new rows", added, n=figures.number(added)),
        plural("{n} changed row", "{n} changed rows", changed, n=figures.number(changed)),
        plural("{n} row as before", "{n} rows as before", unchanged, n=figures.number(unchanged)),
    ]
    counts = (added, changed, unchanged)
    return text(", ").join(one for one, count in zip(said, counts, strict=True) if count)


def changes_nothing(report: Report) -> bool:
    """Whether every row of the file is there already with the same values."""
    return not any(table["added"] or table["changed"] for table in report["datasets"])


def changes(report: Report) -> str:
    """Changed cells, old beside new: the first few at once, the others folded away."""
    return "".join(_changes(table, alone=len(report["datasets"]) == 1) for table in _known(report))


def totals(report: Report) -> str:
    """The sum of every column of numbers, to be held against the workbook."""
    lists = "".join(_totals(table, alone=len(report["datasets"]) == 1) for table in _known(report))
    if not lists:
        return ""
    title = safe(text("Sums to hold against the workbook"))
    return f'<section class="heng-totals"><h4>{title}</h4>{lists}</section>'


def _known(report: Report) -> list[Report]:
    return list(report["datasets"])


def _changes(table: Report, *, alone: bool) -> str:
    examples = table["examples"]
    if not examples:
        return ""
    title = text("What changes")
    if not alone:
        title = text("{what}: {dataset}", what=title, dataset=value.dataset(table["dataset"]))
    first = _cells(table["dataset"], examples[:SHOWN], caption=title)
    rest = examples[SHOWN:]
    if rest:
        more = plural("{count} more", "{count} more", len(rest))
        folded = _cells(table["dataset"], rest, caption=title)
        first += f'<details class="heng-more"><summary>{safe(more)}</summary>{folded}</details>'
    note = _more_rows(table)
    return f'<section class="heng-changes"><h4>{safe(title)}</h4>{first}{note}</section>'


def _more_rows(table: Report) -> str:
    """That not every changed row is among the examples, where it is so."""
    shown = len({example["row"] for example in table["examples"]})
    if shown >= table["changed"]:
        return ""
    words = text(
        "Examples from {shown} of {changed} changed rows.",
        shown=figures.number(shown),
        changed=figures.number(table["changed"]),
    )
    return f'<p class="heng-quiet">{safe(words)}</p>'


def _cells(dataset: str, examples: list[Report], *, caption: str) -> str:
    declared = contract(dataset).columns
    columns = [
        Column(title=text("Row"), kind="number"),
        Column(title=text("Which"), kind="head"),
        Column(title=text("Column")),
        Column(title=text("Before")),
        Column(title=text("Now")),
    ]
    rows = [
        [
            safe(example["row"]),
            safe(example["key"]),
            safe(value.column(example["column"], dataset)),
            f"<s>{safe(value.stored(example['old'], declared[example['column']]))}</s>",
            f"<b>{safe(value.stored(example['new'], declared[example['column']]))}</b>",
        ]
        for example in examples
    ]
    return listing(columns, rows, caption=caption)


def _totals(table: Report, *, alone: bool) -> str:
    declared = contract(table["dataset"]).columns
    sums = table["control_totals"]["sums"]
    in_file = table["control_totals"].get("sums_in_file_unit", {})
    if not sums:
        return ""
    heading = "" if alone else f"<p>{safe(value.dataset(table['dataset']))}</p>"
    rows = "".join(
        f"<div><dt>{safe(value.column(name, table['dataset']))}</dt>"
        f"<dd>{safe(value.total(found, declared[name]))}{_in_file(in_file.get(name))}</dd></div>"
        for name, found in sums.items()
    )
    return f"{heading}<dl>{rows}</dl>"


def _in_file(found: str | None) -> str:
    if found is None:
        return ""
    words = text("in the file's own unit {sum}", sum=found)
    return f"<small>{safe(words)}</small>"
