"""One flipped bit anywhere among the published editions is found, and damage to one edition stops no other."""

from __future__ import annotations

import json
import random
import shutil
from datetime import UTC, datetime

import polars as pl
import pytest

from gevinst.bilingual import Bilingual
from gevinst.edition import EditionError, list_editions, publish
from gevinst.edition.chain import before, links
from gevinst.edition.checksums import faults_beside, faults_of, link_of, write_sums
from gevinst.edition.index import index_files, write_index
from gevinst.edition.store import Edition, published_ids
from gevinst.edition.verify import verify
from gevinst.language.texts import Catalogue
from gevinst.notices.record import Fault, RunRecord, last_record, write_record
from gevinst.notices.words import one_line, whole
from gevinst.quality import Owner


@pytest.fixture
def renamed(tables):
    return {**tables, "projects": tables["projects"].with_columns(name_nb=pl.lit("Nytt navn"))}


@pytest.fixture
def two(built, settings, renamed):
    """Two published editions, of which the later names the earlier."""
    publish(built(), settings)
    publish(built(renamed, edition_id="2026-2"), settings)
    return settings


def faults(settings, edition_id=None, *, is_all=True, is_rebuilt=False):
    found = verify(settings, edition_id, is_all=is_all, is_rebuilt=is_rebuilt)
    return {one.name: one.faults for one in found if one.faults}


def flipped(path, place, bit):
    content = bytearray(path.read_bytes())
    content[place] ^= 1 << bit
    path.write_bytes(content)


def test_editions_that_nobody_has_touched_are_well(two):
    found = list(verify(two, None, is_all=True, is_rebuilt=False))

    assert [(one.name, one.faults) for one in found] == [("2026-1", ()), ("2026-2", ()), ("editions", ())]


@pytest.mark.parametrize("count", [20, pytest.param(200, marks=pytest.mark.slow)])
def test_each_flipped_bit_is_found_wherever_it_is(two, count):
    chance = random.Random(13)
    files = [path for path in sorted(two.editions_dir.rglob("*")) if path.is_file()]
    missed = []
    for _ in range(count):
        path = chance.choice(files)
        place, bit = chance.randrange(path.stat().st_size), chance.randrange(8)
        flipped(path, place, bit)
        try:
            found = [fault for one in published_ids(two) for fault in faults_of(two.editions_dir / one)]
            found += faults_beside(two.editions_dir, published_ids(two))
        except Exception as error:  # the sums themselves cannot be read: that is found, too
            found = [str(error)]
        if not found:
            missed.append((path.name, place, bit))
        flipped(path, place, bit)
    assert missed == []


@pytest.mark.parametrize(
    ("damage", "name", "fault"),
    [
        (lambda shelf: flipped(shelf / "2026-1" / "manifest.json", 10, 0), "2026-1", "manifest.json has changed"),
        (lambda shelf: flipped(shelf / "2026-1" / "gevinst-2026-1.duckdb", 5000, 0), "2026-1", "duckdb has changed"),
        (lambda shelf: flipped(shelf / "2026-2" / "SHA256SUMS", 3, 0), "2026-2", "SHA256SUMS is not the one that was"),
        (
            lambda shelf: (shelf / "2026-1" / "site" / "evil.html").write_text("<p>"),
            "2026-1",
            "evil.html is not listed",
        ),
        (lambda shelf: (shelf / "evil.html").write_text("<p>"), "editions", "evil.html is not listed"),
        (lambda shelf: (shelf / "evil").mkdir(), "editions", "evil is no edition"),
        (lambda shelf: flipped(shelf / "index.html", 9, 1), "editions", "index.html has changed"),
        (lambda shelf: flipped(shelf / "SHA256SUMS", 4, 0), "editions", "SHA256SUMS has changed"),
        (lambda shelf: shutil.rmtree(shelf / "2026-1"), "2026-2", "the edition before it, 2026-1, is gone"),
    ],
)
def test_what_is_wrong_is_named_with_the_edition_and_the_file(two, damage, name, fault):
    damage(two.editions_dir)

    found = faults(two)

    assert any(fault in one for one in found[name]), found


def test_an_edition_that_was_exchanged_together_with_its_sums_is_found_by_the_chain(two, settings):
    page = two.editions_dir / "2026-1" / "site" / "index.html"
    page.write_text("<p>Noe annet</p>", encoding="utf-8")
    write_sums(two.editions_dir / "2026-1")
    assert faults_of(two.editions_dir / "2026-1") == []

    (two.editions_dir / "SHA256SUMS").unlink()
    write_index(settings)

    assert "SHA256SUMS is not the one that was published" in faults(two)["2026-1"]


def test_it_is_found_too_when_the_sums_beside_the_editions_were_exchanged_with_it(two):
    folder = two.editions_dir / "2026-1"
    (folder / "site" / "index.html").write_text("<p>Noe annet</p>", encoding="utf-8")
    old = link_of(folder).digest
    write_sums(folder)
    beside = two.editions_dir / "SHA256SUMS"
    beside.write_text(beside.read_text(encoding="utf-8").replace(old, link_of(folder).digest), encoding="utf-8")
    assert faults_beside(two.editions_dir, published_ids(two)) == []

    assert faults(two) == {"2026-1": ("SHA256SUMS is not the one that was published",)}


