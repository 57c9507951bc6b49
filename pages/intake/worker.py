"""The process's one worker that loads files: started with the app, finished with it.

A page hands it files and decisions and reads how the jobs stand; it never loads anything itself.
"""

from functools import cache

from kpi.components import refresh
from loaders.job import Worker
from pages.shared import session


@cache
def worker() -> Worker:
    """The worker on the process's warehouse; results follow each commit."""
    warehouse = session.warehouse()

    def after_commit() -> None:
        refresh(warehouse)

    return Worker(warehouse, after_commit=after_commit)


def close() -> None:
    """Finish the jobs in hand, where a worker was started."""
    if worker.cache_info().currsize:
        worker().close()
        worker.cache_clear()
