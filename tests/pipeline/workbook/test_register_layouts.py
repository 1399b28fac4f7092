"""Benefits registers that others keep: each column has a home or is named, and twice is the same as once."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from xlsxwriter import Workbook

from gevinst.cli import main
from gevinst.findings import IntakeError
from gevinst.intake import read_core
from gevinst.intake.read_csv import FILE, ROW
from gevinst.mapping.benefit_book import open_book
from gevinst.workbook.check import Checked, check_files
from gevinst.workbook.import_rows import import_rows
from gevinst.workbook.register_layout import read_layout
from tests.pipeline.workbook.conftest import RAW

LAYOUTS = Path(__file__).parents[3] / "docs" / "layouts"
YEAR, PROJECT = 2026, "2019-arkivfloken"
OVERVIEW = {
    "Gevinst": "Spart saksbehandlingstid",
    "Type gevinst": "Spart tid",
    "Gevinsteier": "Seksjonsleder",
    "Indikator": "Minutter per sak",
    "Nullpunkt": 45,
    "Dato nullpunkt": "01.02.2025",
    "Målverdi": 30,
    "Måldato": "31.12.2026",
    "Tiltak": "Opplæring",
    "Risiko": "Middels",
    "Status": "Planlagt",
}
"""The columns of an organisation's own overview, and an invented row in it."""

Rows = Sequence[dict[str, Any]]


@pytest.fixture
def register(tmp_path: Path) -> Callable[..., Path]:
    def write(sheet: str, *rows: dict[str, Any], name: str = "register.xlsx", above: Sequence[str] = ()) -> Path:
        path = tmp_path / name
        with Workbook(path) as book:
            table = book.add_worksheet(sheet)
            for number, line in enumerate(above):
                table.write(number, 0, line)
            headings = list(rows[0])
            table.write_row(len(above), 0, headings)
            for number, row in enumerate(rows, len(above) + 1):
                table.write_row(number, 0, [row.get(heading, "") for heading in headings])
        return path

    return write


def check(path: Path, raw_dir: Path, layout: str | Path) -> Checked:
    file = layout if isinstance(layout, Path) else LAYOUTS / layout
    return check_files([path], raw_dir, YEAR, None, layout=read_layout(file))


def delivered(path: Path, layout: str) -> dict[str, pl.DataFrame]:
    """The rows that an import would add, by table."""
    checked = check(path, RAW, layout)
    assert [finding.sentence() for finding in checked.faults] == []
    return checked.rows


def taken(path: Path, raw_dir: Path, layout: str | Path) -> dict[str, int]:
    checked = check(path, raw_dir, layout)
    assert [finding.sentence() for finding in checked.faults] == []
    return import_rows(checked.rows, raw_dir, YEAR).counts


def added(raw_dir: Path, table: str) -> pl.DataFrame:
    before, after = (read_core(folder).tables[table] for folder in (RAW, raw_dir))
    return after.join(before, on=before.columns[:2], how="anti")


def test_an_overview_comes_in_column_by_column_and_out_again_in_the_tables(register, raw_dir: Path) -> None:
    path = register("Gevinstoversikt", OVERVIEW, above=["Gevinstoversikt 2025", ""])
    assert taken(path, raw_dir, "gevinstoversikt.toml") == {
        "evaluations/2026/benefits.csv": 1,
        "evaluations/2026/benefit_plans.csv": 1,
    }
    benefit, plan = added(raw_dir, "benefits").row(0, named=True), added(raw_dir, "benefit_plans").row(0, named=True)
    assert {name: benefit[name] for name in ("benefit_id", "name_nb", "name_en", "measures_nb", "risk_nb")} == {
        "benefit_id": "2019-arkivfloken-spart-saksbehandlingstid",
        "name_nb": OVERVIEW["Gevinst"],
        "name_en": None,
        "measures_nb": OVERVIEW["Tiltak"],
        "risk_nb": OVERVIEW["Risiko"],
    }
    assert (benefit["saving_type_code"], benefit["responsible_role_code"]) == ("spart_tid", "linjeorganisasjon")
    assert (plan["benefit_id"], plan["indicator_nb"], plan["unit_code"]) == (
        benefit["benefit_id"],
        OVERVIEW["Indikator"],
        "minutes_per_case",
    )
    assert (plan["baseline_value"], plan["baseline_on"], plan["baseline_precision"]) == (45, date(2025, 2, 1), "day")
    assert (plan["target_value"], plan["target_on"], plan["target_precision"]) == (30, date(2026, 12, 31), "day")
    assert plan["benefit_status_code"] == "planned"
    assert (plan["currency_code"], plan["price_year"]) == (None, None), "minutes have no currency"
    assert plan["source_locator"] == "Gevinstoversikt, rad 4"


