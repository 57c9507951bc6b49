"""Repeatable chance: every stream is named, and equal names give equal draws on every machine.

Only `random.Random.random` is used, the one method whose sequence Python promises to keep.
"""

import math
import random
from collections.abc import Callable, Iterator, Sequence
from statistics import NormalDist
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """A stream of draws named by `key`; two streams of one name give the same draws."""

    __slots__ = ("_draw",)

    def __init__(self, *key: object) -> None:
        self._draw = self._stream(random.Random("|".join(str(part) for part in key)).random)

    def _stream(self, draw: Callable[[], float]) -> Callable[[], float]:
        return draw

    def happens(self, share: float) -> bool:
        """True in `share` (1 = always) of the draws."""
        return self._draw() < share

    def uniform(self, low: float, high: float) -> float:
        """A number in [low, high)."""
        return low + (high - low) * self._draw()

    def between(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + int(self._draw() * (high - low + 1))

    def pick(self, things: Sequence[T]) -> T:
        """One of `things`, each as likely; `things` is not empty."""
        return things[int(self._draw() * len(things))]

    def weighted(self, things: Sequence[T], weights: Sequence[float]) -> T:
        """One of `things`, as likely as its weight; at least one weight is above 0."""
        left = self._draw() * sum(weights)
        for thing, weight in zip(things, weights, strict=True):
            left -= weight
            if left < 0:
                return thing
        return things[-1]

    def some(self, things: Sequence[T], count: int) -> list[T]:
        """`count` different ones of `things`, or all of them where there are fewer."""
        pool = list(things)
        return [pool.pop(int(self._draw() * len(pool))) for _ in range(min(count, len(pool)))]

    def lognormal(self, centre: float, spread: float) -> float:
        """exp of a normal draw around `centre` with the standard deviation `spread`."""
        return math.exp(centre + spread * NormalDist().inv_cdf(self.uniform(1e-6, 1 - 1e-6)))


class EvenChance(Chance):
    """A stream for one kind of decision, whose draws fall evenly: shares are met within a block.

    Without it, a month of thirty surveys would jump about for no reason in the business.
    """

    __slots__ = ()

    def _stream(self, draw: Callable[[], float]) -> Callable[[], float]:
        return _even(draw).__next__


def _even(draw: Callable[[], float], block: int = 25) -> Iterator[float]:
    while True:
        strata = [(place + draw()) / block for place in range(block)]
        while strata:
            yield strata.pop(int(draw() * len(strata)))
