-- Grain: one row per employee, item, rater type and period; never one of a single rating below
-- the minimum of its type.
-- Datasets: appraisal_ratings
-- Lineage: appraisal_ratings (rater_type, item)
-- Reach: month, quarter and year of the round
-- A round is one cycle's ratings in a month; a quarter pools its own and the monthly rounds, a
-- year pools all. Share is the type's weight over the weights of the types that qualify; people is
-- one on a single row of each employee. Mean and points run from 0 to 100.
with rounds as (
    select
        ratee_id,
        item,
        rater_type,
        cycle,
        period,
        count(*) as ratings,
        count(distinct rater_id) as raters,
        sum(
            cast(
                100 * cast(score as double) / cast(nullif(scale_max, 0) as double)
                as decimal(28, 15)
            )
        ) as points
    from appraisal_ratings
    where scale_max > 0
    group by ratee_id, item, rater_type, cycle, period
),

pooled as (
    select
        periods.kind as period_kind,
        periods.start_on as period_start,
        rounds.ratee_id,
        rounds.item,
        rounds.rater_type,
        sum(rounds.ratings) as ratings,
        cast(sum(rounds.points) as double) / cast(nullif(sum(rounds.ratings), 0) as double)
            as mean
    from rounds
    inner join policy_rater_minimum as minimum
        on rounds.rater_type = minimum.rater_type and rounds.raters >= minimum.raters
    inner join periods
        on
            rounds.period >= periods.start_on
            and rounds.period < periods.end_on
            and (
                periods.kind = 'year'
                or rounds.cycle = 'month'
                or (periods.kind = 'quarter' and rounds.cycle = 'quarter')
            )
    group by
        periods.kind,
        periods.start_on,
        rounds.ratee_id,
        rounds.item,
        rounds.rater_type
),

weighted as (
    select
        pooled.*,
        employees.dept,
        employees.team,
        weights.weight
    from pooled
    left join employees on pooled.ratee_id = employees.emp_id
    inner join policy_rater_weight as weights
        on
            pooled.rater_type = weights.rater_type
            and coalesce(employees.role_group, 'general') = weights.role_group
    where weights.weight > 0
),

weight_sums as (
    select
        period_kind,
        period_start,
        ratee_id,
        item,
        sum(weight) as weight,
        min(rater_type) as first_type
    from weighted
    group by period_kind, period_start, ratee_id, item
)

select
    weighted.period_kind,
    weighted.period_start,
    weighted.dept as department_id,
    weighted.team,
    weighted.ratee_id as employee_id,
    weighted.item,
    weighted.rater_type,
    weighted.ratings,
    weighted.mean,
    weighted.weight / nullif(weight_sums.weight, 0) as share,
    cast(
        weighted.mean * weighted.weight / nullif(weight_sums.weight, 0) as decimal(28, 15)
    ) as points,
    case when weighted.rater_type = weight_sums.first_type then 1 else 0 end as people
from weighted
inner join weight_sums
    on
        weighted.period_kind = weight_sums.period_kind
        and weighted.period_start = weight_sums.period_start
        and weighted.ratee_id = weight_sums.ratee_id
        and weighted.item = weight_sums.item
