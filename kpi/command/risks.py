"""python -m kpi risks: the open risks of a period with their levels."""

import argparse
from dataclasses import asdict
from typing import Any

import duckdb

from data.access import Scope
from kpi.command.layout import table
from kpi.risk import Register, Risk, heatmap_of, register


def document(
    con: duckdb.DuckDBPyConnection, scope: Scope, asked: argparse.Namespace
) -> dict[str, Any]:
    """The register as the period closes, worst first, and the cells that hold risks."""
    known = register(con, scope, asked.period)
    return {
        "period": str(asked.period),
        "month": known.month,
        "closing": known.is_closing,
        "default_matrix": known.is_default_matrix,
        "counts": {basis: dict(known.counts(basis)) for basis in ("residual", "inherent")},
        "closed": list(known.closed),
        "risks": [_risk(risk) for risk in known.risks],
        "cells": _cells(known),
    }


def text(answer: dict[str, Any]) -> str:
    """One line per risk, worst first."""
    counts = ", ".join(f"{level} {n}" for level, n in answer["counts"]["residual"].items())
    mark = " (default matrix)" if answer["default_matrix"] else ""
    month = "no assessment" if answer["month"] is None else f"{answer['month']:%Y-%m}"
    lines = table(
        ("risk", "name", "department", "inherent", "residual", "moved", "accepted", "treatment"),
        (
            (
                risk["risk"],
                risk["name"],
                risk["department"],
                risk["inherent"]["level"],
                risk["residual"]["level"],
                risk["movement"],
                risk["appetite"],
                risk["treatment"],
            )
            for risk in answer["risks"]
        ),
    )
    return f"{answer['period']}, as of {month}: {counts}{mark}\n{lines}"


def _risk(risk: Risk) -> dict[str, Any]:
    return {
        "risk": risk.risk_id,
        "name": risk.name,
        "department": risk.department,
        "category": risk.category,
        "owner": risk.owner_id,
        "snapshot_on": risk.snapshot_on,
        "inherent": asdict(risk.inherent),
        "residual": asdict(risk.residual),
        "level": risk.residual.level,
        "treatment_assessed": risk.is_treatment_assessed,
        "appetite": risk.appetite,
        "default_appetite": risk.is_default_appetite,
        "within_appetite": risk.is_within_appetite,
        "previous": asdict(risk.previous) if risk.previous else None,
        "movement": risk.movement,
        "treatment": risk.treatment,
        "treatment_due": risk.treatment_due,
        "source": asdict(risk.source),
    }


def _cells(known: Register) -> list[dict[str, Any]]:
    return [
        {
            "likelihood": cell.likelihood,
            "impact": cell.impact,
            "level": cell.level,
            "count": cell.count,
            "risks": [risk.risk_id for risk in cell.risks],
        }
        for cell in heatmap_of(known).cells
    ]
