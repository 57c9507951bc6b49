"""The shell: Streamlit's index.html in the visitor's language, with who is signed in.

The shell stands outside what the page script draws, so that language, account and sign-out are
there on every page, before and even without it.
"""

import re
from functools import cache
from html import escape
from typing import Final

from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Send
from starlette.types import Scope as Connection

from data.access import roles
from data.accounts import Account
from data.contract import departments
from pages.shared import places
from pages.shared.words import named, speaking, text
from pages.web.assets import INDEX, address, page_styles
from pages.web.document import languages
from pages.web.gate import ACCOUNT
from pages.web.visit import language_of

_PAGE: Final = re.compile(r"/[^/.]*")


class Shell:
    """Answers page addresses with the shell; everything else goes on to Streamlit."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, connection: Connection, receive: Receive, send: Send) -> None:
        is_read = connection["type"] == "http" and connection["method"] in ("GET", "HEAD")
        account = connection.get(ACCOUNT)
        if not is_read or account is None or not _PAGE.fullmatch(connection["path"]):
            return await self.app(connection, receive, send)
        answer = HTMLResponse(page(account, language_of(connection)))
        return await answer(connection, receive, send)


def page(account: Account, language: str) -> str:
    """The whole document for this account in this language."""
    with speaking(language):
        return _frame(language).replace("<!--account-->", _strip(account, language), 1)


@cache
def _frame(language: str) -> str:
    html = INDEX.read_text("utf-8")
    html = re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL)
    # The inline script only serves crawlers, and the policy allows none; the agent API is shut.
    html = re.sub(r"\s*<script>.*?</script>", "", html, flags=re.DOTALL)
    html = re.sub(r'\s*<link rel="service-desc"[^>]*>', "", html)
    html = re.sub(r"<noscript>.*?</noscript>", _noscript(), html, flags=re.DOTALL)
    html = html.replace('"./', '"/').replace('"/favicon.png"', f'"{address("favicon.png")}"')
    html = html.replace('<html lang="en">', f'<html lang="{language}">')
    title = escape(text("Heng 衡"))
    html = html.replace("<title>Streamlit</title>", f"<title>{title}</title>{_head(language)}")
    return html.replace('<div id="root">', '<!--account--><div id="root">')


def _head(language: str) -> str:
    styles = (f"theme-{language}.css", "shell.css", *page_styles())
    links = "".join(f'<link rel="stylesheet" href="{address(name)}">' for name in styles)
    scripts = "".join(
        f'<script src="{address(name)}"></script>' for name in (f"shell-{language}.js", "links.js")
    )
    return links + scripts


def _noscript() -> str:
    words = escape(text("This site needs JavaScript. Please turn it on."))
    return f"<noscript><p>{words}</p></noscript>"


def _strip(account: Account, language: str) -> str:
    label, leave = escape(text("Account and language")), escape(text("Sign out"))
    own = escape(text("My account"))
    name, role = escape(account.name), escape(_standing(account))
    links = languages(language, short=True)
    return (
        f'<nav id="heng-strip" aria-label="{label}"><span class="heng-languages">{links}</span>'
        '<details class="heng-menu"><summary>'
        f'<span class="heng-avatar" aria-hidden="true">{escape(account.name[:1])}</span>'
        f'<span class="heng-name">{name}</span></summary><div>'
        f"<p><strong>{name}</strong><small>{role}</small></p>"
        f'<a href="{places.address("account")}">{own}</a>'
        f'<form method="post" action="/account/sign-out"><button>{leave}</button></form>'
        "</div></details></nav>"
    )


def _standing(account: Account) -> str:
    """The account's role, after the department it belongs to."""
    role = named(roles()[account.role].names)
    known = departments().get(account.department_id or "")
    return f"{named(known.names)} · {role}" if known else role
