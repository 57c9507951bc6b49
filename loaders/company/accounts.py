"""Customer accounts: those the company had, those its salespeople won, those it lost."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from loaders.company import names, people, quotas
from loaders.company.calendar import MONTHS, later, quarter_of, working_day_from, working_days
from loaders.company.chance import Chance
from loaders.company.products import RELEASE

SEGMENTS = ("大型企業", "中型企業", "小型企業")
OLD_ACCOUNTS = 8
"""How many accounts a seat had before the first month."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A customer and the seat that looks after it; `size` is its share of the seat's orders."""

    cust_id: str
    name: str
    segment: str
    seat: str
    won_by: str | None
    first_order: date
    size: float
    lost_on: date | None
    """The day on which it gave up after the release; it orders nothing from then on."""

    def buys_on(self, day: date) -> bool:
        """Whether it may order on `day`."""
        return self.first_order <= day and (self.lost_on is None or day < self.lost_on)


@cache
def accounts() -> tuple[Account, ...]:
    """Every customer by number; numbers follow the first order."""
    drafts = sorted(_old() + _won(), key=lambda draft: (draft[0], draft[1]))
    words = names.companies(len(drafts))
    return tuple(_account(place, words[place], *draft) for place, draft in enumerate(drafts))


@cache
def portfolio(seat: str) -> tuple[Account, ...]:
    """The accounts that a seat looks after."""
    return tuple(account for account in accounts() if account.seat == seat)


@cache
def won(emp_id: str, month: date) -> tuple[Account, ...]:
    """The accounts whose first order the person brings in the month."""
    return tuple(
        account
        for account in accounts()
        if account.won_by == emp_id and later(month, 0) <= account.first_order < later(month, 1)
    )


def _old() -> list[tuple[date, str, str | None]]:
    drafts: list[tuple[date, str, str | None]] = []
    for team in quotas.TEAMS:
        for seat in quotas.seats(team, MONTHS[0]):
            chance = Chance("old accounts of", seat)
            days = [_old_day(chance) for _ in range(OLD_ACCOUNTS + 1)]
            drafts += [(day, seat, None) for day in days[: OLD_ACCOUNTS + chance.between(0, 1)]]
    return drafts


def _old_day(chance: Chance) -> date:
    return working_day_from(date(2021, 1, 4) + timedelta(days=chance.between(0, 1390)))


def _won() -> list[tuple[date, str, str | None]]:
    drafts: list[tuple[date, str, str | None]] = []
    for person in people.roster():
        if person.team in quotas.TEAMS and person.rank == "member":
            drafts += [(day, person.seat, person.emp_id) for day in _wins(person)]
    return drafts


def _wins(person: people.Employee) -> list[date]:
    chance, days, slipped = Chance("wins of", person.emp_id), [], False
    for month in MONTHS:
        target = quotas.person_new_customers(person, month)
        likely = 0.45 if slipped else 0.12
        if target:
            likely = 0.86 * _ease(person.team, month)
        wins = chance.happens(likely)
        open_days = [day for day in working_days(month) if person.works_on(day)]
        slipped = bool(target) and not wins
        if wins and open_days:
            days.append(chance.pick(open_days))
    return days


def _ease(team: str, month: date) -> float:
    if team == quotas.WEAK_TEAM and quarter_of(month) == quotas.WEAK_QUARTER:
        return 0.4
    return min(1.12, 0.55 + 0.5 * quotas.season(month))


def _account(place: int, name: str, day: date, seat: str, won_by: str | None) -> Account:
    chance = Chance("account", place)
    large = chance.uniform(0, 1)
    segment = SEGMENTS[0 if large < 0.12 else 1 if large < 0.5 else 2]
    size = {"大型企業": 4.0, "中型企業": 1.8, "小型企業": 0.8}[segment]
    return Account(
        cust_id=f"C{place + 1:04d}",
        name=name,
        segment="公共機構" if not name.endswith("公司") else segment,
        seat=seat,
        won_by=won_by,
        first_order=day,
        size=size * chance.uniform(0.6, 1.4),
        lost_on=_lost(seat, day, chance),
    )


def _lost(seat: str, first: date, chance: Chance) -> date | None:
    share = 0.16 if seat.startswith(quotas.WEAK_TEAM) else 0.04
    after = RELEASE + timedelta(days=chance.between(40, 110))
    return after if first < date(2025, 12, 1) and chance.happens(share) else None