@pytest.mark.slow
def test_units_of_every_kind_have_a_home_and_only_money_has_a_currency(register) -> None:
    units = {
        "Kroner": "nok",
        "Årsverk": "staff_years",
        "Score 1–6": "score_1_6",
        "Minutter per sak": "minutes_per_case",
    }
    rows = [
        OVERVIEW | {"Gevinst": f"Gevinst i {unit}", "Indikator": unit, "Nullpunkt": 5, "Målverdi": 6} for unit in units
    ]
    rows = delivered(register("Gevinstoversikt", *rows), "gevinstoversikt.toml")
    plans = rows["benefit_plans"]
    assert dict(plans.select("indicator_nb", "unit_code").iter_rows()) == units
    assert plans.filter(pl.col("currency_code").is_not_null())["unit_code"].to_list() == ["nok"]


@pytest.mark.slow
def test_the_same_register_twice_is_the_same_as_once(register, raw_dir: Path) -> None:
    path = register("Gevinstoversikt", OVERVIEW)
    taken(path, raw_dir, "gevinstoversikt.toml")
    before = {file: file.read_bytes() for file in raw_dir.rglob("*.csv")}
    assert taken(path, raw_dir, "gevinstoversikt.toml") == {}
    assert {file: file.read_bytes() for file in raw_dir.rglob("*.csv")} == before


@pytest.mark.slow
def test_a_register_delivered_again_changes_the_plan_and_leaves_the_benefit(register, raw_dir: Path) -> None:
    taken(register("Gevinstoversikt", OVERVIEW), raw_dir, "gevinstoversikt.toml")
    later = register("Gevinstoversikt", OVERVIEW | {"Status": "I rute", "Målverdi": 25, "Risiko": "Lav"})
    notes = [note for note in check(later, raw_dir, "gevinstoversikt.toml").findings if note.column_name == "risk_nb"]
    assert [(note.cell, note.value, note.is_note) for note in notes] == [("J2", "Lav", True)]
    assert taken(later, raw_dir, "gevinstoversikt.toml") == {"evaluations/2026/benefit_plans.csv": 1}
    first, second = added(raw_dir, "benefit_plans").sort("benefit_plan_id").iter_rows(named=True)
    assert (first["revises_plan_id"], second["revises_plan_id"]) == (None, first["benefit_plan_id"])
    assert (second["target_value"], second["benefit_status_code"]) == (25, "in_progress")
    assert taken(later, raw_dir, "gevinstoversikt.toml") == {}
    assert added(raw_dir, "benefits")["risk_nb"].to_list() == ["Middels"]


@pytest.mark.slow
def test_two_indicators_of_one_benefit_are_one_benefit_with_two_plans(register) -> None:
    second = OVERVIEW | {"Indikator": "Årsverk", "Nullpunkt": 12, "Målverdi": 10}
    rows = delivered(register("Gevinstoversikt", OVERVIEW, second), "gevinstoversikt.toml")
    assert (rows["benefits"].height, rows["benefit_plans"].height) == (1, 2)


@pytest.mark.slow
def test_a_plan_of_a_municipality_keeps_each_beneficiary_and_years_as_years(register) -> None:
    row = {
        "Gevinst": "Kortere kø",
        "Gevinsttype": "Økt kvalitet",
        "Hvem får gevinsten": "Innbyggerne; kommunen",
        "Gevinstansvarlig": "Virksomhetsleder",
        "Indikator": "Dager i kø",
        "Enhet": "dager",
        "Nullpunkt": 20,
        "Nullpunkt år": 2024,
        "Mål": "12,5",
        "Mål år": "2026",
        "Forutsetninger": "",
        "Måles neste gang": "06.2026",
        "Kommentar": "Se vedlegg.",
        "Beløp": 100000,
    }
    path = register("Gevinstplan", row)
    checked = check(path, RAW, "ks.toml")
    notes = [f for f in checked.findings if f.rule == "heading"]
    assert [(note.cell, note.column_name) for note in notes] == [("M1", "Kommentar"), ("N1", "Beløp")]
    assert all("not carried" in note.reason_en and note.sheet == "Gevinstplan" for note in notes)
    assert checked.faults == []
    rows = checked.rows
    assert sorted(rows["benefit_beneficiaries"]["beneficiary_code"]) == ["innbygger", "virksomhet"]
    plan = rows["benefit_plans"].row(0, named=True)
    assert (plan["baseline_on"], plan["baseline_precision"]) == (date(2024, 1, 1), "year")
    assert (plan["next_measurement_on"], plan["next_measurement_precision"]) == (date(2026, 6, 1), "month")
    assert (plan["target_value"], plan["responsible_role_code"]) == (12.5, "gevinsteier")


