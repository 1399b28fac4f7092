from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from gevinst.edition.differences import differences
from gevinst.edition.dry_run import WouldChange, edition_folder
from gevinst.edition.dry_run_page import summary, write_would_change
from gevinst.edition.store import Edition
from gevinst.intake import Finding
from gevinst.language.texts import Catalogue
from gevinst.method.news import Before, news_tables
from gevinst.settings import Settings, load_settings
from tests.data.marts import recounted
from tests.data.small_edition import SMALL_EDITION
from tests.data.workspaces import workspace

Tables = dict[str, pl.DataFrame]
NB, EN = Catalogue("nb"), Catalogue("en")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Those of a dry run, with a page of the site that it has built."""
    settings = replace(
        load_settings({"GEVINST_WORKSPACE": str(workspace(tmp_path))}), build_dir=tmp_path / "dry_runs" / "1234"
    )
    page = edition_folder(settings) / "site" / "en" / "sources" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text("<h1>Which <em>sources</em> &amp; more?</h1>", encoding="utf-8")
    return settings


@pytest.fixture
def found(tables: Tables) -> WouldChange:
    """One project and its changes are new since the edition in force, and one page says something else."""
    newest = tables["projects"]["project_id"][-1]
    before = {
        name: frame.filter(pl.col("project_id").ne_missing(newest)) if "project_id" in frame.columns else frame
        for name, frame in tables.items()
    }
    in_force = Edition(Path("2026-1"))
    news = news_tables(Before(before, SMALL_EDITION.as_of_on), tables, 2026, is_illustrative=True)
    return WouldChange(
        replace(SMALL_EDITION, edition_id="2026-2", state="candidate"),
        {**tables, **news},
        before=in_force,
        before_tables=recounted(before),
        replaces=in_force,
        is_put_in_force=True,
        rows=tuple(differences(tables, before)),
        pages=("site/en/sources/index.html", "site/nb/kilder/index.html", "site/en/gone/index.html"),
    )


@pytest.fixture
def read(settings: Settings) -> Callable[[WouldChange, str], str]:
    return lambda found, language: write_would_change(found, settings)[language].read_text(encoding="utf-8")


def headings(page: str) -> list[str]:
    return re.findall(r"<h2[^>]*>(.*?)</h2>", page)


def rows(page: str, table_id: str) -> list[list[str]]:
    table = re.search(rf'<table[^>]* id="{table_id}".*?</table>', page, re.DOTALL)
    assert table
    found = re.findall(r"<tr[^>]*>(.*?)</tr>", table[0], re.DOTALL)[1:]
    return [[re.sub(r"<[^>]+>", " ", cell).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row)] for row in found]


def test_what_blocks_the_edition_comes_first_and_what_would_change_after_it(found, read) -> None:
    order = headings(read(found, "en"))
    assert re.match(r".* checks? did not pass", order[0])
    assert "set aside" in order[1]
    assert "key figures would change" in order[2]
    assert order[3].startswith("Rows would change in")
    assert "news" in order[4]
    assert order[5] == "Two pages would change"


def test_rows_and_key_figures_are_shown_as_they_are_and_as_they_would_be(found, read) -> None:
    page = read(found, "nb")
    figures = {name: (now, would_be) for name, now, would_be in rows(page, "key-figures")}
    count = found.tables["projects"].height
    assert figures["Prosjekter"] == (str(count - 1), str(count))
    assert not any(now == would_be for now, would_be in figures.values()), "only what changes"
    (project,) = [row for row in rows(page, "rows") if row[0].startswith("Prosjekter")]
    assert project[1:] == [str(count - 1), "1", "0", "0"]
    assert found.tables["projects"]["project_id"][-1] in project[0]


def test_key_figures_of_an_edition_older_than_their_table_are_counted_from_its_rows(found, read) -> None:
    before = {name: frame for name, frame in found.before_tables.items() if name != "headline_counts"}
    older = replace(found, before_tables=before)
    assert rows(read(older, "nb"), "key-figures") == rows(read(found, "nb"), "key-figures")


def test_changed_pages_of_the_reader_s_language_are_linked_by_name_and_lost_ones_named(found, read) -> None:
    page = read(found, "en")
    assert '<a href="../sources/index.html">Which sources &amp; more?</a>' in page
    assert "/en/gone/index.html (would be gone)" in page
    assert "kilder" not in page


def test_news_are_what_readers_have_not_been_shown_already(found, read) -> None:
    newest = found.tables["projects"].filter(project_id=found.tables["projects"]["project_id"][-1])
    news = re.search(r"<ul>(.*?)</ul>", read(found, "en"), re.DOTALL)
    assert news
    lines = re.findall(r"<li>(.*?)</li>", news[1])
    assert lines
    assert all(newest["short_name_en"][0] in text for text in lines)


def test_the_page_calls_itself_a_dry_run_and_has_no_menu_that_leads_astray(found, read) -> None:
    page = read(found, "nb")
    assert "Prøvekjøring." in page
    assert "<nav" not in page
    assert 'href="../../en/what-would-change/index.html"' in page


def test_an_invented_portfolio_is_flagged_in_the_title_and_on_the_page(found, read) -> None:
    flag = NB.t("frame.banner_illustrative_title")
    assert flag not in read(replace(found, info=replace(found.info, is_illustrative=False)), "nb")
    page = read(replace(found, info=replace(found.info, is_illustrative=True)), "nb")
    assert f"<title>{flag} " in page
    assert f"<strong>{flag}</strong>" in page


def test_faults_that_stop_the_edition_are_reported_by_place_and_nothing_is_compared(found, read) -> None:
    fault = Finding("registry/projects.csv", "verdien finnes ikke.", "no such value.", 11, "round_id", "2019-1")
    stopped = WouldChange(found.info, found.tables, stops=(fault,), is_built=False)
    page = read(stopped, "nb")
    assert headings(page)[0] == "Én feil stanser utgaven"
    assert rows(page, "faults") == [["registry/projects.csv", "11", "round_id", "2019-1", "verdien finnes ikke."]]
    assert not any("would" in heading or "ville" in heading for heading in headings(page))
    assert 'data-color="danger"' in page


def test_the_summary_says_what_publishing_would_do(found, tables) -> None:
    assert "Rows measured against edition 2026-1: new " in summary(found, EN)
    assert summary(found, EN).endswith("Publishing would put it in force in place of 2026-1.")
    same = replace(found, before_tables=tables, rows=(), pages=())
    assert summary(same, NB).startswith("Ingenting ville endre seg: tabellene sier det samme som utgave 2026-1.")
    first = replace(found, before=None, before_tables=None, replaces=None, rows=(), pages=())
    assert summary(first, EN).startswith("There is no earlier edition to compare with")
    assert summary(first, EN).endswith("Publishing would put it in force.")
    older = replace(found, replaces=None, is_put_in_force=False)
    assert summary(older, EN).endswith("the one in force stays.")


@pytest.mark.parametrize(
    ("stops", "passed", "reasons"),
    [
        (2, True, "two faults in the files must be corrected"),
        (0, False, "one critical check did not pass"),
        (0, True, "the run stopped; see its log"),
    ],
)
def test_the_summary_says_why_an_edition_cannot_be_built(found, stops, passed, reasons) -> None:
    checks = found.tables["quality_checks"].head(1)
    checks = checks.with_columns(
        severity_code=pl.lit("critical"), check_outcome_code=pl.lit("passed" if passed else "failed")
    )
    fault = Finding("a.csv", "feil.", "wrong.")
    stopped = replace(found, tables={**found.tables, "quality_checks": checks}, stops=(fault,) * stops, is_built=False)
    assert summary(stopped, EN) == f"Edition 2026-2 cannot be built: {reasons}."
