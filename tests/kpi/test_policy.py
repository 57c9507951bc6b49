import tomllib

import pytest

from kpi.policy import FILE, PolicyError, policy, read_policy


@pytest.fixture
def entry():
    return tomllib.loads(FILE.read_text("utf-8"))


def test_the_shipped_policy_is_usable():
    assert policy().dimensions == {"performance": 60, "capability": 20, "attitude": 20}


@pytest.mark.parametrize(
    ("total", "grade"),
    [
        (100, "excellent"),
        (90, "excellent"),
        (89.99, "good"),
        (89.5, "good"),
        (70, "qualified"),
        (69.99, "needs_improvement"),
        (59.99, "unqualified"),
        (0, "unqualified"),
    ],
)
def test_every_total_has_a_grade_and_only_one(total, grade):
    found = policy().grade(total)
    assert found is not None
    assert found.id == grade


def test_without_a_total_there_is_no_grade():
    assert policy().grade(None) is None


def test_rater_weights_of_every_group_come_to_a_hundred():
    assert {sum(weights.values()) for weights in policy().rater_weights.values()} == {100}


def test_a_level_is_looked_up_and_need_not_rise_with_the_product():
    matrix = policy().risk_matrix
    assert (matrix.level(1, 5), matrix.level(5, 1), matrix.level(4, 1)) == (
        "medium",
        "medium",
        "low",
    )
    assert (matrix.level(None, 5), matrix.level(6, 1)) == (None, None)


def test_every_fault_of_a_policy_is_told_at_once(entry):
    entry["fiscal_first_month"] = 13
    entry["score"]["amber_from"] = 95
    entry["rater_weights"]["general"]["boss"] = 1
    entry["risk_matrix"]["rows"][0][0] = "tiny"
    with pytest.raises(PolicyError) as refused:
        read_policy(entry)
    assert len(refused.value.faults) == 4


def test_an_unknown_section_is_refused(entry):
    entry["roll_ups"] = {}
    with pytest.raises(PolicyError, match="unknown section 'roll_ups'"):
        read_policy(entry)
