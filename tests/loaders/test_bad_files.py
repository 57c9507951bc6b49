"""The corpus of hostile and awkward files: gate and reader judge its containers as it asks."""

import importlib.util
import json
import sys

import pytest

from loaders.gate import inspect
from loaders.limits import Limits
from loaders.problem import RefusedFile
from loaders.reader import read_sheets

CATEGORIES = {"baseline", "container", "xml", "geometry", "active", "masquerade", "csv", "filename"}
LATER = {"number_garbage", "csv_header_only", "csv_excel_mangled_ids"}
"""Whose fault only the columns' types can tell."""


@pytest.fixture(scope="module")
def corpus(shared, tmp_path_factory):
    """The folder of made files and what is asked of each."""
    source = shared / "badfiles/make_badfiles.py"
    if not source.is_file():
        pytest.skip("the maker of bad files is absent")
    spec = importlib.util.spec_from_file_location("make_badfiles", source)
    maker = importlib.util.module_from_spec(spec)
    folder = tmp_path_factory.mktemp("badfiles")
    given, sys.argv = sys.argv, [str(source), str(folder)]
    try:
        spec.loader.exec_module(maker)
        maker.main()
    finally:
        sys.argv = given
    listed = json.loads((folder / "manifest.json").read_text("utf-8"))["files"]
    return folder, [entry for entry in listed if entry["category"] in CATEGORIES]


def verdict(path, name):
    try:
        container = inspect(path, name, Limits(rows=200_000))
        for _ in read_sheets(path, container):
            pass
    except RefusedFile as refused:
        return "rejected-with-message", [problem.code for problem in refused.problems]
    warnings = [warning.code for warning in container.warnings]
    return ("accepted-with-warnings" if warnings else "accepted"), warnings


@pytest.mark.long
def test_every_container_is_judged_as_it_should_be(corpus):
    folder, entries = corpus
    wrong = []
    for entry in entries:
        given, codes = verdict(folder / entry["file"], entry["upload_name"] or entry["file"])
        if given not in {entry["verdict"], *entry["alt_verdicts"]} and entry["id"] not in LATER:
            wrong.append((entry["id"], given, codes))
    assert wrong == []


@pytest.mark.long
def test_refusals_bear_the_code_that_is_asked_for(corpus):
    folder, entries = corpus
    refused = [entry for entry in entries if entry["verdict"] == "rejected-with-message"]
    exact = [
        entry
        for entry in refused
        if entry["code"] in verdict(folder / entry["file"], entry["upload_name"])[1]
    ]
    assert len(exact) >= 0.9 * len(refused)
