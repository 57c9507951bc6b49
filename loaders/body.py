"""Which rows under a header are data: totals, notes, repeated headers and blanks are not."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from loaders.cell import cell_text, is_blank
from loaders.raw import Cell

LABELS_LOOKED_AT = 3
"""A totals row says so in one of its first cells with text."""
LONGEST_LABEL = 30

_WORDS = "合計|合计|小計|小计|總計|总计|共計|共计|累計|累计"
_TOTAL = re.compile(rf"(?:{_WORDS}|(?:grand |sub[- ]?)?totals?)[\s:：]*", re.IGNORECASE)
_TOTAL_OF = re.compile(rf".*(?:{_WORDS})[\s:：]*|.*\b(?:sub[- ]?)?totals?\b.*", re.IGNORECASE)
_EXAMPLE = re.compile(r"(?:示例|範例|范例|樣例|样例|例|example|sample)[\s:：]*", re.IGNORECASE)
_NOTE = re.compile(
    r"\s*[(（*＊※]?\s*(?:製表|制表|編製|编制|填表|填報|填报|審核|审核|覆核|复核|核准|批准|主管|負責人|负责人"
    r"|備註|备注|附註|附注|註|注|說明|说明|單位|单位|資料來源|资料来源|数据来源|來源|来源|列印|打印|日期"
    r"|notes?\b|prepared\b|approved\b|reviewed\b|checked\b|source\b|printed\b|remarks?\b|signature\b)"
    r".*",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """Indices into the sheet's rows: the data, and what was left out and why."""

    rows: tuple[int, ...]
    totals: tuple[int, ...]
    notes: tuple[int, ...]
    repeated_headers: tuple[int, ...]
    examples: tuple[int, ...]
    """Rows that a template's example was left in."""


def body(
    rows: Sequence[Sequence[Cell]],
    start: int,
    *,
    needed: Collection[int],
    header: Sequence[str] = (),
) -> Body:
    """The data rows from index `start` on.

    `needed` are the positions of the columns that may not be blank: a row that has them all is
    data whatever it is called. `header` are the texts of the header row.
    """
    named = [(position, text) for position, text in enumerate(header) if text]
    data: list[int] = []
    totals: list[int] = []
    repeated: list[int] = []
    examples: list[int] = []
    for index in range(start, len(rows)):
        row = rows[index]
        if all(map(is_blank, row)):
            continue
        if named and _repeats(row, named):
            repeated.append(index)
        elif _is_total(row, needed):
            totals.append(index)
        elif index == start and _EXAMPLE.fullmatch(cell_text(row[0])):
            examples.append(index)
        else:
            data.append(index)
    notes: list[int] = []
    while data and _is_note(rows[data[-1]], needed):
        notes.append(data.pop())
    return Body(
        rows=tuple(data),
        totals=tuple(totals),
        notes=tuple(reversed(notes)),
        repeated_headers=tuple(repeated),
        examples=tuple(examples),
    )


def _at(row: Sequence[Cell], position: int) -> Cell:
    return row[position] if position < len(row) else None


def _repeats(row: Sequence[Cell], named: Sequence[tuple[int, str]]) -> bool:
    first, text = named[0]
    if cell_text(_at(row, first)) != text:
        return False
    return len(named) > 1 and all(cell_text(_at(row, p)) == t for p, t in named)


def _is_total(row: Sequence[Cell], needed: Collection[int]) -> bool:
    first = next(cell for cell in row if not is_blank(cell))
    if isinstance(first, str) and len(first) <= LONGEST_LABEL and _TOTAL.fullmatch(first.strip()):
        return True
    if all(position < len(row) and not is_blank(row[position]) for position in needed):
        return False
    texts = [cell.strip() for cell in row if isinstance(cell, str) and cell.strip()]
    return any(
        len(text) <= LONGEST_LABEL and _TOTAL_OF.fullmatch(text)
        for text in texts[:LABELS_LOOKED_AT]
    )


def _is_note(row: Sequence[Cell], needed: Collection[int]) -> bool:
    """A row of nothing but remarks, or a single text with what a table needs missing."""
    filled = [cell for cell in row if not is_blank(cell)]
    if all(isinstance(cell, str) and _NOTE.fullmatch(cell) for cell in filled):
        return True
    if not any(is_blank(_at(row, position)) for position in needed):
        return False
    only = filled[0]
    return len(filled) == 1 and isinstance(only, str) and not _could_be_key(only)


def _could_be_key(text: str) -> bool:
    return re.fullmatch(r"[\w./#-]{1,24}", text.strip(), re.ASCII) is not None
