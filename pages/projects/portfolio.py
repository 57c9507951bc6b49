"""Projects: how each stands in time, money and tasks, worst first."""

from collections import Counter
from collections.abc import Iterable, Sequence

import streamlit as st

from kpi.period import Period
from kpi.policy import policy
from kpi.project import WORST_FIRST, ProjectHealth, together
from pages.projects import kept, verdict
from pages.projects.portfolio_table import table
from pages.shared import figures, filters, markup, organisation, panels, session
from pages.shared.facts import Fact, facts
from pages.shared.listing import Choice, choices, paged, pages
from pages.shared.words import text

PAGE = 40
_ENDED = ("closed", "cancelled")


def page() -> None:
    """Draw the portfolio of the chosen department, or of all that are open to the visitor."""
    visitor = session.scope()
    st.title(text("Projects"))
    with session.reading() as con:
        view = filters.bar(con, visitor, department="any", comparison=False)
        known = kept.portfolio(con, visitor, view.period)
    if view.department:
        known = tuple(p for p in known if p.lead_department == view.department)
    if not known:
        _none(view)
        return
    running = [project for project in known if project.is_running]
    markup.show(_summary(running, view.period), facts(_facts(running)))
    shown, chosen = _chosen(known)
    listed, _ = paged(len(shown), PAGE)
    markup.show(
        choices("projects", "show", text("Which projects"), _offered(known), chosen),
        table(shown[listed : listed + PAGE], view.period),
        pages("projects", len(shown), PAGE),
    )


def _groups(known: Sequence[ProjectHealth]) -> dict[str, list[ProjectHealth]]:
    return {
        "running": [p for p in known if p.is_running],
        "ended": [p for p in known if p.status in _ENDED],
        "other": [p for p in known if not p.is_running and p.status not in _ENDED],
        "all": list(known),
    }


def _offered(known: Sequence[ProjectHealth]) -> list[Choice]:
    words = {
        "running": text("Running"),
        "ended": text("Ended"),
        "other": text("Not begun"),
        "all": text("All"),
    }
    groups = _groups(known)
    return [Choice(id=key, label=words[key], count=len(groups[key])) for key in words]


def _chosen(known: Sequence[ProjectHealth]) -> tuple[list[ProjectHealth], str]:
    groups = _groups(known)
    asked = filters.asked("show") or ""
    usual = "running" if groups["running"] else "all"
    chosen = asked if asked in groups else usual
    return groups[chosen], chosen


def _summary(running: Sequence[ProjectHealth], period: Period) -> str:
    if not running:
        return markup.lead(
            text("No project was running in {period}.", period=figures.period(str(period)))
        )
    worst = [project for project in running if project.level == "red"]
    if not worst:
        return markup.lead(text("No running project is off track."))
    named_ones = text(", ").join(
        markup.link("project", markup.safe(p.name), project=p.project_id, period=str(period))
        for p in worst[:3]
    )
    sentence = markup.safe(text("Off track: {projects}.", projects="{projects}"))
    return f'<p class="heng-lead">{sentence.replace("{projects}", named_ones)}</p>'


def _facts(running: Sequence[ProjectHealth]) -> Iterable[Fact]:
    levels = Counter(project.level for project in running)
    split = text(" · ").join(
        f"{figures.MARKS[level]} {text(figures.WORDS[level])} {levels[level]}"
        for level in WORST_FIRST
        if levels[level]
    )
    yield Fact(title=text("Running projects"), figure=figures.number(len(running)), note=split)
    value = together(running)
    if value is None:
        return
    yield _index(
        text("Schedule index"),
        "schedule_index",
        value.schedule_index,
        text("For every 100 planned by now, {done} is done"),
    )
    yield _index(
        text("Cost index"), "cost_index", value.cost_index, text("Every 100 spent was worth {done}")
    )
    yield Fact(
        title=text("Forecast at completion"),
        figure=figures.money(value.estimate),
        note=_against(value.budget, value.estimate),
    )
    due = sum(project.tasks.due for project in running)
    overdue = sum(project.tasks.overdue for project in running)
    yield Fact(
        title=text("Overdue tasks"),
        figure=figures.number(overdue),
        note=text("of {due} due by now", due=figures.number(due)),
    )


def _index(title: str, code: str, value: float | None, meaning: str) -> Fact:
    if value is None:
        return Fact(title=title, figure=figures.MISSING)
    level = policy().project_health[code].level(value)
    return Fact(
        title=title,
        figure=figures.number(value, 2),
        note=meaning.format(done=figures.number(value * 100)),
        status=level,
    )


def _against(budget: float | None, estimate: float | None) -> str:
    if budget is None or estimate is None:
        return text("Not every project states a budget")
    return text(
        "Budget {budget}, {change}",
        budget=figures.money(budget),
        change=verdict.over_budget(budget, estimate),
    )


def _none(view: filters.View) -> None:
    period = figures.period(str(view.period))
    what = text("No project is known in {period}", period=period)
    if view.department:
        where = organisation.department(view.department)
        what = text(
            "No project of {department} is known in {period}", department=where, period=period
        )
    panels.empty(
        what,
        text("Choose another period or department, or have the project list uploaded."),
        next_page="upload" if session.scope().may("upload") else None,
    )
