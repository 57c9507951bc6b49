"""The problems of a file as they are found: all counted, the first of them kept."""

from collections.abc import Iterable

from loaders.problem import Problem

KEPT = 1_000
"""So many problems of a file are listed one by one."""


class Findings:
    """Collects problems; errors push warnings out of the list, never the other way round."""

    def __init__(self) -> None:
        self.errors = 0
        self.warnings = 0
        self._errors: list[Problem] = []
        self._warnings: list[Problem] = []

    def add(self, problems: Iterable[Problem]) -> None:
        """Count the problems, and keep them while there is room."""
        for problem in problems:
            if problem.severity == "error":
                self.errors += 1
                kept = self._errors
            else:
                self.warnings += 1
                kept = self._warnings
            if len(kept) < KEPT:
                kept.append(problem)

    @property
    def kept(self) -> tuple[Problem, ...]:
        """Errors first, at most KEPT in all."""
        return (*self._errors, *self._warnings)[:KEPT]
