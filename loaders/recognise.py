"""Which dataset a sheet holds and which row is its header, found by the headers' spellings."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import zip_longest
from types import MappingProxyType

from data.contract import Contract, contracts
from loaders.cell import cell_text
from loaders.heading import normalise
from loaders.raw import Cell

SCANNED = 60
"""A header is looked for in this many rows from the top."""
ENOUGH_COLUMNS = 3
"""With a required column missing, so many others must match before a sheet is taken for it."""
ENOUGH_KNOWN = 1 / 3
"""The share of the headers that must be known before a sheet is taken for a dataset."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """A header as one dataset reads it; positions count from 0, `row` from 0 in the sheet."""

    dataset: str
    row: int
    """The last of the header's rows."""
    depth: int
    """Rows the header takes: 1, or 2 where groups stand above."""
    texts: tuple[str, ...]
    columns: Mapping[str, int]
    """Column of the dataset to position."""
    duplicates: Mapping[str, tuple[int, ...]]
    """Columns that more than one header names equally well."""
    missing: tuple[str, ...]
    """Required columns that no header names."""
    score: float

    @property
    def confidence(self) -> float:
        """The share of the headers that the dataset knows, 0 where a required one is missing."""
        named = sum(1 for text in self.texts if text)
        return 0.0 if self.missing else len(self.columns) / named


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """What a sheet holds: its header, or what it is near, or between which datasets it is open."""

    header: Header | None
    rivals: tuple[str, ...] = ()
    """Datasets that fit equally well; the sheet then needs to be told."""
    nearest: Header | None = None


def recognise(
    rows: Sequence[Sequence[Cell]], *, hint: str = "", dataset: str | None = None
) -> Recognition:
    """The dataset and header of a sheet. `hint` (names of sheet and file) decides a tie.

    With `dataset` given only its header is looked for, and every doubt is left to the caller.
    """
    known = contracts()
    wanted = [known[dataset]] if dataset else list(known.values())
    found = [header for texts in _candidates(rows) for header in _readings(texts, wanted)]
    best: dict[str, Header] = {}
    for header in found:
        if header.dataset not in best or header.score > best[header.dataset].score:
            best[header.dataset] = header
    ranked = sorted(best.values(), key=lambda header: -header.score)
    if not ranked:
        return Recognition(header=None)
    if dataset:
        return Recognition(header=ranked[0], nearest=ranked[0])
    return _decide(ranked, hint)


def read_header(rows: Sequence[Sequence[Cell]], row: int, dataset: str) -> Header | None:
    """The header in `row` as `dataset` reads it, None where it knows none of it."""
    texts = tuple(cell_text(cell) for cell in rows[row])
    return next(_readings(_Texts(row, 1, texts), [contracts()[dataset]]), None)


def _decide(ranked: Sequence[Header], hint: str) -> Recognition:
    first = ranked[0]
    if not _convincing(first):
        return Recognition(header=None, nearest=first)
    level = [header for header in ranked if header.score == first.score]
    if len(level) > 1:
        named = [header for header in level if _named_in(header.dataset, hint)]
        if len(named) != 1:
            rivals = tuple(header.dataset for header in level)
            return Recognition(header=None, rivals=rivals, nearest=first)
        first = named[0]
    return Recognition(header=first, nearest=first)


def _convincing(header: Header) -> bool:
    named = sum(1 for text in header.texts if text)
    matched = len(header.columns)
    if matched < 2 or matched / named < ENOUGH_KNOWN:
        return False
    required = len(contracts()[header.dataset].required)
    return not header.missing or (
        matched >= ENOUGH_COLUMNS and matched / named >= 0.5 and len(header.missing) <= required / 2
    )


def _named_in(dataset: str, hint: str) -> bool:
    spoken = _key(hint)
    names = (*contracts()[dataset].names.values(), dataset)
    return any(_key(name) in spoken for name in names)


@lru_cache(100_000)
def _key(text: str) -> str:
    return normalise(text).key


@dataclass(frozen=True, slots=True)
class _Texts:
    row: int
    depth: int
    texts: tuple[str, ...]


def _candidates(rows: Sequence[Sequence[Cell]]) -> Iterator[_Texts]:
    above: tuple[str, ...] = ()
    for row, cells in enumerate(rows[:SCANNED]):
        texts = tuple(cell_text(cell) for cell in cells)
        known = [bool(text) and _key(text) in _all_spellings() for text in texts]
        if any(known):
            yield _Texts(row, 1, texts)
        if above and any(texts):
            yield _Texts(row, 2, _either(above, texts))
        above = texts


def joined(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    """Two header rows as one: a group's name goes before the names of the columns under it."""
    texts = []
    group = ""
    for above, below in zip_longest(upper, lower, fillvalue=""):
        # A name with nothing below is merged down, and no group.
        group = (above or group) if below else ""
        texts.append(group + below if below else above)
    return tuple(texts)


def _either(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    """Two header rows as one, a group's name only where that makes a known header."""
    return tuple(
        both if _key(both) in _all_spellings() else below or above
        for both, above, below in zip_longest(joined(upper, lower), upper, lower, fillvalue="")
    )


def _readings(candidate: _Texts, wanted: Sequence[Contract]) -> Iterator[Header]:
    for contract in wanted:
        columns, duplicates = _assigned(candidate.texts, contract.dataset)
        if not columns:
            continue
        missing = tuple(name for name in contract.required if name not in columns)
        required = len(contract.required) - len(missing)
        yield Header(
            dataset=contract.dataset,
            row=candidate.row,
            depth=candidate.depth,
            texts=candidate.texts,
            columns=MappingProxyType(columns),
            duplicates=MappingProxyType(duplicates),
            missing=missing,
            # A second header row must earn its place; a missing required column weighs most.
            score=len(columns) + required - 2 * len(missing) - 0.5 * (candidate.depth - 1),
        )


def _assigned(
    texts: Sequence[str], dataset: str
) -> tuple[dict[str, int], dict[str, tuple[int, ...]]]:
    claims: dict[str, dict[int, list[int]]] = {}
    for position, text in enumerate(texts):
        if text and (spelled := _spellings(dataset).get(_key(text))):
            column, rank = spelled
            claims.setdefault(column, {}).setdefault(rank, []).append(position)
    columns = {}
    duplicates = {}
    for column, ranks in claims.items():
        positions = ranks[min(ranks)]
        columns[column] = positions[0]
        if len(positions) > 1:
            duplicates[column] = tuple(positions)
    return columns, duplicates


@cache
def _spellings(dataset: str) -> Mapping[str, tuple[str, int]]:
    """Normalised header to column and rank: 0 for a column's own names, 1 for other spellings."""
    found: dict[str, tuple[str, int]] = {}
    columns = contracts()[dataset].columns.values()
    for column in columns:
        for spelling in column.headers:
            found.setdefault(_key(spelling), (column.name, 1))
    for column in columns:
        for name in (*column.names.values(), column.name):
            found[_key(name)] = (column.name, 0)
    return MappingProxyType(found)


@cache
def _all_spellings() -> frozenset[str]:
    return frozenset(spelling for dataset in contracts() for spelling in _spellings(dataset))
