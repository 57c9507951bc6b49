"""A project's tasks as a table with a timeline, the latest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kpi.project_task import Task, TaskState
from pages.shared import figures, markup, organisation, origin
from pages.shared.listing import Column, listing
from pages.shared.markup import safe
from pages.shared.theme import Status
from pages.shared.words import later, plural, text

Show = Literal["all", "overdue", "late", "open", "milestones"]

_STATES: dict[TaskState, tuple[Status, str, str]] = {
    "overdue": ("red", "✖", later("Overdue")),
    "done_late": ("amber", "▲", later("Done late")),
    "open": ("none", "○", later("Not due yet")),
    "done": ("green", "✔", later("Done")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The days a timeline runs over, both included."""

    first: date
    last: date

    def share(self, day: date) -> float:
        """Where a day stands, in percent of the whole."""
        whole = max((self.last - self.first).days, 1)
        return min(max((day - self.first).days / whole, 0), 1) * 100


def chosen(tasks: Sequence[Task], show: Show) -> list[Task]:
    """The tasks of one choice, those late by most days first."""
    kept = [
        task
        for task in tasks
        if show == "all"
        or (show == "overdue" and task.state == "overdue")
        or (show == "late" and task.state == "done_late")
        or (show == "open" and task.state == "open")
        or (show == "milestones" and task.is_milestone)
    ]
    order = list(_STATES)
    return sorted(kept, key=lambda t: (order.index(t.state), -t.days_late, t.due_on, t.task_id))


def span(tasks: Sequence[Task], until: date) -> Span:
    """From the first task's beginning to the last one's end, or to `until` where that is later."""
    days = [day for task in tasks for day in (task.assigned_on, task.due_on, task.done_on) if day]
    return Span(first=min(days, default=until), last=max([*days, until]))


def table(shown: Sequence[Task], time: Span, until: date) -> str:
    """The tasks in the order given; `until` is the day on which they are judged."""
    columns = [
        Column(title=text("Task"), kind="head"),
        Column(title=text("Status")),
        Column(title=text("Person responsible")),
        Column(title=text("Due")),
        Column(title=text("Done")),
        Column(title=text("Days late"), kind="number"),
        Column(title=_ends(time), kind="wide"),
        Column(title=text("Source"), kind="wide"),
    ]
    rows = (_row(task, time, until) for task in shown)
    return listing(columns, rows, caption=text("Tasks, the latest first"))


def legend() -> str:
    """What the bars of the timeline stand for."""
    parts = (
        ("plan", text("planned")),
        ("done", text("worked on in time")),
        ("late", text("past its due date")),
    )
    shown = "".join(
        f'<span><i class="heng-key {name}"></i>{safe(word)}</span>' for name, word in parts
    )
    return f'<p class="heng-legend">{safe(text("Timeline"))}{shown}</p>'


def _ends(time: Span) -> str:
    first, last = (figures.period(f"{day:%Y-%m}") for day in (time.first, time.last))
    return text("{first} to {last}", first=first, last=last)


def _row(task: Task, time: Span, until: date) -> list[str]:
    status, mark, word = _STATES[task.state]
    flag = f'<span title="{safe(text("Milestone"))}">◆</span> ' if task.is_milestone else ""
    return [
        f"{flag}{safe(task.name or task.task_id)}<small>{safe(task.task_id)}</small>",
        markup.status(status, text(word), mark),
        f"{safe(task.employee or figures.MISSING)}"
        f"<small>{safe(organisation.department(task.department))}</small>",
        figures.day(task.due_on),
        figures.day(task.done_on),
        figures.number(task.days_late) if task.days_late else figures.MISSING,
        _timeline(task, time, until),
        origin.cell(task.source),
    ]


def _timeline(task: Task, time: Span, until: date) -> str:
    begun = task.assigned_on or task.due_on
    ended = task.done_on or (until if task.state == "overdue" else None)
    within = min(ended, task.due_on) if ended else begun
    bars = [_bar(time, "plan", begun, task.due_on), _bar(time, "done", begun, within)]
    if ended and ended > task.due_on:
        bars.append(_bar(time, "late", task.due_on, ended))
    said = text("{task}: planned to {due}", task=task.name or "", due=figures.day(task.due_on))
    if task.days_late:
        said += text(", ") + plural("{count} day late", "{count} days late", task.days_late)
    return f'<span class="heng-time" role="img" aria-label="{safe(said)}">{"".join(bars)}</span>'


def _bar(time: Span, name: str, begin: date, end: date) -> str:
    left, right = time.share(begin), time.share(end)
    return f'<i class="{name}" style="left:{left:.1f}%;width:{max(right - left, 0):.1f}%"></i>'
