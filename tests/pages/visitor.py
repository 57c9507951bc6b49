"""A visitor of an ASGI app within the test's own process; keeps cookies, follows nothing."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
from starlette.types import ASGIApp


class Visitor:
    """Asks one thing at a time."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.cookies = httpx.Cookies()

    def get(self, path: str, **how: Any) -> httpx.Response:
        return self._answer("GET", path, how)

    def post(self, path: str, **how: Any) -> httpx.Response:
        return self._answer("POST", path, how)

    def _answer(self, method: str, path: str, how: dict[str, Any]) -> httpx.Response:
        # In a thread of its own: a browser of other tests keeps an event loop in this one.
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(lambda: asyncio.run(self._asked(method, path, how))).result()

    async def _asked(self, method: str, path: str, how: dict[str, Any]) -> httpx.Response:
        transport = httpx.ASGITransport(app=self._app)
        async with httpx.AsyncClient(
            transport=transport, base_url="http://testserver", cookies=self.cookies
        ) as client:
            answer = await client.request(method, path, **how)
            self.cookies = client.cookies
        return answer
