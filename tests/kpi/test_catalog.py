"""The catalogue refuses what is wrong before anything is computed, all of it at once."""

import shutil

import pytest

from data.contract import departments
from data.language import LANGUAGES
from kpi import fact
from kpi.catalog import CatalogError, UnknownIndicator, catalog, read_catalog
from kpi.clause import clauses

FIRST_SET = {
    *("sales_attainment_rate", "sales_growth_rate", "new_customer_attainment_rate"),
    *("perfect_order_rate", "sales_gross_margin_rate", "nps", "brand_awareness_rate"),
    *("service_csat", "first_response_on_time_rate", "complaint_on_time_resolution_rate"),
    *("complaint_rate_per_1000", "it_ticket_on_time_rate", "rd_milestone_on_time_rate"),
    *("budget_deviation_rate", "expense_ratio", "project_on_time_rate", "task_on_time_rate"),
    *("schedule_performance_index", "cost_performance_index", "audit_rectification_on_time_rate"),
    *("risk_treatment_on_time_rate", "risk_within_appetite_rate", "rating_professional_skill"),
    *("rating_communication", "rating_teamwork", "rating_responsibility", "rating_dedication"),
    "rating_initiative",
}

GOOD = """
[tasks_in_time]
name = { en = "Tasks", zh-Hant = "任務", zh-Hans = "任务" }
definition = { en = "Tasks.", zh-Hant = "任務。", zh-Hans = "任务。" }
clause = "3.2.1"
dimension = "performance"
scored_for = "all"
owner = "operations"
fact = "project_tasks"
date = "due_on"
numerator = "count(*) filter (where done_in_time)"
denominator = "count(*)"
kind = "ratio"
unit = "percent"
direction = "higher"
scoring = { method = "attainment_higher" }
target = 0.9
empty = "Z1"
source = "PMI"
"""


@pytest.fixture
def facts(tmp_path):
    return shutil.copytree(fact.FOLDER, tmp_path / "facts")


@pytest.fixture
def indicators(tmp_path):
    folder = tmp_path / "indicators"
    folder.mkdir()
    return folder


def faults_of(facts, indicators, text=GOOD):
    (indicators / "given.toml").write_text(text, "utf-8")
    with pytest.raises(CatalogError) as refused:
        read_catalog(facts, indicators)
    return refused.value.faults


def test_the_first_set_is_there_and_nothing_else():
    assert set(catalog().indicators) == FIRST_SET


def test_every_indicator_serves_a_clause_of_the_regulation():
    assert {i.clause for i in catalog().indicators.values()} <= set(clauses())


def test_every_indicator_has_three_names_that_are_each_its_own():
    for tag in LANGUAGES:
        names = [i.names[tag] for i in catalog().indicators.values()]
        assert len(set(names)) == len(names)


def test_every_department_is_scored_in_every_dimension():
    for department in departments():
        found = {i.dimension for i in catalog().scored_for(department)}
        assert found == {"performance", "capability", "attitude"}


def test_the_regulation_has_42_working_clauses_and_4_principles():
    assert sum(clause.is_working for clause in clauses().values()) == 42
    assert len(clauses()) == 46


