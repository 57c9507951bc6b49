-- Grain: one row per audit finding, in the audited department.
-- Datasets: audit_findings
-- Lineage: audit_findings (finding_id)
-- Reach: all
select
    findings.dept as department_id,
    findings.due_date as due_on,
    findings.finding_id,
    coalesce(findings.closed_date <= findings.due_date and findings.verified, false)
        as rectified_in_time,
    findings.batch_id,
    findings.sheet,
    findings.row_number
from audit_findings as findings