@pytest.mark.slow
def test_a_realisation_plan_brings_its_groups_and_what_was_measured(register) -> None:
    row = {
        "Gevinst": "Lavere porto",
        "Gevinstgruppe": "Budsjettvirkning i egen virksomhet",
        "Bygger på": "",
        "Tiltak": "Digital post",
        "Risikoprofil": "Lav",
        "Gevinsteier": "linjeorganisasjonen",
        "Måleparameter": "Utgifter til porto",
        "Måleenhet": "kroner per år",
        "Nullpunktsmåling": 900000,
        "Nullpunkt målt": "2023",
        "Forventet verdi": 300000,
        "Forventet når": "2027",
        "Status": "Delvis realisert",
        "Målt verdi": 500000,
        "Målt når": "01.03.2026",
    }
    planned = row | {
        "Gevinst": "Færre purringer",
        "Måleparameter": "Purringer",
        "Måleenhet": "antall per år",
        "Målt verdi": "",
        "Målt når": "",
    }
    rows = delivered(register("Gevinstrealiseringsplan", row, planned), "prosjektveiviseren.toml")
    assert [rows[name].height for name in ("benefits", "benefit_plans", "benefit_measurements")] == [2, 2, 1]
    measured = rows["benefit_measurements"].row(0, named=True)
    plans = {plan["benefit_plan_id"]: plan for plan in rows["benefit_plans"].iter_rows(named=True)}
    plan = plans[measured["benefit_plan_id"]]
    assert (plan["indicator_nb"], plan["currency_code"], plan["price_year"]) == ("Utgifter til porto", "NOK", 2025)
    assert (measured["measured_value"], measured["stated_by_code"]) == (500000, "owner")
    assert set(rows["benefits"]["benefit_class_code"]) == {"budget_own"}


@pytest.mark.slow
def test_a_register_in_english_says_so_in_the_norwegian_text_and_names_what_it_has_no_place_for(register) -> None:
    row = {
        "Benefit number": "B-07",
        "Category and class": "Cash-releasing",
        "Description": "Fewer hours spent on each case",
        "Service feature": "New case system",
        "Potential costs": "Training",
        "Activities required": "Retire the old system",
        "Responsible officer": "Head of casework",
        "Performance measure": "Hours per case",
        "Target improvement": 2,
        "Full-year value": 120000,
        "Timescale": "2027",
    }
    path = register("Benefits register", row)
    checked = check(path, RAW, "green_book_box_9.toml")
    left = [f.column_name for f in checked.findings if f.rule == "heading"]
    assert left == ["Service feature", "Potential costs", "Full-year value"]
    assert checked.faults == []
    rows = checked.rows
    benefit = rows["benefits"].row(0, named=True)
    assert (benefit["name_en"], benefit["name_nb"]) == (row["Description"], f"[På engelsk: {row['Description']}]")
    assert (benefit["source_locator"], benefit["benefit_class_code"]) == ("B-07", "budget_own")
    assert rows["benefit_plans"]["unit_code"].to_list() == ["hours_per_case"]


def test_a_fault_names_the_registers_own_sheet_cell_and_value(register) -> None:
    path = register("Gevinstoversikt", OVERVIEW | {"Målverdi": "ca. 30", "Gevinsteier": "Kari Nordmann"})
    found = check(path, RAW, "gevinstoversikt.toml").faults
    assert sorted((f.file, f.place, f.column_name, f.value, f.rule) for f in found) == [
        ("register.xlsx", "Gevinstoversikt!C2", "responsible_role_code", "K[…]", "code"),
        ("register.xlsx", "Gevinstoversikt!G2", "target_value", "ca. 30", "form"),
    ]


def test_a_heading_that_is_gone_stops_and_a_likely_one_is_named(register) -> None:
    row = {("Mål, verdi" if heading == "Målverdi" else heading): value for heading, value in OVERVIEW.items()}
    (found,) = check(register("Gevinstoversikt", row), RAW, "gevinstoversikt.toml").faults
    assert (found.rule, found.value, found.sheet) == ("heading", "Målverdi", "Gevinstoversikt")
    assert "«mål, verdi»" in found.reason_nb and "gevinstoversikt.toml" in found.reason_nb


def test_a_layout_is_refused_with_every_fault_in_it(tmp_path: Path) -> None:
    path = tmp_path / "faulty.toml"
    path.write_text(
        'language = "sv"\nheads = 1\n[columns]\n"Mål" = "benefit_plans.target_vale"\n[fixed]\nowner = "x"\n',
        encoding="utf-8",
    )
    with pytest.raises(IntakeError) as raised:
        read_layout(path)
    found = {(f.column_name, f.value) for f in raised.value.findings}
    assert found == {
        ("to", None),
        ("language", "sv"),
        ("heads", None),
        ("Mål", "benefit_plans.target_vale"),
        ("fixed", "owner"),
        ("columns", None),
    }
    assert "benefit_plans.target_value" in " ".join(f.reason_en for f in raised.value.findings)


