"""The words Streamlit itself shows, in Chinese: it has no translations of its own.

They are declared in chrome.toml for the pinned version; a new version may say other things.
"""

import json
import tomllib
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

LOCALES: Final = MappingProxyType({"zh-Hant": "zh-TW", "zh-Hans": "zh-CN", "en": "en-GB"})
"""What the browser is told it speaks: it decides the words of calendars, the shape of numbers."""

_COLUMN = {"zh-Hant": 1, "zh-Hans": 2}


def script(language: str, template: str) -> str:
    """The shell script with this language's words in it; English needs none."""
    places = _places(_COLUMN[language]) if language in _COLUMN else []
    said = json.dumps(places, ensure_ascii=False)
    return template.replace("__LOCALE__", LOCALES[language]).replace("__PLACES__", said)


def _places(column: int) -> list[dict[str, Any]]:
    return [
        {
            "inside": place["inside"],
            "words": {entry[0]: entry[column] for entry in place["words"]},
            "patterns": [[entry[0], entry[column]] for entry in place["patterns"]],
        }
        for place in declared()
    ]


@cache
def declared() -> list[dict[str, Any]]:
    """The parts of the screen with their words, as in chrome.toml."""
    text = (Path(__file__).parent / "chrome.toml").read_text("utf-8")
    places: list[dict[str, Any]] = tomllib.loads(text)["place"]
    return places
