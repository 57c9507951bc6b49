from io import BytesIO

import openpyxl
import pytest

from data.access import AccessDenied
from loaders import job_row
from pages.intake import problem_table
from tests.loaders.workbook import order, write_orders
from tests.pages.intake.given import job


@pytest.fixture
def download(warehouse):
    def downloaded(scope):
        with warehouse.read() as con:
            return problem_table.download(con, scope, {"job": "j1"})

    return downloaded


@pytest.fixture
def keep(warehouse):
    def kept(one):
        with warehouse.write() as con:
            job_row.save(con, one)

    return kept


def test_the_workbook_of_problems_repeats_cells_as_text(
    english, keep, download, report_of, operator, tmp_path
):
    path = write_orders(tmp_path / "a.xlsx", order(1, "@SUM(A1)"), order(2, "+1x"))
    keep(job(report_of(path), state="refused"))
    sheet = openpyxl.load_workbook(BytesIO(download(operator).content)).active
    first = [cell.value for cell in sheet[2]]
    assert first[:5] == ["Error", "銷售訂單", "E3", "銷售金額", "@SUM(A1)"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}


def test_somebody_who_does_not_upload_gets_no_list(keep, download, employee):
    keep(job(state="refused"))
    with pytest.raises(AccessDenied):
        download(employee)


def test_a_list_whose_file_was_put_away_is_gone(download, operator):
    with pytest.raises(AccessDenied):
        download(operator)


def test_errors_and_warnings_are_counted(english):
    assert problem_table.counted(job({"errors": 1, "warnings": 2})) == "1 error, 2 warnings"
    assert problem_table.counted(job({"errors": 0, "warnings": 0})) == ""
