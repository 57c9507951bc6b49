"""Projects, 2.1.4, 2.5.1 and 3.2: ends, milestones, tasks and earned value."""

from tests.kpi.second_computation.months import in_month
from tests.kpi.second_computation.ratio import Number, needs


@needs("projects")
def project_on_time_rate(datasets, department, month):
    """Projects whose baseline ends in the month, ended by then; operations answers for all."""
    projects = datasets["projects"]
    running = projects[~projects.status.isin(["proposed", "rejected", "cancelled"])]
    ending = in_month(running, "baseline_end", month)
    return (ending.actual_end <= ending.baseline_end).sum(), len(ending)


@needs("project_tasks")
def task_on_time_rate(datasets, department, month):
    """Tasks the department is responsible for, due in the month, done by then.

    Undone is a failure.
    """
    tasks = datasets["project_tasks"]
    return _done_in_time(tasks[tasks.dept == department], month)


@needs("project_tasks")
def rd_milestone_on_time_rate(datasets, department, month):
    """Milestones of research and development due in the month, achieved by then."""
    tasks = datasets["project_tasks"]
    milestones = tasks[(tasks.project_type == "rd") & tasks.is_milestone.eq(True)]
    return _done_in_time(milestones, month)


def schedule_performance_index(datasets, department, months):
    """Earned over planned value of the projects open in the period."""
    status = _last_status(datasets, department, months)
    return Number(status.ev.sum(), status.pv.sum())


def cost_performance_index(datasets, department, months):
    """Earned value over actual cost of the projects open in the period."""
    status = _last_status(datasets, department, months)
    return Number(status.ev.sum(), status.ac.sum())


def _last_status(datasets, department, months):
    """The last state, cumulative, of every project led that was open on a day of the period."""
    projects = datasets["projects"]
    led = projects[projects.lead_dept == department]
    open_then = led[led.actual_end.isna() | (led.actual_end >= months[0].start_time)]
    status = datasets["project_status"]
    known = status[
        status.project_id.isin(open_then.project_id) & (status.status_date <= months[-1].end_time)
    ]
    return known.sort_values("status_date").groupby("project_id").tail(1)


def _done_in_time(tasks, month):
    due = in_month(tasks, "due_date", month)
    return (due.done_date <= due.due_date).sum(), len(due)
