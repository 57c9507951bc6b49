"""Problems of a file in the reader's language: what is wrong, where, and what to do about it.

The sentences are those of loaders.codes; the catalogues hold them by their English wording. What
comes out is plain text that repeats cells of the file: escape it before it is put anywhere.
"""

from collections.abc import Mapping
from types import MappingProxyType

from data.contract import contracts
from loaders.codes import CODES, CONTENTS, DETAILS, EXPECTED, Wording
from loaders.problem import Problem, Severity
from pages.shared import figures
from pages.shared.theme import Status
from pages.shared.words import later, named, text

STATUS: Mapping[Severity, Status] = MappingProxyType({"error": "red", "warning": "amber"})
"""How a severity is marked."""
WORDS: Mapping[Severity, str] = MappingProxyType(
    {"error": later("Error"), "warning": later("Warning")}
)

_UNKNOWN = "?"
_COUNTED = ("count", "limit", "size", "offset", "fields", "table")
_DATASETS = ("dataset", "nearest", "candidates")


def sentence(problem: Problem) -> str:
    """What is wrong."""
    if (check := _check(problem)) is not None:
        return check
    return text(_wording(problem).sentence).format_map(_facts(problem))


def advice(problem: Problem) -> str:
    """What the reader can do; empty where nothing has to be done."""
    wording = _wording(problem)
    return text(wording.advice).format_map(_facts(problem)) if wording.advice else ""


def expected(problem: Problem) -> str:
    """What should have stood there; empty where the problem does not say."""
    key = problem.expected or ""
    return text(EXPECTED[key]) if key in EXPECTED else ""


def cell(problem: Problem) -> str:
    """`G7`, `row 7` or `column G`, as far as it is known."""
    if problem.row is not None and problem.column is not None:
        return f"{problem.column}{problem.row}"
    if problem.row is not None:
        return text("row {row}", row=problem.row)
    return text("column {column}", column=problem.column) if problem.column is not None else ""


def quoted(value: str) -> str:
    """Words of the file as the language quotes them."""
    return text("‘{words}’", words=value)


def _wording(problem: Problem) -> Wording:
    return CODES.get(problem.code, Wording(problem.code))


def _check(problem: Problem) -> str | None:
    """The words of a dataset's own check, which its contract has in every language."""
    facts = dict(problem.facts)
    known = contracts().get(facts.get("dataset", ""))
    if problem.code != "CHECK_FAILED" or known is None:
        return None
    return next((named(c.words) for c in known.checks if c.name == facts.get("check")), None)


def _facts(problem: Problem) -> Mapping[str, str]:
    """What the sentence of a code may name; a fact that is not there reads `?`."""
    found = problem.found
    facts = _Facts(
        found=quoted(found) if found is not None else text("an empty cell"),
        expected=expected(problem) or problem.expected or _UNKNOWN,
        header=quoted(problem.header) if problem.header is not None else text("the cell"),
    )
    facts.update({key: _fact(key, value) for key, value in problem.facts})
    facts["actual"] = text(CONTENTS.get(facts["actual"], facts["actual"]))
    if detail := DETAILS.get(facts["detail"]):
        facts["detail"] = text(detail).format_map(facts)
    return facts


def _fact(key: str, value: str) -> str:
    if key in _COUNTED and value.isdecimal():
        return figures.number(int(value))
    if key in _DATASETS:
        known = contracts()
        names = (named(known[one].names) if one in known else one for one in value.split(", "))
        return text(", ").join(names)
    return value


class _Facts(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return _UNKNOWN
