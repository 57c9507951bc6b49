"""The consequence ladder: U is unqualified, Q qualified, - no result, p provisional U."""

from dataclasses import replace

import pytest

from kpi.ladder import Outcome, Rule, cases, standing_case

TWO = Rule(
    id="two",
    cycle="quarter",
    mode="consecutive",
    results=2,
    grades=frozenset({"unqualified"}),
    window=0,
    missing="skip",
    longest_gap=1,
    provisional_counts=False,
    severity=1,
    actions={"en": "Coaching", "zh-Hant": "輔導", "zh-Hans": "辅导"},
)
THREE = replace(TWO, id="three", results=3, severity=2)
THREE_A_YEAR = replace(TWO, id="three_a_year", mode="cumulative", results=3)
TWO_OF_THREE = replace(TWO, id="two_of_three", mode="rolling", window=3)

GRADES = {"U": "unqualified", "Q": "qualified", "-": None, "p": "unqualified"}


def outcomes(signs, first_of_next_year=99):
    return [
        Outcome(
            period=str(place),
            year="next" if place >= first_of_next_year else "this",
            grade=GRADES[sign],
            provisional=sign == "p",
        )
        for place, sign in enumerate(signs, start=1)
    ]


def fired(rule, signs, **year):
    return [case.steps[0].period for case in cases([rule], outcomes(signs, **year))]


@pytest.mark.parametrize(
    ("signs", "expected"),
    [
        ("UU", ["2"]),
        ("UQU", []),
        ("U-U", ["3"]),
        ("U--U", []),
        ("pU", []),
        ("U", []),
        ("UUU", ["2"]),
        ("UUQUU", ["2", "5"]),
    ],
)
def test_two_in_a_row(signs, expected):
    assert fired(TWO, signs) == expected


def test_a_missing_result_can_end_the_row_instead():
    assert fired(replace(TWO, missing="break"), "U-U") == []


def test_a_third_result_escalates_the_same_case():
    (case,) = cases([TWO, THREE], outcomes("UUU"))
    assert [(step.period, step.rule.id) for step in case.steps] == [("2", "two"), ("3", "three")]
    assert case.rule.id == "three"
    assert case.counted == ("1", "2", "3")


def test_three_within_a_year_need_not_be_in_a_row():
    assert fired(THREE_A_YEAR, "UQUQU") == ["5"]


def test_a_new_year_begins_to_count_anew():
    assert fired(THREE_A_YEAR, "UQUQU", first_of_next_year=4) == []


def test_two_of_the_last_three():
    assert fired(TWO_OF_THREE, "UQU") == ["3"]
    assert fired(TWO_OF_THREE, "UQQU") == []


def test_a_case_names_the_gap_it_passed_over():
    (case,) = cases([TWO], outcomes("U-U"))
    assert (case.counted, case.gaps) == (("1", "3"), ("2",))


def test_a_case_is_over_after_a_qualified_result():
    assert standing_case([TWO], outcomes("UUQ")) is None
    assert standing_case([TWO], outcomes("UU")) is not None
    assert standing_case([TWO], []) is None
