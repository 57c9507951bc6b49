-- Grain: one row per order line.
-- Datasets: sales_orders
-- Lineage: sales_orders (order_id)
-- Reach: month
-- Perfect is null where nothing failed but a criterion is not known.
select
    'sales' as department_id,
    coalesce(orders.team, employees.team) as team,
    orders.emp_id as employee_id,
    orders.order_date as ordered_on,
    orders.promised_date as promised_on,
    orders.order_id,
    orders.amount,
    orders.amount - coalesce(orders.returns, 0) as net_amount,
    orders.cost,
    coalesce(orders.delivered_date <= orders.promised_date, false)
    and orders.in_full
    and orders.damage_free
    and orders.docs_ok as perfect,
    orders.batch_id,
    orders.sheet,
    orders.row_number
from sales_orders as orders
left join employees on orders.emp_id = employees.emp_id
