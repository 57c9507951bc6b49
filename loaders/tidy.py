"""Text as a person sees it: what cannot be seen does not count."""

import re
import unicodedata

INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f"  # control characters but tab, line ends
    "\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff]"  # soft hyphen, zero width, direction, annotation, surrogates
)
"""Not among them: the joiner U+200D, which emoji are made with."""
EXCEL_ERROR = re.compile(
    r"#(REF!|DIV/0!|N/A|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|GETTING_DATA|#+)"
)
"""What Excel shows in place of a value; also as pasted text, and as a column too narrow."""
_LINE_END = re.compile(r"\r\n?|_x000D_\n?")
_SPACE = re.compile(r"\s+")
_ASCII = str.maketrans(
    {
        **{chr(0xFF01 + step): chr(0x21 + step) for step in range(94)},
        **dict.fromkeys("−–—‐‑﹣", "-"),
        **dict.fromkeys("\u3000\u00a0\u2007\u2009\u202f", " "),
        **{"￥": "¥", "￡": "£", "﹪": "%", "﹐": ",", "﹒": "."},
    }
)


def visible(text: str) -> str:
    """`text` without surrounding space and invisible characters; its lines end in \\n."""
    if text.isprintable():
        return text.strip()
    return INVISIBLE.sub("", _LINE_END.sub("\n", text)).strip()


def has_invisible(text: str) -> bool:
    """Whether `visible` takes more than space and line ends away."""
    return not text.isprintable() and INVISIBLE.search(text.replace("_x000D_", "")) is not None


def plain(text: str) -> str:
    """`visible` text with full-width digits and marks, dashes and spaces as ASCII.

    Not NFKC, which would make 105 of 10⁵.
    """
    return visible(text).translate(_ASCII).strip()


def fold(text: str) -> str:
    """What two spellings of one word have in common: no case, no space, everyday width."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", visible(text))).casefold()


def is_excel_error(text: str) -> bool:
    """Whether the text is one of Excel's error values."""
    return text.startswith("#") and EXCEL_ERROR.fullmatch(text.strip().upper()) is not None
