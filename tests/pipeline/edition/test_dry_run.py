from dataclasses import replace

import polars as pl
import pytest

from gevinst.edition import EditionError, publish
from gevinst.edition.differences import differences
from gevinst.edition.dry_run import KEPT, edition_folder, throw_away, would_change


@pytest.fixture
def other_tables(tables):
    """One project renamed, one source new, one finding gone."""
    new = tables["sources"].head(1).with_columns(source_id=pl.lit("brand-new"))
    return {
        **tables,
        "projects": tables["projects"].with_columns(
            name_nb=pl.when(pl.col("project_id") == "2023-ny").then(pl.lit("Nytt navn")).otherwise("name_nb")
        ),
        "sources": pl.concat([tables["sources"], new]),
        "portfolio_findings": tables["portfolio_findings"].clear(),
    }


def tried(settings, build, tables, year=2026, **changes):
    """What a dry run finds that has built the edition `changes`, and the settings it had."""
    with throw_away(settings, "0123456789-abc") as elsewhere:
        candidate = build(tables, edition_year=year, **changes)
        elsewhere.candidates_dir.mkdir(parents=True)
        candidate.rename(elsewhere.candidates_dir / candidate.name)
        return would_change(elsewhere, year), elsewhere


def test_rows_are_new_changed_or_withdrawn_by_their_key(tables, other_tables):
    found = {entry.name: entry for entry in differences(other_tables, tables)}
    counts = {name: (entry.before, entry.added, entry.changed, entry.withdrawn) for name, entry in found.items()}
    assert counts == {"projects": (2, 0, 1, 0), "sources": (4, 1, 0, 0), "portfolio_findings": (1, 0, 0, 1)}
    assert [entry.first_keys for entry in found.values()] == [("brand-new",), ("2023-ny",), ("f-late",)]


def test_an_unknown_value_that_becomes_known_is_a_change_and_one_that_stays_unknown_is_not(tables):
    known = tables["projects"].with_columns(name_en=pl.lit("New"))
    unknown = tables["projects"].with_columns(name_en=pl.lit(None, pl.String))
    (entry,) = differences({**tables, "projects": known}, {**tables, "projects": unknown})
    assert (entry.name, entry.changed) == ("projects", 2)
    assert differences({**tables, "projects": unknown}, {**tables, "projects": unknown}) == []


def test_a_column_that_an_older_edition_lacked_or_typed_otherwise_changes_no_row(tables):
    older = tables["projects"].drop("name_en").with_columns(pl.col("is_illustrative").cast(pl.String))
    assert differences(tables, {**tables, "projects": older}) == []


def test_a_dry_run_touches_nothing_and_leaves_only_the_edition_it_built(
    built, build, settings, tables, other_tables, content
):
    publish(built(), settings)
    before = content(settings.marts_dir)

    found, elsewhere = tried(settings, build, other_tables, edition_id="2026-2")

    after = content(settings.marts_dir)
    place = elsewhere.build_dir.relative_to(settings.marts_dir).as_posix()
    assert {name: value for name, value in after.items() if not name.startswith(place)} == before
    assert [path.name for path in elsewhere.build_dir.iterdir()] == ["edition"]
    assert (edition_folder(elsewhere) / "site" / "index.html").exists()
    assert [entry.name for entry in found.rows] == ["sources", "projects", "portfolio_findings"]
    assert found.pages == ("site/nb/index.html",)
    assert found.before.edition_id == found.replaces.edition_id == "2026-1"


@pytest.mark.slow
def test_an_edition_of_an_earlier_year_is_measured_against_its_own_year_and_replaces_nothing(
    built, build, settings, tables, other_tables
):
    publish(built(edition_id="2025-1", edition_year=2025), settings)
    publish(built(), settings)
    found, _ = tried(settings, build, other_tables, 2025, edition_id="2025-2")
    assert found.before.edition_id == "2025-1"
    assert found.replaces is None
    assert not found.is_put_in_force


@pytest.mark.slow
def test_a_first_edition_of_a_later_year_is_measured_against_the_one_in_force(built, build, settings, tables):
    publish(built(), settings)
    found, _ = tried(settings, build, tables, 2027, edition_id="2027-1")
    assert (found.before.edition_id, found.replaces.edition_id, found.rows) == ("2026-1", "2026-1", ())


def test_a_first_edition_of_all_has_nothing_to_be_measured_against(built, settings, tables):
    found, _ = tried(settings, built, tables)
    assert (found.before, found.replaces, found.is_put_in_force) == (None, None, True)


def test_what_a_failed_dry_run_was_built_from_goes_too(settings):
    with pytest.raises(RuntimeError), throw_away(settings, "0123456789-abc") as elsewhere:
        elsewhere.working_dir.mkdir(parents=True)
        raise RuntimeError
    assert list(elsewhere.build_dir.iterdir()) == []


def test_only_the_last_dry_runs_are_kept(settings):
    for number in range(KEPT + 2):
        with throw_away(settings, f"{number:08}-abc"):
            pass
    assert len(list(settings.dry_runs_dir.iterdir())) == KEPT
    assert not (settings.dry_runs_dir / "00000000").exists()


def test_what_would_change_is_shown_of_no_edition_that_may_be_published(built, settings):
    built()
    with pytest.raises(EditionError, match="temporary folder"):
        would_change(replace(settings, build_dir=None), 2026)
    assert (settings.candidates_dir / "2026-1").exists()
