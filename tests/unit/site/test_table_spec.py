"""Tables described by their columns: what each role makes of a row, and what is said around it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from gevinst.site.blocks import Cell
from gevinst.site.context import View
from gevinst.site.filters import filter_values
from gevinst.site.table_spec import (
    ColumnSpec,
    TableSpec,
    cell_column,
    code_column,
    date_column,
    label_of,
    link_column,
    number_column,
    plain_column,
    project_column,
    source_column,
    text_column,
    text_of,
    yes_no_column,
)
from tests.data.rendered import view_of
from tests.data.small_edition import SMALL_EDITION, small_tables

SPEC = TableSpec(
    "malinger",
    heading="page_project.plans",
    caption="page_project.plans_caption",
    tables=("benefit_measurements",),
    columns=(plain_column("page_benefits.indicator", "name"), number_column("page_project.measured", "n")),
)


@pytest.fixture(scope="module")
def view() -> View:
    return view_of(small_tables(), "nb", SMALL_EDITION)


def cell(view: View, column: ColumnSpec, **row: Any) -> Cell:
    return column.cell(view, row)


def test_a_text_is_that_of_the_page_s_language_or_says_which_and_empty_where_there_is_none(view) -> None:
    column = text_column("common.reason", "reason", note=text_of("method"))
    row = {"reason_nb": "Fordi", "reason_en": "Because", "method_nb": "Talt", "method_en": "Counted"}
    assert cell(view, column, **row) == Cell("Fordi", note="Talt")
    waiting = {**row, "reason_nb": None, "method_nb": None}
    assert cell(view, column, **waiting) == Cell("Because (på engelsk)", note="Counted (på engelsk)")
    assert cell(view, column, **waiting | {"reason_en": None, "method_en": None}) == Cell("")


@pytest.mark.parametrize(("numbers", "is_said"), [((2, None), True), ((2, 3), False)], ids=["unknown", "known"])
def test_what_the_sign_for_unknown_means_is_said_only_below_a_table_that_has_it(view, numbers, is_said) -> None:
    block = SPEC.block(view, [{"name": "Ventetid", "n": n} for n in numbers])
    assert block.source.endswith("Tegnet .. betyr ukjent.") == is_said


def test_a_sign_for_unknown_in_the_totals_alone_is_explained_too(view) -> None:
    block = SPEC.block(view, [{"name": "Ventetid", "n": 2}], total_row={"name": "I alt", "n": None})
    assert block.source.endswith("Tegnet .. betyr ukjent.")


def test_a_code_has_its_label_and_sorts_by_its_list_where_asked(view) -> None:
    codes = list(view.labels("status"))
    assert cell(view, code_column("common.status", "status"), status_code=codes[2]).value is None
    ordered = code_column("common.status", "status", "newest", is_ordered=True)
    assert cell(view, ordered, newest=codes[2]) == Cell(view.label("status", codes[2]), value=2)
    assert cell(view, ordered, newest=None).spoken == view.t("symbols.missing")


@pytest.mark.parametrize(
    ("options", "value", "text"),
    [
        ({}, 0, "0"),
        ({}, 1234, "1\u00a0234"),
        ({"places": 1}, 2.5, "2,5"),
        ({"places": lambda value: 0 if value == 3 else 1}, 3.0, "3"),
        ({"unit": "percent"}, 25.0, "25\u00a0%"),
    ],
)
def test_a_number_is_written_in_its_unit_and_sorts_by_its_value(view, options, value, text) -> None:
    found = cell(view, number_column("common.cohort", "n", **options), n=value)
    assert (found.text, found.value, found.is_number) == (text, value, True)


def test_kroner_and_millions_say_so(view) -> None:
    assert cell(view, number_column("common.cohort", "n", unit="money"), n=2.0).text == view.number.money(2.0)
    millions = number_column("common.cohort", "n", unit="million", places=2)
    assert cell(view, millions, n=1.5e6).text == view.number.million(1.5e6, 2)


def test_an_unknown_number_is_a_sign_or_an_empty_cell_that_says_why_and_never_0(view) -> None:
    unknown = cell(view, number_column("common.cohort", "n"), n=None)
    assert (unknown.text, unknown.csv, unknown.is_number) == (view.number.missing, "", True)
    blank = cell(view, number_column("common.cohort", "n", blank="page_benefits.too_few"), n=None)
    assert (blank.text, blank.spoken, blank.csv) == ("", view.t("page_benefits.too_few"), "")


def test_a_date_is_as_precise_as_its_source_and_sorts_by_its_day(view) -> None:
    column = date_column("common.date", "known")
    found = cell(view, column, known_on=date(2021, 3, 1), known_precision="month")
    assert (found.text, found.value) == ("03.2021", "2021-03-01")
    assert cell(view, column, known_on=None, known_precision=None).spoken == view.t("symbols.missing")


def test_links_lead_to_projects_documents_and_addresses(view) -> None:
    project = view.data.projects[0]["project_id"]
    assert cell(view, project_column(), project_id=project).href == view.project_href(project)
    source = view.data.rows("sources")[0]["source_id"]
    assert cell(view, source_column(), source_id=source, source_locator="linje 1").source is not None
    assert cell(view, source_column(), source_id=None, source_locator=None).text == view.number.missing
    column = link_column("common.project", lambda view, row: row["name"], lambda view, row: row["address"])
    assert cell(view, column, name="A", address=None) == Cell("A")


def test_yes_and_no_are_words(view) -> None:
    column = yes_no_column("common.project", "is_used")
    assert [cell(view, column, is_used=flag).text for flag in (True, False)] == ["ja", "nei"]


def test_a_note_is_left_out_where_a_row_has_no_code(view) -> None:
    column = plain_column("common.project", "name", note=label_of("amount_kind"))
    assert cell(view, column, name="A", amount_kind_code=None).note is None


def test_a_block_says_how_many_rows_it_has_and_what_it_was_made_from(view) -> None:
    block = SPEC.block(view, [{"name": "ventetid", "n": 3}])
    assert block.heading == view.t("page_project.plans", n=1)
    assert block.caption == block.table.caption == view.t("page_project.plans_caption", n=1)
    assert [one.name for one in block.made] == ["benefit_measurements"]
    assert [column.is_number for column in block.table.columns] == [False, True]


def test_the_boxes_may_name_the_columns_in_use_or_be_none(view) -> None:
    some = replace(SPEC, made_of=(("project_status", "is_in_use"), "sources")).block(view, [])
    assert [(one.name, len(one.columns) == 1) for one in some.made] == [("project_status", True), ("sources", False)]
    assert replace(SPEC, made_of=()).block(view, []).made == ()


def test_no_row_is_an_empty_table_or_no_block_at_all(view) -> None:
    assert SPEC.block(view, []).table.rows == ()
    assert SPEC.block_if_any(view, []) is None
    assert SPEC.block_if_any(view, [{"name": "a", "n": 1}]) is not None


def test_the_row_of_totals_is_made_by_the_same_columns_unless_they_say_otherwise(view) -> None:
    tick = cell_column("common.status", lambda view, row: Cell("✓"), total=lambda view, row: Cell(str(row["n"])))
    spec = replace(SPEC, columns=(*SPEC.columns, tick))
    table = spec.table(view, [{"name": "a", "n": 1}], total_row={"name": "alle", "n": 1})
    assert [one.text for one in table.total] == ["alle", "1", "1"]
    assert spec.table(view, []).total == ()


def test_a_reader_s_filter_finds_rows_of_projects_and_leaves_others_alone(view) -> None:
    project = view.data.projects[0]
    rows = [{**project, "name": "a", "n": 1}, {"project_id": None, "name": "b", "n": 2}]
    followed = replace(SPEC, follows_filter=True).table(view, rows)
    assert [row.project_id for row in followed.rows] == [project["project_id"], None]
    assert [row.project_id for row in SPEC.table(view, rows).rows] == [None, None]
    compared = {one["id"]: one for one in filter_values(view)["selectable"]}
    assert list(compared) == [one["project_id"] for one in view.data.projects]
    assert compared[project["project_id"]]["status"] == project["current_status_code"]


def test_an_anchor_is_a_pattern_over_the_row(view) -> None:
    table = replace(SPEC, anchor="rad-{name}").table(view, [{"name": "a", "n": 1}])
    assert table.rows[0].anchor == "rad-a"


def test_a_value_without_a_place_and_a_missing_heading_are_faults_of_the_page(view) -> None:
    with pytest.raises(ValueError, match="malinger has no text with a placeholder for years"):
        SPEC.block(view, [], years=3)
    with pytest.raises(ValueError, match="malinger has no heading of its own"):
        replace(SPEC, heading=None).block(view, [])
