"""Badges of the intake: colour, mark and word of a job's state or of a delivery."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from loaders.job_row import Job, Step
from pages.shared.markup import safe
from pages.shared.words import later, text

Tone = Literal["green", "amber", "red", "none", "ready"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """One badge; the word is an English sentence of the catalogue."""

    tone: Tone
    mark: str
    word: str

    def html(self) -> str:
        return (
            f'<span class="heng-status heng-{self.tone}"><span aria-hidden="true">{self.mark}'
            f"</span> {safe(text(self.word))}</span>"
        )


WAITING = Badge(tone="none", mark="…", word=later("Waiting"))
READING = Badge(tone="none", mark="↻", word=later("Being read"))
READY = Badge(tone="ready", mark="→", word=later("Ready to load"))
KNOWN = Badge(tone="none", mark="=", word=later("Loaded before"))
REFUSED = Badge(tone="red", mark="✖", word=later("Not loaded"))
LOADING = Badge(tone="none", mark="↻", word=later("Being loaded"))
LOADED = Badge(tone="green", mark="✔", word=later("Loaded"))
UNDONE = Badge(tone="none", mark="↶", word=later("Undone"))
FAILED = Badge(tone="red", mark="!", word=later("Failed"))

_STATES: Mapping[str, Badge] = MappingProxyType(
    {
        "queued": WAITING,
        "reading": READING,
        "checked": READY,
        "refused": REFUSED,
        "committing": LOADING,
        "committed": LOADED,
        "failed": FAILED,
    }
)
_STEPS: Mapping[Step, str] = MappingProxyType(
    {
        "waiting": later("Waiting for its turn"),
        "reading": later("Reading and checking the file"),
        "comparing": later("Comparing with what is there"),
        "saving": later("Loading the rows"),
        "refreshing": later("Bringing the results up to date"),
    }
)
_SHARES: Mapping[Step, tuple[float, float]] = MappingProxyType(
    {
        "waiting": (0.0, 0.0),
        "reading": (0.02, 0.88),
        "comparing": (0.9, 0.08),
        "saving": (0.1, 0.3),
        "refreshing": (0.5, 0.4),
    }
)
"""Where on the bar a step begins, and how much of the bar it is."""


def of_job(job: Job) -> Badge:
    """The badge of a job's state."""
    if job.state in ("checked", "committed") and job.report.get("status") == "already_loaded":
        return KNOWN
    return _STATES[job.state]


def is_moving(job: Job) -> bool:
    """Whether the job will go on by itself."""
    return job.state in ("queued", "reading", "committing")


def can_load(job: Job) -> bool:
    """Whether the job waits for somebody to say that it be loaded."""
    return of_job(job) is READY


def step(job: Job) -> str:
    """What is being done, as a sentence."""
    return text(_STEPS[job.step or "waiting"])


def share(job: Job) -> float:
    """How far it has come, 0 to 1."""
    begin, length = _SHARES[job.step or "waiting"]
    return begin + length * min(max(job.progress, 0.0), 1.0)
