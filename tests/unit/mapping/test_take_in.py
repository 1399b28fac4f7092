"""Registers of others taken in: this year and the next, with everything told that is not carried."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from gevinst.cli import main
from gevinst.formats.errors import ExchangeError
from gevinst.intake import read_core
from gevinst.mapping.mapping_file import read_mapping
from gevinst.mapping.proposals import propose
from gevinst.mapping.register import open_register
from gevinst.mapping.take_in import Outcome, take_in_register

HEADINGS = ["Saksnr", "Prosjekt", "Kommune", "Tildelt (1000 kr)", "Vedtaksdato", "Område", "Kontaktperson"]
ROWS = [
    ["24/1", "Trygg skolevei", "Bergen", "450", "15.03.2024", "Samferdsel", "Kari"],
    ["24/2", "Åpen park", "Os", "1200", "15.03.2024", "Byutvikling", "Ola"],
    ["25/1", "Felles vaskeri", "Bergen kommune", "85,5", "01.02.2025", "Helse", ""],
]
MAPPING = """\
to = "projects"
language = "nb"
[source]
id = "registeret"
title = "Registeret over tilskudd"
publisher = "Fondet"
[columns]
"Saksnr" = "projects.external_id"
"Prosjekt" = "projects.name"
"Kommune" = "owner.name"
"Tildelt (1000 kr)" = "project_grants.grant_amount"
"Vedtaksdato" = "rounds.awarded_on"
"Område" = "projects.sector_code"
[left_out]
"Kontaktperson" = "Navn føres ikke."
[times]
"project_grants.grant_amount" = 1000
[fixed]
"owner.level_code" = "kommune"
[codes."projects.sector_code"]
"Byutvikling" = { code = "byutvikling", reason = "Et eget område.", nb = "Byutvikling", en = "Urban development" }
"""
TODAY = date(2026, 11, 20)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new workspace with a mapping."""
    assert main(["init", str(tmp_path / "fondet"), "--name", "Fondet"]) == 0
    monkeypatch.setenv("GEVINST_WORKSPACE", str(tmp_path / "fondet"))
    (tmp_path / "kobling.toml").write_text(MAPPING, encoding="utf-8")
    return tmp_path


def register(place: Path, rows: list[list[str]], headings: list[str] = HEADINGS, name: str = "register.csv") -> Path:
    path = place / name
    with path.open("w", encoding="cp1252", newline="") as file:
        csv.writer(file, delimiter=";").writerows([headings, *rows])
    return path


def taken(place: Path, rows: list[list[str]], *, on: date = TODAY, only_check: bool = False) -> Outcome:
    path = register(place, rows)
    return take_in_register(path, place / "kobling.toml", place / "fondet/data/raw", today=on, only_check=only_check)


def tables(place: Path) -> dict[str, pl.DataFrame]:
    return read_core(place / "fondet/data/raw").tables


def sentences(outcome: Outcome) -> str:
    return "\n".join(one.sentence("nb") for one in (*outcome.faults, *outcome.findings))


def test_every_project_is_entered_with_its_owner_round_and_grant_and_the_register_as_their_document(
    place: Path,
) -> None:
    outcome = taken(place, ROWS)
    assert outcome.faults == [] and outcome.counts["added"] == 3
    found = tables(place)
    assert dict(found["project_grants"].select("project_id", "grant_amount").iter_rows()) == {
        "2024-trygg-skolevei": 450_000,
        "2024-apen-park": 1_200_000,
        "2025-felles-vaskeri": 85_500,
    }
    assert found["projects"]["external_id"].to_list() == ["24/2", "24/1", "25/1"]
    assert set(found["projects"]["source_id"]) == {"registeret-2026-11-20"}
    assert found["sources"].filter(source_id="registeret-2026-11-20")["title"].item() == "Registeret over tilskudd"
    assert found["codelists"].filter(codelist="sector", code="byutvikling")["label_en"].item() == "Urban development"