@pytest.mark.slow
def test_a_register_is_taken_in_by_the_mapping_that_was_proposed_of_it(
    register, raw_dir: Path, tmp_path: Path, capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GEVINST_RAW_DIR", str(raw_dir))
    path, mapping = register("Gevinster", OVERVIEW | {"Merknad": "Gjelder pilotene."}), tmp_path / "kobling.toml"
    assert main(["map", str(path), "--to", "benefits", "--out", str(mapping)]) == 0
    text = mapping.read_text(encoding="utf-8")
    assert "gevinst map register.xlsx --with" in text and "gevinst import" not in text

    take_in = ["map", str(path), "--with", str(mapping), "--year", str(YEAR)]
    assert main(take_in) == 1, "what stands as dots has not been filled in"
    assert {"«...»", "Ingenting er ført inn."} <= set(
        re.findall("«...»|Ingenting er ført inn\\.", capsys.readouterr().out)
    )
    filled = {
        "project_id": PROJECT,
        "source_id": "gevinst-kartlegging-2026",
        "benefits.benefit_code": "time_saved_staff",
    }
    for name, value in filled.items():
        text = re.sub(rf'^("?{re.escape(name)}"? = )"\.\.\."', rf'\1"{value}"', text, flags=re.MULTILINE)
    text = text.replace('# "Seksjonsleder" = "..."', '"Seksjonsleder" = "linjeorganisasjon"')
    mapping.write_text(text, encoding="utf-8")

    assert main([*take_in, "--check"]) == 0
    said = capsys.readouterr().out
    assert "kolonnen «Merknad» er ikke tatt med" in said and "Nye rader: " in said and "dette er en kontroll" in said
    assert added(raw_dir, "benefit_plans").is_empty()
    assert main(take_in) == 0
    assert added(raw_dir, "benefit_plans").height == added(raw_dir, "benefits").height == 1
    assert "Angre med: gevinst undo" in capsys.readouterr().out.splitlines()[-1]
    assert main(take_in) == 0
    assert "Registeret sier ikke noe nytt" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["register.csv", "register.json"])
def test_a_register_that_is_no_workbook_gives_the_same_rows(register, tmp_path: Path, name: str) -> None:
    row = OVERVIEW | {"Nullpunkt": 45.125}
    wanted = delivered(register("Gevinstoversikt", row), "gevinstoversikt.toml")
    if name.endswith("json"):
        text = json.dumps({"register": "Etaten", "gevinster": [row]}, ensure_ascii=False)
    else:
        cells = (str(value).replace("45.125", "45,1250") for value in row.values())
        text = "\n".join(["Gevinster 2026", ";".join(row), ";".join(cells), ""])
    (tmp_path / name).write_text(text, encoding="utf-8")
    layout = replace(read_layout(LAYOUTS / "gevinstoversikt.toml"), sheet=None)
    opened = partial(open_book, layout=layout)
    found = check_files([tmp_path / name], RAW, YEAR, None, layout=layout, open_book=lambda path: opened(path)[0])
    assert [finding.sentence() for finding in found.faults] == []
    places = ["source_locator", ROW, FILE]
    for table, rows in wanted.items():
        assert found.rows[table].drop(places).equals(rows.drop(places)), table
    (around,) = opened(tmp_path / name)[1]
    assert around.is_note and around.value == ("Etaten" if name.endswith("json") else "Gevinster 2026")


@pytest.mark.parametrize(("old", "said"), [('to = "benefits"\n', ""), ('"benefits"', '"gevinster"')])
def test_a_mapping_says_itself_what_the_rows_are(register, tmp_path: Path, capsys, old: str, said: str) -> None:
    text = (LAYOUTS / "gevinstoversikt.toml").read_text(encoding="utf-8").replace(old, said, 1)
    (tmp_path / "kobling.toml").write_text(text, encoding="utf-8")
    assert main(["map", str(register("Gevinstoversikt", OVERVIEW)), "--with", str(tmp_path / "kobling.toml")]) == 1
    assert "skriv projects eller benefits" in capsys.readouterr().err


def test_registers_of_others_have_one_way_in(register) -> None:
    path = str(register("Gevinstoversikt", OVERVIEW))
    for command in (["check", path], ["import", path, "--year", str(YEAR)]):
        assert main([*command, "--layout", str(LAYOUTS / "gevinstoversikt.toml")]) == 2


def test_every_layout_of_the_papers_can_be_read() -> None:
    assert len([read_layout(path) for path in LAYOUTS.glob("*.toml")]) == 4
