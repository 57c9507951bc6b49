"""Plain text for a terminal: aligned columns, a dash for what is missing."""

from collections.abc import Iterable, Sequence
from unicodedata import east_asian_width

MISSING = "—"


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Rows under a header, columns as wide as their widest cell."""
    cells = [list(header), *([_text(cell) for cell in row] for row in rows)]
    widths = [max(_width(row[n]) for row in cells) for n in range(len(header))]
    return "\n".join(
        "  ".join(
            cell + " " * (wide - _width(cell)) for cell, wide in zip(row, widths, strict=True)
        ).rstrip()
        for row in cells
    )


def _text(cell: object) -> str:
    if cell is None or cell == "":
        return MISSING
    return f"{cell:.4g}" if isinstance(cell, float) else str(cell)


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
