"""Downloads, through the gate, with the routes alone."""

import time

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware

from data import audit
from data.access import AccessDenied
from data.accounts import disable_account
from pages.web import exports, sign_in
from pages.web.exports import Download
from pages.web.gate import Gate
from pages.web.headers import Headers
from tests.pages.visitor import Visitor


@exports.builder("test-whoami")
def whoami(_con, scope, parameters):
    if parameters.get("department") and not scope.sees_department(parameters["department"]):
        raise AccessDenied(scope.login, parameters["department"], "it is not theirs")
    return Download(
        file_name="結果 2026.txt", content=scope.login.encode(), media_type="text/plain"
    )


@pytest.fixture
def door(house):
    return Starlette(
        routes=[*sign_in.ROUTES, *exports.ROUTES],
        middleware=[Middleware(Headers), Middleware(Gate)],
    )


@pytest.fixture
def sign_in_as(door):
    def signed_in(login):
        client = Visitor(door)
        form = {"login": login, "password": f"sample-{login}"}
        assert client.post("/account/sign-in", data=form).status_code == 303
        return client

    return signed_in


def address_for(client, monkeypatch, **parameters):
    """The address as a page of this client's session would offer it."""
    monkeypatch.setattr(exports, "token", lambda: client.cookies["heng_session"])
    return exports.address("test-whoami", **parameters)


def test_a_download_is_built_for_whoever_fetches_it(sign_in_as, monkeypatch):
    client = sign_in_as("management")
    answer = client.get(address_for(client, monkeypatch))
    assert answer.content == b"management"
    assert answer.headers["content-disposition"] == (
        "attachment; filename*=UTF-8''%E7%B5%90%E6%9E%9C%202026.txt"
    )
    assert answer.headers["cache-control"] == "no-store"


def test_a_link_opens_nothing_for_somebody_else(sign_in_as, monkeypatch):
    address = address_for(sign_in_as("management"), monkeypatch)
    assert sign_in_as("sales-head").get(address).status_code == 404
    assert sign_in_as("management").get(address).status_code == 404


def test_a_link_opens_nothing_without_a_session(door, sign_in_as, monkeypatch):
    address = address_for(sign_in_as("management"), monkeypatch)
    assert Visitor(door).get(address).status_code == 303


def test_a_link_opens_nothing_after_signing_out(sign_in_as, monkeypatch):
    client = sign_in_as("management")
    address = address_for(client, monkeypatch)
    copied = client.cookies["heng_session"]
    client.post("/account/sign-out")
    assert client.get(address, headers={"cookie": f"heng_session={copied}"}).status_code == 303


def test_the_scope_is_that_of_the_moment_of_fetching(sign_in_as, monkeypatch, house):
    client = sign_in_as("management")
    address = address_for(client, monkeypatch, department="finance")
    assert client.get(address).status_code == 200
    with house.write() as con:
        con.execute(
            "update access.account set role = 'department_head', department_id = 'sales' "
            "where login = 'management'"
        )
    assert client.get(address).status_code == 403


def test_an_account_that_was_shut_out_fetches_nothing(sign_in_as, monkeypatch, house):
    client = sign_in_as("management")
    address = address_for(client, monkeypatch)
    disable_account(house, "management")
    assert client.get(address).status_code == 303


def test_a_changed_link_is_refused(sign_in_as, monkeypatch):
    client = sign_in_as("sales-head")
    address = address_for(client, monkeypatch, department="sales")
    other = address_for(client, monkeypatch, department="finance")
    body, seal = other.rsplit("/", 1)[1].split(".")[0], address.split(".")[1]
    assert client.get(f"/export/{body}.{seal}").status_code == 404
    for broken in ("x", "x.y", ".", "%00.%00", address[8:] + "A", address[8:].replace(".", "")):
        assert client.get(f"/export/{broken}").status_code == 404


def test_a_link_expires_and_can_be_renewed_by_its_holder(sign_in_as, monkeypatch):
    client = sign_in_as("management")
    address = address_for(client, monkeypatch)
    later = time.time() + 10 * 60 + 1
    monkeypatch.setattr(exports.time, "time", lambda: later)
    answer = client.get(address)
    assert answer.status_code == 410
    anew = answer.text.split('href="/export/')[1].split('"')[0]
    assert client.get(f"/export/{anew}").content == b"management"


def test_every_download_is_in_the_audit_log(sign_in_as, monkeypatch, house):
    client = sign_in_as("sales-head")
    client.get(address_for(client, monkeypatch, department="sales"))
    with house.read() as con:
        event = audit.events(con)[0]
    assert (event.login, event.action, event.subject) == ("sales-head", "export", "test-whoami")
    assert event.detail["parameters"] == '{"department": "sales"}'


def test_a_builder_nobody_registered_is_a_mistake_of_ours():
    with pytest.raises(KeyError, match="test-whoami"):
        exports.address("nothing")
