"""One person's appraisal: the total and how it comes about, ratings from all sides, history."""

import streamlit as st

from data.access import AccessDenied, Scope
from kpi.appraisal import AppraisalResult, NotAppraised, PersonAppraisal
from kpi.period import Period
from kpi.scorecard import UnknownEmployee
from pages.appraisals import history, kept, ratings, recommended, sum_table, wording
from pages.appraisals.own_rows import own_rows
from pages.appraisals.standing import composition, standing
from pages.shared import charts, figures, filters, markup, organisation, panels, session
from pages.shared.facts import facts
from pages.shared.words import literal, text


def page() -> None:
    """Draw the person that the address names, or the visitor."""
    visitor = session.scope()
    employee_id = filters.asked("employee") or visitor.employee_id
    if employee_id is None:
        _choose()
        return
    heading, is_own = st.container(), employee_id == visitor.employee_id
    with session.reading() as con:
        view = filters.bar(con, visitor, comparison=False)
        try:
            found = kept.person(con, visitor, view.period, employee_id)
            # What the ladder suggests reaches the one concerned from a person, not from a screen.
            cases = () if is_own else kept.recommended_for(con, visitor, view.period, employee_id)
        except AccessDenied:
            panels.not_yours()
            return
        except (UnknownEmployee, NotAppraised):
            heading.title(text("My results") if is_own else text("Appraisal results"))
            _unknown(view.period)
            return
    with heading:
        _heading(found.result, view.period, visitor, is_own=is_own)
    _standing(found.result, recommended.for_one(cases))
    _sums(found.result)
    _ratings(found)
    _history(found)


def _heading(result: AppraisalResult, period: Period, visitor: Scope, *, is_own: bool) -> None:
    person = result.employee
    if visitor.employees != "self":
        back = markup.link("appraisals", f"← {markup.safe(text('Appraisals'))}", period=str(period))
        markup.show(f'<p class="heng-back">{back}</p>')
    st.title(text("My results") if is_own else literal(person.name))
    told = [
        person.name if is_own else "",
        person.employee_id,
        organisation.department(person.department),
        person.team or "",
        person.position or "",
    ]
    said = "".join(f"<span>{markup.safe(part)}</span>" for part in told if part)
    markup.show(f'<p class="heng-particulars">{said}</p>')


def _standing(result: AppraisalResult, advice: str) -> None:
    notes = wording.said(result)
    provisional = ""
    if result.is_provisional:
        why = text("Provisional: {reasons}.", reasons=notes)
        provisional = f'<p class="heng-lead">{markup.status("amber", why)}</p>'
    elif notes:
        provisional = (
            f'<p class="heng-quiet">{markup.safe(text("Note: {notes}.", notes=notes))}</p>'
        )
    markup.show(provisional, facts(standing(result)), composition(result), advice)


def _sums(result: AppraisalResult) -> None:
    markup.show(
        markup.heading(text("How the total comes about")),
        markup.lead(sum_table.sentence(result)),
        sum_table.table(result),
    )
    known = {line.key for line in result.evaluation.lines if sum_table.has_rows(line)}
    asked = filters.asked("rows")
    if asked in known:
        own_rows(str(asked), result.employee.employee_id, str(result.period))


def _ratings(found: PersonAppraisal) -> None:
    markup.show(
        markup.heading(text("Ratings from all sides")),
        ratings.table(found.ratings)
        if found.ratings
        else markup.quiet(text("No ratings have come for this period.")),
    )


def _history(found: PersonAppraisal) -> None:
    if len(found.history) < 2:
        return
    markup.show(markup.heading(text("Results over time")))
    charts.show(history.chart(found.history), alt=history.said(found.history), key="history")


def _choose() -> None:
    st.title(text("Appraisal results"))
    panels.empty(
        text("No person is chosen"),
        text("Choose one from the appraisal results."),
        next_page="appraisals",
    )


def _unknown(period: Period) -> None:
    panels.empty(
        text("No result in {period}", period=figures.period(str(period))),
        text("The person was not employed in this period, or is not known. Choose another period."),
    )
