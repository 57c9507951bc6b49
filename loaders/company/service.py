"""Tickets of customer service: inquiries follow orders, complaints follow what went wrong.

The more inquiries a month brings for each agent, the later the answers; the release of platform
4.0 in 2026-02 brings a wave of both.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache

from loaders.company import people
from loaders.company.calendar import (
    CLOSING,
    LAST_DAY,
    MONTHS,
    OPENING,
    after_service_hours,
    at_minute,
    is_working,
    later,
    month_of,
    working_day_from,
    working_days,
)
from loaders.company.chance import Chance, EvenChance
from loaders.company.products import CATALOGUE
from loaders.company.sales import Order, orders, orders_of

MISSING_MONTH = date(2026, 7, 1)
"""The month whose workbook never came."""
BROKEN = "平台升級故障"
RELEASE_INQUIRIES = {(2026, 2): 18, (2026, 3): 112, (2026, 4): 74, (2026, 5): 20}
RELEASE_COMPLAINTS = {(2026, 2): 4, (2026, 3): 31, (2026, 4): 23, (2026, 5): 6}
INQUIRY_TEAMS, COMPLAINT_TEAM = ("諮詢一組", "諮詢二組"), "投訴處理組"
INQUIRIES_PER_ORDER = 0.42
INQUIRY_CAPACITY, COMPLAINT_CAPACITY = 16.0, 4.2
"""Tickets a month that an agent answers without hurry."""
CHANNELS = {"電話": 2.0, "線上留言": 4.0, "電郵": 9.0}
"""Service hours within which the first answer is due, by channel."""
GRIEVANCES = {
    "貨物損壞": 0.5,
    "數量短缺": 0.4,
    "交付延誤": 0.26,
    "單據錯誤": 0.25,
    "產品質量": 0.006,
    "未交付": 0.0,
}
"""The share of orders that become a complaint, by what went wrong."""
CAUSES = ("產品使用", "訂單查詢", "安裝與調試", "保養與維修")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """One ticket; moments after the last day are not known (None)."""

    ticket_id: str
    type: str
    channel: str
    cust_id: str | None
    agent_id: str
    dept: str
    priority: str
    created_at: datetime
    first_response_due: datetime
    first_response_at: datetime | None
    resolution_due: datetime
    resolved_at: datetime | None
    reopened: bool | None
    first_contact_resolved: bool | None
    valid: bool | None
    cause_code: str


def known(moment: datetime) -> datetime | None:
    """`moment`, or None where it lies after the last day."""
    return moment if moment.date() <= LAST_DAY else None


@cache
def tickets() -> tuple[Ticket, ...]:
    """Every ticket of customer service by creation, the missing month's included."""
    return tuple(ticket for month in MONTHS for ticket in tickets_of(month))


@cache
def tickets_of(month: date) -> tuple[Ticket, ...]:
    """The tickets that customers opened in the month, by creation."""
    drafts = [*_inquiries(month), *_complaints(month)]
    drafts.sort(key=lambda draft: (draft.created_at, draft.type, draft.cust_id or ""))
    return tuple(
        replace(draft, ticket_id=f"CS{month:%y%m}-{place:04d}")
        for place, draft in enumerate(drafts, 1)
    )


@cache
def platform_customers() -> dict[str, date]:
    """Customers that bought the platform, with the day of their first purchase."""
    kinds = {product.name: product.kind for product in CATALOGUE}
    found: dict[str, date] = {}
    for order in orders():
        if kinds[order.product_id] == "platform":
            found.setdefault(order.cust_id, order.order_date)
    return found


def _platform_customers_in(month: date) -> list[str]:
    return [cust for cust, since in platform_customers().items() if since < month]


def _agents(teams: Sequence[str], month: date) -> list[people.Employee]:
    return [person for team in teams for person in people.present(team, month)]


def _on_duty(agents: list[people.Employee], day: date, chance: Chance) -> people.Employee:
    there = [person for person in agents if person.works_on(day)]
    return chance.weighted(there, [0.5 if person.rank == "leader" else 1.0 for person in there])


def _opened(month: date, chance: Chance) -> datetime:
    day = chance.pick(working_days(month))
    if chance.happens(0.06):
        day = min(day + timedelta(days=1), LAST_DAY)
    if month_of(day) != month:
        day = chance.pick(working_days(month))
    return at_minute(day, chance.uniform(-30, 600))


def _inquiries(month: date) -> list[Ticket]:
    chance, agents = Chance("inquiries", month), _agents(INQUIRY_TEAMS, month)
    usual = round(len(orders_of(month)) * INQUIRIES_PER_ORDER)
    broken = RELEASE_INQUIRIES.get((month.year, month.month), 0)
    staff = sum(person.presence(month) for person in agents) - 1  # two leaders answer half
    load = (usual + broken) / staff / INQUIRY_CAPACITY
    buyers = [order.cust_id for order in orders_of(month)]
    upset = _platform_customers_in(month)
    delay = EvenChance("delays of inquiries", month)
    return [
        _inquiry(
            _opened(month, chance),
            chance.pick(upset if place < broken else buyers),
            BROKEN if place < broken else chance.weighted(CAUSES, (45, 25, 18, 12)),
            delay.lognormal(-0.98, 0.55) * max(load, 0.8) ** 1.15,
            agents,
            chance,
        )
        for place in range(usual + broken)
    ]


