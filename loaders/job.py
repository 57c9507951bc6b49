"""Loads asked for on the screen: they run in a thread of their own and outlive every page.

A job is read and checked first, and committed when someone says so. Its row in the warehouse
survives a restart; what was under way then is taken up again.

queued -> reading -> checked -> committing -> committed
                  \\-> refused             \\-> failed
"""

import logging
import queue
import shutil
import threading
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO, Literal

from data.history import batch_of_file
from data.home import Home
from data.warehouse import Warehouse
from loaders import job_row
from loaders.job_row import Job, Step
from loaders.limits import DEFAULT, Limits
from loaders.load import commit, preview, read_file
from loaders.original import sha256_of
from loaders.reading import Reading
from loaders.report import file_report

KEPT = timedelta(days=30)
"""How long a refused file is there to be marked, unless it is discarded."""
_LOG = logging.getLogger(__name__)
_Task = tuple[Literal["read", "commit"], str]


class Worker:
    """The thread that does the jobs of a warehouse, one at a time."""

    def __init__(
        self,
        warehouse: Warehouse,
        *,
        after_commit: Callable[[], None] | None = None,
        limits: Limits = DEFAULT,
    ) -> None:
        """`after_commit` runs in this thread after the last of the commits that are waiting."""
        self._warehouse = warehouse
        self._after_commit = after_commit
        self._limits = limits
        self._tasks: queue.Queue[_Task | None] = queue.Queue()
        self._readings: dict[str, Reading] = {}
        self._moving: dict[str, tuple[Step, float]] = {}
        self._behind = False
        self._take_up()
        self._tidy()
        self._thread = threading.Thread(target=self._run, name="loads", daemon=True)
        self._thread.start()

    def submit(
        self,
        source: BinaryIO,
        name: str,
        *,
        login: str,
        mapping: str | None = None,
        dataset: str | None = None,
    ) -> str:
        """Take a file in and have it read; the answer is its job's id."""
        job_id = uuid.uuid4().hex
        path = self._path(job_id)
        path.parent.mkdir(mode=0o700)
        with path.open("wb") as target:
            shutil.copyfileobj(source, target)
        now = job_row.now()
        job = Job(
            job_id=job_id,
            login=login,
            file_name=name,
            file_sha256=sha256_of(path),
            state="queued",
            step="waiting",
            report={"request": {"mapping": mapping, "dataset": dataset}},
            created_at=now,
            updated_at=now,
        )
        self._save(job)
        self._tasks.put(("read", job_id))
        return job_id

    def commit(self, *job_ids: str) -> None:
        """Have checked jobs committed, in this order; all of them are taken on, or none.

        Raises KeyError, and ValueError where one of them is not checked.
        """
        with self._warehouse.write() as con:
            for job_id in job_ids:
                job = job_row.find(con, job_id)
                if job.state != "checked":
                    raise ValueError(
                        f"Job {job_id} is {job.state}, not checked; nothing was changed."
                    )
                job_row.save(con, replace(job, state="committing", step="waiting", progress=0.0))
        for job_id in job_ids:
            self._tasks.put(("commit", job_id))

    def discard(self, job_id: str) -> None:
        """Forget a job and its file. Raises KeyError, and ValueError while it is worked on."""
        with self._warehouse.write() as con:
            job = job_row.find(con, job_id)
            if job.state in ("queued", "reading", "committing"):
                raise ValueError(f"Job {job_id} is being worked on; nothing was changed.")
            job_row.remove(con, job_id)
        self._clear(job_id)

    def job(self, job_id: str) -> Job:
        """How a job stands. Raises KeyError."""
        with self._warehouse.read() as con:
            return self._moved(job_row.find(con, job_id))

    def jobs(self, *, login: str | None = None, limit: int = 50) -> tuple[Job, ...]:
        """The latest jobs, of one person or of all, newest first."""
        with self._warehouse.read() as con:
            return tuple(self._moved(job) for job in job_row.latest(con, login, limit))

    def close(self) -> None:
        """Finish the jobs in hand and stop."""
        self._tasks.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (task := self._tasks.get()) is not None:
            kind, job_id = task
            try:
                job = self.job(job_id)
                self._save(self._read(job) if kind == "read" else self._commit(job))
            # Whatever goes wrong in one job, the next one has to be done.
            except Exception:
                _LOG.exception("job %s failed", job_id)
                self._save(replace(self.job(job_id), state="failed", step=None))
                self._clear(job_id)
            finally:
                self._moving.pop(job_id, None)
                self._refreshed()

    def _read(self, job: Job) -> Job:
        self._save(replace(job, state="reading", step="reading"))
        reading = self._reading(job)
        self._moving[job.job_id] = ("comparing", 1.0)
        found = preview(self._warehouse, reading) if reading.accepted else None
        report = {**job.report, **file_report(reading, found)}
        state: Literal["checked", "refused"] = "checked" if reading.accepted else "refused"
        return replace(job, state=state, step=None, progress=1.0, report=report)

    def _commit(self, job: Job) -> Job:
        reading = self._readings.get(job.job_id) or self._reading(job)
        self._moving[job.job_id] = ("saving", 0.0)
        before = preview(self._warehouse, reading)
        receipt = commit(self._warehouse, self._warehouse.home, reading, login=job.login)
        self._behind = True
        self._moving[job.job_id] = ("refreshing", 0.5)
        refreshed = self._refreshed()
        self._clear(job.job_id)
        return replace(
            job,
            state="committed",
            step=None,
            progress=1.0,
            report={
                **job.report,
                **file_report(reading, before, receipt),
                "refreshed": refreshed,
            },
            batch_id=receipt.batch.batch_id,
        )

    def _refreshed(self) -> bool:
        """Whether what hangs on the rows is renewed; the rows are in, whatever happens here.

        While more commits wait it is not: it is renewed once, after the last of them.
        """
        if self._behind and not self._commits_wait():
            self._behind = False
            try:
                if self._after_commit:
                    self._after_commit()
            except Exception:
                _LOG.exception("what follows a commit failed")
                return False
        return not self._behind

    def _commits_wait(self) -> bool:
        with self._tasks.mutex:
            return any(task is not None and task[0] == "commit" for task in self._tasks.queue)

    def _reading(self, job: Job) -> Reading:
        def moved(share: float) -> None:
            self._moving[job.job_id] = ("reading", share)

        path = self._path(job.job_id)
        request = job.report["request"]
        reading = read_file(
            path,
            name=job.file_name,
            mapping=request["mapping"],
            dataset=request["dataset"],
            limits=self._limits,
            progress=moved,
            workdir=path.parent,
        )
        if reading.accepted:
            self._readings[job.job_id] = reading
        return reading

    def _take_up(self) -> None:
        """What a stopped process left: unread files are read, half-made commits are made."""
        with self._warehouse.write() as con:
            for job in job_row.under_way(con):
                done = batch_of_file(con, job.file_sha256)
                if done and job.state == "committing":
                    ended = replace(job, state="committed", step=None, batch_id=done.batch_id)
                    job_row.save(con, ended)
                elif not self._path(job.job_id).is_file():
                    job_row.save(con, replace(job, state="failed", step=None))
                else:
                    kind: Literal["read", "commit"] = (
                        "commit" if job.state == "committing" else "read"
                    )
                    self._tasks.put((kind, job.job_id))

    def _tidy(self) -> None:
        """Remove files that nobody asked back: of jobs that ended long ago, or are not known."""
        with self._warehouse.read() as con:
            kept = job_row.since(con, job_row.now() - KEPT)
        for folder in self._warehouse.home.uploads.iterdir():
            if folder.name not in kept:
                shutil.rmtree(folder, ignore_errors=True)

    def _save(self, job: Job) -> None:
        with self._warehouse.write() as con:
            job_row.save(con, job)

    def _moved(self, job: Job) -> Job:
        step, progress = self._moving.get(job.job_id, (job.step, job.progress))
        return replace(job, step=step, progress=progress)

    def _path(self, job_id: str) -> Path:
        return _upload(self._warehouse.home, job_id)

    def _clear(self, job_id: str) -> None:
        self._readings.pop(job_id, None)
        shutil.rmtree(self._path(job_id).parent, ignore_errors=True)


def workbook_of(home: Home, job: Job) -> Path | None:
    """Where the job's file is, as it was sent; None where it has been put away."""
    places = (_upload(home, job.job_id), home.original(job.file_sha256))
    return next((path for path in places if path.is_file()), None)


def _upload(home: Home, job_id: str) -> Path:
    return home.uploads / job_id / "workbook"
