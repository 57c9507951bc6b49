"""Colours and shapes: the only hex codes besides .streamlit/config.toml."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

Status = Literal["green", "amber", "red", "none"]

STATUS: Mapping[str, str] = MappingProxyType(
    {"green": "#2A9468", "amber": "#B97A10", "red": "#D2483F", "none": "#7B8794"}
)
"""Marks in charts: at least 3:1 against the light and the dark background alike."""

BANDS: Mapping[str, str] = MappingProxyType(
    {
        "green": "rgba(42, 148, 104, 0.16)",
        "amber": "rgba(185, 122, 16, 0.16)",
        "red": "rgba(210, 72, 63, 0.16)",
        "none": "rgba(123, 135, 148, 0.14)",
    }
)
"""Ranges behind a mark; never the only sign of a status."""

SERIES = ("#2F6FC4", "#D98A00", "#009E73", "#C06A9C", "#3C9BC9", "#D55E00", "#8F7A00", "#6B7785")
"""Categories, safe for the colour-blind (after Okabe and Ito), in this order."""

TARGET = "#7B8794"
EARLIER = "#9AA5B1"

_LIGHT = {
    "ink": "#0B1016",
    "quiet": "#4A5563",
    "paper": "#FFFFFF",
    "wash": "#F3F6FA",
    "line": "#D5DCE5",
    "field": "#8794A3",
    "accent": "#1F5FA8",
    "accent-strong": "#174B87",
    "on-accent": "#FFFFFF",
    "accent-wash": "#E4EEF9",
    "green": "#1B6B4D",
    "green-wash": "#E2F3EB",
    "amber": "#8A4B00",
    "amber-wash": "#FCEFD9",
    "red": "#A3211A",
    "red-wash": "#FBE6E4",
    "none": "#55606E",
    "none-wash": "#EBEFF4",
    "risk-1": "#CDE8DA",
    "risk-2": "#E3EBB8",
    "risk-3": "#FBE08A",
    "risk-4": "#F7B377",
    "risk-5": "#EC7A6D",
}
_DARK = {
    "ink": "#EDF2F8",
    "quiet": "#A7B2C0",
    "paper": "#10151C",
    "wash": "#19212B",
    "line": "#303B48",
    "field": "#6B7888",
    "accent": "#8DBBF0",
    "accent-strong": "#B5D3F7",
    "on-accent": "#0B1016",
    "accent-wash": "#16293F",
    "green": "#63C99C",
    "green-wash": "#143226",
    "amber": "#F0B85A",
    "amber-wash": "#372710",
    "red": "#FF9C93",
    "red-wash": "#3B1A19",
    "none": "#A7B2C0",
    "none-wash": "#252E39",
    "risk-1": "#1B4A38",
    "risk-2": "#455020",
    "risk-3": "#6B5310",
    "risk-4": "#85460F",
    "risk-5": "#9C2E27",
}
_CJK = {
    "zh-Hant": ("TC", "NotoSansCJKtc", "Microsoft JhengHei", "PingFang TC", "PingFangTC"),
    "zh-Hans": ("SC", "NotoSansCJKsc", "Microsoft YaHei", "PingFang SC", "PingFangSC"),
    "en": ("TC", "NotoSansCJKtc", "Microsoft JhengHei", "PingFang TC", "PingFangTC"),
}
_HAN = (
    "U+2E80-303F, U+3100-312F, U+31A0-31EF, U+3400-4DBF, U+4E00-9FFF, U+F900-FAFF, "
    "U+FE30-FE4F, U+FF00-FFEF"
)


def variables() -> str:
    """Every colour as a CSS variable `--heng-<name>` that follows the light or dark scheme.

    `--heng-<status>-mark` is the one of STATUS, the same in both.
    """
    pairs = [f"--heng-{name}: light-dark({_LIGHT[name]}, {_DARK[name]});" for name in _LIGHT]
    pairs += [f"--heng-{status}-mark: {colour};" for status, colour in STATUS.items()]
    pairs += [f"--heng-by-{place}: {colour};" for place, colour in enumerate(SERIES, 1)]
    return ":root { " + " ".join(pairs) + " }"


def fonts(language: str) -> str:
    """The family "Heng Sans": Chinese letters in this language's own forms, if installed."""
    region, noto, windows, apple, apple_name = _CJK[language]
    regular = (
        f"Noto Sans {region}",
        f"Noto Sans CJK {region}",
        f"Noto Sans CJK {region} Regular",
        f"{noto}-Regular",
        windows,
        apple,
        f"{apple_name}-Regular",
    )
    bold = (
        f"Noto Sans {region} Bold",
        f"Noto Sans CJK {region} Bold",
        f"{noto}-Bold",
        f"{windows} Bold",
        f"{apple} Semibold",
        f"{apple_name}-Semibold",
    )
    return _face("100 500", regular) + _face("501 900", bold)


def _face(weight: str, names: tuple[str, ...]) -> str:
    sources = ", ".join(f'local("{name}")' for name in names)
    return (
        f'@font-face {{ font-family: "Heng Sans"; font-weight: {weight}; '
        f"src: {sources}; unicode-range: {_HAN}; }}\n"
    )
