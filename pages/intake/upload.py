"""Upload: workbooks are read, checked, shown and, once somebody says so, loaded."""

import streamlit as st

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
        loaded = history.table(con, visitor, "upload", limit=RECENT)
    every = link("readiness", safe(text("All loaded files")), show="files")
    title = safe(text("Loaded last"))
    show(
        f'<section class="heng-section"><div class="heng-title"><h2>{title}</h2>{every}</div>'
        f"{loaded}</section>"
    )
    undo.offer(visitor)


def _lead() -> str:
    return text(
        "Every file is read and checked first. Nothing changes until you have seen what would "
        "change and load it."
    )
