"""Sales, 2.3: attainment, growth, new customers, perfect orders and margin."""

from tests.kpi.second_computation.months import in_month
from tests.kpi.second_computation.ratio import needs


@needs("sales_orders", "sales_targets")
def sales_attainment_rate(datasets, department, month):
    """Amounts net of returns over the department's target."""
    orders = in_month(datasets["sales_orders"], "order_date", month)
    net = orders.amount.sum() - orders.returns.sum()
    return net, _department_target(datasets, department, month).target_amount.sum()


@needs("sales_orders", "sales_orders a year before")
def sales_growth_rate(datasets, department, month):
    """What was sold more than in the month a year before; only if that month is known."""
    now, before = (
        in_month(datasets["sales_orders"], "order_date", each).amount.sum()
        for each in (month, month - 12)
    )
    return now - before, before


@needs("customers", "sales_targets")
def new_customer_attainment_rate(datasets, department, month):
    """Customers who ordered for the first time over the department's target."""
    won = in_month(datasets["customers"], "first_order_date", month)
    return len(won), _department_target(datasets, department, month).target_new_customers.sum()


@needs("sales_orders")
def perfect_order_rate(datasets, department, month):
    """Orders promised for the month: on time and in full and undamaged and papers right."""
    promised = in_month(datasets["sales_orders"], "promised_date", month)
    perfect = (
        (promised.delivered_date <= promised.promised_date)
        & promised.in_full.eq(True)
        & promised.damage_free.eq(True)
        & promised.docs_ok.eq(True)
    )
    return perfect.sum(), len(promised)


@needs("sales_orders")
def sales_gross_margin_rate(datasets, department, month):
    """Amounts less their cost, over the amounts."""
    orders = in_month(datasets["sales_orders"], "order_date", month)
    return orders.amount.sum() - orders.cost.sum(), orders.amount.sum()


def _department_target(datasets, department, month):
    targets = in_month(datasets["sales_targets"], "period", month)
    return targets[(targets.level == "dept") & (targets.dept == department)]
