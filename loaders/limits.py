"""How large and how strange a file may be before it is refused."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

MIB = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The caps of one load; a home's settings may override any of them by name."""

    file_bytes: int = 150 * MIB
    parts: int = 2_000
    "Members of the package."
    unpacked_bytes: int = 2_048 * MIB
    "All members together."
    part_bytes: int = 1_536 * MIB
    "One member."
    ratio: int = 200
    "Unpacked to packed, for members above `ratio_from_bytes`."
    ratio_from_bytes: int = 10 * MIB
    sheets: int = 200
    rows: int = 1_048_576
    "Rows of a sheet; Excel's own limit."
    columns: int = 500
    "Columns of a table."
    cells: int = 20_000_000
    "Cells of a workbook, and of the rectangle a sheet's values span."
    text: int = 32_767
    "Characters of one cell; Excel's own limit."
    depth: int = 64
    "Nesting of XML elements."
    faults: int = 100_000
    "Error cells and uncalculated formulas of a sheet; more refuse the file wherever they stand."
    memory_bytes: int = 3_072 * MIB
    "Address space of the child process."
    cpu_seconds: int = 300
    wall_seconds: int = 300
    output_bytes: int = 4_096 * MIB
    "The largest file the child process may write."


DEFAULT = Limits()


def limits_from(settings: Mapping[str, object]) -> Limits:
    """The default limits with those `settings` that name one. Raises ValueError for the rest."""
    known = {field.name for field in fields(Limits)}
    if unknown := sorted(settings.keys() - known):
        raise ValueError(f"unknown limits: {', '.join(unknown)}; known: {', '.join(sorted(known))}")
    return replace(DEFAULT, **{name: _positive(name, value) for name, value in settings.items()})


def _positive(name: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value <= 0:
        raise ValueError(f"the limit {name} must be a whole number above zero, not {value!r}")
    return value
