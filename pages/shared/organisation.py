"""The company's parts by name."""

from data.contract import departments
from pages.shared.figures import MISSING
from pages.shared.words import named


def department(key: str | None) -> str:
    """A department's name in the reader's language; a dash where there is none."""
    if key is None:
        return MISSING
    known = departments().get(key)
    return named(known.names) if known else key
