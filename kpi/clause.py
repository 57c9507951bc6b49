"""Clauses of the regulation: what serves each of them, and whether its data has arrived."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import duckdb

from data.language import LANGUAGES, Names
from kpi.catalog import catalog
from kpi.coverage import read_coverage

FILE = Path(__file__).resolve().parent / "clauses.toml"

Data = Literal["arrived", "partly", "missing", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A clause of the regulation."""

    id: str
    names: Names
    pages: tuple[str, ...]

    @property
    def is_working(self) -> bool:
        """Chapter 1 holds principles; the others ask for something to be done."""
        return not self.id.startswith("1.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """How far a clause is served."""

    clause: Clause
    indicators: tuple[str, ...]
    data: Data
    """Whether the datasets behind its indicators have ever arrived; none without indicators."""


@cache
def clauses() -> Mapping[str, Clause]:
    """Every clause by its number, in the regulation's order."""
    declared = tomllib.loads(FILE.read_text("utf-8"))
    return MappingProxyType(
        {
            key: Clause(
                id=key,
                names=MappingProxyType({tag: entry[tag] for tag in LANGUAGES}),
                pages=tuple(entry.get("pages", ())),
            )
            for key, entry in declared.items()
        }
    )


def clause_coverage(con: duckdb.DuckDBPyConnection) -> tuple[Served, ...]:
    """Every clause that asks for something, with what serves it."""
    arrived = frozenset(read_coverage(con).arrived)
    return tuple(_served(clause, arrived) for clause in clauses().values() if clause.is_working)


def _served(clause: Clause, arrived: frozenset[str]) -> Served:
    known = catalog()
    mine = [i for i in known.indicators.values() if i.clause == clause.id]
    needed = {
        source.dataset
        for indicator in mine
        for name in indicator.facts
        for source in known.facts[name].sources
    }
    data: Data = "arrived" if needed <= arrived else "partly" if needed & arrived else "missing"
    return Served(
        clause=clause,
        indicators=tuple(indicator.key for indicator in mine),
        data=data if mine else "none",
    )
