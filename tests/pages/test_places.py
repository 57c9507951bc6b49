from importlib import import_module

import pytest

from data.access import NOBODY, roles, scope_of
from pages.shared.places import PLACES, address, first

SCOPES = {
    role: scope_of(login=role, role=role, department_id="sales", employee_id="E1001")
    for role in roles()
}


def open_to(role: str) -> set[str]:
    return {key for key, place in PLACES.items() if place.allowed(SCOPES[role])}


def listed_for(role: str) -> list[str]:
    return [key for key, place in PLACES.items() if place.listed(SCOPES[role])]


@pytest.mark.parametrize("key", PLACES)
def test_every_page_has_a_function_that_draws_it(key):
    assert callable(import_module(PLACES[key].module).page)


def test_no_two_pages_share_an_address():
    paths = [place.path for place in PLACES.values()]
    assert len(set(paths)) == len(paths)


def test_nothing_is_open_to_nobody():
    assert not any(place.allowed(NOBODY) for place in PLACES.values())


@pytest.mark.parametrize("role", SCOPES)
def test_the_navigation_lists_only_what_is_open(role):
    assert set(listed_for(role)) <= open_to(role)


def test_management_sees_everything_but_the_upload():
    assert listed_for("management") == [
        "overview",
        "department",
        "projects",
        "risks",
        "appraisals",
        "readiness",
    ]


def test_a_head_has_no_company_pages():
    assert {"overview", "upload", "readiness"}.isdisjoint(open_to("department_head"))


def test_operations_see_no_appraisals():
    assert {"appraisals", "person"}.isdisjoint(open_to("operations"))


def test_an_employee_sees_the_own_results_and_the_own_account():
    assert open_to("employee") == {"person", "account"}


def test_everybody_starts_on_a_page_that_is_open():
    starts = {role: first(scope) for role, scope in SCOPES.items()}
    assert starts == {
        "management": "overview",
        "department_head": "department",
        "operations": "overview",
        "employee": "person",
    }


def test_an_address_carries_its_parameters():
    assert address("department", period="2026-Q2", department="sales") == (
        "/department?period=2026-Q2&department=sales"
    )
