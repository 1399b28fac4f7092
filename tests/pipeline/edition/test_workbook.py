"""The workbook as openpyxl reads it, which is not what wrote it."""

import json
import re
from datetime import datetime
from zipfile import ZipFile

import openpyxl
import polars as pl
import pytest

from gevinst.contracts import PUBLISHED, contract
from gevinst.contracts.schema import conform
from gevinst.contracts.vocabulary import REFERENCE_DATA
from gevinst.formats import workbook_limits
from gevinst.formats.xlsx import COLUMNS, NOTES, notes, write_workbook
from gevinst.settings import SiteOwner

FORMULAS = ["=1+1", "+47", "-3", "@SUM(A1)", "\t=1", "\r=1"]


@pytest.fixture
def write(tables, info, tmp_path):
    """Writes the tables, some of them exchanged, and gives the path."""

    def write(**changed):
        wanted = {table.name: conform(table, {**tables, **changed}[table.name]) for table in PUBLISHED}
        path = tmp_path / "gevinst-2026-1.xlsx"
        write_workbook(wanted, info, path, SiteOwner())
        return path

    return write


def rows(path, sheet):
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(path)[sheet].iter_rows()]


def findings(tables, **values):
    """As many findings as the values of one column."""
    length = max(len(column) for column in values.values())
    many = pl.concat([tables["portfolio_findings"].head(1)] * length)
    return many.with_columns(
        portfolio_finding_id=pl.format("f-{}", pl.row_index()),
        **{name: pl.Series(column, dtype=many.schema[name]) for name, column in values.items()},
    )


def test_notes_come_first_then_every_published_table_then_the_columns(write):
    book = openpyxl.load_workbook(write())

    assert book.sheetnames == [NOTES, *(table.name for table in PUBLISHED), COLUMNS]


def test_every_name_of_a_table_can_be_the_name_of_a_sheet():
    assert [table.name for table in PUBLISHED if len(table.name) > 31 or table.name in (NOTES, COLUMNS)] == []


def test_a_sheet_has_its_header_in_sight_with_a_filter_and_no_merged_cells(write, tables):
    book = openpyxl.load_workbook(write())

    for table in PUBLISHED:
        sheet = book[table.name]
        assert [cell.value for cell in sheet[1]] == list(table.column_names)
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.max_row == 1 + tables[table.name].height
    assert [sheet.title for sheet in book if sheet.merged_cells.ranges] == []


def test_columns_are_wide_enough_for_their_headings_and_never_absurd(write):
    sheet = openpyxl.load_workbook(write())["sources"]

    spans = [(span.min, span.max, span.width) for span in sheet.column_dimensions.values()]
    widths = {cell.value: width for cell in sheet[1] for first, last, width in spans if first <= cell.column <= last}
    assert list(widths) == list(contract("sources").column_names)
    assert all(len(name) < width < 70 for name, width in widths.items())


def test_notes_count_the_documents_of_the_program_apart(tables, info):
    is_of_program = pl.col("source_id") == "unused"
    types = pl.when(is_of_program).then(pl.lit(REFERENCE_DATA)).otherwise("document_type_code")
    mixed = {**tables, "sources": tables["sources"].with_columns(document_type_code=types)}
    said = {language: dict(notes(language, mixed, info, SiteOwner())) for language in ("nb", "en")}

    assert said["nb"]["Kilder"].startswith("Arket sources har tre dokumenter som er lest for ordningen")
    assert "Ett til hører til referansedata som følger med programmet" in said["nb"]["Kilder"]
    assert "One more belongs to reference data that come with the program" in said["en"]["Sources"]
    assert "program" not in dict(notes("en", tables, info, SiteOwner()))["Sources"]


def test_unknown_is_an_empty_cell_and_types_are_kept(write, tables):
    path = write(portfolio_findings=findings(tables, value=[None, -5.5]))

    header, first, second = rows(path, "portfolio_findings")
    at = header.index("value")
    assert (first[at], second[at]) == (None, -5.5)
    source = dict(zip(*rows(path, "sources")[:2], strict=True))
    assert source["published_on"] == datetime(2016, 6, 1)
    assert source["is_illustrative"] is False
    assert (
        openpyxl.load_workbook(path)["sources"].cell(2, header_at(path, "published_on")).number_format == "yyyy-mm-dd"
    )


