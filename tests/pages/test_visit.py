import pytest
from starlette.requests import Request

from pages.web.visit import came_from, is_own_page, is_secure, safe_next


def request(scheme="http", **headers):
    sent = [(k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()]
    return Request(
        {
            "type": "http",
            "method": "POST",
            "scheme": scheme,
            "path": "/account/sign-in",
            "query_string": b"",
            "server": ("heng.example", 80),
            "headers": [(b"host", b"heng.example"), *sent],
        }
    )


@pytest.mark.parametrize("path", ["/", "/department?period=2026-10&department=sales", "/risks#a"])
def test_a_path_of_this_site_is_kept(path):
    assert safe_next(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "department",
        "",
        "/a\r\nSet-Cookie: x=1",
        "/a\tb",
        "///evil.example",
        "/account/sign-out",
    ],
)
def test_anything_that_could_lead_elsewhere_becomes_the_start_page(path):
    assert safe_next(path) == "/"


def test_a_form_from_another_site_is_not_ours():
    assert not is_own_page(request(origin="https://evil.example"))
    assert not is_own_page(request(sec_fetch_site="cross-site"))
    assert not is_own_page(request(sec_fetch_site="same-site"))
    assert not is_own_page(request(origin="null"))


def test_a_form_from_here_is_ours():
    assert is_own_page(request(origin="http://heng.example", sec_fetch_site="same-origin"))
    assert is_own_page(request())


def test_a_connection_encrypted_up_to_the_proxy_is_secure():
    assert is_secure(request(x_forwarded_proto="https"))
    assert is_secure(request(scheme="https"))
    assert not is_secure(request())


def test_the_page_before_is_known_by_its_address():
    assert came_from(request(referer="http://heng.example/risks?a=1")) == "/risks?a=1"
    assert came_from(request(referer="http://evil.example/risks")) == "/"
    assert came_from(request()) == "/"
