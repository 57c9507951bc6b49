-- Grain: one row per budget line of a month that a department has booked.
-- Datasets: budget_costs
-- Lineage: budget_costs (period)
-- Reach: month
-- A month for which a department has no actual amount at all is still open and left out.
with booked as (
    select
        period,
        dept
    from budget_costs
    where actual_amt is not null
    group by period, dept
)

select
    costs.dept as department_id,
    costs.period,
    costs.period as booked_on,
    costs.account,
    costs.cost_type,
    coalesce(costs.budget_amt, 0) as budget_amt,
    coalesce(costs.actual_amt, 0) as actual_amt,
    costs.batch_id,
    costs.sheet,
    costs.row_number
from budget_costs as costs
inner join booked on costs.period = booked.period and costs.dept = booked.dept
