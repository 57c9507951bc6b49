-- Grain: one row per open risk and period: its last snapshot in the period's last month.
-- Datasets: risks
-- Lineage: risks (risk_id, snapshot_date)
-- Reach: month, quarter and year of the snapshot
-- The level left after treatment, or the level before it where no treatment was assessed.
with snapshots as (
    select
        periods.kind as period_kind,
        periods.start_on as period_start,
        risks.*,
        row_number() over (
            partition by periods.kind, periods.start_on, risks.risk_id
            order by risks.snapshot_date desc
        ) as place
    from periods
    inner join risks
        on
            risks.snapshot_date < periods.end_on
            and risks.snapshot_date >= cast(periods.end_on - interval '1' month as date)
)

select
    snapshots.period_kind,
    snapshots.period_start,
    snapshots.dept as department_id,
    employees.team,
    snapshots.emp_id as employee_id,
    snapshots.snapshot_date,
    snapshots.risk_id,
    residual.level as risk_level,
    accepted.level as accepted_level,
    residual.rank <= accepted.rank as within_appetite,
    snapshots.batch_id,
    snapshots.sheet,
    snapshots.row_number
from snapshots
inner join policy_risk_level as residual
    on
        residual.likelihood = coalesce(snapshots.residual_likelihood, snapshots.likelihood)
        and residual.impact = coalesce(snapshots.residual_impact, snapshots.impact)
inner join policy_risk_rank as accepted
    on
        accepted.level = snapshots.appetite
        or (snapshots.appetite is null and accepted.is_default)
left join employees on snapshots.emp_id = employees.emp_id
where snapshots.place = 1 and coalesce(snapshots.status, 'open') <> 'closed'
