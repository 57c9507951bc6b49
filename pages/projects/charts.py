"""The earned-value chart: what was planned, done and spent, month by month."""

from collections.abc import Sequence
from typing import Any

from kpi.earned_value import EarnedValue
from kpi.project import Status
from pages.shared import figures
from pages.shared.charts import Figure, folded
from pages.shared.theme import SERIES, STATUS, TARGET
from pages.shared.words import text

HEIGHT = 360
Limit = tuple[str, float | None, str, str]
"""A level line: its name, the amount, its dash and its colour."""

_NEAREST = 0.075
"""How near two labels may stand, as a share of the chart's height."""

_LINES = (
    ("planned_value", TARGET, "dash"),
    ("earned_value", SERIES[0], "solid"),
    ("actual_cost", SERIES[1], "solid"),
)


def names() -> dict[str, str]:
    """What each line is called."""
    return {
        "planned_value": text("Planned"),
        "earned_value": text("Done"),
        "actual_cost": text("Spent"),
    }


def earned_value(series: Sequence[Status]) -> Figure:
    """Three lines of money since the start, each named at its end; the budget and the forecast.

    `series` is the last report of each month and holds at least one.
    """
    months = [folded(figures.short_month(report.status_on)) for report in series]
    traces = [
        {
            "type": "scatter",
            "mode": "lines+markers" if len(series) == 1 else "lines",
            "x": months,
            "y": [getattr(report.value, line) for report in series],
            "name": names()[line],
            "line": {"color": colour, "width": 2.5, "dash": dash},
            "hovertemplate": "%{y:,.0f}",
        }
        for line, colour, dash in _LINES
    ]
    last = series[-1].value
    limits: list[Limit] = [(text("Budget"), last.budget, "dot", TARGET)]
    if last.budget and last.estimate and last.estimate > last.budget:
        limits.append((text("Forecast"), last.estimate, "dot", STATUS["red"]))
    drawn = [getattr(report.value, line) for report in series for line, *_ in _LINES]
    top = 1.1 * max([value for _, value, *_ in limits if value] + drawn) or 1.0
    return {"data": traces, "layout": _layout(months, top, last, limits)}


def _layout(
    months: Sequence[str], top: float, last: EarnedValue, limits: Sequence[Limit]
) -> Figure:
    known = [(name, value, dash, colour) for name, value, dash, colour in limits if value]
    ends = {line: getattr(last, line) for line, *_ in _LINES}
    places = spread({line: value / top for line, value in ends.items()})
    return {
        "height": HEIGHT,
        "margin": {"l": 8, "r": 104, "t": 12, "b": 8},
        "showlegend": False,
        "hovermode": "x unified",
        "dragmode": False,
        "xaxis": {"type": "category", "automargin": True, "fixedrange": True, "nticks": 7},
        "yaxis": {
            "automargin": True,
            "fixedrange": True,
            "range": [0, top],
            **_scale(top),
        },
        "shapes": [
            {
                "type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": value, "y1": value,
                "line": {"color": colour, "width": 1.5, "dash": dash},
            }
            for _, value, dash, colour in known
        ],
        "annotations": [
            *(_named(name, value) for name, value, *_ in known),
            *(_ended(line, ends[line], places[line] * top) for line, *_ in _LINES),
        ],
    }  # fmt: skip


def spread(places: dict[str, float], nearest: float = _NEAREST) -> dict[str, float]:
    """Places between 0 and 1, moved apart until none is nearer than `nearest` to another."""
    rising = sorted(places, key=lambda name: places[name])
    moved: dict[str, float] = {}
    floor = 0.0
    for name in rising:
        moved[name] = max(places[name], floor)
        floor = moved[name] + nearest
    ceiling = 1.0
    for name in reversed(rising):
        moved[name] = min(moved[name], ceiling)
        ceiling = moved[name] - nearest
    return moved


def _scale(top: float) -> dict[str, Any]:
    step = next(
        s for power in range(12) for s in (10**power, 2 * 10**power, 5 * 10**power) if top / s <= 6
    )
    marks = [step * n for n in range(int(top / step) + 1)]
    return {"tickvals": marks, "ticktext": [figures.money(mark) for mark in marks]}


def _named(name: str, value: float) -> Figure:
    return {
        "text": f"{name} {figures.money(value)}", "xref": "paper", "x": 0, "y": value,
        "xanchor": "left", "yanchor": "bottom", "showarrow": False, "font": {"size": 12},
    }  # fmt: skip


def _ended(line: str, value: float, place: float) -> Figure:
    colour = next(colour for name, colour, _ in _LINES if name == line)
    return {
        "text": f'<span style="color:{colour}">●</span> {names()[line]} {figures.money(value)}',
        "xref": "paper", "x": 1, "y": place, "xanchor": "left", "yanchor": "middle",
        "xshift": 6, "showarrow": False, "font": {"size": 12}, "align": "left",
    }  # fmt: skip
