"""Monthly project status: planned value, earned value and actual cost since the start (HKD)."""

from dataclasses import dataclass
from datetime import date

from loaders.company.calendar import MONTHS, month_end
from loaders.company.chance import Chance
from loaders.company.projects import SLIPPING, Project, projects

SLIDE = {
    # Month: earned per planned value, and earned value per cost, of the slipping project.
    "2025-10": (1.00, 1.00), "2025-11": (0.98, 0.99), "2025-12": (0.96, 0.97),
    "2026-01": (0.93, 0.94), "2026-02": (0.90, 0.91), "2026-03": (0.87, 0.88),
    "2026-04": (0.85, 0.85), "2026-05": (0.82, 0.82), "2026-06": (0.80, 0.79),
    "2026-07": (0.77, 0.76), "2026-08": (0.74, 0.73), "2026-09": (0.71, 0.71),
    "2026-10": (0.74, 0.69),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """A project at the end of a month; all money is cumulative."""

    project_id: str
    status_date: date
    pv: int
    ev: int
    ac: int
    bac: int


def statuses() -> tuple[Status, ...]:
    """A row per project and month, from its start to the month in which it ends."""
    return tuple(
        _status(project, month_end(month))
        for month in MONTHS
        for project in projects()
        if _runs(project, month)
    )


def _runs(project: Project, month: date) -> bool:
    if project.planned_start is None or project.planned_start > month_end(month):
        return False
    return project.actual_end is None or project.actual_end >= month


def _status(project: Project, day: date) -> Status:
    planned = _work(project, day, project.baseline_end)
    if project.project_id == SLIPPING:
        schedule, cost = SLIDE[f"{day:%Y-%m}"]
        earned = planned * schedule
    else:
        earned, cost = _earned(project, day, planned), project.cost_index
    return Status(
        project_id=project.project_id,
        status_date=day,
        pv=_money(project.bac * planned),
        ev=_money(project.bac * earned),
        ac=_money(project.bac * earned / cost),
        bac=project.bac,
    )


def _earned(project: Project, day: date, planned: float) -> float:
    if project.actual_end is not None and project.actual_end <= day:
        return 1.0
    if project.actual_end is not None and not project.routine:
        return _work(project, day, project.actual_end)
    wave = Chance("pace of", project.project_id, day.year, day.month).uniform(0.96, 1.03)
    return min(planned * wave, 0.995)


def _work(project: Project, day: date, end: date | None) -> float:
    # Key work runs evenly; an undertaking starts and ends slowly.
    assert project.planned_start is not None and end is not None
    share = ((day - project.planned_start).days + 1) / ((end - project.planned_start).days + 1)
    share = min(share, 1.0)
    return share if project.routine else share * share * (3 - 2 * share)


def _money(amount: float) -> int:
    return round(amount / 100) * 100