def test_a_body_is_one_with_and_without_the_word_municipality(place: Path) -> None:
    taken(place, ROWS)
    assert tables(place)["organisations"]["name"].to_list() == ["Bergen", "Os"]
    assert tables(place)["organisation_names"]["name"].to_list() == ["Bergen kommune"]


def test_a_row_that_cannot_be_split_is_set_aside_and_told_as_is_what_stands_above_the_table(place: Path) -> None:
    path = register(place, [[f"24/{n}", f"Tiltak {n}", "Bergen", "1", "15.03.2024", "Helse", ""] for n in range(25)])
    text = path.read_text(encoding="cp1252")
    path.write_text(f'Register 2024\n{text}26/1;"uferdig\n', encoding="cp1252")
    outcome = take_in_register(path, place / "kobling.toml", place / "fondet/data/raw", today=TODAY, only_check=True)
    assert (outcome.counts["added"], outcome.counts["set_aside"], outcome.faults) == (25, 1, [])
    assert 'register.csv, rad 28, verdi «26/1;"uferdig»: Linja kan ikke deles' in sentences(outcome)
    assert "register.csv, rad 1, verdi «Register 2024»" in sentences(outcome)


def test_a_check_says_what_would_be_entered_and_enters_nothing(place: Path) -> None:
    assert taken(place, ROWS, only_check=True).counts["added"] == 3
    assert tables(place)["projects"].is_empty()


def test_the_same_register_again_changes_nothing(place: Path) -> None:
    taken(place, ROWS)
    outcome = taken(place, ROWS, on=date(2027, 11, 20))
    assert (outcome.counts["same"], outcome.counts["added"], outcome.receipt_id) == (3, 0, None)
    assert tables(place)["sources"].filter(pl.col("source_id").str.starts_with("registeret")).height == 1


def test_next_year_adds_what_is_new_corrects_what_differs_and_keeps_what_is_gone(place: Path) -> None:
    taken(place, ROWS)
    changed = [["24/1", "Trygg skolevei", "Bergen", "500", "15.03.2024", "Samferdsel", ""], ROWS[2]]
    added = ["26/1", "Bålplass", "Os", "30", "01.03.2026", "Byutvikling", ""]
    outcome = taken(place, [*changed, added], on=date(2027, 11, 20))
    counts = {name: outcome.counts[name] for name in ("added", "changed", "same", "gone")}
    assert counts == {"added": 1, "changed": 1, "same": 1, "gone": 1}
    found = read_core(place / "fondet/data/raw")
    grants = found.tables["project_grants"].filter(project_id="2024-trygg-skolevei")
    assert grants["grant_amount"].item() == 500_000
    assert found.corrections.select("column_name", "expect", "replace", "reason_nb").rows() == [
        ("grant_amount", "450000", "500000", "Registeret oppgir nå denne verdien.")
    ]
    assert "Åpen park" in sentences(outcome) and found.tables["projects"].height == 4


def test_a_value_that_the_register_no_longer_has_stays(place: Path) -> None:
    taken(place, ROWS)
    outcome = taken(place, [["24/1", "Trygg skolevei", "Bergen", "", "15.03.2024", "Samferdsel", ""]])
    assert outcome.counts["same"] == 1
    assert tables(place)["project_grants"].height == 3


def test_without_an_id_the_same_name_in_another_year_is_another_award(place: Path) -> None:
    path = place / "kobling.toml"
    path.write_text(MAPPING.replace('"Saksnr" = "projects.external_id"\n', ""), encoding="utf-8")
    again = ["", "Trygg skolevei", "Bergen", "450", "01.03.2025", "Samferdsel", ""]
    outcome = taken(place, [ROWS[0], again, ROWS[0]])
    assert outcome.counts["added"] == 2 and "prosjektet står også i rad 2" in sentences(outcome)


