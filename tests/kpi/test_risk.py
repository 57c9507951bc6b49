"""The risk register, its levels and its heatmap."""

from datetime import date

import pytest

from data.access import NOBODY, owner_scope
from kpi.period import Period
from kpi.policy import RiskMatrix
from kpi.risk import heatmap, register
from tests.kpi.given import day, head_of, person

OCTOBER = Period.parse("2026-10")
TODAY = date(2026, 11, 22)


def a_risk(risk_id="R1", on="2026-10-31", **values):
    return {
        "risk_id": risk_id,
        "name": f"Risk {risk_id}",
        "snapshot_date": day(on),
        "dept": "technology",
        "likelihood": 5,
        "impact": 5,
        "residual_likelihood": 2,
        "residual_impact": 2,
        "status": "open",
        **values,
    }


def found(given, period=OCTOBER, scope=None):
    with given.warehouse.read() as con:
        return register(con, scope or owner_scope(), period, today=TODAY)


def banded(bands):
    """A matrix that gives each product of likelihood and impact its band."""

    def level(product):
        return next(name for name, top in bands if product <= top)

    return RiskMatrix(
        levels=tuple(name for name, _ in bands),
        default_appetite=bands[0][0],
        rows=tuple(tuple(level(x * y) for y in range(1, 6)) for x in range(1, 6)),
    )


@pytest.mark.parametrize(
    ("likelihood", "impact", "expected"),
    [(1, 5, "medium"), (4, 1, "low"), (4, 2, "medium"), (4, 3, "high"), (2, 5, "medium")],
)
def test_levels_of_a_published_matrix(likelihood, impact, expected):
    # Golden G2 (PIMS DOC 05.2): low 1-4, medium 5-10, high from 12.
    matrix = banded([("low", 4), ("medium", 10), ("high", 25)])
    assert matrix.level(likelihood, impact) == expected


def test_low_risks_of_a_published_matrix():
    # Golden G1 (NHS Mid Essex): low is 1 to 3, so five cells: 1x1, 1x2, 1x3, 2x1, 3x1.
    matrix = banded([("low", 3), ("above", 25)])
    low = [(x, y) for x in range(1, 6) for y in range(1, 6) if matrix.level(x, y) == "low"]
    assert low == [(1, 1), (1, 2), (1, 3), (2, 1), (3, 1)]


def test_a_level_is_looked_up_and_need_not_follow_the_product():
    # Golden G5 (ORF): 3 x 3 = 9 is minor like 2 x 4, while 4 x 3 = 12 is moderate, as 2 x 5 is.
    n, i, m, a, c = "not_significant", "minor", "moderate", "major", "critical"
    matrix = RiskMatrix(
        levels=(n, i, m, a, c),
        default_appetite=i,
        rows=(
            (n, n, n, n, i),
            (n, n, i, i, m),
            (n, i, i, m, a),
            (n, i, m, a, c),
            (i, m, a, c, c),
        ),
    )
    levels = [matrix.level(*at) for at in [(3, 3), (2, 4), (4, 3), (2, 5), (4, 4), (5, 4)]]
    assert levels == [i, i, m, m, a, c]


@pytest.mark.parametrize(("likelihood", "impact"), [(None, 3), (3, None), (0, 3), (3, 6)])
def test_outside_the_matrix_there_is_no_level(given, likelihood, impact):
    given.rows("risks", [a_risk()])
    assert found(given).matrix.level(likelihood, impact) is None


def test_a_risk_has_its_level_before_and_after_treatment(given):
    given.rows("risks", [a_risk(appetite="medium")])
    (risk,) = found(given).risks
    assert (risk.inherent.level, risk.residual.level) == ("critical", "low")
    assert risk.is_within_appetite
    assert not risk.is_default_appetite


def test_a_risk_whose_treatment_was_not_assessed_keeps_its_inherent_place(given):
    given.rows("risks", [a_risk(residual_likelihood=None, residual_impact=None)])
    (risk,) = found(given).risks
    assert (risk.residual.level, risk.is_treatment_assessed) == ("critical", False)
    assert (risk.appetite, risk.is_default_appetite) == ("medium", True)
    assert risk.is_within_appetite is False


def test_the_bands_are_a_default_until_they_are_agreed(given):
    given.rows("risks", [a_risk()])
    assert found(given).is_default_matrix


def test_the_register_is_that_of_the_last_month_assessed(given):
    given.rows("risks", [a_risk("R1", "2026-08-31"), a_risk("R2", "2026-08-31")])
    given.rows("risks", [a_risk("R1", "2026-09-30")])
    quarter = found(given, Period.parse("2026-Q3"))
    assert [risk.risk_id for risk in quarter.risks] == ["R1"]
    assert (quarter.month, quarter.is_closing) == (day("2026-09-01"), True)
    year = found(given, Period.parse("2026"))
    assert (year.month, year.is_closing) == (day("2026-09-01"), False)


def test_the_last_assessment_of_the_month_counts(given):
    given.rows(
        "risks",
        [
            a_risk(on="2026-10-10", residual_likelihood=5, residual_impact=5),
            a_risk(on="2026-10-31"),
        ],
    )
    (risk,) = found(given).risks
    assert risk.residual.level == "low"


