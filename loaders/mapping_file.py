"""Mapping files: TOML to Mapping, checked whole before any of them is used.

LoadError
└── MappingError    a mapping says something it may not; lists every fault
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Map
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from data.contract import Contract, contracts, every_department
from loaders.heading import letter
from loaders.mapping import Coverage, Mapping, Match, Source, Table, Unpivot, Where
from loaders.problem import LoadError

FOLDER = Path(__file__).resolve().parent / "mappings"

TABLE_DEFAULTS = ("sheets", "header_row", "header", "skip_rows")
"""Keys that may stand once at the top and then hold for every table."""

_KEYS: Map[str, dict[str, type | tuple[type, ...]]] = {
    "mapping": {
        "note": str,
        "match": dict,
        "encoding": str,
        "delimiter": str,
        "tables": list,
        "sheets": list,
        "header_row": (int, list),
        "header": bool,
        "skip_rows": int,
    },
    "match": {"file": str, "headers": list, "width": int},
    "table": {
        "dataset": str,
        "columns": dict,
        "sheets": list,
        "header_row": (int, list),
        "header": bool,
        "skip_rows": int,
        "unpivot": dict,
        "only_where": (dict, list),
        "covers": dict,
    },
    "column": {
        "from": (str, list),
        "letter": str,
        "position": int,
        "cell": str,
        "constant": (str, int, float, bool),
        "template": str,
        "year": (str, int),
        "month": (str, int),
        "day": (str, int),
        "optional": bool,
        "missing": list,
        "values": dict,
        "scale": (int, float),
        "date_format": str,
        "date_order": str,
        "decimal_mark": str,
    },
    "unpivot": {
        "columns": (str, list),
        "name": str,
        "value": str,
        "values": dict,
        "keep_blank": bool,
    },
    "only_where": {"column": str, "equals": (str, list), "not_equals": (str, list)},
    "covers": {"months": list, "departments": list},
}
_NEEDED = {
    "mapping": ("match", "tables"),
    "table": ("dataset", "columns"),
    "unpivot": ("name",),
    "only_where": ("column",),
}
_SOURCES = ("from", "letter", "position", "cell", "constant", "template", "year")
_CHOICES = {"date_order": ("ymd", "dmy", "mdy"), "decimal_mark": (".", ",")}


class MappingError(LoadError):
    """A mapping is not usable; `faults` names the file, the place and the nearest name."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("The mappings are not usable:\n  " + "\n  ".join(faults))
        self.faults = tuple(faults)


@cache
def shipped_mappings() -> Map[str, Mapping]:
    """Every mapping in loaders/mappings by name. Raises MappingError with all faults."""
    found: dict[str, Mapping] = {}
    faults: list[str] = []
    for path in sorted(FOLDER.glob("*.toml")):
        try:
            found[path.stem] = read_mapping(path)
        except MappingError as error:
            faults += error.faults
    if faults:
        raise MappingError(faults)
    return MappingProxyType(found)


def named_mapping(name: str, others: Map[str, Mapping] = MappingProxyType({})) -> Mapping:
    """The mapping `name`, or the one in the file of that path. Raises MappingError."""
    if name.endswith(".toml"):
        return read_mapping(Path(name))
    known = {**shipped_mappings(), **others}
    if name not in known:
        raise MappingError([f"no mapping is named {name!r}{_nearest(name, known)}"])
    return known[name]


def read_mapping(path: Path) -> Mapping:
    """The mapping in a TOML file. Raises MappingError naming the file."""
    try:
        document = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise MappingError([f"{path.name}: {error.strerror}"]) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MappingError([f"{path.name}: not valid TOML: {error}"]) from error
    return parse_mapping(path.stem, document)


