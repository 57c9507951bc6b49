"""What can be wrong with a file, as facts; the words for it are looked up by code.

LoadError
└── RefusedFile    the file cannot be loaded as it is; carries every problem found
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from loaders.codes import CODES, CONTENTS, DETAILS, EXPECTED, Wording

Severity = Literal["error", "warning"]
SHOWN = 80
"""Characters of a cell that a message repeats."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One fact about a file that its reader should know; `str()` says it in English."""

    code: str
    file: str
    severity: Severity = "error"
    sheet: str | None = None
    row: int | None = None
    "As Excel counts: the first row is 1. In a CSV file the line."
    column: str | None = None
    "The letter Excel shows."
    header: str | None = None
    found: str | None = None
    "What the cell showed, cut at `SHOWN` characters."
    expected: str | None = None
    "A key of `codes.EXPECTED`."
    facts: tuple[tuple[str, str], ...] = ()
    "Further values the sentence of the code names."

    def __str__(self) -> str:
        return f"{self.place()}: {self.sentence()} {self.advice()}".rstrip()

    def sentence(self) -> str:
        """What is wrong, in English."""
        return self._wording().sentence.format_map(self.words())

    def advice(self) -> str:
        """What to do about it, in English; empty where nothing has to be done."""
        return self._wording().advice.format_map(self.words())

    def place(self) -> str:
        """File, sheet, cell and header, as far as they are known."""
        parts = [self.file]
        if self.sheet is not None:
            parts.append(f"sheet '{self.sheet}'")
        if cell := self.cell():
            parts.append(cell)
        return ", ".join(parts)

    def cell(self) -> str:
        """'G7' for a cell, 'row 7' or 'column G' where only one is known, else nothing."""
        if self.row is not None and self.column is not None:
            return f"{self.column}{self.row}"
        if self.row is not None:
            return f"row {self.row}"
        return f"column {self.column}" if self.column is not None else ""

    def words(self) -> Mapping[str, str]:
        """What the sentence of the code may name; a fact that is not there reads '?'."""
        words = _Words(
            found=f"'{self.found}'" if self.found is not None else "an empty cell",
            expected=EXPECTED.get(self.expected or "", self.expected or "?"),
            header=f"'{self.header}'" if self.header is not None else "the cell",
        )
        words.update(self.facts)
        words["actual"] = CONTENTS.get(words["actual"], words["actual"])
        if detail := DETAILS.get(words["detail"]):
            words["detail"] = detail.format_map(words)
        return words

    def _wording(self) -> Wording:
        return CODES.get(self.code, Wording(self.code))

    def as_json(self) -> dict[str, Any]:
        """The fields and the English text, for reports and for the child process."""
        return {**asdict(self), "facts": dict(self.facts), "text": str(self)}


def problem_from_json(fields: Mapping[str, Any]) -> Problem:
    """The problem that `Problem.as_json` described."""
    known = {name: fields[name] for name in Problem.__dataclass_fields__ if name in fields}
    return Problem(**{**known, "facts": tuple(dict(fields.get("facts") or {}).items())})


def wrong_type(file: str, actual: str) -> Problem:
    """The problem of a file whose content, a key of `codes.CONTENTS`, is not loaded."""
    return Problem(code="WRONG_TYPE", file=file, expected="workbook", facts=(("actual", actual),))


def shown(value: object) -> str:
    """`value` as a message repeats it: one line, no control characters, at most `SHOWN` long."""
    text = "".join(c if c.isprintable() else " " for c in str(value))
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


class LoadError(Exception):
    """Whatever stops a load for a reason a person can act on."""


class RefusedFile(LoadError):
    """The file cannot be loaded as it is; `problems` says everything that was found."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class _Words(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"
