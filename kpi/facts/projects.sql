-- Grain: one row per project that was approved and not cancelled.
-- Datasets: projects
-- Lineage: projects (project_id)
-- Reach: all
select
    projects.lead_dept as department_id,
    employees.team,
    projects.manager_id as employee_id,
    projects.baseline_end as baseline_end_on,
    projects.project_id,
    coalesce(projects.actual_end <= projects.baseline_end, false) as ended_in_time,
    projects.batch_id,
    projects.sheet,
    projects.row_number
from projects
left join employees on projects.manager_id = employees.emp_id
where coalesce(projects.status, 'open') not in ('proposed', 'rejected', 'cancelled')
