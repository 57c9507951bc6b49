import io
import threading
import time

import pytest

from data.warehouse import Warehouse
from loaders.job import Worker, workbook_of
from tests.loaders.workbook import order, write_orders


@pytest.fixture
def refreshed():
    return []


@pytest.fixture
def worker(warehouse, refreshed):
    made = Worker(warehouse, after_commit=lambda: refreshed.append(True))
    yield made
    made.close()


def submit(worker, path):
    return worker.submit(io.BytesIO(path.read_bytes()), path.name, login="ops")


def wait(worker, job_id, *states):
    deadline = time.monotonic() + 60
    while (job := worker.job(job_id)).state not in states:
        assert time.monotonic() < deadline, job
        time.sleep(0.02)
    return job


@pytest.fixture
def orders(tmp_path):
    return write_orders(tmp_path / "orders.xlsx", order(1, 10), order(2, 20))


def count(warehouse):
    with warehouse.read() as con:
        return con.execute("select count(*) from sales_orders").fetchall()[0][0]


def test_a_job_waits_checked_until_someone_says_commit(worker, warehouse, refreshed, orders):
    job_id = submit(worker, orders)
    checked = wait(worker, job_id, "checked", "refused", "failed")
    assert checked.state == "checked"
    assert checked.report["datasets"][0]["added"] == 2
    assert count(warehouse) == 0
    worker.commit(job_id)
    committed = wait(worker, job_id, "committed", "failed")
    assert (committed.state, committed.batch_id, count(warehouse)) == ("committed", 1, 2)
    assert refreshed == [True]


def test_a_refused_job_says_every_problem(worker, tmp_path):
    job_id = submit(worker, write_orders(tmp_path / "bad.xlsx", order(1, "ten"), order(2, "x")))
    job = wait(worker, job_id, "checked", "refused", "failed")
    assert job.state == "refused"
    assert [one["code"] for one in job.report["problems"]] == ["BAD_NUMBER", "BAD_NUMBER"]


def test_a_refused_file_is_there_to_be_marked_until_it_is_discarded(worker, home, tmp_path):
    path = write_orders(tmp_path / "bad.xlsx", order(1, "ten"))
    job = wait(worker, submit(worker, path), "refused")
    kept = workbook_of(home, job)
    assert kept is not None
    assert kept.read_bytes() == path.read_bytes()
    worker.discard(job.job_id)
    assert workbook_of(home, job) is None


def test_a_committed_jobs_file_is_its_original(worker, home, orders):
    job_id = submit(worker, orders)
    wait(worker, job_id, "checked")
    worker.commit(job_id)
    job = wait(worker, job_id, "committed")
    assert workbook_of(home, job) == home.original(job.file_sha256)


def test_a_file_that_nobody_asked_back_goes_in_time(worker, warehouse, home, tmp_path):
    job = wait(worker, submit(worker, write_orders(tmp_path / "a.xlsx", order(1, "x"))), "refused")
    (home.uploads / "of no job").mkdir()
    with warehouse.write() as con:
        con.execute("update intake.job set updated_at = updated_at - interval 31 day")
    worker.close()
    Worker(warehouse).close()
    assert workbook_of(home, job) is None
    assert list(home.uploads.iterdir()) == []


def test_a_committed_job_leaves_no_upload_behind(worker, home, orders):
    job_id = submit(worker, orders)
    wait(worker, job_id, "checked")
    worker.commit(job_id)
    wait(worker, job_id, "committed")
    assert list(home.uploads.iterdir()) == []


def test_only_a_checked_job_can_be_committed(worker, tmp_path):
    job_id = submit(worker, write_orders(tmp_path / "bad.xlsx", order(1, "ten")))
    wait(worker, job_id, "refused")
    with pytest.raises(ValueError, match="refused, not checked"):
        worker.commit(job_id)


def test_several_jobs_are_committed_in_order_and_refreshed_once(
    worker, warehouse, refreshed, tmp_path
):
    paths = [write_orders(tmp_path / f"{n}.xlsx", order(n, n)) for n in range(1, 4)]
    ids = [submit(worker, path) for path in paths]
    for job_id in ids:
        wait(worker, job_id, "checked")
    worker.commit(*ids)
    ended = [wait(worker, job_id, "committed", "failed") for job_id in ids]
    assert [job.batch_id for job in ended] == [1, 2, 3]
    assert [job.report["refreshed"] for job in ended] == [False, False, True]
    assert (count(warehouse), refreshed) == (3, [True])


def test_no_job_is_committed_where_one_of_them_is_not_checked(worker, warehouse, tmp_path):
    good = submit(worker, write_orders(tmp_path / "good.xlsx", order(1, 10)))
    bad = submit(worker, write_orders(tmp_path / "bad.xlsx", order(2, "ten")))
    wait(worker, good, "checked")
    wait(worker, bad, "refused")
    with pytest.raises(ValueError, match="refused, not checked"):
        worker.commit(good, bad)
    assert (worker.job(good).state, count(warehouse)) == ("checked", 0)


def test_a_discarded_job_is_gone(worker, home, orders):
    job_id = submit(worker, orders)
    wait(worker, job_id, "checked")
    worker.discard(job_id)
    with pytest.raises(KeyError):
        worker.job(job_id)
    assert list(home.uploads.iterdir()) == []


def test_a_failing_refresh_does_not_keep_the_next_job_out(warehouse, orders, tmp_path):
    def fail():
        raise RuntimeError("refresh")

    worker = Worker(warehouse, after_commit=fail)
    first = submit(worker, orders)
    wait(worker, first, "checked")
    worker.commit(first)
    second = submit(worker, write_orders(tmp_path / "more.xlsx", order(3, 30)))
    assert wait(worker, second, "checked", "failed").state == "checked"
    worker.close()
    assert worker.job(first).state == "committed"


def test_a_checked_job_survives_a_restart(home, orders):
    warehouse = Warehouse.open(home)
    worker = Worker(warehouse)
    job_id = submit(worker, orders)
    wait(worker, job_id, "checked")
    worker.close()
    warehouse.close()
    warehouse = Warehouse.open(home)
    again = Worker(warehouse)
    again.commit(job_id)
    assert wait(again, job_id, "committed", "failed").state == "committed"
    assert count(warehouse) == 2
    again.close()
    warehouse.close()


def test_jobs_are_listed_newest_first_and_by_person(worker, orders):
    first = submit(worker, orders)
    second = worker.submit(io.BytesIO(b"x"), "x.csv", login="other")
    wait(worker, second, "refused", "checked", "failed")
    assert [job.job_id for job in worker.jobs()] == [second, first]
    assert [job.job_id for job in worker.jobs(login="ops")] == [first]


def test_two_people_at_once_each_get_their_own_answer(worker, tmp_path):
    paths = [write_orders(tmp_path / f"{n}.xlsx", order(n, n * 10)) for n in range(1, 5)]
    ids = {}
    threads = [
        threading.Thread(target=lambda path=path: ids.update({path: submit(worker, path)}))
        for path in paths
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    totals = [
        wait(worker, ids[path], "checked").report["datasets"][0]["control_totals"]["sums"]["amount"]
        for path in paths
    ]
    assert totals == ["10.0000", "20.0000", "30.0000", "40.0000"]
