"""Contracts: what each dataset's rows are, as declared in data/contracts/*.toml.

ContractError
    a contract file is wrong; lists every fault of every file
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, cast

from data.language import LANGUAGES, Names

FOLDER = Path(__file__).resolve().parent

ColumnType = Literal[
    "id",
    "text",
    "integer",
    "amount",
    "number",
    "share",
    "date",
    "datetime",
    "month",
    "period",
    "boolean",
    "choice",
    "department",
]

SQL_TYPES: Mapping[ColumnType, str] = MappingProxyType(
    {
        "id": "VARCHAR",
        "text": "VARCHAR",
        "integer": "BIGINT",
        "amount": "DECIMAL(18, 4)",
        "number": "DECIMAL(18, 6)",
        "share": "DECIMAL(18, 6)",
        "date": "DATE",
        "datetime": "TIMESTAMP",
        "month": "DATE",
        "period": "VARCHAR",
        "boolean": "BOOLEAN",
        "choice": "VARCHAR",
        "department": "VARCHAR",
    }
)
"""How a column type is stored. A month is its first day, a share is of one, a choice its id."""

NUMERIC: frozenset[str] = frozenset({"integer", "amount", "number", "share"})


class ContractError(Exception):
    """A contract file says something it may not; `faults` names file and key of each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("The contracts are not usable:\n  " + "\n  ".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """A department of the company."""

    id: str
    names: Names
    spellings: tuple[str, ...]
    scored: bool = True
    """False: people and costs may belong to it, but it has no scorecard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a dataset and the headers it is known by."""

    name: str
    type: ColumnType
    names: Names
    headers: tuple[str, ...]
    """Every accepted header: the three names first, then further spellings."""
    values: Mapping[str, tuple[str, ...]]
    """For a choice: its ids, each with the spellings a workbook may use."""
    required: bool = False
    private: str | None = None
    """The right needed to see it (`pay`), or None."""
    pseudonym: bool = False
    """True where the value is stored only as a keyed hash."""

    def spelled(self, value: str, language: str) -> str:
        """A choice's id as it reads in the language; the value itself where it is none.

        Contracts list the Chinese spellings first, Traditional before Simplified.
        """
        spellings = self.values.get(value, (value,))
        latin = [word for word in spellings if word.isascii()]
        chinese = [word for word in spellings if not word.isascii()]
        match language:
            case "en":
                return (latin or chinese)[0]
            case "zh-Hans":
                return (chinese[1:2] or chinese or latin)[0]
            case _:
                return spellings[0]

    @property
    def sql_type(self) -> str:
        return SQL_TYPES[self.type]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A condition each row must meet; the expression is true or null where it does."""

    name: str
    expression: str
    columns: tuple[str, ...]
    severity: Literal["error", "warning"]
    words: Names


@dataclass(frozen=True, slots=True, kw_only=True)
class Covers:
    """Which months, and for whom, a delivery of a dataset covers."""

    date: str | None
    """The column whose month a row belongs to; None for an undated register."""
    department: str | None
    expected: tuple[str, ...]
    """Departments that each deliver their own part; empty where one delivery serves all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """A dataset: its grain, key, columns and checks."""

    dataset: str
    grain: str
    names: Names
    owner: str
    """The department that delivers it."""
    cadence: Literal["monthly", "register"]
    """A register is delivered whole and holds for every month until the next one."""
    key: tuple[str, ...]
    covers: Covers
    columns: Mapping[str, Column]
    checks: tuple[Check, ...]
    private: str | None
    """The right needed to see any of its rows (`ratings`), or None."""

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(name for name, column in self.columns.items() if column.required)

    @property
    def numeric(self) -> tuple[str, ...]:
        return tuple(name for name, column in self.columns.items() if column.type in NUMERIC)


@cache
def every_department() -> Mapping[str, Department]:
    """Every department a workbook may name by its id, in the order of data/departments.toml.

    Raises ContractError with all faults.
    """
    declared = tomllib.loads((FOLDER / "departments.toml").read_text("utf-8"))
    faults = [
        f"departments.toml: {key}: {fault}"
        for key, entry in declared.items()
        for fault in _unnamed(entry)
    ]
    if faults:
        raise ContractError(faults)
    return MappingProxyType(
        {
            key: Department(
                id=key,
                names=_names(entry),
                spellings=tuple(entry["spellings"]),
                scored=entry.get("scored", True),
            )
            for key, entry in declared.items()
        }
    )


@cache
def departments() -> Mapping[str, Department]:
    """The scored departments by id."""
    return MappingProxyType({key: one for key, one in every_department().items() if one.scored})


@cache
def contracts() -> Mapping[str, Contract]:
    """Every dataset's contract by dataset name. Raises ContractError with all faults."""
    found: dict[str, Contract] = {}
    faults: list[str] = []
    for path in sorted((FOLDER / "contracts").glob("*.toml")):
        entry = tomllib.loads(path.read_text("utf-8"))
        wrong = [f"{path.name}: {fault}" for fault in _faults(entry)]
        faults += wrong
        if not wrong:
            found[path.stem] = _contract(path.stem, entry)
    if faults:
        raise ContractError(faults)
    return MappingProxyType(found)


def contract(dataset: str) -> Contract:
    """The contract of one dataset. Raises KeyError naming the nearest dataset."""
    known = contracts()
    if dataset not in known:
        near = get_close_matches(dataset, known, n=1)
        hint = f" Did you mean {near[0]!r}?" if near else f" Known are {', '.join(known)}."
        raise KeyError(f"No dataset is named {dataset!r}.{hint}")
    return known[dataset]


_CONTRACT_KEYS = {"grain", "name", "owner", "cadence", "key", "covers", "columns", "checks"}
_COLUMN_KEYS = {"type", "required", "headers", "values", "private", "pseudonym", *LANGUAGES}
_CHECK_KEYS = {"name", "expression", "columns", "severity", *LANGUAGES}


def _faults(entry: dict[str, Any]) -> list[str]:
    faults = [f"unknown key {key!r}" for key in entry.keys() - _CONTRACT_KEYS - {"private"}]
    faults += [f"missing key {key!r}" for key in _CONTRACT_KEYS - {"checks"} - entry.keys()]
    if faults:
        return faults
    faults += _unnamed(entry["name"])
    columns = entry["columns"]
    faults += [f"key names no column {name!r}" for name in entry["key"] if name not in columns]
    if entry["owner"] not in departments():
        faults.append(f"owner {entry['owner']!r} is not a department")
    covers = entry["covers"]
    faults += [
        f"covers names no column {covers[part]!r}"
        for part in ("date", "department")
        if part in covers and covers[part] not in columns
    ]
    for name, column in columns.items():
        faults += [f"{name}: {fault}" for fault in _column_faults(column)]
    for check in entry.get("checks", []):
        faults += [f"check {check.get('name')}: {fault}" for fault in _check_faults(check, columns)]
    return faults


def _unnamed(entry: Mapping[str, Any]) -> list[str]:
    return [f"no name in {tag}" for tag in LANGUAGES if not entry.get(tag)]


def _column_faults(column: dict[str, Any]) -> list[str]:
    faults = [f"unknown key {key!r}" for key in column.keys() - _COLUMN_KEYS]
    faults += _unnamed(column)
    if column.get("type") not in SQL_TYPES:
        faults.append(f"unknown type {column.get('type')!r}")
    if (column.get("type") == "choice") != ("values" in column):
        faults.append("a choice, and only a choice, lists its values")
    return faults


def _check_faults(check: dict[str, Any], columns: Mapping[str, Any]) -> list[str]:
    faults = [f"unknown key {key!r}" for key in check.keys() - _CHECK_KEYS]
    faults += [f"missing {key!r}" for key in _CHECK_KEYS - {"severity"} - check.keys()]
    faults += [f"no column {name!r}" for name in check.get("columns", []) if name not in columns]
    return faults


def _contract(dataset: str, entry: dict[str, Any]) -> Contract:
    covers = entry["covers"]
    return Contract(
        dataset=dataset,
        grain=entry["grain"],
        names=_names(entry["name"]),
        owner=entry["owner"],
        cadence=entry["cadence"],
        key=tuple(entry["key"]),
        covers=Covers(
            date=covers.get("date"),
            department=covers.get("department"),
            expected=tuple(covers.get("expected", ())),
        ),
        columns=MappingProxyType(
            {name: _column(name, column) for name, column in entry["columns"].items()}
        ),
        checks=tuple(_check(check) for check in entry.get("checks", [])),
        private=entry.get("private"),
    )


def _column(name: str, entry: dict[str, Any]) -> Column:
    names = _names(entry)
    headers = (*names.values(), *entry.get("headers", ()), name)
    return Column(
        name=name,
        type=cast("ColumnType", entry["type"]),
        names=names,
        headers=tuple(dict.fromkeys(headers)),
        required=entry.get("required", False),
        values=MappingProxyType({k: tuple(v) for k, v in entry.get("values", {}).items()}),
        private=entry.get("private"),
        pseudonym=entry.get("pseudonym", False),
    )


def _check(entry: dict[str, Any]) -> Check:
    return Check(
        name=entry["name"],
        expression=entry["expression"],
        columns=tuple(entry["columns"]),
        severity=entry.get("severity", "error"),
        words=_names(entry),
    )


def _names(entry: Mapping[str, Any]) -> Names:
    return MappingProxyType({tag: entry[tag] for tag in LANGUAGES})
