"""Ids of new rows: what they are made of, and that none looks like what may not be entered."""

from __future__ import annotations

import pytest

from gevinst.intake.new_ids import benefit_id, free_id, next_numbered, slug
from gevinst.persons_and_contacts import find


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bæt på boks", "baet-pa-boks"),
        ("Verified Voting 5/26/2004", "verified-voting-5-26-2004"),
        ("Tiltak 22 22 22 22", "tiltak-22"),
        ("Bygg 52 62 00 42 og mer", "bygg-42-og-mer"),
        ("Fond 2026-11-29", "fond-2026-11-29"),
        ("—", "ukjent"),
    ],
)
def test_an_id_is_made_of_the_words_of_a_name_and_is_no_telephone_number(text: str, expected: str) -> None:
    assert slug(text) == expected
    assert not find(slug(text))


@pytest.mark.parametrize("start", ["2004-fund-5-26-2004", "2004-fund-5262004", "2004-fund"])
def test_a_number_behind_an_id_makes_no_telephone_number_of_it(start: str) -> None:
    taken: set[str] = set()
    for _ in range(120):
        taken.add(free_id(start, taken.__contains__))
    numbers: dict[str, int] = {}
    numbered = [next_numbered(start, numbers) for _ in range(120)]
    assert len(taken) == len(set(numbered)) == 120
    assert [one for one in (*taken, *numbered) if find(one)] == []


def test_another_benefit_of_the_same_name_has_a_number() -> None:
    first = benefit_id("2019-arkiv", "Spart tid")
    assert (first, benefit_id("2019-arkiv", "Spart tid", {first})) == ("2019-arkiv-spart-tid", "2019-arkiv-spart-tid-2")
