"""The three languages every name and every screen comes in."""

from collections.abc import Mapping

LANGUAGES = ("zh-Hant", "zh-Hans", "en")
DEFAULT_LANGUAGE = "zh-Hant"

Names = Mapping[str, str]
"""A name in each of LANGUAGES."""
