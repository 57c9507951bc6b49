"""Earned value against published worked examples."""

import pytest

from kpi.earned_value import (
    Undefined,
    cumulated,
    estimate_atypical,
    estimate_combined,
    estimate_typical,
    measured,
    to_complete,
)


def test_period_costs_are_cumulated_before_they_are_compared():
    # Golden A1 (paulgovan/PRA, ch-evm): costs 45,000; 110,000; 135,000 are of single periods.
    assert cumulated([45_000, 110_000, 135_000]) == (45_000, 155_000, 290_000)
    # Golden A2, second assertion: the series read as period costs, and then as cumulative.
    assert cumulated([9_000, 18_000, 36_000]) == (9_000, 27_000, 63_000)


def test_all_figures_of_the_published_500k_project():
    # Golden A1 (paulgovan/PRA, ch-evm): BAC 500,000; 50 % planned, 40 % done at period 3.
    project = measured(250_000, 200_000, 290_000, 500_000)
    assert project.schedule_variance == -50_000
    assert project.cost_variance == -90_000
    assert project.schedule_index == pytest.approx(0.800)
    assert project.cost_index == pytest.approx(0.6896551724)
    assert project.percent_complete == pytest.approx(0.40)
    assert project.estimate == pytest.approx(725_000)
    assert project.estimate_atypical == pytest.approx(590_000)
    assert project.estimate_combined == pytest.approx(833_750)
    assert project.estimate_to_complete == pytest.approx(435_000)
    assert project.variance_at_completion == pytest.approx(-225_000)
    assert project.to_complete_budget == pytest.approx(1.4285714286)
    assert project.to_complete_estimate == pytest.approx(0.6896551724)
    assert dict(project.undefined) == {}


def test_indices_of_the_published_100k_project():
    # Golden A2 (paulgovan/PRA, test-evm.R): 40 % planned, 35 % done, 36,000 spent in all.
    project = measured(40_000, 35_000, 36_000, 100_000)
    assert (project.schedule_variance, project.cost_variance) == (-5_000, -1_000)
    assert project.schedule_index == pytest.approx(0.875)
    assert project.cost_index == pytest.approx(0.9722222, abs=1e-7)


def test_three_ways_to_estimate_the_end():
    # Golden A3 (paulgovan/PRA, test-evm.R).
    assert estimate_typical(100_000, 0.8) == pytest.approx(125_000)
    assert estimate_atypical(100_000, 35_000, 63_000) == 128_000
    combined = estimate_combined(100_000, 35_000, 63_000, 0.8, 0.9)
    assert combined == pytest.approx(153_277.78, abs=0.005)


@pytest.mark.parametrize("indices", [(0, 0.9), (0.8, 0)])
def test_an_index_of_zero_is_an_error_not_infinity(indices):
    # Golden A3, error rules.
    with pytest.raises(Undefined):
        estimate_combined(100_000, 35_000, 63_000, *indices)


def test_a_cost_index_of_zero_gives_no_estimate():
    with pytest.raises(Undefined) as raised:
        estimate_typical(100_000, 0)
    assert raised.value.reason == "no_earned_value"


def test_a_project_ahead_in_cost_ends_under_its_budget():
    # Golden A7 (coda.io, XYZ website redesign).
    project = measured(15_595, 15_595, 14_866, 105_430)
    assert (project.cost_variance, project.schedule_variance) == (729, 0)
    assert project.cost_index == pytest.approx(1.04904, abs=5e-6)
    assert project.schedule_index == 1.0
    assert project.estimate == pytest.approx(100_501.60, abs=0.005)
    assert project.estimate_to_complete == pytest.approx(85_635.60, abs=0.005)
    assert project.variance_at_completion == pytest.approx(4_928.40, abs=0.005)


def test_before_any_plan_or_cost_the_indices_say_why_they_are_missing():
    project = measured(0, 0, 0, 100_000)
    assert (project.schedule_index, project.cost_index, project.estimate) == (None, None, None)
    assert project.undefined["schedule_index"] == "no_planned_value"
    assert project.undefined["cost_index"] == "no_actual_cost"
    assert project.undefined["estimate"] == "no_actual_cost"
    assert project.to_complete_budget == 1.0


def test_cost_without_earned_value_has_an_index_of_zero_and_no_estimate():
    project = measured(10_000, 0, 5_000, 100_000)
    assert (project.schedule_index, project.cost_index) == (0.0, 0.0)
    assert project.undefined["estimate"] == "no_earned_value"
    assert project.undefined["variance_at_completion"] == "no_earned_value"


def test_without_a_budget_there_is_no_forecast():
    project = measured(10_000, 8_000, 9_000, None)
    assert project.schedule_index == 0.8
    assert project.estimate is None
    assert project.undefined["estimate"] == "no_budget"
    assert project.undefined["percent_complete"] == "no_budget"


def test_a_spent_budget_cannot_be_kept_at_any_index():
    project = measured(80_000, 70_000, 100_000, 100_000)
    assert project.undefined["to_complete_budget"] == "budget_spent"


def test_a_finished_project_has_nothing_left_to_complete():
    with pytest.raises(Undefined) as raised:
        to_complete(100_000, 100_000, 120_000)
    assert raised.value.reason == "no_work_left"
