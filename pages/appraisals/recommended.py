"""Recommendations: what several unqualified results in a row suggest, and who decides."""

from collections.abc import Iterable, Mapping

from kpi.ladder import Case
from kpi.period import Period
from kpi.staff import Employee
from pages.shared import figures, markup, organisation
from pages.shared.markup import safe
from pages.shared.words import named, text

Known = Mapping[str, Employee]


def section(cases: Mapping[str, tuple[Case, ...]], people: Known, period: Period) -> str:
    """The people concerned with what is recommended; nothing where nobody is."""
    shown = [(people[key], found[0]) for key, found in cases.items() if key in people and found]
    if not shown:
        return ""
    cards = "".join(_card(person, case, period) for person, case in shown)
    return (
        f'<section class="heng-recommended">{markup.heading(text("Recommendations"))}'
        f'<ul class="heng-cards">{cards}</ul>{guard()}</section>'
    )


def for_one(cases: Iterable[Case]) -> str:
    """What is recommended for one person; nothing where nothing is."""
    found = next(iter(cases), None)
    if found is None:
        return ""
    return f'<section class="heng-recommended">{_words(found)}{guard()}</section>'


def guard() -> str:
    """That a person decides, and what the law asks for before anything follows."""
    decides = text("This is a recommendation. A person decides, after hearing the one concerned.")
    law = text(
        "Under article 40 of the Labour Contract Law of the PRC, whoever is not up to the work is "
        "first trained or given other work; only if that does not help may the contract be ended, "
        "with 30 days' written notice or a month's pay. Coming last in a ranking is not proof of "
        "being unable to do the work. Elsewhere, follow the law that applies there."
    )
    return f"<p><strong>{safe(decides)}</strong></p><p>{safe(law)}</p>"


def _card(person: Employee, case: Case, period: Period) -> str:
    name = markup.link("person", safe(person.name), employee=person.employee_id, period=str(period))
    where = organisation.department(person.department)
    return (
        f"<li>{name} <small>{safe(person.employee_id)} · {safe(where)}</small>{_words(case)}</li>"
    )


def _words(case: Case) -> str:
    periods = text(", ").join(figures.period(key) for key in case.counted)
    why = text("Unqualified in {periods}.", periods=periods)
    if case.gaps:
        gaps = text(", ").join(figures.period(key) for key in case.gaps)
        passed = text("No result in {gaps}, which was passed over.", gaps=gaps)
        why = f"{why} {passed}"
    action = text("Recommended: {action}", action=named(case.rule.actions))
    return f"<p>{markup.status('red', action)} {safe(why)}</p>"
