"""Appraisal ratings on a wide sheet: one row per rater and round, a score from 0.5 to 5 per item.

Every month each person is rated by the superior and by oneself; at the end of a quarter also by
colleagues of the team and, in sales and customer service, by customers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from loaders.company import people, service
from loaders.company.accounts import portfolio
from loaders.company.calendar import MONTHS, later, month_end, month_of, months_between
from loaders.company.chance import Chance
from loaders.company.people import Employee
from loaders.company.support import STRUGGLING_SEAT

ITEMS = (
    "professional_skill",
    "communication",
    "teamwork",
    "responsibility",
    "dedication",
    "initiative",
)
SCALE = 5
LEANING = {"self": 0.25, "superior": -0.12, "peer": 0.05, "customer": 0.0}
"""How much kinder than the average a rater type is."""
FALL = {"2026-02": 0.5, "2026-03": 0.9, "2026-10": 1.2}
"""How far the struggling person falls outside the two bad quarters, where it is 1.8."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """One rater's sheet on one person."""

    period: date
    cycle: str
    ratee_id: str
    rater_id: str
    rater_type: str
    scale_max: int
    submitted_date: date
    scores: tuple[float, ...]
    """In the order of ITEMS."""


@cache
def ratings() -> tuple[Rating, ...]:
    """Every rating by month, cycle, rated person and rater type."""
    found: list[Rating] = []
    for month in MONTHS:
        there = [person for person in people.working(month) if person.presence(month) >= 0.5]
        found += [rating for person in there for rating in _monthly(person, month)]
        if month.month % 3 == 0:
            found += [rating for person in there for rating in _quarterly(person, month)]
    return tuple(found)


def _monthly(person: Employee, month: date) -> list[Rating]:
    return [
        _rating(person, person.emp_id, "self", month, "month"),
        _rating(person, str(person.manager_id), "superior", month, "month"),
    ]


def _quarterly(person: Employee, month: date) -> list[Rating]:
    if months_between(month_of(person.hire_date), month) < 1:
        return []  # joined too late in the quarter to be judged over it
    raters = [(person.emp_id, "self"), (str(person.manager_id), "superior")]
    raters += [(peer.emp_id, "peer") for peer in _peers(person, month)]
    raters += [(cust_id, "customer") for cust_id in _judging_customers(person, month)]
    return [_rating(person, rater, kind, month, "quarter") for rater, kind in raters]


def _peers(person: Employee, month: date) -> list[Employee]:
    """Three or four colleagues; fewer in a small team."""
    if person.rank == "head":
        pool = [people.head(dept) for dept in people.HEADS if dept != person.dept]
    else:
        pool = list(people.present(person.team, month))
    pool = [
        one
        for one in pool
        if one.emp_id not in (person.emp_id, person.manager_id) and one.presence(month) == 1
    ]
    chance = Chance("peers of", person.emp_id, month)
    return chance.some(pool, 4 if chance.happens(0.4) else 3)


def _judging_customers(person: Employee, month: date) -> list[str]:
    chance = Chance("customers of", person.emp_id, month)
    if person.dept == "sales" and person.rank != "head":
        pool = [one.cust_id for one in portfolio(person.seat) if one.buys_on(month)]
    elif person.dept == "customer_service" and person.rank != "head":
        quarter = [later(month, -2), later(month, -1), month]
        pool = _served(person.emp_id, quarter)
    else:
        return []
    return chance.some(pool, 4 if chance.happens(0.3) else 3)


def _served(emp_id: str, months: Sequence[date]) -> list[str]:
    served = (
        ticket.cust_id
        for month in months
        if month >= MONTHS[0]
        for ticket in service.tickets_of(month)
        if ticket.agent_id == emp_id and ticket.cust_id
    )
    return list(dict.fromkeys(served))


def _rating(person: Employee, rater_id: str, kind: str, month: date, cycle: str) -> Rating:
    chance = Chance("rating", person.emp_id, rater_id, kind, month, cycle)
    last = month_end(month)
    wanted = last + timedelta(days=chance.between(-4, 0))
    return Rating(
        period=month,
        cycle=cycle,
        ratee_id=person.emp_id,
        rater_id=rater_id,
        rater_type=kind,
        scale_max=SCALE,
        submitted_date=wanted,
        scores=tuple(_score(person, item, kind, month, chance) for item in ITEMS),
    )


def _score(person: Employee, item: str, kind: str, month: date, chance: Chance) -> float:
    level = _level(person, item, month) + LEANING[kind] + chance.uniform(-0.3, 0.3)
    if person.seat == STRUGGLING_SEAT and kind != "self":
        level -= _fall(month)
    return min(5.0, max(1.0, round(level * 2) / 2))


def _level(person: Employee, item: str, month: date) -> float:
    ability = Chance("ability of", person.emp_id)
    base = ability.uniform(3.65, 4.5)
    if ability.happens(0.08):
        base = 4.85
    strength = Chance("strength of", person.emp_id, item).uniform(-0.25, 0.25)
    served = months_between(month_of(person.hire_date), month)
    learning = -0.3 if served < 4 else 0.0
    return base + strength + learning


def _fall(month: date) -> float:
    if date(2026, 4, 1) <= month <= date(2026, 9, 1):
        return 1.8
    return FALL.get(f"{month:%Y-%m}", 0.0)