def test_a_row_without_what_every_project_needs_is_set_aside_and_told_at_its_place(place: Path) -> None:
    many = [[f"24/{n}", f"Tiltak {n}", "Os", "30", "15.03.2024", "Helse", ""] for n in range(19)]
    outcome = taken(place, [*many, ["24/99", "", "Os", "30", "15.03.2024", "Helse", ""]])
    assert (outcome.faults, outcome.counts["set_aside"], outcome.counts["added"]) == ([], 1, 19)
    assert "register.csv, rad 21, kolonne Prosjekt: navnet på prosjektet mangler; fyll det ut" in sentences(outcome)


@pytest.mark.parametrize("word", ["Sum", "Totalt:", ""])
def test_a_row_that_adds_up_the_others_is_no_project_and_is_told(place: Path, word: str) -> None:
    outcome = taken(place, [*ROWS, ["", word, "", "1735,5", "", "", ""]])
    assert (outcome.faults, outcome.counts["added"], outcome.counts["set_aside"]) == ([], 3, 0)
    assert "rad 5: raden er en sum, og er ikke tatt med" in sentences(outcome)


def test_a_project_called_total_with_an_owner_is_a_project(place: Path) -> None:
    assert taken(place, [["24/9", "Total", "Os", "30", "15.03.2024", "Helse", ""]]).counts["added"] == 1


def test_more_than_five_in_a_hundred_set_aside_stops_everything(place: Path) -> None:
    many = [[f"24/{n}", f"Tiltak {n}", "Os", "30", "15.03.2024", "Helse", ""] for n in range(18)]
    outcome = taken(place, [*many, ["24/99", "", "Os", "30", "15.03.2024", "Helse", ""]])
    assert "1 av 19 rader er satt til side, og ingenting er ført inn" in sentences(outcome)
    assert tables(place)["projects"].is_empty()


def test_a_text_without_a_code_stops_everything_and_is_told_once_with_the_line_to_write(place: Path) -> None:
    rows = [[*row[:5], "Romfart", ""] for row in ROWS]
    outcome = taken(place, rows)
    assert len(outcome.faults) == 1 and "(3 rader) står ikke for noen kode" in sentences(outcome)
    assert '[codes."projects.sector_code"]' in sentences(outcome)


def test_an_amount_in_another_currency_is_told_and_not_added_to_the_others(place: Path) -> None:
    path = place / "kobling.toml"
    path.write_text(
        MAPPING.replace('"Kontaktperson" = "Navn føres ikke."', "").replace(
            "[left_out]", '"Kontaktperson" = "project_grants.currency_code"\n[left_out]'
        ),
        encoding="utf-8",
    )
    outcome = taken(place, [[*ROWS[0][:6], "EUR"], [*ROWS[1][:6], "kr"]])
    assert "beløpet er i EUR og ordningen regner i NOK; det er ikke tatt med" in sentences(outcome)
    assert tables(place)["project_grants"]["project_id"].to_list() == ["2024-apen-park"]


def test_a_column_that_the_mapping_does_not_know_is_told_and_one_that_is_gone_stops_everything(place: Path) -> None:
    headings = [*HEADINGS[:4], "Vedtak", *HEADINGS[5:]]
    path = register(place, ROWS, headings)
    outcome = take_in_register(path, place / "kobling.toml", place / "fondet/data/raw", today=TODAY)
    assert "kolonne Vedtak: kolonnen er ny for koblingen, og er ikke tatt med" in sentences(outcome)
    assert "kolonne Vedtaksdato: kolonnen finnes ikke i registeret, eller er tom" in sentences(outcome)
    assert outcome.faults and tables(place)["projects"].is_empty()


