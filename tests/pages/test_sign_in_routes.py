"""Signing in and out over HTTP, against the real server."""

import httpx
import pytest

from data.accounts import SESSION_HOURS, Account, create_account
from data.home import open_home
from data.warehouse import Warehouse
from tests.server import running

MANAGEMENT = {"login": "management", "password": "sample-management"}


@pytest.mark.parametrize("path", ["/", "/upload", "/department?period=2026-10&department=sales"])
def test_a_stranger_is_sent_to_sign_in_and_on_from_there(plain_server, path):
    with plain_server.client() as client:
        answer = client.get(path)
        assert answer.status_code == 303
        signed_in = client.post(answer.headers["location"], data=MANAGEMENT)
    assert signed_in.status_code == 303
    assert httpx.URL(answer.headers["location"]).params["next"] == path


def test_after_signing_in_one_is_where_one_wanted_to_be(plain_server):
    with plain_server.client() as client:
        answer = client.post("/account/sign-in", data={**MANAGEMENT, "next": "/risks?x=1"})
    assert answer.headers["location"] == "/risks?x=1"


def test_no_address_leads_to_another_site(plain_server):
    with plain_server.client() as client:
        answer = client.post("/account/sign-in", data={**MANAGEMENT, "next": "//evil.example"})
    assert answer.headers["location"] == "/"


@pytest.mark.parametrize(
    "form",
    [
        {"login": "management", "password": "wrong"},
        {"login": "nobody", "password": "sample-management"},
        {"login": "MANAGEMENT' or 1=1 --", "password": "x"},
        {"login": "", "password": ""},
    ],
)
def test_wrong_words_open_nothing(plain_server, form):
    with plain_server.client() as client:
        answer = client.post("/account/sign-in", data=form)
        assert answer.status_code == 401
        assert "heng_session" not in answer.cookies
        assert client.get("/").status_code == 303


def test_a_wrong_login_and_a_wrong_password_read_the_same(plain_server):
    with plain_server.client() as client:
        pages = [
            client.post("/account/sign-in", data={"login": login, "password": "x"}).text
            for login in ("employee", "nobody")
        ]
    said = {page.split('role="alert"')[1].split("</p>")[0] for page in pages}
    assert len(said) == 1


def test_what_was_typed_comes_back_as_text(plain_server):
    with plain_server.client() as client:
        answer = client.post("/account/sign-in", data={"login": '"><b>x', "password": "x"})
    assert "<b>x" not in answer.text


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(plain_server):
    with plain_server.client() as client:
        cookie = client.post("/account/sign-in", data=MANAGEMENT).headers["set-cookie"]
    parts = {part.strip().lower() for part in cookie.split(",")[0].split(";")}
    assert {"httponly", "samesite=lax", "path=/", f"max-age={SESSION_HOURS * 3600}"} <= parts
    assert "secure" not in parts


def test_the_cookie_is_secure_where_the_visitor_comes_by_https(plain_server):
    with plain_server.client() as client:
        answer = client.post(
            "/account/sign-in", data=MANAGEMENT, headers={"x-forwarded-proto": "https"}
        )
    assert "; secure" in answer.headers["set-cookie"].lower()
    assert answer.headers["strict-transport-security"] == "max-age=31536000"


@pytest.mark.parametrize("path", ["/account/sign-in", "/account/sign-out"])
@pytest.mark.parametrize(
    "headers", [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}]
)
def test_forms_from_other_sites_are_refused(plain_server, path, headers):
    with plain_server.client("management") as client:
        assert client.post(path, data=MANAGEMENT, headers=headers).status_code == 403
        assert client.get("/account").status_code == 200


def test_a_form_that_is_far_too_long_is_refused(plain_server):
    with plain_server.client() as client:
        answer = client.post("/account/sign-in", data={"login": "x" * 10_000, "password": "y"})
    assert answer.status_code == 413


def test_a_copied_cookie_opens_nothing_after_signing_out(plain_server):
    with plain_server.client("management") as client:
        copied = client.cookies["heng_session"]
        assert client.get("/").status_code == 200
        assert client.post("/account/sign-out").status_code == 303
    with plain_server.client() as thief:
        thief.cookies.set("heng_session", copied)
        assert thief.get("/").status_code == 303
        assert thief.get("/_stcore/host-config").status_code == 401


def test_a_made_up_cookie_opens_nothing(plain_server):
    with plain_server.client() as client:
        client.cookies.set("heng_session", "x" * 43)
        assert client.get("/").status_code == 303


def test_somebody_signed_in_does_not_see_the_form_again(plain_server):
    with plain_server.client("management") as client:
        answer = client.get("/account/sign-in?next=/risks")
    assert (answer.status_code, answer.headers["location"]) == (303, "/risks")


@pytest.mark.parametrize(
    ("language", "word"), [("zh-Hant", "登入"), ("zh-Hans", "登录"), ("en", "Sign in")]
)
def test_the_page_speaks_three_languages(plain_server, language, word):
    with plain_server.client() as client:
        chosen = client.get(f"/account/language/{language}")
        page = client.get("/account/sign-in").text
    assert chosen.status_code == 303
    assert f'<html lang="{language}">' in page
    assert f">{word}</button>" in page


def test_a_language_nobody_offers_is_not_found(plain_server):
    with plain_server.client() as client:
        assert client.get("/account/language/tlh").status_code == 404


def test_the_sample_sign_ins_are_listed_while_the_sample_company_is_loaded(plain_server):
    with plain_server.client() as client:
        page = client.get("/account/sign-in").text
    assert page.count("data-password=") == 4


def test_a_companys_own_accounts_are_never_listed_and_locked_after_five_attempts(tmp_path):
    warehouse = Warehouse.open(open_home(tmp_path / "home"))
    account = Account(
        login="chan",
        name="Chan",
        email=None,
        language="en",
        role="management",
        department_id=None,
        employee_id=None,
    )
    create_account(warehouse, account, "a long password")
    warehouse.close()
    with running(tmp_path / "home") as server, server.client() as client:
        assert "data-password=" not in client.get("/account/sign-in").text
        for _ in range(5):
            client.post("/account/sign-in", data={"login": "chan", "password": "wrong"})
        answer = client.post(
            "/account/sign-in", data={"login": "chan", "password": "a long password"}
        )
    assert answer.status_code == 401
    assert "15" in answer.text
    assert "sample" not in server.log.read_text()
