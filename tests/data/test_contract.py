import pytest

from data.contract import (
    SQL_TYPES,
    ContractError,
    _faults,
    contract,
    contracts,
    departments,
    every_department,
)
from data.language import LANGUAGES

EVERY_COLUMN = [(d, c) for d, known in contracts().items() for c in known.columns]


@pytest.mark.parametrize("dataset", contracts())
def test_a_key_is_made_of_the_datasets_columns(dataset):
    known = contracts()[dataset]
    assert known.key
    assert set(known.key) <= set(known.columns)


@pytest.mark.parametrize("dataset", contracts())
def test_no_header_names_two_columns(dataset):
    seen: dict[str, str] = {}
    for name, column in contracts()[dataset].columns.items():
        for header in column.headers:
            assert seen.setdefault(header.casefold(), name) == name, header


@pytest.mark.parametrize(("dataset", "column"), EVERY_COLUMN)
def test_a_column_has_a_name_in_each_language(dataset, column):
    names = contracts()[dataset].columns[column].names
    assert all(names[tag].strip() for tag in LANGUAGES)


def test_there_are_fourteen_datasets():
    assert len(contracts()) == 14


def test_seven_departments_are_scored():
    assert len(departments()) == 7


def test_an_unknown_dataset_names_the_nearest():
    with pytest.raises(KeyError, match="sales_orders"):
        contract("sale_orders")


def test_every_fault_of_a_contract_is_listed():
    names = {"en": "A", "zh-Hant": "甲", "zh-Hans": "甲"}
    faults = _faults(
        {
            "grain": "one row per thing",
            "name": names,
            "owner": "nobody",
            "cadence": "monthly",
            "key": ["missing"],
            "covers": {},
            "columns": {"a": {**names, "type": "money"}},
        }
    )
    assert len(faults) == 3


def test_every_type_is_used_by_some_contract():
    used = {column.type for known in contracts().values() for column in known.columns.values()}
    assert used == set(SQL_TYPES)


@pytest.mark.parametrize(
    ("language", "words"), [("zh-Hant", "部門負責人"), ("zh-Hans", "部门负责人"), ("en", "Head")]
)
def test_a_choice_is_spelled_in_each_language(language, words):
    column = contract("employees").columns["role_group"]
    assert column.spelled("head", language) == words
    assert column.spelled("not a choice", language) == "not a choice"


def test_a_language_without_names_is_refused_by_file_and_key(monkeypatch):
    monkeypatch.setattr("data.contract.LANGUAGES", (*LANGUAGES, "ja"))
    with pytest.raises(ContractError, match=r"departments.toml: sales: no name in ja"):
        every_department.__wrapped__()
