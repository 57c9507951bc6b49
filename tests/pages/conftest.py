"""Fixtures of the pages' tests: a real server with accounts and no data, and its routes alone."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.home import open_home
from data.sample_sign_ins import create_sample_accounts
from data.setting import set_setting
from data.warehouse import Warehouse
from pages.shared import session
from tests.kpi.given import Given
from tests.server import Server, running


@pytest.fixture(scope="session")
def accounts_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the sample sign-ins and not a single workbook; copy it before changing it."""
    path = tmp_path_factory.mktemp("accounts") / "home"
    warehouse = Warehouse.open(open_home(path))
    create_sample_accounts(warehouse)
    with warehouse.write() as con:
        set_setting(con, "sample", "yes")
    warehouse.close()
    return path


@pytest.fixture(scope="session")
def plain_server(accounts_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the sample sign-ins and not a single workbook."""
    home = tmp_path_factory.mktemp("plain") / "home"
    shutil.copytree(accounts_home, home)
    with running(home) as started:
        yield started


@pytest.fixture
def house(
    accounts_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Warehouse]:
    """The process's own warehouse, with the sample sign-ins, for routes that run in the test."""
    home = tmp_path / "house"
    shutil.copytree(accounts_home, home)
    monkeypatch.setenv("HENG_HOME", str(home))
    session.warehouse.cache_clear()
    yield session.warehouse()
    session.warehouse().close()
    session.warehouse.cache_clear()


@pytest.fixture
def given(tmp_path: Path) -> Iterator[Given]:
    """An empty warehouse in memory, to be filled row by row."""
    home = open_home(tmp_path / "given")
    warehouse = Warehouse.in_memory(home)
    yield Given(home, warehouse)
    warehouse.close()
