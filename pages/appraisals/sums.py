"""How a total comes about: what each part weighs in it, what it gives, what it could still add.

The parts together give the evaluation's total.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kpi.evaluation import Evaluation, ScoredLine
from kpi.policy import Dimension, policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a total."""

    dimension: Dimension
    line: ScoredLine | None
    """None for the result of the department."""
    score: float | None
    weight: float
    """Its share of the total, of one; 0 where it has no score."""

    @property
    def gives(self) -> float:
        return self.weight * (self.score or 0.0)

    @property
    def could_add(self) -> float:
        """The points that a full score would add."""
        return self.weight * (100.0 - self.score) if self.score is not None else 0.0


def parts(evaluation: Evaluation) -> tuple[Part, ...]:
    """The parts of an evaluation, first those that could add most."""
    found = [*_lines(evaluation), *_department(evaluation)]
    return tuple(sorted(found, key=lambda part: -part.could_add))


def _lines(evaluation: Evaluation) -> Iterator[Part]:
    for found in evaluation.dimensions:
        lines = [line for line in evaluation.lines if line.dimension == found.dimension]
        whole = _weight(evaluation, found.dimension)
        if found.dimension == "performance":
            whole *= evaluation.performance.own_share
        scored = sum(line.weight for line in lines if _counts(line))
        for line in lines:
            weight = whole * line.weight / scored if _counts(line) and scored else 0.0
            yield Part(dimension=found.dimension, line=line, score=line.score, weight=weight)


def _department(evaluation: Evaluation) -> Iterator[Part]:
    known = evaluation.performance
    share = 1 - known.own_share
    if share > 0 and known.department.score is not None:
        yield Part(
            dimension="performance",
            line=None,
            score=known.department.score,
            weight=share * _weight(evaluation, "performance"),
        )


def _weight(evaluation: Evaluation, dimension: Dimension) -> float:
    """What a dimension weighs among those that have a score; nothing without a total."""
    weights = policy().dimensions
    scored = [each for each in evaluation.dimensions if each.score is not None]
    if evaluation.total is None or dimension not in [each.dimension for each in scored]:
        return 0.0
    return weights[dimension] / sum(weights[each.dimension] for each in scored)


def _counts(line: ScoredLine) -> bool:
    return line.is_scorable and line.score is not None


def most(found: Sequence[Part], limit: int = 2) -> list[Part]:
    """The parts that could add most, by at least a tenth of a point."""
    return [part for part in found if part.could_add >= 0.1][:limit]
