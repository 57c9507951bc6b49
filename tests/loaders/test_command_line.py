import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from data.contract import contracts
from data.warehouse import Warehouse
from loaders.__main__ import main
from loaders.recognise import recognise
from tests.loaders.workbook import order, write_orders

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture
def run(home, capsys):
    """A function from arguments to exit code, standard output and standard error."""

    def run(*arguments):
        try:
            code = main([*map(str, arguments), "--home", str(home.path)])
        except SystemExit as ended:
            code = ended.code
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


@pytest.fixture
def orders(tmp_path):
    return write_orders(tmp_path / "orders.xlsx", order(1, 10), order(2, 20.5))


def test_load_reports_each_file_and_sheet_as_one_json_document(run, orders):
    code, out, _ = run("load", orders, "--json")
    report = json.loads(out)["files"][0]
    assert (code, report["status"], report["batch"]) == (0, "loaded", 1)
    table = report["sheets"][0]["tables"][0]
    assert (table["dataset"], table["header_row"], table["rows_read"]) == ("sales_orders", 2, 2)
    assert (table["added"], table["changed"], table["unchanged"], table["refused"]) == (2, 0, 0, 0)
    assert table["control_totals"] == {
        "rows": 2,
        "sums": {"qty": "4.000000", "amount": "30.5000"},
        "first_date": "2026-03-01",
        "last_date": "2026-03-01",
    }


def test_a_refused_file_ends_with_1_and_its_reasons(run, tmp_path):
    bad = write_orders(tmp_path / "bad.xlsx", order(1, "ten"))
    code, out, _ = run("load", bad, "--json")
    report = json.loads(out)["files"][0]
    assert (code, report["status"], report["errors"]) == (1, "refused", 1)
    assert report["problems"][0]["code"] == "BAD_NUMBER"
    assert (report["problems"][0]["column"], report["problems"][0]["row"]) == ("E", 3)
    assert report["sheets"][0]["tables"][0]["refused"] == 1


def test_a_refused_file_is_written_back_with_its_faults_marked(run, tmp_path):
    bad = write_orders(tmp_path / "bad.xlsx", order(1, "ten"))
    code, out, _ = run("load", bad, "--json", "--annotate", tmp_path / "marked.xlsx")
    marked = json.loads(out)["files"][0]["annotated"]
    assert (code, marked["cells"], marked["kept"]) == (1, 1, "all")
    assert run("load", marked["file"], "--json")[0] == 1
    names = CalamineWorkbook.from_path(tmp_path / "marked.xlsx").sheet_names
    assert names == ["Problems", "銷售訂單"]


def test_one_refused_file_does_not_keep_the_others_out(run, tmp_path, orders):
    bad = write_orders(tmp_path / "bad.xlsx", order(1, "ten"))
    code, out, _ = run("load", bad, orders, "--json")
    assert code == 1
    assert [one["status"] for one in json.loads(out)["files"]] == ["refused", "loaded"]


def test_a_dry_run_changes_nothing(run, orders):
    code, out, _ = run("load", orders, "--dry-run", "--json")
    assert (code, json.loads(out)["files"][0]["status"]) == (0, "checked")
    assert json.loads(run("history", "--json")[1])["batches"] == []


def test_the_same_file_twice_says_so(run, orders):
    run("load", orders)
    code, out, _ = run("load", orders)
    assert code == 0
    assert "is loaded already as batch 1; nothing was changed" in out


def test_what_is_printed_names_counts_and_totals(run, orders):
    out = run("load", orders)[1]
    assert "sales_orders: 2 rows, 2 added, 0 changed, 0 unchanged" in out
    assert "sum of amount: 30.5000" in out


def test_the_file_itself_is_not_replaced_by_its_marked_workbook(run, orders):
    before = orders.read_bytes()
    assert run("load", orders, "--annotate", orders)[0] == 2
    assert orders.read_bytes() == before


@pytest.mark.parametrize(
    "arguments",
    [
        ("load", "absent.xlsx"),
        ("load",),
        ("load", __file__, "--mapping", "no_such_mapping"),
        ("load", __file__, "--dataset", "sale_orders"),
        ("load", __file__, "--annotate", "marked.xls"),
        ("load", __file__, "--annotate", "absent/marked.xlsx"),
        ("load", __file__, __file__, "--annotate", "marked.xlsx"),
        ("declare", "service_tickets", "2026-13"),
        ("declare", "service_tickets", "2026-05", "--department", "salez"),
        ("template", "employees", "out.csv"),
        ("undo", "first"),
        ("fly",),
    ],
)
def test_wrong_usage_ends_with_2(run, arguments):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err


