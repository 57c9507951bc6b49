"""The pages: where each is, what it is called, and who may see it.

The one table of pages. A page is named by its key everywhere else.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import Final
from urllib.parse import urlencode

import streamlit as st
from streamlit.navigation.page import Page

from data.access import Scope
from pages.shared.words import later, text

Rule = Callable[[Scope], bool]


def _company(scope: Scope) -> bool:
    return scope.sees_company


def _department(scope: Scope) -> bool:
    return bool(scope.departments)


def _results(scope: Scope) -> bool:
    return scope.employees in ("all", "departments")


def _person(scope: Scope) -> bool:
    return scope.employees != "none"


def _own_result(scope: Scope) -> bool:
    return scope.employees == "self"


def _upload(scope: Scope) -> bool:
    return scope.may("upload")


def _history(scope: Scope) -> bool:
    return scope.may("history")


def _everyone(scope: Scope) -> bool:
    return bool(scope.login)


def _never(_scope: Scope) -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One page: its address, its module (which has a function `page`) and who may open it."""

    path: str
    module: str
    title: str
    icon: str
    allowed: Rule
    listed: Rule
    """Whether the navigation shows it to those who may open it."""

    @property
    def shown(self) -> Callable[[], None]:
        """The function that draws it."""
        drawn: Callable[[], None] = import_module(self.module).page
        return drawn


PLACES: Final[Mapping[str, Place]] = MappingProxyType(
    {
        "overview": Place(
            path="",
            module="pages.scorecards.company",
            title=later("Overview"),
            icon=":material/dashboard:",
            allowed=_company,
            listed=_company,
        ),
        "department": Place(
            path="department",
            module="pages.scorecards.department",
            title=later("Scorecard"),
            icon=":material/speed:",
            allowed=_department,
            listed=_department,
        ),
        "indicator": Place(
            path="indicator",
            module="pages.scorecards.indicator",
            title=later("Indicator"),
            icon=":material/show_chart:",
            allowed=_department,
            listed=_never,
        ),
        "projects": Place(
            path="projects",
            module="pages.projects.portfolio",
            title=later("Projects"),
            icon=":material/account_tree:",
            allowed=_department,
            listed=_department,
        ),
        "project": Place(
            path="project",
            module="pages.projects.project",
            title=later("Project"),
            icon=":material/account_tree:",
            allowed=_department,
            listed=_never,
        ),
        "risks": Place(
            path="risks",
            module="pages.risks.heatmap",
            title=later("Risks"),
            icon=":material/warning:",
            allowed=_department,
            listed=_department,
        ),
        "appraisals": Place(
            path="appraisals",
            module="pages.appraisals.results",
            title=later("Appraisals"),
            icon=":material/workspace_premium:",
            allowed=_results,
            listed=_results,
        ),
        "person": Place(
            path="person",
            module="pages.appraisals.person",
            title=later("My results"),
            icon=":material/person:",
            allowed=_person,
            listed=_own_result,
        ),
        "upload": Place(
            path="upload",
            module="pages.intake.upload",
            title=later("Upload"),
            icon=":material/upload_file:",
            allowed=_upload,
            listed=_upload,
        ),
        "readiness": Place(
            path="readiness",
            module="pages.intake.readiness",
            title=later("Data received"),
            icon=":material/inventory:",
            allowed=_history,
            listed=_history,
        ),
        "account": Place(
            path="account",
            module="pages.settings.account",
            title=later("My account"),
            icon=":material/manage_accounts:",
            allowed=_everyone,
            # Streamlit draws no navigation for a single page: with this one an employee has two.
            listed=_own_result,
        ),
    }
)


def first(scope: Scope) -> str | None:
    """The key of the page a visitor starts on: the first that the navigation lists."""
    return next((key for key, place in PLACES.items() if place.listed(scope)), None)


def streamlit_page(key: str, scope: Scope, drawn: Callable[[], None]) -> Page:
    """The page as st.navigation wants it, hidden where the navigation does not list it."""
    place = PLACES[key]
    return st.Page(
        drawn,
        title=text(place.title),
        icon=place.icon,
        url_path=place.path or None,
        default=not place.path,
        visibility="visible" if place.listed(scope) else "hidden",
    )


def link(key: str, label: str, *, icon: str | None = None, **parameters: str) -> None:
    """A link to a page with these parameters in its address, e.g. `department="sales"`.

    The label is Markdown: pass data through `literal`.
    """
    st.page_link(_target(key), label=label, icon=icon, query_params=parameters)


def go(key: str, **parameters: str) -> None:
    """Leave this run for another page with these parameters in its address."""
    st.switch_page(_target(key), query_params=parameters)


def address(key: str, **parameters: str) -> str:
    """The address within this site, for tables and plain HTML; opening it loads the site anew."""
    return f"/{PLACES[key].path}" + (f"?{urlencode(parameters)}" if parameters else "")


def _nothing() -> None:
    """Stands for a page's function where only its address matters."""


def _target(key: str) -> Page:
    place = PLACES[key]
    return st.Page(_nothing, title=place.title, url_path=place.path or None, default=not place.path)
