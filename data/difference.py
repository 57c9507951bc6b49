"""Difference: what staged rows would change, by key, compared with the rows that are current."""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from data.staging import SEPARATOR, Staged, registered


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A row whose key is known and whose values differ."""

    key: str
    row_number: int
    column: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What committing the rows would do, or did."""

    dataset: str
    added: int
    changed: int
    unchanged: int

    @property
    def rows(self) -> int:
        return self.added + self.changed + self.unchanged


def compare(con: duckdb.DuckDBPyConnection, staged: Staged) -> Difference:
    """How the rows differ from the current ones in the columns that came with them."""
    columns = [name for name in staged.contract.columns if name not in staged.contract.key]
    differs = " or ".join(_differs(staged, name) for name in columns) or "false"
    with registered(con, staged):
        added, changed, unchanged = con.execute(
            f"""
            select
                count(*) filter (where old.row_key is null),
                count(*) filter (where old.row_key is not null and ({differs})),
                count(*) filter (where old.row_key is not null and not ({differs}))
            from staged as new left join store.{staged.contract.dataset} as old
                on old.row_key = new.row_key and old.is_current
            """
        ).fetchall()[0]
    return Difference(
        dataset=staged.contract.dataset, added=added, changed=changed, unchanged=unchanged
    )


def changes(con: duckdb.DuckDBPyConnection, staged: Staged, limit: int) -> tuple[Change, ...]:
    """The first `limit` changed cells, old value beside new, in the order of the rows."""
    columns = [name for name in staged.contract.columns if name not in staged.contract.key]
    # Pseudonyms and private values are compared, never shown.
    shown = [name for name in columns if not staged.contract.columns[name].private]
    if staged.contract.private or not shown:
        return ()
    cells = " union all ".join(
        f"select new.row_number, new.row_key, {position} as position, '{name}' as column_name, "
        f"cast(old.{name} as varchar) as old, cast(new.{name} as varchar) as new "
        f"from staged as new inner join store.{staged.contract.dataset} as old "
        f"on old.row_key = new.row_key and old.is_current "
        f"where {_differs(staged, name)}"
        for position, name in enumerate(shown)
    )
    with registered(con, staged):
        rows = con.execute(
            f"select * from ({cells}) as cells order by row_number, position limit {int(limit)}"
        ).fetchall()
    return tuple(
        Change(key=key.replace(SEPARATOR, " · "), row_number=row, column=column, old=old, new=new)
        for row, key, _, column, old, new in rows
    )


def kept(con: duckdb.DuckDBPyConnection, staged: Staged) -> Mapping[str, int]:
    """Columns that did not come with all rows, and how many rows keep the value they have."""
    places = range(len(staged.deliveries))
    missing = list(dict.fromkeys(name for place in places for name in staged.undelivered(place)))
    if not missing:
        return {}
    counted = ", ".join(
        f"count(*) filter (where old.{name} is not null and not ({_delivers(staged, name)}))"
        for name in missing
    )
    with registered(con, staged):
        counts = con.execute(
            f"select {counted} from staged as new "
            f"inner join store.{staged.contract.dataset} as old "
            "on old.row_key = new.row_key and old.is_current"
        ).fetchall()[0]
    return {name: rows for name, rows in zip(missing, counts, strict=True) if rows}


def _differs(staged: Staged, name: str) -> str:
    """Whether a column came with the row and says otherwise than before."""
    return f"({_delivers(staged, name)} and old.{name} is distinct from new.{name})"


def _delivers(staged: Staged, name: str) -> str:
    places = [str(place) for place, one in enumerate(staged.deliveries) if name in one]
    if len(places) == len(staged.deliveries):
        return "true"
    return f"new.delivery in ({', '.join(places)})" if places else "false"
