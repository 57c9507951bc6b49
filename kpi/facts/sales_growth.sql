-- Grain: one row per order line in its own month, and one twelve months later as last year's.
-- Datasets: sales_orders, sales_orders 12 months before
-- Lineage: sales_orders (order_id)
-- Reach: month, and the same month a year later
with both_years as (
    select
        order_id,
        team,
        emp_id,
        order_date as ordered_on,
        amount,
        cast(0 as decimal(18, 4)) as amount_last_year,
        batch_id,
        sheet,
        row_number
    from sales_orders
    union all
    select
        order_id,
        team,
        emp_id,
        cast(order_date + interval '12' month as date) as ordered_on,
        cast(0 as decimal(18, 4)) as amount,
        amount as amount_last_year,
        batch_id,
        sheet,
        row_number
    from sales_orders
)

select
    'sales' as department_id,
    coalesce(both_years.team, employees.team) as team,
    both_years.emp_id as employee_id,
    both_years.ordered_on,
    both_years.order_id,
    both_years.amount,
    both_years.amount_last_year,
    both_years.batch_id,
    both_years.sheet,
    both_years.row_number
from both_years
left join employees on both_years.emp_id = employees.emp_id
