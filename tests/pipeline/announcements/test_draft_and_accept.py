"""From a page to a draft, and from a draft to the registry: nothing is added that a person did not accept."""

from __future__ import annotations

import csv
import json
import os
import re
from datetime import date
from pathlib import Path

import pytest

from gevinst.announcements.accept import DraftError, accept_draft, write_draft
from gevinst.announcements.document_type import TYPES
from gevinst.announcements.draft_source import AcceptError
from gevinst.announcements.read_page import read_page, summary_text
from gevinst.cli import main
from gevinst.intake import IntakeError, read_core
from gevinst.intake.journal import WriteError
from gevinst.language.texts import Catalogue
from gevinst.workspace import scheme

SCHEME = scheme().name.nb

PAGES = Path(__file__).parents[2] / "data" / "announcements"
COHORT = PAGES / "l07_cohort_page_accordion_nb.txt"
TABLE = PAGES / "l09_vendor_table_flat_nb.txt"
PAST = PAGES / "cohort_fields_no_blank_nb.txt"
TODAY = date(2036, 1, 2)


def files(folder: Path) -> dict[str, bytes]:
    """Every file but the lock, which is no data."""
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {name: content for name, content in found.items() if not name.startswith(".")}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def filled_in(draft: Path) -> Path:
    """The draft after a person has written what the page did not say."""
    for name, said in (("sources", "Oppdiktet etat"), ("organisations", "stat")):
        path = draft / f"{name}.csv"
        if path.exists():
            path.write_text(path.read_text(encoding="utf-8").replace("[ikke oppgitt]", said), encoding="utf-8")
    projects = draft / "projects.csv"
    if projects.exists():
        named = re.sub(
            r"\[(?:uten navn|no name): ([^\]]+)\]", r"Prosjektet til \1", projects.read_text(encoding="utf-8")
        )
        projects.write_text(named, encoding="utf-8")
    return draft


@pytest.fixture
def draft(tmp_path: Path, raw_dir: Path) -> Path:
    return filled_in(write_draft(read_page(COHORT), tmp_path / "drafts", raw_dir, TODAY))


def test_a_draft_changes_nothing_in_the_registry(tmp_path: Path, raw_dir: Path) -> None:
    before = files(raw_dir)
    write_draft(read_page(COHORT), tmp_path / "drafts", raw_dir, TODAY)
    assert files(raw_dir) == before


def test_a_draft_has_rows_in_the_shape_of_the_registry_with_their_lines(draft: Path) -> None:
    projects = rows(draft / "projects.csv")
    assert [row["project_id"] for row in projects] == [
        "2031-bedre-rad-om-tomtegrenser",
        "2031-faerre-steg-mot-skolebytte",
        "2031-felles-oversikt-over-fullmakter",
    ]
    assert {row["round_id"] for row in projects} == {"2031"}
    figures = {
        row["measure_code"]: (row["value"], row["amount_kind_code"]) for row in rows(draft / "round_figures.csv")
    }
    assert figures == {"selected": ("3", ""), "applicants": ("27", ""), "amount": ("9600000", "award")}
    roles = {(row["role_code"], row["organisation_name"]) for row in rows(draft / "participations.csv")}
    assert ("owner", "Havmyra kommune") in roles and ("partner", "Vestmark fylkeskommune") in roles


def test_the_evidence_gives_line_and_confidence_of_every_name(draft: Path) -> None:
    lines = COHORT.read_text(encoding="utf-8").split("\n")
    names = [row for row in rows(draft / "evidence.csv") if row["column"] in ("name_nb", "organisation_name")]
    assert len(names) == 8
    for row in names:
        assert row["value"] in lines[int(row["line"]) - 1]
        assert 0 < float(row["confidence"]) <= 1


def test_statements_carry_the_modality_of_the_code_list(tmp_path: Path, raw_dir: Path) -> None:
    written = write_draft(read_page(PAGES / "l06_identified_gains_nb.txt"), tmp_path, raw_dir, TODAY)
    statements = rows(written / "statements.csv")
    assert {row["code"] for row in statements if row["kind"] == "gain"} == {"realised_self_reported"}


