"""Accounts and sign-in sessions.

SignInRefused
    login or password is wrong, the account is disabled, or it is locked for a while
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import duckdb
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from data.access import Scope, roles, scope_of
from data.language import DEFAULT_LANGUAGE, LANGUAGES
from data.warehouse import Warehouse

SESSION_HOURS = 10
IDLE_HOURS = 2
FAILURES_ALLOWED = 5
LOCKED_MINUTES = 15

_HASHER = PasswordHasher()
# Checked when the login is not known, so that a wrong login takes as long as a wrong password.
_NO_ONE = _HASHER.hash(secrets.token_urlsafe(16))


class SignInRefused(Exception):
    """Sign-in failed. `locked_until` is set (UTC) where waiting is what helps."""

    def __init__(self, reason: str, locked_until: datetime | None = None) -> None:
        super().__init__(reason)
        self.locked_until = locked_until


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Someone who may sign in."""

    login: str
    name: str
    email: str | None
    language: str
    role: str
    department_id: str | None
    employee_id: str | None

    @property
    def scope(self) -> Scope:
        return scope_of(
            login=self.login,
            role=self.role,
            department_id=self.department_id,
            employee_id=self.employee_id,
        )


def create_account(warehouse: Warehouse, account: Account, password: str) -> None:
    """Add an account. Raises ValueError where role or language is not known or login is taken."""
    if account.role not in roles():
        raise ValueError(f"No role is named {account.role!r}.")
    if account.language not in LANGUAGES:
        raise ValueError(f"No language is tagged {account.language!r}.")
    hashed = _HASHER.hash(password)
    with warehouse.write() as con:
        if _account(con, account.login):
            raise ValueError(f"The login {account.login!r} is taken.")
        con.execute(
            "insert into access.account values (?, ?, ?, ?, ?, ?, ?, ?, true, 0, null, ?)",
            [
                account.login,
                hashed,
                account.name,
                account.email,
                account.language,
                account.role,
                account.department_id,
                account.employee_id,
                _now(),
            ],
        )


def accounts(con: duckdb.DuckDBPyConnection) -> tuple[Account, ...]:
    """Every active account, in the order they were made."""
    rows = con.execute(f"{_SELECT} where active order by created_at, login").fetchall()
    return tuple(_of_row(row) for row in rows)


def authenticate(warehouse: Warehouse, login: str, password: str) -> Account:
    """The account of a login and password. Raises SignInRefused."""
    with warehouse.read() as con:
        found = con.execute(
            "select password_hash, active, locked_until from access.account where login = ?",
            [login],
        ).fetchone()
    hashed, active, locked_until = found or (_NO_ONE, False, None)
    if locked_until is not None and locked_until > _now():
        raise SignInRefused("The account is locked after too many attempts.", locked_until)
    if not _matches(hashed, password):
        _count_failure(warehouse, login)
        raise SignInRefused("The login or the password is wrong.")
    if not active:
        raise SignInRefused("The login or the password is wrong.")
    with warehouse.write() as con:
        con.execute(
            "update access.account set failures = 0, locked_until = null where login = ?", [login]
        )
        account = _account(con, login)
    if account is None:
        raise SignInRefused("The login or the password is wrong.")
    return account


def start_session(warehouse: Warehouse, account: Account) -> str:
    """A token for the browser to show; only its hash is kept."""
    token = secrets.token_urlsafe(32)
    with warehouse.write() as con:
        con.execute(
            "insert into access.session values (?, ?, ?, ?, null)",
            [_digest(token), account.login, _now(), _now()],
        )
    return token


def account_of_session(warehouse: Warehouse, token: str | None) -> Account | None:
    """Who holds the token, or None where it ended, expired, idled out or never was."""
    if not token:
        return None
    with warehouse.read() as con:
        row = con.execute(
            "select session.login, session.created_at, session.seen_at, account.active "
            "from access.session as session "
            "inner join access.account as account on session.login = account.login "
            "where session.token_sha256 = ? and session.ended_at is null",
            [_digest(token)],
        ).fetchone()
        if row is None or not row[3] or _expired(row[1], row[2]):
            return None
        account = _account(con, row[0])
    if _now() - row[2] > timedelta(minutes=5):
        _touch(warehouse, token)
    return account


def end_session(warehouse: Warehouse, token: str) -> None:
    """End a session for good: a copy of its token is worth nothing."""
    with warehouse.write() as con:
        con.execute(
            "update access.session set ended_at = ? where token_sha256 = ? and ended_at is null",
            [_now(), _digest(token)],
        )


def set_language(warehouse: Warehouse, login: str, language: str) -> None:
    """Keep the language an account reads. Raises ValueError for a tag that is not known."""
    if language not in LANGUAGES:
        raise ValueError(f"No language is tagged {language!r}.")
    with warehouse.write() as con:
        con.execute("update access.account set language = ? where login = ?", [language, login])


def set_password(warehouse: Warehouse, login: str, password: str) -> None:
    """Replace a password and end every session of the account."""
    hashed = _HASHER.hash(password)
    with warehouse.write() as con:
        con.execute(
            "update access.account set password_hash = ?, failures = 0, locked_until = null "
            "where login = ?",
            [hashed, login],
        )
        con.execute(
            "update access.session set ended_at = ? where login = ? and ended_at is null",
            [_now(), login],
        )


def disable_account(warehouse: Warehouse, login: str) -> None:
    """Shut an account out; its open sessions end with the next click."""
    with warehouse.write() as con:
        con.execute("update access.account set active = false where login = ?", [login])


_SELECT = (
    "select login, name, email, language, role, department_id, employee_id from access.account"
)


def _account(con: duckdb.DuckDBPyConnection, login: str) -> Account | None:
    row = con.execute(f"{_SELECT} where login = ?", [login]).fetchone()
    return _of_row(row) if row else None


def _of_row(row: tuple[str, str, str | None, str, str, str | None, str | None]) -> Account:
    login, name, email, language, role, department_id, employee_id = row
    return Account(
        login=login,
        name=name,
        email=email,
        language=language if language in LANGUAGES else DEFAULT_LANGUAGE,
        role=role,
        department_id=department_id,
        employee_id=employee_id,
    )


def _matches(hashed: str, password: str) -> bool:
    try:
        return _HASHER.verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False


def _count_failure(warehouse: Warehouse, login: str) -> None:
    with warehouse.write() as con:
        con.execute(
            "update access.account set failures = failures + 1, "
            "locked_until = case when failures + 1 >= ? then cast(? as timestamp) end "
            "where login = ?",
            [FAILURES_ALLOWED, _now() + timedelta(minutes=LOCKED_MINUTES), login],
        )


def _expired(created_at: datetime, seen_at: datetime) -> bool:
    now = _now()
    return now - created_at > timedelta(hours=SESSION_HOURS) or now - seen_at > timedelta(
        hours=IDLE_HOURS
    )


def _touch(warehouse: Warehouse, token: str) -> None:
    with warehouse.write() as con:
        con.execute(
            "update access.session set seen_at = ? where token_sha256 = ? and ended_at is null",
            [_now(), _digest(token)],
        )


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
