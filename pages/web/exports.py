"""Downloads: a link bound to account and session, short-lived, checked again when it is fetched.

A page offers a link; the file is built only when somebody fetches it, with the Scope that its
account has at that moment. A copied link opens nothing for anybody else.
"""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from types import MappingProxyType
from typing import Final
from urllib.parse import quote

import duckdb
import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from data import audit
from data.access import AccessDenied, Scope
from data.accounts import Account
from pages.shared.session import SESSION_COOKIE, reading, token, warehouse
from pages.shared.words import speaking, text
from pages.web.gate import ACCOUNT
from pages.web.message_page import message_page
from pages.web.visit import came_from, language_of

MINUTES: Final = 10
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Parameters = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A file to hand out."""

    file_name: str
    content: bytes
    media_type: str = XLSX


Builder = Callable[[duckdb.DuckDBPyConnection, Scope, Parameters], Download]
_builders: dict[str, Builder] = {}


def builder(name: str) -> Callable[[Builder], Builder]:
    """Registers a function as the builder of the downloads of this name.

    It is called with (con, scope, parameters); parameters come from a link this site signed. It
    raises AccessDenied for what lies outside the scope.
    """

    def registered(build: Builder) -> Builder:
        _builders[name] = build
        return build

    return registered


def link(label: str, name: str, /, **parameters: str) -> None:
    """Offer what the builder `name` builds, as a link that looks like a button."""
    st.html(
        f'<a class="heng-download" href="{address(name, **parameters)}">'
        f'<span aria-hidden="true">↓</span> {escape(label)}</a>'
    )


def address(name: str, /, **parameters: str) -> str:
    """Where a download is fetched, for links of a page's own."""
    return _address(name, parameters, token() or "")


async def export(request: Request) -> Response:
    """The file behind a link, or a page that says why there is none."""
    account: Account = request.scope[ACCOUNT]
    holder = request.cookies.get(SESSION_COOKIE, "")
    with speaking(language_of(request.scope)):
        asked = _opened(request.path_params["ticket"], holder)
        if asked is None:
            return _refused(request, 404, text("This download link is not yours or is damaged."))
        if asked.expires_at < time.time():
            return _expired(request, asked, holder)
        try:
            download = await run_in_threadpool(_built, account, asked)
        except AccessDenied:
            return _refused(request, 403, text("Your role does not open this download."))
    return Response(
        download.content,
        media_type=download.media_type,
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(download.file_name)}"
        },
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    name: str
    parameters: Parameters
    expires_at: float


def _built(account: Account, asked: _Asked) -> Download:
    with reading() as con:
        download = _builders[asked.name](con, account.scope, asked.parameters)
    with warehouse().write() as con:
        audit.record(
            con,
            login=account.login,
            action="export",
            subject=asked.name,
            file_name=download.file_name,
            sha256=hashlib.sha256(download.content).hexdigest(),
            parameters=json.dumps(dict(asked.parameters), ensure_ascii=False, sort_keys=True),
        )
    return download


def _address(name: str, parameters: Parameters, holder: str) -> str:
    if name not in _builders:
        raise KeyError(f"No download is built by {name!r}; there are {sorted(_builders)}.")
    body = json.dumps(
        {
            "name": name,
            "parameters": dict(parameters),
            "expires_at": int(time.time()) + MINUTES * 60,
        },
        ensure_ascii=False,
        sort_keys=True,
    ).encode()
    return f"/export/{_text(body)}.{_text(_seal(body, holder))}"


def _opened(ticket: str, holder: str) -> _Asked | None:
    body_text, _, seal_text = ticket.partition(".")
    try:
        body, seal = _bytes(body_text), _bytes(seal_text)
    except ValueError:
        return None
    if not hmac.compare_digest(seal, _seal(body, holder)):
        return None
    said = json.loads(body)
    if said["name"] not in _builders:
        return None
    return _Asked(
        name=said["name"],
        parameters=MappingProxyType(said["parameters"]),
        expires_at=said["expires_at"],
    )


def _seal(body: bytes, holder: str) -> bytes:
    """Only this installation can make it, and only the session it was made for can use it."""
    key = warehouse().home.secret("export")
    return hmac.digest(key, hashlib.sha256(holder.encode()).digest() + body, "sha256")


def _expired(request: Request, asked: _Asked, holder: str) -> HTMLResponse:
    """The holder is who the link was made for: one more click makes it good again."""
    words = text("This download link is older than ten minutes.")
    anew = _address(asked.name, asked.parameters, holder)
    return HTMLResponse(
        message_page(
            language=language_of(request.scope),
            words=words,
            back_to=came_from(request),
            onward=(text("Download now"), anew),
        ),
        410,
    )


def _refused(request: Request, status: int, words: str) -> HTMLResponse:
    return HTMLResponse(
        message_page(language=language_of(request.scope), words=words, back_to=came_from(request)),
        status,
    )


def _text(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


def _bytes(value: str) -> bytes:
    return base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))


ROUTES = [Route("/export/{ticket}", export)]
