from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gevinst.announcements.amounts import amounts_in, date_in, period_in


@pytest.mark.parametrize(
    ("text", "nok", "kind"),
    [
        ("Prosjektene får til sammen 19,3 millioner kroner.", 19_300_000, "award"),
        ("De får økonomisk støtte (til sammen 18,8 millioner) og råd.", 18_800_000, "award"),
        ("I alt 6,2 mill. kroner er tildelt.", 6_200_000, "award"),
        ("Fire prosjekt får 9,1 millionar kroner.", 9_100_000, "award"),
        ("Samlet ramme er rundt 8,5 millioner kroner, pluss opsjoner.", 8_500_000, "frame_plus_options"),
        ("The projects share NOK 7.5 million in funding.", 7_500_000, "award"),
        ("The Programme has paid out ten million NOK.", 10_000_000, "award"),
        ("Støtte: kr 41 735 000 kroner.", 41_735_000, "award"),
        ("Kommunen ble tildelt 2 500 000 kr.", 2_500_000, "award"),
        ("Ordningen fikk en halv million kroner i støtte.", 500_000, "award"),
        ("Budsjettet er ti millioner kroner årlig.", 10_000_000, "annual_budget"),
        ("Vi lyser ut inntil 20,3 millioner kroner.", 20_300_000, "call_ceiling"),
        ("Dei kan søkje om inntil 5 millionar kroner.", 5_000_000, "call_ceiling"),
        ("Up to NOK 20 million is available.", 20_000_000, "call_ceiling"),
        ("Kr. 500 000 av summen skal øremerkes en rapport.", 500_000, "earmark"),
        ("Løsningen kan spare kommunen for 4 millioner kroner.", 4_000_000, "saving"),
        ("Hvert år koster fall samfunnet 3 milliarder kroner.", 3_000_000_000, "cost"),
        ("Direktoratet fikk medfinansiering på 15 millioner kroner.", 15_000_000, "co_funding"),
    ],
)
def test_an_amount_has_its_kroner_and_its_kind(text: str, nok: int, kind: str) -> None:
    assert [(found.nok, found.kind) for found in amounts_in(text)] == [(nok, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "Ring 99 88 77 66 om støtte.",
        "Telefon: 94833202",
        "Mobil 998 87 766, støtte hele døgnet",
        "Norge har 5,4 millioner innbyggere som får støtte.",
        "De over 67 år får støtte.",
        "Kommunen har ca. 55 000 innbyggere.",
        "Opptil 15 myndigheter er med.",
        "20 prosent fikk støtte i 2021.",
        "I 2019 fikk 31 andre avslag.",
        "Om lag 2 millioner mennesker får midler.",
        "§ 12 gjelder fra 1. januar 2024.",
    ],
)
def test_numbers_of_other_things_are_no_amounts(text: str) -> None:
    assert amounts_in(text) == []


@given(st.integers(min_value=20_000_000, max_value=99_999_999), st.booleans())
def test_eight_digits_without_a_currency_are_never_an_amount(number: int, in_pairs: bool) -> None:
    digits = str(number)
    shown = " ".join(digits[at : at + 2] for at in range(0, 8, 2)) if in_pairs else digits
    assert amounts_in(f"Ring {shown} for å høre om støtte og midler.") == []


@given(
    st.integers(min_value=1, max_value=300),
    st.sampled_from(["søkere", "prosjekter", "innbyggere", "år", "prosent", "kommuner"]),
)
def test_a_count_is_never_an_amount(count: int, noun: str) -> None:
    assert amounts_in(f"Støtten gikk til {count} {noun}.") == []


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("06. juni 2023", "2023-06-06"),
        ("Publisert 12.05.2029", "2029-05-12"),
        ("10. okt 2016", "2016-10-10"),
        ("6 May 2031", "2031-05-06"),
        ("June 6, 2023", "2023-06-06"),
        ("Oppstart mai 2017", "2017-05"),
        ("høsten 2021", "2021"),
        ("2033-12-11T08:00", "2033-12-11"),
        ("31.12.2034", "2034-12-31"),
        ("21. juli", None),
        ("45.13.2020", "2020"),
    ],
)
def test_a_date_says_no_more_than_the_page(text: str, date: str | None) -> None:
    assert date_in(text) == date


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("November 2021 – desember 2022", ("2021-11", "2022-12")),
        ("januar–november 2030", ("2030-01", "2030-11")),
        ("2020-2022 (forsinket på grunn av flom)", ("2020", "2022")),
        ("March 2029 to June 2030", ("2029-03", "2030-06")),
        ("fra 2031 til nå", ("2031", None)),
        ("Autumn 2030 – spring 2031", ("2030", "2031")),
        ("2024", ("2024", None)),
    ],
)
def test_a_period_has_a_start_and_an_end_when_both_stand_there(
    text: str, period: tuple[str | None, str | None]
) -> None:
    assert period_in(text) == period
