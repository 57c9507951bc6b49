"""Upload: workbooks are read, checked, shown and, once somebody says so, loaded."""

import duckdb
import streamlit as st

from data.access import Scope
from pages.intake import hand_over, history, jobs, undo
from pages.shared import session
from pages.shared.markup import link, safe, show
from pages.shared.words import text

RECENT = 5


def page() -> None:
    """Draw the page."""
    visitor = session.scope()
    visitor.require("upload")
    st.title(text("Upload"), anchor=False)
    show(f'<p class="heng-lead">{safe(_lead())}</p>')
    hand_over.drop_field()
    jobs.in_hand(visitor)
    with session.reading() as con:
        show(_loaded_last(con, visitor))
    undo.offer(visitor)


def _loaded_last(con: duckdb.DuckDBPyConnection, visitor: Scope) -> str:
    title = safe(text("Loaded last"))
    loaded = history.table(con, visitor, "upload", limit=RECENT)
    if not loaded:
        words = text(
            "No file has been loaded yet. Begin with the workbooks you export every month anyway, "
            "or fill in an empty template."
        )
        return f'<section class="heng-section"><h2>{title}</h2><p>{safe(words)}</p></section>'
    every = link("readiness", safe(text("All loaded files")), show="files")
    return (
        f'<section class="heng-section"><div class="heng-title"><h2>{title}</h2>{every}</div>'
        f"{loaded}</section>"
    )


def _lead() -> str:
    return text(
        "Every file is read and checked first. Nothing changes until you have seen what would "
        "change and load it."
    )
