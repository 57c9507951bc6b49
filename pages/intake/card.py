"""The card of one file: how far it is, what was found in it, and what can be done about it."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from loaders.job_row import Job
from pages.intake import badge, decision, preview, problem_table, value, verdict
from pages.intake.drawn import Drawn
from pages.intake.outcome import said
from pages.shared.markup import link, safe, show
from pages.shared.words import text


def draw(one: Drawn) -> None:
    """Draw the card."""
    job, state = one.job, one.state
    with st.container(border=True, key=f"job-{job.job_id}"):
        _top(one)
        if badge.is_moving(job):
            st.progress(badge.share(job), text=badge.step(job))
        elif state is badge.READY:
            show(
                verdict.sheets(job.report),
                preview.changes(job.report),
                preview.totals(job.report),
                verdict.header_lines(job.report),
            )
            _warnings(job)
            if one.is_theirs:
                _decide(job)
        elif state is badge.REFUSED:
            show(verdict.sheets(job.report))
            problem_table.table(job)
        elif state is badge.LOADED and _tables(job.report) > 1:
            show(verdict.sheets(job.report))


def _top(one: Drawn) -> None:
    """Name, state and outcome; and beside them, where nothing is left to decide, the way out."""
    job = one.job
    if not one.is_theirs or badge.is_moving(job) or badge.can_load(job):
        show(_head(one), said(one))
        return
    with st.container(horizontal=True, vertical_alignment="top", wrap=False):
        with st.container():
            show(_head(one), said(one))
        st.button(
            text("Put away"),
            key=f"put away {job.job_id}",
            type="tertiary",
            icon=":material/close:",
            on_click=decision.put_away,
            args=(job.job_id,),
        )


def _head(one: Drawn) -> str:
    job = one.job
    facts = [one.signed]
    if "bytes" in job.report:
        facts.insert(0, value.size(job.report["bytes"]))
    if counted := problem_table.counted(job):
        facts.append(counted)
    here = link("upload", safe(job.file_name), job=job.job_id)
    return (
        f'<header class="heng-file"><h3>{here}</h3>{one.state.html()}'
        f"<small>{safe(text(' · ').join(facts))}</small></header>"
    )


def _tables(report: Mapping[str, Any]) -> int:
    return sum(len(sheet["tables"]) for sheet in report.get("sheets", ()))


def _warnings(job: Job) -> None:
    """What should be known but keeps nobody from loading, folded away."""
    if job.report.get("problems"):
        with st.expander(problem_table.counted(job), key=f"warnings {job.job_id}"):
            problem_table.table(job)


def _decide(job: Job) -> None:
    with st.container(horizontal=True, key=f"actions-{job.job_id}"):
        st.button(
            text("Load"),
            key=f"load {job.job_id}",
            type="primary",
            icon=":material/check:",
            on_click=decision.load,
            args=(job.job_id,),
        )
        st.button(
            text("Discard"),
            key=f"put away {job.job_id}",
            on_click=decision.put_away,
            args=(job.job_id,),
        )
