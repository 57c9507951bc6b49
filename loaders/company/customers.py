"""The customer register as of the last day: who orders, who has gone quiet, who left."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from loaders.company import people
from loaders.company.accounts import Account, accounts
from loaders.company.calendar import LAST_DAY
from loaders.company.chance import Chance
from loaders.company.sales import orders

REQUIRED_FIELDS = 12
QUIET, GONE = timedelta(days=200), timedelta(days=400)
"""How long after its last order a customer counts as dormant, and as lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """A row of the register."""

    cust_id: str
    name: str
    segment: str
    emp_id: str
    team: str
    first_order_date: date
    status: str
    status_date: date
    snapshot_date: date
    required_total: int
    required_filled: int


@cache
def customers() -> tuple[Customer, ...]:
    """Every customer by number."""
    latest = {order.cust_id: order.order_date for order in orders()}
    return tuple(
        _customer(account, latest.get(account.cust_id, account.first_order))
        for account in accounts()
    )


def _customer(account: Account, latest: date) -> Customer:
    status, since = _status(account, latest)
    chance = Chance("register of", account.cust_id)
    keeper = people.by_seat()[account.seat][-1]
    return Customer(
        cust_id=account.cust_id,
        name=account.name,
        segment=account.segment,
        # A customer keeps the salesperson who won it, also after that person has left.
        emp_id=account.won_by or keeper.emp_id,
        team=keeper.team,
        first_order_date=account.first_order,
        status=status,
        status_date=since,
        snapshot_date=LAST_DAY,
        required_total=REQUIRED_FIELDS,
        required_filled=REQUIRED_FIELDS - chance.weighted((0, 1, 2, 3), (82, 11, 5, 2)),
    )


def _status(account: Account, latest: date) -> tuple[str, date]:
    if account.lost_on:
        return "lost", account.lost_on
    if latest + GONE <= LAST_DAY:
        return "lost", latest + GONE
    if latest + QUIET <= LAST_DAY:
        return "dormant", latest + QUIET
    return "active", account.first_order
