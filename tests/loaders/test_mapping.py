import tomllib

import pytest

from data.contract import contracts
from loaders.arrange import (
    Grid,
    MissingHeaders,
    arrange,
    month_number,
    position_index,
    run_of_names,
)
from loaders.mapping_file import MappingError, parse_mapping, shipped_mappings
from loaders.match import applies, matching

TARGETS = """
[match]
headers = ["Year", "EmployeeID", "M01"]

[[tables]]
dataset = "sales_targets"
unpivot = { columns = "M01..M03", name = "month", value = "target" }

[tables.columns]
period = { year = "Year", month = "month" }
level = { constant = "person" }
emp_id = "EmployeeID"
target_amount = { from = "target", missing = ["-"] }
"""


def parsed(text):
    return parse_mapping("outside", tomllib.loads(text))


def faults_of(text):
    with pytest.raises(MappingError) as caught:
        parsed(text)
    return caught.value.faults


def grid(headers, *rows, sheet="1月"):
    return Grid(
        file="f.xlsx",
        sheet=sheet,
        rows=[list(row) for row in rows],
        numbers=list(range(2, 2 + len(rows))),
        headers=position_index(headers),
        texts=headers,
    )


def orders(columns, more=""):
    """A mapping to sales_orders whose required columns come from headers of their names."""
    given = {"order_id": '"no"', "order_date": '"on"', "amount": '"sum"', **columns}
    lines = "\n".join(f"{name} = {source}" for name, source in given.items())
    table = f'[[tables]]\ndataset = "sales_orders"\n{more}\n[tables.columns]\n{lines}'
    return parsed(f'[match]\nheaders = ["no"]\n{table}').tables[0]


def cells(table, laid_out):
    numbers, columns = arrange(laid_out, table)
    return numbers, {name: column.cells for name, column in columns.items()}


def test_wide_months_become_rows_that_keep_their_row_and_letter():
    table = parsed(TARGETS).tables[0]
    headers = ["Year", "EmployeeID", "M01", "M02", "M03"]
    numbers, columns = arrange(grid(headers, [2017, "7", 200, "-", 400]), table)
    assert numbers == [2, 2]
    assert [f"{day:%Y-%m}" for day in columns["period"].cells] == ["2017-01", "2017-03"]
    assert columns["target_amount"].cells == [200, 400]
    assert [columns["target_amount"].letter(index) for index in (0, 1)] == ["C", "E"]


@pytest.mark.parametrize(
    ("text", "month"), [("M01", 1), ("3月", 3), ("12月", 12), ("Sept", 9), ("march", 3), ("7", 7)]
)
def test_a_month_is_read_from_its_header(text, month):
    assert month_number(text) == month


def test_a_run_names_its_columns():
    assert run_of_names("M09..M11") == ["M09", "M10", "M11"]
    assert run_of_names("1月..3月") == ["1月", "2月", "3月"]
    assert run_of_names("品名") == ["品名"]


def test_a_template_joins_cells_and_is_blank_where_one_is():
    table = orders({"order_id": '{ template = "{sheet}-{no}-{line}-{row}" }'})
    laid_out = grid(["no", "line", "on", "sum"], ["S1", 2.0, "", ""], ["S2", None, "", ""])
    assert cells(table, laid_out)[1]["order_id"] == ["1月-S1-2-2", None]


def test_the_first_filled_of_several_headers_counts():
    table = orders({"amount": '{ from = ["sum", "sum#2", "other"] }'})
    laid_out = grid(["no", "on", "sum", "sum"], ["S1", "", 5, 6], ["S2", "", None, 7])
    assert cells(table, laid_out)[1]["amount"] == [5, 7]


def test_missing_words_and_values_are_replaced_whatever_their_case():
    table = orders(
        {
            "amount": '{ from = "sum", missing = ["exempt*", "-"] }',
            "in_full": '{ from = "ok", values = { Yep = "Y" } }',
        }
    )
    laid_out = grid(
        ["no", "on", "sum", "ok"], ["S1", "", "Exempt under 43", "yep"], ["S2", "", 7, "N"]
    )
    found = cells(table, laid_out)[1]
    assert (found["amount"], found["in_full"]) == ([None, 7], ["Y", "N"])


def test_only_the_rows_asked_for_are_kept():
    table = orders({}, 'only_where = { column = "kind", equals = ["Actual"] }')
    laid_out = grid(["no", "on", "sum", "kind"], ["S1", "", 1, "Budget"], ["S2", "", 2, "actual"])
    assert cells(table, laid_out)[0] == [3]


def test_letters_take_the_place_of_headers_where_there_are_none():
    table = orders(
        {
            "order_id": '{ letter = "B" }',
            "order_date": "{ position = 3 }",
            "amount": '{ letter = "A" }',
        },
        "header = false",
    )
    assert cells(table, grid([], [9, "S1", "2026-01-01"]))[1] == {
        "order_id": ["S1"],
        "order_date": ["2026-01-01"],
        "amount": [9],
    }


def test_an_optional_header_may_be_missing_and_another_may_not():
    table = orders({"cost": '{ from = "cost", optional = true }', "qty": '"pieces"'})
    with pytest.raises(MissingHeaders) as caught:
        arrange(grid(["no", "on", "sum"], ["S1", "", 1]), table)
    assert caught.value.headers == ("pieces",)


def test_a_mapping_applies_where_all_its_headers_stand_in_one_row():
    mapping = parsed(TARGETS)
    assert applies(mapping, "any.csv", [["title"], ["EmployeeID", "year", "M01 ", "M02"]])
    assert not applies(mapping, "any.csv", [["Year", "M01"], ["EmployeeID"]])


def test_the_mapping_with_more_headers_fits_better():
    near = parsed(TARGETS)
    nearer = parsed(TARGETS.replace('"M01"]', '"M01", "M02"]'))
    assert matching([near, nearer], "any.csv", [["Year", "EmployeeID", "M01", "M02"]]) == (nearer,)


def test_unknown_names_are_refused_with_the_nearest():
    faults = faults_of(
        TARGETS.replace("sales_targets", "sales_target").replace("[match]", "x = 1\n[match]")
    )
    assert "unknown key 'x'" in faults[0]
    faults = faults_of(TARGETS.replace("sales_targets", "sales_target"))
    assert "did you mean 'sales_targets'?" in faults[0]
    faults = faults_of(TARGETS.replace("target_amount", "target_amont"))
    assert "did you mean 'target_amount'?" in faults[0]


def test_every_fault_of_a_mapping_is_listed_at_once():
    wrong = TARGETS.replace('"person"', '"persn"').replace('emp_id = "EmployeeID"', "emp_id = { }")
    assert len(faults_of(wrong)) == 2


def test_a_required_column_without_a_source_is_refused():
    faults = faults_of(TARGETS.replace('level = { constant = "person" }', ""))
    assert "nothing is given for 'level', which sales_targets requires" in faults[0]


def test_every_shipped_mapping_is_usable():
    datasets = {t.dataset for mapping in shipped_mappings().values() for t in mapping.tables}
    assert datasets <= contracts().keys()
    assert len(shipped_mappings()) >= 8