def header_at(path, name):
    return rows(path, "sources")[0].index(name) + 1


def test_no_text_is_a_formula_and_dangerous_ones_carry_the_same_apostrophe_as_in_csv(write, tables):
    path = write(portfolio_findings=findings(tables, statement_nb=FORMULAS))

    sheet = openpyxl.load_workbook(path)["portfolio_findings"]
    at = [cell.value for cell in sheet[1]].index("statement_nb") + 1
    cells = [sheet.cell(row, at) for row in range(2, 2 + len(FORMULAS))]
    assert [cell.data_type for cell in cells] == ["s"] * len(FORMULAS)
    # A workbook keeps a carriage return as its code.
    assert [cell.value for cell in cells] == [f"'{formula}".replace("\r", "_x000D_") for formula in FORMULAS]
    with ZipFile(path) as parts:
        assert [name for name in parts.namelist() if b"<f>" in parts.read(name)] == []


def test_an_address_is_text_and_no_link(write, tables):
    path = write(portfolio_findings=findings(tables, statement_nb=["https://example.org"]))

    with ZipFile(path) as parts:
        assert [name for name in parts.namelist() if b"<hyperlink" in parts.read(name)] == []


def test_the_same_tables_give_the_same_bytes(write):
    assert write().read_bytes() == write().read_bytes()


def test_the_workbook_says_when_it_is_as_of_and_not_when_it_was_written(write):
    assert openpyxl.load_workbook(write()).properties.created == datetime(2026, 11, 22)


def test_the_notes_tell_in_both_languages_what_the_workbook_is_and_how_to_cite_it(write, info):
    texts = "\n".join(str(cell) for row in rows(write(), NOTES) for cell in row if cell)

    said = ("Gevinst, utgave 2026-1", "Gevinst, edition 2026-1", "2026-11-22", "CC BY 4.0", "four documents", "«:»")
    for words in said:
        assert words in texts
    assert "oppdiktet" not in texts
    assert "How to cite" in texts and "Slik viser du til utgaven" in texts


@pytest.mark.parametrize(("language", "words"), [("nb", "oppdiktet"), ("en", "invented")])
def test_invented_data_say_so_before_anything_else(tables, info, language, words):
    from dataclasses import replace

    first = notes(language, tables, replace(info, is_illustrative=True), SiteOwner())[0]
    assert words in first[1]


def test_every_column_is_explained_with_unit_additivity_and_where_its_n_is(write):
    header, *texts = rows(write(), COLUMNS)

    by_name = {(row[0], row[1]): dict(zip(header, row, strict=True)) for row in texts}
    assert set(by_name) == {(table.name, name) for table in PUBLISHED for name in table.column_names}
    amount = by_name["follow_on_funding", "amount"]
    column = contract("follow_on_funding").column("amount")
    assert (amount["unit"], amount["additivity"]) == (column.unit, "yes")
    assert (amount["meaning_nb"], amount["meaning_en"]) == (column.nb, column.en)


def test_the_edition_holds_the_workbook_and_its_readme_names_it(built):
    folder = built()

    readme = (folder / "README.txt").read_text(encoding="utf-8")
    assert openpyxl.load_workbook(folder / "tables/gevinst-2026-1.xlsx").sheetnames[0] == NOTES
    assert len(re.findall(r"^tables/gevinst-2026-1\.xlsx$", readme, re.MULTILINE)) == 2


def test_the_manifest_says_which_tables_are_not_in_the_workbook_and_their_rows_are_where_it_says(
    build, built, monkeypatch
):
    assert json.loads((built() / "manifest.json").read_text("utf-8"))["not_in_workbook"] == {}
    monkeypatch.setattr(workbook_limits, "ROWS_OF_A_SHEET", 4)

    folder = build()

    absent = json.loads((folder / "manifest.json").read_text("utf-8"))["not_in_workbook"]
    sheets = openpyxl.load_workbook(folder / "tables/gevinst-2026-1.xlsx").sheetnames
    assert "sources" in absent
    assert sorted([*absent, *sheets]) == sorted([NOTES, COLUMNS, *(table.name for table in PUBLISHED)])
    assert {name: said["why"] for name, said in absent.items()} == dict.fromkeys(absent, "rows")
    assert {pl.read_parquet(folder / said["file"]).height - said["rows"] for said in absent.values()} == {0}
