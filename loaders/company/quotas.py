"""Sales plans: what each team and person is to sell in a month (HKD), and the season behind it."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from loaders.company import people
from loaders.company.calendar import MONTHS, later, months_between
from loaders.company.chance import Chance

TEAMS = ("商用一組", "商用二組", "渠道組", "海外組")
WEAK_TEAM, WEAK_QUARTER = "商用二組", "2026-Q2"
SEAT_PLAN = 590_000
"""What a full seat is to sell in an average month of the first year."""
SIZE = {"商用一組": 1.0, "商用二組": 1.0, "渠道組": 1.15, "海外組": 0.85}
SEASON = (0.97, 0.84, 1.02, 0.98, 1.00, 1.04, 0.95, 0.93, 1.03, 1.02, 1.14, 1.20)
NEW_YEAR = {date(2025, 1, 1): 0.82, date(2025, 2, 1): 0.88, date(2026, 2, 1): 0.70}
"""Months in which the Chinese New Year closes the offices."""
GROWTH = 1.12
RAMP = (0.4, 0.6, 0.8)
"""What a new salesperson is to sell in the first three months, as a share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """What is to be sold in a month by a department, a team or a person."""

    period: date
    level: str
    dept: str
    team: str | None
    emp_id: str | None
    target_amount: int
    target_new_customers: int


def season(month: date) -> float:
    """The month's demand, with 1 for an average month."""
    return NEW_YEAR.get(month, SEASON[month.month - 1])


def growth(month: date) -> float:
    """Planned growth since the first month."""
    return float(GROWTH ** (months_between(MONTHS[0], month) / 12))


def weight(seat: str) -> float:
    """How large the seat's accounts are, with 1 for an average member's."""
    return 0.7 if seat.endswith("/0") else Chance("accounts of", seat).uniform(0.9, 1.1)


def ramp(person: people.Employee, month: date) -> float:
    """The share of a full seat that a person can carry in the month; new people start low."""
    served = months_between(person.hire_date, month)
    return RAMP[served] if 0 <= served < len(RAMP) else 1.0


def seats(team: str, month: date) -> list[str]:
    """The team's seats that exist in the month, held or vacant."""
    return [
        f"{team}/{place}"
        for place in range(7)
        if people.NEW_SEATS.get(f"{team}/{place}", date.min) < later(month, 1)
    ]


def strength(person: people.Employee, month: date) -> float:
    """How many average seats the person fills in the month."""
    return weight(person.seat) * ramp(person, month) * person.presence(month)


@cache
def team_plan(team: str, month: date) -> float:
    """What the team is to sell in the month: vacant seats are planned as if they were held."""
    full = sum(_planned_weight(seat, month) for seat in seats(team, month))
    return SEAT_PLAN * SIZE[team] * season(month) * growth(month) * full


def _planned_weight(seat: str, month: date) -> float:
    if seat in people.NEW_SEATS:
        return weight(seat) * ramp(people.by_seat()[seat][0], month)
    return weight(seat)


def person_target(person: people.Employee, month: date) -> int:
    """The person's share of the team's plan: a vacant seat's plan is spread over the others."""
    team = people.present(person.team, month)
    share = strength(person, month) / sum(strength(one, month) for one in team)
    return round(team_plan(person.team, month) * share / 1000) * 1000


def person_new_customers(person: people.Employee, month: date) -> int:
    """How many customers the person is to win: one in every second month.

    A leader takes over what vacant seats would have to win.
    """
    if person.rank == "leader":
        held = {one.seat for one in people.present(person.team, month) if ramp(one, month) == 1}
        vacant = [seat for seat in seats(person.team, month) if seat not in held]
        return sum(_is_due(seat, month) for seat in vacant)
    return int(_is_due(person.seat, month) and ramp(person, month) == 1)


def _is_due(seat: str, month: date) -> bool:
    return (int(seat[-1]) + months_between(MONTHS[0], month)) % 2 == 0


@cache
def quotas() -> tuple[Quota, ...]:
    """Targets per month: the department, its teams and their people, each the sum of the next."""
    found: list[Quota] = []
    for month in MONTHS:
        teams = [(team, _person_quotas(team, month)) for team in TEAMS]
        sums = [_summed(month, "team", team, persons) for team, persons in teams]
        found += [_summed(month, "dept", None, sums), *sums]
        found += [quota for _, persons in teams for quota in persons]
    return tuple(found)


def _person_quotas(team: str, month: date) -> list[Quota]:
    return [
        Quota(
            period=month,
            level="person",
            dept="sales",
            team=team,
            emp_id=person.emp_id,
            target_amount=person_target(person, month),
            target_new_customers=person_new_customers(person, month),
        )
        for person in people.present(team, month)
    ]


def _summed(month: date, level: str, team: str | None, parts: list[Quota]) -> Quota:
    return Quota(
        period=month,
        level=level,
        dept="sales",
        team=team,
        emp_id=None,
        target_amount=sum(part.target_amount for part in parts),
        target_new_customers=sum(part.target_new_customers for part in parts),
    )
