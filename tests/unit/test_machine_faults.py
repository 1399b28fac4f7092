"""What the machine refuses is one sentence with place and remedy, whichever library has wrapped it how often."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path
from types import SimpleNamespace

import duckdb
import polars as pl
import pytest

from gevinst.bilingual import LANGUAGES
from gevinst.errors import GevinstError
from gevinst.machine_faults import machine_fault
from gevinst.warehouse import WarehouseError

PLACE = "/srv/gevinst/marts"
CANNOT_OPEN = RuntimeError(
    "(sqlite3.OperationalError) unable to open database file (at: https://sqlalche.me/e/21/e3q8)"
)


def state(free: int, flag: int = 0) -> SimpleNamespace:
    """What the system says of a file system."""
    return SimpleNamespace(f_bavail=free, f_blocks=10**6, f_bfree=10**6, f_frsize=4096, f_flag=flag)


def raised(error: BaseException, *wrapped_in: BaseException) -> BaseException:
    """The error as it arrives: raised, and raised from by each of the others in turn."""
    for outer in wrapped_in:
        try:
            raise outer from error
        except BaseException as caught:
            error = caught
    return error


def refusal(number: int) -> OSError:
    return OSError(number, os.strerror(number), PLACE)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (refusal(errno.ENOSPC), "The disk is full"),
        (refusal(errno.EDQUOT), "The disk is full"),
        (refusal(errno.EROFS), f"The file system with {PLACE} can only be read. Make it writable"),
        (refusal(errno.EACCES), f"cannot read or write {PLACE}. Give it access"),
        (refusal(errno.ENOENT), f"This does not exist: {PLACE}. Put it in place"),
        (refusal(errno.ENOTDIR), f"A file stands where a folder should be, or the reverse: {PLACE}. Move it"),
        (refusal(errno.EMFILE), "Too many files are open. Raise the limit"),
        (refusal(errno.ELOOP), f"A link leads back to itself: {PLACE}."),
        (refusal(errno.EIO), f"The disk answered with an error: {PLACE}."),
        (refusal(errno.ENOMEM), "The memory is used up."),
        (MemoryError(), "The memory is used up."),
        (ImportError("libx.so: failed to map segment from shared object"), "The memory is used up."),
        (duckdb.IOException(f'Could not write file "{PLACE}/x.duckdb": No space left on device'), "The disk is full"),
        (pl.exceptions.ComputeError("No space left on device (os error 28)"), "The disk is full"),
        (RuntimeError("(sqlite3.OperationalError) database or disk is full"), "The disk is full"),
        (RuntimeError("attempt to write a readonly database"), "can only be read"),
    ],
)
def test_a_refusal_is_said_with_place_and_remedy_in_both_languages(error: BaseException, said: str) -> None:
    for one in (error, raised(error, RuntimeError("step failed"), ValueError("and again"))):
        fault = machine_fault(one)
        assert fault is not None
        assert said in str(fault)
        nb, en = (fault.message(language) for language in LANGUAGES)
        assert nb != en
        assert "{" not in nb + en and "\n" not in nb + en


def test_a_full_disk_says_how_much_is_free_and_how_much_to_free() -> None:
    fault = machine_fault(OSError(errno.ENOSPC, "full", os.getcwd()))
    assert fault is not None
    assert "MB) and" in str(fault) and "Free at least 200 MB" in str(fault)


@pytest.mark.parametrize(
    "text",
    [
        "(sqlite3.OperationalError) disk I/O error (Background on this error at: https://sqlalche.me/e/21/e3q8)",
        "disk I/O error",
        "Input/output error (os error 5)",
        "read/write failed: Input/output error",
    ],
)
def test_a_stroke_within_words_begins_no_place(text: str) -> None:
    fault = machine_fault(RuntimeError(text))
    assert fault is not None and "with an error: a place on the machine." in str(fault)


@pytest.mark.parametrize("before", ["", "file ", '"', "'", "«", "(", "[", "path=", "file:"])
def test_a_place_is_found_whatever_sign_stands_before_it(before: str) -> None:
    fault = machine_fault(RuntimeError(f"Input/output error\n{before}{PLACE}: nothing more"))
    assert fault is not None and f"with an error: {PLACE}." in str(fault)


def test_a_name_that_is_too_long_is_cut() -> None:
    fault = machine_fault(OSError(errno.ENAMETOOLONG, "too long", "/" + "x" * 5000))
    assert fault is not None
    assert len(str(fault)) < 500 and "…" in str(fault)


@pytest.mark.parametrize("error", [ValueError("a block is missing"), KeyError("heading"), ZeroDivisionError()])
def test_a_fault_of_the_program_is_none_of_the_machine(error: BaseException) -> None:
    assert machine_fault(raised(error, RuntimeError("step failed"))) is None


def test_a_sentence_about_a_file_is_kept_unless_the_disk_or_memory_is_behind_it() -> None:
    own = GevinstError("projects.csv is missing; put it in place")
    assert machine_fault(raised(refusal(errno.ENOENT), own)) is None
    full = machine_fault(raised(refusal(errno.ENOSPC), WarehouseError("table x was not written")))
    assert full is not None and "The disk is full" in str(full)


def test_making_a_folder_that_is_refused_says_why_and_not_that_it_is_absent() -> None:
    fault = machine_fault(raised(refusal(errno.ENOENT), refusal(errno.EROFS)))
    assert fault is not None and "can only be read" in str(fault)


def test_where_nobody_names_the_place_it_is_the_fullest_that_the_program_writes_to(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "marts").mkdir()
    monkeypatch.setenv("GEVINST_MARTS_DIR", str(tmp_path / "marts"))
    free = {str(tmp_path / "marts"): 0}
    monkeypatch.setattr(os, "statvfs", lambda place: state(free.get(str(place), 10**6)))
    for full in (OSError(errno.ENOSPC, "full"), CANNOT_OPEN):
        fault = machine_fault(full)
        assert fault is not None and f"{tmp_path}/marts could not be written" in str(fault)
    free.clear()
    fault = machine_fault(OSError(errno.ENOSPC, "full"))
    assert fault is not None and "a place on the machine could not be written" in str(fault)


def test_a_database_that_cannot_be_opened_says_why_where_a_place_shows_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    flags = {str(tmp_path): os.ST_RDONLY}
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    monkeypatch.setattr(os, "statvfs", lambda place: state(10**6, flags.get(str(place), 0)))
    fault = machine_fault(CANNOT_OPEN)
    assert fault is not None and f"The file system with {tmp_path} can only be read" in str(fault)
    flags.clear()
    fault = machine_fault(CANNOT_OPEN)
    assert fault is not None and "cannot read or write a place on the machine. Give it access" in str(fault)


@pytest.mark.parametrize(
    "text",
    [
        "(sqlite3.OperationalError) disk I/O error (Background on this error at: https://sqlalche.me/e/21/e3q8)",
        "No space left on device; see https://duckdb.org/docs/configuration",
        "Permission denied, HTTP://EXAMPLE.NO/HELP says why",
        "Read-only file system\n  http://127.0.0.1:3000/runs/1\n",
        "database or disk is full <https://docs.pola.rs/user-guide/>",
    ],
)
def test_an_address_where_an_error_is_explained_is_no_place_of_this_machine(text: str) -> None:
    fault = machine_fault(RuntimeError(text))
    assert fault is not None
    assert not re.search(r"sqlalche|duckdb|example|3000|pola", str(fault), re.IGNORECASE)
    assert "//" not in str(fault)
