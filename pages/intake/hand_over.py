"""Handing workbooks over: the drop field, and what may be said about files nobody recognises."""

import streamlit as st

from data.contract import contracts
from loaders.mapping_file import shipped_mappings
from pages.intake import templates, value
from pages.intake.worker import worker
from pages.shared import session
from pages.shared.markup import show
from pages.shared.words import language, text

_HELP, _TEMPLATE = ":material/help:", ":material/description:"
_ROUND = "intake round"
"""Where the number of the drop field is kept: a new one forgets the files of the old."""


def drop_field() -> None:
    """Draw the field that takes files in; each becomes a job as soon as it has arrived."""
    number = st.session_state.get(_ROUND, 0)
    with st.container(key="drop-field"):
        st.file_uploader(
            text("Drop Excel or CSV files here, several at once, just as they were exported"),
            accept_multiple_files=True,
            key=_field(number),
            on_change=_hand_over,
            args=(number,),
        )
    with st.container(horizontal=True, gap="medium"):
        with st.popover(text("If a file is not recognised"), type="tertiary", icon=_HELP):
            _options()
        with st.popover(text("Empty templates"), type="tertiary", icon=_TEMPLATE, width="content"):
            st.markdown(text("Workbooks filled in from these are always recognised."))
            show(templates.links())


def _options() -> None:
    st.markdown(
        text(
            "Usually the headers say what a sheet holds. For the next files you can say it "
            "yourself: what they hold, or the mapping that reads them."
        )
    )
    st.selectbox(
        text("What they hold"),
        tuple(contracts()),
        index=None,
        key=_widget("dataset"),
        format_func=value.dataset,
        placeholder=text("Recognise it from the headers"),
    )
    st.selectbox(
        text("Mapping"),
        tuple(shipped_mappings()),
        index=None,
        key=_widget("mapping"),
        placeholder=text("Choose the one that fits"),
    )


def _hand_over(number: int) -> None:
    visitor = session.scope()
    visitor.require("upload")
    # A run that is interrupted is repeated with its callbacks; files are handed over once.
    if st.session_state.get(_ROUND, 0) != number:
        return
    # The next run draws another field, so that this one's files leave the memory.
    st.session_state[_ROUND] = number + 1
    job_ids = [
        worker().submit(
            file,
            file.name,
            login=visitor.login,
            dataset=st.session_state.get(_widget("dataset")),
            mapping=st.session_state.get(_widget("mapping")),
        )
        for file in st.session_state[_field(number)] or ()
    ]
    if len(job_ids) == 1:
        st.query_params["job"] = job_ids[0]
    elif "job" in st.query_params:
        del st.query_params["job"]


def _field(number: int) -> str:
    return f"workbooks {number}"


def _widget(name: str) -> str:
    # Labels differ by language, and so must the keys.
    return f"intake {name} {language()}"
