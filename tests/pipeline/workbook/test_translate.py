"""English texts wait, are translated in a sheet of their own, and come in as corrections that correct nothing."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from gevinst.cli import main
from gevinst.contracts import contract
from gevinst.contracts.translations import TO_TRANSLATE
from gevinst.findings import IntakeError
from gevinst.intake import read_core
from gevinst.intake.undo import undo
from gevinst.workbook.account import READ, SHOWN, UNKNOWN
from gevinst.workbook.check import Checked, check_files
from gevinst.workbook.codes import options
from gevinst.workbook.import_rows import import_rows
from gevinst.workbook.layout import sheet_layout
from gevinst.workbook.report import report_text
from gevinst.workbook.template import Template, write_template
from gevinst.workbook.translation_sheet import field_names, translation_layout, waiting_texts
from tests.pipeline.intake.test_append import content
from tests.pipeline.workbook.conftest import RAW, YEAR, Filling, begin, places_of
from tests.pipeline.workbook.test_benefits import benefit as new_benefit
from tests.pipeline.workbook.test_check import new_status

SHEET = "Til oversettelse"
PROJECT = "2016-arealbruk"
STATUS = f"{PROJECT}-status-01"
BENEFIT = f"{PROJECT}-baerekraftig-ressursbruk"
WAITS = (
    ("registry/projects.csv", PROJECT, "short_name_en"),
    ("evaluations/2026/status_assessments.csv", STATUS, "reason_en"),
    ("evaluations/2026/benefits.csv", BENEFIT, "name_en"),
)
"""What waits in these tests: file, key of the row, and column."""
NAME = "Use of state premises"


def emptied(path: Path, key: str, column: str) -> None:
    """Take the English of one row out of a raw file."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if next(iter(row.values())) == key:
            row[column] = ""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@dataclass(frozen=True)
class World:
    """Raw files in which three texts wait, and new workbooks made from them."""

    raw_dir: Path
    books: dict[str, Path]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("waiting")
    raw_dir = Path(shutil.copytree(RAW, folder / "raw"))
    for file, key, column in WAITS:
        emptied(raw_dir / file, key, column)
    books = {coder: written(raw_dir, folder / f"{coder}.xlsx", coder) for coder in ("koder_1", "koder_2")}
    return World(raw_dir, books)


def written(raw_dir: Path, path: Path, coder: str | None = None) -> Path:
    write_template(read_core(raw_dir).tables, Template(YEAR, "nb", coder, is_illustrative=False), path)
    return path


@pytest.fixture
def raw_dir(made: World, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made.raw_dir, tmp_path / "data" / "raw"))


@pytest.fixture
def copied(made: World, tmp_path: Path) -> Callable[..., Filling]:
    def copy(coder: str = "koder_1") -> Filling:
        path = Path(shutil.copy(made.books[coder], tmp_path / f"{coder}.xlsx"))
        return Filling(openpyxl.load_workbook(path), path)

    return copy


Copied = Callable[..., Filling]


def line_of(filling: Filling, key: str) -> int:
    return next(row[0].row for row in filling.book[SHEET].iter_rows(min_row=3) if row[1].value == key)


def translate(filling: Filling, **texts: str) -> Filling:
    """Fill in the English of a row: `project`, `status` or `benefit`."""
    keys = {"project": PROJECT, "status": STATUS, "benefit": BENEFIT}
    for name, text in texts.items():
        filling.book[SHEET].cell(line_of(filling, keys[name]), 6).value = text
    return filling


def checked(raw_dir: Path, *fillings: Filling) -> Checked:
    return check_files([one.save() for one in fillings], raw_dir, YEAR, None)


def taken(raw_dir: Path, *fillings: Filling) -> dict[str, int]:
    found = checked(raw_dir, *fillings)
    assert [one.sentence() for one in found.faults] == []
    return import_rows(found.rows, raw_dir, YEAR).counts


def value_of(raw_dir: Path, table: str, key: str, column: str) -> Any:
    (found,) = read_core(raw_dir).tables[table].filter(pl.first() == key)[column]
    return found


