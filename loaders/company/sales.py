"""Sales orders: what each salesperson sells in a month, order by order, and how it is delivered.

A month's sales follow the plan, the team's fortunes and the people who are there; deliveries are
late when a month brings more orders than the warehouse is used to.
"""

import math
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from loaders.company import people, quotas
from loaders.company.accounts import Account, portfolio, won
from loaders.company.calendar import (
    LAST_DAY,
    MONTHS,
    after_working_days,
    months_between,
    quarter_of,
    working_days,
)
from loaders.company.chance import Chance, EvenChance
from loaders.company.products import (
    CATALOGUE,
    CHANNELS,
    DISCOUNT,
    MIX,
    SENSOR,
    Product,
    cost_rise,
    on_sale,
)

ORDER_SIZE = 42_000
"""What an average order is worth."""
COVER = 0.2
"""The share of a vacant seat's sales that the others of the team keep."""
FORTUNE = {
    "商用一組": (0.02, -0.02, 0.00, 0.01, 0.04, -0.01, -0.01, 0.02, 0.03),
    "商用二組": (0.01, -0.01, 0.02, 0.01, 0.03, -0.03, -0.07, -0.04, -0.01),
    "渠道組": (0.03, 0.00, 0.03, -0.01, 0.05, 0.01, 0.01, 0.02, 0.02),
    "海外組": (-0.03, -0.05, -0.01, 0.02, 0.01, 0.03, 0.02, 0.04, 0.05),
}
"""How far each quarter (2024-Q4 first) goes above or below the plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One order; money in HKD, delivery facts None until it is delivered."""

    order_id: str
    order_date: date
    cust_id: str
    emp_id: str
    team: str
    channel_id: str
    product_id: str
    product_launch_date: date
    qty: int
    returns_qty: int | None
    unit_price: int
    amount: int
    returns: int | None
    cost: int
    promised_date: date
    delivered_date: date | None
    in_full: bool | None
    damage_free: bool | None
    docs_ok: bool | None


@cache
def orders() -> tuple[Order, ...]:
    """Every order, by date; numbers run within the month."""
    return tuple(order for month in MONTHS for order in orders_of(month))


@cache
def orders_of(month: date) -> tuple[Order, ...]:
    """The orders of a month, by date."""
    drafts = [
        draft
        for team in quotas.TEAMS
        for person in people.present(team, month)
        for draft in _taken(person, month)
    ]
    drafts.sort(key=lambda draft: (draft.order_date, draft.emp_id, draft.cust_id))
    luck = EvenChance("deliveries", month)
    late = 0.03 + max(0.0, len(drafts) / _usual(month) - 1.02) * 0.45
    return tuple(
        _delivered(replace(draft, order_id=f"SO{month:%y%m}-{place:04d}"), late, luck)
        for place, draft in enumerate(drafts, 1)
    )


def sold(person: people.Employee, month: date) -> float:
    """What the person sells in the month."""
    seat = quotas.SEAT_PLAN * quotas.SIZE[person.team] * quotas.season(month)
    seat *= quotas.growth(month)
    team = people.present(person.team, month)
    held = {one.seat: quotas.strength(one, month) for one in team}
    vacant = sum(
        quotas.weight(name) for name in quotas.seats(person.team, month) if name not in held
    )
    own = quotas.strength(person, month) * _form(person, month)
    return seat * (own + COVER * vacant / len(team)) * (1 + _fortune(person.team, month))


def _fortune(team: str, month: date) -> float:
    quarters = list(dict.fromkeys(quarter_of(one) for one in MONTHS))
    return FORTUNE[team][quarters.index(quarter_of(month))]


def _form(person: people.Employee, month: date) -> float:
    # People have better and worse seasons: a slow wave, each with its own beginning.
    chance = Chance("form of", person.emp_id)
    wave = math.sin(chance.uniform(0, 6.28) + months_between(MONTHS[0], month) / 3.2)
    return 1 + chance.uniform(-0.04, 0.04) + 0.05 * wave


def _usual(month: date) -> float:
    total = sum(quotas.team_plan(team, month) for team in quotas.TEAMS)
    return total / quotas.season(month) / ORDER_SIZE