def parse_mapping(name: str, document: Map[str, Any]) -> Mapping:
    """The mapping a TOML document describes. Raises MappingError with every fault."""
    faults = [f"{name}.toml: {fault}" for fault in _faults(document)]
    if faults:
        raise MappingError(faults)
    defaults = {key: document[key] for key in TABLE_DEFAULTS if key in document}
    match = document["match"]
    return Mapping(
        name=name,
        note=document.get("note", ""),
        match=Match(
            file=match.get("file"),
            headers=tuple(match.get("headers", ())),
            width=match.get("width"),
        ),
        tables=tuple(_table({**defaults, **table}) for table in document["tables"]),
        encoding=document.get("encoding"),
        delimiter=document.get("delimiter"),
    )


def _table(entry: dict[str, Any]) -> Table:
    unpivot = entry.get("unpivot")
    wheres = entry.get("only_where", [])
    covers = entry.get("covers", {})
    return Table(
        dataset=entry["dataset"],
        columns=MappingProxyType({k: _source(v) for k, v in entry["columns"].items()}),
        sheets=tuple(entry.get("sheets", ("*",))),
        header_rows=_rows(entry.get("header_row")),
        header=entry.get("header", True),
        skip_rows=entry.get("skip_rows", 0),
        unpivot=_unpivot(unpivot) if unpivot else None,
        only_where=tuple(
            Where(
                column=where["column"],
                equals=_texts(where.get("equals")),
                not_equals=_texts(where.get("not_equals")),
            )
            for where in ([wheres] if isinstance(wheres, dict) else wheres)
        ),
        covers=Coverage(
            months=tuple(covers.get("months", ())), departments=tuple(covers.get("departments", ()))
        ),
    )


def _unpivot(entry: dict[str, Any]) -> Unpivot:
    return Unpivot(
        columns=_texts(entry.get("columns")),
        name=entry["name"],
        value=entry.get("value"),
        values=MappingProxyType(dict(entry.get("values", {}))),
        keep_blank=entry.get("keep_blank", False),
    )


def _source(entry: str | dict[str, Any]) -> Source:
    if isinstance(entry, str):
        return Source(headers=(entry,))
    position = entry.get("position")
    parts = (entry["year"], entry.get("month", 1), entry.get("day", 1)) if "year" in entry else ()
    return Source(
        headers=_texts(entry.get("from")),
        letter=letter(position - 1) if position else entry.get("letter"),
        cell=entry.get("cell"),
        constant=entry.get("constant"),
        template=entry.get("template"),
        parts=parts,
        optional=entry.get("optional", False),
        missing=tuple(entry.get("missing", ())),
        values=MappingProxyType(
            {k.strip().casefold(): v for k, v in entry.get("values", {}).items()}
        ),
        scale=Decimal(str(entry.get("scale", 1))),
        date_format=entry.get("date_format"),
        date_order=entry.get("date_order"),
        decimal_mark=entry.get("decimal_mark"),
    )


def _rows(value: int | Sequence[int] | None) -> tuple[int, ...]:
    return () if value is None else (value,) if isinstance(value, int) else tuple(value)


def _texts(value: str | Sequence[str] | None) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


def _faults(document: Map[str, Any]) -> Iterator[str]:
    shape = list(_shape_faults("mapping", document))
    yield from shape
    if shape:
        return
    match = document["match"]
    yield from _within("match", _shape_faults("match", match))
    if not (match.get("headers") or (match.get("file") and match.get("width"))):
        yield "match: give the headers of a row, or file and width of a table without headers"
    if not document["tables"]:
        yield "tables: there is none"
    for number, table in enumerate(document["tables"], 1):
        yield from _within(f"table {number}", _table_faults(document, table))


def _table_faults(document: Map[str, Any], table: Map[str, Any]) -> Iterator[str]:
    shape = list(_shape_faults("table", table))
    yield from shape
    if shape:
        return
    known = contracts()
    dataset = table["dataset"]
    if dataset not in known:
        yield f"dataset: none is named {dataset!r}{_nearest(dataset, known)}"
        return
    yield from _column_list_faults(known[dataset], table["columns"])
    for name, column in table["columns"].items():
        yield from _within(name, _column_faults(known[dataset], name, column))
    wheres = table.get("only_where", [])
    for where in [wheres] if isinstance(wheres, dict) else wheres:
        yield from _within("only_where", _shape_faults("only_where", where))
    if "unpivot" in table:
        yield from _within("unpivot", _unpivot_faults(table["unpivot"]))
    if "covers" in table:
        yield from _within("covers", _coverage_faults(table["covers"]))


