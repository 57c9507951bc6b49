"""The gate: without a session nobody gets further than sign-in, assets and health."""

from typing import Final
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Send
from starlette.types import Scope as Connection

from data.accounts import account_of_session
from pages.shared.session import SESSION_COOKIE, warehouse
from pages.web.visit import cookie

ACCOUNT: Final = "heng.account"
"""Where the gate leaves the visitor's account in the connection."""

_OPEN = ("/account/sign-in", "/account/language/", "/assets/", "/static/", "/healthz")
_SHUT = ("/_stcore/metrics", "/_stcore/agent/", "/_stcore/script-health-check")
_HEALTH = "/_stcore/health"
POLICY_VIOLATION = 1008


class Gate:
    """Lets a connection through if its cookie names a live session, or if it needs none."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, connection: Connection, receive: Receive, send: Send) -> None:
        if connection["type"] not in ("http", "websocket"):
            return await self.app(connection, receive, send)
        path = connection["path"]
        if path.startswith(_SHUT):
            return await PlainTextResponse("Not found", 404)(connection, receive, send)
        if path.startswith(_OPEN) or path == _HEALTH:
            return await self.app(connection, receive, send)
        token = cookie(connection, SESSION_COOKIE)
        account = await run_in_threadpool(account_of_session, warehouse(), token)
        if account is not None:
            return await self.app({**connection, ACCOUNT: account}, receive, send)
        if connection["type"] == "websocket":
            await receive()
            return await send({"type": "websocket.close", "code": POLICY_VIOLATION})
        return await _turned_away(connection)(connection, receive, send)


def _turned_away(connection: Connection) -> Response:
    path = connection["path"]
    if "/_stcore/" in path:
        return JSONResponse({"error": "sign in first"}, 401)
    if connection["method"] not in ("GET", "HEAD"):
        return PlainTextResponse("Sign in first", 401)
    query = connection.get("query_string", b"").decode("latin-1")
    wanted = path + (f"?{query}" if query else "")
    return RedirectResponse(f"/account/sign-in?next={quote(wanted, safe='/')}", 303)
