"""Sparks: a line the size of a word, as a picture that stands in HTML.

Its colours hold on light and dark alike, since a picture does not know the page's scheme.
"""

from collections.abc import Sequence
from urllib.parse import quote

from pages.shared.markup import safe
from pages.shared.theme import EARLIER, STATUS, TARGET, Status

Point = tuple[float, float]

_WIDE, _HIGH, _EDGE = 120.0, 32.0, 4.0


def spark(
    values: Sequence[float | None],
    *,
    alt: str,
    status: Status = "none",
    targets: Sequence[float | None] = (),
    bounds: tuple[float, float] | None = None,
) -> str:
    """An image tag: a line with a gap where a value is missing, its last point by status.

    Targets are dashed. `bounds` puts several on one scale; without it the line fills its height.
    """
    picture = quote(_svg(values, targets, status, bounds), safe=" =:/,;()")
    return f'<img class="heng-spark" alt="{safe(alt)}" src="data:image/svg+xml,{picture}">'


def _svg(
    values: Sequence[float | None],
    targets: Sequence[float | None],
    status: Status,
    bounds: tuple[float, float] | None,
) -> str:
    low, high = bounds or _bounds([*values, *targets])
    points = _points(values, low, high)
    drawn = [
        _line(_points(targets, low, high), 'stroke-width="1" stroke-dasharray="3 3"'),
        _line(points, 'stroke-width="1.75" stroke-linejoin="round"'),
        *(_absent(place, len(points)) for place, point in enumerate(points) if point is None),
    ]
    if points and points[-1] is not None:
        drawn.append(_mark(points[-1], status))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE:g} {_HIGH:g}">'
        f"{''.join(drawn)}</svg>"
    )


def _bounds(values: Sequence[float | None]) -> tuple[float, float]:
    known = [value for value in values if value is not None]
    low, high = min(known, default=0.0), max(known, default=1.0)
    return (low, high) if high > low else (low - 1, high + 1)


def _points(values: Sequence[float | None], low: float, high: float) -> list[Point | None]:
    return [
        None
        if value is None
        else (
            _across(place, len(values)),
            _HIGH - _EDGE - (min(max(value, low), high) - low) / (high - low) * (_HIGH - 2 * _EDGE),
        )
        for place, value in enumerate(values)
    ]


def _across(place: int, places: int) -> float:
    return _EDGE + place * (_WIDE - 2 * _EDGE) / max(places - 1, 1)


def _line(points: Sequence[Point | None], style: str) -> str:
    """The path through the points, begun anew after each gap; a lone point is a dot."""
    pieces, dots = [], []
    for place, point in enumerate(points):
        if point is None:
            continue
        begins = place == 0 or points[place - 1] is None
        ends = place + 1 == len(points) or points[place + 1] is None
        pieces.append(f"{'M' if begins else 'L'}{point[0]:.1f} {point[1]:.1f}")
        if begins and ends:
            dots.append(
                f'<circle cx="{point[0]:.1f}" cy="{point[1]:.1f}" r="1.8" fill="{TARGET}"/>'
            )
    if not pieces:
        return ""
    path = "".join(pieces)
    return f'<path d="{path}" fill="none" stroke="{TARGET}" {style}/>{"".join(dots)}'


def _absent(place: int, places: int) -> str:
    return f'<path d="M{_across(place, places) - 2:.1f} {_HIGH - 2:g}h4" stroke="{EARLIER}"/>'


def _mark(point: Point, status: Status) -> str:
    x, y = point
    colour = STATUS[status]
    match status:
        case "amber":
            return f'<path d="M{x:.1f} {y - 4:.1f}l4 7h-8z" fill="{colour}"/>'
        case "red":
            cross = f"M{x - 3:.1f} {y - 3:.1f}l6 6m0-6l-6 6"
            return f'<path d="{cross}" stroke="{colour}" stroke-width="2.2"/>'
        case _:
            return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.2" fill="{colour}"/>'
