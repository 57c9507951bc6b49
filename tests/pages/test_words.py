import pytest

from data.language import LANGUAGES
from pages.shared import words
from pages.shared.words import later, literal, plural, preferred, speaking, text


def test_the_english_sentence_is_what_english_readers_see():
    with speaking("en"):
        assert text("Sign in") == "Sign in"


def test_a_sentence_is_said_in_the_readers_language():
    with speaking("zh-Hant"):
        assert text("Sign in") == "登入"
    with speaking("zh-Hans"):
        assert text("Sign in") == "登录"


def test_a_sentence_without_translation_is_shown_in_english():
    with speaking("zh-Hant"):
        assert text("No catalogue has this") == "No catalogue has this"


def test_values_are_filled_in():
    with speaking("en"):
        assert text("Q{quarter} {year}", quarter=2, year=2026) == "Q2 2026"
    with speaking("zh-Hant"):
        assert text("Q{quarter} {year}", quarter=2, year=2026) == "2026年第2季"


def test_a_value_with_braces_is_not_filled_in_again():
    with speaking("en"):
        assert text("Year {year}", year="{year}") == "Year {year}"


@pytest.mark.parametrize(("count", "said"), [(1, "1 file"), (2, "2 files"), (0, "0 files")])
def test_english_has_a_singular(count, said):
    with speaking("en"):
        assert plural("{count} file", "{count} files", count) == said


def test_chinese_has_one_form():
    one = "Too many attempts. Please try again in {count} minute."
    with speaking("zh-Hans"):
        said = [plural(one, "many", count) for count in (1, 15)]
    assert said == ["尝试次数过多，请在 1 分钟后再试。", "尝试次数过多，请在 15 分钟后再试。"]


def test_later_gives_the_sentence_back_untranslated():
    with speaking("zh-Hant"):
        assert later("Overview") == "Overview"


def test_speaking_ends_with_its_block():
    with speaking("en"):
        with speaking("zh-Hans"):
            pass
        assert words.language() == "en"


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("zh-TW,zh;q=0.9,en;q=0.8", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh-Hant-MO,en", "zh-Hant"),
        ("zh-CN,zh;q=0.9", "zh-Hans"),
        ("zh", "zh-Hans"),
        ("zh-Hans-SG", "zh-Hans"),
        ("en-US,en;q=0.5", "en"),
        ("de-DE,en;q=0.5", "en"),
        ("fr", "zh-Hant"),
        ("", "zh-Hant"),
        (";;,,*", "zh-Hant"),
    ],
)
def test_the_first_visit_speaks_the_browsers_language(accept, language):
    assert preferred(None, accept) == language


def test_a_language_chosen_before_wins():
    assert preferred("zh-Hans", "en") == "zh-Hans"


def test_an_unknown_language_in_the_cookie_is_ignored():
    assert preferred("tlh", "en") == "en"


@pytest.mark.parametrize("sign", list("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"))
def test_every_mark_of_markdown_is_escaped(sign):
    assert literal(f"a{sign}b").replace("\u2060", "") == f"a\\{sign}b"


@pytest.mark.parametrize("said", ["->", "<-", "--", ":streamlit:", "http://x", "www.x"])
def test_what_streamlit_would_turn_into_something_else_is_parted(said):
    assert literal(said).count("\u2060") == 1
    assert literal(said).replace("\u2060", "").replace("\\", "") == said


def test_line_breaks_in_data_do_not_start_a_new_paragraph():
    assert literal("one\n\n# two") == "one \\# two"


def test_letters_and_digits_of_any_script_stay():
    assert literal("銷售部 2026 Q3 é") == "銷售部 2026 Q3 é"


def test_every_language_has_a_locale_for_numbers_and_dates():
    assert [words.locale(tag).language for tag in LANGUAGES] == ["zh", "zh", "en"]
