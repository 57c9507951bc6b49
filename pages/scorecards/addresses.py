"""Links between the scorecard pages: each keeps the period and what it is compared with."""

from kpi.indicator import Indicator
from pages.shared import markup, organisation
from pages.shared.filters import View
from pages.shared.markup import safe
from pages.shared.words import named


def to_department(department: str, view: View) -> str:
    """A department's name that opens its scorecard."""
    return markup.link(
        "department",
        safe(organisation.department(department)),
        department=department,
        period=str(view.period),
        compare=view.comparison,
    )


def to_indicator(indicator: Indicator, department: str, view: View) -> str:
    """An indicator's name that opens its page for the department."""
    return markup.link(
        "indicator",
        safe(named(indicator.names)),
        indicator=indicator.key,
        department=department,
        period=str(view.period),
        compare=view.comparison,
    )
