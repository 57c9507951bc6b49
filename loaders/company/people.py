"""Who works in the sample company: seven departments, their teams, who joined and who left."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Literal

from loaders.company import names
from loaders.company.calendar import month_end, working_day_from
from loaders.company.chance import Chance

Rank = Literal["chief", "head", "leader", "member"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Employee:
    """One person; `seat` is the post, which a successor takes over."""

    emp_id: str
    name: str
    dept: str
    team: str
    """Empty where the person leads a department or the company."""
    position: str
    role_group: str | None
    manager_id: str | None
    hire_date: date
    leave_date: date | None
    status: str
    monthly_pay: int
    rank: Rank
    seat: str
    away_from: date | None

    def works_on(self, day: date) -> bool:
        """Whether the person is employed and not on long leave on `day`."""
        last = min(filter(None, (self.leave_date, self.away_from)), default=date.max)
        return self.hire_date <= day <= last

    def presence(self, month: date) -> float:
        """The share of the month's days on which the person works (0 to 1)."""
        days = [month + timedelta(days=n) for n in range(month_end(month).day)]
        return sum(self.works_on(day) for day in days) / len(days)


@dataclass(frozen=True, slots=True)
class _Team:
    dept: str
    name: str
    leader: str
    member: str
    members: int
    pay: int


HEADS = {
    "operations": "運營總監",
    "marketing": "市場總監",
    "sales": "銷售總監",
    "customer_service": "客服總監",
    "technology": "技術總監",
    "finance": "財務總監",
    "internal_audit": "內部審計總監",
}
TEAMS = (
    _Team("operations", "項目管理組", "項目管理主管", "項目專員", 5, 21000),
    _Team("operations", "流程與數據組", "流程與數據主管", "數據分析師", 5, 22000),
    _Team("marketing", "品牌組", "品牌經理", "品牌專員", 4, 20000),
    _Team("marketing", "活動組", "活動經理", "活動專員", 4, 19000),
    _Team("sales", "商用一組", "銷售經理", "客戶經理", 6, 18000),
    _Team("sales", "商用二組", "銷售經理", "客戶經理", 6, 18000),
    _Team("sales", "渠道組", "渠道經理", "渠道專員", 6, 18000),
    _Team("sales", "海外組", "海外銷售經理", "海外客戶經理", 6, 19000),
    _Team("customer_service", "諮詢一組", "客服主管", "客服專員", 5, 15500),
    _Team("customer_service", "諮詢二組", "客服主管", "客服專員", 5, 15500),
    _Team("customer_service", "投訴處理組", "投訴處理主管", "投訴處理專員", 4, 16500),
    _Team("technology", "研發一組", "研發經理", "軟件工程師", 6, 27000),
    _Team("technology", "研發二組", "研發經理", "嵌入式工程師", 5, 27000),
    _Team("technology", "測試組", "測試經理", "測試工程師", 4, 22000),
    _Team("technology", "IT支持組", "IT支持主管", "IT支持工程師", 5, 18000),
    _Team("finance", "會計與預算組", "會計主管", "會計", 5, 19500),
    _Team("finance", "資金組", "資金主管", "資金專員", 2, 19500),
    _Team("internal_audit", "審計組", "審計主管", "審計專員", 4, 22000),
)
CHANGES = {
    "渠道組/2": (date(2025, 5, 31), date(2025, 6, 3)),
    "活動組/2": (date(2025, 3, 31), date(2025, 4, 14)),
    "諮詢一組/4": (date(2025, 8, 31), date(2025, 9, 8)),
    "流程與數據組/4": (date(2025, 10, 31), date(2025, 11, 10)),
    "研發一組/5": (date(2025, 12, 31), date(2026, 1, 12)),
    "會計與預算組/3": (date(2026, 1, 31), date(2026, 2, 9)),
    "商用二組/3": (date(2026, 3, 31), date(2026, 7, 1)),
    "商用二組/5": (date(2026, 4, 15), date(2026, 6, 15)),
    "投訴處理組/2": (date(2026, 5, 31), date(2026, 6, 8)),
}
"""Seat: when its holder left, and when the successor joined."""
NEW_SEATS = {
    "研發二組/5": date(2025, 3, 3),
    "海外組/6": date(2025, 4, 1),
    "審計組/4": date(2025, 7, 1),
    "諮詢二組/5": date(2026, 5, 4),
}
"""Seats that did not exist at the start, with the day their first holder joined."""
AWAY = {"品牌組/3": date(2026, 7, 31)}
"""Seats whose holder is on long leave after that day."""


