"""One month's deliveries in full: what came in which file, what has not, and what to do."""

from collections.abc import Iterable, Mapping, Sequence

from data.access import Scope
from data.arrival import Arrived
from data.contract import Contract
from data.declaration import Declaration
from data.readiness import Delivery
from pages.intake import value
from pages.intake.delivery import badge_of, deliverers, lacking
from pages.intake.signature import People, signed
from pages.shared import figures, filters, organisation
from pages.shared.listing import Column, listing
from pages.shared.markup import link, safe
from pages.shared.words import plural, text

FILES = 2
"""So many files are named; of the others, the number."""


def month_table(
    deliveries: Sequence[tuple[Contract, Delivery]],
    arrived: Mapping[str, Arrived],
    declared: Iterable[Declaration],
    who: People,
    visitor: Scope,
    *,
    due: bool,
) -> str:
    """The month's datasets, a row each."""
    said = tuple(declared)
    columns = [
        Column(title=text("Data"), kind="head"),
        Column(title=text("State"), kind="state"),
        Column(title=text("What came"), kind="wide"),
    ]
    rows = [
        [
            f"{safe(value.dataset(known.dataset))}<small>{safe(deliverers(known))}</small>",
            badge_of(one, due=due).html(),
            _came(one, arrived[known.dataset], [d for d in said if _is_of(d, one)], who, visitor),
        ]
        for known, one in deliveries
    ]
    steps = [_steps(one, visitor) for _, one in deliveries]
    if any(steps):
        columns.append(Column(title=text("What to do")))
        rows = [[*row, step] for row, step in zip(rows, steps, strict=True)]
    return listing(columns, rows, caption=text("What came for the month"))


def register_table(known: Sequence[Contract], arrived: Mapping[str, Arrived], who: People) -> str:
    """Lists that hold for every month, a row each."""
    rows = [
        [
            f"{safe(value.dataset(one.dataset))}<small>{safe(deliverers(one))}</small>",
            figures.number(arrived[one.dataset].rows),
            _latest(arrived[one.dataset], who),
        ]
        for one in known
    ]
    columns = [
        Column(title=text("Data"), kind="head"),
        Column(title=text("Rows"), kind="number"),
        Column(title=text("Last loaded"), kind="wide"),
    ]
    return listing(columns, rows, caption=text("Lists that hold for every month"))


def _is_of(declaration: Declaration, delivery: Delivery) -> bool:
    return (declaration.dataset, declaration.month) == (delivery.dataset, delivery.month)


def _came(
    one: Delivery,
    arrived: Arrived,
    declared: Sequence[Declaration],
    who: People,
    visitor: Scope,
) -> str:
    parts = []
    if one.state == "partial":
        parts.append(f"<b>{safe(_lacking(one))}</b>")
    if arrived.files:
        count = figures.number(arrived.rows)
        parts.append(safe(plural("{n} row", "{n} rows", arrived.rows, n=count)))
    files = "".join(
        f"<small>{safe(file.file_name)} · {safe(signed(who, file.login, file.loaded_at))}</small>"
        for file in arrived.files[:FILES]
    )
    more = len(arrived.files) - FILES
    if more > 0:
        words = plural("and {n} file more", "and {n} files more", more, n=figures.number(more))
        files += f"<small>{safe(words)}</small>"
    lines = [
        f"{' · '.join(parts)}{files}",
        *(_declared(declaration, who, visitor) for declaration in declared),
    ]
    return "".join(line for line in lines if line)


def _lacking(one: Delivery) -> str:
    names = text(", ").join(map(organisation.department, lacking(one)))
    return text("Not yet from {departments}", departments=names)


def _declared(one: Declaration, who: People, visitor: Scope) -> str:
    whose = organisation.department(one.department) if one.department else text("the whole company")
    words = text("Nothing from {whose}: {reason}", whose=whose, reason=one.reason or "—")
    back = ""
    if visitor.may("declare"):
        asked = f"{one.dataset}:{one.department or ''}"
        address = filters.here("readiness", withdraw=asked, month=f"{one.month:%Y-%m}")
        back = f' · <a href="{safe(address)}">{safe(text("Take back"))}</a>'
    by = safe(signed(who, one.login, one.declared_at))
    return f'<div class="heng-declared">{safe(words)}<small>{by}{back}</small></div>'


def _steps(one: Delivery, visitor: Scope) -> str:
    if not lacking(one):
        return ""
    steps = []
    if visitor.may("upload"):
        steps.append(link("upload", safe(text("Upload"))))
    if visitor.may("declare"):
        address = filters.here("readiness", declare=one.dataset, month=f"{one.month:%Y-%m}")
        steps.append(f'<a href="{safe(address)}">{safe(text("Nothing this month"))}</a>')
    return f'<span class="heng-steps">{"".join(steps)}</span>' if steps else ""


def _latest(arrived: Arrived, who: People) -> str:
    if not arrived.files:
        return f"<b>{safe(text('Never loaded'))}</b>"
    last = arrived.files[0]
    by = safe(signed(who, last.login, last.loaded_at))
    return f"{safe(last.file_name)}<small>{by}</small>"
