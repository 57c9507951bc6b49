import pytest

from loaders.load import commit, read_file
from pages.intake import preview
from tests.loaders.workbook import order, write_orders


@pytest.fixture
def loaded(warehouse, home, tmp_path):
    first = write_orders(tmp_path / "first.xlsx", order(1, 10), order(2, 20))
    commit(warehouse, home, read_file(first), login="ops")
    return warehouse


def test_added_changed_and_unchanged_rows_are_counted(english, loaded, report_of, tmp_path):
    path = write_orders(tmp_path / "b.xlsx", order(1, 10), order(2, 25), order(3, 30))
    summary = preview.summary(report_of(path))
    assert summary == "1 new row, 1 changed row, 1 row as before"


def test_a_changed_cell_shows_old_and_new(english, loaded, report_of, tmp_path):
    html = preview.changes(report_of(write_orders(tmp_path / "b.xlsx", order(2, 25))))
    assert "<s>20.00</s>" in html
    assert "<b>25.00</b>" in html
    assert "S2" in html


def test_the_same_rows_in_another_file_change_nothing(english, loaded, report_of, tmp_path):
    path = write_orders(tmp_path / "b.xlsx", order(2, 20), order(1, 10))
    assert preview.changes_nothing(report_of(path))


def test_sums_are_there_to_be_held_against_the_workbook(english, loaded, report_of, tmp_path):
    path = write_orders(tmp_path / "b.xlsx", order(1, 1000.5), order(2, 999))
    assert "1,999.50" in preview.totals(report_of(path))


def test_cells_are_no_markup(english, loaded, report_of, tmp_path):
    row = list(order("<i>1", 10))
    first = write_orders(tmp_path / "b.xlsx", row)
    commit(loaded, loaded.home, read_file(first), login="ops")
    row[4] = 11
    html = preview.changes(report_of(write_orders(tmp_path / "c.xlsx", row)))
    assert "<i>" not in html
    assert "S&lt;i&gt;1" in html
