"""The sample company's sign-ins, as declared in data/sample/sign_ins.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from data.accounts import Account, create_account
from data.language import DEFAULT_LANGUAGE
from data.warehouse import Warehouse


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleSignIn:
    """An account of the sample company and the password it is created with."""

    account: Account
    password: str


@cache
def sample_sign_ins() -> tuple[SampleSignIn, ...]:
    """Every sample sign-in, one per role, in the order of the file."""
    path = Path(__file__).resolve().parent / "sample" / "sign_ins.toml"
    declared = tomllib.loads(path.read_text("utf-8"))["account"]
    return tuple(
        SampleSignIn(
            account=Account(
                login=entry["login"],
                name=entry["name"],
                email=f"{entry['login']}@example.com",
                language=entry.get("language", DEFAULT_LANGUAGE),
                role=entry["role"],
                department_id=entry.get("department_id"),
                employee_id=entry.get("employee_id"),
            ),
            password=entry["password"],
        )
        for entry in declared
    )


def create_sample_accounts(warehouse: Warehouse) -> None:
    """Create the accounts of the sample sign-ins that never were; a disabled one stays so."""
    with warehouse.read() as con:
        there = {login for (login,) in con.execute("select login from access.account").fetchall()}
    for sign_in in sample_sign_ins():
        if sign_in.account.login not in there:
            create_account(warehouse, sign_in.account, sign_in.password)
