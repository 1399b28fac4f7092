"""Persons' data in text: found in any spelling, never repeated, and nothing else taken for it."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gevinst.persons_and_contacts import Kind, cells_with, find, masked

# Identity numbers are of the kind that is reserved for tests: the month is 80 more, and no person has one.
WIDE = str.maketrans("0123456789@.", "０１２３４５６７８９＠．")
SPELLINGS: dict[Kind, tuple[str, ...]] = {
    Kind.EMAIL: (
        "ola.nordmann@example.no",
        "Ola_N+sak@post.example.museum",
        "<ola@example.no>",
        "mailto:ola@example.no",
        "ola (at) example.no",
        "ola[at]example[dot]no",
        "ola{at}example{punktum}no",
        "ola at example dot no",
        "ola krøllalfa example punktum no",
        "ola alfakrøll example.no",
        "ola snabel-a example.no",
        "ola(alfakrøll)example(punktum)no",
        "ola @ example . no",
        "ola&#64;example.no",
        "ola%40example.no",
        "ola@example.no".translate(WIDE),
        "o\u200bla@exam\u00adple.no",
        "åse@blåbær.no",
    ),
    Kind.PHONE: (
        "22 33 44 55",
        "22334455",
        "91234567",
        "912 34 567",
        "912-34-567",
        "912–34–567",
        "912\u201134\u2011567",
        "91.23.45.67",
        "9123 4567",
        "9 12 34 567",
        "9 1 2 3 4 5 6 7",
        "+47 912 34 567",
        "+4791234567",
        "0047 91234567",
        "(+47) 91 23 45 67",
        "+47/91234567",
        "91\u00a023\u202f45\u00a067",
        "91\u200b234567",
        "91234567".translate(WIDE),
        "٩١٢٣٤٥٦٧",
        "+46 70 123 45 67",
        "+45 32 12 34 56",
        "+358 40 1234567",
        "+44 (0)20 7946 0958",
        "+1 212 555 2368",
    ),
    Kind.IDENTITY_NUMBER: (
        "15828695085",
        "158286 95085",
        "158286-95085",
        "15.82.86 95085",
        "15 82 86 95085",
        "158286\u00a095085",
        "15828695085".translate(WIDE),
        "1582\u200b8695085",
        "811228-9874",
        "131052-308T",
    ),
    Kind.BANK_ACCOUNT: ("1234.56.78903", "1234 56 78903", "NO93 8601 1117 947", "GB82WEST12345698765432"),
    Kind.NAME: (
        "Kari Nordmann",
        "Nordmann, Kari",
        "KARI NORDMANN",
        "Ola N. Hansen",
        "Anne-Lise van Dam",
        "Kari N.",
        "Muhammad Ahmed",
        "Nguyen Thi Lan",
        "Kari\u00a0Nordmann",
        "Kari\u200b Nordmann",
        "Ｋａｒｉ Nordmann",
    ),
}
SAID_TO_BE_A_PERSON = ("Kontaktperson: Xu Mnemba", "kontaktperson Ylgard S. Qvist, avdeling for helse")
NOTHING = (
    "",
    "12 500 000",
    "22 500 000 kroner",
    "45000000 kr",
    "kr 45 000 000",
    "NOK 91234567",
    "45,000,000",
    "2016 2018",
    "2020–2024",
    "20210304",
    "2021-03-04",
    "31.12.2024",
    "31. 12. 2024",
    "12.05.2021 14.30",
    "org.nr. 974760673",
    "974 760 673",
    "17/01234-5",
    "2019/12345678",
    "ISBN 978-82-450-1234-5",
    "doi 10.1000/182",
    "02800 og 116 117",
    "12345678901",
    "95 % (81–99), n = 12 345",
    "0.12345678",
    "sha 9f12345678ab",
    "https://example.no/1.91234567",
    "https://example.no/p?id=91234567",
    "available at digdir.no",
    "møte at kommune",
    "@digdir",
    "Bydel Nordre Aker",
    "Kari har ansvaret",
    "St. Olavs hospital HF",
    "HELSE BERGEN",
    "Karl Johans gate 22",
    "NO93 8601 1117 948",
    "Olav Thon Gruppen",
    "Kristian Gerhard Jebsen Stiftelsen",
    "Anders Jahres Fond",
    "Kari Nordmann AS",
    "Olav Duun videregående skole",
    "Fridtjof Nansens plass",
    "Design og arkitektur Norge",
    "Oslo, Bergen og Tromsø",
)


@pytest.mark.parametrize(("kind", "spelling"), [(kind, one) for kind, all_of in SPELLINGS.items() for one in all_of])
def test_each_spelling_is_found_inside_a_sentence_and_never_repeated(kind: Kind, spelling: str) -> None:
    text = f"Ta kontakt: {spelling}; så svarer vi."
    found = find(text)
    assert [one.kind for one in found] == [kind]
    assert spelling.removeprefix("mailto:").strip("<>") == text[found[0].start : found[0].end]
    shown = masked(text)
    assert shown.startswith("Ta kontakt: ") and shown.endswith("; så svarer vi.")
    assert found[0].masked in shown and spelling not in shown and len(found[0].masked.partition("[")[0]) == 1


@pytest.mark.parametrize("text", NOTHING)
def test_amounts_dates_references_and_organisations_are_no_persons_data(text: str) -> None:
    assert find(text) == () and masked(text) == text


@pytest.mark.parametrize("digits", ["15828695084", "15828695095", "15328695085", "00828695085", "15998695085"])
def test_eleven_digits_are_an_identity_number_only_with_both_control_digits_a_day_and_a_month(digits: str) -> None:
    assert find(f"nr {digits}.") == ()


def test_a_number_that_is_said_to_be_one_is_one_whatever_its_control_digits() -> None:
    (found,) = find("Fødselsnummer: 010170 12345")
    assert found.kind is Kind.IDENTITY_NUMBER


@pytest.mark.parametrize("text", ["Tlf: 815 00", "telefon 02800", "Phone 5555"])
def test_a_short_number_is_a_phone_where_it_is_said_to_be_one(text: str) -> None:
    assert [one.kind for one in find(text)] == [Kind.PHONE]
    assert find(text.partition(" ")[2]) == ()


@pytest.mark.parametrize("before", ["Prosjektleder", "Ring", "Oslo Kommune", "Seniorrådgiver", "Digdir v/", "SPØR"])
@pytest.mark.parametrize("name", ["Kari Nordmann", "KARI NORDMANN", "Nordmann, Kari"])
def test_a_name_is_found_after_other_words_with_capitals(before: str, name: str) -> None:
    assert [one.kind for one in find(f"{before} {name}")] == [Kind.NAME]


def test_everything_in_a_text_is_found_from_left_to_right() -> None:
    text = "Kari Nordmann (kari@example.no, tlf. 912 34 567/22 33 44 55)"
    assert [one.kind for one in find(text)] == [Kind.NAME, Kind.EMAIL, Kind.PHONE, Kind.PHONE]
    assert masked(text) == "K[…] (k[…]@[…], tlf. 9[…]/2[…])"


@given(st.text())
def test_any_text_has_findings_in_order_within_it_and_none_is_left_when_it_is_masked_twice(text: str) -> None:
    found = find(text)
    places = [place for one in found for place in (one.start, one.end)]
    assert places == sorted(places) and all(0 <= place <= len(text) for place in places)
    assert all(one.start < one.end for one in found)
    assert find(masked(masked(text))) == ()


def test_what_a_text_holds_is_found_in_the_cell_of_a_table_too() -> None:
    spellings = [spelling for kind in SPELLINGS.values() for spelling in kind] + [
        "tlf 815 00",
        "t\u200blf 815 00",
        "ola al\u00adfakrøll example.no",
        *SAID_TO_BE_A_PERSON,
    ]
    texts = [*NOTHING, *spellings, *(f"Ta kontakt: {spelling}; så svarer vi." for spelling in spellings)]
    frame = pl.DataFrame({"first": [None, *texts], "second": [*texts, None]})
    wanted = {(place, name) for name in frame.columns for place, text in enumerate(frame[name]) if text and find(text)}
    assert {(place, name) for place, name, _ in cells_with(frame, frame.columns)} == wanted
    assert len(wanted) == 2 * 2 * len(spellings)
    assert list(cells_with(frame.clear(), frame.columns)) == list(cells_with(frame, [])) == []


@pytest.mark.parametrize("text", SAID_TO_BE_A_PERSON)
def test_a_rare_name_is_found_where_it_is_said_to_be_one(text: str) -> None:
    (found,) = find(text)
    assert found.kind is Kind.NAME and text[found.start : found.end] in ("Xu Mnemba", "Ylgard S. Qvist")
