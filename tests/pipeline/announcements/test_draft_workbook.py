"""The draft as a workbook, corrected as a person does in a spreadsheet program, and accepted: all of it or nothing."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gevinst.announcements.accept import accept_draft, write_draft
from gevinst.announcements.document import document_of
from gevinst.announcements.draft_source import AcceptError, draft_source
from gevinst.announcements.read_draft_workbook import read_draft_workbook
from gevinst.announcements.read_page import read_page, reading_of
from gevinst.cli import main
from gevinst.findings import Rule
from gevinst.intake import IntakeError
from gevinst.intake.journal import WriteError
from gevinst.intake.receipts import read_receipts
from tests.pipeline.announcements.test_draft_and_accept import PAGES, TODAY, files, rows

PAGE = (
    "Kunngjøring fra fondet\n\n4. mai 2031\n\nTo prosjekter får støtte.\n\n"
    "| Eier | Prosjekt | Tildelt (kr) |\n|---|---|---|\n"
    "| Storvik | Felles booking | 900 000 |\n| Direktoratet for ro | Kortere kø | 1 200 000 |\n"
)
STATED = {"publisher": "Oppdiktet etat", "level_code": "Kommune"}
"""What the page did not say, as a person writes it: the level by its label, as the list in the cell offers it."""


def edited(path: Path, edit: Callable[[openpyxl.Workbook], object]) -> Path:
    book = openpyxl.load_workbook(path)
    edit(book)
    book.save(path)
    return path


def place_of(sheet: Any, column: str) -> int:
    return next(cell.column for cell in sheet[1] if cell.value == column)


def put(book: openpyxl.Workbook, sheet: str, row: int, column: str, value: object) -> None:
    book[sheet].cell(row, place_of(book[sheet], column)).value = value


def state(book: openpyxl.Workbook) -> None:
    """Write what the page did not say, in each cell that is still in brackets."""
    for sheet in book.worksheets[1:]:
        for cell in [cell for row in sheet.iter_rows(min_row=3) for cell in row]:
            if cell.value == "[ikke oppgitt]":
                cell.value = STATED[sheet.cell(1, cell.column).value]


def state_in_files(folder: Path) -> None:
    for name, said in (("sources", "Oppdiktet etat"), ("organisations", "kommune")):
        path = folder / f"{name}.csv"
        path.write_text(path.read_text(encoding="utf-8").replace("[ikke oppgitt]", said), encoding="utf-8")


def draft_rows(path: Path, raw_dir: Path) -> dict[str, list[dict[str, Any]]]:
    return {name: list(frame.iter_rows(named=True)) for name, frame in draft_source(path, raw_dir).rows.items()}


@pytest.fixture
def draft(tmp_path: Path, raw_dir: Path) -> Path:
    return write_draft(reading_of(document_of("page.txt", PAGE)), tmp_path / "drafts", raw_dir, TODAY)


def test_every_cell_that_was_read_has_its_line_and_its_words_beside_it(draft: Path) -> None:
    sheet = openpyxl.load_workbook(draft / "draft.xlsx")["Prosjekter"]
    names = {cell.value: cell for row in sheet.iter_rows(min_row=3) for cell in row if cell.column_letter == "C"}
    said = names["Felles booking"].comment.text
    assert re.fullmatch(r"Linje 9: «.*Felles booking.*» \(sikkerhet 0,\d\d\)", said)
    (lines,) = (cell for cell in sheet[names["Felles booking"].row] if sheet.cell(1, cell.column).value == "_lines")
    assert sheet.cell(2, lines.column).value == "Linjer på siden" and lines.protection.locked
    assert "Prosjektets navn (på bokmål)" in lines.value and "linje 9: «" in lines.value
    numbered = [row for row in rows(draft / "evidence.csv") if row["line"]]
    page = PAGE.split("\n")
    assert numbered and [row for row in numbered if not row["quote"]] == []
    stated = [row for row in numbered if row["column"] in ("name_nb", "organisation_name")]
    assert all(row["value"] in page[int(row["line"]) - 1] for row in stated)
    assert all(row["value"] in row["quote"] for row in stated)


def test_what_the_page_did_not_say_stands_out_and_required_headings_are_dark(draft: Path) -> None:
    sheet = openpyxl.load_workbook(draft / "draft.xlsx")["Virksomheter"]
    place = place_of(sheet, "level_code")
    colours = {sheet.cell(row, place).value: sheet.cell(row, place).fill.start_color.rgb for row in (3, 4)}
    assert colours["[ikke oppgitt]"] == "FFF6C6C6" and colours["Stat"] != "FFF6C6C6"
    assert sheet.cell(2, place).fill.start_color.rgb == "FF1E2B3C"
    offered = {str(cells) for one in sheet.data_validations.dataValidation for cells in one.sqref.ranges}
    assert any(cells.startswith(f"{sheet.cell(3, place).coordinate}:") for cells in offered), "a list of levels"


def test_a_placeholder_and_a_wrong_code_are_refused_with_their_cells_and_nothing_is_added(
    draft: Path, raw_dir: Path
) -> None:
    before = files(raw_dir)
    path = edited(draft / "draft.xlsx", lambda book: put(book, "Deltakelser", 3, "role_code", "sjef"))
    with pytest.raises(IntakeError) as refused:
        accept_draft(path, raw_dir)
    said = refused.value.message("nb")
    assert "page/draft.xlsx, Kilder!C3, kolonne publisher, verdi «[ikke oppgitt]»: siden sa det ikke; skriv" in said
    (wrong,) = (line for line in said.splitlines() if "«sjef»" in line)
    assert wrong.startswith("page/draft.xlsx, Deltakelser!E3, kolonne role_code, verdi «sjef»: ")
    assert "«prosjekteier»" in wrong, "what may be written, as the cell shows it"
    assert files(raw_dir) == before and not (draft / "accepted").exists()


@pytest.mark.slow
def test_a_corrected_workbook_adds_the_same_rows_as_corrected_files(tmp_path: Path, draft: Path, raw_dir: Path) -> None:
    others = Path(shutil.copytree(draft, tmp_path / "files" / draft.name))
    state_in_files(others)
    edited(draft / "draft.xlsx", state)
    from_files = accept_draft(others, raw_dir, only_check=True)
    from_workbook = accept_draft(draft, raw_dir)
    assert (from_files.file, from_workbook.file) == ("page", "page/draft.xlsx")
    assert from_files.tables.keys() == from_workbook.tables.keys()
    for name, frame in from_files.tables.items():
        key = frame.columns[0]
        assert frame.sort(key).equals(from_workbook.tables[name].sort(key).select(frame.columns)), name
    (receipt,) = read_receipts(raw_dir)[-1:]
    assert receipt.who == "gevinst accept page/draft.xlsx" and list(receipt.inputs) == ["page/draft.xlsx"]
    with pytest.raises(AcceptError, match="accepted before"):
        accept_draft(draft / "draft.xlsx", raw_dir)


def missed(book: openpyxl.Workbook) -> None:
    """A project that the reader did not find, as a person writes it: by names, with every id left empty."""
    source = next(row[0].value for row in book["Kilder"].iter_rows(min_row=3))
    names = {"name_nb": "Én dør inn – for alle", "short_name_nb": "Én dør inn", "sector_code": "Helse"}
    part = {"organisation_id": "Havmyra kommune", "organisation_name": "Havmyra kommune", "is_disputed": "Nei"}
    for sheet, cells in (
        ("Prosjekter", {"round_id": "2031", "name_en": "One door in", "short_name_en": "One door", **names}),
        ("Virksomheter", {"name": "Havmyra kommune", "level_code": "Kommune"}),
        ("Deltakelser", {"project_id": "én dør inn – for alle", "role_code": "prosjekteier", **part}),
    ):
        for column, value in {**cells, "source_id": source, "source_locator": "linje 12"}.items():
            put(book, sheet, 5, column, value)


def test_a_row_that_a_person_adds_gets_its_id_and_is_referred_to_by_name(draft: Path, raw_dir: Path) -> None:
    path = edited(draft / "draft.xlsx", lambda book: (state(book), missed(book)))
    rows = draft_rows(path, raw_dir)
    assert rows["projects"][-1]["project_id"] == "2031-en-dor-inn"
    assert rows["organisations"][-1]["organisation_id"] == "havmyra-kommune"
    (added,) = (row for row in rows["participations"] if row["project_id"] == "2031-en-dor-inn")
    assert added["organisation_id"] == "havmyra-kommune"
    assert added["participation_id"] == "2031-en-dor-inn.owner.havmyra-kommune"


def test_an_id_that_cannot_be_made_and_a_name_of_two_rows_are_told_in_their_cells(draft: Path, raw_dir: Path) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        missed(book)
        for column, value in (("round_id", "2031"), ("name_nb", "Én dør inn – for alle"), ("project_id", "2031-to")):
            put(book, "Prosjekter", 6, column, value)
        put(book, "Prosjekter", 7, "name_nb", "Uten runde")

    path = edited(draft / "draft.xlsx", edit)
    workbook = read_draft_workbook(path, path.name, raw_dir, [])
    said = {(one.sheet, one.cell): one.sentence("nb") for one in workbook.faults()}
    assert (
        "flere rader heter dette; skriv nøkkelen til den som er ment: 2031-en-dor-inn, 2031-to"
        in (said["Deltakelser", "B5"])
    )
    assert "verdien mangler" in said["Prosjekter", "A7"]
    assert ("Prosjekter", "A5") not in said


@pytest.mark.slow
def test_values_are_understood_as_a_norwegian_program_writes_them(draft: Path, raw_dir: Path) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        state(book)
        put(book, "Kilder", 3, "accessed_on", datetime(2036, 1, 1))
        put(book, "Kilder", 3, "published_on", "04.05.2031")
        put(book, "Kilder", 3, "is_partly_read", "Nei")
        put(book, "Kilder", 3, "line_count", "1 024")
        put(book, "Deltakelser", 3, "role_code", "Project owner")

    edited(draft / "draft.xlsx", edit)
    added = accept_draft(draft, raw_dir, only_check=True).tables
    source = added["sources"].row(0, named=True)
    assert (source["accessed_on"], source["published_on"]) == ("2036-01-01", "2031-05-04")
    assert (source["is_partly_read"], source["line_count"]) == ("false", "1024")
    assert set(added["participations"]["role_code"]) == {"owner"}


@pytest.mark.slow
def test_nothing_in_a_sheet_is_ignored_silently(draft: Path, raw_dir: Path) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        state(book)
        book.create_sheet("Notater")["A1"] = "husk å ringe"
        book["Kilder"]["B3"].comment = openpyxl.comments.Comment("er dette rett tittel?", "noen")

    edited(draft / "draft.xlsx", edit)
    notes = accept_draft(draft, raw_dir, only_check=True).appended.notes
    told = [(note.sheet, note.cell) for note in notes if note.rule is not Rule.CONTENT]
    assert sorted(told, key=str) == [("Kilder", "B3"), ("Notater", None)], "our own comments are not told"
    edited(draft / "draft.xlsx", lambda book: book["Prosjekter"].cell(2, 30, "Kontakt"))
    edited(draft / "draft.xlsx", lambda book: book["Prosjekter"].cell(3, 30, "seksjonen"))
    edited(draft / "draft.xlsx", lambda book: book["Prosjekter"].cell(1, 30, "kontakt"))
    with pytest.raises(IntakeError, match=r"page/draft\.xlsx, Prosjekter!AD1, value «kontakt»: the column is unknown"):
        accept_draft(draft, raw_dir, only_check=True)


@pytest.mark.slow
def test_files_count_when_the_workbook_was_only_opened_and_saved(draft: Path, raw_dir: Path) -> None:
    state_in_files(draft)
    written = (draft / "draft.xlsx").read_bytes()
    edited(draft / "draft.xlsx", lambda _: None)
    assert (draft / "draft.xlsx").read_bytes() != written
    assert accept_draft(draft, raw_dir, only_check=True).file == "page"


@pytest.mark.slow
def test_a_draft_changed_in_both_ways_is_refused_until_a_person_says_which(draft: Path, raw_dir: Path) -> None:
    before = files(raw_dir)
    state_in_files(draft)
    edited(draft / "draft.xlsx", state)
    assert accept_draft(draft, raw_dir, only_check=True).file == "page/draft.xlsx", "both say the same"
    edited(draft / "draft.xlsx", lambda book: put(book, "Prosjekter", 3, "name_en", "Shared booking"))
    with pytest.raises(AcceptError) as refused:
        accept_draft(draft, raw_dir)
    assert "både draft.xlsx og CSV-filene er endret" in str(refused.value.message("nb"))
    assert files(raw_dir) == before
    named = accept_draft(draft / "draft.xlsx", raw_dir, only_check=True)
    assert "Shared booking" in set(named.tables["projects"]["name_en"])
    (draft / "draft.xlsx").unlink()
    assert accept_draft(draft, raw_dir, only_check=True).file == "page"


@pytest.mark.slow
def test_a_workbook_saved_under_another_name_is_not_passed_over(draft: Path, raw_dir: Path) -> None:
    shutil.copyfile(draft / "draft.xlsx", draft / "ferdig.xlsx")
    with pytest.raises(AcceptError, match=r"also holds the workbook ferdig\.xlsx"):
        accept_draft(draft, raw_dir)


@pytest.mark.slow
def test_a_registry_that_cannot_be_written_is_left_as_it_was_and_the_workbook_can_be_accepted_again(
    draft: Path, raw_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(raw_dir)
    edited(draft / "draft.xlsx", state)
    replace, moved = os.replace, []

    def fails_at_the_third(source: Path, target: Path) -> None:
        moved.append(target)
        if len(moved) == 3:
            raise OSError("disk full")
        replace(source, target)

    with monkeypatch.context() as broken:
        broken.setattr(os, "replace", fails_at_the_third)
        with pytest.raises(WriteError, match="as they were"):
            accept_draft(draft, raw_dir)
    assert files(raw_dir) == before and not (draft / "accepted").exists()
    assert accept_draft(draft, raw_dir).file == "page/draft.xlsx"


@pytest.mark.slow
def test_a_fault_of_content_is_named_by_its_cell(draft: Path, raw_dir: Path) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        state(book)
        put(book, "Deltakelser", 3, "role_code", "samarbeidspart")

    edited(draft / "draft.xlsx", edit)
    with pytest.raises(
        IntakeError, match=r"page/draft\.xlsx, (Prosjekter|Deltakelser)!\w+\d+, .*projects_have_one_owner"
    ):
        accept_draft(draft, raw_dir)


@pytest.mark.slow
def test_the_evaluators_workbook_is_no_draft(tmp_path: Path, raw_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "koder.xlsx"
    place = ["--raw-dir", str(raw_dir)]
    assert main(["workbook", "--year", "2026", "--coder", "koder_1", "--out", str(path), *place]) == 0
    assert main(["accept", str(path), *place]) == 1
    assert "koder.xlsx: dette er evaluators regneark og ikke et utkast" in capsys.readouterr().err


@pytest.mark.slow
def test_the_workbook_of_any_page_opened_and_saved_says_what_was_written(tmp_path: Path, raw_dir: Path) -> None:
    offenders: dict[str, str] = {}
    pages = [path for path in sorted(PAGES.iterdir()) if path.suffix in (".txt", ".html")]
    for page in pages:
        folder = write_draft(read_page(page), tmp_path / "drafts", raw_dir, TODAY, language="en")
        edited(folder / "draft.xlsx", lambda _: None)
        (folder / "rounds.csv").write_text("changed", encoding="utf-8")
        try:
            draft_source(folder, raw_dir)
        except IntakeError as error:  # the files count, and one of them cannot be read
            if named := [one.sentence() for one in error.findings if "draft.xlsx" in one.file]:
                offenders[page.name] = "; ".join(named)
        except AcceptError as error:  # the workbook seems to have been changed too
            offenders[page.name] = str(error)
    assert len(pages) > 20 and offenders == {}


def test_a_draft_whose_own_account_is_damaged_is_refused_with_the_way_out(draft: Path, raw_dir: Path) -> None:
    for content in ("{", "[]", '{"other": 1}'):
        (draft / "written.json").write_text(content, encoding="utf-8")
        with pytest.raises(AcceptError, match=r"written\.json: the file cannot be read.+save draft\.xlsx in another"):
            accept_draft(draft, raw_dir)
