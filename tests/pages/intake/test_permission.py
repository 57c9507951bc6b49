from decimal import Decimal
from hashlib import sha256

import pyarrow as pa
import pytest

from data import batch as batches
from data.access import AccessDenied
from data.contract import contract
from data.history import File
from data.staging import stage
from pages.intake import originals, permission
from tests.pages.intake.given import JULY, job


def test_operators_see_one_another_s_files(operator):
    orders = {"sheets": [{"sheet": "S", "tables": [{"dataset": "sales_orders"}]}]}
    assert permission.may_open(operator, job(orders, login="another"))


def test_a_file_with_ratings_stays_with_whoever_sent_it(operator):
    ratings = {"sheets": [{"sheet": "S", "tables": [{"dataset": "appraisal_ratings"}]}]}
    assert not permission.may_open(operator, job(ratings, login="another"))
    assert permission.may_open(operator, job(ratings, login="ops"))


def test_somebody_without_the_right_opens_not_even_their_own(manager):
    assert not permission.may_open(manager, job(login="boss"))


@pytest.fixture
def load(warehouse):
    def loaded(dataset, **columns):
        rows = pa.table({**columns, "sheet": ["S"], "row_number": [2]})
        content = f"{dataset} {columns}".encode()
        digest = sha256(content).hexdigest()
        original = warehouse.home.original(digest)
        original.parent.mkdir(parents=True, exist_ok=True)
        original.write_bytes(content)
        with warehouse.write() as con:
            file = File(name="../工資.xlsx", sha256=digest, bytes=len(content))
            staged = [stage(warehouse.home, dataset, rows)]
            return batches.commit(con, file, staged, login="ops"), content

    return loaded


@pytest.fixture
def fetch(warehouse, monkeypatch):
    monkeypatch.setattr(originals, "warehouse", lambda: warehouse)

    def fetched(scope, one):
        with warehouse.read() as con:
            return originals.original(con, scope, {"batch": str(one.batch_id)})

    return fetched


def test_the_original_comes_back_byte_for_byte(load, fetch, manager, operator):
    one, content = load("customers", cust_id=["C1"])
    for scope in (manager, operator):
        assert fetch(scope, one).content == content


def test_the_name_of_the_original_is_no_path(load, fetch, manager):
    one, _ = load("customers", cust_id=["C1"])
    assert fetch(manager, one).file_name == "_工資.xlsx"


def test_originals_are_closed_to_those_without_the_right(load, fetch, employee):
    one, _ = load("customers", cust_id=["C1"])
    with pytest.raises(AccessDenied):
        fetch(employee, one)


def test_ratings_are_closed_to_every_role_that_may_not_see_ratings(load, fetch, manager, operator):
    one, _ = load(
        "appraisal_ratings",
        period=pa.array([JULY], pa.date32()),
        ratee_id=["E1"],
        rater_id=["E2"],
        rater_type=["peer"],
        item=["teamwork"],
    )
    for scope in (manager, operator):
        with pytest.raises(AccessDenied):
            fetch(scope, one)


def test_a_private_column_closes_the_original_only_where_it_is_filled(load, fetch, operator):
    private = [n for n, c in contract("employees").columns.items() if c.private]
    without, content = load("employees", emp_id=["E1"])
    assert fetch(operator, without).content == content
    filled, _ = load("employees", emp_id=["E1"], **{private[0]: [Decimal(1)]})
    with pytest.raises(AccessDenied):
        fetch(operator, filled)
