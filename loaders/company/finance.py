"""Budget and costs per month, department and account (HKD, each month alone)."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from loaders.company import people, quotas
from loaders.company.calendar import MONTHS, months_between, quarter_of
from loaders.company.chance import Chance
from loaders.company.sales import orders_of

SOCIAL = 0.09
"""Employer's contributions on top of pay."""
ACCOUNTS = {
    # Account: a department's monthly budget in the first year, in thousands.
    "辦公費": {"operations": 42, "marketing": 16, "sales": 34, "customer_service": 22,
            "technology": 36, "finance": 16, "internal_audit": 9},
    "差旅費": {"operations": 14, "marketing": 18, "sales": 96, "customer_service": 6,
            "technology": 14, "finance": 4, "internal_audit": 12},
    "培訓費": {"operations": 6, "marketing": 5, "sales": 12, "customer_service": 8,
            "technology": 14, "finance": 4, "internal_audit": 4},
    "租金與物業": {"operations": 46, "marketing": 30, "sales": 72, "customer_service": 48,
              "technology": 64, "finance": 26, "internal_audit": 16},
    "折舊與攤銷": {"operations": 18, "marketing": 8, "sales": 16, "customer_service": 12,
              "technology": 88, "finance": 8, "internal_audit": 3},
    "推廣費": {"marketing": 210, "sales": 38},
    "外包服務費": {"technology": 200, "customer_service": 24, "operations": 22},
    "軟件訂閱費": {"technology": 74, "customer_service": 16, "finance": 10},
    "專業服務費": {"finance": 22, "internal_audit": 20},
}  # fmt: skip
COMMISSION = 0.018
"""Sales commission as a share of what is sold."""
CAMPAIGNS = {11: 1.5, 12: 1.3, 5: 1.15, 9: 1.2, 2: 0.7}
"""How the promotion budget is spread over the year; other months get 0.93."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one account of a department was given and what it spent in a month."""

    period: date
    dept: str
    account: str
    cost_type: str
    line_id: str
    budget_amt: int
    actual_amt: int


@cache
def costs() -> tuple[Cost, ...]:
    """Every line by month, department and account; amounts are whole hundreds."""
    return tuple(line for month in MONTHS for dept in people.HEADS for line in _lines(dept, month))


def _lines(dept: str, month: date) -> list[Cost]:
    found = [_pay(dept, month), _contributions(dept, month)]
    if dept == "sales":
        found.append(_commission(month))
    for account, budgets in ACCOUNTS.items():
        if dept in budgets:
            found.append(_running(account, dept, budgets[dept] * 1000, month))
    return [
        _line(month, dept, account, place, budget, actual)
        for place, (account, budget, actual) in enumerate(found, 1)
    ]


def _line(month: date, dept: str, account: str, place: int, budget: float, actual: float) -> Cost:
    return Cost(
        period=month,
        dept=dept,
        account=account,
        cost_type="expense",
        line_id=f"{month:%y%m}-{list(people.HEADS).index(dept) + 1}{place:02d}",
        budget_amt=round(budget / 100) * 100,
        actual_amt=round(actual / 100) * 100,
    )


def _pay(dept: str, month: date) -> tuple[str, float, float]:
    raised = 1.04 ** (month.year - 2026)
    staff = [person for person in people.roster() if person.dept == dept]
    paid = raised * sum(person.monthly_pay * person.presence(month) for person in staff)
    seats = {person.seat: person for person in staff if _is_planned(person, month)}
    budget = raised * sum(person.monthly_pay for person in seats.values())
    # The year's last pay holds a bonus of half a month; overtime after the release.
    bonus = 1.5 if month.month == 12 else 1.0
    overtime = 1.09 if dept == "customer_service" and _after_release(month) else 1.0
    return "人員薪酬", budget * bonus, paid * bonus * overtime


def _is_planned(person: people.Employee, month: date) -> bool:
    return people.NEW_SEATS.get(person.seat, MONTHS[0]) <= month


def _after_release(month: date) -> bool:
    return date(2026, 3, 1) <= month <= date(2026, 4, 1)


def _contributions(dept: str, month: date) -> tuple[str, float, float]:
    _, budget, paid = _pay(dept, month)
    return "社保與福利", budget * SOCIAL, paid * SOCIAL


def _commission(month: date) -> tuple[str, float, float]:
    planned = sum(quotas.team_plan(team, month) for team in quotas.TEAMS)
    sold = sum(order.amount - (order.returns or 0) for order in orders_of(month))
    return "銷售佣金", planned * COMMISSION, sold * COMMISSION


def _running(account: str, dept: str, base: int, month: date) -> tuple[str, float, float]:
    grown = base * 1.05 ** (months_between(MONTHS[0], month) / 12)
    budget = grown * (CAMPAIGNS.get(month.month, 0.93) if account == "推廣費" else 1.0)
    fixed = account in ("租金與物業", "折舊與攤銷", "軟件訂閱費")
    chance = Chance("spending on", account, dept, month)
    spread = 0.0 if fixed else 0.05
    thrift = 1.0 if fixed else Chance("thrift of", dept, quarter_of(month)).uniform(0.88, 1.05)
    spent = budget * thrift * chance.uniform(1 - spread, 1 + spread)
    return account, budget, spent * _event(account, dept, month)


def _event(account: str, dept: str, month: date) -> float:
    if (account, dept) == ("外包服務費", "technology") and month >= date(2026, 2, 1):
        # The slipping project is propped up with contractors, more of them every month.
        return 1.25 + 0.16 * months_between(date(2026, 2, 1), month)
    if (account, dept) == ("外包服務費", "customer_service") and _after_release(month):
        return 2.1
    if account == "差旅費" and dept == "sales":
        return 0.94 + 0.06 * quotas.season(month)
    return 1.0
