"""The marked workbook: what a file's sender gets back to put right.

The user's own sheets with every faulty cell coloured and a note on it, and in front a list of all
problems with links to the cells. Put right and saved, it loads like any other workbook.
"""

import shutil
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from loaders import sandbox
from loaders.codes import EXPECTED
from loaders.limits import DEFAULT, Limits
from loaders.marked.mark import Kept
from loaders.problem import Problem, RefusedFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """How a marked workbook speaks of problems; `language` chooses the list's own words."""

    language: str
    sentence: Callable[[Problem], str]
    """What is wrong."""
    advice: Callable[[Problem], str]
    """What to do about it; may be empty."""
    expected: Callable[[Problem], str]
    """What should have stood there; may be empty."""
    cell: Callable[[Problem], str]
    """G7, row 7 or column G."""


ENGLISH = Words(
    language="en",
    sentence=Problem.sentence,
    advice=Problem.advice,
    expected=lambda problem: EXPECTED.get(problem.expected or "", ""),
    cell=Problem.cell,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A marked workbook that was written."""

    path: Path
    cells: int
    """How many are coloured."""
    kept: Kept
    """What it holds of the file: its sheets as they are (a text file's cells), the values of
    their cells, or nothing where the file cannot be opened."""


def annotate(
    path: Path,
    name: str,
    problems: Sequence[Problem],
    out: Path,
    *,
    words: Words = ENGLISH,
    errors: int | None = None,
    warnings: int | None = None,
    limits: Limits = DEFAULT,
    progress: Callable[[float], None] | None = None,
) -> Marked:
    """Write the marked workbook of a file to `out`, in a child process; `out` is replaced whole.

    `name` is what the person called the file; `errors` and `warnings` count all of them where
    `problems` are only the first. A file that cannot be opened, or not within the limits, gives
    a workbook of the list alone.
    """
    with TemporaryDirectory(prefix="heng-") as folder:
        made = Path(folder, "marked.xlsx")
        request = {
            "path": str(path.resolve()),
            "name": name,
            "folder": folder,
            "out": str(made),
            "limits": asdict(limits),
            **_listing(problems, words, errors, warnings),
        }
        try:
            answer = _run(request, limits, progress)
        except RefusedFile:
            answer = _run({**request, "path": None}, limits, progress)
        _put(made, out)
    return Marked(path=out, cells=answer["marked"], kept=answer["kept"])


def _run(
    request: dict[str, Any], limits: Limits, progress: Callable[[float], None] | None
) -> dict[str, Any]:
    answer: dict[str, Any] = sandbox.run(
        "loaders.marked.mark.mark",
        request,
        limits=limits,
        progress=progress,
        workdir=Path(request["folder"]),
    )
    return answer


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def _listing(
    problems: Sequence[Problem], words: Words, errors: int | None, warnings: int | None
) -> dict[str, Any]:
    said, tag = _words(), words.language
    counted = {
        "errors": _count(problems, "error") if errors is None else errors,
        "warnings": _count(problems, "warning") if warnings is None else warnings,
    }
    return {
        "sheet_name": said["sheet"][tag],
        "title": said["title"][tag],
        "head": [names[tag] for names in said["head"]],
        "remarks": {
            "all": list(_remarks(len(problems), counted, tag)),
            "values": [said["remarks"]["values"][tag]],
            "nothing": [said["remarks"]["nothing"][tag]],
        },
        "lines": [_line(problem, words) for problem in problems],
    }


def _remarks(listed: int, counted: dict[str, int], tag: str) -> Iterator[str]:
    remarks = _words()["remarks"]
    if not any(counted.values()):
        yield remarks["none"][tag]
        return
    first = remarks["first"][tag].format(listed=listed) if sum(counted.values()) > listed else ""
    yield " ".join(filter(None, (remarks["counts"][tag].format(**counted), first)))
    yield remarks["next"][tag]


def _line(problem: Problem, words: Words) -> dict[str, Any]:
    sentence, advice = words.sentence(problem), words.advice(problem)
    return {
        "severity": problem.severity,
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "texts": [
            _words()[problem.severity][words.language],
            problem.sheet or "",
            words.cell(problem),
            problem.header or "",
            problem.found or "",
            words.expected(problem),
            sentence,
            advice,
        ],
        "note": " ".join(filter(None, (sentence, advice))),
    }


def _count(problems: Sequence[Problem], severity: Literal["error", "warning"]) -> int:
    return sum(problem.severity == severity for problem in problems)


def _put(made: Path, out: Path) -> None:
    """Move the workbook to where it is wanted, whole or not at all."""
    partial = out.with_name(f"{out.name}.partial")
    try:
        shutil.move(made, partial)
        partial.replace(out)
    finally:
        partial.unlink(missing_ok=True)
