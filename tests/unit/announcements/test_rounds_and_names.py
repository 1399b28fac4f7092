"""Figures that are of another year or of applicants, counts in other words, and bodies that are for two things."""

from __future__ import annotations

import pytest

from gevinst.announcements.name_lists import split_names
from tests.unit.announcements.test_other_schemes import read


def award(text: str) -> str:
    items = "• Lia Council: Warm Rooms\n• Vik Council: Quiet Streets"
    head = "Grants for public services\n\n25 June 2034"
    return f"{head}\n\n{text}\n\nThe following projects will receive funding:\n\n{items}"


def test_what_an_earlier_year_received_is_not_the_amount_of_this_round() -> None:
    text = (
        "The board awards NOK 27 million to two projects. In 2033, four projects received a total of NOK 31.5 million."
    )
    amount = read(award(text)).rounds[0].amount_nok
    assert amount and amount.value == 27_000_000


def test_what_applicants_ask_for_is_not_the_amount_of_the_round() -> None:
    text = "The Board received 57 applications, asking for a total of NOK 88.2 million. It awarded NOK 19.4 million."
    assert all(one.amount_nok is None or one.amount_nok.value != 88_200_000 for one in read(award(text)).rounds)


def test_the_year_that_a_round_is_compared_with_is_not_its_own() -> None:
    text = "The Agency received 83 applications for grants, against 71 in 2033. Grants were made to two projects."
    year = read(award(text)).rounds[0].year
    assert year and year.value == 2034


@pytest.mark.parametrize(
    ("text", "selected"),
    [
        ("Four teams joined the Foundry in April 2034.", 4),
        ("The Government is awarding NOK 27 million to three large-scale trials.", 3),
        ("Etaten har gitt tilsagn til seks tiltak i årets tildeling.", 6),
        ("I år fikk 14 av 63 søkere støtte.", 14),
    ],
)
def test_how_many_got_support_is_said_in_many_words(text: str, selected: int) -> None:
    assert [one.selected and one.selected.value for one in read(award(text)).rounds] == [selected]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Northmoss Health and Care Partnership", ["Northmoss Health and Care Partnership"]),
        (
            "Ballyrune Education and Training Board and Shannow Credit Union",
            ["Ballyrune Education and Training Board", "Shannow Credit Union"],
        ),
        ("Lia Council and Vik Health Board", ["Lia Council", "Vik Health Board"]),
    ],
)
def test_a_body_for_two_things_is_one(text: str, names: list[str]) -> None:
    assert split_names(text) == names


@pytest.mark.parametrize(("label", "is_sure"), [("Client", False), ("Customer", False), ("Project owner", True)])
def test_the_title_of_a_suppliers_own_account_is_no_sure_name(label: str, is_sure: bool) -> None:
    page = f"One letter instead of eleven\n\n{label}: Lia Council\nPartners: Vik Council\nSupplier: Kobolt Ltd\n"
    name = read(page).projects[0].name
    assert name and (name.confidence >= 0.9) is is_sure
