"""What stands around the pages, and the words Streamlit shows itself."""

import re

import pytest

from data.accounts import Account
from data.language import LANGUAGES
from pages.web import chrome, shell
from pages.web.assets import address, assets
from tests.pages.test_catalogues import SPECIMENS

ODD = Account(
    login="x",
    name='<b>"Chan"</b>',
    email=None,
    language="en",
    role="department_head",
    department_id="sales",
    employee_id=None,
)
ENTRIES = [e for place in chrome.declared() for e in (*place["words"], *place["patterns"])]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_shell_is_in_the_language(tag):
    assert f'<html lang="{tag}">' in shell.page(ODD, tag)
    assert address(f"shell-{tag}.js") in shell.page(ODD, tag)


def test_a_name_is_shown_letter_by_letter():
    assert "<b>" not in shell.page(ODD, "en")
    assert "&lt;b&gt;" in shell.page(ODD, "en")


def test_the_shell_names_role_and_department():
    assert "Sales · Department head" in shell.page(ODD, "en")


def test_no_script_stands_in_the_page_and_nothing_comes_from_elsewhere():
    page = shell.page(ODD, "zh-Hant")
    assert re.findall(r"<script(?![^>]*\bsrc=)", page) == []
    assert re.findall(r'(?:src|href)="(?!/)', page) == []


def test_the_shell_does_not_point_at_what_is_shut():
    assert "_stcore/agent" not in shell.page(ODD, "en")


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_asset_the_shell_asks_for_is_there(tag):
    named = re.findall(r'"/assets/[0-9a-f]+/([^"]+)"', shell.page(ODD, tag))
    assert set(named) <= set(assets())
    assert len(named) >= 4


def test_every_word_of_streamlit_has_both_chinese_forms():
    assert all(len(entry) == 3 and all(entry) for entry in ENTRIES)


@pytest.mark.parametrize(("column", "tag"), [(1, "zh-Hant"), (2, "zh-Hans")])
def test_the_words_are_of_the_right_script(column, tag):
    assert [entry for entry in ENTRIES if set(entry[column]) & set(SPECIMENS[tag])] == []


def test_every_pattern_fills_in_groups_that_it_has():
    for place in chrome.declared():
        for english, *translated in place["patterns"]:
            groups = re.compile(english).groups
            used = {int(mark) for words in translated for mark in re.findall(r"\$(\d)", words)}
            assert all(mark <= groups for mark in used), english


def test_english_needs_no_words():
    assert "var PLACES = [];" in assets()["shell-en.js"].decode()


@pytest.mark.parametrize("tag", LANGUAGES)
def test_no_mark_of_the_template_is_left(tag):
    assert "__" not in assets()[f"shell-{tag}.js"].decode()
