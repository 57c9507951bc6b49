"""Facts: the few figures a page opens with, each with what it means beneath."""

from collections.abc import Iterable
from dataclasses import dataclass

from pages.shared.markup import safe, status
from pages.shared.theme import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A figure with its name."""

    title: str
    figure: str
    note: str = ""
    """A sentence on what it means, or why it is missing."""
    status: Status | None = None
    word: str | None = None
    """In place of the status's own word."""


def facts(shown: Iterable[Fact]) -> str:
    """The figures side by side, or two to a line on a narrow screen."""
    return f'<dl class="heng-facts">{"".join(map(_fact, shown))}</dl>'


def _fact(fact: Fact) -> str:
    mark = status(fact.status, fact.word) if fact.status else ""
    note = f"<dd><small>{safe(fact.note)}</small></dd>" if fact.note else ""
    return (
        f"<div><dt>{safe(fact.title)}</dt><dd><strong>{safe(fact.figure)}</strong>{mark}</dd>"
        f"{note}</div>"
    )
