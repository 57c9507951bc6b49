"""Access: what an account may see and do, as a Scope that every query takes.

AccessDenied
    what was asked for lies outside the scope; carries the reason
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from data.contract import departments
from data.language import LANGUAGES, Names

Employees = Literal["all", "departments", "self", "none"]


class AccessDenied(Exception):
    """Something outside the scope was asked for."""

    def __init__(self, login: str, wanted: str, reason: str) -> None:
        super().__init__(f"{login} may not see {wanted}: {reason}.")
        self.login, self.wanted, self.reason = login, wanted, reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """What people of one kind may see and do."""

    id: str
    names: Names
    departments: Literal["all", "own", "none"]
    employees: Employees
    rights: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The rows one account may reach. Hashable, so that it can be part of every cache key."""

    login: str
    departments: tuple[str, ...]
    employees: Employees
    """Whose appraisal results it may read."""
    employee_id: str | None
    rights: tuple[str, ...]

    def may(self, right: str) -> bool:
        return right in self.rights

    @property
    def sees_company(self) -> bool:
        return self.may("company")

    def sees_department(self, department: str | None) -> bool:
        return department in self.departments

    def sees_employee(self, employee_id: str | None, department: str | None) -> bool:
        """Whether the appraisal results of this employee of this department are in scope."""
        if employee_id is None:
            return False
        match self.employees:
            case "all":
                return True
            case "departments":
                return department in self.departments or employee_id == self.employee_id
            case "self":
                return employee_id == self.employee_id
            case _:
                return False

    def require(self, right: str) -> None:
        """Raise AccessDenied unless the account has the right."""
        if not self.may(right):
            raise AccessDenied(self.login, f"what needs {right!r}", "no rule grants it")

    def require_department(self, department: str) -> None:
        """Raise AccessDenied unless the department is in scope."""
        if not self.sees_department(department):
            raise AccessDenied(self.login, f"department {department!r}", "it is not theirs")

    def require_employee(self, employee_id: str, department: str | None) -> None:
        """Raise AccessDenied unless the employee's results are in scope."""
        if not self.sees_employee(employee_id, department):
            raise AccessDenied(self.login, f"employee {employee_id!r}", "they are not theirs")

    def predicate(self, column: str = "department_id") -> tuple[str, list[str]]:
        """A condition, and its values, that keeps the rows of the scope's departments.

        A row without a department is nobody's: it passes only with the right `company`.
        """
        if not self.departments:
            return "false", []
        marks = ", ".join("?" for _ in self.departments)
        within = f"{column} in ({marks})"
        return (
            f"({within} or {column} is null)" if self.sees_company else within,
            list(self.departments),
        )


NOBODY = Scope(login="", departments=(), employees="none", employee_id=None, rights=())
"""The scope of whoever is not signed in."""


@cache
def roles() -> Mapping[str, Role]:
    """Every role by its id."""
    path = Path(__file__).resolve().parent / "roles.toml"
    declared = tomllib.loads(path.read_text("utf-8"))
    return MappingProxyType({key: _role(key, entry) for key, entry in declared.items()})


def scope_of(*, login: str, role: str, department_id: str | None, employee_id: str | None) -> Scope:
    """The scope of an account with this role; NOBODY's where the role is not known."""
    known = roles().get(role)
    if known is None:
        return NOBODY
    own = (department_id,) if department_id in departments() else ()
    reached = {"all": tuple(departments()), "own": own, "none": ()}[known.departments]
    return Scope(
        login=login,
        departments=tuple(d for d in reached if d is not None),
        employees=known.employees,
        employee_id=employee_id,
        rights=known.rights,
    )


def owner_scope() -> Scope:
    """The scope of whoever runs commands on the home itself: everything."""
    rights = {right for role in roles().values() for right in role.rights} | {"ratings", "pay"}
    return Scope(
        login="owner",
        departments=tuple(departments()),
        employees="all",
        employee_id=None,
        rights=tuple(sorted(rights)),
    )


def _role(key: str, entry: dict[str, Any]) -> Role:
    return Role(
        id=key,
        names=MappingProxyType({tag: entry[tag] for tag in LANGUAGES}),
        departments=entry["departments"],
        employees=entry["employees"],
        rights=tuple(entry["rights"]),
    )
