"""What the pages show: facts with sources, unknown as unknown, banners, and the special states of the small edition."""

import re
from dataclasses import replace

import polars as pl
import pytest

from gevinst.workspace import scheme
from tests.data.marts import recomputed
from tests.data.page_reading import pages, read, text_of, with_value
from tests.data.small_edition import SMALL_EDITION
from tests.data.variants import quick_first

SCHEME = scheme().name.nb


def test_every_fact_on_a_project_page_has_a_link_to_its_source(site) -> None:
    without = []
    for path in (site / "nb" / "prosjekt").glob("*/index.html"):
        page = read(path)
        facts = page.select(".facts dd, .timeline > li, .sides > li, main section table tbody tr")
        assert facts
        # What rests on the document that the box of facts names once has no link of its own.
        shared = page.select_one("[aria-labelledby=fakta] > .source-line .source a")
        for fact in facts:
            link = fact.select_one(".source a") or (shared if fact.find_parent(class_="facts") else None)
            if fact.select_one(".unknown") is None and (link is None or "kilder/index.html#" not in str(link["href"])):
                without.append((path.parent.name, text_of(fact)))
    assert without == []


def test_what_was_not_found_is_never_said_to_be_unstated(site) -> None:
    facts = read(site / "nb" / "prosjekt" / "2016-byggdata" / "index.html").select(".facts > div")
    texts = {text_of(fact.dt): text_of(fact.dd) for fact in facts if fact.dt and fact.dd}
    assert texts["Støtte til prosjektet"] == texts["Start"] == texts["Leverandør"] == "ikke funnet i det som er lest"


def test_a_known_grant_is_shown_with_its_price_level(site) -> None:
    page = text_of(read(site / "nb" / "prosjekt" / "2018-skyss" / "index.html").select_one(".facts"))
    assert "1 500 000 kr løpende kroner" in page


def test_follow_on_funding_and_figures_of_size_are_said_not_to_be_benefits(site) -> None:
    page = read(site / "nb" / "prosjekt" / "2018-skyss" / "index.html")
    for table in ("videre-finansiering", "andre-tall"):
        assert re.search("ikke (er )?en gevinst", text_of(page.select_one(f"#{table}-heading")))


def test_both_sides_of_a_disagreement_are_side_by_side(site) -> None:
    sides = read(site / "nb" / "dekning" / "index.html").select(".sides")[0].select("li")
    assert ["38 søkere." in text_of(side) or "31 søkere." in text_of(side) for side in sides] == [True, True]


def test_an_inferred_status_is_marked_where_it_is_shown(site) -> None:
    page = read(site / "nb" / "prosjekt" / "2018-gjeld" / "index.html")
    assert f"kilden nevner ikke {SCHEME}" in text_of(page.select_one(".timeline > li"))
    row = read(site / "nb" / "portefolje" / "index.html").select_one("#prosjekter tr[data-project='2018-gjeld']")
    assert f"kilden nevner ikke {SCHEME}" in text_of(row)


def test_stopped_projects_stay_in_every_denominator(site, tables) -> None:
    status = tables["project_status"].filter(pl.col("edition_year") == 2026)
    again = status.filter(pl.col("progress_assessment_count") > 1)
    assert "stopped" in again["outcome_code"]
    figures = read(site / "nb" / "portefolje" / "index.html").select(".key-figures .amount")
    wholes = {text_of(figure).split(" ", 1)[1] for figure in figures}
    assert wholes == {f"av {status.height} prosjekter", f"av {again.height} der flere kilder viser hvor langt"}


def test_checks_that_did_not_pass_are_first(site) -> None:
    rows = read(site / "nb" / "dekning" / "index.html").select("#kontroller tbody tr")
    assert ["ikke bestått" in text_of(row) for row in rows] == [True, False]


def test_a_row_set_aside_is_shown_with_file_line_column_value_and_reason(site) -> None:
    row = text_of(read(site / "nb" / "dekning" / "index.html").select_one("#satt-til-side tbody tr"))
    for part in ("registry/participations.csv", "7", "role_code", "eiar", "Rett verdien"):
        assert part in row


