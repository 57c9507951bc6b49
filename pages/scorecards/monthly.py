"""Month by month: an indicator's chart with its target, the year before, and what is missing."""

from collections import defaultdict
from collections.abc import Sequence

from kpi.coverage import Coverage
from kpi.period import Period
from kpi.scorecard import Line
from pages.scorecards import values
from pages.scorecards.why import reason
from pages.shared import charts, figures
from pages.shared.markup import safe, show
from pages.shared.words import text

SHOWN = 13
READ = SHOWN + 12
"""How many months the chart needs: its own and those a year before them."""


def draw(lines: Sequence[Line], last: Period, department: str, coverage: Coverage) -> None:
    """The chart of the last 13 of these monthly lines, and why months have no value."""
    months = [last.shifted(step - SHOWN + 1) for step in range(SHOWN)]
    shown, before = lines[-SHOWN:], lines[:SHOWN]
    charts.show(_figure(shown, before, months), alt=_alt(shown, months), key="monthly")
    _missing(shown, months, department, coverage)


def _figure(
    shown: Sequence[Line], before: Sequence[Line], months: Sequence[Period]
) -> charts.Figure:
    labels = [figures.short_month(month.start) for month in months]
    is_share = shown[-1].indicator.unit == "percent"
    earlier = [line.value for line in before]
    figure = charts.trend(
        labels,
        [line.value for line in shown],
        name=text("Value"),
        targets=_targets(shown),
        earlier=earlier if any(value is not None for value in earlier) else None,
        statuses=[line.status for line in shown],
        share=is_share,
        height=320,
    )
    if any(line.goal.band_lo is not None and values.is_banded(line) for line in shown):
        figure["data"] = [*_band(labels, shown), *figure["data"]]
    figure["layout"]["xaxis"] |= _ticks(labels, months)
    absent = [label for label, line in zip(labels, shown, strict=True) if line.value is None]
    return charts.with_gaps(figure, absent)


def _ticks(labels: Sequence[str], months: Sequence[Period]) -> charts.Figure:
    """Every second month under the axis, the last among them; a year where it begins."""
    shown = range((len(months) - 1) % 2, len(months), 2)
    words, year = [], None
    for place in shown:
        month = months[place].start
        name = figures.month_name(month)
        words.append(name if month.year == year else f"{name}<br>{month.year}")
        year = month.year
    ticked = [charts.plain(labels[place]) for place in shown]
    return {"tickmode": "array", "tickvals": ticked, "ticktext": words, "tickangle": 0}


def _targets(shown: Sequence[Line]) -> list[float | None] | None:
    found = [values.aimed_at(line) for line in shown]
    return found if any(target is not None for target in found) else None


def _band(labels: Sequence[str], shown: Sequence[Line]) -> list[charts.Figure]:
    low = [line.goal.band_lo for line in shown]
    high = [line.goal.band_hi for line in shown]
    return charts.band(labels, low, high, name=text("Target"))


def _alt(shown: Sequence[Line], months: Sequence[Period]) -> str:
    said = [
        f"{figures.period(str(month))}: {values.value(line.indicator, line.value)}"
        for month, line in zip(months, shown, strict=True)
    ]
    return text("Value by month") + ". " + "; ".join(said)


def _missing(
    shown: Sequence[Line], months: Sequence[Period], department: str, coverage: Coverage
) -> None:
    """Each reason once, with its months."""
    reasons: dict[str, list[str]] = defaultdict(list)
    for month, line in zip(months, shown, strict=True):
        if line.value is None:
            why = reason(line, month, department, coverage)
            reasons[why].append(figures.period(str(month)))
    listed = "".join(
        f"<li><b>{safe(text(', ').join(of))}</b> {safe(why)}</li>" for why, of in reasons.items()
    )
    if listed:
        show(
            f'<p class="heng-quiet">{safe(text("Months without a value"))}</p>'
            f'<ul class="heng-missing">{listed}</ul>'
        )
