"""The catalogue: every fact and indicator, checked whole before anything is computed.

CatalogError
    facts or indicators are not usable; lists every fault of every file
UnknownIndicator
    no indicator has the name asked for; names the nearest
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import duckdb

from data.contract import contracts
from kpi import fact, indicator_file
from kpi.fact import Fact, nearest, read_facts
from kpi.indicator import Indicator
from kpi.indicator_file import read_indicators
from kpi.period import Period
from kpi.policy import DIMENSIONS, policy
from kpi.policy import FILE as POLICY_FILE
from kpi.relation import relations


class CatalogError(Exception):
    """Facts or indicators say something they may not."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("The catalogue is not usable:\n  " + "\n  ".join(faults))
        self.faults = faults


class UnknownIndicator(KeyError):
    """No indicator has this name."""

    def __init__(self, key: str, known: Mapping[str, Indicator]) -> None:
        self.key, self.hint = key, nearest(key, list(known))
        super().__init__(key)

    def __str__(self) -> str:
        return f"No indicator is named {self.key!r}.{self.hint}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """Facts by name, indicators by key in the order of their files."""

    facts: Mapping[str, Fact]
    indicators: Mapping[str, Indicator]
    signature: str
    """Changes with any file that the numbers depend on."""

    def indicator(self, key: str) -> Indicator:
        """One indicator. Raises UnknownIndicator."""
        if key not in self.indicators:
            raise UnknownIndicator(key, self.indicators)
        return self.indicators[key]

    def scored_for(self, department: str) -> tuple[Indicator, ...]:
        """The indicators of a department's scorecard, by dimension, then clause."""
        mine = (i for i in self.indicators.values() if department in i.scored_for)
        return tuple(sorted(mine, key=lambda i: (DIMENSIONS.index(i.dimension), i.clause)))


@cache
def catalog() -> Catalog:
    """The catalogue of this installation. Raises CatalogError with every fault."""
    return read_catalog(fact.FOLDER, indicator_file.FOLDER)


def read_catalog(facts_folder: Path, indicators_folder: Path) -> Catalog:
    """The catalogue in these folders. Raises CatalogError with every fault."""
    facts, faults = read_facts(facts_folder)
    if not faults:
        faults += _binding_faults(facts)
    indicators, wrong = read_indicators(facts, indicators_folder)
    faults += wrong
    if faults:
        raise CatalogError(faults)
    files = (*facts_folder.glob("*.sql"), *indicators_folder.glob("*.toml"), POLICY_FILE)
    return Catalog(
        facts=MappingProxyType(facts),
        indicators=MappingProxyType(indicators),
        signature=_signature(files),
    )


def _binding_faults(facts: Mapping[str, Fact]) -> list[str]:
    """What an engine says against the facts when it binds them to empty datasets."""
    supplied = relations((Period.parse("2026-01"),), policy())
    relations_first = ", ".join(f"{name} as ({query})" for name, query in supplied.items())
    faults = []
    with duckdb.connect(":memory:") as con:
        for contract in contracts().values():
            columns = ", ".join(f"{c.name} {c.sql_type}" for c in contract.columns.values())
            con.execute(
                f"create table {contract.dataset} "
                f"({columns}, batch_id bigint, sheet varchar, row_number bigint)"
            )
        for known in facts.values():
            try:
                con.execute(f"with {relations_first}, fact as ({known.sql}) from fact")
            except duckdb.Error as error:
                faults.append(f"{known.name}.sql: {str(error).splitlines()[0]}")
    return faults


def _signature(files: tuple[Path, ...]) -> str:
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
