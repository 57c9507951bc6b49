"""Facts: rows at a stated grain, each one SELECT in kpi/facts, with what its comments declare."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from sqlglot import exp
from sqlglot.errors import ParseError

from data.contract import contracts
from kpi import relation
from kpi.subset import parse, violations

FOLDER = Path(__file__).resolve().parent / "facts"

LEVEL_COLUMNS = ("department_id", "team", "employee_id")
TRACE_COLUMNS = ("batch_id", "sheet", "row_number")

_HEADER = re.compile(r"-- (Grain|Datasets|Lineage|Reach): (.+)")
_SOURCE = re.compile(r"(\w+)(?: (\d+) months before)?")
_LINEAGE = re.compile(r"(\w+) \(([\w, ]+)\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A dataset whose months a fact needs."""

    dataset: str
    months_before: int = 0
    """How many months before a row's month the dataset must be loaded for too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One fact; `columns` are the outputs of its query, in order."""

    name: str
    sql: str
    grain: str
    sources: tuple[Source, ...]
    lineage: tuple[str, tuple[str, ...]]
    """The dataset its rows come from, and the columns that, with the row in the workbook, tell
    which of the dataset's rows a row is."""
    reach: str
    columns: tuple[str, ...]

    @property
    def dates(self) -> tuple[str, ...]:
        """The columns that can place a row in a month."""
        return tuple(name for name in self.columns if name.endswith("_on"))

    @property
    def is_periodic(self) -> bool:
        """Whether its rows belong to a period of their own rather than to a date."""
        return "period_start" in self.columns

    @property
    def is_traced(self) -> bool:
        """Whether one row of it is one row of a workbook."""
        return set(TRACE_COLUMNS) <= set(self.columns)

    @property
    def is_private(self) -> bool:
        """Whether its rows are about what people think of a person."""
        return contracts()[self.lineage[0]].private is not None


def read_facts(folder: Path = FOLDER) -> tuple[dict[str, Fact], list[str]]:
    """Every usable fact by name, and every fault of the others."""
    facts: dict[str, Fact] = {}
    faults: list[str] = []
    for path in sorted(folder.glob("*.sql")):
        text = path.read_text("utf-8")
        found = [f"{path.name}: {fault}" for fault in _faults(text)]
        faults += found
        if not found:
            facts[path.stem] = _fact(path.stem, text)
    return facts, faults


def nearest(name: str, known: Iterator[str] | list[str] | tuple[str, ...]) -> str:
    """A hint at the known name that is most like this one; empty where none is."""
    near = get_close_matches(name, list(known), n=1)
    return f" Did you mean {near[0]!r}?" if near else ""


def _faults(text: str) -> Iterator[str]:
    headers = dict(_HEADER.findall(text))
    yield from (
        f"no comment '-- {name}: ...'"
        for name in ("Grain", "Datasets", "Lineage", "Reach")
        if name not in headers
    )
    for listed in headers.get("Datasets", "").split(", "):
        if (source := _SOURCE.fullmatch(listed)) and source[1] in contracts():
            continue
        yield f"Datasets: no dataset is named {listed!r}.{nearest(listed, list(contracts()))}"
    yield from _lineage_faults(headers.get("Lineage", ""))
    try:
        tree = parse(text)
    except ParseError as error:
        yield f"is not readable as SQL: {str(error).splitlines()[0]}"
        return
    yield from violations(tree)
    yield from _query_faults(tree, headers.get("Lineage", ""))


def _lineage_faults(text: str) -> Iterator[str]:
    found = _LINEAGE.fullmatch(text)
    if not found or found[1] not in contracts():
        yield f"Lineage: write a dataset and its keys, as in 'projects (project_id)', not {text!r}"
        return
    columns = tuple(contracts()[found[1]].columns)
    yield from (
        f"Lineage: {found[1]} has no column {key!r}.{nearest(key, columns)}"
        for key in found[2].split(", ")
        if key not in columns
    )


def _query_faults(tree: exp.Expr, lineage: str) -> Iterator[str]:
    if not isinstance(tree, exp.Query):
        yield "is not one select"
        return
    columns = tree.named_selects
    if "*" in columns:
        yield "names its output columns one by one instead of *"
    if "department_id" not in columns:
        yield "has no column department_id"
    found = _LINEAGE.fullmatch(lineage)
    yield from (
        f"Lineage: the query has no output column {key!r}"
        for key in (found[2].split(", ") if found else [])
        if key not in columns
    )
    periodic = {"period_kind", "period_start"} & set(columns)
    dated = [name for name in columns if name.endswith("_on")]
    if len(periodic) == 1 or not (periodic or dated):
        yield "needs a date column (..._on), or both period_kind and period_start"
    if set(TRACE_COLUMNS) & set(columns) and not set(TRACE_COLUMNS) <= set(columns):
        yield f"a row that is one row of a workbook has {', '.join(TRACE_COLUMNS)}"
    known = {*contracts(), *relation.NAMES, *(cte.alias for cte in tree.find_all(exp.CTE))}
    yield from (
        f"no dataset or relation is named {table.name!r}.{nearest(table.name, list(known))}"
        for table in tree.find_all(exp.Table)
        if table.name not in known
    )


def _fact(name: str, text: str) -> Fact:
    headers = dict(_HEADER.findall(text))
    tree = parse(text)
    lineage = _LINEAGE.fullmatch(headers["Lineage"])
    sources = [_SOURCE.fullmatch(listed) for listed in headers["Datasets"].split(", ")]
    assert lineage and isinstance(tree, exp.Query)  # checked by _faults
    return Fact(
        name=name,
        sql=text,
        grain=headers["Grain"],
        sources=tuple(
            Source(dataset=source[1], months_before=int(source[2] or 0))
            for source in sources
            if source
        ),
        lineage=(lineage[1], tuple(lineage[2].split(", "))),
        reach=headers["Reach"],
        columns=tuple(tree.named_selects),
    )
