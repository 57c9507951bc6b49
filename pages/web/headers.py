"""Headers on every response, and the refusal of hosts this site does not answer to."""

import logging
import os
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Send
from starlette.types import Scope as Connection

from pages.web.visit import header

HOSTS_VARIABLE: Final = "HENG_HOSTS"
LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "[::1]", "testserver"})

CONTENT_SECURITY_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        # Streamlit writes its styles into the page as it runs.
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "media-src 'self'",
        "worker-src 'self' blob:",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "object-src 'none'",
        "frame-ancestors 'none'",
    )
)
_ALWAYS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
_LASTING: Final = ("/static/", "/assets/")
_log = logging.getLogger(__name__)


def allowed_hosts() -> frozenset[str]:
    """Host names this site answers to: this machine's own, and those of HENG_HOSTS."""
    listed = os.environ.get(HOSTS_VARIABLE, "").replace(",", " ").split()
    return LOOPBACK | frozenset(listed)


class Headers:
    """Wraps everything: no response leaves without the headers, not even a failure."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.hosts = allowed_hosts()

    async def __call__(self, connection: Connection, receive: Receive, send: Send) -> None:
        if connection["type"] == "lifespan":
            return await self.app(connection, receive, send)
        if not self._is_ours(header(connection, b"host")):
            return await self._refused(connection, receive, send)
        if connection["type"] == "websocket":
            return await self.app(connection, receive, send)
        return await self._answered(connection, receive, _dressed(connection, send))

    def _is_ours(self, host: str) -> bool:
        name = host if host.endswith("]") else host.rpartition(":")[0] or host
        return name in self.hosts

    async def _refused(self, connection: Connection, receive: Receive, send: Send) -> None:
        if connection["type"] == "websocket":
            await receive()
            return await send({"type": "websocket.close", "code": 1008})
        answer = PlainTextResponse("This site does not answer to that name.", 400)
        return await answer(connection, receive, _dressed(connection, send))

    async def _answered(self, connection: Connection, receive: Receive, send: Send) -> None:
        begun = False

        async def noting(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(connection, receive, noting)
        except Exception:
            if begun:
                raise
            _log.exception("A request failed: %s", connection["path"])
            await PlainTextResponse("Something went wrong.", 500)(connection, receive, send)


def _dressed(connection: Connection, send: Send) -> Send:
    lasting = connection["path"].startswith(_LASTING)
    encrypted = (
        connection["scheme"] == "https" or header(connection, b"x-forwarded-proto") == "https"
    )

    async def dressed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _ALWAYS.items():
                headers[name] = value
            if not (lasting and message["status"] in (200, 206, 304)):
                headers["Cache-Control"] = "no-store"
            if encrypted:
                headers["Strict-Transport-Security"] = "max-age=31536000"
        await send(message)

    return dressed
