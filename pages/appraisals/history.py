"""The history of a person's totals, against where the grades begin."""

from collections.abc import Sequence

from kpi.appraisal import AppraisalResult
from kpi.policy import policy
from pages.appraisals.grades import colour
from pages.shared import figures
from pages.shared.charts import Figure, folded, plain
from pages.shared.theme import SERIES, STATUS, TARGET
from pages.shared.words import named, text

_SYMBOLS = {"green": "circle", "amber": "triangle-up", "red": "x", "none": "circle-open"}


def chart(found: Sequence[AppraisalResult]) -> Figure:
    """A line over the periods, its points by grade, with the grades' beginnings across it."""
    totals = [result.total for result in found]
    lowest = min([total for total in totals if total is not None], default=60)
    floor = max(0, min(50, lowest - 8))
    starts = [grade for grade in policy().grades if grade.start > floor]
    labels = [_label(result) for result in found]
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines+markers+text",
                "x": labels,
                "y": totals,
                "text": _labels(totals),
                "textposition": "top center",
                "textfont": {"size": 12},
                "line": {"color": SERIES[0], "width": 2.5},
                "marker": {
                    "size": 10,
                    "color": [STATUS[colour(result.grade)] for result in found],
                    "symbol": [_SYMBOLS[colour(result.grade)] for result in found],
                },
                "cliponaxis": False,
                "hoverinfo": "skip",
                "connectgaps": False,
            }
        ],
        "layout": {
            "height": 280,
            "margin": {"l": 8, "r": 104, "t": 20, "b": 8},
            "showlegend": False,
            "dragmode": False,
            "xaxis": {"type": "category", "automargin": True, "fixedrange": True, "nticks": 8},
            "yaxis": {"visible": False, "fixedrange": True, "range": [floor, 103]},
            "shapes": [
                {
                    "type": "line", "xref": "paper", "x0": 0, "x1": 1,
                    "y0": grade.start, "y1": grade.start, "layer": "below",
                    "line": {"color": TARGET, "width": 1, "dash": "dot"},
                }
                for grade in starts
            ],
            "annotations": [
                {
                    "text": f"{plain(named(grade.names))}<br>≥ {grade.start:g}", "xref": "paper",
                    "x": 1, "xanchor": "left", "xshift": 6, "align": "left", "y": grade.start,
                    "showarrow": False, "font": {"size": 11},
                }
                for grade in starts
            ],
        },
    }  # fmt: skip


def said(found: Sequence[AppraisalResult]) -> str:
    """The same in a sentence."""
    told = text("; ").join(
        text(
            "{period} {total}",
            period=figures.period(str(result.period)),
            total=figures.number(result.total, 1),
        )
        for result in found
    )
    return text("Totals by period: {totals}.", totals=told)


def _labels(totals: Sequence[float | None]) -> list[str]:
    """The figures at the points; of many only the lowest, the highest and the last."""
    known = [total for total in totals if total is not None]
    told = (
        set(totals)
        if len(totals) <= 8
        else {min(known, default=None), max(known, default=None), totals[-1]}
    )
    return [
        figures.number(total, 1) if total is not None and total in told else "" for total in totals
    ]


def _label(result: AppraisalResult) -> str:
    if result.period.kind == "month":
        return folded(figures.short_month(result.period.start))
    return folded(figures.period(str(result.period)))
