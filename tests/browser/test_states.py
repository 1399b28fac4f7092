"""What a reader sees in each state that an edition can be in (`tests.data.states`), on every kind of page."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from gevinst.bilingual import LANGUAGES
from gevinst.site.pages import PAGES
from tests.data.page_reading import ASSESSED, document_of, read, text_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]

OF_APPLICANTS = re.compile(r"(?:søkere|applicants)[^.%]*%")  # however few projects are known, applicants are many
PER_CENT = re.compile(r"\d[\d ,.]*\s?(?:%|prosent\b|per cent\b)")


def all_kinds(site: Path, language: str) -> Iterator[tuple[str, BeautifulSoup]]:
    """One document of every kind of page that the site has."""
    for page in PAGES:
        document = document_of(site, page, language)
        if document is not None:
            yield page.name, read(document)


@pytest.mark.parametrize("language", LANGUAGES)
def test_invented_numbers_say_so_in_banner_title_tables_and_pictures_of_every_page(site_of, language) -> None:
    said = {"nb": "Illustrerende data.", "en": "Illustrative data."}[language]
    for name, page in all_kinds(site_of("illustrative"), language):
        assert text_of(page.select_one(".banner strong")) == said, name
        assert text_of(page.title).startswith(said), name
        tables = page.select("main table")
        assert [table["id"] for table in tables if table.get("data-note") != said] == [], name
        assert [tag for tag in page.select("[id$=-about]") if said not in tag.get_text()] == [], name


def test_real_numbers_never_say_that_they_are_invented(site_of) -> None:
    for name, page in all_kinds(site_of("normal"), "nb"):
        assert page.select("[data-note]") == [], name
        texts = [page.title, *page.select(".banner")]
        assert [text for text in map(text_of, texts) if "Illustrerende data" in text] == [], name


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_failed_check_is_shown_on_every_page_with_the_way_to_it(site_of, language) -> None:
    site = site_of("failed")
    for page in PAGES:
        document = document_of(site, page, language)
        if document is None:
            assert page.name in ASSESSED, "no other page may be missing"
            continue
        link = read(document).select_one(".banner[data-color=danger] a")
        assert link is not None, page.name
        file, _, anchor = str(link["href"]).partition("#")
        target = read((document.parent / file).resolve() if file else document)
        assert "2018-skyss" in text_of(target) and target.find(id=anchor) is not None


@pytest.mark.parametrize(
    ("state", "said"), [("archived", "Det finnes en nyere utgave."), ("failed", "Foreløpige tall.")]
)
def test_every_page_says_the_state_of_its_edition(site_of, state, said) -> None:
    for name, page in all_kinds(site_of(state), "nb"):
        assert said in " ".join(text_of(banner) for banner in page.select(".banner")), name


def test_a_first_edition_compares_with_nothing(site_of) -> None:
    site = site_of("first")
    overview = text_of(read(site / "nb/index.html").main)
    assert "ingen utgave for et tidligere år" in overview
    assert "siden utgave" not in overview


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_a_few_projects_there_are_counts_and_no_shares(site_of, language) -> None:
    for name, page in all_kinds(site_of("few"), language):
        if name in ("overview", "portfolio"):
            assert PER_CENT.findall(OF_APPLICANTS.sub("", text_of(page.main))) == [], name
    many = text_of(read(site_of("normal") / "nb/dekning/index.html").main)
    assert PER_CENT.search(OF_APPLICANTS.sub("", many)), "of many there are"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_edition_without_projects_says_so_and_offers_no_filter(site_of, language) -> None:
    said = {"nb": "Vi har ikke funnet noen prosjekter", "en": "We have found no projects"}[language]
    found = dict(all_kinds(site_of("empty"), language))
    assert said in text_of(found["overview"].main)
    assert found["portfolio"].select("[data-filter]") == []
    assert set(found) == {page.name for page in PAGES} - {"project", *ASSESSED}


def test_a_year_without_a_number_is_a_gap_and_not_a_zero(site_of) -> None:
    page = next(page for _, page in all_kinds(site_of("failed"), "nb") if page.select_one("#rounds-table"))
    rows = {
        text_of(row.th): [text_of(cell) for cell in row.select("td")] for row in page.select("#rounds-table tbody tr")
    }
    applicants = {name.removeprefix("Runde "): cells[0] for name, cells in rows.items()}
    assert applicants["2018"].startswith("38") and applicants["2023"].startswith("34")
    for year in ("2016", "2021"):
        assert applicants[year].startswith("..") and "ukjent" in applicants[year]


def test_an_old_status_is_said_to_be_old(site_of) -> None:
    page = dict(all_kinds(site_of("failed"), "nb"))["portfolio"]
    old, new = (page.select_one(f"#prosjekter [data-project='{name}']") for name in ("2016-byggdata", "2018-skyss"))
    assert "gammel opplysning" in text_of(old) and "gammel opplysning" not in text_of(new)


def test_answers_of_too_few_are_hidden_and_read_aloud_as_hidden(site_of) -> None:
    hidden = [
        (name, sign.find_next_sibling("span"))
        for name, page in all_kinds(site_of("illustrative"), "nb")
        for sign in page.select("main td [aria-hidden=true]")
        if text_of(sign) == ":"
    ]
    assert hidden
    assert {text_of(spoken) for _, spoken in hidden} == {"skjult av hensyn til personvern"}
