"""What a page shows when it has nothing to show, with what to do next."""

import streamlit as st

from data.access import Scope
from pages.shared import places, session
from pages.shared.words import text


def empty(what: str, why: str, *, next_page: str | None = None) -> None:
    """`what` is missing, `why`, and a link to the page that helps, if there is one.

    Both are Markdown: pass data through `literal`.
    """
    with st.container(border=True):
        st.markdown(f"**{what}**")
        st.markdown(why)
        if next_page is not None:
            place = places.PLACES[next_page]
            places.link(next_page, text(place.title), icon=place.icon)


def not_yours() -> None:
    """The page exists, but the visitor's role does not open it."""
    st.title(text("Not open to you"))
    st.info(
        text(
            "Your role does not open this page. If you need it for your work, ask the person who "
            "keeps the accounts; nothing is broken."
        ),
        icon=":material/lock:",
    )
    _way_home()


def home_for(scope: Scope) -> None:
    """On to the first page of somebody to whom the company overview is not open."""
    key = places.first(scope)
    if key is None:
        not_yours()
    else:
        places.go(key)


def signed_out() -> None:
    """The session has ended while the page was open."""
    st.title(text("You are signed out"))
    st.markdown(text("Your session has ended. Sign in again to go on where you were."))
    st.html(f'<a class="heng-download" href="/account/sign-in">{text("Sign in")}</a>')


def _way_home() -> None:
    key = places.first(session.scope())
    if key is not None:
        place = places.PLACES[key]
        places.link(key, text(place.title), icon=place.icon)
