"""Appraisal results on the screen."""

from io import BytesIO

import openpyxl
import pytest

from data.access import AccessDenied, scope_of
from kpi.appraisal import result, results
from kpi.period import Period
from kpi.policy import policy
from kpi.rating import ItemRating, TypeMean
from pages.appraisals import grades, ratings, results_table, summary, sums, wording
from pages.shared.words import speaking
from tests.kpi.appraised import goals, people, rated, ready, tasks
from tests.kpi.given import head_of, person
from tests.pages.screen import Screen, fitted, html

OCTOBER = Period.parse("2026-10")
MANAGEMENT = scope_of(login="boss", role="management", department_id=None, employee_id="E9")


@pytest.fixture(autouse=True)
def english():
    with speaking("en"):
        yield


@pytest.fixture
def company(given):
    """October: E1 does every task in time and is rated 90, E2 half of them and 50; S1 sells."""
    people(
        given,
        {"emp_id": "E1", "name": "Ann <b>"},
        {"emp_id": "E2", "name": "Bob"},
        {"emp_id": "E3", "name": "Cai"},
        {"emp_id": "S1", "name": "Sue", "dept": "sales"},
    )
    goals(given)
    tasks(given, "E1", "2026-10", in_time=4)
    tasks(given, "E2", "2026-10", in_time=2, late=2)
    tasks(given, "E3", "2026-10", in_time=4)
    for employee, score in (("E1", 90), ("E2", 50), ("E3", 80)):
        rated(given, employee, "2026-10", score)
    return ready(given)


@pytest.fixture
def screen(company, monkeypatch):
    return fitted(monkeypatch, Screen(company.warehouse, MANAGEMENT))


def found(given, employee_id="E1", scope=MANAGEMENT):
    with given.warehouse.read() as con:
        return result(con, scope, OCTOBER, employee_id)


def everyone(given, scope=MANAGEMENT):
    with given.warehouse.read() as con:
        return results(con, scope, OCTOBER)


def an_item(omitted=(), **means):
    types = tuple(
        TypeMean(rater_type=kind, mean=mean, ratings=1, share=1 / len(means))
        for kind, mean in means.items()
    )
    return ItemRating(item="teamwork", mean=None, types=types, omitted=omitted)


def test_the_parts_of_a_total_add_up_to_it(company):
    for employee_id in ("E1", "E2", "E3"):
        evaluation = found(company, employee_id).result.evaluation
        parts = sums.parts(evaluation)
        assert sum(part.gives for part in parts) == pytest.approx(evaluation.total)
        assert sum(part.weight for part in parts) == pytest.approx(1)
        gain = sum(part.could_add for part in parts)
        assert gain == pytest.approx(100 - evaluation.total)


def test_what_could_add_most_comes_first(company):
    parts = sums.parts(found(company, "E2").result.evaluation)
    # Own tasks: 60 % of the total, 70 % of that, a score of 50: 21 points to gain.
    assert parts[0].line.key == "task_on_time_rate"
    assert parts[0].weight == pytest.approx(0.42)
    assert parts[0].could_add == pytest.approx(21)


def test_a_full_score_has_nothing_to_gain(company):
    parts = sums.parts(found(company).result.evaluation)
    own = next(part for part in parts if part.line and part.line.key == "task_on_time_rate")
    assert own.could_add == 0


def test_the_grades_the_ladder_counts_are_red_and_the_one_above_amber():
    colours = {grade.id: grades.colour(grade) for grade in policy().grades}
    assert colours == {
        "excellent": "green",
        "good": "green",
        "qualified": "green",
        "needs_improvement": "amber",
        "unqualified": "red",
    }
    assert grades.colour(None) == "none"


def test_results_are_ordered_by_total_either_way(company):
    listed = everyone(company)
    lowest = [r.employee.employee_id for r in results_table.ordered(listed, "lowest")]
    highest = [r.employee.employee_id for r in results_table.ordered(listed, "highest")]
    assert lowest[:3] == ["E2", "E3", "E1"]
    assert highest[:3] == ["E1", "E3", "E2"]
    assert lowest[-1] == highest[-1] == "S1"  # without a result: last in both


def test_what_is_special_about_a_result_is_said(company):
    sue = next(one for one in everyone(company) if one.employee.employee_id == "S1")
    assert "no result in performance" in wording.said(sue)


def test_a_self_rating_is_compared_with_the_mean_of_the_others():
    assert ratings.self_gap(an_item(self=90, superior=70, peer=80)) == pytest.approx(15)
    assert ratings.self_gap(an_item(superior=70)) is None
    assert ratings.self_gap(an_item(self=70)) is None


def test_a_kind_of_raters_below_its_minimum_shows_no_figure_and_says_why():
    shown = ratings.table([an_item(omitted=("peer",), superior=80.0)])
    assert "withheld" in shown
    assert "Peers: fewer than 3 rated in a round." in shown
    assert "heng-by-peer" not in shown[shown.index("<tbody>") : shown.index("</tbody>")]


