"""What is read out of a sentence: its numbers, its words of cause, its words alone."""

from __future__ import annotations

import pytest

from gevinst.quality.wording import numbers_in, same_words, unstated_causes, words_of_future


@pytest.mark.parametrize(
    ("nb", "en", "numbers"),
    [
        ("17 000 dokumenter", "17,000 documents", [17_000]),
        ("2,5 millioner kroner", "2.5 million kroner", [2_500_000]),
        ("To av tolv, altså 16,7 prosent", "Two of twelve, or 16.7 per cent", [2, 12, 16.7]),
        ("fra 2016–17 til 2021", "from 2016–17 to 2021", [2016, 17, 2021]),
        ("ByLab 2.0", "ByLab 2.0", [2.0]),
        ("12.400 treff i 2020.", "12,400 hits in 2020.", [12_400, 2020]),
        ("én av fem", "one in five", [5]),
        ("tre tusen", "three thousand", [3000]),
        ("Ingen tall", "No numbers", []),
    ],
)
def test_numbers_are_the_same_in_both_languages(nb: str, en: str, numbers: list[float]) -> None:
    assert numbers_in(nb, "nb") == numbers
    assert numbers_in(en, "en") == numbers


def test_a_word_that_contains_a_number_word_is_none() -> None:
    assert numbers_in("Tidlig totalt femten", "nb") == [15]
    assert numbers_in("often tend to", "en") == []


def test_number_words_can_be_left_out() -> None:
    assert numbers_in("To av 30", "nb", words=False) == [30]


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("Prosjektet førte til kortere ventetid.", "nb", ["førte til"]),
        ("Eieren sier at prosjektet førte til kortere ventetid.", "nb", []),
        ("Eieren sier mye. Det gikk bedre takket være støtten.", "nb", ["takket være"]),
        ("Ventetiden er kortere.", "nb", []),
        ("It went better because of the support.", "en", ["because"]),
        ("According to the owner, it went better because of the support.", "en", []),
        ("The project resulted in less waiting; the owner says so.", "en", ["resulted in"]),
        ("A mislead tone", "en", []),
    ],
)
def test_a_cause_is_ours_unless_its_own_sentence_says_who_states_it(text: str, language: str, words: list[str]) -> None:
    assert unstated_causes(text, language) == words


def test_what_somebody_is_to_do_is_no_hope() -> None:
    assert words_of_future("Brukerne skal få svar.", "nb") == ["skal"]
    assert words_of_future("En veileder for dem som skal innføre det.", "nb") == []


def test_texts_that_differ_in_case_signs_and_blanks_alone_are_the_same() -> None:
    assert same_words("Kortere vei, fram.") == same_words("kortere  VEI fram")
    assert same_words("Kortere vei") != same_words("Kortere veier")
