"""The one writer of raw files: rows go in whole, with everything that a run would check, or not at all."""

from __future__ import annotations

import csv
import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from gevinst.contracts import CORE
from gevinst.identifiers import is_organisation_number
from gevinst.intake import IntakeError, append, journal, read_core, read_csv
from gevinst.intake.append import Appended, NewRows, Step, append_rows
from gevinst.intake.journal import WriteError
from gevinst.intake.read_csv import FILE, ROW
from gevinst.quality import new_faults

NUMBERS = "reference/organisation_numbers.csv"
SOURCES = "registry/sources.csv"


_ALL = pl.DataFrame({"number": [str(n) for n in range(100_000_000, 100_001_000)]})  # real ones begin with 8 or 9
VALID = _ALL.filter(is_organisation_number("number"))["number"].to_list()


def number(n: int, **more: Any) -> dict[str, Any]:
    """The n-th of many rows of a table about which Great Expectations asks nothing."""
    return {
        "organisation_number": VALID[n],
        "registered_name": f"Prøve {n}",
        "source_id": "kommunekoder-1994-2024",
        "source_locator": f"rad {n}",
        **more,
    }


def source(name: str, **more: Any) -> dict[str, Any]:
    return {
        "source_id": name,
        "title": "Et dokument om prøver",
        "publisher": "Prøvekontoret",
        "document_type_code": "report",
        "accessed_on": "2026-11-20",
        "language_code": "nb",
        "is_partly_read": "true",
        **more,
    }


def rows(table: str, *given: Mapping[str, Any], year: int | None = None, file: str = "draft.csv") -> NewRows:
    frame = pl.DataFrame([{**row, FILE: file, ROW: place} for place, row in enumerate(given, 2)])
    return NewRows(table, frame, year)


def add(raw_dir: Path, *new: NewRows, **more: Any) -> Appended:
    return append_rows(raw_dir, new, who="a test", **more)


def content(folder: Path) -> dict[str, bytes]:
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {name: value for name, value in found.items() if not name.startswith(".")}


def refused(raw_dir: Path, *new: NewRows, language: str = "en") -> str:
    before = content(raw_dir)
    with pytest.raises((IntakeError, WriteError)) as error:
        add(raw_dir, *new)
    assert content(raw_dir) == before, "every byte is as it was"
    return error.value.message(language)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("x" * 20_001, "more than 20000 characters"),
        ("x" * 1_000_001, "more than 1000000 characters"),
        ("x\n" * 9_999, None),
    ],
)
def test_a_text_longer_than_what_is_read_is_refused_before_anything_is_written(
    raw_dir: Path, name: str, expected: str | None
) -> None:
    new = rows("organisation_numbers", number(1, registered_name=name))
    if expected:
        assert expected in refused(raw_dir, new)
    else:
        assert add(raw_dir, new).counts == {NUMBERS: 1}


