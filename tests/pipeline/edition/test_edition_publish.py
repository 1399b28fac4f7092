import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from gevinst.contracts import contract
from gevinst.edition import EditionError, edition_in_force, list_editions, next_edition_id, previous_edition_id, publish
from gevinst.edition.checksums import verify_files
from gevinst.warehouse import Warehouse


@pytest.fixture
def renamed(tables):
    """The tables with one project under another name."""
    return {**tables, "projects": tables["projects"].with_columns(name_nb=pl.lit("Nytt navn"))}


@pytest.fixture
def first(built, settings):
    """An edition in force, 2026-1."""
    return publish(built(), settings).edition


OF_KEYS = pl.when(pl.col("check_id") == "projects.key").then(pl.lit("failed")).otherwise(pl.lit("passed"))
"""Outcomes of which the one about keys alone has failed."""


def set_checks(tables, **values):
    return {**tables, "quality_checks": tables["quality_checks"].with_columns(**values)}


def test_before_the_first_edition_nothing_is_in_force(settings):
    assert edition_in_force(settings) is None
    assert list_editions(settings) == []
    assert next_edition_id(settings, 2026) == "2026-1"


def test_a_published_edition_moves_to_the_shelf_and_current_leads_to_it(built, settings):
    candidate = built()

    result = publish(candidate, settings)

    assert result.is_published and result.replaced is None
    assert settings.current.resolve() == settings.editions_dir / "2026-1"
    assert edition_in_force(settings) == result.edition
    assert not candidate.exists()


def test_the_link_survives_when_the_marts_folder_is_moved(first, settings):
    moved = settings.marts_dir.rename(settings.marts_dir.with_name("elsewhere"))

    assert (moved / "current" / "manifest.json").exists()


@pytest.mark.slow
def test_a_candidate_that_says_the_same_is_not_published_whatever_it_is_called(built, first, settings, content):
    candidate = built(edition_id="2026-2", commit="aaaaaaaaaaaa", input_hash="bbbbbbbbbbbb")
    before = content(settings.marts_dir)

    result = publish(candidate, settings)

    assert (result.is_published, result.edition) == (False, first)
    assert content(settings.marts_dir) == before


@pytest.mark.slow
def test_an_edition_that_is_called_like_something_in_its_tables_is_still_the_same(built, settings, tables):
    alike = {**tables, "projects": tables["projects"].with_columns(name_nb=pl.lit("2026-2"))}
    first = publish(built(alike), settings).edition

    result = publish(built(alike, edition_id="2026-2"), settings)

    assert (result.is_published, result.edition) == (False, first)


def test_a_changed_table_is_published_and_named_and_the_edition_before_stays_untouched(
    built, first, settings, content, renamed
):
    before = content(first.path)

    result = publish(built(renamed, edition_id="2026-2"), settings)

    assert result.is_published
    assert (result.edition.edition_id, result.replaced) == ("2026-2", first)
    assert result.changed_tables == ("projects",)
    assert result.changed_pages == ("site/nb/index.html",)
    assert content(first.path) == before
    assert [edition.edition_id for edition in list_editions(settings)] == ["2026-1", "2026-2"]


def test_a_page_that_says_something_else_is_reason_enough_to_publish(build, first, settings):
    def one_page_more(out):
        (out / "ny.html").write_text("<p>Ny side</p>", encoding="utf-8")
        return {}

    result = publish(build(site_builder=one_page_more, edition_id="2026-2"), settings)

    assert result.changed_tables == ()
    assert result.changed_pages == ("site/index.html", "site/nb/index.html", "site/ny.html")


def test_a_failed_critical_check_is_never_published(built, first, settings, tables, content):
    failed = set_checks(tables, check_outcome_code=OF_KEYS)
    candidate = built(failed, edition_id="2026-2")
    before = content(settings.marts_dir)

    with pytest.raises(EditionError, match=r"2026-2 is not published: critical checks failed: projects\.key"):
        publish(candidate, settings)

    assert content(settings.marts_dir) == before


@pytest.mark.slow
def test_a_failed_warning_is_published(built, settings, tables):
    only_warnings = set_checks(tables, severity_code=pl.lit("warning"), check_outcome_code=pl.lit("failed"))

    assert publish(built(only_warnings), settings).is_published


@pytest.mark.slow
def test_an_edition_without_checks_is_not_published(built, settings, tables):
    candidate = built({**tables, "quality_checks": tables["quality_checks"].clear()})

    with pytest.raises(EditionError, match="no check was run"):
        publish(candidate, settings)
    assert edition_in_force(settings) is None


