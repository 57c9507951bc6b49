"""Appraisal, section 5: indicators become dimensions, a total and a grade."""

from decimal import ROUND_HALF_UP, Decimal

from tests.kpi.second_computation.catalogue import ADDED_UP, AT_THE_END, number, numbers
from tests.kpi.second_computation.months import months_of
from tests.kpi.second_computation.policy import POLICY
from tests.kpi.second_computation.ratings import ATTITUDE, CAPABILITY, employee_ratings
from tests.kpi.second_computation.scores import score

NOBODYS_OWN = (
    "audit_rectification_on_time_rate",
    "brand_awareness_rate",
    "budget_deviation_rate",
    "complaint_rate_per_1000",
    "expense_ratio",
    "nps",
)
"""Indicators whose rows, or whose denominator's, do not say which employee they belong to."""


def quarter_total(datasets, employee, quarter):
    """The mean of the totals of the months employed and the quarter as a whole, not rounded."""
    person = datasets["employees"].set_index("emp_id").loc[employee]
    months = [month for month in months_of(quarter) if _is_employed(person, month)]
    monthly = [total(datasets, employee, str(month)) for month in months]
    known = [points for points in monthly if points is not None]
    share = POLICY["period_share"]["quarter"]
    return share * sum(known) / len(known) + (1 - share) * total(datasets, employee, quarter)


def total(datasets, employee, period):
    """The weighted mean of the dimensions that are known; None without performance."""
    found = dimensions(datasets, employee, period)
    if found["performance"] is None:
        return None
    known = {name: points for name, points in found.items() if points is not None}
    weights = POLICY["dimensions"]
    return sum(weights[name] * known[name] for name in known) / sum(weights[n] for n in known)


def dimensions(datasets, employee, period):
    """Performance, capability and attitude of an employee; None where too little is known."""
    rated = employee_ratings(datasets, months_of(period))
    points = rated[rated.ratee_id == employee].set_index("item").points
    return {
        "performance": performance(datasets, employee, period),
        "capability": _mean_of(points, CAPABILITY),
        "attitude": _mean_of(points, ATTITUDE),
    }


def performance(datasets, employee, period):
    """The own indicators and the department's, by policy; one alone where the other is missing."""
    person = datasets["employees"].set_index("emp_id").loc[employee]
    own = own_performance(datasets, employee, person.dept, period)
    around = department_performance(datasets, person.dept, period)
    if own is None or around is None:
        return around if own is None else own
    share = POLICY["own_share"]["head" if person.role_group == "head" else "staff"]
    return share * own + (1 - share) * around


def own_performance(datasets, employee, department, period):
    """The employee's own rows, held against what the department aims at."""
    own = datasets.of_employee(employee)
    found = {
        rule.__name__: number(rule, own, department, months_of(period), calendar=datasets)
        for rule, departments in (ADDED_UP | AT_THE_END).items()
        if department in departments and rule.__name__ not in NOBODYS_OWN
    }
    # An indicator on which the employee had nothing to do is not the employee's.
    done = {name: each for name, each in found.items() if each.denominator}
    return _rolled_up(datasets, done, department, period)


def department_performance(datasets, department, period):
    """All of a department's indicators but the ratings."""
    found = {
        name: each
        for (name, owner), each in numbers(datasets, period).items()
        if owner == department and not name.startswith("rating_")
    }
    return _rolled_up(datasets, found, department, period)


def department_dimensions(datasets, department, period):
    """Performance, capability and attitude of a department; a rating is a score as it stands."""
    known = numbers(datasets, period)
    rated = {item: known[f"rating_{item}", department].value for item in CAPABILITY + ATTITUDE}
    points = {item: value for item, value in rated.items() if value is not None}
    return {
        "performance": department_performance(datasets, department, period),
        "capability": _mean_of(points, CAPABILITY),
        "attitude": _mean_of(points, ATTITUDE),
    }


def grade(points):
    """The best grade that begins at or below these points."""
    begins = {name: each["from"] for name, each in POLICY["grades"].items()}
    return max((name for name in begins if begins[name] <= points), key=begins.get)


def rounded(points):
    """Half-up to two decimals."""
    return float(Decimal(str(round(points, 9))).quantize(Decimal("0.01"), ROUND_HALF_UP))


def _rolled_up(datasets, found, department, period):
    """The weighted mean of what has a score; None where that is too little of the weight."""
    goals = _goals(datasets, department, period)
    weights = {name: goals.loc[name].weight for name in found}
    scores = {name: score(name, each, goals.loc[name]) for name, each in found.items()}
    known = {name: points for name, points in scores.items() if points is not None}
    weight = sum(weights[name] for name in known)
    if not known or weight < POLICY["roll_up"]["hidden_below"] * sum(weights.values()):
        return None
    return sum(weights[name] * points for name, points in known.items()) / weight


def _goals(datasets, department, period):
    goals = datasets["indicator_targets"]
    year = period[:4]
    return goals[(goals.dept == department) & (goals.period == year)].set_index("indicator_id")


def _is_employed(person, month):
    left = person.leave_date < month.start_time  # never true of a missing date
    return person.hire_date <= month.end_time and not left


def _mean_of(points, items):
    known = [points[item] for item in items if item in points]
    return sum(known) / len(known) if known else None
