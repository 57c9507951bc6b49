"""Internal tickets: what the departments ask of the IT support team of technology."""

from dataclasses import replace
from datetime import date, datetime
from functools import cache

from loaders.company import people
from loaders.company.calendar import MONTHS, after_service_hours, at_minute, working_days
from loaders.company.chance import Chance, EvenChance
from loaders.company.service import Ticket, known

TEAM = "IT支持組"
STRUGGLING_SEAT = "IT支持組/3"
"""Whose tickets are mostly late in 2026-Q2 and 2026-Q3."""
SLOW = {
    date(2026, 2, 1): 1.3,
    date(2026, 3, 1): 1.7,
    **{date(2026, month, 1): 3.2 for month in range(4, 10)},
    date(2026, 10, 1): 1.7,
}
"""How many times longer than usual the struggling person takes."""
HOURS = {"高": (1, 5), "中": (2, 9), "低": (4, 27)}
"""Service hours to the first answer and to the solution, by priority."""
TOPICS = ("帳號與權限", "電腦與外設", "網絡與VPN", "軟件安裝", "郵件與協作", "業務系統")


@cache
def tickets() -> tuple[Ticket, ...]:
    """Every internal ticket by creation."""
    return tuple(ticket for month in MONTHS for ticket in tickets_of(month))


@cache
def tickets_of(month: date) -> tuple[Ticket, ...]:
    """The internal tickets opened in the month, by creation."""
    chance, agents = Chance("internal tickets", month), people.present(TEAM, month)
    count = round(len(people.working(month)) * 0.55 * _bustle(month))
    moments = sorted(
        at_minute(chance.pick(working_days(month)), chance.uniform(0, 530)) for _ in range(count)
    )
    delay = EvenChance("delays of internal tickets", month)
    return tuple(
        replace(
            _ticket(moment, agents[place % len(agents)], delay.lognormal(-0.82, 0.5), chance),
            ticket_id=f"IT{month:%y%m}-{place:04d}",
        )
        for place, moment in enumerate(moments, 1)
    )


def _bustle(month: date) -> float:
    # Year-end closing and new laptops in January; half a month's work at the New Year.
    return {1: 1.15, 2: 0.85, 12: 1.2}.get(month.month, 1.0)


def _ticket(created: datetime, agent: people.Employee, delay: float, chance: Chance) -> Ticket:
    priority = chance.weighted(tuple(HOURS), (15, 60, 25))
    answer, solve = HOURS[priority]
    pace = Chance("pace of", agent.emp_id).uniform(0.9, 1.1)
    if agent.seat == STRUGGLING_SEAT:
        pace *= SLOW.get(created.date().replace(day=1), 1.0)
    answered = after_service_hours(created, answer * chance.lognormal(-0.9, 0.5) * pace)
    resolved = after_service_hours(created, solve * delay * pace)
    resolved_at = known(max(resolved, answered))
    return Ticket(
        ticket_id="",
        type="internal_it",
        channel=chance.weighted(("內部系統", "電話", "電郵"), (70, 20, 10)),
        cust_id=None,
        agent_id=agent.emp_id,
        dept="technology",
        priority=priority,
        created_at=created,
        first_response_due=after_service_hours(created, answer),
        first_response_at=known(answered),
        resolution_due=after_service_hours(created, solve),
        resolved_at=resolved_at,
        reopened=chance.happens(0.03) if resolved_at else None,
        first_contact_resolved=chance.happens(0.6) if resolved_at else None,
        valid=None,
        cause_code=chance.weighted(TOPICS, (28, 20, 14, 14, 12, 12)),
    )
