"""Supervision, 4.1: risks and audit findings."""

from tests.kpi.second_computation.months import in_month
from tests.kpi.second_computation.policy import POLICY
from tests.kpi.second_computation.ratio import Number, needs

MATRIX = POLICY["risk_matrix"]


@needs("audit_findings")
def audit_rectification_on_time_rate(datasets, department, month):
    """Findings to rectify in the month, closed by then and verified.

    Internal audit answers for all of them, any other department for its own.
    """
    findings = in_month(datasets["audit_findings"], "due_date", month)
    if department != "internal_audit":
        findings = findings[findings.dept == department]
    rectified = (findings.closed_date <= findings.due_date) & findings.verified.eq(True)
    return rectified.sum(), len(findings)


@needs("risks")
def risk_treatment_on_time_rate(datasets, department, month):
    """Treatments due in the month, done by then.

    The register is copied every month: a treatment is one risk with one due date, and what its
    last copy says of it holds. A date that was moved before it came is not due.
    """
    risks = datasets["risks"]
    copies = risks[risks.dept == department].sort_values("snapshot_date")
    then = copies[copies.snapshot_date <= month.end_time].groupby("risk_id").tail(1)
    due = in_month(then, "plan_due", month)
    last = copies.groupby(["risk_id", "plan_due"]).tail(1)
    due = due[["risk_id", "plan_due"]].merge(last, on=["risk_id", "plan_due"])
    return (due.treated_date <= due.plan_due).sum(), len(due)


def risk_within_appetite_rate(datasets, department, months):
    """Open risks of the whole company whose residual level is not above what is accepted.

    The state of the last month of the period; nothing where that month's register is missing.
    """
    register = in_month(datasets["risks"], "snapshot_date", months[-1])
    left = register[register.status == "open"].fillna({"appetite": MATRIX["default_appetite"]})
    return Number(sum(_is_accepted(risk) for risk in left.itertuples()), len(left))


def _is_accepted(risk):
    level = MATRIX["rows"][risk.residual_likelihood - 1][risk.residual_impact - 1]
    return MATRIX["levels"].index(level) <= MATRIX["levels"].index(risk.appetite)
