"""How an indicator stands: value and parts, target, score, and both comparisons."""

from kpi.coverage import Coverage
from kpi.scorecard import Line
from pages.scorecards import values
from pages.scorecards.lines import compared_periods, then
from pages.scorecards.why import reason
from pages.shared import figures
from pages.shared.facts import Fact, facts
from pages.shared.filters import View
from pages.shared.words import text


def standing(line: Line, department: str, view: View, coverage: Coverage) -> str:
    """The figures that a line of the scorecard has, each with what it means."""
    why = reason(line, view.period, department, coverage)
    whole = text("Of the whole company") if line.level == "company" else ""
    known = Fact(
        title=figures.period(str(view.period)),
        figure=values.value(line.indicator, line.value),
        note=_joined(values.fraction(line) if line.value is not None else why, whole),
        status=line.status,
    )
    target = Fact(
        title=text("Target"),
        figure=values.goal(line.indicator, line.goal),
        note=_origin(line),
    )
    score = Fact(
        title=text("Score"),
        figure=values.score(line.score),
        note=_joined(
            text("Weight {weight}", weight=values.weight(line)),
            why if line.value is not None else "",
        ),
    )
    earlier = [
        _compared(line, then(line, period, view), str(period))
        for period in compared_periods(view.period)
    ]
    return facts((known, target, score, *earlier))


def _compared(line: Line, before: float | None, period: str) -> Fact:
    known = figures.period(period)
    note = text("No value in {period}", period=known)
    if before is not None:
        note = text("from {value}", value=values.value(line.indicator, before))
    return Fact(
        title=text("Against {period}", period=known),
        figure=values.change(line.indicator, line.value, before),
        note=note,
    )


def _origin(line: Line) -> str:
    match line.target_origin:
        case "workbook":
            return text("Set by the company")
        case "default":
            return text("Default, until the company sets its own")
        case _:
            return text("No target has been set")


def _joined(*notes: str) -> str:
    return " · ".join(note for note in notes if note)
