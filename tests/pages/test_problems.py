import string

import pytest

from data.contract import contracts
from loaders.codes import CODES, CONTENTS, DETAILS, EXPECTED
from loaders.problem import Problem, wrong_type
from pages.shared import problems
from pages.shared.words import catalogue, speaking

CHINESE = ("zh-Hant", "zh-Hans")
SENTENCES = sorted(
    {w for one in CODES.values() for w in (one.sentence, one.advice) if w}
    | set(EXPECTED.values())
    | set(CONTENTS.values())
    | set(DETAILS.values())
)


def facts_named_in(sentence):
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("tag", CHINESE)
@pytest.mark.parametrize("sentence", SENTENCES)
def test_every_sentence_about_a_file_is_translated_with_the_same_facts(sentence, tag):
    said = catalogue(tag).get(sentence)
    assert said, sentence
    assert facts_named_in(said) == facts_named_in(sentence)


@pytest.mark.parametrize("tag", ("en", *CHINESE))
@pytest.mark.parametrize("code", sorted(CODES))
def test_a_problem_without_any_fact_still_has_words(code, tag):
    with speaking(tag):
        assert problems.sentence(Problem(code=code, file="a.xlsx"))


def bad_amount():
    return Problem(
        code="BAD_NUMBER",
        file="訂單.xlsx",
        sheet="銷售訂單",
        row=7,
        column="E",
        header="銷售金額",
        found="一百",
        expected="amount",
    )


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("en", "‘一百’ is not an amount such as 1,234.50."),
        ("zh-Hant", "「一百」不是金額，例如 1,234.50。"),
        ("zh-Hans", "“一百”不是金额，例如 1,234.50。"),
    ],
)
def test_the_sentence_repeats_the_cell_and_says_what_was_expected(tag, said):
    with speaking(tag):
        assert problems.sentence(bad_amount()) == said


def test_the_cell_is_named_as_excel_names_it():
    with speaking("zh-Hant"):
        assert problems.cell(bad_amount()) == "E7"
        assert problems.cell(Problem(code="NO_DATA", file="a", row=7)) == "第 7 列"
        assert problems.cell(Problem(code="NO_DATA", file="a", column="E")) == "E 欄"
        assert problems.cell(Problem(code="NO_DATA", file="a")) == ""


def test_datasets_are_called_by_their_names():
    nearest = Problem(code="WRONG_TEMPLATE", file="a", facts=(("nearest", "sales_orders"),))
    with speaking("zh-Hans"):
        assert "“销售订单”" in problems.sentence(nearest)


def test_several_datasets_are_all_called_by_their_names():
    facts = (("candidates", "sales_orders, sales_targets"),)
    with speaking("en"):
        said = problems.sentence(Problem(code="AMBIGUOUS_DATASET", file="a", facts=facts))
    assert said == "The columns fit more than one table: Sales orders, Sales targets."


def test_large_numbers_are_written_as_numbers():
    facts = (("size", "200000000"), ("limit", "157286400"))
    with speaking("en"):
        said = problems.sentence(Problem(code="FILE_TOO_LARGE", file="a", facts=facts))
    assert "200,000,000" in said
    assert "157,286,400" in said


def test_what_the_content_is_and_what_broke_it_are_translated_too():
    with speaking("zh-Hant"):
        assert "PDF 文件" in problems.sentence(wrong_type("a.xlsx", "pdf"))
        facts = (("detail", "row_twice"), ("row", "7"))
        broken = Problem(code="BAD_PACKAGE", file="a", facts=facts)
        assert problems.sentence(broken) == "活頁簿的結構有誤：第 7 列出現兩次。"


def test_a_dataset_s_own_check_speaks_the_reader_s_language():
    check = contracts()["service_tickets"].checks[0]
    facts = (
        ("check", check.name),
        ("dataset", "service_tickets"),
        ("detail", check.words["en"]),
    )
    failed = Problem(code="CHECK_FAILED", file="a", facts=facts)
    with speaking("zh-Hant"):
        assert problems.sentence(failed) == check.words["zh-Hant"]


def test_braces_in_a_cell_are_repeated_as_they_stand():
    tricky = Problem(code="BAD_NUMBER", file="a", found="{file}", expected="number")
    with speaking("en"):
        assert problems.sentence(tricky) == "‘{file}’ is not a number such as 12.5."


def test_an_unknown_code_is_shown_as_it_is():
    with speaking("zh-Hant"):
        assert problems.sentence(Problem(code="NEW_CODE", file="a")) == "NEW_CODE"
