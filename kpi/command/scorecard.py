"""python -m kpi scorecard: the lines of departments or of an employee in a period."""

import argparse
from typing import Any

import duckdb

from data.access import Scope
from kpi.command.layout import table
from kpi.scorecard import (
    Line,
    Scorecard,
    company_overview,
    department_scorecard,
    employee_scorecard,
)


def document(
    con: duckdb.DuckDBPyConnection, scope: Scope, asked: argparse.Namespace
) -> dict[str, Any]:
    """The scorecard asked for, or one per department."""
    cards = _cards(con, scope, asked)
    mark = cards[0].watermark if cards else None
    return {
        "period": str(asked.period),
        "revision": mark.revision if mark else None,
        "scorecards": [_card(card) for card in cards],
    }


def text(answer: dict[str, Any]) -> str:
    """One table per scorecard."""
    return "\n\n".join(_text(answer["period"], card) for card in answer["scorecards"])


def _cards(
    con: duckdb.DuckDBPyConnection, scope: Scope, asked: argparse.Namespace
) -> tuple[Scorecard, ...]:
    if asked.employee:
        return (employee_scorecard(con, scope, asked.period, asked.employee),)
    if asked.department:
        return (department_scorecard(con, scope, asked.period, asked.department),)
    return company_overview(con, scope, asked.period)


def _card(card: Scorecard) -> dict[str, Any]:
    return {
        "department": card.subject.department,
        "employee": card.subject.employee_id,
        "total": card.total.score if card.total else None,
        "coverage": card.total.coverage if card.total else None,
        "provisional": card.total.is_provisional if card.total else None,
        "dimensions": [
            {
                "dimension": dimension.dimension,
                "score": dimension.score,
                "coverage": dimension.coverage,
                "provisional": dimension.is_provisional,
                "missing": list(dimension.missing),
                "dominant": dimension.dominant,
            }
            for dimension in card.dimensions
        ],
        "lines": [_line(line) for line in card.lines],
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "indicator": line.key,
        "dimension": line.dimension,
        "level": line.level,
        "numerator": line.numerator,
        "denominator": line.denominator,
        "value": line.value,
        "unit": line.indicator.unit,
        "target": line.goal.target,
        "floor": line.goal.floor,
        "band": None if line.goal.band_lo is None else [line.goal.band_lo, line.goal.band_hi],
        "target_origin": line.target_origin,
        "weight": line.weight,
        "score": line.score,
        "status": line.status,
        "reason": line.reason,
        "sample": line.sample,
        "covered": line.covered,
        "expected": line.expected,
        "provisional": line.is_partial,
        "previous": line.previous,
        "year_before": line.year_before,
    }


def _text(period: str, card: dict[str, Any]) -> str:
    subject = card["employee"] or card["department"]
    total = "—" if card["total"] is None else f"{card['total']:.2f}"
    mark = " (provisional)" if card["provisional"] else ""
    lines = table(
        ("indicator", "value", "target", "score", "status", "reason", "data"),
        (
            (
                line["indicator"],
                line["value"],
                line["target"] if line["band"] is None else line["band"],
                line["score"],
                line["status"],
                line["reason"],
                f"{line['covered']}/{line['expected']}",
            )
            for line in card["lines"]
        ),
    )
    return f"{subject} {period}: {total}{mark}\n{lines}"
