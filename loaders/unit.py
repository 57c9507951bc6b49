"""Units that headers and titles state: 萬元 is ten thousand."""

import re
from collections.abc import Sequence
from decimal import Decimal

from loaders.heading import normalise
from loaders.raw import Cell

_FACTORS = {
    "千": 1_000,
    "仟": 1_000,
    "thousand": 1_000,
    "k": 1_000,
    "萬": 10_000,
    "万": 10_000,
    "百萬": 1_000_000,
    "百万": 1_000_000,
    "million": 1_000_000,
    "mn": 1_000_000,
    "m": 1_000_000,
    "千萬": 10_000_000,
    "千万": 10_000_000,
    "億": 100_000_000,
    "亿": 100_000_000,
    "十億": 1_000_000_000,
    "十亿": 1_000_000_000,
    "billion": 1_000_000_000,
    "bn": 1_000_000_000,
}
_COUNTED = (
    r"元|圓|圆|塊|块|港元|港幣|港币|美元|歐元|欧元|人民幣|人民币|新台幣|新臺幣|台幣|日圓|英鎊|英镑"
    r"|rmb|cny|hkd|hk\$|twd|nt\$|usd|us\$|eur|gbp|jpy|dollars?|yuan|[$¥€£]|件|個|个|台|套|人次|人|次"
)
_UNIT = re.compile(
    rf"(?:{_COUNTED})?\s*({'|'.join(sorted(_FACTORS, key=len, reverse=True))})s?\s*(?:{_COUNTED})?",
    re.IGNORECASE,
)
_STATED = re.compile(
    r"\s*[(（]?\s*(?:金額|金额|貨幣|货币)?(?:單位|单位|units?)\s*[:：]", re.IGNORECASE
)


def factor(unit: str | None) -> Decimal:
    """What a number in this unit is multiplied by: 10,000 for 萬元, 1 for 元 and the unknown."""
    found = _UNIT.fullmatch(unit.strip()) if unit else None
    return Decimal(_FACTORS[found[1].casefold()]) if found else Decimal(1)


def stated_unit(rows: Sequence[Sequence[Cell]]) -> str | None:
    """The unit that a line such as 單位：萬元 states in the rows above a header."""
    for row in rows:
        for cell in row:
            if isinstance(cell, str) and _STATED.match(cell):
                return normalise(cell).unit or _STATED.sub("", cell).strip(" )）") or None
    return None