def _column_list_faults(contract: Contract, columns: Map[str, Any]) -> Iterator[str]:
    for name in columns:
        if name not in contract.columns:
            near = _nearest(name, contract.columns)
            yield f"columns: {contract.dataset} has no column {name!r}{near}"
    for name in contract.required:
        if name not in columns:
            yield f"columns: nothing is given for {name!r}, which {contract.dataset} requires"


def _column_faults(contract: Contract, name: str, column: object) -> Iterator[str]:
    if isinstance(column, str):
        column = {"from": column}
    if not isinstance(column, dict):
        yield "must be a header or a table such as { from = 'Header' }"
        return
    shape = list(_shape_faults("column", column))
    yield from shape
    given = [key for key in _SOURCES if key in column]
    if not shape and len(given) != 1:
        yield f"needs exactly one of {', '.join(_SOURCES)}; it has {' and '.join(given) or 'none'}"
    if not re.fullmatch(r"[A-Z]{1,3}[1-9][0-9]*", str(column.get("cell", "A1"))):
        yield f"cell must be an address such as B2, not {column['cell']!r}"
    if not re.fullmatch(r"[A-Z]{1,3}", str(column.get("letter", "A"))):
        yield f"letter must be a column such as C, not {column['letter']!r}"
    for key, allowed in _CHOICES.items():
        if key in column and column[key] not in allowed:
            yield f"{key} must be one of {', '.join(allowed)}, not {column[key]!r}"
    if name in contract.columns and not shape:
        yield from _value_faults(contract, name, column)


def _value_faults(contract: Contract, name: str, column: Map[str, Any]) -> Iterator[str]:
    declared = contract.columns[name]
    if declared.type not in ("choice", "department"):
        return
    known = declared.values if declared.type == "choice" else every_department()
    written = [*column.get("values", {}).values()]
    if "constant" in column:
        written.append(column["constant"])
    for value in written:
        if value not in known:
            yield f"{value!r} is not a value of {name}{_nearest(str(value), known)}"


def _unpivot_faults(unpivot: Map[str, Any]) -> Iterator[str]:
    yield from _shape_faults("unpivot", unpivot)
    if not isinstance(unpivot, dict):
        return
    if ("values" in unpivot) == ("columns" in unpivot and "value" in unpivot):
        yield "give columns and value, or values"
    for name, glob in unpivot.get("values", {}).items():
        if not isinstance(glob, str) or glob.count("*") != 1:
            yield f"values: {name} must be a header with one *, such as *預算"


def _coverage_faults(covers: Map[str, Any]) -> Iterator[str]:
    yield from _shape_faults("covers", covers)
    for department in covers.get("departments", ()):
        if department not in every_department():
            yield f"no department {department!r}{_nearest(department, every_department())}"


def _shape_faults(kind: str, entry: object) -> Iterator[str]:
    if not isinstance(entry, dict):
        yield f"{kind} must be a table of keys"
        return
    for key in entry.keys() - _KEYS[kind].keys():
        yield f"unknown key {key!r}{_nearest(key, _KEYS[kind])}"
    for key in _NEEDED.get(kind, ()):
        if key not in entry:
            yield f"the key {key!r} is missing"
    for key, value in entry.items():
        wanted = _KEYS[kind].get(key, object)
        if not isinstance(value, wanted) or (isinstance(value, bool) and wanted is int):
            yield f"{key}: {value!r} is of the wrong kind"


def _within(place: str, faults: Iterator[str]) -> Iterator[str]:
    return (f"{place}: {fault}" for fault in faults)


def _nearest(name: str, known: Map[str, Any]) -> str:
    near = get_close_matches(name, known, n=1)
    return f"; did you mean {near[0]!r}?" if near else f"; known are {', '.join(known)}"
