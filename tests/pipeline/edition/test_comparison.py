"""Whether two editions say the same: by fingerprints, and as before for those that have none."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings, strategies

from gevinst.edition.checksums import write_sums
from gevinst.edition.comparison import changed_files
from gevinst.edition.fingerprints import table_fingerprint
from gevinst.edition.store import Edition
from gevinst.formats import tables as files
from gevinst.formats import xlsx
from gevinst.layout import ABOUT_SOFTWARE
from gevinst.site import build as site_build
from gevinst.site import writing as site_writing
from gevinst.site.build import build_site
from gevinst.site.naming import fingerprint, marked, named
from tests.data.small_edition import SMALL_EDITION, small_tables

pytestmark = pytest.mark.slow

OTHER_NAMES = {"edition_id": "2026-2", "commit": "aaaaaaaaaaaa", "input_hash": "bbbbbbbbbbbb"}


@pytest.fixture
def old(build, tmp_path):
    """The edition 2026-1, out of the way of the next one."""
    return Edition(build().rename(tmp_path / "2026-1"))


def without_fingerprints(edition):
    """The edition as a version of the program wrote it whose manifests held none."""
    path = edition.path / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    del manifest["content"]
    path.write_text(json.dumps(manifest), encoding="utf-8")
    write_sums(edition.path)
    return Edition(edition.path)


@pytest.fixture(params=["fingerprints", "bytes"])
def before(request, old):
    """The same edition with fingerprints and without, which is compared by the bytes of its files."""
    return old if request.param == "fingerprints" else without_fingerprints(old)


def test_the_same_content_is_the_same_under_any_name_and_any_date_of_build(build, before):
    assert changed_files(Edition(build(**OTHER_NAMES)), before) == []


@pytest.mark.parametrize("is_there", [True, False])
def test_other_software_that_says_the_same_makes_no_other_edition(build, before, is_there):
    new = Edition(build(edition_id="2026-2"))
    for name in ABOUT_SOFTWARE:
        (new.path / name).write_text("other", encoding="utf-8") if is_there else (new.path / name).unlink()
    write_sums(new.path)

    assert changed_files(new, before) == []


def test_a_previous_edition_of_another_number_is_a_name_and_none_at_all_is_not(build, tmp_path):
    first = Edition(build(previous_edition_id="2025-1").rename(tmp_path / "2026-1"))

    assert changed_files(Edition(build(edition_id="2026-2", previous_edition_id="2025-7")), first) == []


@pytest.mark.parametrize("number", range(4))
def test_any_changed_cell_is_a_change_of_its_table_and_of_what_holds_it(build, tables, before, number):
    table, values = [
        ("projects", {"name_nb": pl.lit("2026-2")}),  # like the edition's own name
        ("portfolio_findings", {"value": pl.lit(0.0)}),  # known now
        ("benefit_claims", {"is_illustrative": pl.lit(value=True)}),
        ("kpi", {"base_year": pl.lit(2016)}),
    ][number]
    changed = {**tables, table: tables[table].with_columns(**values)}
    new = Edition(build(changed, edition_id="2026-2", is_illustrative=table == "benefit_claims"))

    found = changed_files(new, before)

    both = {f"tables/csv/{table}.csv", f"tables/parquet/{table}.parquet", "datapackage.json"}
    assert both | {"tables/gevinst-2026-2.xlsx"} <= set(found)


def test_a_file_more_or_less_is_a_change(build, before):
    new = Edition(build(edition_id="2026-2"))
    (new.path / "site" / "ny.html").write_text("<p>Ny</p>", encoding="utf-8")
    (new.path / "site" / "index.html").unlink()
    write_sums(new.path)

    assert changed_files(new, before) == ["site/index.html", "site/ny.html"]


def test_a_file_that_bears_no_name_is_compared_by_its_bytes(build, before):
    new = Edition(build(edition_id="2026-2"))
    (new.path / "site" / "index.html").write_text("<p>Gevinst!</p>", encoding="utf-8")
    write_sums(new.path)

    assert changed_files(new, before) == ["site/index.html"]


@pytest.mark.parametrize("place", ["readme", "workbook"])
def test_a_changed_word_beside_the_pages_is_a_change(build, old, monkeypatch, place):
    if place == "readme":
        monkeypatch.setattr(files, "_README", files._README[:-1])
    else:
        monkeypatch.setattr(xlsx, "COLUMNS", "kolonner")

    expected = {"readme": "README.txt", "workbook": "tables/gevinst-2026-2.xlsx"}[place]
    assert changed_files(Edition(build(edition_id="2026-2")), old) == [expected]


def test_another_date_of_knowledge_is_a_change_of_what_says_it(build, old):
    new = Edition(build(edition_id="2026-2", as_of_on=date(2026, 11, 23)))

    found = set(changed_files(new, old))
    assert {"README.txt", "datapackage.json", "dcat.jsonld", "tables/gevinst-2026-2.xlsx"} <= found
    assert not {path for path in found if path.startswith("tables/csv")}


def test_rows_that_another_library_wrote_in_other_bytes_are_the_same(build, old):
    new = Edition(build(edition_id="2026-2"))
    pl.read_parquet(new.path / "tables/parquet/rounds.parquet").write_parquet(
        new.path / "tables/parquet/rounds.parquet", compression="snappy"
    )
    write_sums(new.path)

    assert changed_files(new, old) == []


def test_fingerprints_of_another_rule_are_not_compared(build, old):
    path = old.path / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["content"] = {"rule": 0, "tables": {}, "files": {"README.txt": "other"}}
    path.write_text(json.dumps(manifest), encoding="utf-8")
    write_sums(old.path)

    assert changed_files(Edition(build(edition_id="2026-2")), Edition(old.path)) == []


def test_without_fingerprints_a_workbook_is_compared_by_its_cells(build, old):
    new = Edition(build(edition_id="2026-2"))
    path = new.path / "tables" / "gevinst-2026-2.xlsx"
    with ZipFile(path) as parts:
        content = {name: parts.read(name).replace(b"How to cite", b"How to quote") for name in parts.namelist()}
    with ZipFile(path, "w") as parts:
        for name, data in content.items():
            parts.writestr(name, data)
    write_sums(new.path)

    assert changed_files(new, without_fingerprints(old)) == ["tables/gevinst-2026-2.xlsx"]


def test_a_table_is_known_by_columns_types_and_rows_in_their_order():
    frame = pl.DataFrame({"a": [1, None], "b": ["NULL", None]})
    others = [
        frame.reverse(),
        frame.select("b", "a"),
        frame.rename({"a": "c"}),
        frame.cast({"a": pl.Float64}),
        frame.with_columns(b=pl.Series([None, "NULL"])),
        frame.head(1),
    ]
    hashes = {table_fingerprint(other) for other in [frame, *others]}
    assert len(hashes) == 1 + len(others)
    assert table_fingerprint(frame.clone()) == table_fingerprint(frame)


# --- the fingerprints of pages ----------------------------------------------------------------------------------

names = strategies.from_regex(r"[0-9a-f]{1,12}", fullmatch=True)
words = strategies.text(strategies.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"]), max_size=40)


@given(words, words, names, names)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_a_text_keeps_its_fingerprint_under_any_name_and_loses_it_with_any_word(first, second, commit, input_hash):
    info = replace(SMALL_EDITION, commit=commit, input_hash=input_hash)
    mark = marked(info)
    text = f"{first} {mark.edition_id} {mark.commit} {second} {mark.input_hash}"

    assert named(text, info) == f"{first} {info.edition_id} {commit} {second} {input_hash}"
    assert (fingerprint(text) == fingerprint(text.replace(first, second))) == (text == text.replace(first, second))
    assert fingerprint(text) != fingerprint(named(text, info))


@pytest.fixture
def site(tmp_path, monkeypatch):
    """Builds a whole site of the small tables with undrawn figures; gives its pages and their fingerprints."""
    monkeypatch.setattr(site_build, "render_svgs", lambda figures, cache_dir, progress: list(figures))
    tables = small_tables()

    def site(name: str, **changes: object) -> tuple[dict[str, str], dict[str, str]]:
        edition = replace(SMALL_EDITION, **changes)
        out: Path = tmp_path / name
        report = build_site(tables, edition, out, cache_dir=tmp_path / "cache", progress=str)
        return {f"site{path}": (out / path[1:]).read_text("utf-8") for path in report.pages}, dict(report.fingerprints)

    return site


def test_every_page_has_a_fingerprint_that_follows_its_words_and_not_its_names(site, monkeypatch):
    pages, prints = site("a", previous_edition_id="2025-1")
    renamed, prints_renamed = site("b", **OTHER_NAMES, previous_edition_id="2025-2")

    # Files beside pages have one too: a form, a calendar, the rows of a long table.
    assert {path for path in prints if path.endswith(".html")} == set(pages) < set(prints)
    assert prints == prints_renamed
    assert [path for path in pages if pages[path] == renamed[path]] == []
    assert not any(mark in page for page in pages.values() for mark in "\U0010ff01\U0010ff02\U0010ff03\U0010ff04")
    assert all("2026-2" in page and "aaaaaaaaaaaa" in page for page in renamed.values())

    original = site_writing.render
    monkeypatch.setattr(site_writing, "render", lambda *given: original(*given).replace("kilder", "sources"))
    changed, prints_changed = site("c", previous_edition_id="2025-1")
    differing = {path for path in pages if pages[path] != changed[path]}
    assert differing and {path for path in prints if prints[path] != prints_changed[path]} == differing
