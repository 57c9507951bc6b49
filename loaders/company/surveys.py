"""Satisfaction surveys: scores follow punctual answers, recommendation follows complaints."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from loaders.company import people, service, support
from loaders.company.accounts import accounts
from loaders.company.calendar import LAST_DAY, MONTHS, month_of, months_between, working_days
from loaders.company.chance import Chance, EvenChance
from loaders.company.service import BROKEN, Ticket

ANSWER_RATE = 0.34
SERVICE = {
    "good": (60, 33, 5, 1.5, 0.5),
    "tight": (36, 46, 14, 3, 1),
    "late": (8, 27, 33, 22, 10),
    "broken": (20, 43, 22, 10, 5),
    "broken late": (3, 17, 33, 29, 18),
}
"""How likely the scores 5, 4, 3, 2, 1 are, by how the ticket went."""
RECOMMEND = {"content": (54, 32, 14), "unsettled": (25, 38, 37), "angry": (8, 27, 65)}
"""How likely promoters, passives and detractors are."""
BRAND_CUSTOMERS, BRAND_MARKET = 40, 40
"""Respondents of a month's brand survey: customers, and people of the market."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """One answered survey."""

    survey_id: str
    survey_date: date
    subject: str
    dept: str
    emp_id: str | None = None
    cust_id: str | None = None
    score: int | None = None
    scale_max: int | None = None
    nps_score: int | None = None
    aware: bool | None = None
    favourable: bool | None = None


@cache
def surveys() -> tuple[Survey, ...]:
    """Every answered survey by date."""
    drafts = [*_after_tickets(), *_internal()]
    drafts += [draft for month in MONTHS for draft in _brand(month)]
    drafts = [draft for draft in drafts if draft.survey_date <= LAST_DAY]
    drafts.sort(key=lambda one: (one.survey_date, one.subject, one.cust_id or "", one.emp_id or ""))
    return tuple(
        replace(draft, survey_id=f"SV{place:05d}") for place, draft in enumerate(drafts, 1)
    )


def _after_tickets() -> list[Survey]:
    found = []
    evenly = {experience: EvenChance("scores", experience) for experience in SERVICE}
    for ticket in service.tickets():
        chance = Chance("survey after", ticket.ticket_id)
        if ticket.resolved_at and chance.happens(ANSWER_RATE):
            found.append(
                Survey(
                    survey_id="",
                    survey_date=ticket.resolved_at.date() + timedelta(days=chance.between(0, 3)),
                    subject="service" if ticket.type == "inquiry" else "complaint",
                    dept="customer_service",
                    emp_id=ticket.agent_id,
                    cust_id=ticket.cust_id,
                    score=_score(_experience(ticket), evenly),
                    scale_max=5,
                )
            )
    return found


def _score(experience: str, evenly: dict[str, EvenChance]) -> int:
    return evenly[experience].weighted((5, 4, 3, 2, 1), SERVICE[experience])


def _experience(ticket: Ticket) -> str:
    done = ticket.first_response_at if ticket.type == "inquiry" else ticket.resolved_at
    due = ticket.first_response_due if ticket.type == "inquiry" else ticket.resolution_due
    late = done is None or done > due
    if ticket.cause_code == BROKEN:
        return "broken late" if late else "broken"
    if late:
        return "late"
    spare = (due - (done or due)) / (due - ticket.created_at)
    return "good" if spare > 0.2 else "tight"


def _brand(month: date) -> list[Survey]:
    chance = Chance("brand survey", month)
    buyers = [one for one in accounts() if one.buys_on(month)]
    evenly = {mood: EvenChance("recommend", mood, month) for mood in RECOMMEND}
    asked = chance.some(buyers, BRAND_CUSTOMERS)
    found = [_of_customer(one.cust_id, month, evenly, chance) for one in asked]
    known, fame = EvenChance("fame", month), _fame(month)
    return found + [_of_market(known.happens(fame), month, chance) for _ in range(BRAND_MARKET)]


def _fame(month: date) -> float:
    # Campaigns at the year's end are remembered for a while; the name grows from year to year.
    season = {11: 0.04, 12: 0.06, 1: 0.03}.get(month.month, 0.0)
    return 0.36 + 0.006 * months_between(MONTHS[0], month) + season


def _of_customer(
    cust_id: str, month: date, evenly: dict[str, EvenChance], chance: Chance
) -> Survey:
    mood = _mood(cust_id, month)
    group = evenly[mood].weighted(("promoter", "passive", "detractor"), RECOMMEND[mood])
    low, high = {"promoter": (9, 10), "passive": (7, 8), "detractor": (2, 6)}[group]
    return Survey(
        survey_id="",
        survey_date=chance.pick(working_days(month)),
        subject="brand",
        dept="marketing",
        cust_id=cust_id,
        nps_score=chance.between(low, high),
        aware=True,
        favourable=group != "detractor" and chance.happens(0.95),
    )


def _mood(cust_id: str, month: date) -> str:
    unsettled = date(2026, 3, 1) <= month <= date(2026, 5, 1)
    since = service.platform_customers().get(cust_id, LAST_DAY)
    if cust_id in _complainers(month):
        return "angry"
    return "unsettled" if unsettled and since < month else "content"


@cache
def _complainers(month: date) -> frozenset[str | None]:
    # A complaint is remembered for three months.
    return frozenset(
        ticket.cust_id
        for ticket in service.tickets()
        if ticket.type == "complaint"
        and 0 <= months_between(month_of(ticket.created_at.date()), month) < 3
    )


def _of_market(aware: bool, month: date, chance: Chance) -> Survey:
    return Survey(
        survey_id="",
        survey_date=chance.pick(working_days(month)),
        subject="brand",
        dept="marketing",
        aware=aware,
        favourable=chance.happens(0.72) if aware else None,
    )


def _internal() -> list[Survey]:
    found = []
    for month in MONTHS[1::3]:
        chance = Chance("internal survey", month)
        for person in chance.some(people.working(month), 30):
            if person.dept != "operations" and person.team != support.TEAM:
                found.append(
                    Survey(
                        survey_id="",
                        survey_date=chance.pick(working_days(month)),
                        subject="internal_coordination",
                        dept="operations",
                        emp_id=person.emp_id,
                        score=chance.weighted((5, 4, 3, 2), (30, 48, 18, 4)),
                        scale_max=5,
                    )
                )
    return found
