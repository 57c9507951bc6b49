"""The commands projects, risks, appraisal and export."""

import json

import openpyxl
import pytest

from data.home import open_home
from data.warehouse import Warehouse
from kpi.__main__ import DONE, REFUSED, main
from tests.kpi.appraised import goals, people, rated, tasks
from tests.kpi.given import Given, day


@pytest.fixture
def folder(tmp_path):
    """A home on disk: the total of E1 is 80, R1 is critical, P1 is late and costly."""
    home = open_home(tmp_path / "home")
    warehouse = Warehouse.open(home)
    given = Given(home, warehouse)
    people(given, {"emp_id": "E1"})
    goals(given)
    tasks(given, "E1", "2026-10", in_time=8, late=2)
    rated(given, "E1", "2026-10", 80)
    given.rows(
        "projects",
        [{"project_id": "P1", "name": "P", "lead_dept": "technology", "bac": 500_000}],
    )
    given.rows(
        "project_status",
        [
            {
                "project_id": "P1",
                "status_date": day("2026-10-31"),
                "pv": 250_000,
                "ev": 200_000,
                "ac": 290_000,
            }
        ],
    )
    given.rows(
        "risks",
        [
            {
                "risk_id": "R1",
                "snapshot_date": day("2026-10-31"),
                "dept": "technology",
                "likelihood": 5,
                "impact": 5,
            }
        ],
    )
    warehouse.close()
    return home.path


@pytest.fixture
def ask(folder, capsys):
    def asked(*words):
        assert main([*words, "--home", str(folder), "--json"]) == DONE
        return json.loads(capsys.readouterr().out)

    return asked


def test_projects_have_their_figures_and_sources(ask):
    # Golden A1.
    (project,) = ask("projects", "--period", "2026-10")["projects"]
    value = project["earned_value"]
    assert value["schedule_index"] == pytest.approx(0.8)
    assert value["estimate"] == pytest.approx(725_000)
    assert value["variance_at_completion"] == pytest.approx(-225_000)
    assert project["level"] == "red"
    assert {s["dataset"]: s["row"] for s in project["sources"]} == {
        "projects": 2,
        "project_status": 2,
    }


def test_risks_have_levels_and_cells(ask):
    answer = ask("risks", "--period", "2026-10")
    assert answer["risks"][0]["level"] == "critical"
    assert answer["default_matrix"] is True
    assert [c["risks"] for c in answer["cells"] if c["count"]] == [["R1"]]


def test_appraisal_lists_everyone_with_a_grade(ask):
    (one,) = ask("appraisal", "--period", "2026-10")["results"]
    # The department is E1's tasks: 80 both, and ratings of 80.
    assert (one["employee"], one["total"], one["grade"]) == ("E1", 80, "good")


def test_appraisal_of_one_person_has_the_lines_and_no_single_rater(ask):
    answer = ask("appraisal", "--period", "2026-10", "--employee", "E1")
    assert answer["lines"][0]["indicator"] == "task_on_time_rate"
    assert answer["lines"][0]["value"] == 0.8
    assert [one["total"] for one in answer["history"]] == [80]
    assert "rater_id" not in json.dumps(answer)


def test_the_summary_is_written_in_the_language_asked_for(ask, tmp_path):
    out = tmp_path / "summary.xlsx"
    answer = ask("export", "appraisal", "--period", "2026-10", str(out), "--language", "zh-Hans")
    assert answer["people"] == 1
    assert openpyxl.load_workbook(out).sheetnames == ["考核结果", "等级分布", "说明"]
    assert [path.name for path in tmp_path.glob("*summary*")] == ["summary.xlsx"]


@pytest.mark.parametrize(
    "words",
    [
        ("export", "appraisal", "--period", "2026-10", "summary.docx"),
        ("appraisal", "--period", "2026-10", "--employee", "E9"),
    ],
)
def test_what_cannot_be_done_is_refused_with_a_reason(folder, capsys, words):
    assert main([*words, "--home", str(folder)]) == REFUSED
    said = capsys.readouterr()
    assert said.out == ""
    assert "summary.docx" in said.err or "E9" in said.err


@pytest.mark.parametrize("command", ["projects", "risks", "appraisal"])
def test_a_command_reads_well_in_a_terminal(folder, capsys, command):
    assert main([command, "--period", "2026-10", "--home", str(folder)]) == DONE
    assert {"projects": "P1", "risks": "critical 1", "appraisal": "80.00"}[
        command
    ] in capsys.readouterr().out
