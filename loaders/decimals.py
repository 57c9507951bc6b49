"""Numbers to DECIMAL: exact to the last digit kept, for one value and for a million.

A float stands for the shortest decimal that reads back as the same float. It is rounded half to
even to the places of the type, four or six, so that 0.1 + 0.2 is 0.3 and cents stay cents. Further
places are nobody's data: they come from divisions in a workbook.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal

import numpy as np
import numpy.typing as npt
import pyarrow as pa

DIGITS = 18
"""Digits of every DECIMAL here, places included."""
_EXACT = float(1 << 48)
"""Below this, scaling a float is off by less than 0.1."""
_NEAR = 1e-3


def exact(number: float) -> Decimal:
    """The decimal a float stands for. Raises ValueError for nan and infinities."""
    if number - number != 0:
        raise ValueError("not a finite number")
    return Decimal(repr(number))


def quantise(value: Decimal, places: int) -> Decimal | None:
    """`value` with so many places, or None where a DECIMAL of `DIGITS` cannot hold it."""
    if not value.is_finite() or value.adjusted() >= DIGITS - places:
        return None
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)
    return rounded if rounded.adjusted() < DIGITS - places else None


def decimal_array(numbers: npt.NDArray[np.float64], scale: Decimal, places: int) -> pa.Array:
    """`numbers` times `scale` as DECIMAL with so many places; nan becomes null.

    All must be nan or small enough for the type. The same values as `exact` and `quantise` give:
    where scaling does not land next to a whole number, they are what decides.
    """
    null = np.isnan(numbers)
    scaled = np.where(null, 0.0, numbers) * (float(scale) * 10.0**places)
    units = np.rint(scaled)
    doubtful = (np.abs(scaled - units) > _NEAR) | (np.abs(units) >= _EXACT)
    whole = np.where(doubtful, 0.0, units).astype(np.int64)
    for index in np.flatnonzero(doubtful).tolist():
        value = quantise(exact(float(numbers[index])) * scale, places)
        if value is None:
            raise OverflowError(f"{numbers[index]} does not fit")
        whole[index] = int(value.scaleb(places))
    return _from_units(whole, null, places)


def fits(numbers: npt.NDArray[np.float64], scale: Decimal, places: int) -> npt.NDArray[np.bool_]:
    """Which of `numbers` times `scale` a DECIMAL with so many places holds; nan does not."""
    limit = 10.0 ** (DIGITS - places) / float(scale)
    # A hair below the limit: what is doubtful there is refused, not rounded up into overflow.
    result: npt.NDArray[np.bool_] = np.abs(numbers) < limit * (1 - 1e-12)
    return result


def decimals(values: Sequence[Decimal | None], places: int) -> pa.Array:
    """Values of at most so many places as an Arrow array."""
    return pa.array(values, pa.decimal128(DIGITS, places))


def _from_units(units: npt.NDArray[np.int64], null: npt.NDArray[np.bool_], places: int) -> pa.Array:
    """A decimal128 array from counts of its last place: 16 bytes each, sign extended."""
    words = np.empty((len(units), 2), np.int64)
    words[:, 0] = units
    words[:, 1] = units >> 63
    valid = pa.py_buffer(np.packbits(~null, bitorder="little").tobytes()) if null.any() else None
    kind = pa.decimal128(DIGITS, places)
    return pa.Array.from_buffers(kind, len(units), [valid, pa.py_buffer(words.tobytes())])
