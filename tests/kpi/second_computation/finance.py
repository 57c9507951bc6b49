"""Finance, 2.6: the whole company's costs against its budget and its revenue."""

from tests.kpi.second_computation.months import in_month
from tests.kpi.second_computation.ratio import needs


@needs("budget_costs")
def budget_deviation_rate(datasets, department, month):
    """What was spent more than budgeted, over the budget; negative is less."""
    costs = in_month(datasets["budget_costs"], "period", month)
    return costs.actual_amt.sum() - costs.budget_amt.sum(), costs.budget_amt.sum()


@needs("budget_costs", "sales_orders")
def expense_ratio(datasets, department, month):
    """Operating expenses over revenue."""
    costs = in_month(datasets["budget_costs"], "period", month)
    orders = in_month(datasets["sales_orders"], "order_date", month)
    return costs[costs.cost_type == "expense"].actual_amt.sum(), orders.amount.sum()
