"""Earned value: how a project stands in time and money, and what it will cost in the end.

Money is cumulative from the start of the project, all in one currency. A figure that the numbers
do not determine is Undefined with its reason, never infinity.

PMI, Practice Standard for Earned Value Management.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate
from types import MappingProxyType


class Undefined(ValueError):
    """A figure that the numbers do not determine.

    `reason` is no_planned_value, no_earned_value, no_actual_cost, no_budget, budget_spent or
    no_work_left.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(f"The figure is not defined: {reason}.")
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class EarnedValue:
    """A project's earned value at one date, with every figure that follows from it."""

    planned_value: float
    earned_value: float
    actual_cost: float
    budget: float | None
    """Budget at completion."""
    schedule_variance: float
    """Earned less planned value: negative is late."""
    cost_variance: float
    """Earned value less actual cost: negative is over cost."""
    schedule_index: float | None
    """SPI: under 1 is late."""
    cost_index: float | None
    """CPI: under 1 is over cost."""
    percent_complete: float | None
    """Share of the budget earned."""
    estimate: float | None
    """Estimate at completion if the cost so far is typical: budget / CPI."""
    estimate_atypical: float | None
    """The same if the rest costs what was planned."""
    estimate_combined: float | None
    """The same if lateness also costs: the rest at CPI x SPI."""
    estimate_to_complete: float | None
    """The estimate less what is spent."""
    variance_at_completion: float | None
    """Budget less estimate: negative is an overrun."""
    to_complete_budget: float | None
    """The cost index the rest needs to end within the budget."""
    to_complete_estimate: float | None
    """The cost index the rest needs to end at the estimate."""
    undefined: Mapping[str, str]
    """Why, for each figure that is None."""


def schedule_index(planned_value: float, earned_value: float) -> float:
    """SPI = EV / PV. Raises Undefined where nothing is planned yet."""
    return _ratio(earned_value, planned_value, "no_planned_value")


def cost_index(earned_value: float, actual_cost: float) -> float:
    """CPI = EV / AC. Raises Undefined where nothing is spent yet."""
    return _ratio(earned_value, actual_cost, "no_actual_cost")


def estimate_typical(budget: float, cost_index: float) -> float:
    """EAC = BAC / CPI. Raises Undefined where the index is not above zero."""
    return _ratio(budget, cost_index, "no_earned_value")


def estimate_atypical(budget: float, earned_value: float, actual_cost: float) -> float:
    """EAC = AC + (BAC - EV)."""
    return actual_cost + (budget - earned_value)


def estimate_combined(
    budget: float,
    earned_value: float,
    actual_cost: float,
    cost_index: float,
    schedule_index: float,
) -> float:
    """EAC = AC + (BAC - EV) / (CPI x SPI). Raises Undefined where an index is not above zero."""
    if cost_index <= 0 or schedule_index <= 0:
        raise Undefined("no_earned_value")
    return actual_cost + (budget - earned_value) / (cost_index * schedule_index)


def to_complete(
    budget: float, earned_value: float, actual_cost: float, goal: float | None = None
) -> float:
    """TCPI = (BAC - EV) / (goal - AC), the goal being BAC unless given.

    Raises Undefined where no work is left or nothing is left to spend on it.
    """
    if budget - earned_value <= 0:
        raise Undefined("no_work_left")
    return _ratio(
        budget - earned_value, (budget if goal is None else goal) - actual_cost, "budget_spent"
    )


def cumulated(amounts: Iterable[float]) -> tuple[float, ...]:
    """Amounts of single periods as running totals, as earned value needs them."""
    return tuple(accumulate(amounts))


def measured(
    planned_value: float, earned_value: float, actual_cost: float, budget: float | None
) -> EarnedValue:
    """Every figure at one date; one that is not defined is None, with its reason beside."""
    undefined: dict[str, str] = {}

    def figure(name: str, formula: Callable[[], float]) -> float | None:
        try:
            return formula()
        except Undefined as error:
            undefined[name] = error.reason
            return None

    pv, ev, ac = planned_value, earned_value, actual_cost
    spi = figure("schedule_index", lambda: schedule_index(pv, ev))
    cpi = figure("cost_index", lambda: cost_index(ev, ac))

    def given(value: float | None, source: str) -> float:
        # A figure that rests on an undefined one is undefined for the same reason.
        if value is None:
            raise Undefined(undefined.get(source, "no_budget"))
        return value

    def bac() -> float:
        return given(budget, "budget")

    eac = figure("estimate", lambda: estimate_typical(bac(), given(cpi, "cost_index")))
    return EarnedValue(
        planned_value=pv,
        earned_value=ev,
        actual_cost=ac,
        budget=budget,
        schedule_variance=ev - pv,
        cost_variance=ev - ac,
        schedule_index=spi,
        cost_index=cpi,
        percent_complete=figure("percent_complete", lambda: _ratio(ev, bac(), "no_budget")),
        estimate=eac,
        estimate_atypical=figure("estimate_atypical", lambda: estimate_atypical(bac(), ev, ac)),
        estimate_combined=figure(
            "estimate_combined",
            lambda: estimate_combined(
                bac(), ev, ac, given(cpi, "cost_index"), given(spi, "schedule_index")
            ),
        ),
        estimate_to_complete=figure("estimate_to_complete", lambda: given(eac, "estimate") - ac),
        variance_at_completion=figure(
            "variance_at_completion", lambda: bac() - given(eac, "estimate")
        ),
        to_complete_budget=figure("to_complete_budget", lambda: to_complete(bac(), ev, ac)),
        to_complete_estimate=figure(
            "to_complete_estimate", lambda: to_complete(bac(), ev, ac, given(eac, "estimate"))
        ),
        undefined=MappingProxyType(undefined),
    )


def _ratio(part: float, whole: float, reason: str) -> float:
    if whole <= 0:
        raise Undefined(reason)
    return part / whole
