"""The glossary: 79 terms in two languages, and links to them where they first appear on a page."""

import re
from collections import Counter
from pathlib import Path

import pytest

from gevinst.bilingual import LANGUAGES, other_language
from gevinst.language.names import alphabetical
from gevinst.language.terms import TermLinks, terms
from tests.data.page_reading import pages, read, text_of

PLACE = {"nb": "nb/ordliste/index.html", "en": "en/glossary/index.html"}


def linked(language: str, text: str) -> dict[str, str]:
    """Linked words of a text by the term they lead to."""
    html = TermLinks(language, lambda term_id: f"#{term_id}").link(text)
    return {term_id: words for term_id, words in re.findall(r'href="#([\w-]+)">([^<]+)</a>', html)}


def test_every_term_has_an_anchor_of_its_own_and_is_reported_in_both_languages() -> None:
    ids = [term.term_id for term in terms()]
    assert len(ids) == len(set(ids)) == 81
    for term in terms():
        assert re.fullmatch(r"[a-z0-9-]+", term.term_id)
        for language in LANGUAGES:
            wording = term.wordings[language]
            assert all(name.strip() for name in wording.names)
            assert re.fullmatch(r"[A-ZÆØÅÉ].*[.]", wording.meaning), wording.meaning
            assert not re.search(r"[.] [A-ZÆØÅ]", wording.meaning), f"more than one sentence: {wording.meaning}"


def test_no_word_leads_to_two_terms() -> None:
    for language in LANGUAGES:
        forms = Counter(
            form.lower()
            for term in terms()
            if term.is_linked
            for form in {*term.wordings[language].names, *term.wordings[language].forms}
        )
        assert [form for form, count in forms.items() if count > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_tells_every_term_in_alphabetical_order_beside_the_other_language(site: Path, language: str) -> None:
    rows = read(site / PLACE[language]).select("#ordliste tbody tr")
    names = [text_of(row.th) for row in rows]
    assert names == sorted(names, key=alphabetical)
    assert {str(row["id"]) for row in rows} == {term.term_id for term in terms()}
    other = other_language(language)
    assert all(row.select_one(f"td[lang={other}]") is not None for row in rows)


def test_norwegian_letters_come_last() -> None:
    assert sorted(["ås", "ære", "zen", "øl", "anslag"], key=alphabetical) == ["anslag", "zen", "ære", "øl", "ås"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("nb", "To gevinster.", {"gevinst": "gevinster"}),
        (
            "nb",
            "En dokumentert gevinst og en gevinst til.",
            {"dokumentert-gevinst": "dokumentert gevinst", "gevinst": "gevinst"},
        ),
        ("nb", "Gevinst er et program.", {}),
        ("nb", "De som driver tjenesten, er effektive og støtter en gevinst-plan.", {}),
        ("nb", "Drivere og påvirkningsfaktorer", {"driver": "Drivere"}),
        ("nb", "95\u00a0%-intervallet", {"usikkerhetsintervall": "95\u00a0%-intervallet"}),
        ("en", "Partly in use is not in use.", {"delvis-tatt-i-bruk": "Partly in use", "tatt-i-bruk": "in use"}),
        ("en", "An effective and beneficial result", {}),
    ],
)
def test_whole_words_are_linked_the_longest_first_and_each_term_once(language, text, expected) -> None:
    assert linked(language, text) == expected


def test_a_term_is_linked_where_it_first_appears_on_a_page_and_not_again() -> None:
    links = TermLinks("nb", lambda term_id: f"#{term_id}")
    assert "<a" in links.link("En gevinst.")
    assert links.link("Enda en gevinst.") == "Enda en gevinst."


def test_text_from_the_data_is_escaped_around_links() -> None:
    html = TermLinks("nb", lambda term_id: f"#{term_id}").link("<b>gevinst</b> & mer")
    assert html == '&lt;b&gt;<a class="term" href="#gevinst">gevinst</a>&lt;/b&gt; &amp; mer'


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_to_terms_hit_their_anchor_and_occur_once_per_page(site: Path, language: str) -> None:
    glossary = (site / PLACE[language]).resolve()
    anchors = {term.term_id for term in terms()}
    found = 0
    for path in pages(site / language):
        links = re.findall(r'<a class="term" href="([^"]+)"', path.read_text(encoding="utf-8"))
        assert len(links) == len(set(links)), path
        for link in links:
            target, _, anchor = link.partition("#")
            assert (path.parent / target).resolve() == glossary and anchor in anchors
        found += len(links)
        assert (path == glossary) <= (links == [])
    assert found > 20


def test_the_front_page_explains_its_words(site: Path) -> None:
    lead = read(site / "index.html").select_one(".lead")
    assert lead is not None
    assert {str(link["href"]).partition("#")[2] for link in lead.select("a.term")} >= {
        "tatt-i-bruk",
        "delvis-tatt-i-bruk",
    }
