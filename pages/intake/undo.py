"""Undo: says first what taking a file back would restore, then does it."""

from collections.abc import Sequence

import duckdb
import streamlit as st

from data.access import Scope
from data.history import Batch, batch
from data.undoing import Undoing, undoing
from kpi.components import refresh
from loaders import load
from pages.intake import value
from pages.intake.signature import people, signed
from pages.shared import figures, filters, session
from pages.shared.markup import safe, show
from pages.shared.words import plural, text

_ICON = ":material/undo:"


def offer(visitor: Scope) -> None:
    """Open the dialog where the address asks to undo a batch and the visitor may."""
    asked = filters.asked("undo")
    if not asked or not visitor.may("undo"):
        return
    if not asked.isdecimal():
        _leave()
        return
    title = text("Undo no. {number}?", number=asked)
    st.dialog(title, on_dismiss=_leave)(_confirm)(int(asked))


def _confirm(number: int) -> None:
    # A dialog is a fragment: who is asking has to be asked again.
    visitor = session.scope()
    visitor.require("undo")
    with session.reading() as con:
        found = _batch(con, number)
        effects = undoing(con, number) if found and not found.undone else ()
        by = signed(people(con), found.login, found.loaded_at) if found else ""
    if found is None or found.undone:
        st.info(text("There is nothing to undo: the file has been taken back already."))
    else:
        show(
            f'<p class="heng-outcome"><b>{safe(found.file.name)}</b><br>'
            f"<small>{safe(by)}</small></p>",
            _effects(effects),
        )
    with st.container(horizontal=True):
        if effects and st.button(text("Undo"), key="undo now", type="primary", icon=_ICON):
            _undo(number, visitor)
        if st.button(text("Close"), key="undo not"):
            _leave()
            st.rerun()


def _undo(number: int, visitor: Scope) -> None:
    warehouse = session.warehouse()
    with st.spinner(text("Bringing the results up to date")):
        try:
            load.undo(warehouse, number, login=visitor.login)
            said = text("No. {number} has been undone.", number=number)
        except (KeyError, ValueError):
            said = text("There is nothing to undo: the file has been taken back already.")
        refresh(warehouse)
    st.toast(said, icon=_ICON)
    _leave()
    st.rerun()


def _effects(effects: Sequence[Undoing]) -> str:
    return "".join(
        f'<section class="heng-effect"><h4>{safe(value.dataset(one.dataset))}</h4>'
        f"<ul>{''.join(f'<li>{safe(line)}</li>' for line in _lines(one))}</ul></section>"
        for one in effects
    )


def _lines(one: Undoing) -> list[str]:
    gone, back, kept = (figures.number(n) for n in (one.removed, one.restored, one.kept))
    said = {
        plural("{n} row goes away.", "{n} rows go away.", one.removed, n=gone): one.removed,
        plural(
            "{n} row goes back to what an earlier file said.",
            "{n} rows go back to what earlier files said.",
            one.restored,
            n=back,
        ): one.restored,
        plural(
            "{n} row stays as it is.",
            "{n} rows stay as they are.",
            one.kept,
            n=kept,
        ): one.kept,
        _uncovered(one): len(one.uncovered),
    }
    return [line for line, count in said.items() if count]


def _uncovered(one: Undoing) -> str:
    if not one.uncovered:
        return ""
    first, last = (figures.period(f"{m:%Y-%m}") for m in (one.uncovered[0], one.uncovered[-1]))
    if first == last:
        return text("{month} will be missing again.", month=first)
    return text("{first} to {last} will be missing again.", first=first, last=last)


def _batch(con: duckdb.DuckDBPyConnection, number: int) -> Batch | None:
    try:
        return batch(con, number)
    except KeyError:
        return None


def _leave() -> None:
    if "undo" in st.query_params:
        del st.query_params["undo"]
