import subprocess
import sys
import threading

import duckdb
import pytest

from data.home import open_home
from data.warehouse import Warehouse, WarehouseBusy


def test_what_was_written_is_there_after_reopening(home):
    first = Warehouse.open(home)
    with first.write() as con:
        con.execute("insert into house.setting values ('colour', 'green')")
    first.close()
    second = Warehouse.open(home)
    with second.read() as con:
        rows = con.execute("select value from house.setting where name = 'colour'").fetchall()
    second.close()
    assert rows == [("green",)]


def test_a_reader_cannot_write(warehouse):
    with warehouse.read() as con, pytest.raises(duckdb.TransactionException):
        con.execute("insert into house.setting values ('a', 'b')")


def test_a_reader_sees_one_state_from_first_query_to_last(warehouse):
    count = "select count(*) from house.setting"
    with warehouse.read() as reading:
        before = reading.execute(count).fetchall()
        with warehouse.write() as writing:
            writing.execute("insert into house.setting values ('a', 'b')")
        assert reading.execute(count).fetchall() == before


@pytest.mark.parametrize(
    "statement",
    [
        "select * from read_csv('/etc/passwd')",
        "copy house.setting to 'out.csv'",
        "attach 'other.duckdb'",
        "install httpfs",
        "set enable_external_access = true",
    ],
)
def test_the_warehouse_reaches_nothing_outside(warehouse, statement):
    with warehouse.read() as con, pytest.raises(duckdb.Error):
        con.execute(statement)


def test_a_second_process_is_told_who_holds_the_warehouse(warehouse):
    code = (
        "import sys; from pathlib import Path\n"
        "from data.home import open_home; from data.warehouse import Warehouse, WarehouseBusy\n"
        "try: Warehouse.open(open_home(Path(sys.argv[1])))\n"
        "except WarehouseBusy as busy: print(busy)\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, str(warehouse.home.path)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "in use by another process" in told.stdout
    assert issubclass(WarehouseBusy, Exception)


def test_readers_on_many_threads_get_their_own_answers(warehouse):
    wrong = []

    def ask(number: int) -> None:
        for _ in range(50):
            with warehouse.read() as con:
                if con.execute("select ?::int", [number]).fetchall() != [(number,)]:
                    wrong.append(number)

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_the_home_and_its_files_are_the_owners_alone(home):
    Warehouse.open(home).close()
    home.secret("pseudonym")
    assert home.warehouse.stat().st_mode & 0o077 == 0
    assert home.path.stat().st_mode & 0o077 == 0
    assert (home.path / "pseudonym.key").stat().st_mode & 0o077 == 0


def test_a_secret_stays_the_same(home):
    assert home.secret("pseudonym") == home.secret("pseudonym")


def test_a_home_reached_through_a_link_is_the_same_home(tmp_path):
    real = open_home(tmp_path / "real")
    (tmp_path / "link").symlink_to(real.path)
    assert open_home(tmp_path / "link") == real
