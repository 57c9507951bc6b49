"""Fixtures of the browser suites: the real server, a real Chromium, people who sign in."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.server import Server, running

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"
TIMEOUT = 30_000

expect.set_options(timeout=TIMEOUT)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def server(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The sample company, for tests that only look."""
    home = tmp_path_factory.mktemp("server") / "home"
    shutil.copytree(sample_home, home)
    with running(home) as started:
        yield started


@pytest.fixture
def own_server(sample_home: Path, tmp_path: Path) -> Iterator[Server]:
    """The sample company in a fresh process, for a test that changes it."""
    home = tmp_path / "home"
    shutil.copytree(sample_home, home)
    with running(home) as started:
        yield started


@dataclass(kw_only=True)
class Visits:
    """Opens browser windows of their own and watches what they ask for."""

    browser: Browser
    outside: list[str] = field(default_factory=list)
    """Requests to another host."""
    forbidden: list[str] = field(default_factory=list)
    """What the content security policy stopped, and script errors."""
    _opened: list[Page] = field(default_factory=list)

    def stranger(
        self,
        server: Server,
        *,
        language: str | None = "zh-Hant",
        width: int = 1360,
        height: int = 900,
        scheme: str = "light",
        locale: str = "en-US",
    ) -> Page:
        """A new browser window in which nobody is signed in."""
        context = self.browser.new_context(
            base_url=server.address,
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            locale=locale,
            accept_downloads=True,
        )
        context.set_default_timeout(TIMEOUT)
        if language:
            cookie = {"name": "heng_language", "value": language, "url": server.address}
            context.add_cookies([cookie])
        page = context.new_page()
        page.on("request", lambda request: self._asked(server, request.url))
        page.on("pageerror", lambda error: self.forbidden.append(str(error)))
        page.on("console", lambda said: self._said(said.text))
        self._opened.append(page)
        return page

    def sign_in(self, server: Server, login: str, path: str = "/", **window: object) -> Page:
        """A new window in which somebody of the sample company has signed in and sees `path`."""
        page = self.stranger(server, **window)
        form = {"login": login, "password": f"sample-{login}", "next": path}
        answer = page.context.request.post("/account/sign-in", form=form, max_redirects=0)
        assert answer.status == 303
        page.goto(path)
        settle(page)
        return page

    def close(self) -> None:
        for page in self._opened:
            page.context.close()

    def _asked(self, server: Server, url: str) -> None:
        if not url.startswith((server.address, "data:", "blob:", "about:")):
            self.outside.append(url)

    def _said(self, text: str) -> None:
        if "Content Security Policy" in text:
            self.forbidden.append(text)


@pytest.fixture
def visits(browser: Browser) -> Iterator[Visits]:
    """Windows of this test. It fails if any of them asked another host for anything."""
    opened = Visits(browser=browser)
    yield opened
    opened.close()
    assert opened.outside == []
    assert opened.forbidden == []


def settle(page: Page) -> None:
    """Wait until the page script has ended and what it drew has been put on the screen."""
    page.wait_for_selector(IDLE, state="attached")
    # A click reaches the server a moment after it was made: idle must hold for a while.
    quiet = 0
    while quiet < 3:
        page.wait_for_timeout(60)
        quiet = quiet + 1 if page.query_selector(IDLE) else 0
    page.wait_for_function("() => !document.querySelector('[data-stale=true]')")


def screenshot_folder() -> Path | None:
    """Where tests leave pictures for people, if HENG_SHOTS names a folder."""
    named = os.environ.get("HENG_SHOTS")
    return Path(named) if named else None
