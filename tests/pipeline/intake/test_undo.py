"""Receipts, and taking back exactly the rows of one: the raw files are then as they were."""

from __future__ import annotations

import hashlib
import json
import signal
from datetime import date, datetime
from pathlib import Path

import pytest

from gevinst.cli import main
from gevinst.intake import IntakeError, read_core
from gevinst.intake.receipts import Block, read_receipts, without
from gevinst.intake.undo import UndoError, undo
from tests.pipeline.intake.test_append import NUMBERS, VALID, add, content, number, rows, source
from tests.pipeline.intake.test_writers import ADD, ADD_AT_ONCE, DIE, finish, start

CHANGES = "registry/municipality_changes.csv"


def test_a_receipt_says_what_was_added_where_when_and_from_which_file(raw_dir: Path) -> None:
    done = add(raw_dir, rows("organisation_numbers", number(1), number(2)), inputs={"ark.xlsx": "ab" * 32})
    (receipt,) = read_receipts(raw_dir)
    assert receipt == done.receipt
    assert (receipt.who, receipt.inputs, receipt.row_count) == ("a test", {"ark.xlsx": "ab" * 32}, 2)
    (block,) = receipt.blocks
    assert (block.file, block.table, block.row_count) == (NUMBERS, "organisation_numbers", 2)
    assert content(raw_dir)[NUMBERS].decode().endswith(block.text)
    assert content(raw_dir)[NUMBERS].decode().splitlines()[block.first_line - 1].startswith(VALID[1])
    assert datetime.fromisoformat(receipt.made_at).date() == date.today()


def test_what_was_added_last_is_taken_back_to_the_byte_and_that_is_a_receipt(raw_dir: Path) -> None:
    before = content(raw_dir)
    add(raw_dir, rows("organisation_numbers", number(1)), rows("sources", source("ny")))
    taken, done = undo(raw_dir)
    assert content(raw_dir) == before
    assert (taken.row_count, done.undoes) == (2, taken.receipt_id)
    assert [one.receipt_id for one in read_receipts(raw_dir)] == [taken.receipt_id, done.receipt_id]
    with pytest.raises(UndoError, match="nothing to undo"):
        undo(raw_dir)
    with pytest.raises(UndoError, match=f"taken back before .receipt {done.receipt_id}"):
        undo(raw_dir, taken.receipt_id)
    with pytest.raises(UndoError, match="receipt of an undoing; import the file again"):
        undo(raw_dir, done.receipt_id)
    add(raw_dir, rows("organisation_numbers", number(1)))
    assert len({one.receipt_id for one in read_receipts(raw_dir)}) == 3, "no id is used twice"


@pytest.mark.slow
@pytest.mark.parametrize("first", [0, 1, 2])
def test_rows_are_taken_back_in_any_order(raw_dir: Path, first: int) -> None:
    before = content(raw_dir)
    made = [add(raw_dir, rows("organisation_numbers", number(n))).receipt for n in range(3)]
    order = [made[first], *(one for n, one in enumerate(made) if n != first)]
    for place, one in enumerate(order):
        assert one is not None
        undo(raw_dir, one.receipt_id)
        assert content(raw_dir)[NUMBERS].count(b"\n") == before[NUMBERS].count(b"\n") + 2 - place
    assert content(raw_dir) == before


@pytest.mark.slow
@pytest.mark.parametrize("ending", [b"", b"\r\n"])
def test_line_ends_are_those_of_before(raw_dir: Path, ending: bytes) -> None:
    path = raw_dir / NUMBERS
    lines = path.read_bytes().rstrip(b"\n").replace(b"\n", b"\r\n" if ending else b"\n") + ending
    path.write_bytes(lines)
    first = add(raw_dir, rows("organisation_numbers", number(1))).receipt
    second = add(raw_dir, rows("organisation_numbers", number(2))).receipt
    assert first and second
    undo(raw_dir, first.receipt_id)
    assert len(read_core(raw_dir).tables["organisation_numbers"]) == lines.count(b"\n") + (0 if ending else 1)
    undo(raw_dir, second.receipt_id)
    assert path.read_bytes().rstrip() == lines.rstrip()


def test_a_row_that_later_rows_rest_on_stays_and_they_are_named(raw_dir: Path) -> None:
    first = add(raw_dir, rows("sources", source("ny"))).receipt
    add(raw_dir, rows("organisation_numbers", number(1, source_id="ny")))
    lines = content(raw_dir)[NUMBERS].decode().splitlines()
    before = content(raw_dir)
    assert first
    with pytest.raises(IntakeError) as caught:
        undo(raw_dir, first.receipt_id)
    (finding,) = caught.value.findings
    assert (finding.file, finding.row_number, finding.value) == (NUMBERS, len(lines), "ny")
    assert f"bygger på en som ville blitt tatt tilbake med {first.receipt_id}" in finding.reason_nb
    assert content(raw_dir) == before and len(read_receipts(raw_dir)) == 2
    undo(raw_dir)
    undo(raw_dir, first.receipt_id)


