"""Numbers, dates and status as the reader's language writes them.

A missing value is an em dash, never a zero.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType

from babel import Locale, dates, numbers

from pages.shared.theme import Status
from pages.shared.words import language, later, literal, locale, text

MISSING = "—"

MARKS: Mapping[Status, str] = MappingProxyType(
    {"green": "✔", "amber": "▲", "red": "✖", "none": "—"}
)
WORDS: Mapping[Status, str] = MappingProxyType(
    {
        "green": later("On track"),
        "amber": later("Watch"),
        "red": later("Off track"),
        "none": later("Not rated"),
    }
)
REASONS: Mapping[str, str] = MappingProxyType(
    {
        "no_data": later("No workbook has come for this period"),
        "no_activity": later("Nothing happened in this period that could be counted"),
        "no_event": later("Nothing happened in this period that could be counted"),
        "low_sample": later("Too few answers to be rated"),
        "no_target": later("No target has been set"),
        "insufficient_raters": later("Too few raters, so nothing is shown"),
        "cost_without_output": later("There was cost but nothing came of it"),
        "not_covered": later("Only a part of the period has data"),
        "context": later("For information, not rated"),
    }
)
_BADGES: Mapping[Status, str] = MappingProxyType(
    {"green": "green", "amber": "orange", "red": "red", "none": "gray"}
)

Number = int | float | Decimal


def number(value: Number | None, decimals: int = 0) -> str:
    """`12,345.60`; exactly `decimals` places, halves away from zero."""
    if value is None:
        return MISSING
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return numbers.format_decimal(_rounded(value, decimals), pattern, locale=_locale())


def percent(share: Number | None, decimals: int = 1) -> str:
    """A share of one as a percentage: 0.951 is `95.1%`."""
    if share is None:
        return MISSING
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "") + "%"
    return numbers.format_percent(_rounded(share, decimals + 2), pattern, locale=_locale())


def money(value: Number | None) -> str:
    """An amount in short: `1.2M`, `123.5萬`; below ten thousand in full."""
    if value is None:
        return MISSING
    if -10_000 < value < 10_000:
        return number(value)
    return numbers.format_compact_decimal(
        Decimal(str(value)), format_type="short", locale=_locale(), fraction_digits=1
    )


def change(value: Number | None, decimals: int = 1, *, points: bool = False) -> str:
    """A difference with its sign: `+3.2`, `−0.4`, `±0`; with `points`, of a share: `+1.5 pp`."""
    if value is None:
        return MISSING
    shown = _rounded(value * 100 if points else value, decimals)
    sign = "+" if shown > 0 else "−" if shown < 0 else "±"
    figure = sign + number(abs(shown), decimals)
    return text("{figure} pp", figure=figure) if points else figure


def day(value: date | None) -> str:
    """`31 Oct 2026`, `2026年10月31日`."""
    return MISSING if value is None else dates.format_date(value, "medium", locale=_locale())


def moment(value: datetime | None) -> str:
    """Date and time of day, as stored."""
    if value is None:
        return MISSING
    return f"{day(value.date())} {value:%H:%M}"


def period(key: str) -> str:
    """A period as people say it: `2026-10` is `Oct 2026`, `2026-Q2` is `Q2 2026`."""
    if "-Q" in key:
        year, _, quarter = key.partition("-Q")
        return text("Q{quarter} {year}", quarter=quarter, year=year)
    if "-" in key:
        year, _, month = key.partition("-")
        return dates.format_skeleton("yMMM", date(int(year), int(month), 1), locale=_locale())
    return text("Year {year}", year=key)


def short_month(first_day: date) -> str:
    """A month on an axis: `Oct 26`, `26年10月`."""
    if language() == "en":
        return dates.format_date(first_day, "MMM yy", locale=_locale())
    return f"{first_day:%y}年{first_day.month}月"


def month_name(first_day: date) -> str:
    """A month without its year: `Oct`, `10月`."""
    return dates.format_skeleton("MMM", first_day, locale=_locale())


def status_word(status: Status) -> str:
    """Mark and word together, for a table cell: `✔ On track`."""
    return f"{MARKS[status]} {text(WORDS[status])}"


def status_badge(status: Status, label: str | None = None) -> str:
    """Markdown for a coloured badge with mark and word; `label` replaces the word."""
    shown = literal(label) if label is not None else text(WORDS[status])
    return f":{_BADGES[status]}-badge[{MARKS[status]} {shown}]"


def reason(code: str | None) -> str:
    """Why a figure is missing or not rated, as a sentence; empty where there is no reason."""
    return text(REASONS[code]) if code is not None and code in REASONS else ""


def _rounded(value: Number, decimals: int) -> Decimal:
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def _locale() -> Locale:
    return locale(language())
