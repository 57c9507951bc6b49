"""One page drawn by itself, over a given warehouse, for whoever is given."""

from dataclasses import dataclass
from importlib import import_module

import streamlit as st
from streamlit.testing.v1 import AppTest

from data.access import Scope
from data.warehouse import Warehouse
from pages.shared import session, words
from pages.web import exports


@dataclass
class Screen:
    """Draws pages of one warehouse; `scope` is the visitor's."""

    warehouse: Warehouse
    scope: Scope
    language: str = "en"

    def open(self, module: str, **query: str) -> AppTest:
        """The page after one run; the address has `query`."""
        at = AppTest.from_function(_script, default_timeout=30)
        at.session_state["drawn module"] = module
        at.session_state["drawn language"] = self.language
        for key, value in query.items():
            at.query_params[key] = value
        at.run()
        assert not at.exception, at.exception
        return at


def html(at: AppTest) -> str:
    """All HTML that the page has put on the screen."""
    return "\n".join(part.proto.body for part in at.get("html"))


def fitted(monkeypatch, screen: Screen) -> Screen:
    """Make the pages ask this screen for warehouse, visitor and session."""
    # What is kept is kept by the state of a warehouse, and here each test has another one.
    st.cache_resource.clear()
    monkeypatch.setattr(session, "warehouse", lambda: screen.warehouse)
    monkeypatch.setattr(session, "scope", lambda: screen.scope)
    monkeypatch.setattr(exports, "warehouse", lambda: screen.warehouse)
    monkeypatch.setattr(exports, "token", lambda: "the session of a test")
    return screen


def draw() -> None:
    """What the script of `Screen.open` runs."""
    words.speak(st.session_state["drawn language"])
    import_module(st.session_state["drawn module"]).page()


def _script() -> None:
    from tests.pages.screen import draw

    draw()
