"""Whole runs: raw files become an edition, and what goes wrong stops a run without touching what is published."""

from __future__ import annotations

import json
from pathlib import Path

import dagster as dg
import polars as pl
import pytest

from assets.resources import Installation
from gevinst.contracts import contract
from gevinst.warehouse import Warehouse
from tests.data.rendered import KNOWN_PROJECTS
from tests.data.runs import failure_reasons

PROJECTS = "registry/projects.csv"


def failed(result: dg.ExecuteInProcessResult) -> list[str]:
    assert not result.success
    return failure_reasons(result)


def succeeded(result: dg.ExecuteInProcessResult) -> None:
    assert result.success, "\n".join(failure_reasons(result))


def hashes(edition: Path) -> str:
    return (edition / "SHA256SUMS").read_text(encoding="utf-8")


def without_the_build(sums: str) -> list[str]:
    """Sums of all but the manifest, which names the build, and the database, whose bytes differ from build to build."""
    return [line for line in sums.splitlines() if not line.endswith(("manifest.json", ".duckdb"))]


def edit(installation: Installation, name: str, old: str, new: str) -> None:
    path = installation.settings().raw_dir / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.slow
def test_the_committed_data_become_a_published_edition_that_passes_every_critical_check(published_real: Path) -> None:
    outcome = json.loads((published_real / "run.json").read_text(encoding="utf-8"))
    assert outcome["is_success"], outcome["reasons"]
    assert outcome["checks"] > 50, "each check is reported by itself"
    current = published_real / "marts" / "current"
    assert current.resolve() == (published_real / "marts" / "editions" / "2026-1").resolve()
    assert (current / "site" / "index.html").is_file()
    manifest = json.loads((current / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["checks"]["failed_ids"].get("critical") is None
    assert manifest["tables"]["projects"] == KNOWN_PROJECTS


@pytest.mark.slow
def test_a_refresh_publishes_nothing_and_gives_the_bytes_that_publishing_gave(
    run, installation: Installation, published_real: Path
) -> None:
    succeeded(run(installation, "refresh"))
    settings = installation.settings()
    assert not settings.current.exists()
    candidate, current = settings.candidates_dir / "2026-1", published_real / "marts" / "current"
    assert without_the_build(hashes(candidate)) == without_the_build(hashes(current))


@pytest.mark.slow
def test_publishing_again_when_nothing_has_changed_switches_nothing(run, after_real: Installation) -> None:
    settings = after_real.settings()
    succeeded(run(after_real, "publish"))
    assert settings.current.resolve().name == "2026-1"
    assert not (settings.editions_dir / "2026-2").exists()


@pytest.mark.parametrize("fault", ["a file is missing", "a reference leads nowhere"])
def test_raw_files_that_cannot_be_read_stop_the_run_and_the_published_edition_survives(
    run, after_small: Installation, fault: str
) -> None:
    settings = after_small.settings()
    first = hashes(settings.current)
    if fault == "a file is missing":
        (settings.raw_dir / PROJECTS).unlink()
        assert failed(run(after_small, "publish"))[0].startswith(f"{PROJECTS}: the file is missing")
    else:
        edit(after_small, PROJECTS, "2018-bedre-rad-om-naboklager,2018,", "2018-bedre-rad-om-naboklager,1918,")
        reason = failed(run(after_small, "publish"))[0]
        assert f"{PROJECTS}, row " in reason
        assert "column round_id, value «1918»: the value is not in rounds" in reason
    assert hashes(settings.current) == first
    assert settings.current.resolve().name == "2026-1"


@pytest.mark.slow
def test_a_failed_critical_check_blocks_the_edition_and_is_named(run, small: Installation) -> None:
    settings = small.settings()
    problem = pl.read_csv(settings.raw_dir / PROJECTS, infer_schema=False)["problem_en"].drop_nulls()[0]
    edit(small, PROJECTS, problem, "They are 1234 in all.")
    assert "texts_say_the_same_numbers" in "\n".join(failed(run(small, "publish")))
    assert not settings.current.exists()
    assert not (settings.candidates_dir / "2026-1").exists()


@pytest.mark.slow
def test_an_older_edition_holds_only_what_was_known_then(run, installation: Installation) -> None:
    settings = installation.settings()
    succeeded(run(installation, "refresh", 2018))
    edition = settings.candidates_dir / "2018-1"
    status = pl.read_parquet(edition / "tables/parquet/project_status.parquet")
    assert status["edition_year"].max() == 2018
    projects = pl.read_parquet(edition / "tables/parquet/projects.parquet")
    assert projects.height == 12
    database = Warehouse(edition / "gevinst-2018-1.duckdb", read_only=True)
    assert database.row_count(contract("projects")) == 12