@pytest.mark.slow
def test_a_scheme_may_begin_without_projects_and_never_loses_those_that_were_published(built, settings, tables):
    without = {**tables, "projects": tables["projects"].clear()}
    assert publish(built(without), settings).is_published
    before = {"previous_edition_id": "2026-1"}
    assert publish(built(tables, edition_id="2026-2", **before), settings).is_published
    before = {"previous_edition_id": "2026-2"}
    with pytest.raises(EditionError, match="there is no project in it"):
        publish(built(without, edition_id="2026-3", **before), settings)
    in_force = edition_in_force(settings)
    assert in_force is not None and in_force.edition_id == "2026-2"


def test_pages_that_call_themselves_provisional_are_not_published(built, settings):
    with pytest.raises(EditionError, match="its pages were built as candidate and say so"):
        publish(built(state="candidate"), settings)


def change_a_page(folder):
    (folder / "site" / "nb" / "index.html").write_text("<p>changed</p>", encoding="utf-8")
    return "site/nb/index.html has changed"


def lose_a_table(folder):
    (folder / "tables" / "csv" / "projects.csv").unlink()
    return "tables/csv/projects.csv is missing"


def add_a_file(folder):
    (folder / "site" / "extra.html").write_text("<p></p>", encoding="utf-8")
    return "site/extra.html is not listed"


def change_a_row_in_the_database(folder):
    database, findings = Warehouse(folder / "gevinst-2026-1.duckdb"), contract("portfolio_findings")
    database.write(findings, database.read(findings).with_columns(value=pl.lit(1.0)))
    return r"gevinst-2026-1\.duckdb has changed"


def lose_the_database(folder):
    (folder / "gevinst-2026-1.duckdb").unlink()
    return r"gevinst-2026-1\.duckdb is missing"


def lose_the_sums(folder):
    (folder / "SHA256SUMS").unlink()
    return "has no SHA256SUMS"


@pytest.mark.parametrize(
    "damage",
    [change_a_page, lose_a_table, add_a_file, change_a_row_in_the_database, lose_the_database, lose_the_sums],
)
def test_a_candidate_that_is_not_as_it_was_built_is_refused_by_the_file_at_fault(built, settings, damage):
    candidate = built()
    fault = damage(candidate)

    with pytest.raises(EditionError, match=fault):
        publish(candidate, settings)
    assert edition_in_force(settings) is None


@pytest.mark.slow
def test_invented_data_never_replace_real_data(built, first, settings):
    with pytest.raises(EditionError, match="2026-2 is invented and cannot replace 2026-1, which is real"):
        publish(built(edition_id="2026-2", is_illustrative=True), settings)

    assert edition_in_force(settings) == first


def test_real_data_replace_invented_data(built, settings):
    publish(built(edition_id="2027-1", edition_year=2027, is_illustrative=True), settings)

    result = publish(built(), settings)

    assert edition_in_force(settings) == result.edition
    assert not result.edition.is_illustrative


@pytest.mark.slow
def test_an_edition_of_an_earlier_year_is_published_beside_the_one_in_force_and_switches_nothing(
    built, first, settings, renamed, content
):
    before = content(first.path)

    result = publish(built(renamed, edition_id="2025-1", edition_year=2025), settings)

    assert (result.is_published, result.is_in_force, result.replaced) == (True, False, None)
    assert edition_in_force(settings) == first
    assert content(first.path) == before
    assert [edition.edition_id for edition in list_editions(settings)] == ["2025-1", "2026-1"]
    verify_files(settings.editions_dir / "2025-1")


@pytest.mark.slow
def test_an_edition_of_an_earlier_year_is_measured_against_its_own_year(built, first, settings, renamed):
    published_earlier = publish(built(renamed, edition_id="2025-1", edition_year=2025), settings).edition

    again = publish(built(renamed, edition_id="2025-2", edition_year=2025, commit="aaaaaaaaaaaa"), settings)
    other = publish(built(edition_id="2025-2", edition_year=2025), settings)

    assert (again.is_published, again.is_in_force, again.edition) == (False, False, published_earlier)
    assert (other.is_published, other.is_in_force, other.changed_tables) == (True, False, ("projects",))
    assert edition_in_force(settings) == first


