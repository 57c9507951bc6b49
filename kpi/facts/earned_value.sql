-- Grain: one row per project and period: the last snapshot on or before the period's end.
-- Datasets: project_status
-- Lineage: project_status (project_id, status_date)
-- Reach: until the project's next snapshot
-- Values are cumulative from the start of the project. A project that ended before the period is
-- left out; a cancelled one, or a closed one that does not say when it ended, is not carried past
-- the period of its last snapshot.
with snapshots as (
    select
        periods.kind as period_kind,
        periods.start_on as period_start,
        status.project_id,
        status.status_date,
        status.pv,
        status.ev,
        status.ac,
        status.bac,
        status.batch_id,
        status.sheet,
        status.row_number,
        row_number() over (
            partition by periods.kind, periods.start_on, status.project_id
            order by status.status_date desc
        ) as place
    from periods
    inner join project_status as status on status.status_date < periods.end_on
)

select
    snapshots.period_kind,
    snapshots.period_start,
    projects.lead_dept as department_id,
    employees.team,
    projects.manager_id as employee_id,
    snapshots.status_date,
    snapshots.project_id,
    snapshots.pv as planned_value,
    snapshots.ev as earned_value,
    snapshots.ac as actual_cost,
    coalesce(snapshots.bac, projects.bac) as budget,
    snapshots.batch_id,
    snapshots.sheet,
    snapshots.row_number
from snapshots
left join projects on snapshots.project_id = projects.project_id
left join employees on projects.manager_id = employees.emp_id
where
    snapshots.place = 1
    and (projects.actual_end is null or projects.actual_end >= snapshots.period_start)
    and (
        coalesce(projects.status, 'open') not in ('cancelled', 'closed')
        or (projects.status = 'closed' and projects.actual_end is not null)
        or snapshots.status_date >= snapshots.period_start
    )
