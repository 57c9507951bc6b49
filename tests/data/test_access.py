import pytest

from data.access import NOBODY, AccessDenied, owner_scope, roles, scope_of
from data.contract import departments


def scope(role, department=None, employee=None):
    return scope_of(login="x", role=role, department_id=department, employee_id=employee)


def test_a_head_sees_the_own_department_and_no_other():
    head = scope("department_head", "sales")
    assert [d for d in departments() if head.sees_department(d)] == ["sales"]


def test_management_sees_every_department():
    assert scope("management").departments == tuple(departments())


def test_an_employee_sees_no_department_and_only_the_own_results():
    employee = scope("employee", "sales", "E1")
    assert employee.departments == ()
    assert employee.sees_employee("E1", "sales")
    assert not employee.sees_employee("E2", "sales")


def test_a_head_reads_results_of_the_own_department_only():
    head = scope("department_head", "sales", "E1")
    assert head.sees_employee("E9", "sales")
    assert not head.sees_employee("E9", "finance")


def test_operations_reads_nobodys_results():
    assert not scope("operations", "operations", "E1").sees_employee("E1", "operations")


@pytest.mark.parametrize("wanted", [("nothing", None), ("department_head", "no such department")])
def test_an_unknown_role_or_department_reaches_no_row(wanted):
    assert scope(*wanted).predicate() == ("false", [])


def test_nobody_reaches_no_row():
    assert NOBODY.predicate() == ("false", [])
    assert not NOBODY.sees_employee("E1", "sales")


def test_a_foreign_department_is_refused_with_its_reason():
    with pytest.raises(AccessDenied, match="finance"):
        scope("department_head", "sales").require_department("finance")


def test_rows_without_a_department_are_only_for_those_who_see_the_company(warehouse):
    with warehouse.read() as con:
        for role, expected in (("management", 2), ("department_head", 1)):
            predicate, values = scope(role, "sales").predicate("d")
            rows = con.execute(
                f"select count(*) from (values ('sales'), (null)) as t(d) where {predicate}", values
            ).fetchall()
            assert rows == [(expected,)]


@pytest.mark.parametrize("role", roles())
def test_a_role_has_a_name_in_each_language(role):
    assert all(roles()[role].names.values())


def test_the_owner_of_the_home_may_do_everything():
    rights = {right for role in roles().values() for right in role.rights}
    assert rights <= set(owner_scope().rights)