@pytest.mark.slow
def test_a_row_that_somebody_edited_stays(raw_dir: Path) -> None:
    add(raw_dir, rows("organisation_numbers", number(1)))
    path = raw_dir / NUMBERS
    path.write_text(path.read_text(encoding="utf-8").replace("Prøve 1", "Prøve en"), encoding="utf-8")
    with pytest.raises(UndoError, match="were edited since"):
        undo(raw_dir)


@pytest.mark.slow
def test_a_year_that_the_rows_made_is_gone_again(raw_dir: Path) -> None:
    before = content(raw_dir)
    values = {
        "assessment_round_id": "2031-evaluering",
        "assessment_year": "2031",
        **{f"name_{language}": "Evaluering 2031" for language in ("nb", "en")},
        **{f"method_{language}": "Lest." for language in ("nb", "en")},
        "assessor_role_code": "evaluator",
        "source_id": "kommunekoder-1994-2024",
        "source_locator": "rad 1",
    }
    add(raw_dir, rows("assessment_rounds", values, year=2031))
    assert (raw_dir / "evaluations" / "2031").is_dir()
    undo(raw_dir)
    assert content(raw_dir) == before
    assert not (raw_dir / "evaluations" / "2031").exists()


@pytest.mark.slow
def test_two_importers_at_once_and_an_undo_of_each_leave_the_files_as_they_were(raw_dir: Path) -> None:
    before = content(raw_dir)
    finish([start("-c", ADD_AT_ONCE, raw_dir, *VALID[:2])])
    assert len(read_receipts(raw_dir)) == 2
    undo(raw_dir)
    undo(raw_dir)
    assert content(raw_dir) == before


@pytest.mark.slow
def test_an_importer_killed_between_two_files_is_completed_and_taken_back(raw_dir: Path) -> None:
    before = content(raw_dir)
    process = start("-c", DIE, raw_dir, VALID[1])
    process.communicate(timeout=300)
    assert process.returncode == -signal.SIGKILL
    taken, _ = undo(raw_dir)
    assert taken.row_count == 2, "the receipt was in the change"
    assert content(raw_dir) == before


UNDO_DIES = """
import os, signal, sys
from pathlib import Path
from gevinst.intake import journal
from gevinst.intake.undo import undo
real = os.replace
def dies(source, target):
    real(source, target)
    if str(target).endswith(".csv"):
        os.kill(os.getpid(), signal.SIGKILL)
journal.os.replace = dies
undo(Path(sys.argv[1]))
"""


@pytest.mark.slow
def test_an_undo_killed_between_two_files_is_completed_by_whoever_comes_next(raw_dir: Path) -> None:
    before = content(raw_dir)
    add(raw_dir, rows("organisation_numbers", number(1)), rows("sources", source("ny")))
    process = start("-c", UNDO_DIES, raw_dir)
    process.communicate(timeout=300)
    assert process.returncode == -signal.SIGKILL
    assert content(raw_dir) != before
    finish([start("-c", ADD, raw_dir, VALID[5])])
    undo(raw_dir)
    assert content(raw_dir) == before


def test_the_command_lists_receipts_and_takes_one_back_in_both_languages(
    raw_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done = add(raw_dir, rows("organisation_numbers", number(1)), inputs={"a.csv": hashlib.sha256(b"a").hexdigest()})
    assert done.receipt
    at = ["--raw-dir", str(raw_dir)]
    assert main(["undo", "--list", *at]) == 0
    out = capsys.readouterr().out
    assert f"{done.receipt.receipt_id}  " in out and "a test: én rad" in out and "a.csv  sha256 ca978112" in out
    assert main(["undo", "--language", "en", *at]) == 0
    assert f"One row of {done.receipt.receipt_id} was taken back." in capsys.readouterr().out
    assert main(["undo", *at]) == 1
    assert "det er ingenting å ta tilbake" in capsys.readouterr().err
    main(["undo", "--list", *at])
    assert f"tatt tilbake med {read_receipts(raw_dir)[1].receipt_id}" in capsys.readouterr().out


def test_a_receipt_reads_back_as_it_was_written(raw_dir: Path) -> None:
    done = add(raw_dir, rows("organisation_numbers", number(1, registered_name="Æ, «ø»\nå"))).receipt
    assert done and read_receipts(raw_dir) == [done]
    assert str(Path.home()) not in json.dumps(done.content().decode()), "no path of a machine"


def test_rows_are_found_at_the_start_of_a_line_only() -> None:
    block = Block("a.csv", "a", 2, 1, "1,b\n")
    assert without(b"x,y\n11,b\n", block) is None
    assert without(b"x,y\n1,b\n2,c\n", block) == b"x,y\n2,c\n"