def _inquiry(
    created: datetime,
    cust_id: str,
    cause: str,
    delay: float,
    agents: list[people.Employee],
    chance: Chance,
) -> Ticket:
    open_now = OPENING <= created.hour < CLOSING and is_working(created.date())
    channel = chance.weighted(tuple(CHANNELS), (40 if open_now else 0, 38, 22))
    hours = CHANNELS[channel]
    agent = _on_duty(agents, working_day_from(created.date()), chance)
    answered = after_service_hours(created, hours * delay * _pace(agent))
    hard = 1.6 if cause == BROKEN else 1.0
    at_once = chance.happens(0.74 / hard)
    work = 0.4 if at_once else 9 * chance.lognormal(-0.5, 0.6) * hard
    resolved = known(after_service_hours(answered, work))
    return Ticket(
        ticket_id="",
        type="inquiry",
        channel=channel,
        cust_id=cust_id,
        agent_id=agent.emp_id,
        dept="customer_service",
        priority="高" if cause == BROKEN else chance.weighted(("中", "低", "高"), (60, 32, 8)),
        created_at=created,
        first_response_due=after_service_hours(created, hours),
        first_response_at=known(answered),
        resolution_due=after_service_hours(created, 27),
        resolved_at=resolved,
        reopened=chance.happens(0.03 * hard) if resolved else None,
        first_contact_resolved=at_once if resolved else None,
        valid=None,
        cause_code=cause,
    )


def _pace(agent: people.Employee) -> float:
    return Chance("pace of", agent.emp_id).uniform(0.88, 1.12)


def _complaints(month: date) -> list[Ticket]:
    chance, agents = Chance("complaints", month), _agents((COMPLAINT_TEAM,), month)
    events = list(_grievances().get(month, ()))
    upset = _platform_customers_in(month)
    events += [
        (_opened(month, chance), chance.pick(upset), BROKEN)
        for _ in range(RELEASE_COMPLAINTS.get((month.year, month.month), 0))
    ]
    staff = sum(person.presence(month) for person in agents) - 0.5
    load = len(events) / staff / COMPLAINT_CAPACITY
    load = max(load, 0.8) ** 0.55
    return [_complaint(*event, load, agents, chance) for event in events]


@cache
def _grievances() -> dict[date, list[tuple[datetime, str, str]]]:
    # What went wrong with an order becomes a complaint some days later, or does not.
    found: dict[date, list[tuple[datetime, str, str]]] = {}
    evenly = {cause: EvenChance("grievance", cause) for cause in GRIEVANCES}
    # The month before the first one counts too: its orders arrive in the first.
    for order in (*orders_of(later(MONTHS[0], -1)), *orders()):
        chance, cause = Chance("grievance about", order.order_id), _grievance(order)
        day = min(order.delivered_date or LAST_DAY, order.promised_date + timedelta(days=4))
        day = working_day_from(day + timedelta(days=chance.between(1, 4)))
        if evenly[cause].happens(GRIEVANCES[cause]) and day <= LAST_DAY:
            moment = at_minute(day, chance.uniform(0, 540))
            found.setdefault(month_of(day), []).append((moment, order.cust_id, cause))
    return found


def _grievance(order: Order) -> str:
    if order.delivered_date is None:
        return "未交付"
    if not order.damage_free:
        return "貨物損壞"
    if not order.in_full:
        return "數量短缺"
    if order.delivered_date > order.promised_date:
        return "交付延誤"
    return "產品質量" if order.docs_ok else "單據錯誤"


def _complaint(
    created: datetime,
    cust_id: str,
    cause: str,
    load: float,
    agents: list[people.Employee],
    chance: Chance,
) -> Ticket:
    urgent = cause == BROKEN and chance.happens(0.5) or chance.happens(0.1)
    hours = 18.0 if urgent else 45.0
    agent = _on_duty(agents, working_day_from(created.date()), chance)
    answered = after_service_hours(created, 4 * chance.lognormal(-1.0, 0.5) * load)
    work = hours * chance.lognormal(-0.92, 0.52) * load * _pace(agent)
    resolved = known(after_service_hours(answered, work))
    return Ticket(
        ticket_id="",
        type="complaint",
        channel=chance.weighted(tuple(CHANNELS), (55, 15, 30)),
        cust_id=cust_id,
        agent_id=agent.emp_id,
        dept="customer_service",
        priority="高" if urgent else "中",
        created_at=created,
        first_response_due=after_service_hours(created, 4),
        first_response_at=known(answered),
        resolution_due=after_service_hours(created, hours),
        resolved_at=resolved,
        reopened=chance.happens(0.1 if cause == BROKEN else 0.04) if resolved else None,
        first_contact_resolved=None,
        valid=chance.happens(0.94 if cause != "產品質量" else 0.7),
        cause_code=cause,
    )
