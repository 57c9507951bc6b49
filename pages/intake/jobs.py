"""Files in hand: from being handed over until they are loaded, refused or discarded.

How they stand is in the warehouse, so that leaving, reloading or another window changes nothing.
"""

from collections.abc import Sequence
from datetime import timedelta

import streamlit as st

from data.access import Scope
from loaders import job_row
from loaders.job_row import Job
from pages.intake import badge, card, decision
from pages.intake.drawn import Drawn
from pages.intake.permission import may_open
from pages.intake.signature import People, people, signed
from pages.intake.worker import worker
from pages.shared import filters, session
from pages.shared.markup import safe, show
from pages.shared.words import plural, text

POLL = 0.6
"""Seconds between two looks while anything is under way."""
KEPT = timedelta(hours=24)
"""So long an ended job stays on the page if nobody puts it away."""
LATEST = 60


def in_hand(visitor: Scope) -> None:
    """Draw the visitor's files, and say what others have in hand."""
    moves = any(badge.is_moving(job) for job in _shown(visitor))
    st.fragment(_draw, run_every=POLL if moves else None)(moves)


def _draw(polled: bool) -> None:
    # A fragment runs on its own: who is asking has to be asked again.
    visitor = session.scope()
    if not visitor.may("upload"):
        return
    shown = _shown(visitor)
    with session.reading() as con:
        who = people(con)
        drawn = [Drawn.of(con, job, who, visitor) for job in shown]
    if any(badge.is_moving(job) for job in shown) != polled:
        st.rerun()
    _of_others(visitor, who)
    _together(visitor, shown)
    for one in drawn:
        card.draw(one)


def _shown(visitor: Scope) -> list[Job]:
    """The visitor's jobs, newest first; before them the one that the address names."""
    since = job_row.now() - KEPT
    mine = [
        job
        for job in worker().jobs(login=visitor.login, limit=LATEST)
        if not job.ended or job.updated_at > since
    ]
    named = _named(visitor)
    if named is None:
        return mine
    return [named, *(job for job in mine if job.job_id != named.job_id)]


def _named(visitor: Scope) -> Job | None:
    asked = filters.asked("job")
    try:
        job = worker().job(asked) if asked else None
    except KeyError:
        return None
    return job if job and may_open(visitor, job) else None


def _of_others(visitor: Scope, who: People) -> None:
    """That others are at it too, so that nobody loads the same file twice unknowingly."""
    others = [
        job
        for job in worker().jobs(limit=LATEST)
        if job.login != visitor.login and (badge.is_moving(job) or badge.can_load(job))
    ]
    if not others:
        return
    lines = "".join(
        f"<li>{badge.of_job(job).html()} <b>{safe(job.file_name)}</b> "
        f"<small>{safe(signed(who, job.login, job.created_at))}</small></li>"
        for job in others
    )
    title = safe(text("In the hands of others"))
    show(f'<section class="heng-others"><h3>{title}</h3><ul>{lines}</ul></section>')


def _together(visitor: Scope, shown: Sequence[Job]) -> None:
    """What can be done with several files at once."""
    mine = [job for job in shown if job.login == visitor.login]
    ready = [job.job_id for job in mine if badge.can_load(job)]
    ended = [job.job_id for job in mine if job.ended or badge.of_job(job) is badge.KNOWN]
    if len(ready) < 2 and len(ended) < 2:
        return
    with st.container(horizontal=True, key="together"):
        if len(ready) > 1:
            st.button(
                plural("Load {count} checked file", "Load all {count} checked files", len(ready)),
                key="load all",
                type="primary",
                icon=":material/done_all:",
                on_click=decision.load,
                args=ready,
            )
        if len(ended) > 1:
            st.button(
                plural("Put away {count} file", "Put away {count} finished files", len(ended)),
                key="put away all",
                on_click=decision.put_away,
                args=ended,
            )
