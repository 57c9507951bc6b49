"""Exported workbooks, read back with another library."""

import io
from datetime import UTC, datetime

import openpyxl
import pytest

from data.access import AccessDenied, owner_scope
from data.language import LANGUAGES
from kpi.export.rows import rows_workbook
from kpi.export.sheet import Heading, _words, book, safe
from kpi.export.workbook import appraisal_summary
from kpi.period import Period
from tests.kpi.appraised import goals, people, rated, ready, tasks
from tests.kpi.given import head_of, person

OCTOBER = Period.parse("2026-10")
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.fixture
def october(given):
    """The head E2 has a total of 88.4, E1 one of 81.8 and a name that looks like a formula."""
    people(given, {"emp_id": "E1", "name": "=1+1"}, {"emp_id": "E2", "role_group": "head"})
    goals(given)
    tasks(given, "E1", "2026-10", in_time=8, late=2)
    tasks(given, "E2", "2026-10", in_time=10)
    rated(given, "E1", "2026-10", 80)
    rated(given, "E2", "2026-10", 80)
    return ready(given)


def summary(given, period=OCTOBER, language="en", scope=None):
    out = io.BytesIO()
    with given.warehouse.read() as con:
        appraisal_summary(con, scope or owner_scope(), period, language, out, now=NOW)
    return openpyxl.load_workbook(out)


def by_heading(sheet, row=2):
    return {sheet.cell(1, n).value: sheet.cell(row, n) for n in range(1, sheet.max_column + 1)}


def test_the_summary_has_one_row_per_person_with_real_numbers(october):
    sheet = summary(october)["Appraisal results"]
    assert sheet.max_row == 3
    cells = by_heading(sheet, 3)
    assert cells["Employee no."].value == "E2"
    assert (cells["Total"].value, cells["Total"].data_type) == (88.4, "n")
    assert cells["Total"].number_format == "0.00"
    assert cells["Grade"].value == "Good"
    assert cells["Performance"].value == pytest.approx(94)
    assert cells["of which own indicators"].value == pytest.approx(100)
    assert cells["of which department"].value == pytest.approx(90)
    assert cells["Provisional"].value == "No"


def test_text_is_never_a_formula(october):
    cell = by_heading(summary(october)["Appraisal results"])["Name"]
    assert (cell.value, cell.data_type) == ("'=1+1", "s")


@pytest.mark.parametrize("first", "=+-@\t\r\n＝＋－＠")
def test_text_that_may_begin_a_formula_gets_an_apostrophe(first):
    assert safe(f"{first}cmd") == f"'{first}cmd"


@pytest.mark.parametrize("text", ["", "陳一", "a=b", "E-1"])
def test_other_text_is_left_as_it_is(text):
    assert safe(text) == text


def test_numbers_below_zero_stay_numbers():
    out = io.BytesIO()
    with book(out, "en") as made:
        made.table("S", [Heading(words="n", look="amount")], [[-5]])
    cell = openpyxl.load_workbook(out)["S"]["A2"]
    assert (cell.value, cell.data_type) == (-5, "n")


def test_what_is_missing_is_a_dash_and_says_why(october):
    people(october, {"emp_id": "E3"})
    ready(october)
    cells = by_heading(summary(october)["Appraisal results"], 4)
    assert cells["Capability"].value == "—"
    assert "No capability result" in cells["Remarks"].value
    assert cells["Provisional"].value == "Yes"


def test_the_header_stays_in_sight_and_can_be_filtered(october):
    sheet = summary(october)["Appraisal results"]
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == "A1:R3"


def test_a_quarter_has_the_mean_of_its_months(october):
    cells = by_heading(summary(october, Period.parse("2026-Q4"))["Appraisal results"])
    assert cells["Mean of the months"].value == pytest.approx(81.8)
    assert cells["Provisional"].value == "Yes"


def test_grades_are_counted_per_department_and_few_people_have_no_mean(october):
    sheet = summary(october)["Grades"]
    cells = by_heading(sheet)
    assert (cells["Department"].value, cells["Good ≥ 80"].value) == ("Technology", 2)
    assert (cells["People"].value, cells["Mean total"].value) == (2, "—")


def test_the_notes_say_what_when_by_whom_and_which_rules_are_defaults(october):
    notes = {
        row[0].value: row[1].value for row in summary(october, scope=head_of("technology"))["Notes"]
    }
    assert notes["Period"] == "2026-10"
    assert notes["Departments"] == "Technology"
    assert notes["Exported by"] == "head"
    assert notes["Exported at"] == "2026-11-22 09:30 UTC"
    assert notes["Data as of (revision)"].endswith("(6)")
    weights = notes["Weights of performance, capability, attitude"]
    assert weights == "60 / 20 / 20 (default, not yet set by the company)"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_there_in_every_language(language):
    for kind, words in _words().items():
        for key, spellings in words.items():
            assert spellings[language], f"{kind}.{key}"


@pytest.mark.parametrize(("language", "name"), [("zh-Hant", "考核結果"), ("zh-Hans", "考核结果")])
def test_the_summary_speaks_the_readers_language(october, language, name):
    made = summary(october, language=language)
    assert made.sheetnames[0] == name
    assert by_heading(made[name])["總分" if language == "zh-Hant" else "总分"].value == 81.8


def test_a_head_exports_the_own_department_only(october):
    people(october, {"emp_id": "E3", "dept": "sales"})
    ready(october)
    sheet = summary(october, scope=head_of("sales"))["Appraisal results"]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == ["E3"]


def test_an_employee_may_not_export_appraisals(october):
    with pytest.raises(AccessDenied):
        summary(october, scope=person("E1", "technology"))


def test_rows_behind_a_number_have_file_sheet_and_row(october):
    out = io.BytesIO()
    with october.warehouse.read() as con:
        listed = rows_workbook(
            con, owner_scope(), "task_on_time_rate", OCTOBER, "technology", "en", out, now=NOW
        )
    made = openpyxl.load_workbook(out)
    cells = by_heading(made["Rows"])
    assert listed == made["Rows"].max_row - 1 == 20
    assert (cells["File"].value, cells["Sheet"].value) == ("project_tasks.xlsx", "Sheet1")
    assert cells["Row"].value == 2
    assert sum(row[5].value for row in made["Rows"].iter_rows(min_row=2)) == 18
    notes = [(row[0].value, row[1].value) for row in made["Notes"]]
    assert ("Sum of numerator, of denominator", "18.00 / 20.00") in notes
