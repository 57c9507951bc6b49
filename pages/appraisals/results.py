"""Appraisals: everyone's result in the period, how the grades spread, and what is recommended."""

from collections.abc import Iterable, Sequence

import streamlit as st

from data.access import Scope
from kpi.appraisal import AppraisalResult
from kpi.policy import policy
from pages.appraisals import kept, recommended, summary
from pages.appraisals.overview import figures_of, side_by_side
from pages.appraisals.results_table import ORDERS, ordered, table
from pages.shared import figures, filters, markup, panels, session
from pages.shared.facts import facts
from pages.shared.filters import View
from pages.shared.listing import Choice, choices, paged, pages
from pages.shared.markup import safe
from pages.shared.words import language, plural, text

PAGE = 40


def page() -> None:
    """Draw the results of the chosen department, or of everyone in scope."""
    visitor = session.scope()
    st.title(text("Appraisals"))
    with session.reading() as con:
        view = filters.bar(con, visitor, department="any", comparison=False)
        found = _within(kept.results(con, visitor, view.period), view)
        cases = kept.recommended(con, visitor, view.period)
    if not any(result.total is not None for result in found):
        _nothing(view, visitor)
        return
    several = view.department is None and len(visitor.departments) > 1
    grade = filters.asked("grade")
    markup.show(facts(figures_of(found)), side_by_side(found, grade, several=several))
    people = {result.employee.employee_id: result.employee for result in found}
    markup.show(recommended.section(cases, people, view.period))
    _results(found, grade, view, visitor, several=several)


def _within(found: Iterable[AppraisalResult], view: View) -> list[AppraisalResult]:
    return [r for r in found if view.department in (None, r.employee.department)]


def _results(
    found: Sequence[AppraisalResult],
    grade: str | None,
    view: View,
    visitor: Scope,
    *,
    several: bool,
) -> None:
    order = filters.asked("order") or "department"
    order = order if order in ORDERS else "department"
    with st.container(horizontal=True, vertical_alignment="bottom", key="results-tools"):
        sought = _search()
        if visitor.may("export_appraisals"):
            summary.link(view)
    listed = [r for r in found if grade in (None, r.grade.id if r.grade else None)]
    listed = ordered([r for r in listed if _is_sought(r, sought)], order)
    begin, _ = paged(len(listed), PAGE)
    words = {
        "department": text("By department") if several else text("By number"),
        "lowest": text("Lowest first"),
        "highest": text("Highest first"),
    }
    offered = [Choice(id=key, label=words[key]) for key in ORDERS]
    people = plural("{count} person", "{count} people", len(listed))
    markup.show(
        choices("appraisals", "order", text("Sort by"), offered, order),
        f'<p class="heng-quiet">{safe(people)}{_narrowed(grade)}</p>',
        table(listed[begin : begin + PAGE], view.period, several=several) if listed else "",
        pages("appraisals", len(listed), PAGE),
    )


def _narrowed(grade: str | None) -> str:
    chosen = next((each for each in policy().grades if each.id == grade), None)
    if chosen is None:
        return ""
    address = filters.here("appraisals", grade=None, page=None)
    return f' · <a href="{safe(address)}">{safe(text("Show all grades"))}</a>'


def _search() -> str:
    key = f"find {language()}"
    if key not in st.session_state:
        st.session_state[key] = filters.asked("find") or ""
    st.text_input(
        text("Find a person"),
        key=key,
        placeholder=text("Name or number"),
        on_change=_sought,
        args=(key,),
        width=260,
    )
    return filters.asked("find") or ""


def _sought(key: str) -> None:
    st.query_params.pop("page", None)
    if words := str(st.session_state[key]).strip():
        st.query_params["find"] = words
    else:
        st.query_params.pop("find", None)


def _is_sought(result: AppraisalResult, words: str) -> bool:
    person = result.employee
    return words.casefold() in f"{person.name} {person.employee_id}".casefold()


def _nothing(view: View, visitor: Scope) -> None:
    panels.empty(
        text("No appraisal results for {period}", period=figures.period(str(view.period))),
        text(
            "Results appear once the employee register, the appraisal ratings and the workbooks "
            "behind the indicators have been uploaded. Choose another period or department."
        ),
        next_page="upload" if visitor.may("upload") else None,
    )
