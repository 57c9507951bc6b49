"""Row versions: every row as each workbook brought it, and the one made of them that is current.

A row's current values are, column by column, those of the latest loaded batch that brought the
column; a column that no loaded batch brought is null. So what is current depends on which batches
are loaded alone, never on the order in which others were undone.
"""

from collections.abc import Sequence

import duckdb

from data.contract import Contract
from data.staging import SEPARATOR, Staged, registered


def add_versions(con: duckdb.DuckDBPyConnection, batch_id: int, staged: Staged) -> None:
    """Store the rows of a batch and make them current, in the caller's write transaction."""
    store = f"store.{staged.contract.dataset}"
    with registered(con, staged):
        for place, delivered in enumerate(staged.deliveries):
            columns_id = _columns_id(con, staged.contract.dataset, delivered)
            columns = ", ".join(staged.contract.columns)
            values = ", ".join(
                f"{'new' if name in delivered else 'old'}.{name}"
                for name in staged.contract.columns
            )
            before = (
                f"left join {store} as old on old.row_key = new.row_key and old.is_current"
                if staged.undelivered(place)
                else ""
            )
            con.execute(
                f"insert into {store} "
                f"(row_key, batch_id, sheet, row_number, is_current, columns_id, {columns}) "
                f"select new.row_key, ?, new.sheet, new.row_number, true, ?, {values} "
                f"from staged as new {before} where new.delivery = ?",
                [batch_id, columns_id, place],
            )
        con.execute(
            f"update {store} set is_current = false "
            "where is_current and batch_id <> ? and row_key in (select row_key from staged)",
            [batch_id],
        )


def remove_versions(con: duckdb.DuckDBPyConnection, batch_id: int, known: Contract) -> None:
    """Make current what is without a batch that has just been marked as undone."""
    store = f"store.{known.dataset}"
    con.execute(f"update {store} set is_current = false where batch_id = ?", [batch_id])
    sets = _sets(con, known.dataset).values()
    partial = [name for name in known.columns if any(name not in columns for columns in sets)]
    renewed = ", ".join(["is_current = true", *(f"{name} = rest.{name}" for name in partial)])
    con.execute(
        f"update {store} as version set {renewed} "
        f"from ({rows_without(con, batch_id, known, partial)}) as rest "
        "where version.row_key = rest.row_key and version.batch_id = rest.batch_id"
    )


def rows_without(
    con: duckdb.DuckDBPyConnection, batch_id: int, known: Contract, columns: Sequence[str]
) -> str:
    """A query of what is current without a batch: a row for each of its keys that others have.

    Columns: row_key, the batch_id of the latest version, and the given ones.
    """
    sets = _sets(con, known.dataset)
    values = "".join(f", {_latest(name, sets)} as {name}" for name in columns)
    return f"""
        select rows.row_key, max(rows.batch_id) as batch_id{values}
        from store.{known.dataset} as rows
        inner join intake.batch as batch on rows.batch_id = batch.batch_id
        where batch.status = 'loaded' and rows.batch_id <> {int(batch_id)}
            and rows.row_key in (
                select row_key from store.{known.dataset} where batch_id = {int(batch_id)}
            )
        group by rows.row_key
        """


def fingerprint(con: duckdb.DuckDBPyConnection, dataset: str, batch_id: int) -> str:
    """A hash of a batch's rows as they came, which changes with any value and any order."""
    rows = " union all ".join(
        "select sheet, row_number, row_key, "
        f"md5(concat_ws('{SEPARATOR}', {_cells(columns)})) as row "
        f"from store.{dataset} where batch_id = {int(batch_id)} and columns_id = {columns_id}"
        for columns_id, columns in _sets(con, dataset).items()
    )
    found = con.execute(
        f"select md5(string_agg(row, '' order by sheet, row_number, row_key)) from ({rows})"
    ).fetchall()
    return str(found[0][0])


def _latest(name: str, sets: dict[int, list[str]]) -> str:
    """The value of the latest version that brought the column."""
    bringing = [str(columns_id) for columns_id, columns in sets.items() if name in columns]
    value = f"arg_max_null(rows.{name}, rows.batch_id)"
    if len(bringing) == len(sets):
        return value
    return f"{value} filter (where rows.columns_id in ({', '.join(bringing) or 'null'}))"


def _cells(columns: Sequence[str]) -> str:
    return ", ".join(
        f"coalesce(cast({name} as varchar), '\x00')"
        for name in ("row_key", "sheet", "row_number", *columns)
    )


def _sets(con: duckdb.DuckDBPyConnection, dataset: str) -> dict[int, list[str]]:
    """What workbooks have brought to a dataset, by the number that rows refer to."""
    rows = con.execute(
        "select columns_id, columns from intake.column_set where dataset = ? order by columns_id",
        [dataset],
    ).fetchall()
    return dict(rows)


def _columns_id(con: duckdb.DuckDBPyConnection, dataset: str, columns: Sequence[str]) -> int:
    for columns_id, known in _sets(con, dataset).items():
        if known == list(columns):
            return columns_id
    rows = con.execute(
        "insert into intake.column_set "
        "select coalesce(max(columns_id), 0) + 1, ?, ? from intake.column_set returning columns_id",
        [dataset, list(columns)],
    ).fetchall()
    return int(rows[0][0])
