"""What is said of a filled workbook: every fault in its cell, and nothing touched."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from gevinst.cli import main
from gevinst.findings import Finding
from gevinst.workbook.check import Checked, check_files
from gevinst.workbook.report import AnnotationError, annotate, report_rows, report_text
from tests.data.canary import EMAIL, NAME, PHONE, told_of
from tests.pipeline.workbook.conftest import RAW, SOURCE, YEAR, Filling, begin, places_of, rate

Opened = Callable[..., Filling]
STATUS = "Statusvurderinger"


def check(*paths: Path, year: int | None = YEAR, coder: str | None = None, raw_dir: Path = RAW) -> Checked:
    return check_files(paths, raw_dir, year, coder)


def faults(filling: Filling) -> list[tuple[str, str | None, str | None]]:
    return places_of(check(filling.save()).findings)


def new_status(filling: Filling, row: int, **more) -> Filling:
    """Move a project a step, with its own reason, date and place in a document."""
    values = {
        "_choice": "Endret",
        "status_code": "Spredt til andre",
        "assessed_on": date(2027, 2, 1),
        "assessed_precision": "måned",
        "reason_nb": "Eieren forteller at nabokommunen har tatt over løsningen og bruker den hver dag.",
        "reason_en": "The owner says that the neighbouring municipality took over the solution and uses it daily.",
        "source_id": SOURCE,
        "source_locator": "kapittel 3",
        **more,
    }
    filling.put("status_assessments", row, **values)
    return filling


def test_an_untouched_workbook_asks_for_nothing(templates) -> None:
    checked = check(*templates.values())
    assert checked.findings == []
    assert set(checked.counts) == {"blank"}


def test_a_sound_workbook_is_clean_and_its_rows_are_counted(opened: Opened) -> None:
    filling = new_status(rate(begin(opened()), 3, 4), 4)
    filling.put("status_assessments", 3, _choice="Uendret")
    checked = check(filling.save())
    assert places_of(checked.findings) == []
    assert {name: frame.height for name, frame in checked.rows.items()} == {
        "sources": 1,
        "assessment_rounds": 1,
        "driver_ratings": 2,
        "status_assessments": 1,
    }
    assert (checked.counts["new"], checked.counts["unchanged"]) == (5, 1)


def test_every_fault_of_a_value_is_told_in_its_cell_at_once(opened: Opened) -> None:
    filling = rate(begin(opened()), 3, 7)
    filling.put("driver_ratings", 3, assessed_on="3/1/2027", assessed_precision="uke")
    filling.put("driver_ratings", 4, source_id=None)
    sheet = "Vurderinger av drivere"
    assert faults(filling) == [
        (f"{sheet}!E3", "form", "3/1/2027"),
        (f"{sheet}!F3", "code", "uke"),
        (f"{sheet}!C4", "range", "7"),
        (f"{sheet}!I4", "required", None),
    ]


@pytest.mark.slow
def test_a_finding_says_in_both_languages_what_to_write_as_the_reader_sees_it(opened: Opened) -> None:
    filling = rate(begin(opened()), 3)
    filling.put("driver_ratings", 3, assessed_precision="uke", rating="tre")
    by_rule = {f.rule: f for f in check(filling.save()).findings}
    assert "«dag»" in by_rule["code"].reason_nb
    assert "«day»" in by_rule["code"].reason_en
    assert by_rule["form"].reason_nb == "verdien er ikke et helt tall; rett den."


@pytest.mark.slow
def test_a_text_that_is_nearly_in_its_list_is_answered_with_the_one_that_was_meant(opened: Opened) -> None:
    filling = rate(begin(opened()), 3, 4)
    filling.put("sources", 3, document_type_code="intervjue")
    filling.put("driver_ratings", 3, assessed_precision="månd")
    filling.put("driver_ratings", 4, assessed_precision="kvartal 3")
    asked = [f.reason_nb.rpartition("Mente du ")[2] for f in check(filling.save()).findings]
    assert asked[:2] == ["«intervju»?", "«måned»?"]
    assert "Mente du" not in asked[2], "nothing in the list is near: no guess"


def test_a_reference_to_nothing_is_told_once_and_one_to_a_faulty_row_not_at_all(opened: Opened) -> None:
    filling = rate(begin(opened()), 3, 4)
    filling.put("sources", 3, publisher=None)
    filling.put("driver_ratings", 4, source_id="finnes-ikke")
    found = check(filling.save()).findings
    assert places_of(found) == [
        ("Kilder!C3", "required", None),
        ("Vurderinger av drivere!I4", "reference", "finnes-ikke"),
    ]
    assert found[1].reason_nb == (
        "verdien finnes ikke på arket Kilder og ikke blant det som er ført før; rett den, eller legg til raden den "
        "skal vise til."
    )
    assert found[1].reason_en.startswith("the value is not on the sheet Sources and not among what was entered before")


def test_a_row_entered_twice_is_told_with_the_place_of_the_first(opened: Opened) -> None:
    filling = rate(begin(opened()), 3)
    first = filling.cell("driver_ratings", 3, "project_id").value
    row = filling.free("driver_ratings")
    filling.put(
        "driver_ratings",
        row,
        **{
            c.value: filling.sheet("driver_ratings").cell(3, c.column).value
            for c in filling.sheet("driver_ratings")[1]
            if c.value
        },
    )
    filling.put("driver_ratings", row, rating=5)
    (found,) = check(filling.save()).findings
    assert first and (found.rule, found.cell) == ("key", f"A{row}")
    assert "koder_1.xlsx, rad 3" in found.reason_nb


@pytest.mark.slow
@pytest.mark.parametrize(
    ("choice", "changes", "expected"),
    [
        (None, {"status_code": "Stanset"}, [("status_code", "choice")]),
        ("Uendret", {"source_locator": "et annet sted"}, [("source_locator", "choice")]),
        ("Endret", {}, [("_choice", "choice")]),
        ("Kanskje", {}, [("_choice", "choice")]),
        (
            "Endret",
            {"status_code": "Stanset"},
            [("assessed_on", "choice"), ("reason_nb", "choice"), ("source_id", "choice")],
        ),
        ("Ny", {"source_locator": "et annet sted"}, [("status_assessment_id", "key")]),
    ],
)
def test_a_choice_must_fit_what_the_row_says(opened: Opened, choice, changes, expected) -> None:
    filling = begin(opened())
    filling.put("status_assessments", 3, _choice=choice, **changes)
    cells = [(filling.cell("status_assessments", 3, name).coordinate, rule) for name, rule in expected]
    assert sorted((f.cell, f.rule) for f in check(filling.save()).faults) == cells


@pytest.mark.slow
def test_unchanged_is_no_answer_to_a_row_that_was_never_there(opened: Opened) -> None:
    filling = begin(opened())
    row = filling.free("benefit_claims")
    filling.put("benefit_claims", row, _choice="Uendret", statement_nb="Noe nytt.")
    assert faults(filling) == [(f"Gevinstutsagn!A{row}", "choice", "Uendret")]


def test_rows_without_a_round_or_a_coder_are_told_once(opened: Opened) -> None:
    filling = rate(opened("en"), 3, 4, 5)
    filling.put(
        "sources",
        3,
        source_id=SOURCE,
        title="Evaluation",
        publisher="Evaluator",
        document_type_code="report",
        accessed_on=date(2027, 3, 2),
        language_code="English",
        is_partly_read="No",
    )
    for row in (3, 4, 5):
        filling.put("driver_ratings", row, assessed_precision="day")
    found = check(filling.save())
    assert [f.rule for f in found.faults if f.rule == "coder"] == ["coder"]
    assert {f.sheet for f in found.faults if f.rule == "required"} == {"Assessment rounds"}


@pytest.mark.slow
def test_a_workbook_of_another_coder_year_or_kind_of_data_is_refused(opened: Opened, edit_dataset) -> None:
    path = rate(begin(opened()), 3).save()
    assert [f.rule for f in check(path, coder="koder_2").faults] == ["coder"]
    assert "file" in [f.rule for f in check(path, year=2028).faults]
    assert [f.rule for f in check(path, raw_dir=edit_dataset()).faults] == ["file"]


@pytest.fixture
def edit_dataset(tmp_path: Path):
    import shutil

    def invented() -> Path:
        raw = Path(shutil.copytree(RAW, tmp_path / "invented"))
        text = (raw / "dataset.toml").read_text(encoding="utf-8").replace("= false", "= true")
        (raw / "dataset.toml").write_text(text, encoding="utf-8")
        return raw

    return invented


def test_a_coder_is_a_role_and_never_a_name(opened: Opened) -> None:
    path = rate(begin(opened("en")), 3).save()
    (found,) = [f for f in check(path, coder="Kari Nordmann").faults if f.file == "--coder"]
    assert "never a name" in found.reason_en and "koder_1" in found.reason_en


def test_checks_of_content_are_told_in_the_cells_they_are_about(opened: Opened) -> None:
    filling = new_status(begin(opened()), 4, public_evidence_group_code=None)
    row = filling.free("benefit_claims")
    filling.put(
        "benefit_claims",
        row,
        project_id="2019-arkivfloken",
        benefit_id=filling.cell("benefit_claims", 3, "benefit_id").value,
        modality_code=filling.cell("benefit_claims", 3, "modality_code").value,
        evidence_code=filling.cell("benefit_claims", 3, "evidence_code").value,
        stated_by_code="prosjekteier",
        statement_nb="Sparer 3 millioner kroner.",
        statement_en="Saves NOK 4 million.",
        source_id=SOURCE,
        source_locator="kapittel 4",
    )
    found = places_of(check(filling.save()).findings)
    group = openpyxl.utils.get_column_letter(filling.column("status_assessments", "public_evidence_group_code"))
    assert (f"{STATUS}!{group}4", "content", None) in found
    statement = filling.column("benefit_claims", "statement_nb")
    cell = openpyxl.utils.get_column_letter(statement)
    assert (f"Gevinstutsagn!{cell}{row}", "content", "Sparer 3 millioner kroner.") in found


def test_persons_data_are_told_in_their_cells_masked_and_before_anything_is_imported(
    opened: Opened, tmp_path: Path
) -> None:
    filling = new_status(rate(begin(opened()), 3), 4, reason_nb=f"{NAME} forteller at løsningen brukes; ring {PHONE}.")
    filling.put("sources", 3, title=f"Intervju med {NAME}", accessed_on=EMAIL)
    path = filling.save()
    checked = check(path)
    reason = openpyxl.utils.get_column_letter(filling.column("status_assessments", "reason_nb"))
    assert {(one.place, one.value) for one in checked.faults if one.rule == "person"} == {
        (f"{STATUS}!{reason}4", "K[…], 9[…]")
    }
    assert [one.value for one in checked.faults if one.rule == "form"] == ["k[…]@[…]"]
    filling.put("sources", 3, accessed_on=date(2027, 3, 2))
    checked = check(filling.save())
    title = openpyxl.utils.get_column_letter(filling.column("sources", "title"))
    assert f"Kilder!{title}3" in {one.place for one in checked.faults if one.rule == "person"}
    assert checked.rows == {}
    annotate(path, checked, tmp_path / "marked.xlsx", "nb")
    book = openpyxl.load_workbook(tmp_path / "marked.xlsx")
    said = [str(cell.value) for row in book["Funn"].iter_rows() for cell in row] if "Funn" in book.sheetnames else []
    said += [report_text(checked, "nb"), str(report_rows(checked, "nb"))]
    assert told_of(" ".join(said)) == [] and "K[…], 9[…]" in " ".join(said)


def test_what_was_wrong_before_is_not_the_evaluators(opened: Opened) -> None:
    filling = new_status(begin(opened()), 4)
    read = {"read_code": "helt", "is_coded_status": "Ja", "is_coded_expected": "Nei", "is_coded_results": "Nei"}
    project = filling.cell("status_assessments", 4, "project_id").value
    filling.put("coding_coverage", 3, project_id=project, source_id=SOURCE, coded_on=date(2027, 3, 2), **read)
    checked = check(filling.save())
    assert [f for f in checked.findings if f.rule == "content"] == [], "the raw files have warnings of their own"


@pytest.mark.slow
def test_checking_touches_neither_the_workbook_nor_the_raw_files(opened: Opened) -> None:
    path = rate(begin(opened()), 9).save()
    before = path.read_bytes(), {p: p.read_bytes() for p in RAW.rglob("*.csv")}
    assert check(path).faults
    assert (path.read_bytes(), {p: p.read_bytes() for p in RAW.rglob("*.csv")}) == before


def test_the_report_counts_and_lists_every_finding_by_sheet_in_the_readers_language(opened: Opened) -> None:
    filling = rate(begin(opened()), 9, 8)
    filling.book.create_sheet("Notater").append(["x"])
    checked = check(filling.save())
    nb, en = report_text(checked, "nb"), report_text(checked, "en")
    assert "Vurderinger av drivere!C3 (rating) «9» verdien er over 5" in nb
    assert "To feil, én merknad." in nb and "Two faults, one note." in en
    assert "koder_1.xlsx – Vurderinger av drivere (2)" in nb
    assert "To feil, én merknad.\nInnholdet, som tall mot tall" in nb, "nobody expects a second round of findings"
    correct = check(rate(begin(opened()), 3).save())
    assert correct.faults == [] and "Innholdet" not in report_text(correct, "nb")
    rows = report_rows(checked, "en")
    assert [(row["cell"], row["rule"], row["is_note"]) for row in rows] == [
        ("C3", "range", False),
        ("C4", "range", False),
        (None, "sheet", True),
    ]


def test_the_annotated_copy_keeps_the_workbook_and_marks_its_cells(opened: Opened, tmp_path: Path) -> None:
    filling = rate(begin(opened()), 9)
    filling.sheet("driver_ratings").merge_cells("J5:K6")
    path, out = filling.save(), tmp_path / "merket.xlsx"
    checked = check(path)
    annotate(path, checked, out, "nb")
    copy = openpyxl.load_workbook(out)
    sheet = copy["Vurderinger av drivere"]
    assert sheet["C3"].value == 9 and sheet["C3"].fill.start_color.rgb == "00F6C6C6"
    assert sheet["C3"].comment.text == checked.faults[0].reason_nb
    assert sheet["D3"].comment is None
    listed = [row[:3] for row in copy["Funn"].iter_rows(min_row=2, values_only=True)]
    assert listed[0] == ("Vurderinger av drivere!C3", "9", "Mulige verdier")
    assert copy.sheetnames[1:] == openpyxl.load_workbook(path).sheetnames
    with pytest.raises(AnnotationError):
        annotate(path, checked, path, "nb")


@pytest.mark.slow
def test_no_colour_of_a_choice_covers_the_marks_of_the_copy(opened: Opened, tmp_path: Path) -> None:
    filling = begin(opened())
    filling.put("status_assessments", 3, _choice="Uendret", status_code="Innsikt")
    path, out = filling.save(), tmp_path / "merket.xlsx"
    assert [rule for rule in openpyxl.load_workbook(path)[STATUS].conditional_formatting]
    annotate(path, check(path), out, "nb")
    sheet = openpyxl.load_workbook(out)[STATUS]
    assert sheet["D3"].fill.start_color.rgb == "00F6C6C6"
    assert [rule for rule in sheet.conditional_formatting] == []


@pytest.mark.slow
def test_an_annotated_value_that_looks_like_a_formula_stays_a_text(opened: Opened, tmp_path: Path) -> None:
    filling = rate(begin(opened()), 3)
    cell = filling.cell("driver_ratings", 3, "source_id")
    cell.value, cell.data_type = "=HYPERLINK(1)", "s"
    path, out = filling.save(), tmp_path / "merket.xlsx"
    annotate(path, check(path), out, "en")
    value = openpyxl.load_workbook(out)["Findings"]["B2"]
    assert (value.value, value.data_type) == ("=HYPERLINK(1)", "s")


def test_the_command_exits_with_1_for_faults_and_0_for_notes(opened: Opened, capsys, tmp_path: Path) -> None:
    filling = rate(begin(opened()), 9)
    arguments = ["check", str(filling.save()), "--raw-dir", str(RAW), "--language", "en"]
    assert main([*arguments, "--annotated", str(tmp_path / "out.xlsx")]) == 1
    assert "One fault, no notes." in capsys.readouterr().out
    assert (tmp_path / "out.xlsx").exists()
    filling.put("driver_ratings", 3, rating=4)
    filling.sheet("driver_ratings").row_dimensions[3].hidden = True
    filling.save()
    assert main([*arguments, "--json"]) == 0
    assert '"rule": "hidden"' in capsys.readouterr().out


@pytest.mark.parametrize(
    ("column", "value", "nb", "en"),
    [
        ("rating", "4.5", "4,5", "4.5"),
        ("measured_value", "-0.25", "\u22120,25", "\u22120.25"),
        ("measured_value", "1.234", "1.234", "1.234"),
        ("measured_value", "1,5 mill", "1,5 mill", "1,5 mill"),
        ("source_locator", "4.5", "4.5", "4.5"),
    ],
)
def test_a_number_is_told_as_its_cell_shows_it_in_the_language_of_the_message(column, value, nb, en) -> None:
    finding = Finding("koder_1.xlsx", "rett den.", "correct it.", 3, column, value, "Ark", "C3")
    told = [report_text(Checked([finding]), language).splitlines()[1] for language in ("nb", "en")]
    assert told == [f"  Ark!C3 ({column}) «{nb}» rett den.", f"  Ark!C3 ({column}) “{en}” correct it."]
