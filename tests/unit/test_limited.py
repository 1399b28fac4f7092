"""A file of others that takes too much, or breaks its reader, ends in one sentence; the next one is read."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from gevinst import limited
from gevinst.errors import EvaluatorError, GevinstError
from gevinst.findings import Finding, IntakeError
from gevinst.formats.errors import ExchangeError
from gevinst.limited import LimitError, in_child

ERRORS = (
    GevinstError("in English", "på norsk"),
    EvaluatorError("på norsk", "in English"),
    IntakeError([Finding("a.xlsx", "galt.", "wrong.", 7, "name_nb", "x", "Ark", "B7")]),
    ExchangeError("no_layout", file="a.json", name="x", known="y"),
    LimitError("på norsk", "in English"),
)


def fail(number: int) -> None:
    raise ERRORS[number]


def end(how: str) -> object:
    match how:
        case "memory":
            return len(bytearray(limited.MEMORY))
        case "abort":
            os.abort()
        case "exit":
            os._exit(3)
        case "depth":
            return end(how)
        case "unforeseen":
            return {}["x"]
        case "error that cannot be sent":
            error = ValueError("x")
            error.file = open(os.devnull)  # type: ignore[attr-defined]  # noqa: SIM115
            raise error
        case _:
            print("said on the way")
            return "read"


def spin() -> None:
    while True:
        pass


def where() -> tuple[str, int]:
    return str(Path.cwd()), os.getpid()


def named() -> str | None:
    return os.environ.get("GEVINST_WORKSPACE")


def child_limits(seconds: int) -> None:
    """Make the limit of the process that runs this smaller."""
    limited.SECONDS = seconds


@pytest.mark.parametrize("number", range(len(ERRORS)))
def test_an_error_that_a_person_can_fix_comes_through_as_it_is(number: int) -> None:
    with pytest.raises(type(ERRORS[number])) as caught:
        in_child(fail, number)
    assert [caught.value.message(language) for language in ("nb", "en")] == [
        ERRORS[number].message(language) for language in ("nb", "en")
    ]
    assert getattr(caught.value, "findings", None) == getattr(ERRORS[number], "findings", None)


@pytest.mark.parametrize("how", ["memory", "abort", "exit", "depth", "unforeseen", "error that cannot be sent"])
def test_what_breaks_the_reader_is_one_sentence_and_the_next_file_is_read(how: str) -> None:
    with pytest.raises(LimitError) as caught:
        in_child(end, how)
    assert "\n" not in str(caught.value)
    assert in_child(end, "well") == "read"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of processor time for a process")
def test_what_never_ends_is_ended_by_its_processor_time() -> None:
    in_child(child_limits, 1)
    with pytest.raises(LimitError, match="more than 60 seconds"):
        in_child(spin)
    assert in_child(end, "well") == "read"


def test_what_never_ends_is_ended_by_the_clock_where_nothing_else_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limited, "WAIT", 1)
    with pytest.raises(LimitError, match="divide the file"):
        in_child(time.sleep, 600)
    monkeypatch.undo()
    assert in_child(end, "well") == "read"


def test_files_are_read_in_another_process_from_the_folder_one_stands_in_and_in_the_same_one_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (folder, first), (_, second) = in_child(where), in_child(where)
    assert folder == str(tmp_path) and first == second != os.getpid()


def test_a_file_is_read_with_the_environment_of_the_moment_and_not_of_the_process_that_began_the_reader(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    in_child(end, "well")
    monkeypatch.setenv("GEVINST_WORKSPACE", "now")
    assert in_child(os.getenv, "GEVINST_WORKSPACE") == "now"
    monkeypatch.delenv("GEVINST_WORKSPACE")
    assert in_child(os.getenv, "GEVINST_WORKSPACE") is None


def test_what_cannot_be_sent_is_a_mistake_of_ours_and_disturbs_no_later_file() -> None:
    with pytest.raises((AttributeError, TypeError)):
        in_child(lambda: None)
    assert in_child(end, "well") == "read"
