"""Relations that kpi supplies to the facts: the periods asked for and the company's policy.

periods (kind, period, start_on, end_on)            end_on is the first day after the period
policy_rater_minimum (rater_type, raters)
policy_rater_weight (role_group, rater_type, weight)
policy_risk_level (likelihood, impact, level, rank)  one row per cell of the matrix
policy_risk_rank (level, rank, is_default)           is_default marks the appetite taken for granted
"""

from collections.abc import Iterable, Sequence

from kpi.period import Period
from kpi.policy import Policy, RiskMatrix

NAMES: tuple[str, ...] = (
    "periods",
    "policy_rater_minimum",
    "policy_rater_weight",
    "policy_risk_level",
    "policy_risk_rank",
)


def relations(periods: Sequence[Period], chosen: Policy) -> dict[str, str]:
    """Each relation's query by its name, ready to stand in a with clause."""
    return {
        "periods": _rows(
            "kind, period, start_on, end_on",
            (
                f"'{p.kind}', '{p}', date '{p.start.isoformat()}', date '{p.end.isoformat()}'"
                for p in periods
            ),
        ),
        "policy_rater_minimum": _rows(
            "rater_type, raters",
            (f"'{kind}', {int(fewest)}" for kind, fewest in chosen.minimum_raters.items()),
        ),
        "policy_rater_weight": _rows(
            "role_group, rater_type, weight",
            (
                f"'{group}', '{kind}', cast({float(weight)} as double)"
                for group, weights in chosen.rater_weights.items()
                for kind, weight in weights.items()
            ),
        ),
        "policy_risk_level": _rows("likelihood, impact, level, rank", _cells(chosen.risk_matrix)),
        "policy_risk_rank": _rows(
            "level, rank, is_default",
            (
                f"'{level}', {chosen.risk_matrix.rank(level)}, "
                f"{level == chosen.risk_matrix.default_appetite}"
                for level in chosen.risk_matrix.levels
            ),
        ),
    }


def _cells(matrix: RiskMatrix) -> Iterable[str]:
    return (
        f"{likelihood}, {impact}, '{level}', {matrix.rank(level)}"
        for likelihood, row in enumerate(matrix.rows, 1)
        for impact, level in enumerate(row, 1)
    )


def _rows(columns: str, rows: Iterable[str]) -> str:
    listed = ", ".join(f"({row})" for row in rows)
    return f"select * from (values {listed}) as listed({columns})"  # noqa: S608  # no outside text
