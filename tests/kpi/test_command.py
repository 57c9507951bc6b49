"""python -m kpi: one JSON document, and an exit code that says what became of it."""

import json
from pathlib import Path

import pytest

from data.audit import events
from data.home import open_home
from data.warehouse import Warehouse
from kpi.__main__ import main
from tests.kpi.company import load
from tests.kpi.given import Given


@pytest.fixture
def folder(tmp_path):
    home = open_home(tmp_path / "home")
    warehouse = Warehouse.open(home)
    rows = {
        "sales_orders": [
            {"order_id": "A", "order_date": "2026-05-03", "amount": 90, "emp_id": "E1"},
            {"order_id": "B", "order_date": "2026-05-04", "amount": 60},
        ],
        "sales_targets": [
            {"period": "2026-05", "level": "dept", "dept": "sales", "target_amount": 200}
        ],
        "employees": [{"emp_id": "E1", "name": "陳大文", "dept": "sales"}],
    }
    load(Given(home, warehouse), rows)
    warehouse.close()
    return str(home.path)


@pytest.fixture
def answer(folder, capsys):
    def asked(*arguments):
        assert main([*arguments, "--home", folder, "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    return asked


def line(card, key):
    return next(line for line in card["lines"] if line["indicator"] == key)


def test_the_catalogue_lists_every_indicator_in_three_languages(answer):
    listed = answer("indicators")["indicators"]
    assert len(listed) == 28
    assert set(listed[0]["name"]) == {"zh-Hant", "zh-Hans", "en"}


def test_a_scorecard_is_computed_before_it_is_shown(answer):
    found = answer("scorecard", "--period", "2026-05", "--department", "sales")
    assert found["period"] == "2026-05"
    (card,) = found["scorecards"]
    assert line(card, "sales_attainment_rate") == {
        "indicator": "sales_attainment_rate",
        "dimension": "performance",
        "level": "department",
        "numerator": 150.0,
        "denominator": 200.0,
        "value": 0.75,
        "unit": "percent",
        "target": 1.0,
        "floor": None,
        "band": None,
        "target_origin": "default",
        "weight": 1.0,
        "score": 75.0,
        "status": "amber",
        "reason": None,
        "sample": 2,
        "covered": 1,
        "expected": 1,
        "provisional": False,
        "previous": None,
        "year_before": None,
    }


def test_without_a_department_there_is_a_scorecard_for_each(answer):
    cards = answer("scorecard", "--period", "2026-Q2")["scorecards"]
    assert len(cards) == 7
    assert {card["total"] for card in cards} == {None}


def test_what_has_not_arrived_is_null_with_its_reason(answer):
    (card,) = answer("scorecard", "--period", "2026-05", "--department", "marketing")["scorecards"]
    assert (line(card, "nps")["value"], line(card, "nps")["reason"]) == (None, "no_data")


def test_an_employee_has_a_scorecard(answer):
    (card,) = answer("scorecard", "--period", "2026-05", "--employee", "E1")["scorecards"]
    assert (card["employee"], card["department"]) == ("E1", "sales")
    assert line(card, "sales_attainment_rate")["numerator"] == 90


def test_rows_say_file_sheet_and_row_and_add_up(answer):
    found = answer("rows", "sales_attainment_rate", "--period", "2026-05", "--department", "sales")
    assert [(row["file"], row["sheet"], row["row"]) for row in found["rows"]] == [
        ("sales_orders.xlsx", "Sheet1", 2),
        ("sales_orders.xlsx", "Sheet1", 3),
        ("sales_targets.xlsx", "Sheet1", 2),
    ]
    assert [row["numerator"] for row in found["rows"]] == [90, 60, None]
    assert [row["denominator"] for row in found["rows"]] == [None, None, 200]
    assert (found["numerator"], found["denominator"]) == (150, 200)


def test_coverage_tells_what_serves_each_clause(answer):
    found = {entry["clause"]: entry for entry in answer("coverage")["clauses"]}
    assert len(found) == 42
    assert found["2.3.1"]["indicators"] == ["sales_attainment_rate", "sales_growth_rate"]
    assert (found["2.3.1"]["data"], found["2.2.2"]["data"]) == ("arrived", "missing")
    assert found["2.1.1"]["data"] == "none"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("rows", "np", "--period", "2026-05", "--department", "sales"), "Did you mean 'nps'?"),
        (("scorecard", "--period", "2026-05", "--employee", "X"), "No employee has the number 'X'"),
    ],
)
def test_what_does_not_exist_is_refused_with_the_reason(folder, capsys, arguments, words):
    assert main([*arguments, "--home", folder, "--json"]) == 1
    written = capsys.readouterr()
    assert words in written.err
    assert written.out == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ("scorecard",),
        ("scorecard", "--period", "May"),
        ("scorecard", "--period", "2026-05", "--department", "sale"),
        ("rows", "nps", "--period", "2026-05"),
        ("made_up",),
        (),
    ],
)
def test_a_wrong_call_ends_with_2(folder, arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main([*arguments])
    assert ended.value.code == 2
    assert "usage:" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ("indicators",),
        ("scorecard", "--period", "2026-05"),
        ("rows", "sales_attainment_rate", "--period", "2026-05", "--department", "sales"),
        ("rows", "nps", "--period", "2026-05", "--department", "marketing"),
        ("coverage",),
    ],
)
def test_every_command_reads_as_plain_text(folder, arguments, capsys):
    assert main([*arguments, "--home", folder]) == 0
    assert len(capsys.readouterr().out.splitlines()) >= 1


def test_who_looked_at_what_is_in_the_audit_log(folder, answer):
    answer("scorecard", "--period", "2026-05", "--employee", "E1")
    opened = Warehouse.open(open_home(Path(folder)))
    with opened.read() as con:
        latest = events(con, 1)[0]
    opened.close()
    assert (latest.login, latest.action) == ("owner", "kpi scorecard")
    assert latest.detail["employee"] == "E1"
