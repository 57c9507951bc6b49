"""How values of a dataset read on the screen, from what the warehouse or a report holds."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from data.contract import Column, contract, contracts, every_department
from loaders.template import choices
from pages.shared import figures
from pages.shared.words import language, named, text

LONGEST = 60
"""Characters of a text that are shown."""


def dataset(name: str) -> str:
    """A dataset's name in the reader's language."""
    return named(contract(name).names)


def dataset_or_name(name: str) -> str:
    """A dataset's name, or what it is called where it is none: a mapping, for example."""
    return named(contracts()[name].names) if name in contracts() else name


def column(name: str, of_dataset: str) -> str:
    """A column's name in the reader's language."""
    return named(contract(of_dataset).columns[name].names)


def stored(value: str | None, declared: Column) -> str:
    """A stored value, given as the text of its SQL type; a dash where there is none."""
    if value is None:
        return figures.MISSING
    try:
        return _said(value, declared)
    except (ValueError, InvalidOperation, KeyError):
        return value


def total(value: str, declared: Column) -> str:
    """A sum of a column, given as exact decimal text."""
    return _number(Decimal(value), declared)


def size(count: int) -> str:
    """A file's size: `17 KB`, `2.4 MB`."""
    if count < 1_000_000:
        return f"{figures.number(max(1, round(count / 1_000)))} KB"
    return f"{figures.number(count / 1_000_000, 1)} MB"


def span(first: str | None, last: str | None) -> str:
    """From the first to the last day, given in ISO form; a dash for undated rows."""
    if not first or not last:
        return figures.MISSING
    days = [figures.day(date.fromisoformat(one)) for one in (first, last)]
    return days[0] if first == last else text("{first} – {last}", first=days[0], last=days[1])


def _said(value: str, declared: Column) -> str:
    match declared.type:
        case "integer" | "amount" | "number" | "share":
            return _number(Decimal(value), declared)
        case "date":
            return figures.day(date.fromisoformat(value))
        case "datetime":
            return figures.moment(datetime.fromisoformat(value))
        case "month":
            return figures.period(value[:7])
        case "period":
            return figures.period(value)
        case "boolean":
            return text("yes") if value == "true" else text("no")
        case "department":
            return named(every_department()[value].names)
        case "choice":
            return _choices(declared)[value]
        case _:
            return value if len(value) <= LONGEST else f"{value[: LONGEST - 1]}…"


def _choices(declared: Column) -> Mapping[str, str]:
    return dict(zip(declared.values, choices(declared, language()), strict=True))


def _number(value: Decimal, declared: Column) -> str:
    """With as many decimals as it has; amounts have two."""
    if declared.type == "share":
        shown = (value * 100).normalize()
        return f"{figures.number(shown, _decimals(shown))}%"
    plain = value.normalize()
    least = 2 if declared.type == "amount" else 0
    return figures.number(plain, max(least, _decimals(plain)))


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
