"""Rules of the house that no linter knows; a failure lists every file that breaks one."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parent.parent
ROOMS = ("data", "loaders", "kpi", "pages")
SOURCES = sorted(path for room in ROOMS for path in (HOUSE / room).rglob("*.py"))
PAGES = [path for path in SOURCES if path.is_relative_to(HOUSE / "pages")]
WRITTEN = {".py", ".md", ".toml", ".sql", ".po", ".css", ".js"}


def texts() -> list[Path]:
    """Every text file that is part of the repository, but for this one."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=HOUSE, capture_output=True, text=True, check=True
    )
    paths = [HOUSE / name for name in listed.stdout.split("\0") if name]
    return [p for p in paths if p.suffix in WRITTEN and p.exists() and p != Path(__file__)]


def with_text(paths: list[Path], pattern: str) -> list[str]:
    """The paths whose text has a match, relative to the house."""
    wanted = re.compile(pattern, re.MULTILINE)
    return [str(p.relative_to(HOUSE)) for p in paths if wanted.search(p.read_text("utf-8"))]


@pytest.mark.parametrize("room", ["data", "kpi", "loaders"])
def test_a_room_behind_the_screen_does_not_load_the_screen(room):
    code = (
        f"import importlib, pkgutil, sys, {room}\n"
        f"for m in pkgutil.walk_packages({room}.__path__, '{room}.'):\n"
        "    if not m.name.endswith('__main__'): importlib.import_module(m.name)\n"
        "print([m for m in ('streamlit', 'plotly', 'altair', 'starlette') if m in sys.modules])\n"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=HOUSE, capture_output=True, text=True, check=True
    )
    assert loaded.stdout.strip() == "[]"


def test_no_module_is_named_after_nothing():
    empty = {"utils", "helpers", "common", "manager", "misc", "base"}
    assert [str(path) for path in SOURCES if path.stem in empty] == []


def test_a_module_stays_within_one_subject():
    assert [str(p) for p in SOURCES if len(p.read_text("utf-8").splitlines()) > 500] == []


def test_colours_are_named_in_the_theme_alone():
    pages = [path for path in PAGES if path.name != "theme.py"]
    assert with_text(pages, r"#[0-9A-Fa-f]{6}\b") == []


def test_no_page_offers_files_over_public_links():
    assert with_text(PAGES, r"st\.download_button\(") == []


def test_no_page_caches_rows_for_everybody():
    assert with_text(PAGES, r"cache_data") == []


def test_no_text_names_one_machine_or_an_unfinished_part():
    assert with_text(texts(), r"/work/|/tmp/[a-z]|\b(TODO|FIXME|XXX)\b") == []


def test_nothing_behind_the_door_imports_the_door():
    assert with_text(SOURCES, r"^\s*(from|import) app\b") == []
