import pytest

from kpi.subset import parse, violations


@pytest.mark.parametrize(
    "expression",
    [
        "sum(a) filter (where b = 'x') - count(distinct c)",
        "sum(case when a is null then 0 else abs(a) end)",
        "cast(a as double) / nullif(cast(b as double), 0)",
        "cast(date_trunc('month', a_on) as date)",
        "a_on + interval '12' month",
        "date_diff('day', a_on, b_on)",
        "row_number() over (partition by a order by b)",
        "max(a) over (partition by b order by c rows between unbounded preceding and current row)",
        "a between 1 and 2 and b in (1, 2) and not exists (select 1 from t)",
    ],
)
def test_what_both_engines_read_alike_is_allowed(expression):
    assert violations(parse(expression)) == []


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("median(a)", "median is not in the portable subset"),
        ("percentile_cont(0.5) within group (order by a)", "not in the portable subset"),
        ("dayofweek(a_on)", "dayofweek is not in the portable subset"),
        ("round(a)", "round is not in the portable subset"),
        ("a like 'x%'", "like is not in the portable subset"),
        ("made_up(a)", "made_up is not in the portable subset"),
        ("a / b", "divide by nullif"),
        ("a_on - b_on", "a date minus a date"),
        ("cast(a as date) - cast(b as date)", "a date minus a date"),
        ("date_trunc('week', cast(a as date))", "month, quarter or year"),
        ("date_diff('hour', a, b)", "days only"),
        ("a_on + interval '1' day", "month intervals"),
        ("sum(a) over (partition by b)", "a window needs an order by"),
        ("sum(a) over (order by b)", "a window needs a rows frame"),
        ("select a from t group by all", "group by all"),
        ("select a from t full join u on t.a = u.a", "inner and left joins"),
        ("select a from t cross join u", "inner and left joins"),
        ("select a from t, u", "on clause"),
        ("select a from (select 1 as a)", "needs an alias"),
        ("select a from t union select a from u", "union all"),
    ],
)
def test_what_engines_read_differently_is_refused_with_its_text(expression, words):
    assert any(words in found for found in violations(parse(expression)))
