"""Values, targets, scores and changes as the reader's language writes them, by unit."""

from decimal import ROUND_FLOOR, Decimal

from kpi.indicator import Indicator, Unit
from kpi.policy import policy
from kpi.scorecard import Line
from kpi.scoring import Goal
from pages.scorecards.cards import status_of
from pages.shared import figures
from pages.shared.words import text

_DECIMALS: dict[Unit, int] = {
    "percent": 1,
    "ratio": 2,
    "points": 1,
    "count": 0,
    "per_thousand": 1,
    "currency": 0,
    "days": 1,
    "hours": 1,
}


def value(indicator: Indicator, found: float | None) -> str:
    """A value of the indicator, with its unit where a number alone would not say it."""
    if found is None:
        return figures.MISSING
    return _figure(indicator, found).replace("-", "−")


def change(indicator: Indicator, now: float | None, before: float | None) -> str:
    """How far the value has moved, in the indicator's unit; a share in percentage points."""
    if now is None or before is None:
        return figures.MISSING
    is_share = indicator.unit == "percent"
    return figures.change(now - before, _DECIMALS[indicator.unit], points=is_share)


def goal(indicator: Indicator, held: Goal) -> str:
    """The target with its direction: `≥ 95%`, `≤ 5.0`, `0.95 – 1.10`."""
    if indicator.scoring is not None and indicator.scoring.needs_band:
        if held.band_lo is None or held.band_hi is None:
            return figures.MISSING
        if held.band_lo == -held.band_hi:
            return f"±{_aim(indicator, held.band_hi)}"
        return f"{_aim(indicator, held.band_lo)} – {_aim(indicator, held.band_hi)}"
    if held.target is None:
        return figures.MISSING
    sign = {"higher": "≥ ", "lower": "≤ "}.get(indicator.direction, "")
    return sign + _aim(indicator, held.target)


def aimed_at(line: Line) -> float | None:
    """The figure a chart draws as the target; None for a band."""
    return None if is_banded(line) else line.target


def is_banded(line: Line) -> bool:
    """Whether the value is held against a band rather than a target."""
    return line.indicator.scoring is not None and line.indicator.scoring.needs_band


def part(found: float | None) -> str:
    """A numerator or denominator: whole where it is whole."""
    if found is None:
        return figures.MISSING
    exact = round(found, 2)
    return figures.number(exact, 0 if exact == int(exact) else 2)


def fraction(line: Line) -> str:
    """What the value is made of: `54 ÷ 63`, `13 ÷ 493 × 1,000`; a total is its numerator alone."""
    if line.numerator is None or line.value is None:
        return figures.MISSING
    if line.indicator.denominator is None:
        return part(line.numerator)
    scale = line.indicator.scale
    times = "" if scale == 1 else f" × {figures.number(scale)}"
    return f"{part(line.numerator)} ÷ {part(line.denominator)}{times}"


def score(found: float | None) -> str:
    """A score with one decimal, or as many as it takes not to look like the next status."""
    if found is None:
        return figures.MISSING
    exact = Decimal(repr(found))
    for decimals in (1, 2, 3):
        shown = figures.number(exact, decimals)
        if status_of(float(shown)) == status_of(found):
            return shown
    return figures.number(exact.quantize(Decimal("0.01"), rounding=ROUND_FLOOR), 2)


def weight(line: Line) -> str:
    """What the line weighs, with a decimal only where it has one."""
    return figures.number(line.weight, 0 if line.weight == int(line.weight) else 1)


def is_default(line: Line) -> bool:
    """Whether the target is the catalogue's own, because the company has set none."""
    return line.target_origin == "default"


def thresholds() -> tuple[float, float]:
    """The scores that amber and green begin at."""
    return policy().amber_from, policy().green_from


def _figure(indicator: Indicator, found: float) -> str:
    decimals = _DECIMALS[indicator.unit]
    match indicator.unit:
        case "percent":
            return figures.percent(found, decimals)
        case "currency":
            return figures.money(found)
        case "days":
            return text("{figure} days", figure=figures.number(found, decimals))
        case "hours":
            return text("{figure} hours", figure=figures.number(found, decimals))
        case _:
            return figures.number(found, decimals)


def _aim(indicator: Indicator, found: float) -> str:
    if indicator.unit == "percent":
        whole = abs(found * 100 - round(found * 100)) < 1e-9
        return figures.percent(found, 0 if whole else 1).replace("-", "−")
    return value(indicator, found)