def _taken(person: people.Employee, month: date) -> list[Order]:
    days = [day for day in working_days(month) if person.works_on(day)]
    if not days:
        return []
    chance, left = Chance("orders of", person.emp_id, month), sold(person, month)
    new = list(won(person.emp_id, month))
    count = max(3, len(new), round(left / ORDER_SIZE))
    found = []
    for place in range(count):
        day = new[place].first_order if place < len(new) else chance.pick(days)
        buyer = new[place] if place < len(new) else _buyer(person, day, month, chance)
        wanted = left if place == count - 1 else left / (count - place) * chance.uniform(0.45, 1.5)
        order = _order(person, buyer, day, wanted, place == count - 1, chance)
        left = max(0.0, left - order.amount)
        found.append(order)
    return found


def _buyer(person: people.Employee, day: date, month: date, chance: Chance) -> Account:
    held = {one.seat for one in people.present(person.team, month)}
    known = [account for account in portfolio(person.seat) if account.buys_on(day)]
    for seat in quotas.seats(person.team, month):
        # A newcomer without accounts begins with some of the leader's.
        if seat not in held or (seat.endswith("/0") and not known):
            known += [account for account in portfolio(seat)[:3] if account.buys_on(day)]
    known = [account for account in known if account.first_order < day] or known
    return chance.weighted(known, [account.size for account in known])


def _order(
    person: people.Employee, buyer: Account, day: date, wanted: float, last: bool, chance: Chance
) -> Order:
    product = SENSOR if last and wanted < 9000 else _product(person.team, day, wanted, chance)
    channel = CHANNELS[person.team]
    if product.kind == "hardware" and buyer.segment == "小型企業" and chance.happens(0.3):
        channel = "線上商城"
    price = round(product.price * chance.uniform(*DISCOUNT[channel]) / 10) * 10
    qty = max(1, round(wanted / price))
    rise = cost_rise(day) if product.kind == "hardware" else 1.0
    return Order(
        order_id="",
        order_date=day,
        cust_id=buyer.cust_id,
        emp_id=person.emp_id,
        team=person.team,
        channel_id=channel,
        product_id=product.name,
        product_launch_date=product.launched,
        qty=qty,
        returns_qty=None,
        unit_price=price,
        amount=qty * price,
        returns=None,
        cost=round(product.price * product.cost_share * rise * qty),
        promised_date=after_working_days(day, product.lead_days),
        delivered_date=None,
        in_full=None,
        damage_free=None,
        docs_ok=None,
    )


def _product(team: str, day: date, wanted: float, chance: Chance) -> Product:
    places = [place for place in on_sale(day) if CATALOGUE[place].price <= wanted * 1.25]
    places = [place for place in places if MIX[team][place] > 0] or [2]
    return CATALOGUE[chance.weighted(places, [MIX[team][place] for place in places])]


def _delivered(order: Order, late: float, luck: Chance) -> Order:
    chance = Chance("delivery of", order.order_id)
    product = next(one for one in CATALOGUE if one.name == order.product_id)
    share = late if product.kind != "platform" else 0.01
    if luck.happens(share):
        day = after_working_days(order.promised_date, chance.between(1, 8))
    else:
        day = after_working_days(order.order_date, chance.between(1, product.lead_days))
    if day > LAST_DAY:
        return order
    order = replace(
        order,
        delivered_date=day,
        in_full=not chance.happens(0.012 if product.kind == "hardware" else 0.002),
        damage_free=not (product.kind == "hardware" and chance.happens(0.009)),
        docs_ok=not chance.happens(0.009),
    )
    return _returned(order, product, chance)


def _returned(order: Order, product: Product, chance: Chance) -> Order:
    # After the release some customers gave the platform back.
    angry = product.kind == "platform" and order.order_date.strftime("%Y-%m") in (
        "2026-02",
        "2026-03",
        "2026-04",
    )
    if not chance.happens(0.09 if angry else 0.012 if order.damage_free else 0.6):
        return order
    qty = order.qty if angry else max(1, order.qty // 4)
    return replace(order, returns_qty=qty, returns=qty * order.unit_price)