def test_the_sheet_has_a_row_for_each_text_that_waits_with_an_empty_english_cell(made: World) -> None:
    sheet = openpyxl.load_workbook(made.books["koder_1"])[SHEET]
    assert [cell.value for cell in sheet[2]] == [
        *("Ark", "Rad", "Hva raden gjelder", "Felt"),
        *("Teksten (på bokmål)", "Oversettelsen (på engelsk)"),
    ]
    rows = {row[1]: row for row in sheet.iter_rows(min_row=3, values_only=True)}
    assert set(rows) == {key for _, key, _ in WAITS}
    title, _, about, named, text, english = rows[STATUS]
    assert (title, about, named) == ("Statusvurderinger", "Arealbruk i staten", "Begrunnelse for trinnet, med egne ord")
    assert str(text).startswith("Oppført blant de åtte") and english is None
    assert rows[BENEFIT][2] == "Arealbruk i staten – Bærekraftig bruk av samfunnets ressurser"
    assert [cell.protection.locked for cell in sheet[3]] == [True, True, True, True, True, False]


def test_where_nothing_waits_there_is_no_sheet(templates: dict[str, Path]) -> None:
    assert SHEET not in openpyxl.load_workbook(templates["koder_1"]).sheetnames


def test_no_english_heading_is_marked_as_required(templates: dict[str, Path]) -> None:
    book = openpyxl.load_workbook(templates["koder_1"])
    colours: dict[str, set[str]] = {"nb": set(), "en": set()}
    for table in ("status_assessments", "benefits", "benefit_claims", "benefit_plans", "benefit_measurements"):
        sheet = book[sheet_layout(table).title("nb")]
        for cell in sheet[1]:
            if str(cell.value).endswith(("name_nb", "reason_nb", "statement_nb", "method_nb", "indicator_nb")):
                colours["nb"].add(sheet.cell(2, cell.column).fill.start_color.rgb)
            if str(cell.value).endswith("_en"):
                colours["en"].add(sheet.cell(2, cell.column).fill.start_color.rgb)
    assert len(colours["en"]) == 1 and not colours["nb"] <= colours["en"]


def test_every_text_to_translate_has_a_field_of_its_own_in_the_words_of_both_languages() -> None:
    for table in TO_TRANSLATE:
        for language in ("nb", "en"):
            names = [field_names(table, stem)[language] for stem in table.stems_that_wait]
            assert len(set(names)) == len(names) and all(names), table.name
    assert not any(table.is_restricted for table in TO_TRANSLATE), "what no edition shows needs no translation"


@pytest.mark.slow
def test_an_untouched_sheet_is_no_change_and_all_of_it_is_accounted_for(copied: Copied, raw_dir: Path) -> None:
    found = checked(raw_dir, copied())
    assert (found.findings, found.rows, found.counts["new"], found.counts["translated"]) == ([], {}, 0, 0)
    assert found.cells[UNKNOWN] == 0
    filling = translate(copied(), project=NAME)
    again = checked(raw_dir, filling)
    assert again.cells == found.cells + Counter({READ: 1}), "the cell that was filled in"
    assert found.cells[SHOWN] > 0


def test_a_filled_cell_comes_in_as_a_row_of_the_register_and_the_same_workbook_again_adds_nothing(
    copied: Copied, raw_dir: Path
) -> None:
    files = content(raw_dir)
    filling = translate(copied(), project=NAME)
    before = read_core(raw_dir)
    found = checked(raw_dir, filling)
    assert (found.findings, found.counts["translated"]) == ([], 1)
    assert "Oversettelser: ett engelsk tekst lagt til." in report_text(found, "nb")
    assert import_rows(found.rows, raw_dir, YEAR).counts == {"corrections.csv": 1}
    after = read_core(raw_dir)
    assert value_of(raw_dir, "projects", PROJECT, "short_name_en") == NAME
    entry = after.corrections.filter(table_name="projects", key=PROJECT).row(-1, named=True)
    assert (entry["expect"], entry["replace"], entry["column_name"]) == (None, NAME, "short_name_en")
    assert (entry["reason_nb"], entry["reason_en"]) == (
        "Engelsk oversettelse er lagt til.",
        "English translation added.",
    )
    project = after.tables["projects"].filter(project_id=PROJECT)
    assert project.drop("short_name_en").equals(
        before.tables["projects"].filter(project_id=PROJECT).drop("short_name_en")
    )
    again = checked(raw_dir, filling)
    assert (again.findings, again.rows, again.counts["already"]) == ([], {}, 1)
    undo(raw_dir)
    assert content(raw_dir) == files


@pytest.mark.slow
def test_a_translation_of_a_norwegian_text_that_was_changed_since_is_refused_in_its_cell(
    copied: Copied, raw_dir: Path
) -> None:
    path = raw_dir / "registry" / "projects.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(",Arealbruk i staten,", ",Arealbruk i stat og kommune,"), encoding="utf-8")
    filling = translate(copied(), project=NAME)
    (fault,) = checked(raw_dir, filling).faults
    assert (fault.place, fault.value) == (f"{SHEET}!F{line_of(filling, PROJECT)}", NAME)
    assert fault.reason_nb.startswith(
        "den norske teksten er en annen nå enn da regnearket ble laget: «Arealbruk i stat og"
    )
    assert (
        "oversett den i et nytt regneark" in fault.reason_nb and "translate that in a new workbook" in fault.reason_en
    )


