"""Amounts in thousands or millions, wherever a page says so: multiplied or not told, and never told as kroner."""

from __future__ import annotations

import pytest

from gevinst.announcements.amounts import amounts_in
from gevinst.announcements.model import Line, Reading
from gevinst.announcements.units import unit_said
from tests.unit.announcements.test_other_schemes import read

CELLS = ("1 500", "2 400", "3 900")


def html(heading: str, *, caption: str = "", above: str = "", below: str = "", cells: tuple[str, ...] = CELLS) -> str:
    first, second, total = cells
    return (
        f"<html><body><h1>Tilskudd 2030</h1><p>Publisert 4. mai 2030</p><p>To prosjekter får støtte.</p>{above}"
        f"<table><caption>{caption}</caption><tr><th>Søker</th><th>Prosjekt</th><th>{heading}</th></tr>"
        f"<tr><td>Lia kommune</td><td>Felles vann</td><td>{first}</td></tr>"
        f"<tr><td>Vik kommune</td><td>Stille gater</td><td>{second}</td></tr>"
        f"<tr><td>Sum</td><td></td><td>{total}</td></tr></table>{below}</body></html>"
    )


def told(reading: Reading) -> tuple[list[int | None], list[int]]:
    grants = [int(one.grant.value) if one.grant else None for one in reading.projects]
    return grants, [int(one.amount_nok.value) for one in reading.rounds if one.amount_nok]


IN_THOUSANDS = ([1_500_000, 2_400_000], [3_900_000])
NOT_TOLD: tuple[list[int | None], list[int]] = ([None, None], [])


@pytest.mark.parametrize(
    "page",
    [
        html("Beløp (1000 kr)"),
        html("Tilskudd i tusen kroner"),
        html("Tilskudd (tkr)"),
        html("Tildelt (000 kr)"),
        html("Tilskudd", caption="Tildelinger. Beløp i 1 000 kroner."),
        html("Tilskudd", above="<p>Alle tall i tusen kroner.</p>"),
        html("Tilskudd", below="<p>(Beløpene er oppgitt i hele tusen)</p>"),
        html("Tilskudd", above="<h2>Tildelinger (i 1000 kroner)</h2>"),
        html("Tilskudd", caption="Beløp i mill. kroner", cells=("1,5", "2,4", "3,9")),
        html("Tilskudd (mill. kr)", cells=("1,50", "2,40", "3,90")),
        html("Tilskudd (MNOK)", cells=("1.5", "2.4", "3.9")),
        html("Grant", caption="All figures in NOK million", cells=("1.5", "2.4", "3.9")),
        html("Grant (NOK '000)", cells=("1,500", "2,400", "3,900")),
    ],
)
def test_amounts_are_multiplied_by_what_the_table_counts_in(page: str) -> None:
    assert told(read(page, "page.html")) == IN_THOUSANDS


@pytest.mark.parametrize(
    "page",
    [
        # The heading and the caption say two things.
        html("Tilskudd (kr)", caption="Beløp i 1 000 kroner"),
        # The note is far away, and may be about something else.
        html("Tilskudd", below="<p>Om ordningen.</p>" * 6 + "<p>Alle beløp i 1 000 kroner.</p>"),
        # Two units.
        html("Tilskudd", above="<p>Beløp i tusen kroner.</p>", below="<p>Beløp i mill. kr</p>"),
        # Other money.
        html("Grant (£000)"),
        html("Grant", caption="All amounts are in £000"),
        # The cell says kroner, and the caption thousands.
        html("Tilskudd", caption="Beløp i tusen kroner", cells=("kr 1 500", "kr 2 400", "kr 3 900")),
        # A number that makes more than any grant.
        html("Tilskudd (mill. kr)", cells=("1 500 000", "2 400 000", "3 900 000")),
    ],
)
def test_an_amount_whose_unit_is_not_sure_is_not_told(page: str) -> None:
    assert told(read(page, "page.html")) == NOT_TOLD


def test_a_scale_in_the_cell_counts_before_the_caption() -> None:
    page = html("Tilskudd", caption="Beløp i 1 000 kroner", cells=("1,5 mill.", "2,4 mill.", "3,9 mill."))
    assert told(read(page, "page.html")) == IN_THOUSANDS


@pytest.mark.parametrize("note", ["Alle beløp i 1 000 kroner.", "Enhet: tusen kroner", "(tall i hele 1000 kroner)"])
def test_amounts_in_lists_and_fields_of_a_page_in_thousands_are_not_told(note: str) -> None:
    listed = "• Lia kommune: Felles vann (kr 1 500)\n• Vik kommune: Stille gater (kr 2 400)"
    fields = "Felles vann\nEier: Lia kommune\nTilskudd: 1 500\n\nStille gater\nEier: Vik kommune\nTilskudd: 2 400"
    for body in (f"Disse får støtte:\n\n{listed}", fields):
        reading = read(f"To prosjekter får støtte\n\n4. mai 2030\n\n{note}\n\n{body}")
        assert told(reading) == NOT_TOLD
        without = read(f"To prosjekter får støtte\n\n4. mai 2030\n\n{body}")
        assert told(without)[0] == [1_500, 2_400]


def test_a_small_sum_is_proven_only_where_the_page_speaks_of_kroner() -> None:
    for heading, sure in (("Tilskudd", 0.7), ("Tilskudd (kr)", 0.93)):
        amount = read(html(heading, cells=("150 000", "240 000", "390 000")), "page.html").rounds[0].amount_nok
        assert amount and (amount.value, amount.confidence) == (390_000, sure)


@pytest.mark.parametrize(
    ("text", "kroner"),
    [
        ("støtte: kr 900 tusen", [900_000]),
        ("Tilskudd på 1 500 tusen kroner", [1_500_000]),
        ("Beløp i tusen kr 15 000", []),
        ("Tilskudd (1000 kr): 15 000", []),
        ("Støtten er 15 000 kroner", [15_000]),
    ],
)
def test_thousands_in_words_are_part_of_the_amount(text: str, kroner: list[int]) -> None:
    assert [amount.nok for amount in amounts_in(text)] == kroner


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Figures in NOK thousands", 1_000),
        ("Tabell 2: Tildelinger (i tusen kroner)", 1_000),
        ("Beløpene er oppgitt i mill. kr", 1_000_000),
        ("Fem prosjekter deler 6,2 millioner", None),
        ("Støtte i millioner av timer", None),
        ("Tilskudd i 2030: 1 000 kroner", None),
    ],
)
def test_what_states_a_unit_and_what_is_an_amount(text: str, unit: int | None) -> None:
    assert unit_said([Line(1, text)]) == unit
