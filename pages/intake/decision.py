"""Decisions on files in hand, for callbacks: nothing is drawn before they are made."""

import streamlit as st

from data.access import Scope
from pages.intake import badge
from pages.intake.worker import worker
from pages.shared import filters, session
from pages.shared.words import text


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