@cache
def roster() -> tuple[Employee, ...]:
    """Everyone who worked in the company during the 24 months, by employee number."""
    drafts = sorted(_drafts(), key=lambda draft: (draft.hire_date, draft.seat))
    people = names.people(len(drafts))
    numbers = {draft.emp_id: f"E{1001 + place}" for place, draft in enumerate(drafts)}
    return tuple(
        _numbered(draft, numbers, name) for draft, name in zip(drafts, people, strict=True)
    )


@cache
def by_seat() -> dict[str, tuple[Employee, ...]]:
    """The holders of each seat, in the order in which they held it."""
    seats: dict[str, list[Employee]] = {}
    for person in roster():
        seats.setdefault(person.seat, []).append(person)
    return {seat: tuple(holders) for seat, holders in seats.items()}


@cache
def team(name: str) -> tuple[Employee, ...]:
    """Everyone who ever was in the team, the leader first."""
    members = [person for person in roster() if person.team == name]
    return tuple(sorted(members, key=lambda person: (person.rank != "leader", person.seat)))


@cache
def present(name: str, month: date) -> tuple[Employee, ...]:
    """Those of the team who work in the month for at least a day."""
    return tuple(person for person in team(name) if person.presence(month) > 0)


def head(dept: str) -> Employee:
    """The head of a department."""
    return by_seat()[dept][0]


def working(month: date, depts: Iterable[str] = tuple(HEADS)) -> list[Employee]:
    """Those of the departments who work in the month, without the general manager."""
    wanted = frozenset(depts)
    return [
        person
        for person in roster()
        if person.dept in wanted and person.rank != "chief" and person.presence(month) > 0
    ]


def _drafts() -> list[Employee]:
    # Until everyone is known and numbered, emp_id and manager_id hold the seat.
    drafts = [_draft("chief", "operations", "", "總經理", "chief", None, 118000)]
    for dept, title in HEADS.items():
        drafts.append(_draft(dept, dept, "", title, "head", "chief", 62000))
    for unit in TEAMS:
        boss = f"{unit.name}/0"
        drafts.append(_draft(boss, unit.dept, unit.name, unit.leader, "leader", unit.dept, 34000))
        for place in range(1, unit.members + 1):
            seat = f"{unit.name}/{place}"
            drafts += _holders(
                _draft(seat, unit.dept, unit.name, unit.member, "member", boss, unit.pay)
            )
    return drafts


def _draft(
    seat: str, dept: str, team: str, position: str, rank: Rank, boss: str | None, pay: int
) -> Employee:
    chance = Chance("seat", seat)
    first_year = {"chief": 2012, "head": 2014, "leader": 2016, "member": 2018}[rank]
    hired = date(chance.between(first_year, 2023), chance.between(1, 12), chance.between(1, 28))
    return Employee(
        emp_id=seat,
        name="",
        dept=dept,
        team=team,
        position=position,
        role_group=_role_group(dept, rank),
        manager_id=boss,
        hire_date=NEW_SEATS.get(seat, working_day_from(hired)),
        leave_date=None,
        status="on_leave" if seat in AWAY else "active",
        monthly_pay=round(pay * chance.uniform(0.9, 1.15) / 100) * 100,
        rank=rank,
        seat=seat,
        away_from=AWAY.get(seat),
    )


def _role_group(dept: str, rank: Rank) -> str | None:
    if rank == "chief":
        return None
    if rank == "head":
        return "head"
    return "sales_service" if dept in ("sales", "customer_service") else "general"


def _holders(draft: Employee) -> list[Employee]:
    if draft.seat not in CHANGES:
        return [draft]
    left, joined = CHANGES[draft.seat]
    return [
        replace(draft, leave_date=left, status="left"),
        replace(draft, emp_id=draft.seat + "/successor", hire_date=joined),
    ]


def _numbered(draft: Employee, numbers: dict[str, str], name: str) -> Employee:
    manager = numbers[draft.manager_id] if draft.manager_id else None
    return replace(draft, emp_id=numbers[draft.emp_id], name=name, manager_id=manager)
