-- Grain: one row per answered survey.
-- Datasets: satisfaction_surveys
-- Lineage: satisfaction_surveys (survey_id)
-- Reach: month
-- Top two is four fifths of the scale or better; null where the question was not answered.
select
    coalesce(
        surveys.dept,
        case surveys.subject
            when 'brand' then 'marketing'
            when 'service' then 'customer_service'
            when 'complaint' then 'customer_service'
            when 'channel' then 'sales'
            when 'internal_coordination' then 'operations'
        end
    ) as department_id,
    employees.team,
    surveys.emp_id as employee_id,
    surveys.survey_date as surveyed_on,
    surveys.survey_id,
    surveys.subject,
    surveys.score,
    surveys.scale_max,
    surveys.score * 5 >= surveys.scale_max * 4 as top_two,
    surveys.nps_score,
    surveys.aware,
    surveys.batch_id,
    surveys.sheet,
    surveys.row_number
from satisfaction_surveys as surveys
left join employees on surveys.emp_id = employees.emp_id
