"""The appraisal summary as a workbook: offered as a link, built when it is fetched."""

from dataclasses import replace
from io import BytesIO

import duckdb

from data.access import Scope
from kpi.export.workbook import appraisal_summary
from kpi.period import Period
from pages.shared.filters import View
from pages.shared.words import language, text
from pages.web import exports
from pages.web.exports import Download, Parameters

NAME = "appraisal_summary"


def link(view: View) -> None:
    """Offer the summary of the period, of the chosen department where one is chosen."""
    chosen = {"department": view.department} if view.department else {}
    exports.link(text("Summary (.xlsx)"), NAME, period=str(view.period), **chosen)


@exports.builder(NAME)
def build(con: duckdb.DuckDBPyConnection, scope: Scope, parameters: Parameters) -> Download:
    """The workbook. Raises AccessDenied outside the scope and without the right to export."""
    period, department = Period.parse(parameters["period"]), parameters.get("department")
    out = BytesIO()
    appraisal_summary(con, _within(scope, department), period, language(), out)
    parts = (text("Appraisal summary"), str(period), department)
    name = " ".join(part for part in parts if part)
    return Download(file_name=f"{name}.xlsx", content=out.getvalue())


def _within(scope: Scope, department: str | None) -> Scope:
    """The scope narrowed to one department; never wider than it was."""
    if department is None:
        return scope
    scope.require_department(department)
    if scope.employees not in ("all", "departments"):
        return scope
    return replace(scope, departments=(department,), employees="departments", employee_id=None)
