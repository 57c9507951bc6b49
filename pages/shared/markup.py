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
    """Put HTML on the page; it is one element, whatever its size, and none where it is empty."""
    if body := "".join(parts):
        st.html(body)


def safe(value: object) -> str:
    """Data as text of HTML, letter by letter."""
    return escape(str(value))


def heading(words: str) -> str:
    """The heading of a part of the page."""
    return f'<h2 class="heng-h2">{safe(words)}</h2>'


def lead(words: str) -> str:
    """The sentence that says what matters on the page; nothing where there is none."""
    return f'<p class="heng-lead">{safe(words)}</p>' if words else ""


def quiet(words: str) -> str:
    """A remark in small letters; nothing where there is none."""
    return f'<p class="heng-quiet">{safe(words)}</p>' if words else ""


def link(key: str, label: str, **parameters: str) -> str:
    """A link to a page of ours; the label is HTML."""
    return f'<a href="{safe(places.address(key, **parameters))}">{label}</a>'


def status(known: Status, label: str | None = None, mark: str | None = None) -> str:
    """Colour, mark and word of a status; `label` and `mark` replace the word and the mark."""
    word = text(figures.WORDS[known]) if label is None else label
    return (
        f'<span class="heng-status heng-{known}"><span aria-hidden="true">'
        f"{figures.MARKS[known] if mark is None else mark}</span> {safe(word)}</span>"
    )


def judged(known: Status, figure: str) -> str:
    """A figure in the colour of its status, with its mark unless all is well."""
    if known in ("green", "none"):
        return safe(figure)
    mark, word = figures.MARKS[known], safe(text(figures.WORDS[known]))
    return (
        f'<span class="heng-judged heng-{known}" title="{word}">'
        f'<span role="img" aria-label="{word}">{mark}</span> {safe(figure)}</span>'
    )
