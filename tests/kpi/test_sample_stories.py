"""The sample company tells the stories of projects, risks and appraisals that it should."""

import pytest

from data.access import owner_scope
from data.contract import departments
from kpi import components
from kpi.appraisal import results
from kpi.period import Period
from kpi.project import portfolio
from kpi.rating import item_ratings
from kpi.recommendation import recommendations
from kpi.risk import register
from kpi.scorecard import department_scorecard

OCTOBER = Period.parse("2026-10")
KINDS = [Period.parse(text) for text in ("2026-07", "2026-10", "2026-Q3", "2025")]


@pytest.fixture(scope="module")
def con(sample):
    components.refresh(sample)
    with sample.read() as con:
        yield con


def test_one_employee_is_unqualified_two_quarters_in_a_row(con):
    (employee_id,) = recommendations(con, owner_scope(), OCTOBER)
    (case,) = recommendations(con, owner_scope(), OCTOBER)[employee_id]
    assert case.counted == ("2026-Q2", "2026-Q3")
    for text in case.counted:
        bad = [r for r in results(con, owner_scope(), Period.parse(text)) if is_unqualified(r)]
        assert [r.employee.employee_id for r in bad] == [employee_id]


def is_unqualified(one):
    return one.grade is not None and one.grade.id == "unqualified"


def test_one_running_project_is_red_for_time_and_money(con):
    running = [p for p in portfolio(con, owner_scope(), OCTOBER) if p.is_running]
    (red,) = [p for p in running if p.level == "red"]
    assert running[0] == red
    codes = {f.code for f in red.findings if f.level == "red"}
    assert {"schedule_index", "cost_index", "days_past_end"} <= codes
    assert red.last.value.variance_at_completion < 0


def test_one_risk_moved_to_critical(con):
    (critical,) = [
        r for r in register(con, owner_scope(), OCTOBER).risks if r.residual.level == "critical"
    ]
    quarter = register(con, owner_scope(), Period.parse("2026-Q3"))
    assert quarter.risks[0].risk_id == critical.risk_id
    assert quarter.risks[0].movement == "up"


@pytest.mark.parametrize("period", KINDS, ids=str)
def test_the_department_part_of_every_result_is_that_of_the_scorecard(con, period):
    for department in departments():
        card = department_scorecard(con, owner_scope(), period, department)
        for one in results(con, owner_scope(), period):
            if one.employee.department == department:
                assert one.evaluation.performance.department == card.dimensions[0]


@pytest.mark.parametrize("period", KINDS[:3], ids=str)
def test_ratings_in_full_come_to_what_is_scored(con, period):
    for one in results(con, owner_scope(), period)[::10]:
        means = {
            f"rating_{item.item}": item.mean
            for item in item_ratings(con, owner_scope(), period, one.employee.employee_id)
        }
        scored = {
            line.key: line.value
            for line in one.evaluation.lines
            if line.key.startswith("rating_") and line.value is not None
        }
        assert scored == pytest.approx(means)


def test_agents_are_provisional_in_the_month_whose_tickets_never_came(con):
    july = results(con, owner_scope(), Period.parse("2026-07"))
    agents = [r for r in july if r.employee.department == "customer_service"]
    missing = {"service_csat", "first_response_on_time_rate", "complaint_on_time_resolution_rate"}
    concerned = [r for r in agents if missing & set(r.evaluation.performance.score.missing)]
    assert concerned
    assert sum(r.is_provisional for r in concerned) > len(concerned) / 2


def test_every_total_follows_from_its_dimensions(con):
    for one in results(con, owner_scope(), OCTOBER):
        if None not in (one.performance, one.capability, one.attitude):
            expected = 0.6 * one.performance + 0.2 * one.capability + 0.2 * one.attitude
            assert one.total == pytest.approx(expected, abs=0.005)
