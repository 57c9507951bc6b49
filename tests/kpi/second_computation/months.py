"""Months: which belong to a period, which rows to a month, and which were delivered."""

import pandas as pd

DATED = {
    "budget_costs": "period",
    "project_status": "status_date",
    "risks": "snapshot_date",
    "sales_orders": "order_date",
    "sales_targets": "period",
    "satisfaction_surveys": "survey_date",
    "service_tickets": "created_at",
}
"""The column that says which month a row was delivered for."""

REGISTERS = ("audit_findings", "customers", "project_tasks", "projects")
"""What is delivered as one list, dates to come included."""

YEAR_BEFORE = " a year before"


def months_of(period):
    """The months of 2026-05, 2026-Q2 or 2026."""
    if "Q" in period:
        first = pd.Period(period.replace("-", ""), freq="Q").asfreq("M", "start")
        return tuple(pd.period_range(first, periods=3, freq="M"))
    if "-" in period:
        return (pd.Period(period, freq="M"),)
    return tuple(pd.period_range(f"{period}-01", periods=12, freq="M"))


def in_month(rows, date, month):
    """The rows whose date lies in the month."""
    return rows[rows[date].between(month.start_time, month.end_time)]


def delivered(datasets, dataset, month, department=None):
    """Whether the month's rows of a dataset ever came.

    Tickets come department by department. A register is known up to the last month in which
    anything was sold.
    """
    if dataset.endswith(YEAR_BEFORE):
        return delivered(datasets, dataset.removesuffix(YEAR_BEFORE), month - 12, department)
    if dataset in REGISTERS:
        return month <= datasets["sales_orders"].order_date.max().to_period("M")
    rows = datasets[dataset]
    if dataset == "service_tickets":
        rows = rows[rows.dept == department]
    return not in_month(rows, DATED[dataset], month).empty