def test_a_closed_risk_is_not_in_the_register(given):
    given.rows("risks", [a_risk("R1", "2026-09-30"), a_risk("R2", "2026-09-30")])
    given.rows("risks", [a_risk("R1", status="closed"), a_risk("R2", status=None)])
    assert [risk.risk_id for risk in found(given).risks] == ["R2"]
    assert found(given).closed == ("R1",)


def test_a_period_without_assessments_has_no_register(given):
    given.rows("risks", [a_risk(on="2026-09-30")])
    empty = found(given)
    assert (empty.month, empty.risks, empty.closed) == (None, (), ())


@pytest.mark.parametrize(
    ("before", "after", "movement"),
    [
        ((2, 2), (5, 4), "up"),
        ((5, 4), (2, 2), "down"),
        ((2, 2), (2, 2), "same"),
        ((2, 3), (3, 3), "up"),  # medium to medium, but likelier
    ],
)
def test_movement_against_the_previous_period(given, before, after, movement):
    given.rows(
        "risks",
        [a_risk(on="2026-09-30", residual_likelihood=before[0], residual_impact=before[1])],
    )
    given.rows("risks", [a_risk(residual_likelihood=after[0], residual_impact=after[1])])
    (risk,) = found(given).risks
    assert risk.movement == movement
    assert (risk.previous.likelihood, risk.previous.impact) == before


def test_a_risk_not_there_before_is_new(given):
    given.rows("risks", [a_risk("R1", "2026-09-30")])
    given.rows("risks", [a_risk("R1"), a_risk("R2")])
    assert {r.risk_id: r.movement for r in found(given).risks} == {"R1": "same", "R2": "new"}


def test_without_an_earlier_register_nothing_has_moved(given):
    given.rows("risks", [a_risk()])
    (risk,) = found(given).risks
    assert (risk.movement, risk.previous) == (None, None)


def test_the_worst_risk_comes_first(given):
    given.rows(
        "risks",
        [
            a_risk("R1"),
            a_risk("R2", residual_likelihood=5, residual_impact=4),
            a_risk("R3", residual_likelihood=5, residual_impact=5),
        ],
    )
    assert [risk.risk_id for risk in found(given).risks] == ["R3", "R2", "R1"]
    assert found(given).counts() == {"critical": 2, "high": 0, "medium": 0, "low": 1}


@pytest.mark.parametrize(
    ("due", "treated", "expected"),
    [
        (None, None, "none"),
        ("2026-10-31", None, "overdue"),
        ("2026-11-30", None, "planned"),
        ("2026-10-15", "2026-10-15", "done"),
        ("2026-10-15", "2026-10-16", "done_late"),
        ("2026-10-15", "2026-11-02", "overdue"),
    ],
)
def test_treatment_as_the_period_closes(given, due, treated, expected):
    dates = {"plan_due": due, "treated_date": treated}
    given.rows("risks", [a_risk(**{k: day(v) if v else None for k, v in dates.items()})])
    (risk,) = found(given).risks
    assert risk.treatment == expected


def test_the_heatmap_has_25_cells_whose_counts_are_the_open_risks(given):
    given.rows("risks", [a_risk("R1"), a_risk("R2"), a_risk("R3", status="closed")])
    with given.warehouse.read() as con:
        residual = heatmap(con, owner_scope(), OCTOBER)
        inherent = heatmap(con, owner_scope(), OCTOBER, basis="inherent")
    assert len(residual.cells) == 25
    assert sum(cell.count for cell in residual.cells) == 2
    cell = residual.cell(2, 2)
    assert (cell.likelihood, cell.impact, cell.level, cell.count) == (2, 2, "low", 2)
    assert inherent.cell(5, 5).count == 2


def test_a_cell_opens_to_its_risks_with_file_sheet_and_row(given):
    given.rows("risks", [a_risk("R1"), a_risk("R2")], sheet="風險")
    with given.warehouse.read() as con:
        listed = heatmap(con, owner_scope(), OCTOBER).cell(2, 2).risks
    assert [(r.risk_id, r.source.file, r.source.sheet, r.source.row) for r in listed] == [
        ("R1", "risks.xlsx", "風險", 2),
        ("R2", "risks.xlsx", "風險", 3),
    ]


def test_a_risk_without_likelihood_stands_in_no_cell_and_is_said_so(given):
    given.rows("risks", [a_risk(likelihood=None, residual_likelihood=None)])
    with given.warehouse.read() as con:
        shown = heatmap(con, owner_scope(), OCTOBER)
    assert sum(cell.count for cell in shown.cells) == 0
    assert [risk.risk_id for risk in shown.register.unrated] == ["R1"]
    assert shown.register.unrated[0].is_within_appetite is None


def test_a_head_sees_only_risks_of_the_own_department(given):
    given.rows("risks", [a_risk("R1"), a_risk("R2", dept="finance")])
    assert [r.risk_id for r in found(given, scope=head_of("finance")).risks] == ["R2"]


@pytest.mark.parametrize("scope", [NOBODY, person("E1")])
def test_without_a_department_no_risk_is_seen(given, scope):
    given.rows("risks", [a_risk()])
    assert found(given, scope=scope).risks == ()
