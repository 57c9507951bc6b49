"""How far the work on a file has come, told to whoever started it."""

from collections.abc import Callable

Listener = Callable[[float], None]
_listeners: list[Listener] = []


def report(share: float) -> None:
    """Say that this share of the work, from 0 to 1, is done. Without a listener nothing happens."""
    for listener in _listeners:
        listener(min(max(share, 0.0), 1.0))


def listen(listener: Listener) -> None:
    """Have every report in this process go to `listener`, too."""
    _listeners.append(listener)
