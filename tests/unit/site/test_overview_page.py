"""The front page answers what came of the money in few words and one figure: a tile for every project."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from bs4 import BeautifulSoup, Tag

from gevinst.language.hyphens import SOFT_HYPHEN, hyphenated
from gevinst.settings import load_settings
from gevinst.site.context import View
from gevinst.site.figures import style
from gevinst.site.pages import path_of
from gevinst.site.pages.overview import tiles
from gevinst.site.pages.overview.page import PAGE
from gevinst.site.render import render
from gevinst.site.rows import SiteData
from tests.data.rendered import KNOWN_PROJECTS, REAL, invented_tables, page_of, real_tables
from tests.data.small_edition import SMALL_EDITION, small_tables

MOST_WORDS = 150
EDITIONS = {"real": real_tables, "invented": invented_tables, "small": small_tables}


def front(name: str, language: str = "nb") -> Tag:
    edition = REAL if name == "real" else SMALL_EDITION
    main = page_of("overview", EDITIONS[name](), language, edition).main
    assert main is not None
    return main


def words(tag: Tag | None) -> list[str]:
    return tag.get_text(" ", strip=True).split() if tag else []


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("name", EDITIONS)
def test_the_answer_is_short_and_comes_before_the_one_figure(name: str, language: str) -> None:
    main = front(name, language)
    said = words(main.select_one(".lead")) + words(main.select_one(".more-lead"))
    assert 20 < len(said) <= MOST_WORDS
    assert len(main.select(".squares")) == 1 and main.select("[data-figure], .key-figures, table") == []


def test_every_project_has_one_tile_that_leads_to_it_and_every_unnamed_one_a_tile_without_a_link() -> None:
    main = front("real")
    hrefs = [str(link["href"]) for link in main.select(".squares li a")]
    assert len(hrefs) == len(set(hrefs)) == KNOWN_PROJECTS
    unnamed = real_tables()["round_overview"].filter(edition_year=2026)["unnamed_count"].sum()
    plain = [tile for tile in main.select(".squares li") if not tile.a]
    assert len(plain) == unnamed and all("Ikke navngitt" in tile.get_text() for tile in plain)


def test_a_tile_says_its_status_and_year_and_is_hatched_only_where_that_grows_old() -> None:
    named = [(tile.a, tile) for tile in front("real").select(".squares li")]
    by_name = {link.get_text().replace(SOFT_HYPHEN, ""): tile for link, tile in named if link}
    known = by_name["Luftkvalitetsdata"]
    assert known.small and known.small.get_text() == "delvis tatt i bruk 2019, vår slutning"
    assert known["class"] == ["mark-step-4", "is-hatched"]
    silent = by_name["Nærmiljø i Hillevåg"]
    assert silent["class"] == ["mark-silent"]
    assert silent.small and silent.small.get_text() == "tildelt 2024, ikke hørt siden"


def test_a_round_with_many_unnamed_projects_has_one_tile_that_counts_them() -> None:
    tables = dict(real_tables())
    tables["round_overview"] = tables["round_overview"].with_columns(
        unnamed_count=pl.when(pl.col("round_id") == "2022").then(40).otherwise(pl.col("unnamed_count"))
    )
    view = View(SiteData(tables, REAL), "nb", load_settings(), path_of)
    (round_2022,) = (one for one in tiles.rounds(view) if one.name == "2022")
    assert [tile.name for tile in round_2022.tiles if tile.href is None] == ["40 prosjekter, ikke navngitt"]


def test_a_round_says_what_it_was_given_and_a_frame_is_no_award() -> None:
    headings = {heading.get_text(" ", strip=True) for heading in front("real").select(".squares h3")}
    assert "2018, første runde 6,2\u00a0mill.\u00a0kr tildelt" in headings
    assert "2023 ca. 8,5\u00a0mill.\u00a0kr satt av" in headings


def test_use_is_told_with_who_says_so_and_measurements_with_who_made_them() -> None:
    text = " ".join(front("real").get_text().split())
    assert re.search(r"Kudos var delvis i bruk i 2022, ifølge \w+", text)
    assert re.search(r"Introduksjonsordningen har tre målte gevinster, etter opplysning fra leverandøren", text)
    assert not re.search(r"\b(er|kommet) (delvis )?i bruk\b", " ".join(words(front("real").select_one(".lead"))))


def test_a_first_edition_has_no_news_and_says_so_in_one_line() -> None:
    news = front("real").select_one(".news")
    assert news and news.select("li") == [] and "tidligere år" in news.get_text()


def test_the_pages_of_a_thousand_projects_stay_light() -> None:
    tables = dict(real_tables())
    count = 1000 // KNOWN_PROJECTS + 1
    for name in ("projects", "project_status", "project_coverage", "benefit_by_project"):
        copies = [
            tables[name].with_columns(project_id=pl.concat_str("project_id", pl.lit(f"-{n}"))) for n in range(count)
        ]
        tables[name] = pl.concat(copies)
    for name in ("benefit_overview", "follow_ups", "follow_up_reasons"):
        tables[name] = tables[name].clear()
    view = View(SiteData(tables, REAL), "nb", load_settings(), path_of, is_marking=True)
    (document,) = PAGE.documents(view)
    html = render(view, PAGE, document, PAGE.path("nb"))
    shown = BeautifulSoup(html, "html.parser")
    crowded = 0
    for section in shown.select(".squares section"):
        tiles = section.select("li")
        assert len(tiles) <= 40 + 1 + 12
        if more := section.select_one(".mark-more a"):
            crowded += 1
            year = str(more["href"]).rpartition("kull=")[2]
            assert sum(str(one["cohort_year"]) == year for one in view.data.projects) > 40
            assert len(section.select("li:not(.mark-more) a")) == 40
    assert crowded > 3
    assert len(html.encode()) < 120_000


def luminance(colour: str) -> float:
    def channel(value: int) -> float:
        share = value / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (channel(int(colour[place : place + 2], 16)) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


STRIPED = [name.removesuffix("-stripe") for name in style.palette() if name.endswith("-stripe")]


@pytest.mark.parametrize("mark", STRIPED)
def test_words_on_a_tile_are_readable_on_its_colour_and_on_its_stripes(mark: str) -> None:
    palette = style.palette()
    ink = palette.get(f"{mark}-ink", style.INK)
    # 4.5 is what WCAG 2.2 asks of text; the stripe carries no meaning alone, so it need only be seen.
    assert contrast(ink, palette[mark]) >= 4.5
    assert contrast(ink, palette[f"{mark}-stripe"]) >= 4.5
    assert contrast(palette[mark], palette[f"{mark}-stripe"]) >= 1.25


def test_every_status_that_grows_old_has_stripes() -> None:
    assert {*STRIPED} == {*(f"step-{step}" for step in range(7)), "stopped", "continued"}


def test_long_words_are_divided_where_norwegian_divides_them_and_short_ones_are_whole() -> None:
    divided = hyphenated("Medisinsk avstandsoppfølging", "nb").replace(SOFT_HYPHEN, "-")
    assert divided == "Medisinsk avstands-opp-føl-ging"
    assert hyphenated("Arkivtilsyn i bydelen", "nb").replace(SOFT_HYPHEN, "-") == "Arkiv-tilsyn i bydelen"
    assert hyphenated("Kudos", "nb") == "Kudos"
    assert "-" not in hyphenated("2019-arkiv", "nb").replace("2019-arkiv", "")


@pytest.mark.parametrize("language", ["nb", "en"])
def test_no_piece_of_a_divided_word_is_a_letter_alone(language: str) -> None:
    names = real_tables()["projects"][f"short_name_{language}"].drop_nulls()
    pieces = [piece for name in names for piece in re.split(rf"[\s{SOFT_HYPHEN}]+", hyphenated(name, language))]
    long = [piece for name in names for piece in hyphenated(name, language).split(SOFT_HYPHEN)[1:]]
    assert long and min(len(piece) for piece in long) > 1
    assert max(len(piece) for piece in pieces) <= 15, "longer pieces would be cut in the narrowest tile"


def test_the_first_whom_we_want_to_hear_from_are_listed_with_owner_reason_and_question() -> None:
    main = front("real")
    rows = main.select(".asked > li")
    assert len(rows) == 5
    asked = real_tables()["follow_ups"].filter(edition_year=2026).sort("follow_up_order")
    ids = [str(row.a["href"]).split("/")[-2] for row in rows if row.a]
    assert ids == asked["project_id"][:5].to_list()
    assert all(row.q and row.q.get_text().endswith("?") for row in rows)
    assert f"Alle {asked.height}, som liste" in main.get_text()


@pytest.mark.parametrize("language", ["nb", "en"])
def test_versions_and_hashes_stand_in_the_footer_and_not_below_the_lead(language: str) -> None:
    page = page_of("overview", small_tables(), language)
    fresh, footer = page.select_one(".fresh"), page.footer
    assert fresh and footer
    assert SMALL_EDITION.commit not in fresh.get_text() and SMALL_EDITION.commit in footer.get_text()
    assert SMALL_EDITION.input_hash in footer.get_text()


def test_an_edition_made_in_hindsight_asks_nobody_and_has_no_news_and_only_what_was_known_then() -> None:
    then = replace(REAL, edition_year=2021, as_of_on=date(2021, 12, 31))
    page = page_of("overview", real_tables(), "nb", then)
    assert page.select(".asked") == [] and "I år" not in page.select(".more-lead")[0].get_text()
    news = page.select_one(".news")
    assert news and news.select("li") == [] and "rekonstruksjon" in news.get_text()
    years = [int(year) for tile in page.select(".squares small") for year in re.findall(r"\b20\d\d\b", tile.get_text())]
    assert years and max(years) <= 2021
    assert page_of("brief", real_tables(), "nb", then).select(".answers dt")[-1].get_text() == "Det vi ikke vet"
