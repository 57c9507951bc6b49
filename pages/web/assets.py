"""Our own files for the browser: logo, styles and the shell script, each under its hash."""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

import streamlit
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from data.language import LANGUAGES
from pages.shared import theme
from pages.web import chrome

STATIC = Path(__file__).resolve().parent / "static"
INDEX = Path(streamlit.__file__).resolve().parent / "static" / "index.html"
"""Streamlit's own page, which the shell is made from."""
_TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
}


@cache
def assets() -> dict[str, bytes]:
    """Every asset by its name, those that are written at start-up among them."""
    found = {path.name: path.read_bytes() for path in STATIC.iterdir() if path.suffix in _TYPES}
    latin = bundled_font()
    for tag in LANGUAGES:
        styles = theme.variables() + "\n" + theme.fonts(tag) + latin
        found[f"theme-{tag}.css"] = styles.encode()
        found[f"shell-{tag}.js"] = chrome.script(tag, found["shell.js"].decode()).encode()
    return found


def bundled_font() -> str:
    """Streamlit's own Latin letters, for the pages that stand outside of it too."""
    html = INDEX.read_text("utf-8")
    found = re.search(r'"\.(/static/media/SourceSans[^"]*\.woff2)"', html)
    if found is None:
        return ""
    return (
        '@font-face { font-family: "Source Sans"; font-weight: 200 900; '
        f'src: url("{found[1]}") format("woff2"); }}\n'
    )


@cache
def logo() -> str:
    """The logo as a data address: nothing is read, hashed or fetched for it in a page run."""
    return "data:image/svg+xml;base64," + base64.b64encode(assets()["logo.svg"]).decode()


@cache
def address(name: str) -> str:
    """Where an asset is fetched; changes whenever its content does."""
    return f"/assets/{hashlib.sha256(assets()[name]).hexdigest()[:12]}/{name}"


@cache
def page_styles() -> tuple[str, ...]:
    """The rooms' own style sheets: every .css file here that is not the frame's."""
    own = {"shell.css", "sign-in.css"}
    return tuple(sorted(p.name for p in STATIC.glob("*.css") if p.name not in own))


async def asset(request: Request) -> Response:
    """An asset, to be kept by the browser for good; 404 under an address it no longer has."""
    name = request.path_params["name"]
    if name not in assets() or request.url.path != address(name):
        return PlainTextResponse("Not found", 404, {"Cache-Control": "no-store"})
    return Response(
        assets()[name],
        media_type=_TYPES[Path(name).suffix],
        headers={"Cache-Control": "public, max-age=31536000, immutable"},
    )


ROUTES = [Route("/assets/{digest}/{name}", asset)]
