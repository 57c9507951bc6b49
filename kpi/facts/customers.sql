-- Grain: one row per customer.
-- Datasets: customers
-- Lineage: customers (cust_id)
-- Reach: all
select
    'sales' as department_id,
    coalesce(customers.team, employees.team) as team,
    customers.emp_id as employee_id,
    customers.first_order_date as first_order_on,
    customers.cust_id,
    customers.batch_id,
    customers.sheet,
    customers.row_number
from customers
left join employees on customers.emp_id = employees.emp_id
