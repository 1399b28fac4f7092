"""What a page says of itself to programs, with and without the address that the editions are published at."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from gevinst.bilingual import LANGUAGES
from gevinst.layout import EditionInfo
from gevinst.settings import SiteAddress, SiteOwner, load_settings
from gevinst.site.context import View
from gevinst.site.pages import path_of
from gevinst.site.pages.glossary import page as glossary
from gevinst.site.pages.method import page as method
from gevinst.site.render import render
from gevinst.site.rows import SiteData
from tests.data.rendered import REAL
from tests.data.small_edition import SMALL_EDITION, small_tables

BASE = "https://gevinst.example.no/data"


def page_of(module=glossary, language="nb", base_url: str | None = BASE, edition: EditionInfo = REAL) -> BeautifulSoup:
    settings = replace(load_settings(), site=SiteAddress(base_url), owner=SiteOwner("Etaten", "post@example.no"))
    view = View(SiteData(small_tables(), edition), language, settings, path_of, is_marking=True)
    (document,) = module.documents(view)
    html = render(view, module.PAGE, document, module.PAGE.path(language))
    return BeautifulSoup(html, "html.parser")


def og(page: BeautifulSoup) -> dict[str, str]:
    return {str(tag["property"])[3:]: str(tag["content"]) for tag in page.select("meta[property^='og:']")}


@pytest.mark.parametrize(("language", "other", "slug"), [("nb", "en", "ordliste"), ("en", "nb", "glossary")])
def test_a_page_gives_its_address_in_full_and_those_of_its_languages(language, other, slug) -> None:
    page = page_of(language=language)
    here = f"{BASE}/2026-1/site/{language}/{slug}/index.html"
    assert [link["href"] for link in page.select("link[rel=canonical]")] == [here]
    links = {link["hreflang"]: link["href"] for link in page.select("link[rel=alternate][hreflang]")}
    assert set(links) == {"nb", "en", "x-default"} and links[language] == here
    assert links["x-default"] == links["nb"] != links["en"]
    shown = og(page)
    assert shown["url"] == here
    assert (shown["locale"], shown["locale:alternate"]) == {"nb": ("nb_NO", "en_GB"), "en": ("en_GB", "nb_NO")}[
        language
    ]
    assert shown["locale:alternate"].startswith(other)
    assert shown["image"] == f"{BASE}/2026-1/site/assets/previews/glossary-{language}.png"
    assert page.select(f"link[type='application/atom+xml'][href='{BASE}/feed-{language}.xml']")


def test_without_an_address_nothing_needs_one_and_the_other_language_is_still_found() -> None:
    page = page_of(base_url=None)
    assert page.select("link[rel=canonical], link[type='application/atom+xml']") == []
    assert not {"url", "image"} & set(og(page))
    links = {link["hreflang"]: link["href"] for link in page.select("link[rel=alternate][hreflang]")}
    assert links == {"nb": "index.html", "en": "../../en/glossary/index.html", "x-default": "index.html"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_preview_has_the_title_and_the_answer_of_the_page(language: str) -> None:
    page = page_of(language=language)
    shown = og(page)
    assert page.h1 is not None and shown["title"] == page.h1.get_text()
    lead = page.select_one(".lead")
    assert lead is not None and shown["description"] == lead.get_text()
    assert page.select_one("meta[name=description]")["content"] == shown["description"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("change", "is_indexed"),
    [({}, True), ({"is_illustrative": True}, False), ({"state": "candidate"}, False)],
)
def test_only_real_and_published_numbers_are_for_search_engines(change: dict, is_indexed: bool) -> None:
    page = page_of(edition=replace(REAL, **change))
    assert (page.select("meta[name=robots]") == []) is is_indexed


def test_a_preview_of_invented_numbers_says_so_before_anything_else() -> None:
    assert og(page_of(edition=SMALL_EDITION))["title"].startswith("Illustrerende data. ")


def test_icon_and_colours_of_the_frame_ask_for_no_file() -> None:
    page = page_of()
    assert str(page.select_one("link[rel=icon]")["href"]).startswith("data:image/svg+xml,")  # type: ignore[index]
    schemes = {str(tag["media"]): tag["content"] for tag in page.select("meta[name=theme-color]")}
    assert len(schemes) == len(set(schemes.values())) == 2


@pytest.mark.parametrize("base_url", [BASE, None])
def test_the_data_are_described_for_search_engines_with_files_that_can_be_found(base_url: str | None) -> None:
    page = page_of(method, base_url=base_url)
    (tag,) = page.select("script[type='application/ld+json']")
    described = json.loads(tag.get_text())
    assert described["@type"] == "Dataset" and described["creator"]["name"] == "Etaten"
    assert described["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert described["temporalCoverage"].endswith(REAL.as_of_on.isoformat())
    assert described["variableMeasured"]
    folder = f"{BASE}/2026-1/" if base_url else "../../../"
    files = [one["contentUrl"] for one in described["distribution"]]
    assert f"{folder}croissant.json" in files and all(file.startswith(folder) for file in files)
    assert ("url" in described) is (base_url is not None)
