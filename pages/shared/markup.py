"""HTML that pages write themselves: tables and tiles that Streamlit has no element for.

Whatever is data goes through `safe`. Streamlit strips scripts and inline SVG from it. A link to
another page is a plain link, which the shell follows without loading the site anew.
"""

from html import escape

import streamlit as st

from pages.shared import figures, places
from pages.shared.theme import Status
from pages.shared.words import text


def show(*parts: str) -> None:
    """Put HTML on the page; it is one element, whatever its size."""
    st.html("".join(parts))


def safe(value: object) -> str:
    """Data as text of HTML, letter by letter."""
    return escape(str(value))


def link(key: str, label: str, **parameters: str) -> str:
    """A link to a page of ours; the label is HTML."""
    return f'<a href="{safe(places.address(key, **parameters))}">{label}</a>'


def status(known: Status, label: str | None = None) -> str:
    """Colour, mark and word of a status; `label` replaces the word."""
    word = text(figures.WORDS[known]) if label is None else label
    return (
        f'<span class="heng-status heng-{known}"><span aria-hidden="true">'
        f"{figures.MARKS[known]}</span> {safe(word)}</span>"
    )
