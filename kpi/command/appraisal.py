"""python -m kpi appraisal: results of a period, or one person's with what they are made of."""

import argparse
from dataclasses import asdict
from typing import Any

import duckdb

from data.access import Scope
from kpi.appraisal import AppraisalResult, department_means, distribution, result, results
from kpi.command.layout import table
from kpi.components import watermark
from kpi.evaluation import ScoredLine
from kpi.ladder import Case
from kpi.recommendation import recommendation, recommendations


def document(
    con: duckdb.DuckDBPyConnection, scope: Scope, asked: argparse.Namespace
) -> dict[str, Any]:
    """Everyone's results, or one person's."""
    mark = watermark(con)
    return {
        "period": str(asked.period),
        "revision": mark.revision if mark else None,
        **(_person(con, scope, asked) if asked.employee else _everyone(con, scope, asked)),
    }


def text(answer: dict[str, Any]) -> str:
    """One line per person; a person's indicators below it where one was asked for."""
    lines = table(
        ("employee", "name", "department", "total", "grade", "P", "C", "A", "remarks"),
        (_row(one) for one in answer["results"]),
    )
    if "lines" not in answer:
        return lines
    below = table(
        ("indicator", "value", "target", "score", "reason"),
        (
            (line["indicator"], line["value"], line["target"], line["score"], line["reason"])
            for line in answer["lines"]
        ),
    )
    return f"{lines}\n\n{below}"


def _everyone(
    con: duckdb.DuckDBPyConnection, scope: Scope, asked: argparse.Namespace
) -> dict[str, Any]:
    found = results(con, scope, asked.period)
    standing = recommendations(con, scope, asked.period)
    return {
        "distribution": dict(distribution(found)),
        "department_means": dict(department_means(found)),
        "results": [_result(one, standing.get(one.employee.employee_id, ())) for one in found],
    }


def _person(
    con: duckdb.DuckDBPyConnection, scope: Scope, asked: argparse.Namespace
) -> dict[str, Any]:
    full = result(con, scope, asked.period, asked.employee)
    standing = recommendation(con, scope, asked.period, asked.employee)
    return {
        "results": [_result(full.result, standing)],
        "lines": [_line(line) for line in full.result.evaluation.lines],
        "ratings": [asdict(item) for item in full.ratings],
        "history": [
            {
                "period": str(one.period),
                "total": one.total,
                "grade": one.grade.id if one.grade else None,
                "provisional": one.is_provisional,
            }
            for one in full.history
        ],
    }


def _row(one: dict[str, Any]) -> tuple[object, ...]:
    total = None if one["total"] is None else f"{one['total']:.2f}"
    provisional = ("provisional",) if one["provisional"] else ()
    recommended = (case["rule"] for case in one["recommendations"])
    return (
        one["employee"],
        one["name"],
        one["department"],
        total,
        one["grade"],
        one["performance"],
        one["capability"],
        one["attitude"],
        ", ".join((*provisional, *one["flags"], *recommended)),
    )


def _result(one: AppraisalResult, cases: tuple[Case, ...]) -> dict[str, Any]:
    known = one.evaluation.performance
    return {
        "employee": one.employee.employee_id,
        "name": one.employee.name,
        "department": one.employee.department,
        "team": one.employee.team,
        "group": one.employee.group,
        "total": one.total,
        "grade": one.grade.id if one.grade else None,
        "performance": one.performance,
        "own": known.own.score if known.own else None,
        "department_performance": known.department.score,
        "own_share": known.own_share,
        "capability": one.capability,
        "attitude": one.attitude,
        "evaluation": one.evaluation.total,
        "parts": {str(part.period): part.total for part in one.parts},
        "mean": one.mean,
        "mean_share": one.mean_share,
        "coverage": one.coverage,
        "provisional": one.is_provisional,
        "flags": list(one.flags),
        "recommendations": [_case(case) for case in cases],
    }


def _case(case: Case) -> dict[str, Any]:
    return {
        "rule": case.rule.id,
        "action": dict(case.rule.actions),
        "since": case.steps[0].period,
        "counted": list(case.counted),
        "gaps": list(case.gaps),
    }


def _line(line: ScoredLine) -> dict[str, Any]:
    return {
        "indicator": line.key,
        "dimension": line.dimension,
        "numerator": line.numerator,
        "denominator": line.denominator,
        "value": line.value,
        "unit": line.indicator.unit,
        "target": line.target,
        "target_origin": line.target_origin,
        "weight": line.weight,
        "score": line.score,
        "status": line.status,
        "reason": line.reason,
        "provisional": line.is_partial,
    }