@pytest.fixture
def gains(tmp_path: Path, raw_dir: Path) -> Path:
    """The draft of a page that lists identified gains."""
    return write_draft(read_page(PAGES / "l06_identified_gains_nb.txt"), tmp_path / "gains", raw_dir, TODAY)


def test_statements_of_a_known_kind_become_benefits_that_claims_and_beneficiaries_refer_to(gains: Path) -> None:
    benefits, claims = rows(gains / "benefits.csv"), rows(gains / "benefit_claims.csv")
    ids = [row["benefit_id"] for row in benefits]
    assert len(set(ids)) == len(ids) > 0
    assert [row["benefit_id"] for row in claims] == ids
    assert [row["benefit_id"] for row in rows(gains / "benefit_beneficiaries.csv")] == ids
    assert {row["beneficiary_code"] for row in rows(gains / "benefit_beneficiaries.csv")} == {"ikke_oppgitt"}
    assert {(row["evidence_code"], row["stated_by_code"]) for row in claims} == {("oppgitt", "scheme")}
    kinds = [row["benefit_code"] for row in rows(gains / "statements.csv") if row["kind"] == "gain"]
    assert len(ids) == len([kind for kind in kinds if kind]), "a statement of no known kind is only a statement"


def test_the_draft_of_a_norwegian_page_leaves_its_english_to_a_translator(
    gains: Path, tmp_path: Path, raw_dir: Path
) -> None:
    cohort = write_draft(read_page(COHORT), tmp_path / "cohort", raw_dir, TODAY)
    for draft, table, stems in (
        (gains, "benefits", ("name",)),
        (gains, "benefit_claims", ("statement",)),
        (cohort, "projects", ("name", "short_name")),
    ):
        for row in rows(draft / f"{table}.csv"):
            assert [(bool(row[f"{stem}_nb"]), row[f"{stem}_en"]) for stem in stems] == [(True, "")] * len(stems)
        read = {row["column"] for row in rows(draft / "evidence.csv") if row["table"] == table}
        assert not {f"{stem}_en" for stem in stems} & read


@pytest.fixture
def english(tmp_path: Path, raw_dir: Path) -> Path:
    """The draft of a page in English."""
    return write_draft(read_page(PAGES / "project_page_en.txt"), tmp_path / "english", raw_dir, TODAY)


def test_the_draft_of_an_english_page_has_its_words_in_english_and_asks_for_the_norwegian(english: Path) -> None:
    evidence = {(row["table"], row["column"]): float(row["confidence"]) for row in rows(english / "evidence.csv")}
    (project,) = rows(english / "projects.csv")
    assert (project["name_en"], project["name_nb"]) == ("Better letters", "Better letters")
    assert evidence["projects", "name_en"] > 0.5 > evidence["projects", "name_nb"], (
        "a name is often kept, but not surely"
    )
    (benefit,), (claim,) = rows(english / "benefits.csv"), rows(english / "benefit_claims.csv")
    assert (benefit["name_en"], benefit["name_nb"]) == (claim["statement_en"], "[ikke oppgitt]")
    assert benefit["name_en"].startswith("Better letters could save time") and claim["statement_nb"] == "[ikke oppgitt]"


def test_an_english_sentence_does_not_become_a_norwegian_one_by_itself(english: Path, raw_dir: Path) -> None:
    with pytest.raises(IntakeError) as refused:
        accept_draft(filled_in(english), raw_dir, only_check=True)
    assert {"name_nb", "statement_nb"} <= {finding.column_name for finding in refused.value.findings}


@pytest.mark.slow
def test_a_measured_statement_is_proposed_as_reported_until_a_person_enters_the_figures(
    tmp_path: Path, raw_dir: Path
) -> None:
    page = tmp_path / "malt.txt"
    page.write_text(
        f"Prosjektportefølje {SCHEME} Havmyra kommune: Båt på boks\n\nVirksomhet: Havmyra kommune\n\n"
        "Dokumenterte gevinster\n\n• Ventetiden er redusert fra 40 til 20 dager\n",
        encoding="utf-8",
    )
    written = write_draft(read_page(page), tmp_path / "drafts", raw_dir, TODAY)
    (statement,) = (row for row in rows(written / "statements.csv") if row["kind"] == "gain")
    (claim,) = rows(written / "benefit_claims.csv")
    assert statement["code"] == "measured"
    assert (claim["modality_code"], claim["evidence_code"]) == ("realised_self_reported", "oppgitt")


