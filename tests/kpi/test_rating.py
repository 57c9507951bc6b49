"""Ratings of one person."""

from dataclasses import replace

import pytest

from data.access import NOBODY, AccessDenied, owner_scope
from kpi import measure
from kpi.period import Period
from kpi.policy import policy
from kpi.rating import item_ratings
from tests.kpi.given import day, head_of, person

OCTOBER = Period.parse("2026-10")
QUARTER = Period.parse("2026-Q4")


def employees(given, **values):
    given.rows(
        "employees",
        [{"emp_id": "E1", "name": "陳一", "dept": "sales", "role_group": "general", **values}],
    )


def ratings(given, rows, **values):
    """Load rows of (rater type, rater, score); five is the highest score."""
    given.rows(
        "appraisal_ratings",
        [
            {
                "period": day("2026-10-01"),
                "cycle": "month",
                "ratee_id": "E1",
                "rater_id": rater,
                "rater_type": kind,
                "item": "teamwork",
                "score": score,
                "scale_max": 5,
                **values,
            }
            for kind, rater, score in rows
        ],
    )


def rated(given, period=OCTOBER, scope=None):
    with given.warehouse.read() as con:
        return item_ratings(con, scope or owner_scope(), period, "E1")


def test_the_mean_within_each_type_comes_first_then_the_weights_of_types_present(
    given, monkeypatch
):
    # Golden H1 (SAP KBA 2956013): weights 20/30/10 of 60; 3; 4 and 3; 2.5 give 3.17 of 5.
    weights = {"self": 20, "superior": 30, "peer": 10, "customer": 40, "subordinate": 0}
    chosen = replace(
        policy(),
        rater_weights={"general": weights},
        minimum_raters=dict.fromkeys(weights, 1),
    )
    monkeypatch.setattr(measure, "policy", lambda: chosen)
    employees(given)
    ratings(
        given, [("self", "A", 3), ("superior", "B", 4), ("superior", "C", 3), ("peer", "D", 2.5)]
    )
    (item,) = rated(given)
    assert item.mean / 100 * 5 == pytest.approx(3.1666667)


def test_type_means_run_from_0_to_100_with_their_share(given):
    employees(given)
    ratings(given, [("self", "E1", 5), ("superior", "B", 4)])
    (item,) = rated(given)
    assert [(t.rater_type, t.mean, t.ratings) for t in item.types] == [
        ("superior", 80, 1),
        ("self", 100, 1),
    ]
    # 50 and 10 of the policy's weights are left: 5/6 and 1/6.
    assert [t.share for t in item.types] == pytest.approx([5 / 6, 1 / 6])
    assert item.mean == pytest.approx(80 * 5 / 6 + 100 / 6)


def test_a_type_below_its_minimum_is_left_out_and_not_counted(given):
    employees(given)
    ratings(given, [("superior", "B", 4), ("peer", "C", 1), ("peer", "D", 1)])
    (item,) = rated(given)
    assert item.mean == 80
    assert [t.rater_type for t in item.types] == ["superior"]
    assert item.omitted == ("peer",)


def test_with_three_peers_their_mean_counts(given):
    employees(given)
    ratings(given, [("superior", "B", 4), ("peer", "C", 1), ("peer", "D", 1), ("peer", "E", 1)])
    (item,) = rated(given)
    assert item.omitted == ()
    assert item.mean == pytest.approx((80 * 50 + 20 * 30) / 80)


def test_rounds_below_the_minimum_do_not_add_up_to_it(given):
    # Two peers in October and two in November are four ratings, but no round of three.
    employees(given)
    ratings(given, [("superior", "B", 4), ("peer", "C", 1), ("peer", "D", 1)])
    ratings(given, [("peer", "E", 1), ("peer", "F", 1)], period=day("2026-11-01"))
    (item,) = rated(given, QUARTER)
    assert item.mean == 80
    assert item.omitted == ("peer",)


def test_no_type_above_its_minimum_leaves_no_mean(given):
    employees(given)
    ratings(given, [("peer", "C", 1), ("peer", "D", 1)])
    (item,) = rated(given)
    assert (item.mean, item.types, item.omitted) == (None, (), ("peer",))


def test_a_quarter_pools_its_own_round_and_the_months(given):
    employees(given)
    ratings(given, [("superior", "B", 4)])
    ratings(given, [("superior", "B", 2)], cycle="quarter", period=day("2026-12-01"))
    ratings(given, [("superior", "B", 1)], cycle="year", period=day("2026-12-01"))
    assert rated(given)[0].mean == 80
    assert rated(given, QUARTER)[0].mean == 60
    assert rated(given, Period.parse("2026"))[0].mean == pytest.approx(140 / 3)


def test_weights_are_those_of_the_appraisal_group(given):
    employees(given, role_group="head")
    ratings(given, [("superior", "B", 5), ("self", "E1", 1.5)])
    (item,) = rated(given)
    assert item.mean == pytest.approx((60 * 100 + 10 * 30) / 70)


def test_only_whoever_may_see_the_person_sees_the_means(given):
    employees(given)
    ratings(given, [("superior", "B", 4)])
    for allowed in (owner_scope(), head_of("sales"), person("E1")):
        assert rated(given, scope=allowed)[0].mean == 80
    for stranger in (head_of("finance"), person("E2"), NOBODY):
        with pytest.raises(AccessDenied):
            rated(given, scope=stranger)


def test_an_unrated_month_is_empty(given):
    employees(given)
    assert rated(given) == ()
