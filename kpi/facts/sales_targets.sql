-- Grain: one row per target line and level it counts at.
-- Datasets: sales_targets
-- Lineage: sales_targets (period)
-- Reach: month
-- A level without a target of its own takes the sum of the next level below that has one; lines
-- by channel or product count only where the same level has no line for the whole.
with usable as (
    select
        targets.*,
        case targets.level when 'company' then 1 when 'dept' then 2 when 'team' then 3 else 4 end
            as depth,
        coalesce(targets.dept, employees.dept, 'sales') as department_id,
        coalesce(targets.team, employees.team) as own_team
    from sales_targets as targets
    left join employees on targets.emp_id = employees.emp_id
),

whole as (
    select usable.*
    from usable
    where
        (usable.channel_id is null and usable.product_id is null)
        or not exists (
            select 1
            from usable as undivided
            where
                undivided.channel_id is null
                and undivided.product_id is null
                and undivided.period = usable.period
                and undivided.depth = usable.depth
                and undivided.department_id = usable.department_id
                and coalesce(undivided.own_team, '') = coalesce(usable.own_team, '')
                and coalesce(undivided.emp_id, '') = coalesce(usable.emp_id, '')
        )
),

shown as (
    select 'company' as level, 1 as depth
    union all
    select 'department' as level, 2 as depth
    union all
    select 'team' as level, 3 as depth
    union all
    select 'employee' as level, 4 as depth
)

select
    shown.level,
    whole.department_id,
    whole.own_team as team,
    whole.emp_id as employee_id,
    whole.period,
    whole.period as targeted_on,
    whole.target_amount,
    whole.target_qty,
    whole.target_new_customers,
    whole.batch_id,
    whole.sheet,
    whole.row_number
from whole
inner join shown on whole.depth >= shown.depth
where
    not exists (
        select 1
        from whole as higher
        where
            higher.period = whole.period
            and higher.depth >= shown.depth
            and higher.depth < whole.depth
            and (shown.depth = 1 or higher.department_id = whole.department_id)
            and (shown.depth <= 2 or higher.own_team = whole.own_team)
    )