@pytest.mark.slow
def test_a_text_that_has_got_another_english_is_told_and_the_same_adds_nothing(copied: Copied, raw_dir: Path) -> None:
    taken(raw_dir, translate(copied(), project="Premises of the state"))
    filling = translate(copied(), project=NAME)
    (fault,) = checked(raw_dir, filling).faults
    assert (fault.place, fault.value) == (f"{SHEET}!F{line_of(filling, PROJECT)}", NAME)
    assert "«Premises of the state»; tøm cella" in fault.reason_nb
    assert taken(raw_dir, translate(filling, project="Premises of the state")) == {}


@pytest.mark.slow
@pytest.mark.parametrize("place", [1, 2, 4])
def test_a_translation_of_nothing_is_refused_in_the_cell_that_names_it(
    copied: Copied, raw_dir: Path, place: int
) -> None:
    filling = translate(copied(), project=NAME)
    line = line_of(filling, PROJECT)
    filling.book[SHEET].cell(line, place).value = "noe annet"
    (fault,) = checked(raw_dir, filling).faults
    assert (fault.place, fault.value) == (f"{SHEET}!{'ABCD'[place - 1]}{line}", "noe annet")


@pytest.mark.slow
def test_two_coders_may_translate_the_same_text_in_the_same_words(copied: Copied, raw_dir: Path) -> None:
    one, other = (translate(copied(coder), project=NAME) for coder in ("koder_1", "koder_2"))
    found = checked(raw_dir, one, other)
    assert (found.faults, found.counts["translated"], found.counts["already"]) == ([], 1, 1)
    assert taken(raw_dir, one, other) == {"corrections.csv": 1}
    undo(raw_dir)
    (fault,) = checked(raw_dir, one, translate(other, project="Premises of the state")).faults
    assert (fault.file, fault.value) == ("koder_2.xlsx", "Premises of the state")


@pytest.mark.slow
def test_a_translation_is_checked_like_any_text_and_its_fault_is_in_its_cell(copied: Copied, raw_dir: Path) -> None:
    filling = copied()
    norwegian = filling.book[SHEET].cell(line_of(filling, STATUS), 5).value
    translate(filling, status=norwegian, project="Premises, 3 of them")
    found = places_of(checked(raw_dir, filling).findings)
    assert found == [(f"{SHEET}!F{line_of(filling, PROJECT)}", "content", "Arealbruk i staten")]
    translate(filling, project=NAME)
    notes = places_of(checked(raw_dir, filling).findings, notes=True)
    assert notes == [(f"{SHEET}!F{line_of(filling, STATUS)}", "content", norwegian)], "the Norwegian sentence, pasted"


@pytest.mark.slow
def test_new_rows_without_english_go_in_are_counted_once_and_are_in_the_next_sheet(
    copied: Copied, raw_dir: Path, tmp_path: Path
) -> None:
    filling = begin(copied())
    filling.cell("assessment_rounds", 3, "method_en").value = None
    new_status(filling, filling.row_of("status_assessments", "2018-kudos"), reason_en=None)
    new_benefit(filling, project_id="2018-kudos", name_nb="Kortere leting", name_en=None)
    found = checked(raw_dir, filling)
    assert [one.sentence() for one in found.faults] == []
    assert [one.reason_nb for one in found.findings if "engelsk" in one.reason_nb] == [], "no note for each cell"
    told = "Tre tekster venter på engelsk (Vurderingsrunder 1, Statusvurderinger 1, Gevinster 1)."
    assert told in report_text(found, "nb")
    first = import_rows(found.rows, raw_dir, YEAR).receipt
    assert first is not None
    path = written(raw_dir, tmp_path / "next.xlsx", "koder_1")
    later = Filling(openpyxl.load_workbook(path), path)
    texts = {row[4].value: row[0].row for row in later.book[SHEET].iter_rows(min_row=3)}
    assert len(texts) == len(WAITS) + 3
    later.book[SHEET].cell(texts["Kortere leting"], 6).value = "Less searching"
    taken(raw_dir, later)
    again = checked(raw_dir, filling)
    assert (again.faults, again.rows) == ([], {}), "the old workbook has no English, and adds nothing"
    with pytest.raises(IntakeError) as refused:
        undo(raw_dir, first.receipt_id)
    assert "ta tilbake denne raden først" in str(refused.value.findings[0].reason_nb).lower()
    undo(raw_dir)
    undo(raw_dir)


