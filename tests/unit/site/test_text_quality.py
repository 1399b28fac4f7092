"""How texts are written: number and gender, signs, dashes and quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from gevinst.language.terms import terms
from gevinst.language.texts import Entry, entries

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


@pytest.mark.parametrize(("language", "one"), [("nb", r"\b([Éé]n|[Ee]tt)\b"), ("en", r"\b[Oo]ne\b")])
def test_a_text_that_says_one_in_a_word_says_other_small_numbers_in_words_too(language, one) -> None:
    """Whatever starts a sentence would start it with a digit, and "for ett" would become "for 9"."""
    counted = {
        key: entry[language]["other"]
        for key, entry in entries().items()
        if isinstance(entry[language], dict) and re.search(one, str(entry[language].get("one")))
    }
    bare = re.compile(r"(?<!n.=.)\{n\}")
    assert len(counted) > 100
    assert [key for key, text in counted.items() if bare.search(text)] == []


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
