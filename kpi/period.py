"""Periods: a month, quarter or year of the fiscal calendar, half-open: [start, end)."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from kpi.policy import policy

Kind = Literal["month", "quarter", "year"]

KINDS: tuple[Kind, ...] = ("month", "quarter", "year")
MONTHS: dict[Kind, int] = {"month": 1, "quarter": 3, "year": 12}

_FORM = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})|-Q(?P<quarter>[1-4]))?")


class PeriodError(ValueError):
    """A text that is no period."""

    def __init__(self, text: str) -> None:
        super().__init__(f"{text!r} is not a period. Write 2026-05, 2026-Q2 or 2026.")
        self.text = text


def fiscal_first_month() -> int:
    """The month, 1 to 12, in which the fiscal year begins."""
    return policy().fiscal_first_month


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A span of whole months. Its text is `2026-05`, `2026-Q2` or `2026`.

    A fiscal year bears the number of the calendar year it begins in.
    """

    kind: Kind
    start: date
    """The first day."""
    first_month: int = field(default_factory=fiscal_first_month, repr=False)

    @property
    def end(self) -> date:
        """The first day after the period."""
        return add_months(self.start, MONTHS[self.kind])

    @classmethod
    def parse(cls, text: str) -> "Period":
        """The period a text names. Raises PeriodError."""
        found = _FORM.fullmatch(text.strip())
        if found is None:
            raise PeriodError(text)
        year, month, quarter = (found[name] for name in ("year", "month", "quarter"))
        try:
            if month:
                return cls("month", date(int(year), int(month), 1))
            begin = date(int(year), fiscal_first_month(), 1)
        except ValueError as error:
            raise PeriodError(text) from error
        if quarter:
            return cls("quarter", add_months(begin, 3 * (int(quarter) - 1)))
        return cls("year", begin)

    @classmethod
    def containing(cls, kind: Kind, day: date) -> "Period":
        """The period of this kind that a day lies in."""
        first = fiscal_first_month()
        into_year = (day.month - first) % 12
        return cls(kind, add_months(day.replace(day=1), -(into_year % MONTHS[kind])))

    def __str__(self) -> str:
        if self.kind == "month":
            return f"{self.start:%Y-%m}"
        into_year = (self.start.month - self.first_month) % 12
        year = add_months(self.start, -into_year).year
        return f"{year}-Q{into_year // 3 + 1}" if self.kind == "quarter" else str(year)

    def shifted(self, periods: int) -> "Period":
        """The period so many later, or earlier where negative."""
        months = periods * MONTHS[self.kind]
        return Period(self.kind, add_months(self.start, months), self.first_month)

    def previous(self) -> "Period":
        """The period before this one."""
        return self.shifted(-1)

    def year_before(self) -> "Period":
        """The same period one year earlier."""
        return Period(self.kind, add_months(self.start, -12), self.first_month)

    def months(self) -> tuple["Period", ...]:
        """Its months, oldest first."""
        return tuple(
            Period("month", add_months(self.start, step), self.first_month)
            for step in range(MONTHS[self.kind])
        )

    def enclosing(self) -> tuple["Period", ...]:
        """The period itself, then the longer ones it lies in: quarter, year."""
        wider = KINDS[KINDS.index(self.kind) + 1 :]
        return (self, *(Period.containing(kind, self.start) for kind in wider))


def add_months(day: date, months: int) -> date:
    """The first day of the month so many months after that of `day`."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def periods_between(first: date, last: date) -> tuple[Period, ...]:
    """Every month from that of `first` to that of `last`, and every quarter and year they touch."""
    months = []
    month = Period("month", first.replace(day=1))
    while month.start <= last:
        months.append(month)
        month = month.shifted(1)
    found = dict.fromkeys(Period.containing(kind, m.start) for kind in KINDS for m in months)
    return tuple(found)
