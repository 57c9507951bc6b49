"""Declaring that there is nothing for a month, with a reason, and taking that back."""

from collections.abc import Callable
from datetime import date

import streamlit as st

from data import audit, declaration
from data.access import Scope
from data.contract import contracts
from data.declaration import declare_nothing
from data.readiness import Delivery, readiness
from kpi.components import refresh
from pages.intake import value
from pages.intake.delivery import lacking
from pages.shared import figures, filters, organisation, session
from pages.shared.words import literal, text

LONGEST = 300


def offer(visitor: Scope, month: date) -> None:
    """Open the dialog that the address asks for, where the visitor may declare."""
    if not visitor.may("declare"):
        return
    dataset = filters.asked("declare")
    withdrawn, _, department = (filters.asked("withdraw") or "").partition(":")
    if dataset in contracts():
        _dialog(text("Nothing this month"), lambda: _ask(dataset, month))
    elif withdrawn in contracts():
        title = text("Take the declaration back?")
        _dialog(title, lambda: _ask_back(withdrawn, month, department or None))
    elif dataset or withdrawn:
        _leave()


def _dialog(title: str, body: Callable[[], None]) -> None:
    st.dialog(title, on_dismiss=_leave)(body)()


def _ask(dataset: str, month: date) -> None:
    visitor = session.scope()
    visitor.require("declare")
    with session.reading() as con:
        one = next(d for d in readiness(con, [month]) if d.dataset == dataset)
    st.markdown(
        text(
            "**{dataset}, {month}**",
            dataset=literal(value.dataset(dataset)),
            month=figures.period(f"{month:%Y-%m}"),
        )
    )
    if not lacking(one):
        st.info(text("It has come already; nothing is missing."))
        _close()
        return
    st.markdown(
        text(
            "The month then counts as delivered, without any row: zero is known, not missing. "
            "A file that comes later still counts."
        )
    )
    with st.form("declare", border=False):
        chosen = _departments(one)
        reason = st.text_area(
            text("Reason"),
            max_chars=LONGEST,
            key="declare reason",
            placeholder=text("For example: no complaint was received, confirmed by the team lead"),
        )
        with st.container(horizontal=True):
            sure = st.form_submit_button(text("Declare: nothing"), type="primary")
            if st.form_submit_button(text("Close"), key="declare close"):
                _leave()
                st.rerun()
    if sure and reason.strip() and chosen:
        _declare(one, chosen, " ".join(reason.split()), visitor)
    elif sure:
        st.error(
            text("Please give the reason: whoever reads the scorecard will ask for it.")
            if chosen
            else text("Please choose at least one department.")
        )


def _departments(one: Delivery) -> tuple[str | None, ...]:
    """Who has nothing: of those that have not delivered; None where one delivery serves all."""
    if not one.missing_departments:
        return (None,)
    if len(one.missing_departments) == 1:
        name = organisation.department(one.missing_departments[0])
        st.markdown(text("For {department}", department=literal(name)))
        return one.missing_departments
    return tuple(
        st.multiselect(
            text("Departments that have nothing"),
            one.missing_departments,
            key="declare departments",
            format_func=organisation.department,
            placeholder=text("Please choose"),
        )
    )


def _declare(one: Delivery, chosen: tuple[str | None, ...], reason: str, visitor: Scope) -> None:
    warehouse = session.warehouse()
    with st.spinner(text("Bringing the results up to date")):
        with warehouse.write() as con:
            for department in chosen:
                new = declare_nothing(
                    con, one.dataset, one.month, department, login=visitor.login, reason=reason
                )
                if new:
                    audit.record(
                        con,
                        login=visitor.login,
                        action="declare",
                        subject=f"{one.dataset} {one.month:%Y-%m}",
                        department=department or "",
                        reason=reason,
                    )
        refresh(warehouse)
    st.toast(text("Declared: nothing this month."))
    _leave()
    st.rerun()


def _ask_back(dataset: str, month: date, department: str | None) -> None:
    visitor = session.scope()
    visitor.require("declare")
    st.markdown(
        text(
            "{dataset}, {month}: the month will be missing again until a file comes.",
            dataset=f"**{literal(value.dataset(dataset))}**",
            month=figures.period(f"{month:%Y-%m}"),
        )
    )
    if department:
        st.markdown(
            text("For {department}", department=literal(organisation.department(department)))
        )
    with st.container(horizontal=True):
        if st.button(text("Take back"), key="withdraw now", type="primary"):
            _withdraw(dataset, month, department, visitor)
        _close()


def _withdraw(dataset: str, month: date, department: str | None, visitor: Scope) -> None:
    warehouse = session.warehouse()
    with st.spinner(text("Bringing the results up to date")):
        with warehouse.write() as con:
            if declaration.withdraw(con, dataset, month, department):
                audit.record(
                    con,
                    login=visitor.login,
                    action="withdraw",
                    subject=f"{dataset} {month:%Y-%m}",
                    department=department or "",
                )
        refresh(warehouse)
    st.toast(text("The declaration has been taken back."))
    _leave()
    st.rerun()


def _close() -> None:
    if st.button(text("Close"), key="declare not"):
        _leave()
        st.rerun()


def _leave() -> None:
    for key in ("declare", "withdraw"):
        if key in st.query_params:
            del st.query_params[key]
