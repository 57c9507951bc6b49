"""The rows behind a number as a workbook to download."""

from io import BytesIO

import duckdb

from data.access import Scope
from kpi.catalog import catalog
from kpi.export.rows import rows_workbook
from kpi.period import Period
from pages.shared import organisation
from pages.shared.words import language, named
from pages.web import exports
from pages.web.exports import Download, Parameters

ROWS = "rows"


@exports.builder(ROWS)
def rows_behind_a_number(
    con: duckdb.DuckDBPyConnection, scope: Scope, parameters: Parameters
) -> Download:
    """All rows in scope behind the indicator, period and department of the parameters."""
    indicator, department = parameters["indicator"], parameters["department"]
    period = Period.parse(parameters["period"])
    content = BytesIO()
    rows_workbook(con, scope, indicator, period, department, language(), content)
    names = (
        named(catalog().indicator(indicator).names),
        organisation.department(department),
        str(period),
    )
    return Download(file_name=f"{'_'.join(names)}.xlsx", content=content.getvalue())
