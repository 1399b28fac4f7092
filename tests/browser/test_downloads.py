"""Files that a reader saves from a page: the rows on show as CSV and workbook, figures as pictures."""

import io
import re
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from gevinst.site.figures import style
from tests.data.rendered import KNOWN_PROJECTS

pytestmark = pytest.mark.browser

DESKTOP = {"width": 1280, "height": 900}
PORTFOLIO = "nb/portefolje/index.html"
SIGNS = ["=", "+", "-", "@"]


@pytest.fixture
def portfolio(real_site: Path, visit: Callable) -> Page:
    return visit(real_site / PORTFOLIO, viewport=DESKTOP).page


def download(page: Page, selector: str) -> tuple[str, bytes]:
    with page.expect_download() as waiting:
        page.press(selector, "Enter")  # a table laid out late may move a button away from under a pointer
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def test_the_file_holds_the_rows_on_show_as_norwegian_spreadsheets_want_them(portfolio) -> None:
    portfolio.select_option("[name=kull]", "2019")
    name, content = download(portfolio, "[data-csv-of=prosjekter]")
    assert name == "gevinst-2026-1-prosjekter.csv"
    assert content.startswith(b"\xef\xbb\xbf")
    lines = content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Prosjekt;Kull;Fagområde;Prosjekteier;Status")
    assert len(lines) == 1 + 7
    assert all(line.split(";")[1] == "2019" for line in lines[1:])
    assert "2500000" in next(line for line in lines if "Bærum" in line)
    assert ".." not in "".join(lines), "unknown is an empty cell"


def test_english_files_use_comma_and_point(small_site, visit) -> None:
    page = visit(small_site / "en/portfolio/index.html", viewport=DESKTOP).page
    _, content = download(page, "[data-csv-of=prosjekter]")
    lines = content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Note,Project,Cohort")
    assert all(line.startswith("Illustrative data.,") for line in lines[1:]), "invented rows say so in the file"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_a_text_that_a_spreadsheet_would_run_is_made_harmless(portfolio, sign) -> None:
    cell = portfolio.locator("#prosjekter tbody tr").first.locator("td:nth-child(4)")
    cell.evaluate("(cell, text) => { cell.textContent = text; }", f'{sign}HYPERLINK("x";1)')
    _, content = download(portfolio, "[data-csv-of=prosjekter]")
    assert f'"\'{sign}HYPERLINK(""x"";1)"' in content.decode("utf-8-sig")


def words(svg: bytes) -> str:
    """Everything that is written in a picture."""
    return " ".join(re.sub(r"<[^>]+>", " ", svg.decode()).split())


def test_a_figure_is_saved_with_its_finding_selection_legend_and_source_inside(portfolio) -> None:
    portfolio.select_option("[name=kull]", "2019")
    name, content = download(portfolio, "[data-picture-of=ladder][data-format=svg]")
    assert name == "gevinst-2026-1-ladder.svg"
    drawn = words(content)
    assert content.startswith(b"<svg")
    assert portfolio.locator("#ladder-table-heading").inner_text() in drawn
    assert "Hele porteføljen:" in drawn and f"Viser 7 av {KNOWN_PROJECTS} prosjekter (Kull: 2019)" in drawn
    assert "Kilde: offentlige dokumenter per 22. november 2026" in drawn and "Utgave 2026-1." in drawn
    legend = portfolio.locator(".block:has(#ladder) .legend li").all_inner_texts()
    assert len(legend) >= 5
    for entry in legend:
        assert " ".join(entry.split()[1:]) in drawn, entry
    assert "Arkivfloken" in drawn and "Kudos" not in drawn, "the rows that are selected"
    source = re.search(r'<text[^>]*?fill="([^"]+)"[^>]*><tspan[^>]*>Kilde', content.decode())
    assert source and source[1] == style.MUTED


def test_a_figure_as_an_image_is_twice_as_sharp_as_its_drawing(small_site, visit) -> None:
    page = visit(small_site / "nb/ordningen/index.html", viewport=DESKTOP).page
    name, content = download(page, "[data-picture-of=rounds][data-format=png]")
    assert (name, content[:4]) == ("gevinst-2026-1-rounds.png", b"\x89PNG")
    assert int.from_bytes(content[16:20], "big") == 2 * (style.WIDTH + 2 * 48), "pixels across, by the header"


@pytest.mark.slow
def test_a_picture_needs_no_chart_library_where_nothing_is_selected_and_keeps_its_hatching(small_site, visit) -> None:
    page = visit(small_site / "nb/figur/strips/index.html", viewport=DESKTOP).page
    page.route("**/plotly-cartesian.min.js", lambda route: route.abort())
    marks = page.locator(".legend .mark")
    marks.first.evaluate("mark => mark.classList.add('is-hatched')")
    _, content = download(page, "[data-picture-of=strips][data-format=svg]")
    drawn = words(content)
    assert "Illustrerende data." in drawn, "an invented figure says so wherever it goes"
    for entry in page.locator(".legend li").all_inner_texts():
        assert " ".join(entry.split()[1:]) in drawn, entry
    assert content.count(b'fill="url(#hatching-0)"') == 1


