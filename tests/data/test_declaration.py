from datetime import date

import pyarrow as pa
import pytest

from data import batch as batches
from data.declaration import declarations, declare_nothing, withdraw
from data.history import File
from data.readiness import readiness
from data.revision import revision
from data.staging import stage

MAY = date(2026, 5, 1)


@pytest.fixture
def declare(warehouse):
    def said(department=None, reason="a quiet month", dataset="service_tickets"):
        with warehouse.write() as con:
            return declare_nothing(con, dataset, MAY, department, login="ops", reason=reason)

    return said


def state(warehouse, dataset="service_tickets"):
    with warehouse.read() as con:
        return next(d for d in readiness(con, [MAY]) if d.dataset == dataset)


def load_ticket(warehouse, department):
    rows = pa.table(
        {
            "ticket_id": ["T1"],
            "dept": [department],
            "created_at": pa.array([date(2026, 5, 4)], pa.date32()).cast(pa.timestamp("us")),
            "sheet": ["S"],
            "row_number": [2],
        }
    )
    staged = stage(warehouse.home, "service_tickets", rows)
    with warehouse.write() as con:
        batches.commit(con, File(name="t", sha256="t", bytes=1), [staged], login="ops")


def test_a_declaration_keeps_who_and_why(warehouse, declare):
    declare("technology", "the system was being replaced")
    with warehouse.read() as con:
        (one,) = declarations(con)
    assert (one.login, one.reason, one.department) == (
        "ops",
        "the system was being replaced",
        "technology",
    )


def test_saying_it_twice_changes_nothing(warehouse, declare):
    assert declare() is True
    with warehouse.read() as con:
        before = revision(con)
    assert declare(reason="again") is False
    with warehouse.read() as con:
        assert (revision(con), len(declarations(con))) == (before, 1)


def test_a_withdrawn_declaration_leaves_the_month_missing(warehouse, declare):
    declare()
    with warehouse.write() as con:
        assert withdraw(con, "service_tickets", MAY, None) is True
        assert withdraw(con, "service_tickets", MAY, None) is False
    assert state(warehouse).state == "missing"


def test_one_department_s_declaration_leaves_the_other_missing(warehouse, declare):
    declare("technology")
    found = state(warehouse)
    assert (found.state, found.missing_departments) == ("partial", ("customer_service",))


def test_both_departments_declarations_make_the_month_declared(warehouse, declare):
    declare("technology")
    declare("customer_service")
    assert state(warehouse).state == "declared"


def test_rows_of_one_and_nothing_of_the_other_are_complete(warehouse, declare):
    declare("technology")
    load_ticket(warehouse, "customer_service")
    assert state(warehouse).state == "complete"


def test_rows_that_come_after_all_outweigh_the_declaration(warehouse, declare):
    declare()
    load_ticket(warehouse, "customer_service")
    assert state(warehouse).state == "complete"
