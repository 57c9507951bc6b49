"""The register as a table: one row per open risk, the worst first."""

from collections.abc import Sequence

from kpi.risk import Register, Risk
from pages.risks import wording
from pages.shared import figures, organisation, origin
from pages.shared.listing import Column, listing
from pages.shared.markup import safe, status
from pages.shared.words import text


def groups(known: Register) -> dict[str, list[Risk]]:
    """The parts of the register a reader may ask for."""
    return {
        "all": list(known.risks),
        "above": [risk for risk in known.risks if risk.is_within_appetite is False],
        "moved": [risk for risk in known.risks if risk.movement not in (None, "same")],
        "overdue": [risk for risk in known.risks if risk.treatment == "overdue"],
    }


def table(known: Register, shown: Sequence[Risk]) -> str:
    """The risks in the order given."""
    columns = [
        Column(title=text("Risk"), kind="head"),
        Column(title=text("After treatment")),
        Column(title=text("Before treatment")),
        Column(title=_since(known)),
        Column(title=text("Acceptable up to")),
        Column(title=text("Owner")),
        Column(title=text("Treatment due")),
        Column(title=text("Source"), kind="wide"),
    ]
    rows = (_row(known, risk) for risk in shown)
    return listing(columns, rows, caption=text("Risk register, the worst first"))


def _since(known: Register) -> str:
    if known.previous_month is None:
        return text("Movement")
    return text("Since {month}", month=figures.period(f"{known.previous_month:%Y-%m}"))


def _row(known: Register, risk: Risk) -> list[str]:
    beneath = text("{risk} · {category}", risk=risk.risk_id, category=risk.category or "—")
    return [
        f"{safe(risk.name or risk.risk_id)}<small>{safe(beneath)}</small>",
        _after(known, risk),
        f"{wording.chip(known.matrix, risk.inherent)}"
        f"<small>{safe(wording.stands(risk.inherent))}</small>",
        wording.movement(risk),
        _appetite(risk),
        f"{safe(risk.owner or figures.MISSING)}"
        f"<small>{safe(organisation.department(risk.department))}</small>",
        wording.treatment(risk),
        origin.cell(risk.source),
    ]


def _after(known: Register, risk: Risk) -> str:
    if risk.is_treatment_assessed:
        said = wording.stands(risk.residual)
    else:
        said = text("Not assessed; as before treatment")
    return f"{wording.chip(known.matrix, risk.residual)}<small>{safe(said)}</small>"


def _appetite(risk: Risk) -> str:
    word = safe(wording.level(risk.appetite))
    usual = f"<small>{safe(text('Usual level'))}</small>" if risk.is_default_appetite else ""
    if risk.is_within_appetite is False:
        return f"{word}<br>{status('red', text('Above'))}{usual}"
    return word + usual