@pytest.mark.slow
def test_an_edition_of_an_earlier_year_that_fails_its_checks_is_not_published_either(built, first, settings, tables):
    failed = set_checks(tables, check_outcome_code=OF_KEYS)

    with pytest.raises(EditionError, match="2025-1 is not published: critical checks failed"):
        publish(built(failed, edition_id="2025-1", edition_year=2025), settings)
    assert list_editions(settings) == [first]


def test_a_number_is_never_used_twice(built, first, settings, renamed):
    with pytest.raises(EditionError, match="edition 2026-1 is published already; build again"):
        publish(built(renamed), settings)


@pytest.mark.parametrize("step", ["rename", "replace", "symlink"])
def test_a_failure_in_any_step_leaves_the_old_edition_in_force_and_the_candidate_where_it_was(
    built, first, settings, renamed, content, monkeypatch, step
):
    candidate = built(renamed, edition_id="2026-2")
    before = content(settings.marts_dir)
    done = []

    def fails_once(*arguments, **options):
        if not done:
            done.append(arguments)
            raise OSError("disk gone")
        return original(*arguments, **options)

    original = getattr(os, step)
    monkeypatch.setattr(os, step, fails_once)
    with pytest.raises((OSError, EditionError), match="disk gone"):
        publish(candidate, settings)

    assert content(settings.marts_dir) == before
    assert publish(candidate, settings).is_published


@pytest.mark.parametrize(("which", "fewest"), [("few", 5), pytest.param("all", 25, marks=pytest.mark.faults)])
def test_a_run_killed_before_any_step_of_publishing_leaves_a_whole_edition_and_the_next_run_goes_on(
    built, first, settings, renamed, tmp_path, which, fewest
):
    built(renamed, edition_id="2026-2")
    shutil.copytree(settings.marts_dir, tmp_path / "trial" / "before" / "marts", symlinks=True)

    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.steps", "publish", tmp_path / "trial", which],
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert int(re.search(r"publish: (\d+) steps, 0 faults", done.stdout)[1]) >= fewest


def test_a_folder_in_the_place_of_the_link_is_reported_and_left_alone(built, settings):
    candidate = built()
    (settings.current / "mine").mkdir(parents=True)

    with pytest.raises(EditionError, match="must be a link to an edition; move it away"):
        publish(candidate, settings)

    assert (settings.current / "mine").is_dir()
    assert candidate.is_dir()


def test_a_file_system_without_links_is_reported_and_the_candidate_stays(built, settings, monkeypatch):
    def refuses(*arguments, **options):
        raise PermissionError("no links here")

    monkeypatch.setattr(Path, "symlink_to", refuses)
    candidate = built()
    with pytest.raises(EditionError, match=r"no links here.*put the marts folder on a file system that has them"):
        publish(candidate, settings)

    assert candidate.is_dir()
    assert list_editions(settings) == []


@pytest.mark.slow
def test_the_next_number_is_one_above_the_highest_of_the_year_and_candidates_do_not_count(built, settings):
    settings.editions_dir.mkdir(parents=True)
    for number in (2, 10, 9):
        built(edition_id=f"2026-{number}").rename(settings.editions_dir / f"2026-{number}")
    built(edition_id="2026-44")

    assert next_edition_id(settings, 2026) == "2026-11"
    assert next_edition_id(settings, 2027) == "2027-1"
    assert [edition.number for edition in list_editions(settings)] == [2, 9, 10]


@pytest.mark.slow
def test_the_previous_edition_is_the_newest_of_an_earlier_year(built, settings, renamed):
    publish(built(edition_id="2024-1", edition_year=2024), settings)
    publish(built(renamed, edition_id="2024-2", edition_year=2024), settings)
    publish(built(), settings)

    publish(built(edition_id="2025-1", edition_year=2025), settings)

    assert previous_edition_id(settings, 2024) is None
    assert previous_edition_id(settings, 2025) == "2024-2"
    assert previous_edition_id(settings, 2026) == "2025-1"
    assert previous_edition_id(settings, 2027) == "2026-1"


def test_what_is_published_can_be_read_by_a_web_server_whatever_the_umask(build, settings):
    before = os.umask(0o077)
    try:
        publish(build(), settings)
    finally:
        os.umask(before)

    closed = [path for path in (settings.editions_dir, *settings.editions_dir.rglob("*")) if not others_may_read(path)]
    assert closed == []


def others_may_read(path):
    wanted = 0o005 if path.is_dir() else 0o004
    return path.stat().st_mode & wanted == wanted
