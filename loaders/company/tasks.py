"""Project tasks: monthly key work of each person, and tasks and milestones of the undertakings."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from loaders.company import people
from loaders.company.calendar import (
    LAST_DAY,
    MONTHS,
    after_working_days,
    month_of,
    months_between,
    working_day_before,
    working_day_from,
    working_days,
)
from loaders.company.chance import Chance, EvenChance
from loaders.company.projects import SLIPPING, Project, projects
from loaders.company.support import SLOW, STRUGGLING_SEAT

TASKED = ("operations", "marketing", "technology", "finance", "internal_audit")
"""Departments whose every person has key work; of the others, heads and leaders have."""
WORK = {
    "operations": (
        "跨部門協調會紀要跟進",
        "月度運營分析",
        "流程巡檢",
        "交付異常覆盤",
        "資源需求確認",
    ),
    "marketing": ("月度推廣執行", "活動效果評估", "客戶需求收集", "品牌素材更新", "競品動態簡報"),
    "sales": ("月度銷售分析", "重點客戶回訪", "團隊目標分解", "渠道覆盤"),
    "customer_service": ("服務質量抽檢", "知識庫更新", "投訴原因分析", "排班優化"),
    "technology": ("系統例行維護", "需求評審", "技術文檔更新", "安全加固", "自動化測試補充"),
    "finance": ("月結報表編制", "費用覆核", "預算執行分析", "應收帳款核對", "資金計劃"),
    "internal_audit": ("底稿覆核", "整改跟蹤", "風險評估更新", "專項抽查", "內控測試"),
}
UNDERTAKING_WORK = ("需求確認", "方案設計", "資源落實", "實施", "聯調與試運行", "培訓", "驗收準備")
MILESTONES = ("立項啟動", "需求凍結", "設計評審", "原型完成", "功能完成", "測試通過", "發佈")
CRITERIA = ("評審通過", "數據準確無誤", "文檔齊備", "負責人驗收")
LATE = 0.08
"""The usual share of tasks that are done late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One task; done_date is None while it is open."""

    task_id: str
    project_id: str
    name: str
    project_type: str
    dept: str
    emp_id: str
    assigned_date: date
    due_date: date
    done_date: date | None
    quality_criteria: str
    first_pass: bool | None
    is_milestone: bool
    percent_complete: float
    budget: int | None


@cache
def tasks() -> tuple[Task, ...]:
    """Every task by due date; its number tells the year in which it is due."""
    drafts = [one for one in (*_key_work(), *_undertakings()) if one.assigned_date <= LAST_DAY]
    drafts.sort(key=lambda draft: (draft.due_date, draft.project_id, draft.emp_id, draft.name))
    return tuple(
        replace(draft, task_id=f"T{draft.due_date:%y}-{place:05d}")
        for place, draft in enumerate(drafts, 1)
    )


def _key_work() -> list[Task]:
    running = {
        (project.lead_dept, project.baseline_end.year): project
        for project in projects()
        if project.routine and project.baseline_end
    }
    luck = {person: EvenChance("key work of", person.emp_id) for person in people.roster()}
    found = []
    for month in MONTHS:
        for person in people.working(month):
            if _has_key_work(person) and person.presence(month) > 0.5:
                project, even = running[person.dept, month.year], luck[person]
                found += [
                    _monthly(project, person, month, half, even.happens(_late_share(person, month)))
                    for half in (0, 1)
                ]
    return found


def _has_key_work(person: people.Employee) -> bool:
    return person.dept in TASKED or person.rank in ("head", "leader")


def _late_share(person: people.Employee, month: date) -> float:
    if person.seat == STRUGGLING_SEAT and month in SLOW:
        return 0.95 if SLOW[month] > 2 else 0.4
    rush = 0.04 if month.month in (12, 1) else 0.0
    if person.team == "研發一組" and month >= date(2026, 3, 1):
        rush += 0.08  # they are held up by the slipping project
    return LATE + rush


def _monthly(project: Project, person: people.Employee, month: date, half: int, late: bool) -> Task:
    chance, days = Chance("task of", person.emp_id, month, half), working_days(month)
    due = chance.pick(days[4:10] if half == 0 else days[10:])
    return _task(
        project,
        person,
        f"{month.month}月{chance.pick(WORK[person.dept][half::2])}",
        max(month, person.hire_date),
        due,
        late,
        chance,
    )


def _undertakings() -> list[Task]:
    return [
        task
        for project in projects()
        if project.planned_start and not project.routine
        for task in _of_undertaking(project)
    ]


def _of_undertaking(project: Project) -> list[Task]:
    assert project.planned_start is not None and project.baseline_end is not None
    chance = Chance("tasks of", project.project_id)
    span = (project.baseline_end - project.planned_start).days
    steps = max(4, months_between(project.planned_start, project.baseline_end) * 2)
    found = []
    for step in range(1, steps + 1):
        due = project.planned_start + timedelta(days=round(span * step / steps))
        if month_of(due) >= MONTHS[0]:
            found.append(_step(project, step, due, step == steps, chance))
    if project.type == "rd":
        found += _milestones(project, chance)
    return found


def _step(project: Project, step: int, due: date, last: bool, chance: Chance) -> Task:
    person = _worker(project, due, step)
    name = "驗收" if last else UNDERTAKING_WORK[(step - 1) % len(UNDERTAKING_WORK)]
    ended_late = bool(
        last and project.actual_end and project.baseline_end and project.actual_end > due
    )
    late = ended_late or (not last and chance.happens(_slip(project, due)))
    return _task(
        project,
        person,
        f"{name}（第{step}項）",
        due - timedelta(days=chance.between(14, 30)),
        due,
        late,
        chance,
        budget=round(project.bac * 0.6 / 1000 / max(1, step)) * 100,
    )


def _slip(project: Project, due: date) -> float:
    if project.project_id == SLIPPING:
        return 0.1 if due < date(2026, 1, 1) else 0.5 if due < date(2026, 6, 1) else 0.85
    return 0.1


def _worker(project: Project, due: date, step: int) -> people.Employee:
    # Every fourth task of a project across departments is done by operations.
    cross = project.cross_dept and step % 4 == 0
    there = people.present("項目管理組" if cross else project.team, min(month_of(due), MONTHS[-1]))
    return there[step % len(there)]


def _milestones(project: Project, chance: Chance) -> list[Task]:
    assert project.planned_start is not None and project.baseline_end is not None
    span = (project.baseline_end - project.planned_start).days
    found = []
    for place, name in enumerate(MILESTONES):
        due = project.planned_start + timedelta(days=max(7, round(span * place / 6)))
        due = min(due, project.baseline_end)
        if month_of(due) < MONTHS[0]:
            continue
        last = name == MILESTONES[-1]
        ended_late = bool(last and project.actual_end and project.actual_end > due)
        late = ended_late or (not last and chance.happens(_milestone_slip(project, due)))
        person = _worker(project, due, place * 4 + 1)
        assigned = max(project.planned_start, due - timedelta(days=45))
        task = _task(project, person, f"里程碑：{name}", assigned, due, late, chance)
        found.append(replace(task, is_milestone=True))
    return found


def _milestone_slip(project: Project, due: date) -> float:
    if project.project_id == SLIPPING:
        return 0.0 if due < date(2026, 2, 1) else 1.0
    return 0.08


def _task(
    project: Project,
    person: people.Employee,
    name: str,
    assigned: date,
    due: date,
    late: bool,
    chance: Chance,
    budget: int | None = None,
) -> Task:
    assigned, due = working_day_from(assigned), working_day_before(due)
    slow = 3 if project.project_id == SLIPPING or person.seat == STRUGGLING_SEAT else 1
    if late:
        done = after_working_days(due, chance.between(2, 9) * slow)
    else:
        done = max(assigned, working_day_before(due - timedelta(days=chance.between(0, 6))))
    finished = done <= LAST_DAY
    # Platform 4.0 was tested in a hurry: that is why it came back.
    rushed = project.project_id == "PJ-2503" and due >= date(2025, 12, 1)
    return Task(
        task_id="",
        project_id=project.project_id,
        name=name,
        project_type=project.type,
        dept=person.dept,
        emp_id=person.emp_id,
        assigned_date=assigned,
        due_date=due,
        done_date=done if finished else None,
        quality_criteria=chance.pick(CRITERIA),
        first_pass=not chance.happens(0.5 if rushed else 0.05) if finished else None,
        is_milestone=False,
        percent_complete=1.0 if finished else _part(assigned, due, chance),
        budget=budget,
    )


def _part(assigned: date, due: date, chance: Chance) -> float:
    if assigned > LAST_DAY:
        return 0.0
    share = (LAST_DAY - assigned).days / max(1, (due - assigned).days)
    return round(min(0.9, share * chance.uniform(0.6, 0.9)) * 20) / 20
