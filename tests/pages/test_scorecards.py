"""Overview, department scorecard and indicator on the screen."""

import re
from datetime import datetime

import pytest

from data.access import owner_scope
from data.home import open_home
from data.warehouse import Warehouse
from kpi.components import refresh
from pages.web import exports
from tests.kpi.given import Given, day, head_of
from tests.pages.screen import Screen, fitted, html

COMPANY = "pages.scorecards.company"
DEPARTMENT = "pages.scorecards.department"
INDICATOR = "pages.scorecards.indicator"

# October: 3 of 4 tasks in time, the one milestone in time, the one ticket in time, SPI 900 / 1000
# and CPI 900 / 900. Scores 83.33, 100, 100, 33.33 and 100: performance is 83.33, on 5 of 7
# weights. September was all in time and on plan: 100.


def company(folder):
    warehouse = Warehouse.in_memory(open_home(folder / "home"))
    given = Given(home=warehouse.home, warehouse=warehouse)
    given.rows(
        "project_tasks",
        [
            a_task("T1", "2026-09-10", "2026-09-10", is_milestone=True),
            a_task("T2", "2026-09-20", "2026-09-11"),
            a_task("T3", "2026-10-10", "2026-10-09", is_milestone=True),
            a_task("T4", "2026-10-10", "2026-10-09"),
            a_task("T5", "2026-10-12", "2026-10-12"),
            a_task("T6", "2026-10-15", "2026-10-20", name="Late <b>one</b>"),
        ],
        sheet="Tasks",
    )
    given.rows("projects", [{"project_id": "P1", "name": "One", "lead_dept": "technology"}])
    given.rows(
        "project_status",
        [a_report("2026-09-30", 500, 500, 500), a_report("2026-10-31", 1000, 900, 900)],
    )
    given.rows("service_tickets", [a_ticket("K1", "2026-09-05"), a_ticket("K2", "2026-10-05")])
    refresh(warehouse)
    return given


@pytest.fixture(scope="module")
def given(tmp_path_factory):
    """The company, for tests that only look."""
    made = company(tmp_path_factory.mktemp("scorecards"))
    yield made
    made.warehouse.close()


@pytest.fixture
def own(tmp_path):
    """The company, for a test that changes it."""
    made = company(tmp_path)
    yield made
    made.warehouse.close()


def a_task(task_id, due, done, **values):
    return {
        "task_id": task_id,
        "project_id": "P1",
        "project_type": "rd",
        "name": f"Task {task_id}",
        "dept": "technology",
        "is_milestone": False,
        "due_date": day(due),
        "done_date": day(done),
        **values,
    }


def a_report(on, pv, ev, ac):
    return {"project_id": "P1", "status_date": day(on), "pv": pv, "ev": ev, "ac": ac}


def a_ticket(ticket_id, on):
    at = datetime.fromisoformat(f"{on} 09:00")
    return {
        "ticket_id": ticket_id,
        "type": "internal_it",
        "dept": "technology",
        "created_at": at,
        "resolution_due": at,
        "resolved_at": at,
    }


@pytest.fixture
def screen(given, monkeypatch):
    return shown(given, monkeypatch)


def shown(given, monkeypatch):
    monkeypatch.setattr(exports, "warehouse", lambda: given.warehouse)
    monkeypatch.setattr(exports, "token", lambda: "somebody")
    return fitted(monkeypatch, Screen(given.warehouse, owner_scope()))


@pytest.fixture
def overview(screen):
    return html(screen.open(COMPANY, period="2026-10"))


@pytest.fixture
def scorecard(screen):
    return html(screen.open(DEPARTMENT, period="2026-10", department="technology"))


@pytest.fixture
def indicator(screen):
    asked = {"indicator": "task_on_time_rate", "department": "technology", "period": "2026-10"}
    return html(screen.open(INDICATOR, **asked))


def tile(page: str, name: str) -> str:
    """The tile with this name."""
    return next(each for each in re.split(r"<li class=\"heng-tile", page) if f">{name}</a>" in each)


def row(page: str, name: str) -> str:
    """The table row with this name."""
    return next(each for each in page.split("<tr>") if f">{name}</a>" in each)