def test_a_good_indicator_is_read(facts, indicators):
    (indicators / "given.toml").write_text(GOOD, "utf-8")
    assert list(read_catalog(facts, indicators).indicators) == ["tasks_in_time"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('owner = "operations"', 'ownr = "operations"', "Did you mean 'owner'?"),
        ('owner = "operations"', "", "missing key 'owner'"),
        ('owner = "operations"', 'owner = "operation"', "Did you mean 'operations'?"),
        (', zh-Hans = "任务" }', " }", "name: no text in zh-Hans"),
        ('fact = "project_tasks"', 'fact = "project_task"', "Did you mean 'project_tasks'?"),
        ('date = "due_on"', 'date = "done_on"', "date: 'done_on' is not one of due_on"),
        ('date = "due_on"', "", "date: None is not one of due_on"),
        ("done_in_time)", "done_on_time)", "no column 'done_on_time'. Did you mean 'done_in_time'"),
        ('denominator = "count(*)"', 'denominator = "task_id"', "aggregates nothing"),
        ('denominator = "count(*)"', 'denominator = "max(task_id)"', "does not add up over months"),
        ('"count(*)"', '"count(distinct project_id)"', "does not add up over months"),
        ('denominator = "count(*)"', 'denominator = "median(due_on)"', "portable subset"),
        ('denominator = "count(*)"', 'denominator = "sum("', "is not readable as SQL"),
        ('denominator = "count(*)"', "", "a total, and only a total, has no denominator"),
        ('kind = "ratio"', 'kind = "closing"', "has no period_kind and period_start"),
        ('kind = "ratio"', 'kind = "ratios"', "Did you mean 'ratio'?"),
        ('direction = "higher"', 'direction = "lower"', "does not fit the direction 'lower'"),
        ('direction = "higher"', 'direction = "context"', "what is context is not scored"),
        ("target = 0.9", "target = 0.9\nfloor = 0.95", "do not agree with the direction"),
        ("target = 0.9", 'answers_for_company = ["it"]', "answers_for_company: 'it' is not among"),
        ('empty = "Z1"', 'empty = "Z9"', "empty: 'Z9' is not known"),
        ('date = "due_on"', 'date = "due_on"\nfilter = "count(*) > 1"', "about single rows"),
    ],
)
def test_what_is_wrong_with_an_indicator_is_told_with_its_name(facts, indicators, old, new, words):
    assert old in GOOD
    faults = faults_of(facts, indicators, GOOD.replace(old, new, 1))
    assert any(words in fault for fault in faults)
    assert all(fault.startswith("given.toml, tasks_in_time: ") for fault in faults)


def test_every_fault_of_every_indicator_is_told_at_once(facts, indicators):
    twice = GOOD.replace('empty = "Z1"', "") + GOOD.replace("tasks_in_time", "other").replace(
        'unit = "percent"', 'unit = "per cent"'
    )
    assert len(faults_of(facts, indicators, twice)) == 2


def test_a_key_in_two_files_is_refused(facts, indicators):
    (indicators / "first.toml").write_text(GOOD, "utf-8")
    assert faults_of(facts, indicators) == ["given.toml, tasks_in_time: is declared twice"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("-- Grain: ", "-- Grane: ", "no comment '-- Grain: ...'"),
        ("-- Datasets: audit_findings", "-- Datasets: audit_finding", "Did you mean 'audit_findi"),
        ("(finding_id)", "(finding)", "audit_findings has no column 'finding'"),
        ("from audit_findings as", "from audit_finding as", "Did you mean 'audit_findings'?"),
        ("findings.dept as department_id", "findings.dept", "has no column department_id"),
        ("findings.due_date as due_on", "findings.due_date", "needs a date column"),
        ("    findings.finding_id,\n", "", "no output column 'finding_id'"),
        ("    findings.batch_id,\n", "", "has batch_id, sheet, row_number"),
        ("findings.finding_id", "findings.findingid as finding_id", "audit_findings.sql"),
        ("findings.due_date as", "dayofweek(findings.due_date) as", "portable subset"),
        ("select", "selec", "is not readable as SQL"),
    ],
)
def test_what_is_wrong_with_a_fact_is_told_with_its_file(facts, indicators, old, new, words):
    path = facts / "audit_findings.sql"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    faults = faults_of(facts, indicators)
    assert any(words in fault and fault.startswith("audit_findings.sql") for fault in faults)


def test_an_unknown_indicator_names_the_nearest():
    with pytest.raises(UnknownIndicator, match="Did you mean 'cost_performance_index'"):
        catalog().indicator("cost_perfomance_index")


def test_the_signature_changes_with_a_formula(facts, indicators):
    (indicators / "given.toml").write_text(GOOD, "utf-8")
    before = read_catalog(facts, indicators).signature
    (indicators / "given.toml").write_text(GOOD.replace("0.9", "0.8"), "utf-8")
    assert read_catalog(facts, indicators).signature != before
