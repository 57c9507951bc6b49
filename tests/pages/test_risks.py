"""The risk heatmap and register on the screen."""

import re

import pytest

from data.access import owner_scope
from kpi.period import Period
from kpi.policy import RiskMatrix, policy
from kpi.risk import Place, heatmap_of, register
from pages.risks import wording
from pages.shared.words import speaking
from tests.kpi.given import day, head_of
from tests.pages.screen import Screen, fitted, html

OCTOBER = Period.parse("2026-10")


@pytest.fixture(autouse=True)
def english():
    with speaking("en"):
        yield


def a_risk(risk_id, on, likelihood, impact, **values):
    return {
        "risk_id": risk_id,
        "name": f"Risk {risk_id}",
        "snapshot_date": day(on),
        "dept": "technology",
        "likelihood": 5,
        "impact": 5,
        "residual_likelihood": likelihood,
        "residual_impact": impact,
        "status": "open",
        **values,
    }


@pytest.fixture
def two_months(given):
    """In October R1 has moved up to critical, R2 stayed, R3 of sales is new."""
    given.rows(
        "risks",
        [
            a_risk("R0", "2026-07-31", 1, 1),
            a_risk("R1", "2026-09-30", 3, 4),
            a_risk("R2", "2026-09-30", 1, 1),
            a_risk("R1", "2026-10-31", 4, 5, plan_due=day("2026-10-15")),
            a_risk("R2", "2026-10-31", 1, 1),
            a_risk("R3", "2026-10-31", 1, 1, dept="sales", name="<i>R3</i>"),
        ],
    )
    return given


@pytest.fixture
def screen(two_months, monkeypatch):
    return fitted(monkeypatch, Screen(two_months.warehouse, owner_scope()))


def opened(screen, **query):
    return html(screen.open("pages.risks.heatmap", period="2026-10", **query))


def found(given):
    with given.warehouse.read() as con:
        return {risk.risk_id: risk for risk in register(con, owner_scope(), OCTOBER).risks}


def link(page, cell):
    """The tag of a cell that is a link."""
    return re.search(rf'<a [^>]*id="cell-{cell}"[^>]*>', page)[0]


def test_a_cell_says_where_it_stands_its_level_and_how_many_risks_it_has(screen):
    page = opened(screen)
    assert 'aria-label="Likelihood 4, impact 5, Critical: 1 risk"' in link(page, "4-5")
    assert 'aria-label="Likelihood 1, impact 1, Low: 2 risks"' in link(page, "1-1")


def test_only_cells_with_risks_can_be_chosen(screen):
    assert len(re.findall(r'id="cell-\d-\d"', opened(screen))) == 2


def test_every_cell_has_a_colour_and_the_word_of_its_level(screen):
    page = opened(screen)
    body = page[page.index("<tbody>") : page.index("</tbody>")]
    cells = re.findall(r'<td class="heng-risk-\d">.*?</td>', body)
    assert len(cells) == 25
    assert all(re.search("Low|Medium|High|Critical", cell) for cell in cells)


def test_a_chosen_cell_lists_its_risks_and_leads_back(screen):
    page = opened(screen, cell="4-5")
    assert 'aria-current="true"' in link(page, "4-5")
    assert "cell=" not in link(page, "4-5")
    beside = page[page.index('id="beside"') :]
    assert "Risk R1" in beside[: beside.index("</ul>")]
    assert "Risk R2" not in beside[: beside.index("</ul>")]


def test_a_cell_that_does_not_exist_is_no_cell(screen):
    assert "Choose a cell to list its risks." in opened(screen, cell="9-9")


def test_before_treatment_the_risks_stand_elsewhere(screen):
    page = opened(screen, basis="inherent")
    assert 'aria-label="Likelihood 5, impact 5, Critical: 3 risks"' in link(page, "5-5")


def test_what_moved_up_is_said_in_a_sentence(screen):
    said = "Moved up since Sept 2026: R1 Risk R1 (from High to Critical)."
    assert said in opened(screen)


def test_that_nothing_moved_up_is_said_too(screen):
    screen.scope = head_of("sales")
    assert "No risk has moved up since Sept 2026." in opened(screen)


def test_a_head_sees_the_own_risks_only(screen):
    screen.scope = head_of("sales")
    page = opened(screen)
    assert "R3" in page
    assert "R1" not in page


def test_a_department_can_be_chosen(screen):
    page = opened(screen, department="technology")
    assert "Risk R1" in page
    assert "R3" not in page


def test_names_are_shown_letter_by_letter(screen):
    page = opened(screen)
    assert "<i>R3</i>" not in page
    assert "&lt;i&gt;R3&lt;/i&gt;" in page


def test_the_register_names_treatment_and_row(screen):
    page = opened(screen, show="overdue")
    register_part = page[page.index('class="heng-list"') :]
    for words in ("Risk R1", "15 Oct 2026", "Overdue", "risks.xlsx", "Sheet1, row 5"):
        assert words in register_part
    assert "Risk R2" not in register_part


def test_without_a_register_the_page_says_what_to_do(screen):
    screen.scope = head_of("technology")
    at = screen.open("pages.risks.heatmap", period="2026-08")
    assert "No risk register for Aug 2026" in at.markdown[0].value
    assert "uploaded" in at.markdown[1].value


def test_a_department_without_open_risks_says_so(screen):
    screen.scope = head_of("finance")
    assert "No risk is open in the register of Oct 2026." in opened(screen)


def test_a_risk_that_stood_where_it_stands_has_not_moved(two_months):
    assert "Unchanged" in wording.movement(found(two_months)["R2"])


def test_the_worst_level_has_the_strongest_colour_whatever_the_number_of_levels():
    def colours(*levels):
        matrix = RiskMatrix(levels=levels, default_appetite=levels[0], rows=())
        return [wording.colour(matrix, level)[-1] for level in levels]

    assert colours("low", "medium", "high", "critical") == ["1", "3", "4", "5"]
    assert colours("a", "b", "c", "d", "e") == ["1", "2", "3", "4", "5"]
    assert colours("a", "b") == ["1", "5"]


def test_a_place_without_a_level_is_a_dash():
    place = Place(likelihood=None, impact=3, level=None)
    assert wording.chip(policy().risk_matrix, place) == "—"


def test_the_cells_hold_every_risk_once(two_months):
    with two_months.warehouse.read() as con:
        known = register(con, owner_scope(), OCTOBER)
    cells = heatmap_of(known).cells
    assert sorted(risk.risk_id for cell in cells for risk in cell.risks) == ["R1", "R2", "R3"]
