"""Charts as plain Plotly dictionaries: cheap to build, themed by Streamlit in the browser.

Every builder returns a figure for `show`. Shares are shares of one. Values may be None: a gap.
Names of things go in as they are; `plain` keeps them from being read as markup.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from pages.shared.theme import BANDS, EARLIER, SERIES, STATUS, TARGET, Status
from pages.shared.words import text

Figure = dict[str, Any]
Value = float | None

_CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "responsive": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletRow:
    """One line of a bullet chart, on its own scale."""

    name: str
    value: float
    target: float | None
    lowest: float
    highest: float
    status: Status
    figure: str
    """The value as the reader's language writes it."""


def show(figure: Figure, *, alt: str, key: str) -> None:
    """Draw a figure; `alt` says in a sentence what it shows, for those who cannot see it."""
    st.plotly_chart(figure, theme="streamlit", key=key, alt=alt, config=_CONFIG, width="stretch")


def plain(name: object) -> str:
    """Data as Plotly shows it letter by letter."""
    return (
        str(name)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("$", "&#36;")
    )


def folded(label: str) -> str:
    """The label of a period on two lines, so that more of them stand side by side."""
    at = label.find("年") + 1 or label.find(" ")
    return label if at in (-1, len(label)) else f"{label[:at]}<br>{label[at:].strip()}"


def trend(
    labels: Sequence[str],
    values: Sequence[Value],
    *,
    name: str,
    targets: Sequence[Value] | None = None,
    earlier: Sequence[Value] | None = None,
    statuses: Sequence[Status] | None = None,
    share: bool = False,
    height: int = 300,
) -> Figure:
    """A line over periods, its target dashed, the year before in grey, points by status."""
    traces = []
    if earlier is not None:
        traces.append(_line(labels, earlier, text("A year before"), EARLIER, width=1.5))
    if targets is not None:
        traces.append(_line(labels, targets, text("Target"), TARGET, width=1.5, dash="dash"))
    line = _line(labels, values, plain(name), SERIES[0], width=2.5)
    line["mode"] = "lines+markers"
    line["marker"] = {
        "size": 8,
        "color": [STATUS[s] for s in statuses] if statuses else SERIES[0],
        "symbol": [_SYMBOLS[s] for s in statuses] if statuses else "circle",
    }
    return _figure([*traces, line], height=height, share=share)


def band(
    labels: Sequence[str], low: Sequence[Value], high: Sequence[Value], *, name: str
) -> list[Figure]:
    """Two traces that shade the range between low and high; to stand before a trend's own."""
    edge = _line(labels, low, plain(name), TARGET, width=0) | {"showlegend": False}
    filled = _line(labels, high, plain(name), TARGET, width=0)
    filled |= {"fill": "tonexty", "fillcolor": BANDS["green"]}
    return [trace | {"hoverinfo": "skip", "hovertemplate": None} for trace in (edge, filled)]


def with_gaps(figure: Figure, labels: Sequence[str]) -> Figure:
    """The figure with a dash at the foot of every label that has no value."""
    figure["layout"]["annotations"] = [
        {
            "x": plain(label),
            "xref": "x",
            "y": 0,
            "yref": "paper",
            "yanchor": "bottom",
            "text": "—",
            "showarrow": False,
            "font": {"size": 16},
        }
        for label in labels
    ]
    return figure


def bars(
    labels: Sequence[str],
    values: Sequence[Value],
    *,
    name: str,
    statuses: Sequence[Status] | None = None,
    figures: Sequence[str] | None = None,
    share: bool = False,
    height: int = 300,
) -> Figure:
    """Upright bars from zero; `figures` are written above them."""
    bar = {
        "type": "bar",
        "x": [plain(label) for label in labels],
        "y": list(values),
        "name": plain(name),
        "marker": {"color": [STATUS[s] for s in statuses] if statuses else SERIES[0]},
        "text": [plain(figure) for figure in figures] if figures else None,
        "textposition": "outside",
        "cliponaxis": False,
        "hovertemplate": _hover(share),
    }
    return _figure([bar], height=height, share=share)