def test_rows_that_would_make_a_file_larger_than_what_is_read_are_refused(
    raw_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    largest = max(path.stat().st_size for path in raw_dir.rglob("*.csv"))
    monkeypatch.setattr(read_csv, "_LARGEST_FILE", largest)
    many = [number(n % len(VALID), registered_name="x" * 20_000) for n in range(largest // 20_000 + 1)]
    assert add(raw_dir, rows("organisation_numbers", *many[:3]), only_check=True).counts == {NUMBERS: 3}
    assert f"{NUMBERS}: the file is larger than what is read" in refused(raw_dir, rows("organisation_numbers", *many))


def test_the_result_says_which_file_got_which_rows(raw_dir: Path) -> None:
    before = content(raw_dir)
    lines = before[NUMBERS].count(b"\n")
    done = add(raw_dir, rows("organisation_numbers", number(1), number(2)))
    assert [(one.file, one.table, one.first_line) for one in done.added] == [
        (NUMBERS, "organisation_numbers", lines + 1)
    ]
    assert done.added[0].rows["organisation_number"].to_list() == VALID[1:3]
    assert (done.new_files, done.notes) == ((), ())
    after = content(raw_dir)
    assert after[NUMBERS].splitlines()[lines:] == [
        f"{VALID[1]},Prøve 1,,kommunekoder-1994-2024,rad 1".encode(),
        f"{VALID[2]},Prøve 2,,kommunekoder-1994-2024,rad 2".encode(),
    ]
    assert after[NUMBERS].startswith(before[NUMBERS])
    assert {name for name in after if after[name] != before[name]} == {NUMBERS}


def test_a_row_that_a_critical_check_blocks_at_every_run_is_refused_with_its_place_fault_and_remedy(
    raw_dir: Path,
) -> None:
    bad = rows("sources", source("en-god"), source("Dårlig ID"), file="utkast/sources.csv")
    said = refused(raw_dir, bad)
    assert said == (
        "utkast/sources.csv, row 3, column source_id, value «Dårlig ID»: the id has other characters "
        "than small letters, digits and hyphens; write it like this: arsmelding-2026. Then try again (check "
        "sources_id_form)."
    )
    assert "kolonne source_id, verdi «Dårlig ID»: nøkkelen har annet enn små bokstaver, tall og bindestrek;" in refused(
        raw_dir, bad, language="nb"
    )


def test_every_check_that_needs_no_results_is_run(raw_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from gevinst.quality import ALL_TABLES, CORE_CHECKS, catalogue

    run: list[str] = []

    def remember(checks, *args, **more):
        run.extend(check.check_id for check in checks)
        return []

    before = read_core(raw_dir)
    changed = {name: frame.head(0) for name, frame in before.frames.items()}
    monkeypatch.setattr(catalogue, "run_checks", remember)
    new_faults(before.frames, changed)
    everywhere = {check.check_id for check in catalogue.ALL_CHECKS if check.table_name == ALL_TABLES}
    expected = {check.check_id for check in CORE_CHECKS} | everywhere
    # An empty table has no rows that could differ from none.
    empty = {name for name, frame in before.frames.items() if frame.is_empty()}
    of_empty = {check.check_id for check in catalogue.SUITE_CHECKS if check.table_name in empty}
    assert set(run) == expected - of_empty
    assert len(run) == len(set(run))


def test_all_faults_are_reported_at_once_with_the_place_that_each_row_came_from(raw_dir: Path) -> None:
    reported = refused(
        raw_dir,
        rows(
            "organisation_numbers",
            number(1, source_id="borte"),
            number(2),
            number(2),
            number(3, registered_name=None),
            number(4, organisation_number="820710592"),
            file="a.csv",
        ),
        rows("sources", source("ny", is_partly_read="kanskje"), source("nyere", language_code="xx"), file="b.csv"),
    ).splitlines()
    assert len(reported) == 6
    for place, fault in (
        ("a.csv, row 2, column source_id, value «borte»", "the value is not in sources"),
        ("a.csv, row 4, column organisation_number", "the key is already used in a.csv, row 3"),
        ("a.csv, row 5, column registered_name", "the value is missing"),
        ("a.csv, row 6, column organisation_number, value «820710592»", "the key is already used in reference/"),
        ("b.csv, row 2, column is_partly_read, value «kanskje»", "the value is not true or false"),
        ("b.csv, row 3, column language_code, value «xx»", "the code is not in code list"),
    ):
        assert [line for line in reported if line.startswith(place) and fault in line], (place, reported)


def test_a_rule_about_all_tables_or_across_them_names_row_column_and_value(raw_dir: Path) -> None:
    differs = source("ny", note_nb="Leste 12 av dem.", note_en="Read 21 of them.")
    wrong = number(2, organisation_number="100000000")
    reported = refused(raw_dir, rows("sources", differs), rows("organisation_numbers", number(1), wrong))
    assert "draft.csv, row 2, column note_nb, value «Leste 12 av dem.»: " in reported
    assert "row 3, column organisation_number, value «100000000»: the check digit" in reported
    assert "Then try again (check organisation_numbers_are_valid)." in reported


def test_a_fault_that_stood_there_before_keeps_nobody_out_and_hides_no_new_one(raw_dir: Path) -> None:
    path = raw_dir / SOURCES
    names = next(csv.reader(path.open(encoding="utf-8")))
    with path.open("a", encoding="utf-8", newline="") as file:
        for n in range(12):  # more than the ten keys that a result lists
            csv.writer(file, lineterminator="\n").writerow(source(f"A Gammel {n}").get(name, "") for name in names)
    add(raw_dir, rows("sources", source("ny-og-god", title="En helt annen tittel")))
    assert "value «Å Ny»" in refused(raw_dir, rows("sources", source("Å Ny", title="En tredje tittel")))


def test_a_warning_is_a_note_and_keeps_nothing_out(raw_dir: Path) -> None:
    done = add(raw_dir, rows("sources", source("ny", address="ikke en adresse")))
    assert [note.sentence() for note in done.notes] == [
        "draft.csv, row 2, column address, value «ikke en adresse»: the address has no domain name or has spaces, "
        "so that the link would be dead; write the whole address, such as example.no/report. Then try again (check "
        "sources_address_form)."
    ]
    assert done.notes[0].is_note


def test_checking_only_writes_and_locks_nothing_even_in_a_folder_that_cannot_be_written(raw_dir: Path) -> None:
    before = content(raw_dir)
    (raw_dir / journal.FOLDER).write_text("no place for a lock", encoding="utf-8")
    done = add(raw_dir, rows("organisation_numbers", number(1)), only_check=True)
    assert done.added[0].rows.height == 1
    assert content(raw_dir) == before


def test_an_empty_change_touches_nothing(raw_dir: Path) -> None:
    before = content(raw_dir)
    assert add(raw_dir) == Appended()
    assert add(raw_dir, NewRows("benefit_claims", pl.DataFrame(), 2031)) == Appended()
    assert content(raw_dir) == before and not (raw_dir / journal.FOLDER).exists()


def test_an_entirely_empty_row_is_refused_and_not_lost_in_silence(raw_dir: Path) -> None:
    empty = dict.fromkeys(number(1))
    assert "draft.csv, row 3: the row is empty" in refused(raw_dir, rows("organisation_numbers", number(1), empty))


@pytest.mark.slow
def test_two_additions_to_the_same_file_in_one_call_both_stand_there(raw_dir: Path) -> None:
    done = add(
        raw_dir, rows("organisation_numbers", number(1)), rows("organisation_numbers", number(2), file="other.csv")
    )
    assert [one.first_line - done.added[0].first_line for one in done.added] == [0, 1]
    assert set(VALID[1:3]) <= set(read_core(raw_dir).tables["organisation_numbers"]["organisation_number"])


def test_a_missing_last_line_break_gives_whole_rows(raw_dir: Path) -> None:
    path = raw_dir / NUMBERS
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    done = add(raw_dir, rows("organisation_numbers", number(1)))
    last = path.read_bytes().splitlines()
    assert len(last) == done.added[0].first_line and last[-1].startswith(VALID[1].encode())


@pytest.mark.slow
def test_line_ends_byte_order_mark_and_order_of_headings_stay_as_another_program_left_them(raw_dir: Path) -> None:
    path = raw_dir / NUMBERS
    frame = pl.read_csv(path, infer_schema=False)
    text = frame.select(reversed(frame.columns)).write_csv(line_terminator="\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    before = path.read_bytes()
    add(raw_dir, rows("organisation_numbers", number(1)))
    after = path.read_bytes()
    assert after == before + f"rad 1,kommunekoder-1994-2024,,Prøve 1,{VALID[1]}\r\n".encode()


def test_every_value_comes_back_as_it_was_given(raw_dir: Path) -> None:
    values = ["en\nto", 'sa «ja», "nei"', "a\r\nb", "a\tb", "=1+1", "; ,\t|", "#", "'"]
    given = [number(n, registered_name=value, source_locator=f"plass {n}") for n, value in enumerate(values)]
    add(raw_dir, rows("organisation_numbers", *given))
    found = read_core(raw_dir).tables["organisation_numbers"]
    by_number = dict(found.select("organisation_number", "registered_name").iter_rows())
    assert [by_number[row["organisation_number"]] for row in given] == [one.replace("\r\n", "\n") for one in values]


def test_a_fault_below_a_value_of_several_lines_is_still_led_back_to_its_row(raw_dir: Path) -> None:
    given = [
        number(1, registered_name="en\nto\ntre"),
        number(2, registered_name="a\r\nb"),
        number(3, source_id="borte"),
    ]
    assert "draft.csv, row 4, column source_id" in refused(raw_dir, rows("organisation_numbers", *given))


@pytest.mark.slow
def test_a_new_year_gets_every_evaluation_table_and_the_result_names_them(raw_dir: Path) -> None:
    given = {
        "assessment_round_id": "2031-evaluering",
        "assessment_year": 2031,
        "name_nb": "Evaluering 2031",
        "name_en": "Evaluation 2031",
        "assessor_role_code": "evaluator",
        "method_nb": "Intervjuer med eierne.",
        "method_en": "Interviews with the owners.",
        "source_id": "kommunekoder-1994-2024",
        "source_locator": "forsiden",
    }
    done = add(raw_dir, rows("assessment_rounds", given, year=2031))
    tables = {f"evaluations/2031/{table.name}.csv" for table in CORE if table.folder == "evaluations"}
    assert [one.file for one in done.added] == ["evaluations/2031/assessment_rounds.csv"]
    assert set(done.new_files) == tables - {"evaluations/2031/assessment_rounds.csv"}
    assert {name for name in content(raw_dir) if "/2031/" in name} == tables
    assert read_core(raw_dir).quarantine.is_empty()


def test_a_lost_file_is_named_and_never_made_in_silence(raw_dir: Path) -> None:
    (raw_dir / NUMBERS).unlink()
    assert f"{NUMBERS}: the file is missing" in refused(raw_dir, rows("organisation_numbers", number(1)))


def test_a_link_among_the_raw_files_is_refused(raw_dir: Path, tmp_path: Path) -> None:
    (raw_dir / NUMBERS).rename(tmp_path / "elsewhere.csv")
    (raw_dir / NUMBERS).symlink_to(tmp_path / "elsewhere.csv")
    assert f"{NUMBERS} is a link" in refused(raw_dir, rows("organisation_numbers", number(1)))


@pytest.mark.slow
@pytest.mark.parametrize("edited", [NUMBERS, "registry/projects.csv"])
def test_a_file_edited_by_hand_while_rows_are_checked_is_kept_and_nothing_is_added(raw_dir: Path, edited: str) -> None:
    path = raw_dir / edited

    def edit(step: Step, holder: str) -> None:
        path.write_bytes(path.read_bytes() + b"\n")

    by_hand = path.read_bytes() + b"\n"
    with pytest.raises(WriteError, match=f"{edited} was changed by somebody else"):
        add(raw_dir, rows("organisation_numbers", number(1)), progress=edit)
    assert path.read_bytes() == by_hand
    assert VALID[1].encode() not in (raw_dir / NUMBERS).read_bytes()


@pytest.mark.slow
def test_a_full_disk_leaves_every_byte_as_it_was(raw_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.replace

    def full(source, target) -> None:
        if str(target).endswith("sources.csv") and journal.FOLDER not in str(target):
            raise OSError(28, "No space left on device")
        real(source, target)

    monkeypatch.setattr(journal.os, "replace", full)
    new = [rows("organisation_numbers", number(1)), rows("sources", source("ny"))]
    assert "The disk is full" in refused(raw_dir, *new)
    monkeypatch.undo()
    assert len(add(raw_dir, *new).added) == 2


def test_a_folder_that_cannot_be_written_is_reported(raw_dir: Path) -> None:
    (raw_dir / journal.FOLDER).write_text("no place for a lock", encoding="utf-8")  # permissions would not stop root
    assert "The raw files are as they were" in refused(raw_dir, rows("organisation_numbers", number(1)))


def test_a_temporary_folder_that_is_full_is_reported(raw_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object, **more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(append, "scratch", full)
    assert "Råfilene er som de var" in refused(raw_dir, rows("organisation_numbers", number(1)), language="nb")


def test_what_no_table_has_is_an_error_of_the_caller(raw_dir: Path) -> None:
    with pytest.raises(ValueError, match="has no columns farge"):
        add(raw_dir, rows("organisation_numbers", number(1, farge="rød")))
    with pytest.raises(ValueError, match="a year is for"):
        add(raw_dir, rows("organisation_numbers", number(1), year=2026))
    with pytest.raises(ValueError, match="a year is for"):
        add(raw_dir, rows("counterfactuals", {"project_id": "x"}))


def test_every_row_is_stamped_with_the_day_it_enters_whatever_it_says_itself(raw_dir: Path) -> None:
    said, silent = source("prove-sagt", recorded_on="2001-01-01"), source("prove-taus")
    add(raw_dir, rows("sources", said), rows("sources", silent), recorded_on=date(2027, 3, 9))
    stamped = read_core(raw_dir).tables["sources"].filter(pl.col("source_id").str.starts_with("prove-"))
    assert stamped["recorded_on"].to_list() == [date(2027, 3, 9)] * 2


@pytest.mark.slow
def test_rows_that_are_there_keep_their_day_when_others_are_added(raw_dir: Path) -> None:
    before = read_core(raw_dir).tables["sources"].select("source_id", "recorded_on")
    add(raw_dir, rows("sources", source("prove")), recorded_on=date(2027, 3, 9))
    after = read_core(raw_dir).tables["sources"].select("source_id", "recorded_on")
    assert after.join(before, on=["source_id", "recorded_on"], how="anti").rows() == [("prove", date(2027, 3, 9))]
    assert before.height > 0


def test_a_table_without_the_column_gets_no_stamp(raw_dir: Path) -> None:
    add(raw_dir, rows("organisation_numbers", number(1)), recorded_on=date(2027, 3, 9))
    assert "2027-03-09" not in (raw_dir / NUMBERS).read_text(encoding="utf-8")
