"""The sentences that the pages say: from their source, the loaders' codes and the indicators."""

import ast
from collections.abc import Iterator
from pathlib import Path

from kpi.catalog import catalog
from loaders.codes import CODES, CONTENTS, DETAILS, EXPECTED

PAGES = Path(__file__).resolve().parents[2] / "pages"
SAYING = {"text", "plural", "later"}


def sentences() -> dict[str, list[str]]:
    """Each sentence with the files that say it."""
    found: dict[str, list[str]] = {}
    for path in sorted(PAGES.rglob("*.py")):
        for sentence in _said_in(ast.parse(path.read_text("utf-8"))):
            found.setdefault(sentence, []).append(str(path.relative_to(PAGES)))
    for sentence in _about_files():
        found.setdefault(sentence, []).append("loaders.codes")
    for indicator in catalog().indicators.values():
        found.setdefault(indicator.source, []).append(f"kpi.indicators, {indicator.key}")
    return found


def _about_files() -> Iterator[str]:
    for wording in CODES.values():
        yield wording.sentence
        if wording.advice:
            yield wording.advice
    for declared in (EXPECTED, CONTENTS, DETAILS):
        yield from declared.values()


def _said_in(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            first = node.args[0] if node.func.id in SAYING and node.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value