@pytest.mark.slow
def test_accepted_benefits_belong_to_the_newest_review_and_are_not_proposed_again(
    tmp_path: Path, raw_dir: Path
) -> None:
    page = read_page(PAGES / "l08_cohort_bullets_nb.txt")
    before = read_core(raw_dir).tables
    added = accept_draft(filled_in(write_draft(page, tmp_path / "once", raw_dir, TODAY)), raw_dir)
    after = read_core(raw_dir)
    n = added.tables["benefits"].height
    for name in ("benefits", "benefit_beneficiaries", "benefit_claims"):
        assert after.tables[name].height == before[name].height + n > before[name].height
    claims = after.tables["benefit_claims"].join(before["benefit_claims"], on="benefit_claim_id", how="anti")
    assert set(claims["assessment_round_id"]) == {"2026-offentlige-kilder"}
    assert set(claims["evidence_code"]) == {"forventet"}
    assert claims["recorded_on"].null_count() == 0
    again = write_draft(page, tmp_path / "again", raw_dir, TODAY)
    assert not (again / "benefits.csv").exists() and not (again / "benefit_claims.csv").exists()


def test_a_draft_that_is_there_is_never_written_over(tmp_path: Path, draft: Path, raw_dir: Path) -> None:
    (draft / "projects.csv").write_text("corrected by hand", encoding="utf-8")
    with pytest.raises(DraftError, match="already there"):
        write_draft(read_page(COHORT), draft.parent, raw_dir, TODAY)
    assert (draft / "projects.csv").read_text(encoding="utf-8") == "corrected by hand"


def test_an_accepted_draft_is_in_the_registry_and_keeps_its_contracts(draft: Path, raw_dir: Path) -> None:
    before = read_core(raw_dir).tables
    added = accept_draft(draft, raw_dir)
    after = read_core(raw_dir)
    assert after.quarantine.height == 0
    assert after.tables["projects"].height == before["projects"].height + 3
    for name, frame in added.tables.items():
        assert after.tables[name].height == before[name].height + frame.height


@pytest.mark.slow
def test_rows_that_were_there_are_left_as_they_were(draft: Path, raw_dir: Path) -> None:
    before = files(raw_dir)
    accept_draft(draft, raw_dir)
    for name, content in files(raw_dir).items():
        assert content.startswith(before[name]), name


@pytest.mark.slow
def test_two_pages_on_the_same_projects_add_them_once(tmp_path: Path, raw_dir: Path) -> None:
    accept_draft(filled_in(write_draft(read_page(TABLE), tmp_path / "a", raw_dir, TODAY)), raw_dir)
    projects = read_core(raw_dir).tables["projects"].height
    copy = tmp_path / "omtale.txt"
    copy.write_text(TABLE.read_text(encoding="utf-8"), encoding="utf-8")
    again = write_draft(read_page(copy), tmp_path / "b", raw_dir, TODAY)
    assert not (again / "projects.csv").exists() and not (again / "participations.csv").exists()
    accept_draft(filled_in(again), raw_dir)
    assert read_core(raw_dir).tables["projects"].height == projects


@pytest.mark.slow
def test_showing_what_would_be_added_adds_nothing(draft: Path, raw_dir: Path) -> None:
    before = files(raw_dir)
    shown = "\n".join(accept_draft(draft, raw_dir, only_check=True).lines("en"))
    assert "Projects: 3" in shown and "2031-bedre-rad-om-tomtegrenser" in shown
    assert files(raw_dir) == before


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("projects.csv", ",oppvekst_utdanning,", ",,", "column sector_code: the value is missing"),
        (
            "projects.csv",
            "2031-bedre-rad-om-tomtegrenser",
            "2019-arkivfloken",
            "the key is already used in registry/projects.csv",
        ),
        ("participations.csv", ",owner,", ",boss,", "column role_code, value «boss»"),
        (
            "participations.csv",
            "2031-bedre-rad-om-tomtegrenser,",
            "2031-borte,",
            "column project_id, value «2031-borte»",
        ),
        ("round_figures.csv", ",27,", ",mange,", "column value, value «mange»"),
    ],
)
def test_a_fault_is_named_by_file_row_column_and_value_and_nothing_is_added(
    draft: Path, raw_dir: Path, name: str, old: str, new: str, said: str
) -> None:
    before = files(raw_dir)
    change(draft / name, old, new)
    with pytest.raises(IntakeError) as refused:
        accept_draft(draft, raw_dir)
    assert f"{draft.name}/{name}, row " in str(refused.value) and said in str(refused.value)
    assert files(raw_dir) == before


