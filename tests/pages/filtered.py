"""A page with nothing but filters, for tests of the filters."""

import streamlit as st

from data.access import scope_of
from pages.shared import filters, session, words


def draw() -> None:
    """Draws the bar for a role and says what it is set to; HENG_TEST_ROLE names the role."""
    words.speak("en")
    role = st.session_state.get("role", "management")
    scope = scope_of(login="x", role=role, department_id="sales", employee_id=None)
    with session.reading() as con:
        view = filters.bar(con, scope, department=st.session_state.get("offered", "one"))
    st.text(f"{view.period} {view.comparison} {view.department} {view.compared}")
