"""What every suite starts from: an empty home, and the sample company's home."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.home import Home, open_home
from data.warehouse import Warehouse
from tests import sample_company

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return open_home(tmp_path / "home")


@pytest.fixture
def warehouse(home: Home) -> Iterator[Warehouse]:
    opened = Warehouse.open(home)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample company loaded once, for every worker; copy it before changing it."""
    shared = (
        tmp_path_factory.getbasetemp().parent if _is_worker() else tmp_path_factory.getbasetemp()
    )
    folder = shared / "sample-home"
    with _once(shared / "sample-home.lock"):
        if not (folder / "warehouse.duckdb").exists():
            sample_company.create(folder)
    return folder


@pytest.fixture(scope="session")
def sample(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """The open warehouse of a copy of the sample company; tests only read it."""
    copy = tmp_path_factory.mktemp("sample") / "home"
    shutil.copytree(sample_home, copy)
    opened = Warehouse.open(open_home(copy))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real workbooks; tests that need it are skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the folder of real workbooks beside the repository is absent")
    return SHARED


def _is_worker() -> bool:
    return "PYTEST_XDIST_WORKER" in os.environ


class _once:
    """A lock between test workers, held by a file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        self._file = self._path.open("w")
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        self._file.close()
