"""People, jobs and reports for the tests of the intake's pages."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from data.access import Scope, scope_of
from data.warehouse import Warehouse
from loaders.load import preview, read_file
from loaders.report import file_report
from pages.shared.words import speaking


@pytest.fixture
def english() -> Iterator[None]:
    with speaking("en"):
        yield


@pytest.fixture
def operator() -> Scope:
    return scope_of(login="ops", role="operations", department_id=None, employee_id=None)


@pytest.fixture
def manager() -> Scope:
    return scope_of(login="boss", role="management", department_id=None, employee_id=None)


@pytest.fixture
def employee() -> Scope:
    return scope_of(login="e", role="employee", department_id=None, employee_id="E1")


@pytest.fixture
def report_of(warehouse: Warehouse) -> Callable[[Path], dict[str, Any]]:
    """What a job's report says of a file before it is loaded."""

    def report(path: Path) -> dict[str, Any]:
        reading = read_file(path)
        return file_report(reading, preview(warehouse, reading) if reading.accepted else None)

    return report