def words(part: str) -> str:
    """What a reader sees of a piece of HTML."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", part))


def test_a_tile_has_score_status_change_and_how_much_is_rated(overview):
    said = words(tile(overview, "Technology"))
    assert "▲ Watch" in said
    assert "83.3" in said
    assert "−16.7 against Sept 2026" in said
    assert "Provisional 43% of the weight rated" in said  # 60 % of 5 / 7


def test_a_department_without_a_score_shows_a_dash_and_no_zero(overview):
    said = words(tile(overview, "Sales"))
    assert "— Not rated" in said
    assert "No score to compare with in Sept 2026" in said
    assert "0.0" not in said


def test_a_tile_leads_to_the_scorecard_of_the_same_period(overview):
    href = "/department?department=technology&amp;period=2026-10&amp;compare=previous"
    assert href in tile(overview, "Technology")


def test_what_is_off_target_comes_with_value_and_target(overview):
    attention = overview.partition("Needs attention")[2].partition("Scores by dimension")[0]
    assert "✖ Off track Schedule performance index Technology 0.90 Target 0.95 – 1.10" in words(
        attention
    )


def test_missing_data_are_named_with_who_delivers_them(overview):
    assert "Sales orders not received for Oct 2026; delivered by Sales." in words(overview)


def test_the_largest_falls_come_first(overview):
    fallen = words(overview.partition("Changed most since Sept 2026")[2].partition(">Up<")[0])
    assert "1.00 → 0.90 −66.7" in fallen
    assert "100.0% → 75.0% −16.7" in fallen
    assert fallen.index("−66.7") < fallen.index("−16.7")


def test_the_comparison_follows_the_address(screen):
    page = html(screen.open(COMPANY, period="2026-10", compare="year"))
    assert "Changed most since Oct 2025" in page
    assert "No score to compare with in Oct 2025" in tile(page, "Technology")


def test_the_data_tile_counts_what_has_arrived(overview):
    said = words(tile(overview, "Data received"))
    assert "▲ Incomplete" in said
    assert "3 / 14" in said  # the tickets of customer service are missing


def test_a_scope_of_one_department_gives_one_tile(screen):
    screen.scope = head_of("technology")
    page = html(screen.open(COMPANY, period="2026-10"))
    assert tile(page, "Technology")
    assert ">Sales</a>" not in page


def test_the_verdict_tells_the_dimensions_and_what_they_rest_on(scorecard):
    said = words(scorecard.partition("<section")[0])
    assert "Performance" in said
    assert "60% of the total" in said
    assert "5 of 7 indicators rated" in said


def test_a_line_has_value_target_score_and_comparison(scorecard):
    said = words(row(scorecard, "Tasks completed on time"))
    for part in ("75.0%", "≥ 90%", "default", "83.3", "▲ Watch", "−25.0 pp", "from 100.0%"):
        assert part in said


def test_a_line_without_data_says_what_has_not_arrived(scorecard):
    said = words(row(scorecard, "Findings rectified on time"))
    assert "Audit findings not received for Oct 2026; delivered by Internal Audit." in said
    assert "— Not rated" in said


def test_every_picture_says_what_it_shows(scorecard):
    pictures = re.findall(r"<img [^>]*>", scorecard)
    assert len(pictures) == 14  # the total's and 13 lines'
    assert all(re.search(r'alt="[^"]+"', picture) for picture in pictures)


def test_a_line_opens_its_indicator(scorecard):
    href = "/indicator?indicator=task_on_time_rate&amp;department=technology&amp;period=2026-10"
    assert href in row(scorecard, "Tasks completed on time")


def test_a_department_without_any_data_is_told_what_is_missing(tmp_path, monkeypatch):
    warehouse = Warehouse.in_memory(open_home(tmp_path / "home"))
    given = Given(home=warehouse.home, warehouse=warehouse)
    given.rows("service_tickets", [a_ticket("K1", "2026-10-05")])
    refresh(warehouse)
    at = shown(given, monkeypatch).open(DEPARTMENT, period="2026-10", department="finance")
    said = " ".join(each.value.replace("\\", "") for each in at.markdown)
    assert "No data have come for Oct 2026" in said
    assert "Budget and costs not received for Oct 2026; delivered by Finance." in said
    warehouse.close()


def test_an_unknown_period_is_told(screen):
    at = screen.open(DEPARTMENT, period="2031-02", department="technology")
    assert "2031\\-02" in at.warning[0].value


def test_a_year_is_compared_once(screen):
    page = html(screen.open(DEPARTMENT, period="2026", department="technology"))
    assert page.count(">Against Year 2025</th>") == 3  # a table per dimension
    assert "Against Year 2024" not in page


def test_an_indicator_shows_its_parts_and_their_origin(indicator):
    assert "3 ÷ 4" in indicator
    assert "4 rows make this figure. Together they come to 3 ÷ 4." in indicator
    assert "Default, until the company sets its own" in indicator


def test_rows_tell_file_sheet_and_row(indicator):
    rows = indicator.partition("heng-rows")[2]
    assert rows.count("<tr>") == 5  # a heading and four tasks
    for each in (5, 6, 7, 4):
        assert f"project_tasks.xlsx<small>Tasks, row {each}</small>" in rows


def test_data_are_shown_letter_by_letter(indicator):
    assert "Late &lt;b&gt;one&lt;/b&gt;" in indicator
    assert "<b>one</b>" not in indicator


def test_an_indicator_offers_its_rows_as_a_workbook(indicator):
    assert re.search(r'class="heng-download" href="/export/', indicator)


def test_an_indicator_explains_itself(indicator):
    said = words(indicator)
    assert "Higher is better" in said
    assert "3.2.1" in said
    assert "divided by the tasks that fell due" in said


def test_an_unknown_indicator_is_told_and_the_known_ones_offered(screen):
    at = screen.open(INDICATOR, indicator="no_such", department="technology", period="2026-10")
    assert "no\\_such" in at.warning[0].value
    assert "Tasks completed on time" in html(at)


def test_a_head_cannot_open_another_departments_indicator(screen):
    screen.scope = head_of("sales")
    at = screen.open(INDICATOR, indicator="it_ticket_on_time_rate", period="2026-10")
    assert "it\\_ticket" in at.warning[0].value
    assert "K2" not in html(at)


def test_rows_of_other_departments_are_counted_and_not_listed(own, monkeypatch):
    own.rows(
        "budget_costs",
        [
            {
                "period": day("2026-10-01"),
                "dept": department,
                "account": "Travel",
                "cost_type": "expense",
                "budget_amt": 100,
                "actual_amt": 110,
            }
            for department in ("finance", "sales")
        ],
    )
    refresh(own.warehouse)
    screen = shown(own, monkeypatch)
    screen.scope = head_of("finance")
    page = html(screen.open(INDICATOR, indicator="budget_deviation_rate", period="2026-10"))
    assert "2 rows make this figure." in page
    assert "1 of them are counted but not listed" in page
    assert page.partition("heng-rows")[2].count("<tr>") == 2  # a heading and its own


@pytest.mark.parametrize(
    ("tag", "said"), [("zh-Hant", "任務按時完成率"), ("zh-Hans", "任务按时完成率")]
)
def test_the_pages_speak_chinese(screen, tag, said):
    screen.language = tag
    for page in (COMPANY, DEPARTMENT):
        assert said in html(screen.open(page, period="2026-10", department="technology"))


def test_nothing_is_kept_for_another_scope(screen):
    screen.open(DEPARTMENT, period="2026-10", department="technology")
    screen.scope = head_of("sales")
    at = screen.open(DEPARTMENT, period="2026-10", department="technology")
    assert at.title[0].value == "Scorecard of Sales"


def test_a_page_shows_new_data_at_once(own, monkeypatch):
    screen = shown(own, monkeypatch)
    screen.open(DEPARTMENT, period="2026-10", department="technology")
    own.rows("project_tasks", [a_task("T6", "2026-10-15", "2026-10-15")], sheet="Tasks")
    refresh(own.warehouse)
    page = html(screen.open(DEPARTMENT, period="2026-10", department="technology"))
    assert "100.0%" in row(page, "Tasks completed on time")
