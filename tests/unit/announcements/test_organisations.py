from __future__ import annotations

import pytest

from gevinst.announcements.name_lists import named_in, split_names
from gevinst.announcements.organisations import is_organisation


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Rund Trekant og Lange Linjer", ["Rund Trekant", "Lange Linjer"]),
        ("Blåbærkontoret, Tredje Trapp og Rund Trekant.", ["Blåbærkontoret", "Tredje Trapp", "Rund Trekant"]),
        ("Barne-, ungdoms- og nærdepartementet", ["Barne-, ungdoms- og nærdepartementet"]),
        ("Helse Fjord og Fjell HF", ["Helse Fjord og Fjell HF"]),
        ("Bydel Nedre Fjærmyr, Havmyra kommune", ["Bydel Nedre Fjærmyr, Havmyra kommune"]),
        ("NAV Vestmark, Havmyra kommune", ["NAV Vestmark", "Havmyra kommune"]),
        ("Direktoratet for vern og beredskap", ["Direktoratet for vern og beredskap"]),
        ("Statsforvalteren i Vestmark og Skatteetaten", ["Statsforvalteren i Vestmark", "Skatteetaten"]),
        ("Statsforvalteren i Tind og Vestmark", ["Statsforvalteren i Tind og Vestmark"]),
        ("kommunene Tindeskog og Havmyra", ["Tindeskog kommune", "Havmyra kommune"]),
        ("St. Hallvards sykehus HF; Nord & Sønn AS", ["St. Hallvards sykehus HF", "Nord & Sønn AS"]),
        (
            "Ministry of Trade and Industry, Tindeskog Municipality",
            ["Ministry of Trade and Industry", "Tindeskog Municipality"],
        ),
        ("Ikke valgt", []),
    ],
)
def test_a_list_is_split_where_one_name_ends(text: str, names: list[str]) -> None:
    assert split_names(text) == names


def test_words_of_cooperation_part_the_owner_from_those_along() -> None:
    named = named_in("Havmyra kommune, i samarbeid med Vestmark fylkeskommune og noen utvalgte kommuner m.fl.")
    assert (named.first, named.along, named.groups) == (
        ["Havmyra kommune"],
        ["Vestmark fylkeskommune"],
        ["noen utvalgte kommuner"],
    )


def test_persons_and_their_titles_are_left_out_of_a_list() -> None:
    assert named_in("Kari Lien, klinikkdirektør, Fjordlia DPS").first == ["Fjordlia DPS"]


@pytest.mark.parametrize(
    "text",
    [
        "Tindeskog kommune",
        "Nemnda for små saker (NSS)",
        "Politiet",
        "NAV Vestmark",
        "Skogbygd HF",
        "Norwegian Board of Cases",
        "KS",
    ],
)
def test_names_of_organisations_are_known(text: str) -> None:
    assert is_organisation(text)


@pytest.mark.parametrize(
    "text",
    [
        "Prosjektet",
        "Kari Nordlund",
        "Bedre tilsyn",
        "Tillit i velferdsetaten",
        "Utvikling av tjenesten",
        "Vi",
        "Hvordan får kommunen svar?",
    ],
)
def test_other_words_are_no_organisations(text: str) -> None:
    assert not is_organisation(text)
