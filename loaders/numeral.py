"""Numbers written as text: currencies, 万 and 亿, percent, parentheses, either decimal mark.

Which of . and , is the decimal mark is the column's business, not the cell's: `marks` gathers the
evidence of all texts, `read` then reads one.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from loaders.tidy import plain
from loaders.value import DecimalMark, NotAValue

MULTIPLIERS = {
    "千": 1_000,
    "仟": 1_000,
    "万": 10_000,
    "萬": 10_000,
    "十万": 100_000,
    "十萬": 100_000,
    "百万": 1_000_000,
    "百萬": 1_000_000,
    "千万": 10_000_000,
    "千萬": 10_000_000,
    "亿": 100_000_000,
    "億": 100_000_000,
    "十亿": 1_000_000_000,
    "十億": 1_000_000_000,
}
CURRENCIES = {
    "HK$": "HKD",
    "HKD": "HKD",
    "港元": "HKD",
    "港幣": "HKD",
    "港币": "HKD",
    "NT$": "TWD",
    "NTD": "TWD",
    "TWD": "TWD",
    "新台幣": "TWD",
    "新臺幣": "TWD",
    "新台币": "TWD",
    "台幣": "TWD",
    "臺幣": "TWD",
    "US$": "USD",
    "USD": "USD",
    "美元": "USD",
    "美金": "USD",
    "RMB": "¥",
    "CNY": "¥",
    "CN¥": "¥",
    "人民币": "¥",
    "人民幣": "¥",
    "¥": "¥",
    "$": "$",
    "£": "GBP",
    "GBP": "GBP",
    "€": "EUR",
    "EUR": "EUR",
    "MOP$": "MOP",
    "MOP": "MOP",
    "元": "",
    "圓": "",
    "圆": "",
    "块": "",
}
"""How a currency is written, to which one it is. 元 may be any of several and counts as none."""


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_MONEY = _either(CURRENCIES)
_AMOUNT = re.compile(
    rf"(?P<open>\()?\s*(?P<sign>[+-])?\s*(?P<before>{_MONEY})?\s*(?P<inner>[+-])?\s*"
    r"(?P<digits>[0-9](?:[0-9.,' ]*[0-9])?|\.[0-9]+)"
    r"(?P<exponent>e[+-]?[0-9]{1,3})?\s*"
    rf"(?P<times>{_either(MULTIPLIERS)})?\s*(?P<after>(?:{_MONEY}){{1,2}})?\s*(?P<percent>%)?\s*"
    r"(?P<trailing>-)?\s*(?P<close>\))?",
    re.IGNORECASE,
)
_MONEY_WORD = re.compile(_MONEY, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as written: `value` as its digits say, before percent and multiplier."""

    value: Decimal
    percent: bool
    times: int | None
    "The multiplier written beside it, or None."
    currency: str | None


@dataclass(frozen=True, slots=True)
class Marks:
    """What a column's texts say about its decimal mark."""

    dot: bool
    "Some text makes sense only with . as the decimal mark."
    comma: bool
    "Some text such as 1.234,5, or two such as 12,5, make sense only with a comma."
    lone_dot: bool
    "Some text, such as 1.234, makes sense either way."
    lone_comma: bool

    def mark(self) -> DecimalMark | None:
        """The decimal mark, or None where the texts contradict each other or leave it open.

        1,234 is read with thousands where nothing speaks against it; 1.234 is not.
        """
        if self.comma:
            return None if self.dot or self.lone_comma else ","
        return "." if self.dot or not self.lone_dot else None


def marks(texts: Iterable[str]) -> Marks:
    """The evidence of a column's distinct texts."""
    found = [match["digits"] for text in texts if (match := _AMOUNT.fullmatch(plain(text)))]
    fitting = {digits: (_fits(digits, "."), _fits(digits, ",")) for digits in found}
    either = [digits for digits, fits in fitting.items() if fits == (True, True)]
    by_comma = [digits for digits, fits in fitting.items() if fits == (False, True)]
    sure = [digits for digits in by_comma if re.search(r"[.' ]", digits)]
    likely = [digits for digits in by_comma if re.fullmatch(r"\d+,\d{1,2}", digits)]
    # 1234 without a mark shows that thousands are not marked, and so 1.234 has decimals.
    unmarked = any(digits.isdigit() and len(digits) > 3 for digits in found)
    return Marks(
        dot=unmarked or any(fits == (True, False) for fits in fitting.values()),
        comma=bool(sure) or len(likely) > 1,
        lone_dot=any("." in digits for digits in either),
        lone_comma=any("," in digits for digits in either),
    )


def depends_on_mark(text: str) -> bool:
    """Whether . and , as the decimal mark give different readings of `text`, or one gives none."""
    found = _AMOUNT.fullmatch(plain(text))
    return found is not None and any(mark in found["digits"] for mark in ".,")


def read(text: str, mark: DecimalMark, expected: str) -> Numeral:
    """The number in `text`. Raises NotAValue (BAD_NUMBER)."""
    found = _AMOUNT.fullmatch(plain(text))
    if found is None or not _fits(found["digits"], mark):
        raise NotAValue("BAD_NUMBER", expected)
    negative = [found["sign"] == "-", found["inner"] == "-", bool(found["trailing"])]
    if bool(found["open"]) != bool(found["close"]) or sum(negative) + bool(found["open"]) > 1:
        raise NotAValue("BAD_NUMBER", expected)
    digits = _ascii_digits(found["digits"], mark)
    value = Decimal(digits + (found["exponent"] or ""))
    if any(negative) or found["open"]:
        value = -value
    return Numeral(
        value, bool(found["percent"]), MULTIPLIERS.get(found["times"] or ""), _currency(found)
    )


def _ascii_digits(digits: str, mark: DecimalMark) -> str:
    whole, _, fraction = digits.partition(mark)
    return re.sub(r"[^0-9]", "", whole) + (f".{fraction}" if fraction else "")


def _currency(found: re.Match[str]) -> str | None:
    written = [
        *_MONEY_WORD.findall(found["before"] or ""),
        *_MONEY_WORD.findall(found["after"] or ""),
    ]
    known = {CURRENCIES[word.upper() if word.isascii() else word] for word in written} - {""}
    return "/".join(sorted(known)) or None


def _fits(digits: str, mark: DecimalMark) -> bool:
    """Whether the digits make sense with this decimal mark: groups of three, at most one mark."""
    other = "," if mark == "." else "."
    whole, _, fraction = digits.partition(mark)
    if not (fraction.isdigit() or not fraction) or (mark in digits and not fraction):
        return False
    groups = re.split(rf"[{re.escape(other)}' ]", whole)
    separators = set(re.sub(r"[0-9]", "", whole))
    return len(separators) <= 1 and _is_grouped(groups)


def _is_grouped(groups: list[str]) -> bool:
    head, *rest = groups
    if not rest:
        return head.isdigit() or not head
    return (
        head.isdigit()
        and len(head) <= 3
        and head[0] != "0"
        and all(len(group) == 3 and group.isdigit() for group in rest)
    )
