"""How headers are compared, and how Excel names columns."""

import re
import unicodedata
from dataclasses import dataclass

_BRACKETED = re.compile(r"[(\[{<【〔「『《〈]([^)\]}>】〕」』》〉]*)[)\]}>】〕」』》〉]")
_UNIT_AFTER = re.compile(r"(?:單位|单位|unit)\s*[:：]?\s*(\S+)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Heading:
    """A header ready for comparison: `key` without case, spaces and marks; `unit` apart."""

    key: str
    unit: str | None = None


def normalise(text: object) -> Heading:
    """「 預算 金額（萬元）」 becomes Heading('預算金額', '萬元'); an empty cell Heading('').

    Where nothing but brackets stands, what they hold is the key.
    """
    if isinstance(text, float) and text.is_integer():
        text = int(text)
    plain = unicodedata.normalize("NFKC", "" if text is None else str(text))
    outside = _BRACKETED.sub(" ", plain)
    inside = [part.strip() for part in _BRACKETED.findall(plain) if part.strip()]
    if not bare(outside):
        return Heading(bare(plain))
    if found := _UNIT_AFTER.search(outside):
        outside, inside = outside[: found.start()] or outside, [*inside, found[1]]
    if outside.rstrip().endswith("%"):
        outside, inside = outside.rstrip()[:-1], [*inside, "%"]
    return Heading(bare(outside), _unit(inside[-1]) if inside else None)


def bare(text: str) -> str:
    """`text` in NFKC and without case, spaces, punctuation, marks and invisible characters."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in folded if unicodedata.category(c)[0] in "LN" or c in "%#&+")


def _unit(text: str) -> str:
    found = _UNIT_AFTER.search(text)
    return (found[1] if found else text).strip()


def letter(index: int) -> str:
    """The name Excel shows for the column at `index`, counted from 0: A, Z, AA, XFD."""
    if index < 0:
        raise ValueError(f"no column has the index {index}")
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def index_of(name: str) -> int:
    """The index, counted from 0, of the column that Excel calls `name`."""
    index = 0
    for character in name.upper():
        if not "A" <= character <= "Z":
            raise ValueError(f"{name!r} is not the name of a column")
        index = index * 26 + ord(character) - ord("A") + 1
    if not index:
        raise ValueError("a column needs a name")
    return index - 1
