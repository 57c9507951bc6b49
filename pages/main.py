"""Every page run starts here: who is it, which language, which pages.

How a page is written
---------------------
A page is a module pages/<room>/<page>.py with one function::

    def page() -> None:
        visitor = session.scope()                      # data.access.Scope, looked up this run
        with session.reading() as con:                 # one cursor, one state of the warehouse
            view = filters.bar(con, visitor, department="one")
            card = department_scorecard(con, visitor, view.period, view.department)
        st.title(text("Scorecard of {department}", department=...))

and one line in pages.shared.places.PLACES: its address, module, title, icon, who may open it. This
module calls it only for those who may (the Scope that its queries take is the lock all the same).

- Words: `from pages.shared.words import text, plural, later, named, literal`. The English sentence
  is the key, a plain string as first argument (never inside an f-string); put both translations
  into pages/locales/<tag>/LC_MESSAGES/<room>.po. Data inside Markdown (labels, titles, captions,
  badges, tabs, column headers) goes through `literal`.
- Figures: pages.shared.figures: number, percent, money, change, day, period, status_badge,
  status_word, reason. A missing value is "—".
- Filters: pages.shared.filters: `bar` gives a View(period, comparison, department) that lives in
  the address; `choice` is a select box and `parameter` a bare value that live there too.
- Charts: pages.shared.charts builds plain Plotly dicts; `charts.show(figure, alt=..., key=...)`.
- Links to other pages: `places.link(key, label, **parameters)`, `places.go(key, **parameters)`.
- Downloads: `exports.link(label, builder, **parameters)` from pages.web.exports, never
  st.download_button; a builder is registered with `@exports.builder("name")` and called with
  (con, scope, parameters) when the file is fetched.
- Empty and refused: pages.shared.panels: `empty`, `not_yours`.
- A fragment runs without this module: take scope and cursor inside it, never from outside.
- Give every widget and chart a `key`; hold no rows in st.session_state.
"""

from functools import partial
from urllib.parse import urlsplit

import streamlit as st

from data.access import Scope
from pages.shared import panels, session, words
from pages.shared.places import PLACES, streamlit_page
from pages.shared.words import text
from pages.web.assets import address, logo


def run() -> None:
    """Draw the page that was asked for, for whoever is signed in."""
    words.speak(words.language())
    with session.run() as account:
        if account is None:
            leaving = st.Page(panels.signed_out, title=text("Sign in"))
            st.navigation([leaving], position="hidden").run()
            return
        scope = account.scope
        pages = [streamlit_page(key, scope, partial(_draw, key, scope)) for key in PLACES]
        st.set_page_config(page_icon=_favicon(), layout="wide")
        st.logo(logo())
        st.navigation(pages, position="top").run()


def _favicon() -> str:
    """Our own: without one, Streamlit fetches the page's icon from another host."""
    site = urlsplit(st.context.url or "")
    return f"{site.scheme}://{site.netloc}{address('favicon.png')}" if site.netloc else logo()


def _draw(key: str, scope: Scope) -> None:
    place = PLACES[key]
    if place.allowed(scope):
        place.shown()
    elif not place.path:
        panels.home_for(scope)
    else:
        panels.not_yours()


if __name__ == "__main__":
    run()
