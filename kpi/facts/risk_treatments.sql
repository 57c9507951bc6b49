-- Grain: one row per risk and date its treatment was due, as last reported.
-- Datasets: risks
-- Lineage: risks (risk_id, snapshot_date)
-- Reach: all
-- A date that was moved before it fell due does not count; one moved afterwards does.
with reported as (
    select
        risks.*,
        row_number() over (
            partition by risks.risk_id, risks.plan_due order by risks.snapshot_date desc
        ) as place
    from risks
    where risks.plan_due is not null
)

select
    reported.dept as department_id,
    employees.team,
    reported.emp_id as employee_id,
    reported.plan_due as due_on,
    reported.risk_id,
    reported.snapshot_date,
    coalesce(reported.treated_date <= reported.plan_due, false) as treated_in_time,
    reported.batch_id,
    reported.sheet,
    reported.row_number
from reported
left join employees on reported.emp_id = employees.emp_id
where
    reported.place = 1
    and not exists (
        select 1
        from risks as later
        where
            later.risk_id = reported.risk_id
            and later.snapshot_date > reported.snapshot_date
            and later.snapshot_date <= reported.plan_due
    )
