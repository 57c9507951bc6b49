"""Ratings from all sides: per item the mean of each kind of rater, as dots on one scale."""

from collections.abc import Mapping, Sequence
from math import floor
from types import MappingProxyType

from kpi.catalog import catalog
from kpi.policy import policy
from kpi.rating import ItemRating, TypeMean
from pages.shared import figures
from pages.shared.listing import Column, listing
from pages.shared.markup import safe
from pages.shared.words import later, named, text

RATERS: Mapping[str, str] = MappingProxyType(
    {
        "superior": later("Superior"),
        "peer": later("Peers"),
        "customer": later("Customers"),
        "subordinate": later("Subordinates"),
        "self": later("Self"),
    }
)
GAP = 10.0
"""Points between the self-rating and the others' mean from which it is worth a word."""


def table(found: Sequence[ItemRating]) -> str:
    """The items with dots and figures, then what is withheld and why."""
    rated = {mean.rater_type for item in found for mean in item.types}
    rated |= {kind for item in found for kind in item.omitted}
    shown = [kind for kind in RATERS if kind in rated]
    low = _lowest(found)
    columns = [
        Column(title=text("Item"), kind="head"),
        Column(title=text("From {low} to 100", low=figures.number(low)), kind="wide"),
        *(Column(title=text(RATERS[kind]), kind="number") for kind in shown),
        Column(title=text("Together"), kind="number"),
    ]
    rows = (_row(item, shown, low) for item in sorted(found, key=_place))
    body = listing(columns, rows, caption=text("Ratings by item and kind of rater"))
    return f'<div class="heng-ratings">{_legend(shown)}{body}{_withheld(found)}</div>'


def item_name(item: str) -> str:
    """What an item is called."""
    known = catalog().indicators.get(f"rating_{item}")
    return named(known.names) if known else text("Overall")


def self_gap(item: ItemRating) -> float | None:
    """The self-rating less the weighted mean of the others; None where one of them is lacking."""
    own = next((mean.mean for mean in item.types if mean.rater_type == "self"), None)
    others = [mean for mean in item.types if mean.rater_type != "self"]
    weight = sum(mean.share for mean in others)
    if own is None or weight <= 0:
        return None
    return own - sum(mean.mean * mean.share for mean in others) / weight


def _place(item: ItemRating) -> tuple[int, str]:
    keys = list(catalog().indicators)
    key = f"rating_{item.item}"
    return (keys.index(key) if key in keys else len(keys), item.item)


def _lowest(found: Sequence[ItemRating]) -> int:
    """Where the scale begins: a round ten that leaves room under the lowest mean."""
    means = [mean.mean for item in found for mean in item.types]
    return max(0, min(60, floor((min(means, default=60.0) - 5) / 10) * 10))


def _row(item: ItemRating, shown: Sequence[str], low: int) -> list[str]:
    means = {mean.rater_type: mean for mean in item.types}
    return [
        f"{safe(item_name(item.item))}{_gap(item)}",
        _dots(item, low),
        *(_figure(kind, means, item) for kind in shown),
        f"<b>{figures.number(item.mean, 1)}</b>",
    ]


def _figure(kind: str, means: Mapping[str, TypeMean], item: ItemRating) -> str:
    if kind in means:
        return figures.number(means[kind].mean, 1)
    withheld = f"<small>{safe(text('withheld'))}</small>" if kind in item.omitted else ""
    return figures.MISSING + withheld


def _gap(item: ItemRating) -> str:
    gap = self_gap(item)
    if gap is None or abs(gap) < GAP:
        return ""
    points = figures.number(abs(gap))
    said = (
        text("▲ self-rating {points} points above the others", points=points)
        if gap > 0
        else text("▼ self-rating {points} points below the others", points=points)
    )
    return f"<small>{safe(said)}</small>"


def _dots(item: ItemRating, low: int) -> str:
    if not item.types:
        return figures.MISSING
    places = [_share(mean.mean, low) for mean in item.types]
    reach = f'<u style="left:{min(places):.1f}%;width:{max(places) - min(places):.1f}%"></u>'
    dots = "".join(
        f'<i class="heng-by-{mean.rater_type}" style="left:{_share(mean.mean, low):.1f}%"></i>'
        for mean in item.types
    )
    said = text(", ").join(
        text(
            "{rater} {mean}",
            rater=text(RATERS[mean.rater_type]),
            mean=figures.number(mean.mean, 1),
        )
        for mean in item.types
    )
    return f'<span class="heng-dots" role="img" aria-label="{safe(said)}">{reach}{dots}</span>'


def _share(mean: float, low: int) -> float:
    return max(mean - low, 0) / (100 - low) * 100


def _legend(shown: Sequence[str]) -> str:
    marks = "".join(
        f'<span><i class="heng-by-{kind}"></i>{safe(text(RATERS[kind]))}</span>' for kind in shown
    )
    return f'<p class="heng-legend">{marks}</p>'


def _withheld(found: Sequence[ItemRating]) -> str:
    """Which kinds of raters are left out, and why; nothing else is said of them."""
    left_out = [kind for kind in RATERS if any(kind in item.omitted for item in found)]
    said = [
        text(
            "{raters}: fewer than {count} rated in a round. So that nobody can be recognised, "
            "their ratings are neither shown nor counted; the other kinds take their weight.",
            raters=text(RATERS[kind]),
            count=policy().minimum_raters[kind],
        )
        for kind in left_out
    ]
    return "".join(f'<p class="heng-quiet">{safe(words)}</p>' for words in said)