def test_a_batch_is_undone_once(run, orders):
    run("load", orders)
    assert run("undo", "1")[0] == 0
    code, _, err = run("undo", "1")
    assert code == 1
    assert "undone already" in err


def test_history_lists_the_newest_first(run, tmp_path, orders):
    run("load", orders)
    run("load", write_orders(tmp_path / "more.xlsx", order(3, 30)))
    batches = json.loads(run("history", "--json")[1])["batches"]
    assert [one["file"] for one in batches] == ["more.xlsx", "orders.xlsx"]
    assert batches[1]["datasets"][0]["control_totals"]["sums"]["amount"] == "30.5000"


def test_detect_says_what_a_sheet_is_and_loads_nothing(run, orders):
    code, out, _ = run("detect", orders, "--json")
    table = json.loads(out)["sheets"][0]["tables"][0]
    assert (code, table["dataset"], table["confidence"]) == (0, "sales_orders", 1.0)
    assert json.loads(run("history", "--json")[1])["batches"] == []


def test_a_query_reads_the_published_datasets(run, orders):
    run("load", orders)
    code, out, _ = run(
        "query", "select count(*) as n, sum(amount) as s from sales_orders", "--json"
    )
    assert code == 0
    assert json.loads(out) == {"columns": ["n", "s"], "rows": [[2, "30.5000"]]}


@pytest.mark.parametrize(
    "sql",
    [
        "select * from access.account",
        "select * from access.session",
        "select * from store.sales_orders",
        "select * from appraisal_ratings",
        "select * from main.appraisal_ratings",
        "select * from read_csv('/etc/passwd')",
        "select * from '/etc/passwd'",
        "attach 'other.duckdb'",
        "copy (select 1) to 'out.csv'",
        "set enable_external_access = true",
        "select",
    ],
)
def test_a_query_reaches_nothing_else(run, sql):
    code, out, err = run("query", sql)
    assert (code, out) == (1, "")
    assert err


def test_a_query_that_writes_changes_nothing(run, orders):
    run("load", orders)
    run("query", "delete from sales_orders")
    assert json.loads(run("query", "select count(*) from sales_orders", "--json")[1])["rows"] == [
        [2]
    ]


def test_nothing_this_month_is_declared_for_each_month_of_a_quarter(run, home):
    assert run("declare", "service_tickets", "2026-Q2", "--department", "technology")[0] == 0
    warehouse = Warehouse.open(home)
    with warehouse.read() as con:
        found = con.execute(
            "select strftime(month, '%Y-%m'), department from intake.declaration order by month"
        ).fetchall()
    warehouse.close()
    assert found == [(f"2026-0{month}", "technology") for month in (4, 5, 6)]


@pytest.mark.parametrize("dataset", contracts())
def test_a_template_is_recognised_as_its_dataset(run, tmp_path, dataset):
    out = tmp_path / "template.xlsx"
    assert run("template", dataset, out)[0] == 0
    rows = CalamineWorkbook.from_path(out).get_sheet_by_index(0).to_python()
    assert recognise(rows).header.dataset == dataset


def test_a_home_that_another_process_holds_is_refused_and_not_waited_for(run, home, orders):
    code = (
        "import sys, pathlib\n"
        "from data.home import open_home\n"
        "from data.warehouse import Warehouse\n"
        "w = Warehouse.open(open_home(pathlib.Path(sys.argv[1]))); print('open', flush=True)\n"
        "sys.stdin.read()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(home.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=REPOSITORY,
    )
    assert holder.stdout.readline() == b"open\n"
    status, _, err = run("load", orders)
    holder.communicate()
    assert status == 1
    assert "in use by another process" in err


def test_standard_output_holds_the_document_alone(home, orders):
    done = subprocess.run(
        [sys.executable, "-m", "loaders", "load", str(orders), "--json", "--home", str(home.path)],
        cwd=REPOSITORY,
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONWARNINGS": "error"},
    )
    assert json.loads(done.stdout)["files"][0]["status"] == "loaded"
    assert done.stderr == b""


def test_a_home_in_use_is_left_alone_if_asked_to(run, orders):
    run("load", orders)
    assert run("sample", "--if-empty") == (0, "", "")


def test_the_sample_company_has_a_sign_in_for_each_role_and_its_rows(sample):
    with sample.read() as con:
        roles = con.execute("select role from access.account order by role").fetchall()
        empty = [
            name
            for name in contracts()
            if con.execute(f"select count(*) from {name}").fetchall() == [(0,)]
        ]
    assert [role for (role,) in roles] == [
        "department_head",
        "employee",
        "management",
        "operations",
    ]
    assert empty == []
