"""Fixtures of kpi's tests."""

import pytest

from data.home import open_home
from data.warehouse import Warehouse
from tests.kpi.given import Given


@pytest.fixture
def given(tmp_path):
    home = open_home(tmp_path / "home")
    warehouse = Warehouse.in_memory(home)
    yield Given(home, warehouse)
    warehouse.close()
