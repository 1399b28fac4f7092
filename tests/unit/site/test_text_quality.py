"""How texts are written: number and gender, signs, words that leaders know, and leads that are easy to read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from gevinst.language.terms import terms
from gevinst.language.texts import Entry, entries
from gevinst.site.pages import PAGES, path_of
from gevinst.site.render import render
from tests.data.readability import lix
from tests.data.rendered import invented_tables, real_tables, view_of
from tests.data.small_edition import SMALL_EDITION

LEADER_PAGES = ("overview", "portfolio", "project", "benefits", "drivers", "scheme")
HARDEST_LEAD = 45
IN_HOUSE = r"gevinstutsagn\w*|\bkoder(?:e|en|ne)\b|modellkort\w*|krevende gjennomføring|bedre belagt|rykket opp"
"""Words of those who make the register, in Norwegian, with no meaning to those who lead the scheme."""
AVOIDED = r"\b(marts?|assets?|pipelines?|n\.s\.|signifikan\w*|significan\w*|KPI\w*|dashboards?|RAG|scores?)\b"

FIXED = (
    "page_benefits.self_report_caption",  # a limit
    "page_drivers.",  # a limit, or a total that a caption gives as n
    "page_glossary.",  # the terms of this project
    "page_method.",  # the tables of this project
    "page_portfolio.tiles",  # beside a total
    "page_scheme.",  # beside a total
    "sentences.part_some",  # beside a total, of which some but not all
    "time_to_use.",  # a limit
    "what_if.all_projects",  # said only of several
    "workbook.",  # the tables of this project
)
"""Texts in which the number cannot be one."""

NEUTER = (
    "prosjekt utsagn gevinstutsagn dokument krav tilsagn tall beløp anslag svar spørsmål sted trinn kull år utgaveår"
)
COMMON = (
    "gevinst måling runde tildelingsrunde kilde rad kontroll tabell kolonne endring rettelse driver vurdering utgave "
    "virksomhet leverandør indikator kategori gevinstkategori ting måned person verdi virkning rolle eier aktør koder "
    "kvalitetskontroll grunn kommune feil"
)
COUNTED = re.compile(
    r"(?:\{\w+:(?P<form>word|Word|neuter|Neuter)\}|\b(?P<one>[Éé]n|[Ee]tt)\b)"
    r" (?:nye? |nytt |kjente? |kjent |valgte? |navngitte? )?(?P<noun>\w+)"
)


def forms(entry: Entry) -> list[str]:
    return [entry] if isinstance(entry, str) else list(entry.values())


def written(language: str) -> Iterator[tuple[str, str]]:
    """Every text of the catalogue and the glossary, with what it is called."""
    for key, entry in entries().items():
        yield from ((key, text) for text in forms(entry[language]))
    for term in terms():
        wording = term.wordings[language]
        yield from ((term.term_id, text) for text in (*wording.names, *wording.forms, wording.meaning))


def inflected(stems: str, endings: str) -> set[str]:
    return {stem + ending for stem in stems.split() for ending in ("", *endings.split())}


@pytest.mark.parametrize("language", ["nb", "en"])
def test_a_text_that_counts_something_has_a_form_for_one(language) -> None:
    plural = r"\{n(?::\w+)?\} (?:of |av )?\w+(?:er|s)\b"
    found = [
        key
        for key, entry in entries().items()
        if isinstance(entry[language], str) and re.search(plural, str(entry[language])) and not key.startswith(FIXED)
    ]
    assert found == []


def test_numbers_in_words_have_the_gender_of_what_they_count() -> None:
    nouns = dict.fromkeys(inflected(NEUTER, "er ene et e"), "neuter")
    nouns |= dict.fromkeys(inflected(COMMON, "er ene en e r ne"), "common")
    seen, wrong = 0, []
    for key, text in written("nb"):
        for match in COUNTED.finditer(text):
            gender = nouns.get(match["noun"])
            given = match["form"] or match["one"]
            is_neuter = given.lower() in ("neuter", "ett")
            seen += gender is not None
            if gender is not None and is_neuter != (gender == "neuter"):
                wrong.append(f"{key}: {match[0]}")
    assert wrong == []
    assert seen > 60


def test_a_per_cent_sign_is_written_as_each_language_wants_it() -> None:
    assert [key for key, text in written("nb") if re.search(r"[\d}][ ]?%", text)] == []
    assert [key for key, text in written("en") if re.search(r"[\d}]\s%", text)] == []


@pytest.mark.parametrize("language", ["nb", "en"])
def test_minus_and_dashes_are_no_hyphens(language) -> None:
    # What a text about spreadsheets says of signs is said of the signs themselves.
    texts = [(key, text.replace("= + - @", "")) for key, text in written(language)]
    assert [key for key, text in texts if re.search(r"(?<![\w}{])-\d| - |\d-\d", text)] == []


@pytest.mark.parametrize("language", ["nb", "en"])
def test_quotation_marks_are_those_of_the_language(language) -> None:
    marks = {"nb": "“”", "en": "«»"}[language]
    assert [key for key, text in written(language) if set(text) & set(marks)] == []


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
    scope="module", params=[(name, language) for name in EDITIONS for language in ("nb", "en")], ids="-".join
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