def test_benefits_of_a_project_stand_in_rows_of_their_own_and_are_expected_until_somebody_grades_them(
    place: Path,
) -> None:
    more = (
        MAPPING.replace('"Kontaktperson" = "Navn føres ikke."', "").replace(
            "[left_out]",
            '"Kontaktperson" = "benefits.name"\n"Type" = "benefits.benefit_code"\n[left_out]',
        )
        + '[codes."benefits.benefit_code"]\n"Tid" = { code = "time_saved_staff", reason = "Spart tid." }\n'
    )
    (place / "kobling.toml").write_text(more, encoding="utf-8")
    rows = [[*ROWS[0][:6], "Færre telefoner", "Tid"], [*ROWS[0][:6], "Raskere svar", "Tid"], [*ROWS[1][:6], "", ""]]
    path = register(place, rows, [*HEADINGS, "Type"])
    outcome = take_in_register(path, place / "kobling.toml", place / "fondet/data/raw", today=TODAY)
    assert outcome.faults == [], sentences(outcome)
    found = tables(place)
    assert found["projects"].height == 2
    assert sorted(found["benefits"]["name_nb"]) == ["Færre telefoner", "Raskere svar"]
    assert set(found["benefit_claims"]["evidence_code"]) == {"forventet"}
    again = take_in_register(path, place / "kobling.toml", place / "fondet/data/raw", today=date(2026, 12, 1))
    assert again.receipt_id is None


@pytest.mark.parametrize(
    ("heading", "day", "is_planned"),
    [("Startdato", "01.04.2024", False), ("Startdato", "01.04.2027", True), ("Planlagt start", "01.04.2024", True)],
)
def test_a_date_that_lies_ahead_or_is_in_a_column_of_plans_is_a_plan(
    place: Path, heading: str, day: str, is_planned: bool
) -> None:
    added = f'"{heading}" = "project_events.started_on"\n[left_out]'
    (place / "kobling.toml").write_text(MAPPING.replace("[left_out]", added), encoding="utf-8")
    path = register(place, [[*ROWS[0], day]], [*HEADINGS, heading])
    take_in_register(path, place / "kobling.toml", place / "fondet/data/raw", today=TODAY)
    note = tables(place)["project_events"]["note_nb"].item()
    assert (note is not None and "lanlagt" in note) is is_planned


