-- Grain: one row per task.
-- Datasets: project_tasks
-- Lineage: project_tasks (task_id)
-- Reach: all
select
    tasks.dept as department_id,
    employees.team,
    tasks.emp_id as employee_id,
    tasks.due_date as due_on,
    tasks.task_id,
    tasks.project_id,
    coalesce(tasks.project_type, projects.type) as project_type,
    coalesce(tasks.is_milestone, false) as is_milestone,
    coalesce(tasks.done_date <= tasks.due_date, false) as done_in_time,
    tasks.batch_id,
    tasks.sheet,
    tasks.row_number
from project_tasks as tasks
left join employees on tasks.emp_id = employees.emp_id
left join projects on tasks.project_id = projects.project_id
