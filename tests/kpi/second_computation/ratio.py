"""Ratios of sums: the months of a period are added up, then divided, once."""

from dataclasses import dataclass

from tests.kpi.second_computation.months import delivered

SCALE = {"nps": 100, "complaint_rate_per_1000": 1000}


@dataclass(frozen=True)
class Number:
    """What a period comes to. No value where there was nothing to count."""

    numerator: float = 0
    denominator: float = 0
    scale: float = 1

    @property
    def value(self):
        return self.scale * self.numerator / self.denominator if self.denominator else None


def added_up(rule, datasets, department, months, calendar):
    """The sums of the months in which everything the rule needs was delivered."""
    pairs = [
        rule(datasets, department, month)
        for month in months
        if all(delivered(calendar, dataset, month, department) for dataset in rule.needs)
    ]
    scale = SCALE.get(rule.__name__, 1)
    return Number(sum(top for top, _ in pairs), sum(base for _, base in pairs), scale)


def needs(*datasets):
    """Mark what must have been delivered for a month to count."""

    def mark(rule):
        rule.needs = datasets
        return rule

    return mark
