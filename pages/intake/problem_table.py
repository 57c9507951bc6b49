"""The problems of a file as a table, page by page, and as a workbook to hand on."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from math import ceil

import duckdb
import streamlit as st
import xlsxwriter

from data.access import AccessDenied, Scope
from loaders import job_row
from loaders.job_row import Job
from loaders.problem import Problem
from loaders.reading import problems_from_json
from pages.intake.file_name import file_name
from pages.intake.permission import may_open
from pages.shared import figures, problems
from pages.shared.listing import Column, listing
from pages.shared.markup import safe, show, status
from pages.shared.words import plural, text
from pages.web import exports

PAGE = 12
_WIDTHS = (10, 24, 12, 24, 30, 60, 60)


def counted(job: Job) -> str:
    """`3 errors, 1 warning`; empty where there are none."""
    errors, warnings = job.report.get("errors", 0), job.report.get("warnings", 0)
    said = [
        plural("{n} error", "{n} errors", errors, n=figures.number(errors)) if errors else "",
        plural("{n} warning", "{n} warnings", warnings, n=figures.number(warnings))
        if warnings
        else "",
    ]
    return text(", ").join(one for one in said if one)


def table(job: Job) -> None:
    """Draw every problem of the job's file, errors first, a page at a time."""
    found = problems_from_json(job.report["problems"])
    pages = ceil(len(found) / PAGE)
    body = st.container(key=f"problems-{job.job_id}")
    with st.container(horizontal=True, vertical_alignment="center"):
        page = st.pagination(pages, key=f"problem page {job.job_id}") if pages > 1 else 1
        exports.link(text("Download the list"), "problems", job=job.job_id)
    with body:
        start = (page - 1) * PAGE
        show(_table(found[start : start + PAGE]), _unlisted(job, len(found)))


@exports.builder("problems")
def download(
    con: duckdb.DuckDBPyConnection, scope: Scope, parameters: exports.Parameters
) -> exports.Download:
    """The whole list as a workbook, for whoever has to put the file right."""
    try:
        job = job_row.find(con, parameters["job"])
    except KeyError as error:
        raise AccessDenied(scope.login, "a list of problems", "its file is gone") from error
    if not may_open(scope, job):
        raise AccessDenied(scope.login, "a list of problems", "the file is not theirs")
    name = file_name(text("Problems in {file}", file=job.file_name))
    found = problems_from_json(job.report["problems"])
    return exports.Download(file_name=f"{name}.xlsx", content=_workbook(found))


def _table(found: Sequence[Problem]) -> str:
    columns = [
        Column(title=text("Severity"), kind="state"),
        Column(title=text("Where"), kind="head"),
        Column(title=text("Column header")),
        Column(title=text("Found there")),
        Column(title=text("What is wrong, and what to do"), kind="wide"),
    ]
    rows = [
        [
            status(problems.STATUS[one.severity], text(problems.WORDS[one.severity])),
            _where(one),
            safe(one.header or ""),
            safe(one.found or ""),
            f"{safe(problems.sentence(one))} <small>{safe(problems.advice(one))}</small>",
        ]
        for one in found
    ]
    return listing(columns, rows, caption=text("Problems"))


def _where(problem: Problem) -> str:
    cell = problems.cell(problem)
    sheet = safe(problem.sheet) if problem.sheet is not None else ""
    if not cell:
        return sheet or safe(text("The whole file"))
    return f'<span class="heng-at"><b>{safe(cell)}</b> <small>{sheet}</small></span>'


def _unlisted(job: Job, listed: int) -> str:
    counted_all = job.report.get("errors", 0) + job.report.get("warnings", 0)
    if counted_all <= listed:
        return ""
    words = text(
        "The first {listed} of {all} are listed.",
        listed=figures.number(listed),
        all=figures.number(counted_all),
    )
    return f'<p class="heng-quiet">{safe(words)}</p>'


def _workbook(found: Sequence[Problem]) -> bytes:
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
        bold = workbook.add_format({"bold": True, "bottom": 1})
        for position, width in enumerate(_WIDTHS):
            sheet.set_column(position, position, width, wrapped)
        for row, cells in enumerate(_rows(found)):
            for position, cell in enumerate(cells):
                sheet.write_string(row, position, cell, bold if row == 0 else wrapped)
        sheet.freeze_panes(1, 0)
    return content.getvalue()


def _rows(found: Sequence[Problem]) -> Iterator[tuple[str, ...]]:
    yield (
        text("Severity"),
        text("Sheet"),
        text("Cell"),
        text("Column header"),
        text("Found there"),
        text("What is wrong"),
        text("What to do"),
    )
    for one in found:
        yield (
            text(problems.WORDS[one.severity]),
            one.sheet or "",
            problems.cell(one),
            one.header or "",
            one.found or "",
            problems.sentence(one),
            problems.advice(one),
        )
