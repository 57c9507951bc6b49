"""The catalogues against the sentences in the source."""

import re
import unicodedata

import pytest
from babel.messages.pofile import read_po

from pages.shared.words import LOCALES, catalogue
from tests.pages.catalogue import sentences

CHINESE = ["zh-Hant", "zh-Hans"]
SPECIMENS = {"zh-Hant": "专业业务项数资导审绩达标", "zh-Hans": "專業務項數資導審績達標"}
"""Letters of the other script that mistakes are made of."""


@pytest.mark.parametrize("tag", CHINESE)
def test_every_sentence_has_a_translation(tag):
    missing = {said: files for said, files in sentences().items() if said not in catalogue(tag)}
    assert missing == {}


@pytest.mark.parametrize("tag", CHINESE)
def test_no_translation_is_left_over(tag):
    assert set(catalogue(tag)) - set(sentences()) == set()


@pytest.mark.parametrize("tag", CHINESE)
def test_a_translation_fills_in_what_its_sentence_fills_in(tag):
    wrong = {
        said: translated
        for said, translated in catalogue(tag).items()
        if set(re.findall(r"\{\w+\}", said)) != set(re.findall(r"\{\w+\}", translated))
    }
    assert wrong == {}


@pytest.mark.parametrize("tag", CHINESE)
def test_no_sentence_is_translated_twice(tag):
    seen: dict[str, str] = {}
    twice = []
    for path in sorted((LOCALES / tag / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file):
                key = message.id if isinstance(message.id, str) else message.id[0]
                if key and seen.setdefault(key, path.name) != path.name:
                    twice.append((key, seen[key], path.name))
    assert twice == []


@pytest.mark.parametrize("tag", CHINESE)
def test_the_letters_are_of_the_right_script(tag):
    wrong = [said for said in catalogue(tag).values() if set(said) & set(SPECIMENS[tag])]
    assert wrong == []


@pytest.mark.parametrize("tag", CHINESE)
def test_traditional_and_simplified_catalogues_say_the_same_things(tag):
    assert set(catalogue(tag)) == set(catalogue("zh-Hant"))


@pytest.mark.parametrize("tag", CHINESE)
def test_a_chinese_sentence_contains_chinese(tag):
    def is_chinese(said: str) -> bool:
        return any(unicodedata.category(letter) == "Lo" for letter in said)

    names = re.compile(r"\{\w+\}|[\W\d_]|xlsx|csv|pdf|kpi|spi|cpi|nps", re.IGNORECASE)
    wrong = [s for s in catalogue(tag).values() if names.sub("", s) and not is_chinese(s)]
    assert wrong == []
