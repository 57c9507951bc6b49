"""Periods as they are typed on the command line, as the months they hold."""

import re
from datetime import date


def months_of(period: str) -> list[date]:
    """The first days of the months of 2026-05, 2026-Q2 or 2026. Raises ValueError."""
    found = re.fullmatch(r"(\d{4})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?", period.strip().upper())
    if not found:
        raise ValueError(f"{period!r} is not a period such as 2026-05, 2026-Q2 or 2026")
    year, quarter, month = int(found[1]), found[2], found[3]
    if month:
        numbers = range(int(month), int(month) + 1)
    elif quarter:
        numbers = range(3 * int(quarter) - 2, 3 * int(quarter) + 1)
    else:
        numbers = range(1, 13)
    return [date(year, number, 1) for number in numbers]
