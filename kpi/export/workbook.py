"""The appraisal summary as a workbook: results, grades and the notes to read them by."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import BinaryIO

import duckdb

from data.access import Scope
from data.contract import departments
from kpi.appraisal import AppraisalResult, department_means, distribution, results
from kpi.components import watermark
from kpi.export.sheet import Book, Cell, Heading, Look, book
from kpi.ladder import Case
from kpi.period import Period
from kpi.policy import Policy, policy
from kpi.recommendation import recommendations

RATERS = ("superior", "peer", "customer", "self", "subordinate")


def appraisal_summary(
    con: duckdb.DuckDBPyConnection,
    scope: Scope,
    period: Period,
    language: str,
    out: BinaryIO,
    *,
    now: datetime | None = None,
) -> int:
    """Write the results of everyone in scope as .xlsx; returns how many people it lists.

    `now` is the moment of export, with its time zone. Raises AccessDenied without the right to
    export appraisals.
    """
    scope.require("export_appraisals")
    found = results(con, scope, period)
    standing = recommendations(con, scope, period)
    with book(out, language) as made:
        headings = _headings(made, period)
        made.table(
            made.word("sheet", "results"),
            headings,
            (_row(made, one, standing.get(one.employee.employee_id, ())) for one in found),
        )
        made.table(made.word("sheet", "grades"), _grade_headings(made), _grade_rows(made, found))
        made.notes(
            made.word("sheet", "notes"),
            _notes(made, con, scope, period, len(found), now or datetime.now(UTC)),
        )
    return len(found)


def _headings(made: Book, period: Period) -> list[Heading]:
    def heading(key: str, look: Look = "score", width: float = 12) -> Heading:
        return Heading(words=made.word("column", key), look=look, width=width)

    parts = [] if period.kind == "month" else [heading(f"mean_{period.kind}")]
    return [
        heading("employee_id", "text"),
        heading("name", "text"),
        heading("department", "text", 16),
        heading("team", "text", 18),
        heading("position", "text", 20),
        heading("total"),
        heading("grade", "text"),
        heading("performance"),
        heading("own"),
        heading("department_score"),
        heading("own_share", "share"),
        heading("capability"),
        heading("attitude"),
        heading("evaluation"),
        *parts,
        heading("coverage", "share"),
        heading("provisional", "text"),
        heading("flags", "wrapped", 44),
        heading("recommendation", "wrapped", 36),
    ]


def _row(made: Book, one: AppraisalResult, cases: Sequence[Case]) -> list[Cell]:
    person, known = one.employee, one.evaluation.performance
    parts = [] if one.period.kind == "month" else [one.mean]
    return [
        person.employee_id,
        person.name,
        _department(made, person.department),
        person.team,
        person.position,
        one.total,
        one.grade.names[made.language] if one.grade else None,
        one.performance,
        known.own.score if known.own else None,
        known.department.score,
        known.own_share,
        one.capability,
        one.attitude,
        one.evaluation.total,
        *parts,
        one.coverage,
        one.is_provisional,
        "\n".join(made.word("flag", flag) for flag in one.flags),
        "\n".join(_recommended(made, case) for case in cases),
    ]


def _recommended(made: Book, case: Case) -> str:
    return f"{case.rule.actions[made.language]} ({', '.join(case.counted)})"


def _department(made: Book, department: str) -> str:
    known = departments().get(department)
    return known.names[made.language] if known else department


def _grade_headings(made: Book) -> list[Heading]:
    return [
        Heading(words=made.word("column", "department"), width=20),
        *(
            Heading(words=f"{grade.names[made.language]} ≥ {grade.start:g}", look="count")
            for grade in policy().grades
        ),
        Heading(words=made.word("column", "no_total"), look="count"),
        Heading(words=made.word("column", "people"), look="count"),
        Heading(words=made.word("column", "mean"), look="score"),
    ]


def _grade_rows(made: Book, found: Sequence[AppraisalResult]) -> Iterator[list[Cell]]:
    means = department_means(found)
    for department in dict.fromkeys(one.employee.department for one in found):
        own = [one for one in found if one.employee.department == department]
        yield [_department(made, department), *_counts(own), means[department]]
    if len(means) > 1:
        yield [made.word("column", "all"), *_counts(found), None]


def _counts(found: Sequence[AppraisalResult]) -> list[Cell]:
    without = sum(1 for one in found if one.total is None)
    return [*distribution(found).values(), without, len(found)]


def _notes(
    made: Book,
    con: duckdb.DuckDBPyConnection,
    scope: Scope,
    period: Period,
    people: int,
    now: datetime,
) -> Iterator[tuple[str, Cell]]:
    mark = watermark(con)
    last = period.end - timedelta(days=1)
    named = [_department(made, department) for department in scope.departments]
    whole = len(named) == len(departments())
    said: list[tuple[str, Cell]] = [
        ("period", str(period)),
        ("days", f"{period.start} – {last}"),
        ("scope", made.word("word", "all_departments") if whole else "、".join(named)),
        ("people", people),
        ("made_by", scope.login),
        ("made_at", f"{now:%Y-%m-%d %H:%M %Z}"),
        (
            "data_as_of",
            f"{mark.refreshed_at:%Y-%m-%d %H:%M} UTC ({mark.revision})" if mark else None,
        ),
    ]
    for key, cell in said:
        yield made.word("note", key), cell
    for key, words in _policy_words(made, policy()):
        origin = made.word("word", "agreed" if key in policy().agreed else "default")
        yield made.word("note", key), f"{words} ({origin})"
    for key in ("targets", "rounding", "guard", "private"):
        yield made.word("note", key), made.word("text", key)


def _policy_words(made: Book, chosen: Policy) -> Iterator[tuple[str, str]]:
    language = made.language
    yield "dimensions", _listed(chosen.dimensions.values())
    yield "own_share", _listed((chosen.own_share["staff"], chosen.own_share["head"]))
    yield "period_share", _listed((chosen.period_share["quarter"], chosen.period_share["year"]))
    yield "minimum_raters", _listed(_by_rater(chosen.minimum_raters))
    weights = chosen.rater_weights.items()
    groups = (f"{made.word('group', g)} {_listed(_by_rater(w))}" for g, w in weights)
    yield "rater_weights", "; ".join(groups)
    yield "grades", "; ".join(f"{g.names[language]} {g.start:g}" for g in chosen.grades)
    yield "ladder", "; ".join(rule.actions[language] for rule in chosen.ladder)


def _by_rater(values: Mapping[str, float]) -> list[float]:
    return [values[rater] for rater in RATERS]


def _listed(numbers: Iterable[float]) -> str:
    return " / ".join(f"{number:g}" for number in numbers)