def test_the_commands_propose_a_mapping_that_takes_the_register_in(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = register(place, ROWS), place / "ny.toml"
    assert main(["map", str(path), "--out", str(out)]) == 0
    assert "6 av 7 kolonner" in capsys.readouterr().out
    mapping = read_mapping(out)
    assert mapping.times == {"project_grants.grant_amount": 1000}
    assert mapping.left_out == {"Kontaktperson": "Navn på personer, og hvordan de nås, føres aldri."}
    assert mapping.fixed["owner.level_code"] == "kommune"
    assert main(["map", str(path), "--with", str(out), "--check"]) == 0
    assert main(["map", str(path), "--with", str(out)]) == 0
    assert "Prosjekter: 3 nye" in capsys.readouterr().out
    assert main(["map", str(path), "--with", str(out)]) == 0
    assert "Registeret sier ikke noe nytt" in capsys.readouterr().out
    assert main(["map", str(path), "--out", str(out)]) == 1, "a mapping that somebody has edited is not overwritten"
    assert main(["map", str(path)]) == 2


def sheets(place: Path) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "Forklaring"
    book.active.append(["Slik leses arket"])
    sheet = book.create_sheet("Tilskudd")
    for row in (["Tilskudd 2024"], [], HEADINGS, *ROWS):
        sheet.append(row)
    path = place / "register.xlsx"
    book.save(path)
    return path


def test_the_sheet_with_the_register_is_found_and_what_stands_above_the_headings_is_its_title(place: Path) -> None:
    found = open_register(sheets(place))
    assert (found.sheet, found.other_sheets, [one.place for one in found.entries]) == (
        "Tilskudd", ["Forklaring"], ["4", "5", "6"],
    )  # fmt: skip
    assert 'title = "Tilskudd 2024"' in propose(found, {}, "Fondet", "nb", TODAY)


@pytest.mark.parametrize("wrapped", [True, False])
def test_records_of_json_are_the_longest_list_of_objects(place: Path, wrapped: bool) -> None:
    records = [{"id": str(n), "title": f"T{n}", "org": [{"name": "A"}, {"name": "B"}]} for n in range(3)]
    path = place / "register.json"
    path.write_text(json.dumps({"meta": [{"a": 1}], "projects": records} if wrapped else records), encoding="utf-8")
    found = open_register(path)
    assert found.headings == ["id", "title", "org/*/name"] and len(found.entries) == 3
    assert found.entries[0].values["org/*/name"] == ["A", "B"]


IATI = """<iati-activities version="2.03">
<iati-activity default-currency="NOK"><iati-identifier>NO-1</iati-identifier>
<title><narrative>Rent vann</narrative></title><participating-org role="4"><narrative>Os</narrative></participating-org>
<activity-date type="1" iso-date="2019-01-01"/><activity-date type="2" iso-date="2019-02-01"/>
<result type="2"><indicator measure="1"><period><target value="30"/></period></indicator></result></iati-activity>
<iati-activity><iati-identifier>NO-2</iati-identifier></iati-activity></iati-activities>"""


def test_activities_of_iati_are_records_whose_dates_and_parts_are_called_by_their_kind(place: Path) -> None:
    path = place / "register.xml"
    path.write_text(IATI, encoding="utf-8")
    found = open_register(path)
    assert found.entries[0].text("start actual/iso-date") == "2019-02-01"
    assert found.entries[0].text("implementing org") == "Os" and found.entries[0].text("title") == "Rent vann"
    assert found.entries[0].text("result/indicator/period/target/value") == "30", "results are named, however deep"
    text = propose(found, {}, "Norad", "nb", TODAY)
    assert '"start actual/iso-date" = "project_events.started_on"' in text
    assert '"implementing org" = "owner.name"' in text


@pytest.mark.parametrize("content", ["<!DOCTYPE x [<!ENTITY a 'b'>]><x><y/></x>", "<x><y></x>", "<x/>"])
def test_xml_that_is_not_safe_or_holds_nothing_is_refused_with_a_sentence(place: Path, content: str) -> None:
    path = place / "register.xml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ExchangeError) as refused:
        open_register(path)
    assert refused.value.message("nb").startswith("register.xml: f")


def test_grants_of_one_name_in_one_year_are_several_where_owner_or_day_differs_and_are_known_again(place: Path) -> None:
    rows = [
        ["", "Kjernestøtte", "Bergen", "450", "15.03.2024", "Helse", ""],
        ["", "Kjernestøtte", "Os", "300", "15.03.2024", "Helse", ""],
        ["", "Kjernestøtte", "Bergen", "700", "15.09.2024", "Helse", ""],
    ]
    assert taken(place, rows).counts["added"] == 3
    again = taken(place, [rows[2], rows[0], rows[1]], on=date(2027, 11, 20))
    assert (again.counts["same"], again.counts["added"], again.counts["changed"]) == (3, 0, 0)
    raised = [*rows[:1], ["", "Kjernestøtte", "Os", "350", "15.03.2024", "Helse", ""], rows[2]]
    later = taken(place, raised, on=date(2028, 11, 20))
    assert (later.counts["same"], later.counts["changed"]) == (2, 1)
    assert sorted(tables(place)["project_grants"]["grant_amount"]) == [350_000, 450_000, 700_000]


def test_the_same_grant_twice_is_told_by_its_name_and_entered_once(place: Path) -> None:
    row = ["", "Kjernestøtte", "Bergen", "450", "15.03.2024", "Helse", ""]
    outcome = taken(place, [row, row])
    assert outcome.counts["added"] == 1
    assert "verdi «Kjernestøtte»: prosjektet står også i rad 2; den raden er tatt med, og ikke denne." in sentences(
        outcome
    )


def test_an_amount_with_the_sign_of_another_currency_is_told_in_its_cell(place: Path) -> None:
    outcome = taken(place, [["24/1", "Trygg skolevei", "Bergen", "£450", "15.03.2024", "Helse", ""]])
    assert tables(place)["project_grants"].height == 0
    assert "«£450»: er i GBP, og ordningen regner i NOK; beløpet er ikke tatt med." in sentences(outcome)
