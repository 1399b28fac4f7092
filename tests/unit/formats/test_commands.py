"""The commands of an exchange on a published edition, as somebody would type them."""

import json
from pathlib import Path

import polars as pl

from gevinst.cli import main
from gevinst.edition.checksums import write_sums
from tests.data.workspaces import REPOSITORY


def test_an_edition_goes_out_and_comes_back_as_a_proposal(
    tables, published, monkeypatch, tmp_path: Path, capsys
) -> None:
    monkeypatch.setenv("GEVINST_MARTS_DIR", str(published))
    monkeypatch.setenv("GEVINST_WORKSPACE", str(REPOSITORY))
    monkeypatch.chdir(tmp_path)
    assert main(["exchange", "export", "360giving", "grants.json"]) == 0
    package = json.loads(Path("grants.json").read_text(encoding="utf-8"))
    amounts = [grant["amountAwarded"] for grant in package["grants"]]
    assert len(amounts) > 1 and set(amounts) <= set(tables["project_grants"]["grant_amount"])
    assert main(["exchange", "import", "360giving", "grants.json", "draft"]) == 0
    assert "Ingenting er lagt inn i registeret" in capsys.readouterr().out
    assert pl.read_csv("draft/project_grants.csv")["grant_amount"].to_list() == amounts


def test_benefits_go_out_in_the_gmpp_layout_and_what_was_left_out_is_reported(
    published, monkeypatch, tmp_path, capsys
) -> None:
    monkeypatch.setenv("GEVINST_MARTS_DIR", str(published))
    assert main(["exchange", "export", "gmpp", str(tmp_path / "gmpp.csv"), "--language", "en"]) == 0
    reported = capsys.readouterr().out
    assert "42 rows were written" in reported and "Kroner are not converted" in reported
    assert len(pl.read_csv(tmp_path / "gmpp.csv").columns) == 19


def test_what_an_export_has_no_place_for_is_listed_whole_beside_the_file(
    published, monkeypatch, tmp_path, capsys
) -> None:
    monkeypatch.setenv("GEVINST_MARTS_DIR", str(published))
    file = tmp_path / "activities.xml"
    assert main(["exchange", "export", "iati", str(file), "--language", "en"]) == 0
    reported = capsys.readouterr().out
    listed = tmp_path / "activities.xml.not_carried.csv"
    assert str(listed) in reported and "iati-activity (" in reported
    named = pl.read_csv(listed)
    assert named.height > 50 and named["reason_nb"].null_count() == named["reason_en"].null_count() == 0
    assert set(named["file"]) == {"activities.xml"}
    assert main(["exchange", "import", "iati", str(file), str(tmp_path / "draft")]) == 0
    assert "Ingen feil i fila" in capsys.readouterr().out


def test_an_edition_from_before_a_table_existed_is_refused_with_what_to_do(
    published, monkeypatch, tmp_path, capsys
) -> None:
    monkeypatch.setenv("GEVINST_MARTS_DIR", str(published))
    (published / "current/tables/parquet/organisation_numbers.parquet").unlink()
    write_sums(published / "editions/2026-1")
    assert main(["exchange", "export", "gmpp", str(tmp_path / "gmpp.csv")]) == 1
    assert "edition 2026-1 has no table organisation_numbers; publish a new edition first" in capsys.readouterr().err


def test_an_export_before_anything_is_published_says_what_to_run(monkeypatch, tmp_path, capsys) -> None:
    monkeypatch.setenv("GEVINST_MARTS_DIR", str(tmp_path))
    assert main(["exchange", "export", "gmpp", str(tmp_path / "gmpp.csv")]) == 1
    assert "gevinst publish" in capsys.readouterr().err
