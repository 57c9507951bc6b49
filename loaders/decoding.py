"""Which characters the bytes of a text file are.

A byte order mark settles it, then strict UTF-8. Without either, a file is taken for UTF-16,
GB18030, Big5 or Windows-1252 only where it decodes without a fault *and* reads like text in that
encoding; where none does, or two do, it is refused.
"""

import codecs
import re
from dataclasses import dataclass
from functools import cache

from data.contract import contracts
from loaders.problem import Problem, RefusedFile

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SAMPLE = 1 << 20
"""Evidence is weighed on this many bytes; faults are looked for in all of them."""
CLEAR = 0.9
"""The share of two-byte characters that must be everyday ones."""
_DOUBLE = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]")
_GB_SYMBOL = re.compile(rb"[\xa1-\xa9][\xa1-\xfe]")
_GB_EVERYDAY = re.compile(rb"[\xb0-\xf7][\xa1-\xfe]")
_BIG5_SYMBOL = re.compile(rb"[\xa1-\xa3][\x40-\x7e\xa1-\xfe]")
_BIG5_EVERYDAY = re.compile(rb"[\xa4-\xc6][\x40-\x7e\xa1-\xfe]")
_UTF8_CJK = re.compile(rb"[\xe3-\xe9][\x80-\xbf]{2}")
_WESTERN = re.compile(rb"[\x80-\xff]+")
_WESTERN_EVERYDAY = frozenset("£€©®°±²³µ·½¼¾×÷–—‘’“”•…™\xa0§¢¥«»¿¡ºª")


@dataclass(frozen=True, slots=True)
class Text:
    """The characters of a file and how they were found."""

    text: str
    encoding: str
    assumed: bool = False
    "True where only the likeness of the characters spoke for the encoding."


def decode(data: bytes, file: str, encoding: str | None = None) -> Text:
    """The text of `data`, without a byte order mark.

    With `encoding` given it is that or a refusal. Raises RefusedFile (ENCODING,
    ENCODING_AMBIGUOUS) with the first byte that fits nowhere.
    """
    if encoding is not None:
        return _strict(data, file, encoding)
    for mark, name in MARKS:
        if data.startswith(mark):
            return _strict(data, file, name)
    try:
        return Text(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        return _by_likeness(data, file, error.start)


def _strict(data: bytes, file: str, encoding: str) -> Text:
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise _refusal(file, encoding, getattr(error, "start", 0)) from error
    return Text(text.removeprefix("\ufeff"), encoding)


def _by_likeness(data: bytes, file: str, offset: int) -> Text:
    sample = data[:SAMPLE]
    likely = [name for name, likeness in _LIKENESS.items() if likeness(sample)]
    decoded = [text for name in likely if (text := _try(data, name)) is not None]
    if len(decoded) > 1:
        decoded = _familiar(decoded)
    if len(decoded) > 1:
        tried = ", ".join(text.encoding for text in decoded)
        raise RefusedFile(
            [Problem(code="ENCODING_AMBIGUOUS", file=file, facts=(("tried", tried),))]
        )
    if not decoded or (decoded[0].encoding != "cp1252" and _has_utf8_line(data)):
        raise _refusal(file, "utf-8, utf-16, gb18030, big5, cp1252", offset)
    return decoded[0]


def _try(data: bytes, encoding: str) -> Text | None:
    try:
        return Text(data.decode(encoding), encoding, assumed=True)
    except UnicodeDecodeError:
        return None


def _familiar(candidates: list[Text]) -> list[Text]:
    """The one whose characters are those of our own headers, if one is far ahead; else all."""
    known = _header_characters()
    counts = [sum(1 for c in text.text[:SAMPLE] if c in known) for text in candidates]
    best = max(counts)
    ahead = [text for text, n in zip(candidates, counts, strict=True) if n * 3 > best]
    return ahead if len(ahead) == 1 else candidates


@cache
def _header_characters() -> frozenset[str]:
    headers = (
        header
        for contract in contracts().values()
        for column in contract.columns.values()
        for header in column.headers
    )
    return frozenset(c for header in headers for c in header if not c.isascii())


def _everyday(data: bytes, everyday: re.Pattern[bytes], symbol: re.Pattern[bytes]) -> bool:
    """Whether almost all two-byte characters are everyday ideographs, and half are no symbols."""
    pairs = _DOUBLE.findall(data)
    ideographs = sum(1 for pair in pairs if everyday.fullmatch(pair))
    symbols = sum(1 for pair in pairs if symbol.fullmatch(pair))
    return ideographs > 0 and ideographs + symbols >= CLEAR * len(pairs) and ideographs > symbols


def _known(data: bytes, encoding: str) -> bool:
    """Whether half of what is not ASCII occurs in our own headers."""
    foreign = [c for c in data.decode(encoding, "replace") if not c.isascii()]
    known = sum(1 for c in foreign if c in _header_characters())
    return known * 2 >= len(foreign)


def _like_gb18030(data: bytes) -> bool:
    return _everyday(data, _GB_EVERYDAY, _GB_SYMBOL) or _known(data, "gb18030")


def _like_big5(data: bytes) -> bool:
    return _everyday(data, _BIG5_EVERYDAY, _BIG5_SYMBOL) or _known(data, "big5hkscs")


def _like_western(data: bytes) -> bool:
    """Whether bytes above ASCII come singly and are letters or everyday marks."""
    runs = _WESTERN.findall(data)
    single = [run for run in runs if len(run) == 1]
    text = b"".join(runs).decode("cp1252", "replace")
    return len(single) >= CLEAR * len(runs) and all(
        c.isalpha() or c in _WESTERN_EVERYDAY for c in text
    )


def is_two_byte(data: bytes) -> bool:
    """Whether bytes look like UTF-16 text without a mark."""
    return _like_utf16(data, 0) or _like_utf16(data, 1)


def _like_utf16(data: bytes, odd: int) -> bool:
    """Whether line feeds and commas stand as two-byte characters of this byte order."""
    even = len(data) // 2 * 2
    zero, other = data[odd:even:2].count(0), data[1 - odd : even : 2].count(0)
    return zero > even // 40 and other * 10 < zero


_LIKENESS = {
    "gb18030": _like_gb18030,
    "big5hkscs": _like_big5,
    "utf-16-le": lambda data: _like_utf16(data, 1),
    "utf-16-be": lambda data: _like_utf16(data, 0),
    "cp1252": _like_western,
}


def _has_utf8_line(data: bytes) -> bool:
    """Whether some line is UTF-8 beyond doubt, so that the file mixes encodings."""
    for line in data.splitlines():
        if len(_UTF8_CJK.findall(line)) >= 3:
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                continue
            return True
    return False


def _refusal(file: str, tried: str, offset: int) -> RefusedFile:
    facts = (("tried", tried), ("offset", str(offset)))
    return RefusedFile([Problem(code="ENCODING", file=file, facts=facts)])
