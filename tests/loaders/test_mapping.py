import tomllib
from datetime import date

import pytest

from data.contract import contracts
from loaders.arrange import arrange
from loaders.fill import month_number
from loaders.grid import Grid, MissingHeaders, position_index
from loaders.locate import mapped_tables
from loaders.mapping_file import MappingError, parse_mapping, shipped_mappings
from loaders.match import applies, matching
from loaders.raw import RawSheet
from loaders.tabulate import tabulate
from loaders.unpivot import run_of_names

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
        whole=RawSheet(name=sheet, rows=[list(headers), *map(list, rows)]),
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
    rows = arrange(laid_out, table)
    numbers, columns = rows.numbers, rows.columns
    return numbers, {name: column.cells for name, column in columns.items()}


def test_wide_months_become_rows_that_keep_their_row_and_letter():
    table = parsed(TARGETS).tables[0]
    headers = ["Year", "EmployeeID", "M01", "M02", "M03"]
    rows = arrange(grid(headers, [2017, "7", 200, "-", 400]), table)
    numbers, columns = rows.numbers, rows.columns
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
    assert run_of_names("Y..AB") == ["Y", "Z", "AA", "AB"]
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


def located(text, *rows, name="1月"):
    """The one part that a mapping makes of a sheet, with every row equally long."""
    width = max(map(len, rows))
    sheet = RawSheet(name=name, rows=[[*row, *[None] * (width - len(row))] for row in rows])
    mapping = parsed(text)
    (found,) = mapped_tables(sheet, mapping, "costs_2026.xlsx")
    return tabulate(sheet, found, file="costs_2026.xlsx", mapping=mapping.name)


def values(part, *names):
    return list(zip(*(part.values[name].to_pylist() for name in names), strict=True))


def test_letters_are_the_headers_where_there_are_none():
    part, problems = located(
        """
        header = false
        match = { file = "*.csv", width = 4 }
        [[tables]]
        dataset = "sales_orders"
        only_where = { column = "D", equals = ["1"] }
        [tables.columns]
        order_id = { template = "{B}-{A}" }
        order_date = { position = 3 }
        amount = { letter = "A" }
        """,
        [9, "S1", "2026-01-01", 1],
        [8, "S2", "2026-01-01", 2],
    )
    assert problems == []
    assert values(part, "order_id", "amount") == [("S1-9", 9)]
    assert part.numbers == [1]


BUDGET = """
header_row = [3, 4]
match = { headers = ["科目"] }
[[tables]]
dataset = "budget_costs"
unpivot = { name = "month", values = { plan = "*預算", real = "*實際" } }
[tables.columns]
period = { year = "{file}", month = "month" }
dept = { cell = "A2" }
account = "科目"
budget_amt = { from = "plan", scale = 10000 }
actual_amt = { from = "real", scale = 10000, missing = ["-"] }
"""


def test_months_with_two_figures_each_under_two_header_rows_become_one_row_a_month():
    part, problems = located(
        BUDGET,
        ["2026年度費用"],
        ["編製部門：銷售部"],
        ["科目", "1月", None, "2月", None],
        [None, "預算", "實際", "預算", "實際"],
        ["差旅", 1, 1.5, 2, "-"],
        ["培訓", None, None, 3, 4],
        ["合計", 1, 1.5, 5, 4],
    )
    assert [one.code for one in problems] == ["TOTALS_SKIPPED"]
    assert values(part, "period", "dept", "account", "budget_amt", "actual_amt") == [
        (date(2026, 1, 1), "sales", "差旅", 10_000, 15_000),
        (date(2026, 2, 1), "sales", "差旅", 20_000, None),
        (date(2026, 2, 1), "sales", "培訓", 30_000, 40_000),
    ]
    assert [part.columns["actual_amt"].letter(index) for index in range(3)] == ["C", "E", "E"]


def test_the_month_can_be_the_name_of_the_sheet():
    part, _ = located(
        """
        match = { headers = ["no"] }
        [[tables]]
        dataset = "sales_targets"
        [tables.columns]
        period = { year = 2026, month = "{sheet}" }
        level = { constant = "team" }
        team = "no"
        target_amount = "sum"
        """,
        ["no", "sum"],
        ["北區", 5],
        name="11月",
    )
    assert values(part, "period", "team") == [(date(2026, 11, 1), "北區")]


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