@pytest.mark.slow
def test_a_workbook_from_before_a_translation_may_leave_change_and_correct_its_rows(
    copied: Copied, raw_dir: Path
) -> None:
    reason = "Listed among the eight of the pilot scheme, and later described as carried out at Statsbygg."
    taken(raw_dir, translate(copied(), status=reason, benefit="Sustainable use of resources"))
    filling = copied("koder_2")
    filling.put("status_assessments", filling.row_of("status_assessments", PROJECT), _choice="Uendret")
    filling.put("benefits", filling.row_of("benefits", PROJECT), _choice="Rettet", risk_nb="Ingen har tid.")
    assert taken(raw_dir, filling) == {"corrections.csv": 1}
    assert value_of(raw_dir, "benefits", BENEFIT, "name_en") == "Sustainable use of resources"
    assert value_of(raw_dir, "status_assessments", STATUS, "reason_en") == reason


@pytest.mark.slow
def test_english_filled_in_in_a_grey_row_is_a_translation_and_no_later_statement(copied: Copied, raw_dir: Path) -> None:
    filling = copied()
    place = filling.row_of("status_assessments", PROJECT)
    reason = "Listed among the eight of the pilot scheme, and later described as carried out at Statsbygg."
    filling.put("status_assessments", place, reason_en=reason, _choice="Endret")
    (fault,) = checked(raw_dir, filling).faults
    assert "den er en oversettelse; velg Uendret eller Rettet" in fault.reason_nb
    for choice in ("Rettet", "Uendret", None):
        filling.put("status_assessments", place, _choice=choice)
        assert taken(raw_dir, filling) == {"corrections.csv": 1}
        entry = read_core(raw_dir).corrections.filter(key=STATUS).row(-1, named=True)
        assert (entry["replace"], entry["reason_en"]) == (reason, "English translation added.")
        assert taken(raw_dir, filling) == {}
        undo(raw_dir)


def test_a_coder_does_not_see_what_another_has_written_and_a_translator_sees_all(made: World) -> None:
    tables = dict(read_core(made.raw_dir).tables)
    given = {"assessment_round_id": "2026-offentlige-kilder", "project_id": PROJECT, "rated_driver_code": "complexity"}
    rows = [{**given, "coder_code": coder, "reason_nb": f"Fordi, sier {coder}."} for coder in ("koder_1", "koder_2")]
    empty = tables["driver_ratings"]
    tables["driver_ratings"] = pl.DataFrame(rows, schema=empty.schema)
    seen = {
        coder: {one.norwegian for one in waiting_texts(tables, options(tables), "nb", coder=coder)}
        & {row["reason_nb"] for row in rows}
        for coder in ("koder_1", "koder_2", None)
    }
    assert seen == {
        "koder_1": {"Fordi, sier koder_1."},
        "koder_2": {"Fordi, sier koder_2."},
        None: {"Fordi, sier koder_1.", "Fordi, sier koder_2."},
    }


@pytest.mark.slow
def test_a_translator_gets_a_workbook_with_that_sheet_alone_and_it_comes_back(
    raw_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "oversettelse.xlsx"
    given = ["--year", str(YEAR), "--raw-dir", str(raw_dir)]
    assert main(["workbook", *given, "--translation", "--out", str(path)]) == 0
    filling = Filling(openpyxl.load_workbook(path), path)
    assert [name for name in filling.book.sheetnames if filling.book[name].sheet_state == "visible"] == [
        SHEET,
        "Lister",
    ]
    translate(filling, project=NAME, benefit="Sustainable use of resources").save()
    assert main(["import", str(path), *given]) == 0
    assert "Oversettelser: 2 engelske tekster lagt til." in capsys.readouterr().out
    assert value_of(raw_dir, "benefits", BENEFIT, "name_en") == "Sustainable use of resources"


def test_where_nothing_waits_a_translator_is_told_so_and_gets_no_workbook(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "oversettelse.xlsx"
    assert main(["workbook", "--year", str(YEAR), "--raw-dir", str(RAW), "--translation", "--out", str(path)]) == 0
    assert "Ingen tekst venter på engelsk" in capsys.readouterr().out
    assert not path.exists()


def test_the_sheet_is_known_by_its_name_in_either_language() -> None:
    assert [translation_layout().title(language) for language in ("nb", "en")] == [SHEET, "For translation"]
    with pytest.raises(KeyError):
        contract("translations")