def test_rows_are_held_against_what_the_edition_says_of_itself(built, settings):
    edition = publish(built(), settings).edition
    manifest = json.loads((edition.path / "manifest.json").read_text(encoding="utf-8"))
    manifest["tables"]["projects"] = 7
    manifest["content"]["tables"]["rounds"] = "0" * 64
    (edition.path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    (edition.path / "site" / "index.html").write_text('<a href="nb/borte.html">Borte</a>', encoding="utf-8")
    write_sums(edition.path)

    found = faults(settings)["2026-1"]

    assert "table projects has 2 rows and not 7" in found
    assert "table rounds says something else than when it was published" in found
    assert "site/index.html links to nb/borte.html, which is not there" in found


def test_each_edition_names_the_one_published_before_it(two):
    first, second = list_editions(two)

    assert before(first) is None
    assert before(second) == links(two)[0]
    assert [link.edition_id for link in links(two)] == ["2026-1", "2026-2"]


def test_damage_to_an_older_edition_is_a_notice_and_the_new_one_is_published(two, built, tables):
    changed = {**tables, "projects": tables["projects"].with_columns(name_nb=pl.lit("Nok et navn"))}
    candidate = built(changed, edition_id="2026-3")
    (two.editions_dir / "2026-1" / "manifest.json").write_text("{}", encoding="utf-8")

    result = publish(candidate, two)

    assert result.is_published
    assert ["2026-1" in notice.nb and "ikke slik den ble publisert" in notice.nb for notice in result.notices] == [True]


def test_an_edition_in_force_that_is_damaged_is_replaced_although_nothing_has_changed(two, built, renamed):
    candidate = built(renamed, edition_id="2026-3")
    (two.current / "site" / "index.html").write_text("<p>Tull</p>", encoding="utf-8")

    result = publish(candidate, two)

    assert result.is_published
    assert two.current.resolve().name == "2026-3"
    assert ["site/index.html has changed" in notice.en for notice in result.notices] == [True]


@pytest.mark.parametrize(
    "changes", [{"edition_id": "2026-3", "is_illustrative": True}, {"edition_id": "2025-1", "edition_year": 2025}]
)
def test_what_is_damaged_is_replaced_by_no_invented_edition_and_none_of_an_earlier_year(two, built, renamed, changes):
    candidate = built(renamed, **changes)
    (two.current / "manifest.json").write_text("{}", encoding="utf-8")

    with pytest.raises(EditionError, match=r"manifest\.json is not as it was published; take it from a copy"):
        publish(candidate, two)
    assert two.current.resolve().name == "2026-2"


def test_an_edition_in_force_whose_manifest_is_damaged_is_replaced_and_named(two, built, renamed):
    candidate = built(renamed, edition_id="2026-3")
    (two.current / "manifest.json").write_text("{}", encoding="utf-8")

    result = publish(candidate, two)

    assert two.current.resolve().name == "2026-3"
    assert ["2026-2/manifest.json" in notice.en for notice in result.notices] == [True]


@pytest.mark.parametrize(
    ("run_id", "said"),
    [
        ("run-1", "The failure came after edition 2026-1 had been published; the edition is whole."),
        ("another", "Nothing that is published was changed."),
    ],
)
def test_a_failed_run_asks_the_editions_what_it_has_published(built, settings, run_id, said):
    publish(built(), settings)
    fault = Fault("Disken er full.", "The disk is full.", Owner.MAINTAINER)
    record = RunRecord(run_id, "publish", 2026, datetime(2026, 11, 22, tzinfo=UTC), False, faults=(fault,))

    assert said in whole(record, settings, Catalogue("en"))


def test_a_notice_of_a_good_run_is_told_and_kept(settings):
    notice = Bilingual("Utgave 2025-1 er skadet.", "Edition 2025-1 is damaged.")
    record = RunRecord("run", "dry_run", 2026, datetime(2026, 11, 22, tzinfo=UTC), True, notices=(notice,))

    assert notice.nb in one_line(record, settings, Catalogue("nb"))
    assert notice.en in whole(record, settings, Catalogue("en"))
    write_record(settings, record, Bilingual("", ""), Bilingual("", ""))
    assert last_record(settings) == record


def test_a_candidate_that_was_built_before_another_was_published_is_refused(two, built, renamed, tables):
    changed = {**tables, "projects": tables["projects"].with_columns(name_nb=pl.lit("Nok et navn"))}
    stale = built(changed, edition_id="2026-4")
    publish(built(tables, edition_id="2026-3"), two)

    with pytest.raises(EditionError, match="2026-4 is not published: 2026-3 was published after it was built"):
        publish(stale, two)


def test_a_list_that_cannot_be_made_stops_the_publication_before_anything_is_changed(two, built, tables, monkeypatch):
    candidate = built(tables, edition_id="2026-3")
    monkeypatch.setattr("gevinst.edition.index.render_alone", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        publish(candidate, two)
    assert candidate.is_dir()
    assert two.current.resolve().name == "2026-2"


def test_a_list_that_cannot_be_written_after_the_switch_is_a_notice(two, built, tables, monkeypatch):
    def fails(*arguments):
        raise OSError(28, "No space left on device")

    candidate = built(tables, edition_id="2026-3")
    monkeypatch.setattr("gevinst.edition.index.write_atomically", fails)

    result = publish(candidate, two)

    assert result.is_published
    assert two.current.resolve().name == "2026-3"
    assert "The list of editions in" in result.notices[0].en
    assert list(index_files(two, Edition(two.current.resolve())))  # and the next run can make it
