"""Names of files that people gave, made fit to be given out again."""

import re

LONGEST = 120
_UNFIT = re.compile(r'[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069/\\:*?"<>|]+')


def file_name(given: str) -> str:
    """The name without folders, control characters and marks that change its direction."""
    cleaned = _UNFIT.sub("_", given).strip(" .")
    if len(cleaned) <= LONGEST:
        return cleaned or "workbook"
    stem, dot, ending = cleaned.rpartition(".")
    return f"{(stem or ending)[:LONGEST]}{dot}{ending if stem else ''}"[: LONGEST + 20]
