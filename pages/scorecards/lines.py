"""The lines of a scorecard: one indicator each, aligned on a wide screen, a card on a phone."""

from collections.abc import Sequence
from datetime import date

from kpi.coverage import Coverage
from kpi.indicator import Indicator
from kpi.period import Period
from kpi.scorecard import Line
from kpi.scoring import Goal
from pages.scorecards import values
from pages.scorecards.addresses import to_indicator
from pages.scorecards.bars import bar
from pages.scorecards.why import in_a_row, reason, sentence, undelivered
from pages.shared import figures, markup
from pages.shared.filters import View
from pages.shared.listing import Column, listing
from pages.shared.markup import safe
from pages.shared.spark import spark
from pages.shared.words import text


def table(
    lines: Sequence[Line], department: str, view: View, coverage: Coverage, *, caption: str
) -> str:
    """Every line with value, target, score, status, trend, both comparisons and weight."""
    columns = (
        Column(title=text("Indicator"), kind="head"),
        Column(title=text("Value"), kind="number heng-value"),
        Column(title=text("Target"), kind="number heng-aim"),
        Column(title=text("Score"), kind="score"),
        Column(title=text("Status"), kind="verdict"),
        Column(title=text("Last 13 months"), kind="trend"),
        *(
            Column(title=_against(period), kind="number heng-against")
            for period in compared_periods(view.period)
        ),
        Column(title=text("Weight"), kind="number heng-weight"),
    )
    rows = [_row(line, department, view, coverage) for line in lines]
    return f'<div class="heng-lines">{listing(columns, rows, caption=caption)}</div>'


def compared_periods(period: Period) -> tuple[Period, ...]:
    """The periods a value is compared with: the one before and a year before, each once."""
    return tuple(dict.fromkeys((period.previous(), period.year_before())))


def compared(line: Line, before: float | None) -> str:
    """How far the value has moved, coloured by whether that is for the better; then from where."""
    if before is None or line.value is None:
        return safe(figures.MISSING)
    moved = safe(values.change(line.indicator, line.value, before))
    better = _nearer(line.indicator, line.goal, line.value, before)
    is_seen = any(digit in "123456789" for digit in moved)
    colour = "" if better is None or not is_seen else " heng-better" if better else " heng-worse"
    origin = safe(text("from {value}", value=values.value(line.indicator, before)))
    return f'<span class="heng-moved{colour}">{moved}</span><small>{origin}</small>'


def trend_line(line: Line) -> str:
    """The last 13 months as a spark, with the words of what it shows."""
    found = [point.value for point in line.trend if point.period.end <= date.today()]
    target = values.aimed_at(line)
    return spark(
        found,
        alt=_trend_words(line),
        status=line.status if found and found[-1] is not None else "none",
        targets=() if target is None else [target] * len(found),
    )


def _row(line: Line, department: str, view: View, coverage: Coverage) -> tuple[str, ...]:
    default = f"<small>{safe(text('default'))}</small>" if values.is_default(line) else ""
    return (
        f"{to_indicator(line.indicator, department, view)}"
        f"{_notes(line, department, view, coverage)}",
        f"<b>{safe(values.value(line.indicator, line.value))}</b>",
        f"{safe(values.goal(line.indicator, line.goal))}{default}",
        f"{bar(line.score)}<span>{safe(values.score(line.score))}</span>",
        markup.status(line.status),
        trend_line(line),
        *(compared(line, then(line, each, view)) for each in compared_periods(view.period)),
        safe(values.weight(line)),
    )


def _notes(line: Line, department: str, view: View, coverage: Coverage) -> str:
    notes = [reason(line, view.period, department, coverage)]
    if line.is_partial:
        absent = undelivered(line, view.period, department, coverage)
        notes.append(in_a_row(sentence(one) for one in absent))
    if line.level == "company":
        notes.append(text("Of the whole company"))
    if line.indicator.scoring is None:
        notes.append(text(figures.REASONS["context"]))
    return "".join(f"<small>{safe(note)}</small>" for note in notes if note)


def then(line: Line, period: Period, view: View) -> float | None:
    """The line's value in one of the periods it is compared with."""
    return line.previous if period == view.period.previous() else line.year_before


def _against(period: Period) -> str:
    return text("Against {period}", period=figures.period(str(period)))


def _nearer(indicator: Indicator, goal: Goal, now: float, before: float) -> bool | None:
    """Whether the value has moved the right way; None where it has not moved or no way is right."""
    match indicator.direction:
        case "higher":
            gain = now - before
        case "lower":
            gain = before - now
        case "band":
            gain = _outside(goal, before) - _outside(goal, now)
        case _:
            return None
    return None if abs(gain) < 1e-9 else gain > 0


def _outside(goal: Goal, value: float) -> float:
    low = goal.band_lo if goal.band_lo is not None else goal.target
    high = goal.band_hi if goal.band_hi is not None else goal.target
    if low is None or high is None:
        return 0.0
    return max(low - value, value - high, 0.0)


def _trend_words(line: Line) -> str:
    found = [(p.value, p.period) for p in line.trend if p.value is not None]
    if not found:
        return text("No values in the last 13 months")
    lowest, highest = min(found), max(found)
    return text(
        "Lowest {lowest} in {low_month}, highest {highest} in {high_month}; "
        "{count} of 13 months have a value",
        lowest=values.value(line.indicator, lowest[0]),
        low_month=figures.period(str(lowest[1])),
        highest=values.value(line.indicator, highest[0]),
        high_month=figures.period(str(highest[1])),
        count=len(found),
    )
