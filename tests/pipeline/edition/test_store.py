"""The one reader of an edition on disk: what it gives, and what it says of an edition that lacks something."""

import json

import polars as pl
import pytest

from gevinst.contracts import PUBLISHED, contract
from gevinst.contracts.schema import polars_schema
from gevinst.edition import EditionError, list_editions, next_edition_id, previous_edition_id, publish
from gevinst.edition.checksums import write_sums
from gevinst.edition.store import Edition, damaged_editions, find_edition, open_edition


@pytest.fixture
def edition(built, settings):
    """A published edition."""
    return publish(built(), settings).edition


def manifest_of(edition):
    return edition.path / "manifest.json"


def restated(edition, **changes):
    """The same edition with other statements about itself; `None` takes one away."""
    manifest = json.loads(manifest_of(edition).read_text(encoding="utf-8"))
    stated = {**manifest["edition"], **changes}
    manifest["edition"] = {name: value for name, value in stated.items() if name not in changes or value is not None}
    manifest_of(edition).write_text(json.dumps(manifest), encoding="utf-8")
    return summed_again(edition)


def summed_again(edition):
    """The edition as if another version of the program had published it as it is now."""
    write_sums(edition.path)
    return Edition(edition.path)


def test_an_edition_gives_its_tables_description_and_manifest(edition, tables, info):
    projects = edition.table("projects")

    assert projects.sort("project_id").equals(tables["projects"].select(projects.columns).sort("project_id"))
    assert set(edition.tables()) == {table.name for table in PUBLISHED}
    assert edition.info == info
    assert (edition.edition_id, edition.edition_year, edition.number) == ("2026-1", 2026, 1)
    assert edition.row_counts["projects"] == 2
    assert edition.manifest["run_id"] == "run-1"


def test_a_table_that_an_older_edition_lacks_is_refused_or_empty_as_the_caller_chooses(edition):
    for name in ("kpi", "rounds"):
        (edition.path / f"tables/parquet/{name}.parquet").unlink()
    edition = summed_again(edition)

    with pytest.raises(EditionError, match=r"^edition 2026-1 has no table rounds; publish a new edition first$"):
        edition.table("rounds")
    with pytest.raises(EditionError, match="has no table kpi, rounds;"):
        edition.tables(["kpi", "projects", "rounds"])
    empty = edition.table("rounds", if_missing="empty")
    assert (empty.height, empty.schema) == (0, polars_schema(contract("rounds")))
    both = edition.tables(["projects", "rounds"], if_missing="empty")
    assert (both["projects"].height, both["rounds"].height) == (2, 0)
    assert edition.has_table("projects") and not edition.has_table("rounds")


def test_a_damaged_table_is_named_in_one_sentence(edition):
    (edition.path / "tables/parquet/rounds.parquet").write_bytes(b"PAR1")

    with pytest.raises(EditionError, match="table rounds of edition 2026-1 cannot be read; take it from a copy"):
        summed_again(edition).table("rounds", if_missing="empty")


def test_nothing_is_read_that_is_not_what_was_published(edition, settings):
    rounds = edition.path / "tables/parquet/rounds.parquet"
    rounds.write_bytes((edition.path / "tables/parquet/projects.parquet").read_bytes())
    with pytest.raises(EditionError, match=r"rounds\.parquet is not as it was published; take it from a copy"):
        edition.table("rounds", if_missing="empty")
    rounds.unlink()
    with pytest.raises(EditionError, match="table rounds of edition 2026-1 cannot be read; take it from a copy"):
        edition.table("rounds", if_missing="empty")
    changed = manifest_of(edition).read_text(encoding="utf-8").replace('"run-1"', '"run-2"')
    manifest_of(edition).write_text(changed, encoding="utf-8")
    with pytest.raises(EditionError, match=r"manifest\.json is not as it was published; take it from a copy"):
        find_edition(settings, "2026-1")


def test_a_damaged_edition_is_named_stops_nobody_and_keeps_its_number(edition, built, settings):
    older = publish(built(edition_id="2025-1", edition_year=2025), settings).edition
    manifest_of(older).write_bytes(b"{}")

    assert list_editions(settings) == [edition]
    assert [str(error) for error in damaged_editions(settings)] == [
        f"{manifest_of(older)} is not as it was published; take it from a copy"
    ]
    assert next_edition_id(settings, 2025) == "2025-2"
    assert previous_edition_id(settings, 2026) is None


@pytest.mark.parametrize("content", [None, b"", b"{", b"[]", b'"x"', b'{"edition": 1}', b"\xff\xfe", b"{}"])
def test_an_edition_whose_manifest_cannot_be_read_is_refused_in_one_sentence(edition, settings, content):
    manifest_of(edition).unlink()
    if content is not None:
        manifest_of(edition).write_bytes(content)

    summed_again(edition)
    with pytest.raises(EditionError, match=r"2026-1 is not a whole edition: its manifest\.json"):
        find_edition(settings, "2026-1")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"input_hash": None}, "lacks input_hash"),
        ({"as_of_on": "yesterday"}, "is wrong"),
        ({"as_of_on": 7}, "is wrong"),
        ({"state": "lost"}, "is wrong"),
        ({"edition_id": "2026-2"}, "holds edition 2026-2; a folder must bear its edition's id"),
    ],
)
def test_an_edition_that_describes_itself_wrongly_is_refused(edition, changes, reason):
    with pytest.raises(EditionError, match=reason):
        open_edition(restated(edition, **changes).path)


def test_statements_that_a_later_version_adds_are_passed_over(edition, info):
    assert restated(edition, colour="blue").info == info


def test_a_folder_that_is_called_otherwise_is_no_edition(edition, settings):
    edition.path.rename(edition.path.with_name("2026-01"))

    assert list_editions(settings) == []
    with pytest.raises(EditionError, match="there is no edition 2026-01; there are none"):
        find_edition(settings, "2026-01")


def test_rows_keep_their_types(edition):
    for table in PUBLISHED:
        assert edition.table(table.name).schema == pl.Schema(polars_schema(table)), table.name
