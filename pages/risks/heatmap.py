"""Risks: the open ones by likelihood and impact, and the register beneath."""

from dataclasses import replace
from typing import cast

import streamlit as st

from data.access import Scope
from kpi.risk import Basis, Heatmap, Register, heatmap_of
from pages.risks import kept
from pages.risks.beside import beside
from pages.risks.grid import chosen_cell, grid
from pages.risks.register_table import groups, table
from pages.risks.summary import figures_of, lateness, moved
from pages.shared import figures, filters, markup, panels, session
from pages.shared.facts import facts
from pages.shared.listing import Choice, choices, paged, pages
from pages.shared.words import plural, text

PAGE = 40


def page() -> None:
    """Draw the heatmap and the register of the chosen department, or of all in scope."""
    visitor = session.scope()
    st.title(text("Risks"))
    with session.reading() as con:
        view = filters.bar(con, visitor, department="any", comparison=False)
        within = _narrowed(visitor, view.department)
        known = kept.register(con, within, view.period)
    if known.month is None:
        _no_register(view)
        return
    if not known.risks:
        month = figures.period(f"{known.month:%Y-%m}")
        markup.show(markup.lead(text("No risk is open in the register of {month}.", month=month)))
        return
    basis = cast("Basis", filters.asked("basis") or "residual")
    shown = heatmap_of(known, basis if basis in ("residual", "inherent") else "residual")
    cell = chosen_cell(shown)
    markup.show(moved(known), lateness(known), facts(figures_of(known)))
    markup.show(
        _bases(shown),
        f'<div class="heng-risks">{grid(shown, cell)}{beside(shown, cell)}</div>',
        _notes(shown),
    )
    _register(known)


def _narrowed(scope: Scope, department: str | None) -> Scope:
    return replace(scope, departments=(department,)) if department else scope


def _register(known: Register) -> None:
    words = {
        "all": text("All"),
        "above": text("Above what is acceptable"),
        "moved": text("Moved or new"),
        "overdue": text("Treatment overdue"),
    }
    parts = groups(known)
    asked = filters.asked("show") or "all"
    show = asked if asked in parts else "all"
    offered = [
        Choice(id=key, label=words[key], count=len(parts[key]))
        for key in parts
        if parts[key] or key == show
    ]
    begin, _ = paged(len(parts[show]), PAGE)
    markup.show(
        markup.heading(text("Register")),
        choices("risks", "show", text("Which risks"), offered, show),
        table(known, parts[show][begin : begin + PAGE]),
        pages("risks", len(parts[show]), PAGE),
    )


def _bases(shown: Heatmap) -> str:
    offered = [
        Choice(id="residual", label=text("After treatment")),
        Choice(id="inherent", label=text("Before treatment")),
    ]
    return choices("risks", "basis", text("Likelihood and impact"), offered, shown.basis)


def _notes(shown: Heatmap) -> str:
    known, notes = shown.register, []
    unplaced = sum(risk.place(shown.basis).level is None for risk in known.risks)
    if unplaced:
        notes.append(
            plural(
                "{count} risk lacks a likelihood or an impact and stands in no cell.",
                "{count} risks lack a likelihood or an impact and stand in no cell.",
                unplaced,
            )
        )
    if known.is_default_matrix:
        notes.append(
            text("Which level each cell has is the usual choice; the company has not set its own.")
        )
    return "".join(map(markup.quiet, notes))


def _no_register(view: filters.View) -> None:
    panels.empty(
        text("No risk register for {period}", period=figures.period(str(view.period))),
        text("Choose another period, or have the risk register uploaded."),
        next_page="upload" if session.scope().may("upload") else None,
    )