def ranked(
    labels: Sequence[str],
    values: Sequence[Value],
    *,
    name: str,
    figures: Sequence[str],
    statuses: Sequence[Status] | None = None,
) -> Figure:
    """Lying bars, the first on top, each with its figure at the end."""
    bar = {
        "type": "bar",
        "orientation": "h",
        "y": [plain(label) for label in labels],
        "x": list(values),
        "name": plain(name),
        "marker": {"color": [STATUS[s] for s in statuses] if statuses else SERIES[0]},
        "text": [plain(figure) for figure in figures],
        "textposition": "outside",
        "cliponaxis": False,
        "hoverinfo": "skip",
    }
    figure = _figure([bar], height=60 + 34 * len(labels), share=False)
    figure["layout"]["yaxis"] = {"type": "category", "autorange": "reversed", "automargin": True}
    figure["layout"]["xaxis"] = {"visible": False}
    figure["layout"]["margin"]["r"] = 90
    return figure


def bullet(rows: Sequence[BulletRow]) -> Figure:
    """One bar per row with its target as a tick; each row has its own scale from 0 to 1."""
    names = [plain(row.name) for row in rows]
    bar = {
        "type": "bar",
        "orientation": "h",
        "y": names,
        "x": [_placed(row, row.value) for row in rows],
        "width": 0.46,
        "marker": {"color": [STATUS[row.status] for row in rows]},
        "text": [plain(row.figure) for row in rows],
        "textposition": "outside",
        "cliponaxis": False,
        "hoverinfo": "skip",
        "showlegend": False,
    }
    aimed = [row for row in rows if row.target is not None]
    ticks = {
        "type": "scatter",
        "mode": "markers",
        "y": [plain(row.name) for row in aimed],
        "x": [_placed(row, row.target) for row in aimed],
        "marker": {"symbol": "line-ns", "size": 20, "line": {"width": 3, "color": TARGET}},
        "name": text("Target"),
        "hoverinfo": "skip",
    }
    figure = _figure([bar, ticks], height=70 + 40 * len(rows), share=False)
    figure["layout"]["yaxis"] = {"type": "category", "autorange": "reversed", "automargin": True}
    figure["layout"]["xaxis"] = {"visible": False, "range": [0, 1.18]}
    figure["layout"]["shapes"] = [
        {
            "type": "rect",
            "xref": "x",
            "yref": "y",
            "x0": 0,
            "x1": 1,
            "y0": place - 0.36,
            "y1": place + 0.36,
            "fillcolor": BANDS["none"],
            "line": {"width": 0},
            "layer": "below",
        }
        for place in range(len(rows))
    ]
    return figure


_SYMBOLS = {"green": "circle", "amber": "triangle-up", "red": "x", "none": "circle-open"}


def _line(
    labels: Sequence[str],
    values: Sequence[Value],
    name: str,
    colour: str,
    *,
    width: float,
    dash: str = "solid",
) -> Figure:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [plain(label) for label in labels],
        "y": list(values),
        "name": name,
        "line": {"color": colour, "width": width, "dash": dash},
        "connectgaps": False,
    }


def _figure(traces: list[Figure], *, height: int, share: bool) -> Figure:
    for trace in traces:
        trace.setdefault("hovertemplate", _hover(share))
    return {
        "data": traces,
        "layout": {
            "height": height,
            "margin": {"l": 8, "r": 8, "t": 28, "b": 8},
            "xaxis": {"type": "category", "automargin": True, "fixedrange": True},
            "yaxis": {
                "automargin": True,
                "fixedrange": True,
                "tickformat": ",.0%" if share else ",~r",
            },
            "hovermode": "x unified",
            "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
            "showlegend": len(traces) > 1,
            "dragmode": False,
            "bargap": 0.35,
        },
    }


def _hover(share: bool) -> str:
    return "%{y:.1%}" if share else "%{y:,.2~f}"


def _placed(row: BulletRow, value: float | None) -> float | None:
    if value is None:
        return None
    span = (row.highest - row.lowest) or 1.0
    return min(max((value - row.lowest) / span, 0.0), 1.0)
