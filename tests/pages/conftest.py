"""Fixtures of the pages' tests: a real server with accounts and no data, and its routes alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.home import open_home
from data.sample_sign_ins import create_sample_accounts
from data.setting import set_setting
from data.warehouse import Warehouse
from pages.shared import session
from tests.server import Server, running


def home_with_accounts(path: Path) -> Path:
    warehouse = Warehouse.open(open_home(path))
    create_sample_accounts(warehouse)
    with warehouse.write() as con:
        set_setting(con, "sample", "yes")
    warehouse.close()
    return path


@pytest.fixture(scope="session")
def plain_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the sample sign-ins and not a single workbook."""
    home = home_with_accounts(tmp_path_factory.mktemp("plain") / "home")
    with running(home) as started:
        yield started


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Warehouse]:
    """The process's own warehouse, with the sample sign-ins, for routes that run in the test."""
    home = home_with_accounts(tmp_path / "house")
    monkeypatch.setenv("HENG_HOME", str(home))
    session.warehouse.cache_clear()
    yield session.warehouse()
    session.warehouse().close()
    session.warehouse.cache_clear()
