"""The card of one file: how far it is, what was found in it, and what can be done about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
import streamlit as st

from data.access import Scope
from data.batch import Batch, batch
from kpi.components import is_current
from loaders.job_row import Job
from pages.intake import badge, preview, problem_table, value, verdict
from pages.intake.signature import People, signed
from pages.intake.worker import worker
from pages.shared import filters, session
from pages.shared.markup import link, safe, show
from pages.shared.words import text


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A job with what has to be known to draw it."""

    job: Job
    signed: str
    """Who handed it over, and when."""
    loaded: Batch | None
    """The batch it became, or in which the same file was loaded before."""
    loaded_by: str
    results_are_current: bool
    months: tuple[date, ...]
    """Months that have a scorecard."""
    is_theirs: bool
    """Whether the visitor handed it over, and so decides on it."""

    @classmethod
    def of(cls, con: duckdb.DuckDBPyConnection, job: Job, who: People, visitor: Scope) -> "Drawn":
        """Look it up."""
        number = job.batch_id or job.report.get("batch")
        loaded = batch(con, number) if number else None
        by = signed(who, loaded.login, loaded.loaded_at) if loaded else ""
        return cls(
            job=job,
            signed=signed(who, job.login, job.created_at),
            loaded=loaded,
            loaded_by=by,
            results_are_current=is_current(con),
            months=filters.months(con) if visitor.sees_company else (),
            is_theirs=job.login == visitor.login,
        )


def draw(one: Drawn) -> None:
    """Draw the card."""
    job, state = one.job, badge.of_job(one.job)
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


def load(*job_ids: str) -> None:
    """Have one's own checked files loaded, those that still wait for it; for a callback."""
    visitor = session.scope()
    visitor.require("upload")
    waiting = [job_id for job_id in job_ids if _waits_for(visitor, job_id)]
    try:
        worker().commit(*waiting)
    except (KeyError, ValueError):
        st.toast(text("This has been decided already, here or in another window."))


def put_away(*job_ids: str) -> None:
    """Forget one's own files that are not worked on; what is loaded stays. For a callback."""
    visitor = session.scope()
    visitor.require("upload")
    for job_id in job_ids:
        try:
            if worker().job(job_id).login == visitor.login:
                worker().discard(job_id)
        except KeyError:
            continue
        except ValueError:
            st.toast(text("The file is being worked on and stays."))
    if filters.asked("job") in job_ids:
        del st.query_params["job"]


def _waits_for(visitor: Scope, job_id: str) -> bool:
    """Whether the job is the visitor's and undecided; a second click finds it decided."""
    try:
        job = worker().job(job_id)
    except KeyError:
        return False
    return job.login == visitor.login and badge.can_load(job)


def _top(one: Drawn) -> None:
    """Name, state and outcome; and beside them, where nothing is left to decide, the way out."""
    job = one.job
    if not one.is_theirs or badge.is_moving(job) or badge.can_load(job):
        show(_head(one), _said(one))
        return
    with st.container(horizontal=True, vertical_alignment="top", wrap=False):
        with st.container():
            show(_head(one), _said(one))
        st.button(
            text("Put away"),
            key=f"put away {job.job_id}",
            type="tertiary",
            icon=":material/close:",
            on_click=put_away,
            args=(job.job_id,),
        )


def _head(one: Drawn) -> str:
    job = one.job
    state = badge.of_job(job)
    if state is badge.LOADED and one.loaded and one.loaded.undone:
        state = badge.UNDONE
    facts = [one.signed]
    if "bytes" in job.report:
        facts.insert(0, value.size(job.report["bytes"]))
    if counted := problem_table.counted(job):
        facts.append(counted)
    here = link("upload", safe(job.file_name), job=job.job_id)
    return (
        f'<header class="heng-file"><h3>{here}</h3>{state.html()}'
        f"<small>{safe(text(' · ').join(facts))}</small></header>"
    )


def _said(one: Drawn) -> str:
    """What has come of the file so far, in a sentence."""
    words = _outcome(one)
    return f'<p class="heng-outcome">{words}</p>' if words else ""


def _outcome(one: Drawn) -> str:
    job, report = one.job, one.job.report
    state = badge.of_job(job)
    if state is badge.REFUSED:
        return safe(_refused(report))
    if state is badge.FAILED:
        return safe(
            text(
                "A fault of the program kept the file from being loaded. Upload it again; if it "
                "happens twice, tell the person who keeps Heng running."
            )
        )
    if state is badge.KNOWN:
        return safe(
            text(
                "This very file was loaded before, as no. {number} by {who}. "
                "Loading it again would change nothing.",
                number=one.loaded.batch_id if one.loaded else "",
                who=one.loaded_by,
            )
        )
    if state is badge.READY:
        return _ready(report)
    return _receipt(one) if state is badge.LOADED else ""


def _refused(report: Mapping[str, Any]) -> str:
    if report.get("errors"):
        return text(
            "Nothing of this file was loaded, and no number has changed. Put the errors below "
            "right in the workbook and upload it again."
        )
    return text("Nothing of this file was loaded, and no number has changed.")


def _ready(report: Mapping[str, Any]) -> str:
    if preview.changes_nothing(report):
        return safe(
            text(
                "Every row is there already with the same values. Loading records that the "
                "file came; no number changes."
            )
        )
    words = safe(text("Nothing has been loaded yet. Loading brings {what}.", what="{what}"))
    return words.replace("{what}", f"<b>{safe(preview.summary(report))}</b>")


def _receipt(one: Drawn) -> str:
    report = one.job.report
    if one.loaded and one.loaded.undone:
        return safe(text("Loaded as no. {number}, and undone since.", number=one.loaded.batch_id))
    number = one.loaded.batch_id if one.loaded else ""
    done = text("Loaded as no. {number}: {what}.", number=number, what="{what}")
    what = preview.summary(report) if report.get("datasets") else ""
    done = safe(done).replace("{what}", f"<b>{safe(what)}</b>")
    results = (
        text("The results include it.")
        if one.results_are_current
        else text("The results will include it in a moment.")
    )
    return f"{done} {safe(results)} {_onward(one)}"


def _onward(one: Drawn) -> str:
    """Where the change can be seen."""
    month = _month(one)
    parameters = {"period": f"{month:%Y-%m}"} if month else {}
    readiness = {"month": f"{month:%Y-%m}"} if month else {}
    links = [
        link("overview", safe(text("To the overview")), **parameters),
        link("readiness", safe(text("To the data received")), **readiness),
    ]
    return f'<span class="heng-onward">{"".join(links)}</span>'


def _month(one: Drawn) -> date | None:
    """The last month the file speaks of that has a scorecard."""
    last = [
        date.fromisoformat(day).replace(day=1)
        for table in one.job.report.get("datasets", ())
        if (day := table["control_totals"]["last_date"])
    ]
    known = [month for month in one.months if last and month <= max(last)]
    return known[-1] if known else None


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
            on_click=load,
            args=(job.job_id,),
        )
        st.button(
            text("Discard"),
            key=f"put away {job.job_id}",
            on_click=put_away,
            args=(job.job_id,),
        )
