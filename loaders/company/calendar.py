"""The sample company's 24 months, its working days and its service hours (09:00 to 18:00)."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from functools import cache

OPENING, CLOSING = 9, 18
HOLIDAYS = frozenset(
    [date(2024, 12, 25), date(2025, 1, 1), date(2025, 12, 25), date(2026, 1, 1)]
    + [date(2025, 1, 28) + timedelta(days=n) for n in range(7)]
    + [date(2026, 2, 16) + timedelta(days=n) for n in range(7)]
    + [date(2025, 4, 4), date(2026, 4, 6), date(2025, 5, 1), date(2026, 5, 1)]
    + [date(2025, 6, 2), date(2026, 6, 19), date(2025, 10, 1), date(2025, 10, 2)]
    + [date(2025, 10, 7), date(2026, 9, 25), date(2026, 10, 1), date(2026, 10, 2)]
)
MONTHS = tuple(date(2024 + (10 + n) // 12, (10 + n) % 12 + 1, 1) for n in range(24))
LAST_DAY = date(2026, 10, 31)
"""Nothing later is known: the workbooks are exported in the evening of this day."""


def month_of(day: date) -> date:
    """The first day of the month in which `day` lies."""
    return date(day.year, day.month, 1)


def month_end(month: date) -> date:
    """The last day of the month."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def later(month: date, count: int) -> date:
    """The first day of the month `count` months after `month` (before it, where negative)."""
    years, number = divmod(month.month - 1 + count, 12)
    return date(month.year + years, number + 1, 1)


def months_between(first: date, last: date) -> int:
    """How many months `last` lies after `first`; 0 in the same month."""
    return (last.year - first.year) * 12 + last.month - first.month


def quarter_of(month: date) -> str:
    """The calendar quarter, written 2026-Q2."""
    return f"{month.year}-Q{(month.month + 2) // 3}"


def is_working(day: date) -> bool:
    """Whether the offices are open."""
    return day.weekday() < 5 and day not in HOLIDAYS


def working_day_before(day: date) -> date:
    """`day`, or the working day before it where it is none."""
    while not is_working(day):
        day -= timedelta(days=1)
    return day


@cache
def working_days(month: date) -> tuple[date, ...]:
    """The working days of a month, in order."""
    days = (month + timedelta(days=n) for n in range(month_end(month).day))
    return tuple(day for day in days if is_working(day))


def working_day_from(day: date) -> date:
    """`day`, or the next working day where it is none."""
    while not is_working(day):
        day += timedelta(days=1)
    return day


def after_working_days(day: date, count: int) -> date:
    """The working day `count` working days after `day`."""
    for _ in range(count):
        day = working_day_from(day + timedelta(days=1))
    return day


def at_minute(day: date, minutes: float) -> datetime:
    """The moment `minutes` after the opening of `day`."""
    return datetime.combine(day, time(OPENING)) + timedelta(minutes=round(minutes))


def after_service_hours(start: datetime, hours: float) -> datetime:
    """The moment at which `hours` of service time have passed since `start`."""
    now, left = _into_service(start), hours * 60
    while left > (rest := _minutes_to_closing(now)):
        left -= rest
        now = at_minute(working_day_from(now.date() + timedelta(days=1)), 0)
    return now + timedelta(minutes=round(left))


def _into_service(moment: datetime) -> datetime:
    if is_working(moment.date()) and moment.hour < OPENING:
        return at_minute(moment.date(), 0)
    if is_working(moment.date()) and moment.hour < CLOSING:
        return moment
    return at_minute(working_day_from(moment.date() + timedelta(days=1)), 0)


def _minutes_to_closing(moment: datetime) -> float:
    closing = datetime.combine(moment.date(), time(CLOSING))
    return (closing - moment).total_seconds() / 60
