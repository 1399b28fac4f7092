"""The list of editions beside their folders, as a reader opens it."""

import json
import os

import polars as pl
import pytest
from bs4 import BeautifulSoup

from gevinst.edition import EditionError, list_editions, publish
from gevinst.edition.index import write_index
from gevinst.layout import REPORT
from gevinst.site.page import POLICY
from gevinst.site.report.brief import brief_name

pytestmark = pytest.mark.slow


@pytest.fixture
def editions_dir(built, settings, tables):
    """Three editions: 2026-1 in force, 2026-2 after it in force, and 2025-1 published last."""
    renamed = {**tables, "projects": tables["projects"].with_columns(name_nb=pl.lit("Nytt navn"))}
    publish(built(), settings)
    publish(built(renamed, edition_id="2026-2"), settings)
    publish(built(edition_id="2025-1", edition_year=2025), settings)
    return settings.editions_dir


def listed(editions_dir, language):
    page = BeautifulSoup((editions_dir / "index.html").read_text(encoding="utf-8"), "html.parser")
    part = page.select_one(f"section[lang={language}]")
    return [
        [cell.get_text(" ", strip=True).replace("\xa0", " ") for cell in row.select("th, td")]
        for row in part.select("tbody tr")
    ]


def test_all_editions_are_listed_newest_first_in_both_languages_with_the_one_in_force(editions_dir):
    nb, en = listed(editions_dir, "nb"), listed(editions_dir, "en")

    assert [row[0] for row in nb] == [row[0] for row in en] == ["2026-2", "2026-1", "2025-1"]
    assert [row[3] for row in nb] == ["Foreløpig. Gjelder nå", "Foreløpig. Bevart", "Foreløpig. Bevart"]
    assert [row[3] for row in en] == ["Preliminary. In force now", "Preliminary. Kept", "Preliminary. Kept"]
    assert (nb[0][1], en[0][1], nb[0][2]) == ("22. november 2026", "22 November 2026", "2")


def test_every_link_leads_to_a_file_and_downloads_hold_the_sums(editions_dir):
    page = BeautifulSoup((editions_dir / "index.html").read_text(encoding="utf-8"), "html.parser")
    addresses = [link["href"] for link in page.select("tbody a")]

    assert {"2025-1/SHA256SUMS", "2026-1/datapackage.json", "2026-2/tables/gevinst-2026-2.xlsx"} <= set(addresses)
    pages = [address for address in addresses if address.endswith("/index.html")]
    assert len(pages) == 6
    # The small editions of these tests have pages in bokmål only, and no style sheet.
    there = [address for address in addresses if "/site/en/" not in address]
    assert [address for address in there if not (editions_dir / address).is_file()] == []


def test_the_brief_is_listed_before_the_report_where_an_edition_has_one_in_the_language(editions_dir, settings):
    # The small editions of these tests have a report in bokmål.
    assert all(row[4].startswith("Rapport (PDF)") for row in listed(editions_dir, "nb"))
    (editions_dir / "2026-2" / REPORT / brief_name("2026-2", "nb")).write_bytes(b"%PDF")
    write_index(settings)

    newest, *others = listed(editions_dir, "nb")
    assert newest[4].startswith("Kortversjon (PDF) Rapport (PDF)")
    assert not any("(PDF)" in row[4] for row in listed(editions_dir, "en"))
    assert not any("Kortversjon" in row[4] for row in others)


def test_the_list_is_kept_from_calling_out_like_every_page_and_runs_no_script(editions_dir):
    page = BeautifulSoup((editions_dir / "index.html").read_text(encoding="utf-8"), "html.parser")

    assert page.select_one("meta[http-equiv=Content-Security-Policy]")["content"] == POLICY
    assert page.select("script") == []
    assert [link["href"] for link in page.select("link[rel=stylesheet]")] == ["2026-2/site/assets/site.css"]


def test_the_edition_in_force_is_named_beside_the_folders_for_the_pages_of_the_others(editions_dir):
    # 2025-1 was published last, and is of an earlier year than the one in force.
    newest, listed, end = (editions_dir / "newest.js").read_text(encoding="utf-8").split(";\n")
    assert (newest, end) == ('window.gevinstNewest = "2026-2"', "")
    editions = json.loads(listed.removeprefix("window.gevinstEditions = "))
    assert [edition["id"] for edition in editions] == ["2026-2", "2026-1", "2025-1"]
    assert all(edition["nb"].split()[-1] == edition["en"].split()[-1] for edition in editions)


def test_invented_editions_are_marked(built, settings):
    publish(built(is_illustrative=True), settings)

    assert listed(settings.editions_dir, "nb")[0][3] == "Illustrerende data. Foreløpig. Gjelder nå"


def test_the_list_is_no_edition_and_frozen_editions_are_left_alone(editions_dir, settings, content):
    before = content(editions_dir / "2025-1")

    write_index(settings)

    assert [edition.edition_id for edition in list_editions(settings)] == ["2025-1", "2026-1", "2026-2"]
    assert content(editions_dir / "2025-1") == before


def test_a_failure_leaves_the_old_list_whole_and_nothing_beside_it(editions_dir, settings, content, monkeypatch):
    before = content(editions_dir)

    def fails(*arguments):
        raise OSError("disk gone")

    monkeypatch.setattr(os, "replace", fails)
    with pytest.raises(OSError, match="disk gone"):
        write_index(settings)

    assert content(editions_dir) == before


def test_a_list_that_a_killed_run_left_behind_is_corrected_by_the_next_run_although_nothing_changed(
    built, settings, editions_dir, tables
):
    whole = (editions_dir / "index.html").read_text(encoding="utf-8")
    (editions_dir / "index.html").unlink()

    result = publish(built(edition_id="2025-2", edition_year=2025), settings)

    assert not result.is_published
    assert (editions_dir / "index.html").read_text(encoding="utf-8") == whole


def test_without_an_edition_there_is_no_list(settings):
    with pytest.raises(EditionError, match="no edition is in force"):
        write_index(settings)
