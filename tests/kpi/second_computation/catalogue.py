"""Every indicator of the first set: which computation it is, and for which departments."""

from functools import cache

from tests.kpi.second_computation import finance, marketing, projects, ratings, risks, sales
from tests.kpi.second_computation import service as desk
from tests.kpi.second_computation.months import months_of
from tests.kpi.second_computation.ratio import added_up

ALL = (
    "operations",
    "marketing",
    "sales",
    "customer_service",
    "technology",
    "finance",
    "internal_audit",
)

ADDED_UP = {
    sales.sales_attainment_rate: ("sales",),
    sales.sales_growth_rate: ("sales",),
    sales.new_customer_attainment_rate: ("sales",),
    sales.perfect_order_rate: ("sales",),
    sales.sales_gross_margin_rate: ("sales",),
    marketing.nps: ("marketing",),
    marketing.brand_awareness_rate: ("marketing",),
    desk.service_csat: ("customer_service",),
    desk.first_response_on_time_rate: ("customer_service",),
    desk.complaint_on_time_resolution_rate: ("customer_service",),
    desk.complaint_rate_per_1000: ("customer_service",),
    desk.it_ticket_on_time_rate: ("technology",),
    projects.rd_milestone_on_time_rate: ("technology",),
    projects.project_on_time_rate: ("operations",),
    projects.task_on_time_rate: ALL,
    finance.budget_deviation_rate: ("finance",),
    finance.expense_ratio: ("finance",),
    risks.audit_rectification_on_time_rate: ALL,
    risks.risk_treatment_on_time_rate: ALL,
}
"""What is summed over the months of a period."""

AT_THE_END = {
    projects.schedule_performance_index: ALL,
    projects.cost_performance_index: ALL,
    risks.risk_within_appetite_rate: ("operations",),
}
"""What holds at the end of a period."""

RATED = ratings.CAPABILITY + ratings.ATTITUDE


@cache
def numbers(datasets, period):
    """Every number of a period, by indicator and department."""
    months = months_of(period)
    computed = {
        (rule.__name__, department): number(rule, datasets, department, months)
        for rule, departments in (ADDED_UP | AT_THE_END).items()
        for department in departments
    }
    rated = {
        (f"rating_{item}", department): ratings.rating(datasets, item, department, months)
        for item in RATED
        for department in ALL
    }
    return computed | rated


def number(rule, datasets, department, months, calendar=None):
    """What a rule comes to; the calendar is what was delivered, where the datasets are a part."""
    if rule in AT_THE_END:
        return rule(datasets, department, months)
    return added_up(rule, datasets, department, months, calendar or datasets)
