"""Problems say what was found, where, and what was expected."""

import re
import string

import pytest

from loaders import progress
from loaders.codes import CODES, CONTENTS, DETAILS, EXPECTED
from loaders.limits import DEFAULT, limits_from
from loaders.problem import Problem, RefusedFile, problem_from_json, shown, wrong_type

WRONG_DAY = Problem(
    code="BAD_DATE",
    file="a.xlsx",
    sheet="3月",
    row=7,
    column="D",
    header="日期",
    found="31/02/2026",
    expected="date",
)


def test_a_problem_names_file_sheet_and_cell():
    assert str(WRONG_DAY) == (
        "a.xlsx, sheet '3月', D7: '31/02/2026' is not a date such as 2026-03-31."
    )


def test_a_problem_of_a_row_names_the_row():
    problem = Problem(code="CSV_STRUCTURE", file="a.csv", row=4, facts=(("detail", "csv_quote"),))
    assert str(problem).startswith("a.csv, row 4: The line does not fit the table: a quote is")


def test_a_detail_is_filled_in_with_the_other_facts():
    facts = (("detail", "part_size"), ("part", "xl/a.xml"), ("limit", "7"))
    assert "xl/a.xml has more than 7 bytes" in str(Problem(code="ZIP_BOMB", file="a", facts=facts))


def test_a_missing_fact_does_not_hide_the_problem():
    assert "more than ? rows" in str(Problem(code="TOO_MANY_ROWS", file="a.xlsx"))


def test_an_unknown_code_is_its_own_sentence():
    assert str(Problem(code="ODD", file="a.xlsx")) == "a.xlsx: ODD"


def test_a_problem_survives_being_json():
    problem = wrong_type("a.xlsx", "pdf")
    assert problem_from_json(problem.as_json()) == problem
    assert problem_from_json(WRONG_DAY.as_json()) == WRONG_DAY


def test_what_is_shown_is_one_short_printable_line():
    assert shown("a\r\nb\x00c") == "a  b c"
    assert shown("x" * 100) == "x" * 79 + "…"


def test_a_refusal_carries_all_problems():
    refused = RefusedFile([WRONG_DAY, wrong_type("a.xlsx", "pdf")])
    assert len(str(refused).splitlines()) == 2


@pytest.mark.parametrize("code", CODES)
def test_every_sentence_is_one(code):
    wording = CODES[code]
    assert re.fullmatch(r"[A-Z_0-9]+", code)
    assert wording.sentence[0].isupper() or wording.sentence[0] == "{"
    assert wording.sentence.endswith((".", "}"))
    assert not wording.advice or wording.advice.endswith(".")


@pytest.mark.parametrize("text", [*DETAILS.values(), *CONTENTS.values(), *EXPECTED.values()])
def test_parts_of_sentences_name_plain_facts(text):
    names = [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
    assert all(name.isidentifier() for name in names)
    assert not text.endswith(".")


def test_limits_can_be_set_by_name():
    assert limits_from({"rows": 200_000}).rows == 200_000
    assert limits_from({"rows": 200_000}).cells == DEFAULT.cells


@pytest.mark.parametrize("settings", [{"rowz": 1}, {"rows": 0}, {"rows": "many"}, {"rows": True}])
def test_limits_that_make_no_sense_are_refused(settings):
    with pytest.raises(ValueError, match="limit"):
        limits_from(settings)


def test_a_part_of_the_work_reports_within_its_span(monkeypatch):
    heard = []
    monkeypatch.setattr(progress, "_listeners", [heard.append])
    with progress.span(0.2, 0.6):
        progress.report(0.5)
        with progress.span(0.5, 1.0):
            progress.report(1.0)
    progress.report(2.0)
    assert heard == [pytest.approx(0.4), pytest.approx(0.6), 1.0]
