"""What of a period is over: months to come lack nothing yet."""

from datetime import date

from kpi.period import Period
from pages.shared import figures
from pages.shared.markup import safe
from pages.shared.words import text


def months_over(period: Period) -> tuple[Period, ...]:
    """The period's months that have ended, oldest first."""
    return tuple(month for month in period.months() if month.end <= date.today())


def until(period: Period) -> Period:
    """The last month of the period that is over; its first where none is."""
    over = months_over(period)
    return over[-1] if over else period.months()[0]


def still_running(period: Period) -> str:
    """A sentence, as HTML, where the period is not over; else nothing."""
    if period.end <= date.today():
        return ""
    over = months_over(period)
    known = figures.period(str(period))
    words = text("{period} is still running.", period=known)
    if over:
        last = figures.period(str(over[-1]))
        words = text(
            "{period} is still running; figures reach to {month}.", period=known, month=last
        )
    return f'<p class="heng-quiet">{safe(words)}</p>'
