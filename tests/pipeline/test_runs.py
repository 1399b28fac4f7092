from __future__ import annotations

import json
from pathlib import Path

import dagster as dg
import polars as pl
import pytest

from assets.resources import Installation
from gevinst.contracts import contract
from gevinst.warehouse import Warehouse
from pipelines.run import failure_reasons

PROJECTS = "registry/projects.csv"


def failed(result: dg.ExecuteInProcessResult) -> list[str]:
    assert not result.success
    return failure_reasons(result)


def succeeded(result: dg.ExecuteInProcessResult) -> None:
    assert result.success, "\n".join(failure_reasons(result))


def hashes(edition: Path) -> str:
    return (edition / "SHA256SUMS").read_text(encoding="utf-8")


@pytest.mark.slow
def test_raw_files_become_a_published_edition_that_survives_what_comes_after(run, installation: Installation) -> None:
    settings = installation.settings()

    succeeded(run("refresh"))
    candidate = settings.candidates_dir / "2026-1"
    assert candidate.is_dir()
    assert not settings.current.exists(), "a refresh publishes nothing"
    first = hashes(candidate)

    succeeded(run("publish"))
    assert settings.current.resolve() == settings.editions_dir / "2026-1"
    assert hashes(settings.current) == first, "two builds from the same input are the same"
    assert (settings.current / "site" / "index.html").is_file()
    manifest = json.loads((settings.current / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["checks"]["failed_ids"].get("critical") is None
    assert manifest["tables"]["projects"] == 40

    succeeded(run("publish"))
    assert settings.current.resolve().name == "2026-1", "nothing new, nothing switched"
    assert not (settings.editions_dir / "2026-2").exists()

    projects = settings.raw_dir / PROJECTS
    whole = projects.read_text(encoding="utf-8")
    projects.unlink()
    assert failed(run("publish"))[0].startswith(f"{PROJECTS}: the file is missing")
    assert hashes(settings.current) == first, "the last published edition survives"

    projects.write_text(whole.replace("2018-kudos,2018-1", "2018-kudos,2019-1", 1), encoding="utf-8")
    reason = failed(run("publish"))[0]
    assert f"{PROJECTS}, row " in reason
    assert "column round_id, value «2019-1»: the value is not in rounds" in reason
    assert hashes(settings.current) == first


@pytest.mark.slow
def test_a_failed_critical_check_blocks_the_edition_and_is_named(run, installation: Installation) -> None:
    settings = installation.settings()
    path = settings.raw_dir / PROJECTS
    text = path.read_text(encoding="utf-8")
    problem = pl.read_csv(path, infer_schema=False)["problem_en"].drop_nulls()[0]
    path.write_text(text.replace(problem, "Ring oss på telefon 22 24 25 00.", 1), encoding="utf-8")
    reasons = "\n".join(failed(run("publish")))
    assert "no_contact_data" in reasons
    assert not settings.current.exists()
    assert not (settings.candidates_dir / "2026-1").exists()


@pytest.mark.slow
def test_a_row_set_aside_is_counted_and_the_rest_is_published(run, installation: Installation) -> None:
    settings = installation.settings()
    path = settings.raw_dir / "registry/organisation_names.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",official,", ",offisiell,", 1), encoding="utf-8")
    succeeded(run("publish"))
    quarantine = pl.read_parquet(settings.current / "tables/parquet/quarantine.parquet")
    assert quarantine.select("file", "column_name", "value").rows() == [
        ("registry/organisation_names.csv", "name_kind_code", "offisiell")
    ]
    page = (settings.current / "site").rglob("*.html")
    assert any("offisiell" in document.read_text(encoding="utf-8") for document in page)


@pytest.mark.slow
def test_an_older_edition_holds_only_what_was_known_then(run, installation: Installation) -> None:
    settings = installation.settings()
    succeeded(run("refresh", 2018))
    edition = settings.candidates_dir / "2018-1"
    status = pl.read_parquet(edition / "tables/parquet/project_status.parquet")
    assert status["edition_year"].max() == 2018
    projects = pl.read_parquet(edition / "tables/parquet/projects.parquet")
    assert projects.height == 12
    database = Warehouse(edition / "gevinst-2018-1.duckdb", read_only=True)
    assert database.row_count(contract("projects")) == 12
