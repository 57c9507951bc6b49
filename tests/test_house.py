"""Rules of the house that no linter knows."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parent.parent
ROOMS = ("data", "loaders", "kpi", "pages")
PAGES = sorted((HOUSE / "pages").rglob("*.py"))
SOURCES = sorted(path for room in ROOMS for path in (HOUSE / room).rglob("*.py"))
TRACKED = [
    HOUSE / name
    for name in subprocess.run(
        ["git", "ls-files"], cwd=HOUSE, capture_output=True, text=True, check=True
    ).stdout.splitlines()
]
TEXTS = [p for p in TRACKED if p.suffix in {".py", ".md", ".toml", ".sql", ".po", ".css", ".js"}]


def relative(path: Path) -> str:
    return str(path.relative_to(HOUSE))


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


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_no_module_is_named_after_nothing(path):
    assert path.stem not in {"utils", "helpers", "common", "manager", "misc", "base"}


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_a_module_stays_within_one_subject(path):
    assert len(path.read_text("utf-8").splitlines()) <= 500


@pytest.mark.parametrize("path", PAGES, ids=relative)
def test_colours_are_named_in_the_theme_alone(path):
    if path.name != "theme.py":
        assert not re.search(r"#[0-9A-Fa-f]{6}\b", path.read_text("utf-8"))


@pytest.mark.parametrize("path", PAGES, ids=relative)
def test_no_page_offers_files_over_public_links(path):
    assert "download_button" not in path.read_text("utf-8")


@pytest.mark.parametrize("path", TEXTS, ids=relative)
def test_no_text_names_one_machine_or_an_unfinished_part(path):
    if path == Path(__file__).resolve():
        return
    text = path.read_text("utf-8")
    assert not re.search(r"/work/|/tmp/heng|TODO|FIXME|XXX", text)


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_nothing_behind_the_door_imports_the_door(path):
    assert not re.search(r"^\s*(from|import) app\b", path.read_text("utf-8"), re.MULTILINE)
