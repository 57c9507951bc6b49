"""The frame of the pages that stand outside the app: head, styles, languages."""

from html import escape

from data.language import LANGUAGES
from pages.shared.words import ENDONYMS, text
from pages.web.assets import address

_CURRENT = ' aria-current="true"'


def document(*, language: str, title: str, body: str, script: str | None = None) -> str:
    """A whole HTML page around `body`; `title` is text, `script` the name of an asset."""
    run = f'<script src="{address(script)}" defer></script>' if script else ""
    name = text("Heng 衡")
    return f"""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{escape(title)} · {escape(name)}</title>
<link rel="icon" type="image/png" href="{address("favicon.png")}">
<link rel="stylesheet" href="{address(f"theme-{language}.css")}">
<link rel="stylesheet" href="{address("sign-in.css")}">
</head>
<body>
{body}
{run}
</body>
</html>
"""


def languages(current: str, *, short: bool = False) -> str:
    """Links to all languages, each in its own words, the current one marked."""
    names = SHORT if short else ENDONYMS
    return "".join(
        f'<a href="/account/language/{tag}" lang="{tag}" hreflang="{tag}" '
        f'title="{ENDONYMS[tag]}"{_CURRENT if tag == current else ""}>{names[tag]}</a>'
        for tag in LANGUAGES
    )


SHORT = {"zh-Hant": "繁", "zh-Hans": "简", "en": "EN"}
