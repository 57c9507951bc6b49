"""The words Streamlit itself shows, in Chinese: it has no translations of its own.

Read from the bundle of the pinned version; a new version may say other things.
"""

import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

LOCALES: Final = {"zh-Hant": "zh-TW", "zh-Hans": "zh-CN", "en": "en-GB"}
"""The browser's own tag: it decides the words of calendars and the shape of numbers."""


def script(language: str, template: str) -> str:
    """The shell script with this language's words in it."""
    said = _declared()
    words = {entry["en"]: entry[language] for entry in said["word"]} if language != "en" else {}
    patterns = [[e["en"], e[language]] for e in said["pattern"]] if language != "en" else []
    places = (
        ("__LOCALE__", LOCALES[language]),
        ("__WORDS__", json.dumps(words, ensure_ascii=False)),
        ("__PATTERNS__", json.dumps(patterns, ensure_ascii=False)),
        ("__FURNITURE__", ", ".join(said["furniture"]).replace('"', '\\"')),
        ("__DATA__", ", ".join(said["data"]).replace('"', '\\"')),
    )
    for mark, value in places:
        template = template.replace(mark, value)
    return template


@cache
def _declared() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "chrome.toml").read_text("utf-8"))
