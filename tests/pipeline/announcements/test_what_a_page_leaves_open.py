"""What a page leaves open is asked, and what it plans is a plan: drafts, up to the registry."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from gevinst.announcements.accept import accept_draft, write_draft
from gevinst.announcements.document import document_of
from gevinst.announcements.read_page import read_page, reading_of
from gevinst.cli import main
from gevinst.intake import IntakeError, read_core

OWN = Path(__file__).parents[2] / "data" / "other_schemes" / "own"
TODAY = date(2036, 1, 2)
PAGE = (
    "Kunngjøring fra fondet\n\n4. mai 2031\n\nTre prosjekter får støtte.\n\n"
    "| Eier | Prosjekt | Tildelt (kr) |\n|---|---|---|\n"
    "| Storvik | Felles booking | 900 000 |\n| Direktoratet for ro | Kortere kø | 1 200 000 |\n"
    "| Østvik kommune | Digital los | 300 000 |\n"
)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def draft(tmp_path: Path, raw_dir: Path) -> Path:
    return write_draft(reading_of(document_of("page.txt", PAGE)), tmp_path / "drafts", raw_dir, TODAY)


def test_the_level_of_a_body_is_asked_where_its_name_does_not_say(draft: Path) -> None:
    levels = {row["name"]: row["level_code"] for row in rows(draft / "organisations.csv")}
    assert levels == {"Storvik": "[ikke oppgitt]", "Direktoratet for ro": "stat", "Østvik kommune": "kommune"}


def test_amounts_of_projects_go_to_their_grants(draft: Path) -> None:
    assert {row["grant_amount"] for row in rows(draft / "project_grants.csv")} == {"900000", "1200000", "300000"}
    figures = rows(draft / "round_figures.csv") if (draft / "round_figures.csv").exists() else []
    assert [row for row in figures if row["measure_code"] == "amount"] == []


def test_a_draft_with_a_placeholder_is_refused_and_each_is_named(draft: Path, raw_dir: Path) -> None:
    with pytest.raises(IntakeError) as refused:
        accept_draft(draft, raw_dir)
    said = str(refused.value)
    names = [row["name"] for row in rows(draft / "organisations.csv")]
    row = names.index("Storvik") + 2  # lines of the file are counted from 1, and the first is the heading
    assert f"page/organisations.csv, row {row}, column level_code, value «[ikke oppgitt]»" in said
    assert "page/sources.csv, row 2, column publisher, value «[ikke oppgitt]»" in said


def test_the_status_of_an_award_is_awarded_and_not_under_way(draft: Path) -> None:
    status = [row["code"] for row in rows(draft / "statements.csv") if row["kind"] == "status"]
    assert set(status) == {"tildelt"}


@pytest.mark.slow
def test_a_start_that_an_award_announces_is_accepted_as_a_plan(tmp_path: Path, raw_dir: Path) -> None:
    page = OWN / "o13_own_page_nb.txt"
    draft = write_draft(read_page(page), tmp_path / "drafts", raw_dir, date(2027, 2, 5))
    (started,) = (row for row in rows(draft / "project_events.csv") if row["event_code"] == "started")
    assert (started["event_on"], started["note_en"]) == ("2027-03-01", "Planned when the page was written.")
    for path in draft.glob("*.csv"):
        said = "stat" if path.stem == "organisations" else "Oppdiktet etat"
        path.write_text(path.read_text(encoding="utf-8").replace("[ikke oppgitt]", said), encoding="utf-8")
    accept_draft(draft, raw_dir)
    events = read_core(raw_dir).tables["project_events"]
    assert "2027-varme-maltider-started" in set(events["project_event_id"])


def test_proposals_become_the_same_draft_as_the_readers(
    tmp_path: Path, raw_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GEVINST_RAW_DIR", str(raw_dir))
    page, said = tmp_path / "page.txt", tmp_path / "said.json"
    page.write_text(PAGE, encoding="utf-8")
    line = "| Storvik | Felles booking | 900 000 |"
    project = {
        "name": {"value": "Felles booking", "line": 9, "quote": line},
        "owners": [{"value": "Storvik", "line": 9, "quote": line}],
        "grant": {"value": 900_000, "line": 9, "quote": "900 000"},
    }
    rounds = [{"year": {"value": 2031, "line": 3, "quote": "4. mai 2031"}}]
    said.write_text(json.dumps({"rounds": rounds, "projects": [project]}), encoding="utf-8")
    assert main(["read", str(page), "--proposals", str(said), "--out", str(tmp_path / "drafts")]) == 0
    draft = tmp_path / "drafts" / "page"
    assert [row["grant_amount"] for row in rows(draft / "project_grants.csv")] == ["900000"]
    assert (draft / "evidence.csv").exists() and (draft / "summary.txt").exists()
    capsys.readouterr()
    project["name"]["line"] = 10
    said.write_text(json.dumps({"projects": [project]}), encoding="utf-8")
    assert main(["read", str(page), "--proposals", str(said), "--language", "en"]) == 1
    assert "is not on line 10" in capsys.readouterr().err
