"""What a new workbook looks like."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gevinst.contracts import contract
from gevinst.illustrative import portfolio, write_portfolio
from gevinst.intake.core import TypedTables, read_core, stored
from gevinst.workbook import layout as plan_module
from gevinst.workbook.codes import Options, options
from gevinst.workbook.layout import FILLED, FOR_READING, META, heading, layouts, sheet_layout
from gevinst.workbook.parse import read_delivery
from gevinst.workbook.prefill import active_projects, newest_status
from gevinst.workbook.template import Template, write_template
from tests.pipeline.workbook.conftest import YEAR, Filling


def test_every_table_has_a_sheet_and_every_column_a_heading_a_note_and_a_permanent_name(templates) -> None:
    for name, language in (("koder_1", "nb"), ("en", "en")):
        book = openpyxl.load_workbook(templates[name])
        for table in FILLED:
            layout = sheet_layout(table)
            sheet = book[layout.title(language)]
            headings = layout.headings(language)
            assert [cell.value for cell in sheet[1]] == list(headings)
            assert [cell.value for cell in sheet[2]] == list(headings.values())
            assert len(set(headings.values())) == len(headings)
            for column in layout.columns:
                place = list(headings).index(column.name) + 1
                assert sheet.cell(2, place).comment.text.startswith(column.description(language))


def test_a_new_column_of_a_contract_appears_by_itself(monkeypatch, typed: TypedTables, tmp_path: Path) -> None:
    table = contract("counterfactuals")
    added = replace(table.column("source_locator"), name="scale_version", nb="Utgave av skalaen.", en="Scale version.")
    wider = replace(table, columns=(*table.columns, added))
    monkeypatch.setattr(plan_module, "contract", lambda name: wider if name == "counterfactuals" else contract(name))
    write_template(stored(typed).tables, Template(YEAR, "nb", None, is_illustrative=False), tmp_path / "new.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "new.xlsx")[sheet_layout("counterfactuals").title("nb")]
    assert "Utgave av skalaen" in [cell.value for cell in sheet[2]]


def test_headings_are_locked_without_a_password_and_cells_to_fill_in_are_open(opened: Callable[..., Filling]) -> None:
    filling = opened()
    sheet = filling.sheet("driver_ratings")
    assert sheet.protection.sheet and sheet.protection.password is None
    assert sheet.cell(2, 1).protection.locked
    assert not filling.cell("driver_ratings", 3, "rating").protection.locked
    assert filling.cell("driver_ratings", 3, "project_id").protection.locked
    assert sheet.row_dimensions[1].hidden
    assert sheet.freeze_panes == "B3"


def test_every_row_is_high_enough_for_its_texts_in_programs_that_do_not_find_the_height_themselves(
    opened: Callable[..., Filling],
) -> None:
    filling = opened()
    sheet = filling.sheet("benefit_claims")
    rows = [row for row in sheet.iter_rows(min_row=3) if any(cell.value for cell in row)]
    heights = [sheet.row_dimensions[row[0].row].height for row in rows]
    for row, height in zip(rows, heights, strict=True):
        for cell in row:
            # 46 characters is a wide column; a word that does not fit moves to the next line, never the reverse.
            assert height >= 15 * -(-len(str(cell.value or "")) // 46)
    assert min(heights) < max(heights), "a row with little in it is low"
    assert max(heights) < 409, "a spreadsheet program refuses a higher row"


def test_codes_flags_and_references_are_chosen_from_lists_that_stand_in_the_workbook(
    opened: Callable[..., Filling], texts: Options
) -> None:
    filling = opened()
    sheet = filling.sheet("status_assessments")
    offered = {}
    for rule in sheet.data_validations.dataValidation:
        offered[sheet.cell(1, next(iter(rule.sqref.ranges)).min_col).value] = rule
    assert {"_choice", "status_code", "is_inferred", "project_id", "source_id"} <= set(offered)
    name = offered["status_code"].formula1.lstrip("=")
    title, cells = next(filling.book.defined_names[name].destinations)
    values = [row[0].value for row in filling.book[title][cells.replace("$", "")]]
    assert values == list(texts.codes["nb"]["status"].values())
    assert values[0] == "Tildelt"
    assert offered["source_id"].errorStyle == "information", "a document that is not listed yet may be named"


def test_the_newest_status_of_every_active_project_is_shown_in_grey_with_a_column_for_the_choice(
    opened: Callable[..., Filling], typed: TypedTables, texts: Options
) -> None:
    filling = opened()
    newest = newest_status(typed.rows)
    active = [project["project_id"] for project in active_projects(typed.rows)]
    assert {newest[p]["status_code"] for p in newest if p not in active} <= {"stanset", "viderefort"}
    place = filling.column("status_assessments", "project_id")
    rows = list(filling.sheet("status_assessments").iter_rows(min_row=3, max_row=2 + len(active)))
    assert [row[place - 1].value for row in rows] == [texts.names["nb"]["projects"][p] for p in active]
    first = filling.cell("status_assessments", 3, "status_code")
    assert first.value == texts.codes["nb"]["status"][newest[active[0]]["status_code"]]
    assert first.fill.start_color.rgb == "FFECECEC"
    assert filling.cell("status_assessments", 3, "_choice").value is None


def test_every_active_project_has_an_empty_row_for_each_rated_driver(
    opened: Callable[..., Filling], typed: TypedTables
) -> None:
    filling = opened()
    rows = [row for row in filling.sheet("driver_ratings").iter_rows(min_row=3, values_only=True) if row[0]]
    assert len(rows) == 2 * len(active_projects(typed.rows))
    assert all(value is None for row in rows for value in row[2:])


def test_the_first_sheet_says_year_coder_and_version_and_how_to_go_on(templates, opened) -> None:
    for name, language, words in (
        ("koder_1", "nb", ("2027", "koder 1", "Kilder", "Vurderinger av drivere")),
        ("en", "en", ("2027", "Sources", "Ratings of drivers", "never a name")),
    ):
        sheet = opened(name).book.worksheets[0]
        text = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
        assert all(word in text for word in (*words, plan_module.template_version())), language
    hidden = opened().book[META]
    assert hidden.sheet_state == "veryHidden"
    assert dict(hidden.iter_rows(values_only=True))["coder"] == "koder_1"


def test_what_owners_were_asked_and_answered_is_shown_for_reading_and_taken_for_no_entry(
    typed: TypedTables, opened: Callable[..., Filling], tmp_path: Path
) -> None:
    assert not {"Spurt", "Svart"} & set(opened().book.sheetnames), "nobody was asked yet"
    write_portfolio(portfolio(), tmp_path / "raw")
    tables = read_core(tmp_path / "raw").tables
    path = tmp_path / "asked.xlsx"
    write_template(tables, Template(YEAR, "nb", None, is_illustrative=True), path)
    book: Any = openpyxl.load_workbook(path)
    shown = {title: list(book[title].iter_rows(values_only=True)) for title in ("Spurt", "Svart")}
    for name, (title, rows) in zip(FOR_READING, shown.items(), strict=True):
        assert rows[0] == tuple(heading(contract(name).column(column), "nb") for column in FOR_READING[name])
        assert len(rows) == 1 + tables[name].height > 1
        assert book[title].protection.sheet
    assert {row[-1] for row in shown["Spurt"][1:]} == {
        "siste status er gammel",
        "siste status er gammel; lovet, uten kjent nullpunkt",
    }
    place = list(FOR_READING["answers"]).index("obstacle_codes")
    assert {row[place] for row in shown["Svart"][1:]} == {None, "mangler penger til drift"}
    reading = read_delivery(path, options(tables), print)
    assert reading.cells["unknown"] == 0 and reading.cells["shown"] > tables["requests"].height


def test_a_workbook_of_invented_data_says_so(typed: TypedTables, tmp_path: Path) -> None:
    path = tmp_path / "invented.xlsx"
    write_template(stored(typed).tables, Template(YEAR, "nb", None, is_illustrative=True), path)
    book = openpyxl.load_workbook(path)
    assert "oppdiktet" in book.worksheets[0]["A2"].value
    assert dict(book[META].iter_rows(values_only=True))["is_illustrative"] == "true"


def test_a_workbook_for_an_edition_that_nobody_answers_for_is_preliminary(typed: TypedTables, tmp_path: Path) -> None:
    tables = stored(typed).tables
    for lacking, said in ((("contact",), "Foreløpig."), ((), None)):
        write_template(
            tables, Template(YEAR, "nb", None, is_illustrative=False, lacking=lacking), tmp_path / "new.xlsx"
        )
        warning = openpyxl.load_workbook(tmp_path / "new.xlsx").worksheets[0]["A2"].value
        assert warning is None if said is None else warning.startswith(said)


def test_the_same_data_give_the_same_bytes(templates, typed: TypedTables, tmp_path: Path) -> None:
    again = tmp_path / "again.xlsx"
    write_template(stored(typed).tables, Template(YEAR, "nb", "koder_1", is_illustrative=False), again)
    assert again.read_bytes() == templates["koder_1"].read_bytes()


@pytest.mark.parametrize("language", ["nb", "en"])
def test_names_of_sheets_are_short_enough_and_differ(language: str) -> None:
    titles = [layout.title(language) for layout in layouts()]
    assert all(len(title) <= 31 for title in titles)
    assert len(set(titles)) == len(titles)
