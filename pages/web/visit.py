"""What a request says about its visitor: session token, language, where to go next."""

from urllib.parse import urlsplit

from starlette.requests import HTTPConnection, cookie_parser
from starlette.types import Scope as Connection

from pages.shared.words import COOKIE as LANGUAGE_COOKIE
from pages.shared.words import preferred


def header(connection: Connection, name: bytes) -> str:
    """The first header of this (lower-case) name, or an empty string."""
    return next(
        (value.decode("latin-1") for key, value in connection["headers"] if key == name), ""
    )


def cookie(connection: Connection, name: str) -> str | None:
    """The value of a cookie, or None if the visitor did not send it."""
    return cookie_parser(header(connection, b"cookie")).get(name)


def language_of(connection: Connection) -> str:
    """The language chosen before, else the browser's, else the default."""
    return preferred(cookie(connection, LANGUAGE_COOKIE), header(connection, b"accept-language"))


def is_secure(request: HTTPConnection) -> bool:
    """Whether the visitor's own connection is encrypted, also where a proxy ends it."""
    forwarded = request.headers.get("x-forwarded-proto", "")
    return request.url.scheme == "https" or forwarded == "https"


def is_own_page(request: HTTPConnection) -> bool:
    """Whether a form was sent from a page of this site, as far as the browser tells."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


def safe_next(wanted: str) -> str:
    """A path on this site to go on to, or `/` for anything that could lead elsewhere."""
    parts = urlsplit(wanted)
    leads_away = parts.scheme or parts.netloc or wanted.startswith(("//", "/\\"))
    odd = not wanted.startswith("/") or any(sign < " " or sign == "\\" for sign in wanted)
    return "/" if leads_away or odd or wanted.startswith("/account/") else wanted


def came_from(request: HTTPConnection, *, also: str | None = None) -> str:
    """The page of this site that the visitor was on, with its query; else `/`.

    A page of `also`, which `safe_next` would refuse, counts too.
    """
    parts = urlsplit(request.headers.get("referer", ""))
    if parts.netloc != request.headers.get("host"):
        return "/"
    page = parts.path + (f"?{parts.query}" if parts.query else "")
    return page if parts.path == also else safe_next(page)
