"""Dates written as text: what stands there, before anything is decided about it.

2026-03-31, 2026/3/31, 2026.3.31, 20260331, 2026年3月31日, 31 Mar 2026, 民國115年3月31日, months as
2026-03, 202603, 2026年3月, Mar-2026; dates with or without a time (下午3:05, 15:05:00, 3:05 PM).
03/04/2026 and 03/04/26 are kept as three numbers: only their column can tell the order.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from loaders.tidy import plain
from loaders.value import DateOrder, NotAValue

_ENGLISH = "january february march april may june july august september october november december"
MONTHS = {
    name: number
    for number, whole in enumerate(_ENGLISH.split(), 1)
    for name in {whole, whole[:3], "sept" if number == 9 else whole}
}
ROC = 1911
"""Year 1 of the Republic of China calendar, written 民國1年, is 1912."""
_NAME = "|".join(sorted(MONTHS, key=len, reverse=True))
_WEEKDAY = r"(?:\s*\(?(?:星期|週|周|禮拜|礼拜)[一二三四五六日天]\)?)?"
_TIME = (
    rf"{_WEEKDAY}(?:[\sT]+|(?<=[日號号])\s*)(?P<half>上午|下午|凌晨|早上|中午|晚上|AM|PM)?\s*"
    r"(?P<hour>\d{1,2})[:時时點点](?P<minute>\d{1,2})分?(?::?(?P<second>\d{1,2})(?:\.\d{1,9})?秒?)?"
    r"\s*(?P<half_after>AM|PM|a\.m\.|p\.m\.|上午|下午)?"
)
_YEAR = r"(?:(?:民國|民国)\s*(?P<roc>\d{1,3})|(?P<year>\d{4}|1\d\d))"
_FORMS = tuple(
    re.compile(rf"(?:{form})(?:{_TIME}|{_WEEKDAY})", re.IGNORECASE)
    for form in (
        rf"{_YEAR}\s*[-/.年]\s*(?P<month>\d{{1,2}})\s*[-/.月]\s*(?P<day>\d{{1,2}})\s*[日號号]?",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
        rf"(?P<day>\d{{1,2}})[-/\s.]*(?P<name>{_NAME})[-/\s.,]*(?P<year>\d{{4}})",
        rf"(?P<name>{_NAME})[-/\s.]+(?P<day>\d{{1,2}})[-/\s.,]+(?P<year>\d{{4}})",
        rf"(?P<year>\d{{4}})[-/\s.]*(?P<name>{_NAME})[-/\s.]*(?P<day>\d{{1,2}})",
    )
)
_MONTH_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_YEAR}\s*[-/.年]\s*(?P<month>\d{{1,2}})\s*月?(?:份)?",
        r"(?P<year>\d{4})(?P<month>\d{2})",
        rf"(?P<name>{_NAME})[-/\s.,]*(?P<year>\d{{4}})",
        rf"(?P<year>\d{{4}})[-/\s.]*(?P<name>{_NAME})",
        r"(?P<month>\d{1,2})[-/](?P<year>\d{4})",
    )
)
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_THREE = re.compile(rf"(\d{{1,4}})([-/.])(\d{{1,2}})\2(\d{{1,4}})(?:{_TIME})?", re.IGNORECASE)
_QUARTER = (
    re.compile(
        r"(?P<year>\d{4})\s*[-/.]?\s*年?度?\s*(?:Q|第)\s*(?P<quarter>[1-4一二三四])\s*季?度?", re.I
    ),
    re.compile(r"Q(?P<quarter>[1-4])\s*[-/.,]?\s*(?P<year>\d{4})", re.I),
)
_YEAR_ONLY = re.compile(r"(?P<year>\d{4})\s*(?:年度?)?")


@dataclass(frozen=True, slots=True)
class Written:
    """A date or, where `day` is None, a month, as it is written."""

    year: int
    month: int
    day: int | None
    clock: time | None = None

    def first_day(self) -> date:
        """The date, or the first day of the month. Raises ValueError if there is none."""
        return date(self.year, self.month, self.day or 1)


@dataclass(frozen=True, slots=True)
class Unordered:
    """Three numbers of which the first two, or all, may be day and month; see `in_order`."""

    numbers: tuple[int, int, int]
    short_year: bool
    clock: time | None = None

    def possible(self) -> list[DateOrder]:
        """The orders in which this is a date of the calendar."""
        orders: tuple[DateOrder, ...] = ("dmy", "mdy", "ymd") if self.short_year else ("dmy", "mdy")
        return [order for order in orders if self._exists(order)]

    def in_order(self, order: DateOrder) -> Written:
        """The date in that order. A short year up to 68 is of this century, as in POSIX."""
        parts = dict(zip(order, self.numbers, strict=True))
        year = parts["y"]
        if self.short_year:
            year += 2000 if year < 69 else 1900
        return Written(year, parts["m"], parts["d"], self.clock)

    def _exists(self, order: DateOrder) -> bool:
        try:
            self.in_order(order).first_day()
        except ValueError:
            return False
        return True


def read(text: str, expected: str) -> Written | Unordered:
    """What date or month is written. Raises NotAValue (BAD_DATE)."""
    shown = plain(text)
    if _ISO.fullmatch(shown):
        year, month, day = shown.split("-")
        return _checked(Written(int(year), int(month), int(day)), expected)
    for form in (*_FORMS, *_MONTH_FORMS):
        if found := form.fullmatch(shown):
            return _checked(_written(found, expected), expected)
    if found := _THREE.fullmatch(shown):
        return _unordered(found, expected)
    raise NotAValue("BAD_DATE", expected)


def period(text: str) -> str | None:
    """2026-Q2 or 2026 where a quarter or a year alone is written, else None."""
    shown = plain(text)
    for form in _QUARTER:
        if found := form.fullmatch(shown):
            quarter = "一二三四".find(found["quarter"]) + 1 or int(found["quarter"])
            return f"{found['year']}-Q{quarter}"
    if (found := _YEAR_ONLY.fullmatch(shown)) and 1900 <= int(found["year"]) <= 2199:
        return found["year"]
    return None


def order_of(seen: Iterable[Unordered]) -> DateOrder | None:
    """The one order in which all of them are dates, or None where several or none would do."""
    orders: set[DateOrder] = {"dmy", "mdy", "ymd"}
    any_seen = False
    for written in seen:
        any_seen = True
        orders.intersection_update(written.possible())
    return orders.pop() if any_seen and len(orders) == 1 else None


def _written(found: re.Match[str], expected: str) -> Written:
    parts = found.groupdict()
    year = int(parts.get("roc") or parts["year"])
    if year < 200:
        year += ROC
    month = MONTHS[parts["name"].lower()] if parts.get("name") else int(parts["month"])
    day = int(parts["day"]) if parts.get("day") else None
    return Written(year, month, day, _clock(parts, expected))


def _checked(written: Written, expected: str) -> Written:
    try:
        written.first_day()
    except ValueError as error:
        raise NotAValue("BAD_DATE", expected) from error
    if written.day == 0:
        raise NotAValue("BAD_DATE", expected)
    return written


def _unordered(found: re.Match[str], expected: str) -> Unordered:
    first, second, third = found[1], found[3], found[4]
    clock = _clock(found.groupdict(), expected)
    if len(first) <= 2 and len(third) == 4:
        written = Unordered((int(first), int(second), int(third)), False, clock)
    elif len(first) <= 2 and len(third) <= 2:
        written = Unordered((int(first), int(second), int(third)), True, clock)
    else:
        raise NotAValue("BAD_DATE", expected)
    if not written.possible():
        raise NotAValue("BAD_DATE", expected)
    return written


def _clock(parts: dict[str, str | None], expected: str) -> time | None:
    if parts.get("hour") is None:
        return None
    hour = int(parts["hour"] or 0)
    half = (parts["half"] or parts["half_after"] or "").lower().replace(".", "")
    if half in ("下午", "晚上", "pm") and hour < 12 or half == "中午" and hour < 3:
        hour += 12
    elif half in ("上午", "凌晨", "早上", "am") and hour == 12:
        hour = 0
    try:
        return time(hour, int(parts["minute"] or 0), int(parts["second"] or 0))
    except ValueError as error:
        raise NotAValue("BAD_DATE", expected) from error


SERIAL_FIRST, SERIAL_LAST = 32_874, 73_050
"""1990-01-01 and 2099-12-31: what a bare number in a date column may stand for."""
_EPOCH = datetime(1899, 12, 30)


def from_serial(number: float, expected: str) -> Written:
    """The date an Excel serial or a number such as 20260331 stands for; months as 202603.

    Raises NotAValue (BAD_DATE) for all other numbers, and AMBIGUOUS_DATE for 2026.1, which may
    once have been 2026.10.
    """
    if number - number != 0:
        raise NotAValue("BAD_DATE", expected)
    if number == int(number) and (
        19_000_101 <= number <= 21_991_231 or 190_001 <= number <= 219_912
    ):
        return _only_written(str(int(number)), expected)
    if SERIAL_FIRST <= number < SERIAL_LAST + 1:
        moment = _EPOCH + timedelta(milliseconds=round(number * 86_400_000))
        clock = moment.time().replace(microsecond=0)
        return Written(moment.year, moment.month, moment.day, clock if clock != time() else None)
    if 1900 < number < 2200 and number != int(number) and len(repr(float(number))) <= 7:
        return _dotted_month(repr(float(number)), expected)
    raise NotAValue("BAD_DATE", expected)


def _dotted_month(text: str, expected: str) -> Written:
    if text.endswith(".1"):
        readings = f"{text[:4]}-01, {text[:4]}-10"
        raise NotAValue("AMBIGUOUS_DATE", expected, readings=readings)
    return _only_written(text, expected)


def _only_written(text: str, expected: str) -> Written:
    written = read(text, expected)
    if isinstance(written, Unordered):
        raise NotAValue("BAD_DATE", expected)
    return written
