"""A build that nobody answers for says so wherever a reader meets it, and stops saying so when somebody does."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from gevinst.bilingual import LANGUAGES
from gevinst.formats.datapackage import purpose
from gevinst.formats.tables import readme_text
from gevinst.formats.xlsx import notes
from gevinst.settings import SiteOwner, load_settings
from gevinst.site.banners import banners_of
from gevinst.site.context import View
from gevinst.site.pages import path_of
from gevinst.site.pages.charts import charts
from gevinst.site.pages.glossary import page as glossary
from gevinst.site.render import render
from gevinst.site.report.content import report
from gevinst.site.rows import SiteData
from tests.data.page_reading import text_of
from tests.data.rendered import REAL
from tests.data.small_edition import small_tables

BODY, CONTACT = "Digitaliseringsdirektoratet", "gevinst@example.no"
NAMED = SiteOwner(BODY, CONTACT)
TITLE = {"nb": "Foreløpig.", "en": "Preliminary."}


def view_of(owner: SiteOwner, language: str = "nb") -> View:
    settings = replace(load_settings(), owner=owner)
    return View(SiteData(small_tables(), REAL), language, settings, path_of, is_marking=True)


def page_of(view: View) -> BeautifulSoup:
    (document,) = glossary.documents(view)
    return BeautifulSoup(render(view, glossary.PAGE, document, glossary.PAGE.path(view.language)), "html.parser")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_that_nobody_answers_for_is_preliminary_in_banner_title_paper_and_files(language: str) -> None:
    page = page_of(view_of(SiteOwner(), language))
    assert TITLE[language] in [text_of(title) for title in page.select(".banner strong")]
    assert text_of(page.title).startswith(TITLE[language])
    assert any(TITLE[language] in style.get_text() for style in page.select("style"))
    in_files = page.select(".banner:not(.reading) > p")  # what table.js takes along
    assert any(TITLE[language] in text_of(text) for text in in_files)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_with_an_owner_and_a_contact_is_not_preliminary(language: str) -> None:
    assert TITLE[language] not in page_of(view_of(NAMED, language)).get_text()


@pytest.mark.parametrize(
    ("owner", "said", "unsaid"),
    [
        (SiteOwner(responsible_body=BODY), "hvor du kan melde fra", "hvem som svarer"),
        (SiteOwner(contact=CONTACT), "hvem som svarer", "hvor du kan melde fra"),
    ],
)
def test_one_of_the_two_is_not_enough_and_only_what_is_missing_is_said(owner, said: str, unsaid: str) -> None:
    (text,) = [banner.text for banner in banners_of(view_of(owner)) if banner.title == TITLE["nb"]]
    assert said in text and unsaid not in text


@pytest.mark.parametrize(("owner", "is_preliminary"), [(SiteOwner(), True), (NAMED, False)])
def test_the_report_is_preliminary_as_long_as_the_pages_are(owner: SiteOwner, is_preliminary: bool) -> None:
    view = view_of(owner)
    view.figures.update(charts(view))
    assert (TITLE["nb"] in (report(view).content["banner"] or "")) is is_preliminary


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_files_of_an_edition_that_nobody_answers_for_are_preliminary_before_all_else(language: str) -> None:
    for owner, is_said in ((SiteOwner(), True), (NAMED, False)):
        first = dict(notes(language, small_tables(), REAL, owner))
        said = [readme_text(REAL, owner, small_tables()), purpose(language, REAL, owner), " ".join(first.values())]
        assert [TITLE[language] in text for text in said] == [is_said] * 3
    assert purpose(language, REAL, SiteOwner()).startswith(TITLE[language])
