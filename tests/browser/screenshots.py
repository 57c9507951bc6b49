"""Renews the pictures of the README: `python -m tests.browser.screenshots`."""

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests import sample_company
from tests.browser.conftest import CHROMIUM, Visits, settle
from tests.server import running

PICTURES = Path(__file__).resolve().parents[2] / "docs"

SHOTS = {
    "overview": ("management", "/?period=2026-10"),
}
"""Name of the picture -> who looks, and at which address."""


def main() -> None:
    """Write every picture of SHOTS as docs/<name>.png."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        with running(sample_company.create(Path(folder) / "home")) as server:
            visits = Visits(browser=browser)
            for name, (login, address) in SHOTS.items():
                page = visits.sign_in(server, login, address, language="en", height=1040)
                settle(page)
                page.screenshot(path=PICTURES / f"{name}.png")
            visits.close()
        browser.close()


if __name__ == "__main__":
    main()
