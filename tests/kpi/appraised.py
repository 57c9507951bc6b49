"""A small company for appraisals: technology, judged by its tasks alone, and its people's ratings.

A task target of 100 % makes the share done in time the score. Every other performance indicator
of the department weighs nothing.
"""

from kpi.catalog import catalog
from kpi.components import refresh
from tests.kpi.given import Given, day

ITEMS = (
    "professional_skill",
    "communication",
    "teamwork",
    "responsibility",
    "dedication",
    "initiative",
)


def people(given: Given, *rows: dict) -> None:
    given.rows(
        "employees",
        [
            {
                "name": f"Name {row['emp_id']}",
                "dept": "technology",
                "role_group": "general",
                "hire_date": day("2020-01-01"),
                "status": "active",
                **row,
            }
            for row in rows
        ],
    )


def goals(given: Given, department: str = "technology", years: tuple[str, ...] = ("2026",)) -> None:
    indicators = [i for i in catalog().scored_for(department) if i.dimension == "performance"]
    given.rows(
        "indicator_targets",
        [
            {
                "indicator_id": indicator.key,
                "period": year,
                "dept": department,
                "target": 1 if indicator.key == "task_on_time_rate" else None,
                "weight": 1 if indicator.key == "task_on_time_rate" else 0,
            }
            for indicator in indicators
            for year in years
        ],
    )


def tasks(given: Given, employee: str, month: str, in_time: int, late: int = 0, **row) -> None:
    done = [f"{month}-10"] * in_time + [f"{month}-20"] * late
    given.rows(
        "project_tasks",
        [
            {
                "task_id": f"{employee}-{month}-{n}",
                "project_id": "P1",
                "dept": "technology",
                "emp_id": employee,
                "due_date": day(f"{month}-15"),
                "done_date": day(on),
                **row,
            }
            for n, on in enumerate(done)
        ],
    )


def rated(given: Given, employee: str, month: str, score: float, *, cycle: str = "month") -> None:
    """A superior's rating of every item, of a highest score of 100."""
    given.rows(
        "appraisal_ratings",
        [
            {
                "period": day(f"{month}-01"),
                "cycle": cycle,
                "ratee_id": employee,
                "rater_id": "boss",
                "rater_type": "superior",
                "item": item,
                "score": score,
                "scale_max": 100,
            }
            for item in ITEMS
        ],
    )


def ready(given: Given) -> Given:
    refresh(given.warehouse)
    return given
