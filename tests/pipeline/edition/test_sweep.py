"""What killed runs leave beside its place is cleared away, put back or completed, and nothing else is touched."""

from __future__ import annotations

import polars as pl

from gevinst.edition import list_editions, publish
from gevinst.edition.sweep import sweep


def put(path, text="x"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_what_was_half_made_goes_and_a_candidate_moved_aside_comes_back(settings):
    candidates, marts = settings.candidates_dir, settings.marts_dir
    put(candidates / ".2026-2-building-0a1b2c3d" / "manifest.json")
    put(candidates / ".2026-3-replaced-0a1b2c3d" / "manifest.json", "old")
    put(candidates / ".2026-4-replaced-0a1b2c3d" / "manifest.json", "old")
    put(candidates / "2026-4" / "manifest.json", "new")
    put(settings.editions_dir / ".index.html-0a1b2c3d")
    put(settings.editions_dir / ".nojekyll")
    put(marts / ".last_run.json-0a1b2c3d")
    put(marts / "runs" / ".a.json-0a1b2c3d")
    put(settings.cache_dir / ".a.svg-0a1b2c3d")
    put(marts / "runs" / "a.77.part")
    (marts / ".current-0a1b2c3d").symlink_to("editions/2026-9")

    sweep(settings)

    left = sorted(path.relative_to(marts).as_posix() for path in marts.rglob("*") if not path.is_dir())
    assert list(settings.cache_dir.iterdir()) == []
    assert left == ["candidates/2026-3/manifest.json", "candidates/2026-4/manifest.json", "editions/.nojekyll"]
    assert (candidates / "2026-3" / "manifest.json").read_text(encoding="utf-8") == "old"
    assert (candidates / "2026-4" / "manifest.json").read_text(encoding="utf-8") == "new"


def test_an_edition_that_nobody_was_given_becomes_a_candidate_again(built, settings, tables):
    publish(built(), settings)
    changed = {**tables, "projects": tables["projects"].with_columns(name_nb=pl.lit("Nytt navn"))}
    built(changed, edition_id="2026-2").rename(settings.editions_dir / "2026-2")
    put(settings.marts_dir / ".publishing", "2026-2")
    assert [edition.edition_id for edition in list_editions(settings)] == ["2026-1"], "it is listed to nobody meanwhile"

    sweep(settings)

    assert (settings.candidates_dir / "2026-2").is_dir()
    assert not (settings.editions_dir / "2026-2").exists()
    assert not (settings.marts_dir / ".publishing").exists()


def test_a_damaged_edition_in_force_stops_no_run_from_clearing_away(built, settings):
    edition = publish(built(), settings).edition
    (edition.path / "manifest.json").write_text("{}", encoding="utf-8")
    (settings.editions_dir / "SHA256SUMS").unlink()
    put(settings.candidates_dir / ".2026-2-building-0a1b2c3d" / "x")

    sweep(settings)

    assert list(settings.candidates_dir.iterdir()) == []