def test_every_dot_is_said_in_words():
    shown = ratings.table([an_item(superior=80.0, self=90.0)])
    assert 'aria-label="Superior 80.0, Self 90.0"' in shown


def test_the_results_page_lists_everyone_with_grade(screen):
    page = html(screen.open("pages.appraisals.results", period="2026-10"))
    for words in ("Ann &lt;b&gt;", "Bob", "Cai", "Sue", "Unqualified", "No result"):
        assert words in page


def test_a_grade_can_be_chosen(screen):
    at = screen.open("pages.appraisals.results", period="2026-10", grade="unqualified")
    listed = html(at)
    listed = listed[listed.index('class="heng-list"') :]
    assert "Bob" in listed
    assert "Cai" not in listed


def test_a_person_can_be_found_by_name_or_number(screen):
    for words in ("bob", "e2"):
        at = screen.open("pages.appraisals.results", period="2026-10", find=words)
        listed = html(at)
        listed = listed[listed.index('class="heng-list"') :]
        assert "Bob" in listed
        assert "Cai" not in listed


def test_a_mean_over_fewer_than_three_people_is_not_shown(screen):
    at = screen.open("pages.appraisals.results", period="2026-10")
    page = html(at)
    assert "Shown only over at least 3 people" in page  # sales has one person


def test_a_head_sees_the_own_people_only(screen):
    screen.scope = head_of("sales")
    at = screen.open("pages.appraisals.results", period="2026-10")
    assert "Bob" not in html(at)


def test_a_recommendation_says_that_a_person_decides(given, monkeypatch):
    people(given, {"emp_id": "E1"}, {"emp_id": "E2"})
    goals(given)
    for month in ("2026-04", "2026-05", "2026-06", "2026-07", "2026-08", "2026-09"):
        tasks(given, "E1", month, in_time=0, late=5)
        rated(given, "E1", month, 40)
        tasks(given, "E2", month, in_time=20)
        rated(given, "E2", month, 90)
    screen = fitted(monkeypatch, Screen(ready(given).warehouse, MANAGEMENT))
    page = html(screen.open("pages.appraisals.results", period="2026-Q3"))
    for words in ("Unqualified in Q2 2026, Q3 2026.", "A person decides", "article 40"):
        assert words in page
    screen.scope = person("E1", "technology")
    own = html(screen.open("pages.appraisals.person", period="2026-Q3"))
    assert "Recommended" not in own


def test_an_employee_sees_the_own_result(screen):
    screen.scope = person("E2", "technology")
    at = screen.open("pages.appraisals.person", period="2026-10")
    assert at.title[0].value == "My results"
    page = html(at)
    assert "Unqualified" in page
    assert "Most could be gained by Tasks completed on time (up to 21.0 points)" in page


def test_an_employee_does_not_see_somebody_else(screen):
    screen.scope = person("E2", "technology")
    at = screen.open("pages.appraisals.person", period="2026-10", employee="E1")
    assert at.title[-1].value == "Not open to you"
    assert "Ann" not in html(at)


def test_a_head_does_not_see_a_person_of_another_department(screen):
    screen.scope = head_of("sales")
    at = screen.open("pages.appraisals.person", period="2026-10", employee="E1")
    assert at.title[-1].value == "Not open to you"


def test_the_rows_behind_an_own_indicator_open_with_file_sheet_and_row(screen):
    screen.scope = person("E2", "technology")
    page = html(screen.open("pages.appraisals.person", period="2026-10", rows="task_on_time_rate"))
    for words in ("Rows behind Tasks completed on time", "project_tasks.xlsx", "E2-2026-10-0"):
        assert words in page
    assert "E1-2026-10-0" not in page


def test_ratings_never_open_to_their_rows(screen):
    page = html(
        screen.open(
            "pages.appraisals.person", period="2026-10", employee="E1", rows="rating_teamwork"
        )
    )
    assert "Rows behind" not in page


def test_whoever_was_not_employed_has_no_result(screen):
    at = screen.open("pages.appraisals.person", period="2026-10", employee="X")
    assert "No result in Oct 2026" in at.markdown[0].value


def built(given, scope, **parameters):
    with given.warehouse.read() as con:
        download = summary.build(con, scope, {"period": "2026-10", **parameters})
    return download, openpyxl.load_workbook(BytesIO(download.content))


def test_the_summary_holds_the_people_of_the_scope(company):
    download, book = built(company, head_of("technology"))
    names = [row[1] for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)]
    assert names == ["Ann <b>", "Bob", "Cai"]
    assert download.file_name == "Appraisal summary 2026-10.xlsx"


def test_the_summary_can_be_narrowed_to_a_department(company):
    _, book = built(company, MANAGEMENT, department="sales")
    names = [row[1] for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)]
    assert names == ["Sue"]


def test_the_summary_is_refused_outside_the_scope(company):
    with pytest.raises(AccessDenied):
        built(company, head_of("sales"), department="technology")
    with pytest.raises(AccessDenied):
        built(company, person("E1", "technology"))
