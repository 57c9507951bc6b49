from datetime import timedelta

import pytest

from data import accounts
from data.accounts import Account, SignInRefused

HEAD = Account(
    login="mei",
    name="陳美",
    email="mei@example.com",
    language="zh-Hant",
    role="department_head",
    department_id="sales",
    employee_id="E0002",
)


@pytest.fixture
def known(warehouse):
    accounts.create_account(warehouse, HEAD, "a long sentence")
    return warehouse


def test_the_right_password_gives_the_account(known):
    assert accounts.authenticate(known, "mei", "a long sentence") == HEAD


@pytest.mark.parametrize(("login", "password"), [("mei", "wrong"), ("nobody", "a long sentence")])
def test_a_wrong_login_and_a_wrong_password_read_alike(known, login, password):
    with pytest.raises(SignInRefused, match="The login or the password is wrong"):
        accounts.authenticate(known, login, password)


def test_five_failures_lock_the_account_even_for_the_right_password(known):
    for _ in range(accounts.FAILURES_ALLOWED):
        with pytest.raises(SignInRefused):
            accounts.authenticate(known, "mei", "wrong")
    with pytest.raises(SignInRefused) as refused:
        accounts.authenticate(known, "mei", "a long sentence")
    assert refused.value.locked_until is not None


def test_a_session_is_its_accounts_until_it_ends(known):
    token = accounts.start_session(known, HEAD)
    assert accounts.account_of_session(known, token) == HEAD
    accounts.end_session(known, token)
    assert accounts.account_of_session(known, token) is None


def test_the_token_itself_is_not_stored(known):
    token = accounts.start_session(known, HEAD)
    with known.read() as con:
        assert token not in str(con.execute("select * from access.session").fetchall())


@pytest.mark.parametrize("column", ["created_at", "seen_at"])
def test_an_old_or_idle_session_is_nobodys(known, column):
    token = accounts.start_session(known, HEAD)
    with known.write() as con:
        con.execute(f"update access.session set {column} = {column} - ?", [timedelta(hours=11)])
    assert accounts.account_of_session(known, token) is None


def test_a_disabled_account_is_out_at_once(known):
    token = accounts.start_session(known, HEAD)
    accounts.disable_account(known, "mei")
    assert accounts.account_of_session(known, token) is None


def test_a_new_password_ends_every_session(known):
    token = accounts.start_session(known, HEAD)
    accounts.set_password(known, "mei", "another sentence")
    assert accounts.account_of_session(known, token) is None


def test_a_made_up_token_is_nobodys(known):
    assert accounts.account_of_session(known, "made up") is None


def test_an_unknown_role_is_refused(warehouse):
    with pytest.raises(ValueError, match="wizard"):
        accounts.create_account(
            warehouse,
            Account(
                login="x",
                name="x",
                email=None,
                language="en",
                role="wizard",
                department_id=None,
                employee_id=None,
            ),
            "a long sentence",
        )
