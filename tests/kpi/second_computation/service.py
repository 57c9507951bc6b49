"""Customer service, 2.4, and technology's internal support, 2.5.3: tickets and answers."""

from tests.kpi.second_computation.months import in_month
from tests.kpi.second_computation.ratio import needs


@needs("satisfaction_surveys")
def service_csat(datasets, department, month):
    """Four or five of five, of everybody who answered; the undecided are counted too."""
    surveys = in_month(datasets["satisfaction_surveys"], "survey_date", month)
    answers = surveys[(surveys.subject == "service") & surveys.score.notna()]
    return (answers.score / answers.scale_max >= 0.8).sum(), len(answers)


@needs("service_tickets")
def first_response_on_time_rate(datasets, department, month):
    """Inquiries to answer in the month, answered by then; no answer is a failure."""
    return _in_time(datasets, "inquiry", month, "first_response_due", "first_response_at")


@needs("service_tickets")
def complaint_on_time_resolution_rate(datasets, department, month):
    """Complaints to resolve in the month, resolved by then."""
    return _in_time(datasets, "complaint", month, "resolution_due", "resolved_at")


@needs("service_tickets")
def it_ticket_on_time_rate(datasets, department, month):
    """Internal tickets to resolve in the month, resolved by then."""
    return _in_time(datasets, "internal_it", month, "resolution_due", "resolved_at")


@needs("service_tickets", "sales_orders")
def complaint_rate_per_1000(datasets, department, month):
    """Valid complaints raised in the month, per 1,000 orders of the month."""
    tickets = in_month(datasets["service_tickets"], "created_at", month)
    valid = tickets[(tickets.type == "complaint") & tickets.valid.eq(True)]
    return len(valid), len(in_month(datasets["sales_orders"], "order_date", month))


def _in_time(datasets, kind, month, due, done):
    tickets = datasets["service_tickets"]
    to_do = in_month(tickets[tickets.type == kind], due, month)
    return (to_do[done] <= to_do[due]).sum(), len(to_do)
