"""Names of persons in running text."""

from __future__ import annotations

import pytest

from gevinst.persons import names_a_person, persons_in


@pytest.mark.parametrize(
    "text", ["Det sier Kari Nordmann.", "prosjektleder Anne-Lise van Dam", "Ola N. Hansen leder arbeidet"]
)
def test_a_name_is_found_wherever_it_is(text: str) -> None:
    assert names_a_person(text)


@pytest.mark.parametrize(
    "text", ["Bydel Nordre Aker", "Design og arkitektur Norge", "Kari har ansvaret", "St. Olavs hospital HF", ""]
)
def test_organisations_places_and_a_given_name_alone_are_no_person(text: str) -> None:
    assert not names_a_person(text)


def test_every_name_is_given() -> None:
    assert list(persons_in("Kari Nordmann og Ola Hansen")) == ["Kari Nordmann", "Ola Hansen"]
