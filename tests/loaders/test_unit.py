import pytest

from loaders.unit import factor, stated_unit


@pytest.mark.parametrize(
    ("unit", "times"),
    [
        ("元", 1),
        ("千元", 1_000),
        ("萬元", 10_000),
        ("万", 10_000),
        ("百萬港元", 1_000_000),
        ("HK$ million", 1_000_000),
        ("US$m", 1_000_000),
        ("亿元", 100_000_000),
        ("萬件", 10_000),
        ("1-5", 1),
        (None, 1),
    ],
)
def test_a_unit_multiplies(unit, times):
    assert factor(unit) == times


@pytest.mark.parametrize("line", ["單位：萬元", "(单位:万元)", "金額單位: 萬元", "Unit: 萬元"])
def test_a_line_above_the_header_states_the_unit(line):
    assert factor(stated_unit([["預算表", None], [None, line]])) == 10_000


def test_without_such_a_line_no_unit_is_stated():
    assert stated_unit([["預算表（萬元）"], ["部門"]]) is None
