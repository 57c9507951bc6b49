"""Targets and weights of the indicators, by year and department."""

from dataclasses import dataclass

from loaders.company import people

YEARS = (2024, 2025, 2026)


class Percent(float):
    """A share of one that the workbook shows as a percentage."""


Number = float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What an indicator is to reach in a year: a target, or a band to stay in."""

    indicator_id: str
    period: str
    dept: str
    target: Number = None
    floor: Number = None
    stretch: Number = None
    band_lo: Number = None
    band_hi: Number = None
    weight: float = 1
    approved_by: str = ""


_OWN: dict[str, tuple[tuple[str, tuple[Number, Number, Number], Number, Number, float], ...]] = {
    # department: indicator, target in 2024, 2025 and 2026, floor, stretch, weight
    "sales": (
        ("sales_attainment_rate", (1.0, 1.0, 1.0), 0.6, 1.1, 3),
        ("sales_growth_rate", (0.12, 0.14, 0.15), -0.08, 0.2, 1),
        ("new_customer_attainment_rate", (1.0, 1.0, 1.0), 0.3, 1.2, 1),
        ("perfect_order_rate", (0.93, 0.95, 0.96), 0.7, 0.98, 1),
        ("sales_gross_margin_rate", (0.39, 0.40, 0.405), 0.25, 0.42, 1),
    ),
    "customer_service": (
        ("service_csat", (0.87, 0.88, 0.90), 0.3, 0.96, 2),
        ("first_response_on_time_rate", (0.94, 0.95, 0.97), 0.4, 0.99, 2),
        ("complaint_on_time_resolution_rate", (0.94, 0.95, 0.97), 0.2, 0.99, 2),
    ),
    "technology": (
        ("it_ticket_on_time_rate", (0.93, 0.95, 0.96), 0.4, 0.99, 2),
        ("rd_milestone_on_time_rate", (0.85, 0.9, 0.9), 0.3, 0.95, 2),
    ),
    "operations": (
        ("project_on_time_rate", (0.85, 0.9, 0.9), 0.3, 1.0, 2),
        ("risk_within_appetite_rate", (0.9, 0.92, 0.95), 0.5, 1.0, 1),
    ),
    "marketing": (("brand_awareness_rate", (0.7, 0.74, 0.78), 0.4, 0.85, 2),),
    "internal_audit": (),
    "finance": (),
}
_SHARED: tuple[tuple[str, tuple[Number, Number, Number], Number, Number, float], ...] = (
    ("task_on_time_rate", (0.93, 0.95, 0.96), None, 0.98, 2),
    ("risk_treatment_on_time_rate", (0.9, 0.92, 0.95), 0.3, 1.0, 1),
    ("audit_rectification_on_time_rate", (0.9, 0.92, 0.95), 0.3, 1.0, 1),
)
RATINGS = (
    "rating_professional_skill",
    "rating_communication",
    "rating_teamwork",
    "rating_responsibility",
    "rating_dedication",
    "rating_initiative",
)


def targets() -> tuple[Target, ...]:
    """Every target by year, department and indicator."""
    return tuple(target for year in YEARS for dept in people.HEADS for target in _of(dept, year))


def _of(dept: str, year: int) -> list[Target]:
    # Internal audit is judged by how all findings are put right: it weighs more there.
    found = [_share(dept, year, *row) for row in (*_OWN[dept], *_SHARED)]
    found += _plain(dept, year)
    found.append(_band("schedule_performance_index", dept, year, 0.95, 1.1))
    found.append(_band("cost_performance_index", dept, year, 0.95, 1.15))
    found += [_target(key, dept, year, target=90, floor=40, stretch=95) for key in RATINGS]
    return found


def _share(
    dept: str,
    year: int,
    key: str,
    by_year: tuple[Number, Number, Number],
    floor: Number,
    stretch: Number,
    weight: float,
) -> Target:
    return _target(
        key,
        dept,
        year,
        target=_percent(by_year[YEARS.index(year)]),
        floor=_percent(floor),
        stretch=_percent(stretch),
        weight=3
        if (dept, key) == ("internal_audit", "audit_rectification_on_time_rate")
        else weight,
    )


def _plain(dept: str, year: int) -> list[Target]:
    place = YEARS.index(year)
    if dept == "marketing":
        return [
            _target("nps", dept, year, target=(32, 35, 38)[place], floor=-12, stretch=50, weight=2)
        ]
    if dept == "customer_service":
        ceiling = (28, 26, 24)[place]
        return [_target("complaint_rate_per_1000", dept, year, target=ceiling, weight=1)]
    if dept == "finance":
        ratio = _percent((0.3, 0.29, 0.28)[place])
        return [
            _band("budget_deviation_rate", dept, year, Percent(-0.03), Percent(0.03), weight=3),
            _target("expense_ratio", dept, year, target=ratio, weight=2),
        ]
    return []


def _band(key: str, dept: str, year: int, low: float, high: float, weight: float = 1) -> Target:
    return _target(key, dept, year, band_lo=low, band_hi=high, weight=weight)


def _target(key: str, dept: str, year: int, weight: float = 1, **numbers: Number) -> Target:
    return Target(
        indicator_id=key,
        period=str(year),
        dept=dept,
        weight=weight,
        approved_by=people.by_seat()["chief"][0].name,
        **numbers,
    )


def _percent(share: Number) -> Number:
    return None if share is None else Percent(share)
