"""What a table leaves out to stay light is what a browser finds by itself: values in texts, projects in addresses."""

from __future__ import annotations

import pytest

from gevinst.addresses import addressed
from gevinst.language.numbers import Formatter
from gevinst.site.addressing import cell_value, table_addresses, with_addresses
from gevinst.site.blocks import Cell, Column, Row, Table

PROJECT = "2018-skyss"


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("value", [0, 7, -7, 12.5, -0.5, 1234567, 1234.25])
def test_a_number_that_reads_as_its_value_does_not_repeat_it(language: str, value: float) -> None:
    text = Formatter(language).decimal(value, len(str(value).partition(".")[2]))
    assert cell_value(Cell(text, value=value, is_number=True, note="2020"), language) is None


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize(
    "cell",
    [
        Cell("13", value=12.5, is_number=True),  # rounded
        Cell("7 %", value=7, is_number=True),  # with its unit
        Cell("+7", value=7, is_number=True),  # with a sign that is no part of a number
        Cell("7", value=7, is_number=True, spoken="sju"),  # those who listen get other words
        Cell("7", value=7),  # a text for the browser
        Cell("2018", value="2018-05-01", is_number=True),  # a day
    ],
)
def test_a_value_that_the_text_does_not_say_stays_in_the_page(language: str, cell: Cell) -> None:
    assert cell_value(cell, language) == cell.value


def test_the_sign_of_thousands_and_the_decimal_mark_are_those_of_the_language() -> None:
    assert cell_value(Cell("1,234", value=1234, is_number=True), "en") is None
    assert cell_value(Cell("1,234", value=1234, is_number=True), "nb") == 1234
    assert cell_value(Cell("1,5", value=1.5, is_number=True), "nb") is None
    assert cell_value(Cell("1,5", value=1.5, is_number=True), "en") == 1.5


def marked(value: int, address: str) -> str:
    return Formatter("nb", is_marking=True).integer(addressed(value, address))


def test_a_row_of_a_project_names_it_once_in_all_its_addresses() -> None:
    plan = f"{PROJECT}-plan/{PROJECT}-maling"
    cells = (
        Cell("Skyss"),
        Cell(marked(3, f"planned_realised.{plan}.target_value"), is_number=True),
        Cell(marked(5, f"planned_realised.{plan}.baseline_value"), is_number=True),
        Cell(marked(4, f"benefit_measurements.{PROJECT}-maling.measured_value"), is_number=True),
    )
    columns = tuple(Column(name) for name in "abcd")
    rows = (Row(cells, project_id=PROJECT), Row(cells))
    found = table_addresses(Table("t", "t", columns, rows))
    assert found.rows[0] == "~-plan/~-maling"
    assert found.rows[1] == plan, "a row that names no project has addresses in full"
    written = " ".join((*found.rows[:1], *found.cells[0]))
    assert PROJECT not in written and "~-maling" in written


def test_small_print_in_a_row_of_a_project_leaves_its_id_out_and_text_elsewhere_does_not() -> None:
    number = marked(3, f"planned_realised.{PROJECT}-plan/{PROJECT}-maling.target_value")
    page = (
        f'<table><tr data-project="{PROJECT}"><td>{number}</td></tr><tr><td>{number}</td></tr></table><p>{number}</p>'
    )
    html = with_addresses(page, lambda address: f"/{address}")
    in_row, in_other_row, in_text = html.split("</tr>")
    assert 'data-address="planned_realised.~-plan/~-maling.target_value"' in in_row
    in_full = f'data-address="planned_realised.{PROJECT}-plan/{PROJECT}-maling.target_value"'
    assert in_full in in_other_row and in_full in in_text


def test_a_row_whose_id_is_the_key_of_its_numbers_does_not_repeat_it() -> None:
    cells = (Cell("Skyss"), Cell(marked(3, "project_grants.grant-1.grant_amount"), is_number=True))
    rows = (Row(cells, anchor="grant-1"), Row(cells, anchor="other"))
    assert table_addresses(Table("t", "t", (Column("a"), Column("b")), rows)).rows == ("", "grant-1")


def test_on_the_page_of_a_project_no_address_names_it_again() -> None:
    number = marked(3, f"planned_realised.{PROJECT}-plan/{PROJECT}-maling.target_value")
    html = with_addresses(f'<main data-project="{PROJECT}"><p>{number}</p></main>', lambda address: f"/{address}")
    assert 'data-address="planned_realised.~-plan/~-maling.target_value"' in html
    table = Table("t", "t", (Column("a"), Column("b")), (Row((Cell("x"), Cell(number, is_number=True))),))
    assert table_addresses(table, PROJECT).rows == ("~-plan/~-maling",)