def workbook(content: bytes) -> tuple[Worksheet, list[list[Any]], dict[str, Any]]:
    """The data sheet, its rows, and the notes by label; a warning while reading fails the test."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        book = openpyxl.load_workbook(io.BytesIO(content))
    data, notes = book.worksheets
    return data, [list(row) for row in data.iter_rows(values_only=True)], dict(notes.iter_rows(values_only=True))


def test_the_workbook_holds_the_rows_on_show_and_numbers_as_numbers(portfolio) -> None:
    portfolio.select_option("[name=kull]", "2019")
    name, content = download(portfolio, "[data-xlsx-of=prosjekter]")
    assert name == "gevinst-2026-1-prosjekter.xlsx"
    data, rows, _ = workbook(content)
    assert data.title == "Tall" and data.freeze_panes == "A2" and data["A1"].font.b
    assert rows[0] == portfolio.locator("#prosjekter thead th").all_inner_texts()
    assert len(rows) == 1 + 7
    assert {row[1] for row in rows[1:]} == {2019}
    grants = {row[0]: row[6] for row in rows[1:]}
    assert 2_500_000 in grants.values() and None in grants.values(), "unknown is an empty cell"
    assert not data.merged_cells.ranges


def test_the_workbook_tells_what_its_numbers_are(portfolio) -> None:
    portfolio.select_option("[name=kull]", "2019")
    _, _, notes = workbook(download(portfolio, "[data-xlsx-of=prosjekter]")[1])
    assert notes["Tittel"] == portfolio.locator("#prosjekter-heading").inner_text()
    assert notes["Utvalg"] == f"Viser 7 av {KNOWN_PROJECTS} prosjekter (Kull: 2019)"
    assert notes["Antall rader"] == 7
    assert notes["Kilde"].startswith("Kilde: offentlige dokumenter per 22. november 2026")
    assert "Utgave 2026-1. Data per 22. november 2026." in notes["Utgave"]
    assert notes["Merknad"].startswith("Foreløpig. ")
    assert "oppdiktet" not in notes["Merknad"]
    portfolio.click("button[type=reset]")
    expect(portfolio).to_have_url(re.compile(r"^[^?]*$"))
    _, rows, notes = workbook(download(portfolio, "[data-xlsx-of=prosjekter]")[1])
    assert (notes["Utvalg"], notes["Antall rader"]) == (
        "Alle rader",
        len(rows) - 1 == KNOWN_PROJECTS and KNOWN_PROJECTS,
    )


def test_invented_rows_say_so_in_the_workbook_on_every_line(small_site, visit) -> None:
    page = visit(small_site / "en/portfolio/index.html", viewport=DESKTOP).page
    data, rows, notes = workbook(download(page, "[data-xlsx-of=prosjekter]")[1])
    assert data.title == "Numbers"
    assert {row[0] for row in rows[1:]} == {"Illustrative data."}
    assert notes["Note"].startswith("Illustrative data. Projects and numbers on this page are invented.")


def test_the_equal_table_of_a_figure_has_its_numbers_as_numbers(small_site, visit) -> None:
    page = visit(small_site / "nb/gevinster/index.html", viewport=DESKTOP).page
    _, rows, _ = workbook(download(page, "[data-xlsx-of=kategorier-table]")[1])
    shown = page.locator("#kategorier-table tbody .number").all_text_contents()
    held = [cell for row in rows[1:] for cell in row if isinstance(cell, int | float)]
    assert [str(number) for number in held] == [text.strip() for text in shown]
    assert held


@pytest.mark.parametrize("sign", SIGNS)
def test_no_text_becomes_a_formula_in_the_workbook(portfolio, sign) -> None:
    text = f'{sign}1+1 & <b> "æ" 𝄞'
    cell = portfolio.locator("#prosjekter tbody tr").first.locator("td:nth-child(4)")
    cell.evaluate("(cell, text) => { cell.textContent = text; }", text)
    _, content = download(portfolio, "[data-xlsx-of=prosjekter]")
    data, _, _ = workbook(content)
    assert (data["D2"].value, data["D2"].data_type) == (text, "s")
    assert data["D2"].quotePrefix, "it stays a text when somebody edits the cell"
    other = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert other.sheet_names == ["Tall", "Merknader"]
    assert other.get_sheet_by_name("Tall").to_python()[1][3] == text


def test_the_same_rows_give_the_same_workbook(portfolio) -> None:
    first = download(portfolio, "[data-xlsx-of=prosjekter]")[1]
    assert download(portfolio, "[data-xlsx-of=prosjekter]")[1] == first
