"""How far the work on a file has come, told to whoever started it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

Listener = Callable[[float], None]
_listeners: list[Listener] = []
_span = (0.0, 1.0)


def report(share: float) -> None:
    """Say that this share of the work, from 0 to 1, is done. Without a listener nothing happens."""
    low, high = _span
    done = low + (high - low) * min(max(share, 0.0), 1.0)
    for listener in _listeners:
        listener(done)


def listen(listener: Listener) -> None:
    """Have every report in this process go to `listener`, too."""
    _listeners.append(listener)


@contextmanager
def span(low: float, high: float) -> Iterator[None]:
    """Reports within are of a part of the work, which begins at `low` and ends at `high`."""
    global _span
    outer = _span
    width = outer[1] - outer[0]
    _span = (outer[0] + width * low, outer[0] + width * high)
    try:
        yield
    finally:
        _span = outer
