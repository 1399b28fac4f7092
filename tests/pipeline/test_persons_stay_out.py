"""Persons' data put where they do not belong: told at the first door, by place and masked, and written nowhere."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import duckdb
import polars as pl
import pytest

from assets.resources import Installation
from gevinst.announcements.accept import accept_draft, write_draft
from gevinst.announcements.document import document_of
from gevinst.announcements.read_page import as_object, reading_of
from gevinst.cli import main
from gevinst.contracts import CORE, Type
from gevinst.findings import IntakeError, Rule
from gevinst.formats.exchange import read
from gevinst.formats.model import write_draft as write_exchange_draft
from gevinst.intake import read_core
from gevinst.intake.raw_files import raw_file, raw_files
from gevinst.reference import shipped
from tests.data.canary import EMAIL, NAME, NUMBER, PHONE, SPELLINGS, told_of
from tests.data.scan import told_in
from tests.data.workspaces import workspace

PAGE = (
    "Kunngjøring fra fondet\n\n4. mai 2031\n\nTo prosjekter får støtte.\n\n"
    "| Eier | Prosjekt | Tildelt (kr) |\n|---|---|---|\n"
    f"| Storvik | {{}} | 900 000 |\n| Direktoratet for ro | Kortere kø | 1 200 000 |\n\n"
    f"Kontaktperson: {NAME}, {EMAIL}, tlf. {PHONE}\n"
)
SURVEY = "survey_results"


def put(raw_dir: Path, table: str, column: str, value: str, row: int = 0) -> tuple[str, int]:
    """Write a value into a cell of the first file of a table that has such a row; its file and line."""
    contract = next(one for one in CORE if one.name == table)
    paths = [path for path in raw_files(raw_dir, contract) if path.is_relative_to(raw_dir)]
    if not paths:  # all its rows come with the program: the workspace gets some of its own
        own = raw_file(raw_dir, contract)
        paths = [Path(shutil.copyfile(shipped(own.stem), own))]
    for path in paths:
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
        if len(rows) > row + 1 and all("\n" not in cell for cells in rows for cell in cells):
            rows[row + 1][rows[0].index(column)] = value
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows(rows)
            return path.relative_to(raw_dir).as_posix(), row + 2
    raise AssertionError(f"{table} has no row {row}")


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_raw_files_with_a_person_in_them_are_refused_by_file_row_and_column(raw_dir: Path, spelling: str) -> None:
    file, line = put(raw_dir, "projects", "short_name_nb", f"Kortere kø ({spelling})")
    with pytest.raises(IntakeError) as refused:
        read_core(raw_dir)
    (finding,) = refused.value.findings
    assert (finding.file, finding.row_number, finding.column_name, finding.rule) == (
        file,
        line,
        "short_name_nb",
        Rule.PERSON,
    )
    assert "skriv rollen eller virksomheten i stedet" in finding.reason_nb
    assert told_of(f"{refused.value} {finding!r}") == [] and "[…]" in (finding.value or "")


@pytest.mark.parametrize("number", [NUMBER, "1828600016", f"{NUMBER}.0"])
def test_an_identity_number_among_numbers_is_refused_too(raw_dir: Path, number: str) -> None:
    file, line = put(raw_dir, "follow_on_funding", "amount", number)
    with pytest.raises(IntakeError) as refused:
        read_core(raw_dir)
    assert [(one.file, one.row_number, one.value) for one in refused.value.findings if one.rule is Rule.PERSON] == [
        (file, line, f"{number.zfill(11)[0]}[…]")
    ]
    assert told_of(str(refused.value)) == []


@pytest.mark.slow
def test_no_column_of_text_of_any_table_takes_a_person(raw_dir: Path) -> None:
    wanted: set[tuple[str, str]] = set()
    for contract in CORE:
        try:
            for column in contract.columns:
                # Codes, keys and references are refused as such, whatever else they hold.
                is_free = column.name not in contract.key and not column.references and not column.codelist
                if column.type is Type.TEXT and is_free:
                    file, _ = put(raw_dir, contract.name, column.name, NAME)
                    wanted.add((file, column.name))
        except AssertionError:
            continue  # a table without rows
    with pytest.raises(IntakeError) as refused:
        read_core(raw_dir)
    assert wanted - {(one.file, one.column_name) for one in refused.value.findings if one.rule is Rule.PERSON} == set()
    assert len(wanted) > 50 and told_of(str(refused.value)) == []


def test_the_committed_data_and_an_invented_portfolio_name_nobody(raw_dir: Path, published_small: Path) -> None:
    assert read_core(raw_dir).tables["projects"].height and read_core(published_small / "raw").tables["projects"].height


@pytest.mark.parametrize("as_read", [lambda text: text, lambda text: f"<html><body><p>{text}</p></body></html>"])
def test_a_page_gives_a_draft_without_the_persons_on_it(
    as_read: Callable[[str], str], raw_dir: Path, tmp_path: Path
) -> None:
    page = as_read(PAGE.format(f"Prosjektet til {NAME}"))
    reading = reading_of(document_of(f"Tips fra {NAME}.txt", page))
    write_draft(reading, tmp_path / "drafts", raw_dir)
    assert told_in(tmp_path / "drafts") == {}
    assert told_of(json.dumps(as_object(reading, "nb"), ensure_ascii=False)) == []


def test_a_cell_that_was_masked_in_a_draft_is_filled_in_by_a_person(raw_dir: Path, tmp_path: Path) -> None:
    reading = reading_of(document_of("tips.txt", PAGE.format(f"Prosjektet til {NAME}")))
    assert [note.line for note in reading.findings if note.code == "person"] == [9]
    draft = write_draft(reading, tmp_path / "drafts", raw_dir)
    with pytest.raises(
        IntakeError, match=r"projects\.csv, .*name_nb.*Prosjektet til K\[…\].*persons' data are taken out"
    ):
        accept_draft(draft, raw_dir, only_check=True)


def test_a_draft_with_a_person_in_it_is_not_accepted(raw_dir: Path, tmp_path: Path) -> None:
    draft = write_draft(
        reading_of(document_of("tips.txt", PAGE.format("Felles booking"))), tmp_path / "drafts", raw_dir
    )
    projects = draft / "projects.csv"
    projects.write_text(
        projects.read_text(encoding="utf-8").replace("Felles booking", f"Spør {NAME}"), encoding="utf-8"
    )
    for path in draft.glob("*.csv"):
        path.write_text(path.read_text(encoding="utf-8").replace("[ikke oppgitt]", "kommune"), encoding="utf-8")
    before = {path: path.read_bytes() for path in raw_dir.rglob("*.csv")}
    with pytest.raises(IntakeError) as refused:
        accept_draft(draft, raw_dir)
    assert {one.rule for one in refused.value.findings if one.column_name == "name_nb"} == {Rule.PERSON}
    assert told_of(str(refused.value)) == []
    assert {path: path.read_bytes() for path in raw_dir.rglob("*.csv")} == before


def test_an_exchange_gives_a_draft_without_persons_and_says_where_they_were(raw_dir: Path, tmp_path: Path) -> None:
    grants = [
        {
            "id": f"360G-fond-{number}",
            "title": title,
            "description": f"Ring {PHONE}.",
            "currency": "NOK",
            "amountAwarded": 250000,
            "awardDate": "2031-04-02",
            "recipientOrganization": [{"id": "NO-BRC-974760673", "name": NAME}],
            "Kontakt": EMAIL,
        }
        for number, title in enumerate(("Kortere kø", f"Prosjektet til {NAME}"))
    ]
    file = tmp_path / "grants.json"
    file.write_text(json.dumps({"grants": grants}), encoding="utf-8")
    proposed = read(file, "360giving", read_core(raw_dir).tables["organisation_numbers"])
    write_exchange_draft(proposed, tmp_path / "draft")
    assert told_in(tmp_path / "draft") == {}
    assert told_of(" ".join(one.sentence("nb") for one in proposed.not_carried)) == []
    places = {(one.place, one.field) for one in proposed.faults if one.reason == "persons_data"}
    assert {("grants[0]", "description"), ("grants[1]", "description"), ("grants[1]", "title")} <= places


def test_the_search_sees_through_every_kind_of_file_of_an_edition(tmp_path: Path) -> None:
    frame = pl.DataFrame({"name": [f"Spør {NAME}"] * 50})
    frame.write_parquet(tmp_path / "a.parquet")
    frame.write_excel(tmp_path / "a.xlsx")
    (tmp_path / "a.json").write_text(json.dumps({"number": "９１２３４５６７"}), encoding="utf-8")
    with duckdb.connect(str(tmp_path / "a.duckdb")) as database:
        database.sql("CREATE SCHEMA core; CREATE TABLE core.t AS SELECT * FROM frame")
    with sqlite3.connect(tmp_path / "a.sqlite") as lite:
        lite.execute("CREATE TABLE t (name TEXT)")
        lite.execute("INSERT INTO t VALUES (?)", (f"Spør {NAME}",))
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(NAME.encode()))
    (tmp_path / f"{NAME}.txt").touch()
    assert set(told_in(tmp_path)) == {path.name for path in tmp_path.iterdir()}


def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, installation: Installation) -> Path:
    """The installation as the shell sees it, with a place of its own for what Dagster keeps."""
    monkeypatch.setenv("GEVINST_WORKSPACE", str(workspace(tmp_path / "root")))
    monkeypatch.setenv("GEVINST_RAW_DIR", installation.raw_dir or "")
    monkeypatch.setenv("GEVINST_MARTS_DIR", installation.marts_dir or "")
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_a_run_that_a_person_in_raw_files_stops_leaves_her_in_no_log_and_no_record(
    after_small: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    dagster = home(tmp_path, monkeypatch, after_small)
    settings = after_small.settings()
    file, line = put(settings.raw_dir, "projects", "problem_nb", f"Spør {NAME} ({EMAIL}, {PHONE}, {NUMBER}).")
    put(settings.raw_dir, "projects", "round_id", EMAIL, row=1)
    assert main(["publish", "--year", "2026", "--language", "nb"]) == 1
    said = capsys.readouterr().err
    assert f"{file}, rad {line}, kolonne problem_nb" in said and told_of(said) == []
    assert f"{file}, rad {line + 1}, kolonne round_id, verdi «k[…]@[…]»" in said
    assert told_in(dagster) == {} and told_in(settings.marts_dir / "runs") == {}
    assert told_of((settings.marts_dir / "last_run.json").read_text(encoding="utf-8")) == []
    assert told_in(settings.raw_dir) != {}, "the search finds her where she is"
    assert not list(dagster.rglob("*.err")), "what steps print is kept nowhere"


@pytest.mark.slow
def test_an_edition_with_persons_in_rows_set_aside_publishes_the_rest_and_nothing_of_them(
    after_small: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dagster = home(tmp_path, monkeypatch, after_small)
    settings = after_small.settings()
    put(settings.raw_dir, "organisation_names", "name_kind_code", EMAIL)
    put(settings.raw_dir, "coding_coverage", "coded_on", NAME)
    put(settings.raw_dir, "driver_ratings", "rating", PHONE)
    put(settings.raw_dir, "coding_coverage", "is_coded_status", NUMBER, row=1)
    assert main(["publish", "--year", "2026"]) == 0
    assert settings.current.resolve().name == "2026-2"
    quarantine = pl.read_parquet(settings.current / "tables/parquet/quarantine.parquet")
    assert set(quarantine["value"]) == {"k[…]@[…]", "K[…]", "9[…]", "1[…]"}
    pages = [path.read_text(encoding="utf-8") for path in (settings.current / "site").rglob("*.html")]
    assert any(re.search(r"k\[…\]@\[…\]", page) for page in pages), "rows set aside are listed to readers"
    assert told_in(settings.marts_dir) == {} and told_in(dagster) == {}