def test_unnamed_projects_are_counted_and_unknown_numbers_are_not_zero(site) -> None:
    rows = {
        text_of(row.th): [text_of(cell) for cell in row.select("td")]
        for row in read(site / "nb" / "dekning" / "index.html").select("#runder tbody tr")
    }
    assert rows["Runde 2018 kilder oppgir ulike tall"][:3] == ["6", "4", "2"]
    assert rows["Runde 2023"][0] == rows["Runde 2023"][2] == ".. ukjent"


def test_every_document_says_what_rests_on_it(site, tables) -> None:
    used = tables["document_reading"].filter(pl.col("edition_year") == 2026).select("source_id", "row_count")
    rows = read(site / "nb" / "kilder" / "index.html").select("#dokumenter tbody tr")
    shown = {str(row["id"]): int(text_of(row.select_one("td.number"))) for row in rows}
    assert shown == dict(used.iter_rows())
    assert set(shown) == {"kilde-a", "kilde-b"} and min(shown.values()) > 0


def test_every_table_tells_its_grain_and_columns(site) -> None:
    for block in read(site / "nb" / "dekning" / "index.html").select("section.block:has(table)"):
        how = text_of(block.select_one("details.how"))
        assert "Én rad per" in how and block.select("details.how .columns dt")


@pytest.mark.parametrize(
    ("change", "expected"),
    quick_first(
        [
            ({"is_illustrative": True}, "Illustrerende data."),
            ({"is_illustrative": False, "state": "candidate"}, "Foreløpige tall."),
            ({"is_illustrative": False, "state": "archived"}, "Arkivert utgave."),
            ({"is_illustrative": False}, None),
        ]
    ),
)
def test_the_banner_says_what_a_reader_must_know_first(make, change, expected) -> None:
    front = read(make(replace(SMALL_EDITION, **change)) / "index.html")
    said = [text_of(title) for title in front.select(".banner strong")]
    assert [title for title in said if title != "Foreløpig."] == ([expected] if expected else [])
    assert front.title is not None
    assert ("Illustrerende data." in text_of(front.title)) == (expected == "Illustrerende data.")


@pytest.mark.parametrize("is_illustrative", quick_first([True, False]))
def test_an_invented_edition_claims_no_public_source_on_any_page(make, is_illustrative: bool) -> None:
    site = make(replace(SMALL_EDITION, is_illustrative=is_illustrative))
    for path in pages(site):
        if path.is_relative_to(site / "nb"):
            said = text_of(read(path))
            claims = ("Alt bygger på offentlige kilder", "Kilde: offentlige dokumenter")
            assert any(claim in said for claim in claims) is not is_illustrative, path
            assert ("Alt her er oppdiktet" in said) is is_illustrative, path


@pytest.mark.slow
def test_a_critical_check_that_failed_puts_a_red_banner_on_every_page(make, tables) -> None:
    failed = with_value(tables["quality_checks"], "check_id", "projects.key", check_outcome_code="failed")
    site = make(replace(SMALL_EDITION, is_illustrative=False), quality_checks=failed)
    for path in pages(site):
        banner = read(path).select_one(".banner[data-color=danger]")
        assert banner is not None and banner.a is not None and "#kontroller" in str(banner.a["href"])


@pytest.mark.slow
def test_a_first_edition_says_that_there_is_nothing_to_compare_with(make, tables) -> None:
    first = {
        name: frame.filter(pl.col("edition_year") == 2023)
        for name, frame in tables.items()
        if "edition_year" in frame.columns
    }
    front = read(make(replace(SMALL_EDITION, edition_year=2023, edition_id="2023-1"), **first) / "index.html")
    news = front.select_one(".news")
    assert "ingen utgave for et tidligere år" in text_of(news)
    assert news is not None and news.select("li") == []
    assert "ved utgangen av" not in text_of(front.main)


@pytest.mark.slow
def test_an_edition_in_which_no_project_was_known_can_be_built(make, tables) -> None:
    kept = ("codelists", "sources", "quality_checks")
    empty = {name: frame.clear() for name, frame in tables.items() if name not in kept}
    site = make(**recomputed({**tables, **empty}))
    assert "Vi har ikke funnet noen prosjekter." in text_of(read(site / "index.html").select_one(".lead"))
    portfolio = read(site / "nb" / "portefolje" / "index.html")
    assert text_of(portfolio.select_one(".lead")) == "Vi har ikke funnet noen prosjekter."
    assert portfolio.select_one(".filter") is None, "there is nothing to choose between"
