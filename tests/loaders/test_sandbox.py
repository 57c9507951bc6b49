"""A file can end the child process in any way it likes: the parent gets a reason."""

import time

import pytest

from loaders.limits import Limits
from loaders.problem import RefusedFile
from loaders.sandbox import run
from tests.loaders.package_parts import number_rows, write_sheet


def ask(tmp_path, task, *, progress=None, limits=None, **request):
    return run(
        f"tests.loaders.child_tasks.{task}",
        {"name": "三月.xlsx", **request},
        limits=limits or Limits(),
        progress=progress,
        workdir=tmp_path,
    )


def refusal(tmp_path, task, **options):
    with pytest.raises(RefusedFile) as caught:
        ask(tmp_path, task, **options)
    (problem,) = caught.value.problems
    return problem


def test_the_answer_comes_back(tmp_path):
    assert ask(tmp_path, "echo", number=5) == {"name": "三月.xlsx", "number": 5}


def test_progress_is_told_and_ends_with_all(tmp_path):
    heard = []
    ask(tmp_path, "echo", progress=heard.append)
    assert heard[-1] == 1.0


def test_problems_of_the_file_come_back_as_they_are(tmp_path):
    problem = refusal(tmp_path, "refuse")
    assert (problem.code, problem.file, problem.sheet) == ("NO_DATA", "三月.xlsx", "3月")


def test_too_much_memory_is_a_refusal(tmp_path):
    problem = refusal(tmp_path, "allocate", bytes=10**12)
    assert problem.code == "OUT_OF_MEMORY"
    assert "3072 MB" in str(problem)


def test_a_loop_ends_with_the_processor_time(tmp_path):
    assert refusal(tmp_path, "loop", limits=Limits(cpu_seconds=1)).code == "TIME_LIMIT"


def test_waiting_ends_with_the_wall_time(tmp_path):
    began = time.monotonic()
    assert refusal(tmp_path, "sleep", limits=Limits(wall_seconds=1)).code == "TIME_LIMIT"
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    ("signal", "code"),
    [("SIGABRT", "PARSER_DIED"), ("SIGSEGV", "PARSER_DIED"), ("SIGKILL", "OUT_OF_MEMORY")],
)
def test_a_death_by_signal_is_a_refusal(tmp_path, signal, code):
    problem = refusal(tmp_path, "die", signal=signal)
    assert (problem.code, problem.file) == (code, "三月.xlsx")


def test_an_end_without_an_answer_is_a_refusal(tmp_path):
    assert "ended with 3" in str(refusal(tmp_path, "leave"))


def test_a_mistake_of_ours_is_no_traceback_either(tmp_path):
    problem = refusal(tmp_path, "fail")
    assert (problem.code, dict(problem.facts)["reason"]) == ("PARSER_DIED", "KeyError")


def test_files_the_child_writes_have_a_limit(tmp_path):
    path = str(tmp_path / "large")
    limits = Limits(output_bytes=1 << 20)
    problem = refusal(tmp_path, "write", path=path, bytes=5 << 20, limits=limits)
    assert problem.code == "OUTPUT_LIMIT"


def test_the_child_inherits_no_secrets(tmp_path, monkeypatch):
    monkeypatch.setenv("SESSION_SECRET", "x")
    assert "SESSION_SECRET" not in ask(tmp_path, "environment")


def test_the_child_loads_neither_screen_nor_database(tmp_path):
    assert not {"streamlit", "duckdb", "pandas"}.intersection(ask(tmp_path, "modules"))


def test_who_stops_listening_stops_the_child(tmp_path):
    def stop(_share):
        raise KeyboardInterrupt

    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        ask(tmp_path, "sleep", progress=stop)
    assert time.monotonic() - began < 10


def test_a_reader_that_aborts_is_a_refusal(tmp_path):
    corner = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    book = write_sheet(tmp_path / "book.xlsx", number_rows(3) + corner)
    assert refusal(tmp_path, "load_without_gate", path=str(book)).code == "OUT_OF_MEMORY"


def test_with_the_gate_before_it_the_same_file_is_named_for_its_cell(tmp_path):
    corner = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    book = write_sheet(tmp_path / "book.xlsx", number_rows(3) + corner)
    problem = refusal(tmp_path, "load", path=str(book))
    assert problem.code == "STRAY_CELLS"
    assert "column XFD" in str(problem)


def test_a_reader_that_panics_is_a_refusal(tmp_path, shared):
    path = str(shared / "data/weird/apache-poi/Simple.xlsb")
    assert refusal(tmp_path, "load_without_gate", path=path).code in ("NOT_READABLE", "PARSER_DIED")
