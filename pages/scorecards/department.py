"""Department scorecard: each indicator against its target."""

import streamlit as st

from pages.shared import filters, session
from pages.shared.words import text


def page() -> None:
    """Draw the scorecard."""
    visitor = session.scope()
    with session.reading() as con:
        filters.bar(con, visitor, department="one")
    st.title(text("Scorecard"))
