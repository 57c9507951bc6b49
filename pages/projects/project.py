"""One project: why it stands as it does, its money over time, its tasks, where each is from."""

from datetime import date, timedelta

import streamlit as st

from data.access import AccessDenied
from kpi.period import Period
from kpi.project import Project, ProjectHealth, UnknownProject
from pages.projects import kept, outlook, task_table, verdict
from pages.projects.charts import earned_value
from pages.projects.judgement import facts_of
from pages.shared import charts, figures, filters, markup, organisation, origin, panels, session
from pages.shared.facts import facts
from pages.shared.listing import Choice, choices, paged, pages
from pages.shared.words import literal, plural, text

TASKS = 30


def page() -> None:
    """Draw the project that the address names."""
    visitor = session.scope()
    asked = filters.parameter("project")
    if asked is None:
        st.title(text("Project"))
        panels.empty(
            text("No project is chosen"),
            text("Choose one from the list of projects."),
            next_page="projects",
        )
        return
    heading = st.container()
    with session.reading() as con:
        view = filters.bar(con, visitor, comparison=False)
        try:
            known = kept.project(con, visitor, view.period, asked)
        except AccessDenied:
            panels.not_yours()
            return
        except UnknownProject:
            heading.title(text("Project"))
            _unknown(view.period)
            return
    with heading:
        _heading(known.health, view.period)
    _judgement(known)
    _money(known)
    _tasks(known, min(view.period.end, date.today()) - timedelta(days=1))
    source = origin.place(known.health.source)
    markup.show(markup.quiet(text("The project itself was read from {source}.", source=source)))


def _heading(health: ProjectHealth, period: Period) -> None:
    back = markup.link("projects", f"← {markup.safe(text('Projects'))}", period=str(period))
    markup.show(f'<p class="heng-back">{back}</p>')
    st.title(literal(health.name))
    status = markup.status(health.level)
    told = [
        health.project_id,
        verdict.status(health),
        verdict.type_of(health),
        text("led by {department}", department=organisation.department(health.lead_department)),
        text("managed by {person}", person=health.manager or figures.MISSING),
    ]
    if health.sponsor_department not in (None, health.lead_department):
        sponsor = organisation.department(health.sponsor_department)
        told.append(text("for {department}", department=sponsor))
    if health.client:
        told.append(text("client {client}", client=health.client))
    said = "".join(f"<span>{markup.safe(part)}</span>" for part in told)
    markup.show(f'<p class="heng-particulars">{status}{said}</p>')


def _judgement(known: Project) -> None:
    health = known.health
    if not health.findings:
        markup.show(
            markup.quiet(text("This project has not begun, so there is nothing to judge yet."))
        )
        return
    markup.show(facts(facts_of(health)))
    if health.is_outdated and health.last is not None:
        reported = figures.day(health.last.status_on)
        st.warning(
            text("The last report is of {day}; the figures may be out of date.", day=reported)
        )


def _money(known: Project) -> None:
    if not known.series:
        return
    last = known.series[-1]
    markup.show(markup.heading(text("Work and money")))
    charts.show(earned_value(known.series), alt=_said(known), key="earned-value")
    with st.expander(text("What it may cost in the end")):
        markup.show(outlook.estimates(last), markup.quiet(outlook.needed(last)))
    with st.expander(text("The reports behind the chart")):
        markup.show(outlook.reports(known.series))


def _said(known: Project) -> str:
    last = known.series[-1]
    return text(
        "Planned, done and spent by month. On {day}: {planned} planned, {done} done, "
        "{spent} spent, of a budget of {budget}.",
        day=figures.day(last.status_on),
        planned=figures.money(last.value.planned_value),
        done=figures.money(last.value.earned_value),
        spent=figures.money(last.value.actual_cost),
        budget=figures.money(last.value.budget),
    )


def _tasks(known: Project, until: date) -> None:
    if not known.health.tasks.total:
        return
    words: dict[task_table.Show, str] = {
        "all": text("All"),
        "overdue": text("Overdue"),
        "late": text("Done late"),
        "open": text("Not due yet"),
        "milestones": text("Milestones"),
    }
    groups = {show: task_table.chosen(known.tasks, show) for show in words}
    asked = filters.asked("show") or "all"
    show: task_table.Show = asked if asked in words else "all"
    begin, _ = paged(len(groups[show]), TASKS)
    offered = [
        Choice(id=one, label=words[one], count=len(groups[one]))
        for one in words
        if groups[one] or one == show
    ]
    time = task_table.span(known.tasks, until)
    listed = groups[show][begin : begin + TASKS]
    markup.show(
        markup.heading(text("Tasks")),
        choices("project", "show", text("Which tasks"), offered, show),
        task_table.legend(),
        f'<div class="heng-tasks">{task_table.table(listed, time, until)}</div>',
        pages("project", len(groups[show]), TASKS),
        _not_listed(known.tasks_not_listed),
    )


def _not_listed(count: int) -> str:
    if not count:
        return ""
    return markup.quiet(
        plural(
            "{count} task of another department is counted and not listed.",
            "{count} tasks of other departments are counted and not listed.",
            count,
        )
    )


def _unknown(period: Period) -> None:
    panels.empty(
        text("There is no such project in {period}", period=figures.period(str(period))),
        text("Choose a later period, or another project from the list."),
        next_page="projects",
    )
