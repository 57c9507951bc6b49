"""Columns of dates, times, months and periods."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

import pyarrow as pa

from loaders import moment
from loaders.column_cells import ColumnCells
from loaders.moment import Unordered, Written
from loaders.raw import Cell
from loaders.value import Converted, DateOrder, NotAValue, Value

DateType = Literal["date", "datetime", "month", "period"]
EARLIEST = date(1900, 3, 1)
"""Before it, Excel's calendar has a day that never was, and readers disagree."""
_ARROW = {
    "date": pa.date32(),
    "datetime": pa.timestamp("us"),
    "month": pa.date32(),
    "period": pa.string(),
}
_SERIAL = re.compile(r"\d{5}(\.\d+)?")


def dates(column: ColumnCells, kind: DateType, order: DateOrder | None) -> Converted:
    """Dates in the order that `order` or the column's own evidence gives."""
    if column.kinds <= {date, datetime} and not _too_early(column.cells):
        return Converted(pa.array(_all_real(column.cells, kind), _ARROW[kind]), [])
    evidence = _Evidence.of(column, kind, order)
    return column.each(_TO[kind](evidence), _ARROW[kind])


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What the whole column says about its cells."""

    kind: DateType
    given: DateOrder | None
    found: DateOrder | None
    swapped: bool
    """Texts such as 31/01/2026 stand beside real dates that all have a day up to 12: what Excel
    makes of a file in the other order. The real dates cannot be trusted."""

    @classmethod
    def of(cls, column: ColumnCells, kind: DateType, order: DateOrder | None) -> "_Evidence":
        unordered = _unordered(column, kind)
        real = [cell for cell in column.cells if isinstance(cell, date)]
        swapped = (
            order is None
            and bool(unordered and real)
            and all(len(one.possible()) == 1 for one in unordered)
            and all(cell.day <= 12 for cell in real)
        )
        return cls(kind, order, moment.order_of(unordered), swapped)

    def written(self, cell: Cell) -> Written:
        """The date or month in a cell. Raises NotAValue."""
        match cell:
            case datetime():
                return self._real(cell.date(), _clock(cell))
            case date():
                return self._real(cell, None)
            case bool():
                raise NotAValue("BAD_DATE", self.kind)
            case int() | float():
                return moment.from_serial(cell, self.kind)
            case str() if _SERIAL.fullmatch(cell.strip()):
                return moment.from_serial(float(cell), self.kind)
            case str():
                read = moment.read(cell, self.kind)
                return self._ordered(read) if isinstance(read, Unordered) else read
            case _:
                raise NotAValue("BAD_DATE", self.kind)

    def _real(self, day: date, clock: time | None) -> Written:
        if day < EARLIEST:
            raise NotAValue("BAD_DATE", self.kind)
        if self.swapped and day.day != day.month:
            other = day.replace(day=day.month, month=day.day)
            raise NotAValue("AMBIGUOUS_DATE", self.kind, readings=f"{day}, {other}")
        return Written(day.year, day.month, day.day, clock)

    def _ordered(self, read: Unordered) -> Written:
        possible = read.possible()
        if self.given is not None:
            if self.given not in possible:
                raise NotAValue("BAD_DATE", self.kind)
            return read.in_order(self.given)
        readings = sorted({read.in_order(order).first_day() for order in possible})
        if len(readings) == 1:
            return read.in_order(possible[0])
        if self.found in possible:
            return read.in_order(self.found)
        raise NotAValue("AMBIGUOUS_DATE", self.kind, readings=", ".join(map(str, readings)))


def _unordered(column: ColumnCells, kind: DateType) -> list[Unordered]:
    found = []
    for text in column.texts():
        try:
            read = moment.read(text, kind)
        except NotAValue:
            continue
        if isinstance(read, Unordered):
            found.append(read)
    return found


def _to_date(evidence: _Evidence) -> Callable[[Cell], Value]:
    def convert(cell: Cell) -> date:
        return _whole(evidence.written(cell), evidence.kind).first_day()

    return convert


def _to_datetime(evidence: _Evidence) -> Callable[[Cell], Value]:
    def convert(cell: Cell) -> datetime:
        written = _whole(evidence.written(cell), evidence.kind)
        return datetime.combine(written.first_day(), written.clock or time())

    return convert


def _to_month(evidence: _Evidence) -> Callable[[Cell], Value]:
    def convert(cell: Cell) -> date:
        return evidence.written(cell).first_day().replace(day=1)

    return convert


def _to_period(evidence: _Evidence) -> Callable[[Cell], Value]:
    def convert(cell: Cell) -> str:
        if isinstance(cell, float) and cell.is_integer():
            cell = int(cell)
        if isinstance(cell, str | int) and (found := moment.period(str(cell))):
            return found
        return evidence.written(cell).first_day().isoformat()[:7]

    return convert


_TO: dict[DateType, Callable[[_Evidence], Callable[[Cell], Value]]] = {
    "date": _to_date,
    "datetime": _to_datetime,
    "month": _to_month,
    "period": _to_period,
}


def _whole(written: Written, kind: DateType) -> Written:
    """A month is no date: its first and its last day are both in use."""
    if written.day is None:
        first = written.first_day()
        last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        raise NotAValue("AMBIGUOUS_DATE", kind, readings=f"{first}, {last}")
    return written


def _clock(moment_: datetime) -> time:
    """The time to the second: a serial holds no more, its fractions are rounding."""
    return (moment_ + timedelta(microseconds=500_000)).replace(microsecond=0).time()


def _too_early(cells: Sequence[Cell]) -> bool:
    real = {cell for cell in cells if cell is not None}
    return any((c.date() if isinstance(c, datetime) else c) < EARLIEST for c in real)  # type: ignore[operator]  # dates alone


def _all_real(cells: Sequence[Cell], kind: DateType) -> list[Value]:
    trust = _Evidence(kind, None, None, False)
    convert = _TO[kind](trust)
    known: dict[tuple[type, Cell], Value] = {(type(None), None): None}
    return [
        known[key] if (key := (type(cell), cell)) in known else known.setdefault(key, convert(cell))
        for cell in cells
    ]