@pytest.mark.slow
def test_a_draft_that_breaks_a_check_is_refused_and_nothing_is_added(draft: Path, raw_dir: Path) -> None:
    before = files(raw_dir)
    change(draft / "participations.csv", ",owner,", ",partner,")
    with pytest.raises(IntakeError, match="projects_have_one_owner"):
        accept_draft(draft, raw_dir)
    assert files(raw_dir) == before


@pytest.mark.slow
def test_a_registry_that_cannot_be_written_is_left_as_it_was(
    draft: Path, raw_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(raw_dir)
    replace, moved = os.replace, []

    def fails_at_the_third(source: Path, target: Path) -> None:
        moved.append(target)
        if len(moved) == 3:
            raise OSError("disk full")
        replace(source, target)

    monkeypatch.setattr(os, "replace", fails_at_the_third)
    with pytest.raises(WriteError, match="as they were"):
        accept_draft(draft, raw_dir)
    assert files(raw_dir) == before


def test_a_draft_is_accepted_once(draft: Path, raw_dir: Path) -> None:
    accept_draft(draft, raw_dir)
    with pytest.raises(AcceptError, match="accepted before"):
        accept_draft(draft, raw_dir)


@pytest.mark.slow
def test_the_commands_read_show_and_accept(
    tmp_path: Path, raw_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GEVINST_RAW_DIR", str(raw_dir))
    assert main(["read", "--json", str(PAST)]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert list(printed) == ["document", "rounds", "projects", "findings"]
    assert printed["projects"][0]["name"]["value"] == "Kortere vei til svar"
    assert not (tmp_path / "drafts").exists()
    assert main(["read", str(PAST), "--out", str(tmp_path / "drafts")]) == 0
    assert "1. Kortere vei til svar" in capsys.readouterr().out
    folder = str(filled_in(tmp_path / "drafts" / "cohort-fields-no-blank-nb"))
    assert main(["accept", folder, "--check"]) == 0
    assert "Ingenting er ført inn." in capsys.readouterr().out
    assert main(["accept", folder, "--check", "--language", "en"]) == 0
    assert "Nothing was added." in capsys.readouterr().out
    assert main(["accept", folder, "--raw-dir", str(raw_dir)]) == 0
    assert main(["accept", folder, "--raw-dir", str(raw_dir)]) == 1
    assert "dette utkastet er ført inn før" in capsys.readouterr().err


@pytest.mark.slow
def test_a_reading_and_the_faults_of_a_draft_are_printed_in_the_language_asked_for(
    draft: Path, raw_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reading = read_page(PAGES / "l26_call_nn.txt")
    assert "utlysning, nynorsk" in summary_text(reading, "nb") and "inviterer til å søke" in summary_text(reading, "nb")
    assert "call, nynorsk" in summary_text(reading, "en") and "invites applications" in summary_text(reading, "en")
    change(draft / "projects.csv", ",oppvekst_utdanning,", ",,")
    assert main(["accept", str(draft), "--raw-dir", str(raw_dir)]) == 1
    assert "kolonne sector_code: verdien mangler, men må fylles ut; skriv den" in capsys.readouterr().err
    assert main(["accept", str(draft), "--raw-dir", str(raw_dir), "--language", "en"]) == 1
    assert "column sector_code: the value is missing" in capsys.readouterr().err


@pytest.mark.parametrize("language", ["nb", "en"])
def test_every_kind_of_page_has_a_name_for_a_reader(language: str) -> None:
    assert len({Catalogue(language).t(f"reader.type_{kind}") for kind in TYPES}) == len(TYPES)
