"""Words on screen: the English sentence is the key, catalogues give the two Chinese ones.

Catalogues are pages/locales/<language>/LC_MESSAGES/<area>.po, one area per room, read whole at
the first use. A sentence without a translation is shown in English.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from types import MappingProxyType

import streamlit as st
from babel import Locale
from babel.messages.pofile import read_po

from data.language import DEFAULT_LANGUAGE, LANGUAGES, Names

LOCALES = Path(__file__).resolve().parents[1] / "locales"
COOKIE = "heng_language"
ENDONYMS: Mapping[str, str] = MappingProxyType(
    {"zh-Hant": "繁體中文", "zh-Hans": "简体中文", "en": "English"}
)

_BABEL = {"zh-Hant": "zh_Hant_TW", "zh-Hans": "zh_Hans_CN", "en": "en_GB"}
_BROWSER = {
    "zh-hant": "zh-Hant",
    "zh-tw": "zh-Hant",
    "zh-hk": "zh-Hant",
    "zh-mo": "zh-Hant",
    "zh-hans": "zh-Hans",
    "zh-cn": "zh-Hans",
    "zh-sg": "zh-Hans",
    "zh": "zh-Hans",
    "en": "en",
}
_MARKS = re.compile(r"([!-/:-@\[-`{-~])")
_TURNED = re.compile(r"-(?=[->])|<(?=-)|:(?=streamlit:|//)|www(?=\.)")
_JOINER = "\u2060"
_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)


def text(message: str, /, **values: object) -> str:
    """The sentence in the reader's language, its {names} filled in.

    Values are filled in literally; where the result is rendered as Markdown, pass data through
    `literal` first.
    """
    sentence = catalogue(language()).get(message, message)
    return sentence.format(**values) if values else sentence


def plural(one: str, many: str, /, count: int, **values: object) -> str:
    """`one` or `many` by `count`, which is filled in as {count}. The English pair is the key."""
    words = catalogue(language())
    sentence = words.get(one) if one in words else (one if count == 1 else many)
    return str(sentence).format(count=count, **values)


def later(message: str, /) -> str:
    """Marks a sentence of a table for the catalogue; `text` translates it when it is shown."""
    return message


def named(names: Names) -> str:
    """A thing's name, as declared in all three languages, in the reader's."""
    return names[language()]


def literal(value: object) -> str:
    """Data as Markdown shows it letter by letter: every ASCII punctuation mark is escaped.

    What Streamlit would still turn into an arrow, a dash, a link or its own logo is parted by a
    word joiner, which takes no room.
    """
    parted = _TURNED.sub(lambda found: found[0] + _JOINER, " ".join(str(value).split()))
    return _MARKS.sub(r"\\\1", parted)


def language() -> str:
    """The reader's language: that of `speaking`, else the cookie's, else the browser's."""
    if spoken := _spoken.get():
        return spoken
    return preferred(st.context.cookies.get(COOKIE), st.context.headers.get("Accept-Language", ""))


def speak(tag: str) -> None:
    """Speak this language for the rest of the page run, whose thread serves one visitor."""
    _spoken.set(tag)


@contextmanager
def speaking(tag: str) -> Iterator[None]:
    """Within it, `text` speaks this language: for routes and exports, which have no page run."""
    token = _spoken.set(tag)
    try:
        yield
    finally:
        _spoken.reset(token)


def preferred(cookie: str | None, accept: str) -> str:
    """The language for a visitor with this cookie and this Accept-Language header."""
    if cookie in LANGUAGES:
        return str(cookie)
    for item in accept.split(","):
        parts = item.partition(";")[0].strip().lower().split("-")
        for count in range(len(parts), 0, -1):
            if found := _BROWSER.get("-".join(parts[:count])):
                return found
    return DEFAULT_LANGUAGE


@cache
def locale(tag: str) -> Locale:
    """Babel's locale for numbers and dates in this language."""
    return Locale.parse(_BABEL[tag])


@cache
def catalogue(tag: str) -> Mapping[str, str]:
    """English sentence -> sentence in `tag`, of every area together; empty for English."""
    merged: dict[str, str] = {}
    for path in sorted((LOCALES / tag / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=_BABEL[tag]):
                key, said = _first(message.id), _first(message.string)
                if key and said and not message.fuzzy:
                    merged[key] = said
    return MappingProxyType(merged)


def _first(forms: str | Sequence[str] | None) -> str:
    """The sentence, or the first of its plural forms."""
    if forms is None or isinstance(forms, str):
        return forms or ""
    return forms[0]
