"""What leaders read on whole pages: words that they know, and leads that are easy to read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from gevinst.site.pages import PAGES, path_of
from gevinst.site.render import render
from tests.data.readability import lix
from tests.data.rendered import invented_tables, real_tables, view_of
from tests.data.small_edition import SMALL_EDITION

LEADER_PAGES = ("overview", "follow_up", "portfolio", "project", "benefits", "drivers", "scheme")
HARDEST_LEAD = 45
IN_HOUSE = r"gevinstutsagn\w*|\bkoder(?:e|en|ne)\b|modellkort\w*|krevende gjennomføring|bedre belagt|rykket opp"
"""Words of those who make the register, in Norwegian, with no meaning to those who lead the scheme."""
AVOIDED = r"\b(marts?|assets?|pipelines?|n\.s\.|signifikan\w*|significan\w*|KPI\w*|dashboards?|RAG|scores?)\b"


def leader_pages(tables, edition, language) -> Iterator[tuple[str, str, BeautifulSoup]]:
    """Name, lead and rendered document of every leader page; of projects, all of them."""
    view = view_of(tables, language, edition)
    for page in PAGES:
        if page.name in LEADER_PAGES:
            for document in page.documents(view):
                html = render(view, page, document, path_of(page.name, language, document.tail))
                yield f"{page.name} {document.tail}", document.lead, BeautifulSoup(html, "html.parser")


EDITIONS = {
    "real": (real_tables, replace(SMALL_EDITION, is_illustrative=False)),
    "invented": (invented_tables, SMALL_EDITION),
}


@pytest.fixture(
    scope="module",
    params=[
        pytest.param((name, language), marks=() if name == "real" else pytest.mark.slow, id=f"{name}-{language}")
        for name in EDITIONS
        for language in ("nb", "en")
    ],
)
def read_by_leaders(request) -> tuple[str, list[tuple[str, str, BeautifulSoup]]]:
    """A language, and the leader pages in it."""
    name, language = request.param
    tables, edition = EDITIONS[name]
    return language, list(leader_pages(tables(), edition, language))


def shown(page: BeautifulSoup) -> str:
    """What a leader reads on a page: all but how numbers are made, and what is in machines' words."""
    for tag in page.select("details.how, code, script, style, .source-line, .fresh"):
        tag.decompose()
    return page.get_text(" ")


def test_leader_pages_use_no_words_that_leaders_do_not_know(read_by_leaders) -> None:
    _, found = read_by_leaders
    assert {name.split()[0] for name, _, _ in found} == set(LEADER_PAGES) & {page.name for page in PAGES}
    lines = {name: re.findall(AVOIDED, shown(page), re.IGNORECASE) for name, _, page in found}
    assert {name: words for name, words in lines.items() if words} == {}


def test_leader_pages_use_no_words_of_the_house(read_by_leaders) -> None:
    _, found = read_by_leaders
    own = ("overview", "portfolio", "drivers", "scheme")
    lines = {
        name: re.findall(IN_HOUSE, shown(page), re.IGNORECASE) for name, _, page in found if name.split()[0] in own
    }
    assert {name: words for name, words in lines.items() if words} == {}


def test_leads_of_leader_pages_are_easy_to_read(read_by_leaders) -> None:
    language, found = read_by_leaders
    if language == "nb":
        assert {name: round(lix(lead)) for name, lead, _ in found if lix(lead) > HARDEST_LEAD} == {}
    assert all(lead.strip() for _, lead, _ in found)


def test_readability_is_measured_as_its_author_did() -> None:
    assert lix("Dette er en kort setning. Den andre setningen er kort.") == pytest.approx(10 / 2 + 100 * 2 / 10)
