"""What each kind of file can hold, and that nobody loses a row beyond it without being told."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
from xlsxwriter.worksheet import Worksheet

from gevinst.bilingual import LANGUAGES
from gevinst.contracts import PUBLISHED, contract
from gevinst.contracts.schema import conform
from gevinst.findings import Finding
from gevinst.formats import workbook_limits
from gevinst.formats.checked_xlsx import CheckedBook, NotWrittenError
from gevinst.formats.dcat import dcat_catalogue
from gevinst.formats.sqlite import sqlite_bytes
from gevinst.formats.tables import readme_text
from gevinst.formats.workbook_limits import LONGEST_TEXT, MOST_CELLS, left_out
from gevinst.formats.xlsx import COLUMNS, NOTES, write_workbook
from gevinst.language.texts import Catalogue
from gevinst.layout import DATA_PACKAGE, ROWS_OF_A_SHEET
from gevinst.settings import SiteOwner, load_settings
from gevinst.warehouse import Warehouse, write_for_readers
from gevinst.workbook import report, write_xlsx
from gevinst.workbook.codes import options
from gevinst.workbook.layout import sheet_layout
from gevinst.workbook.report import AnnotationError
from gevinst.workbook.write_xlsx import CellNote, open_writer, write_sheet
from tests.data.rendered import REAL, Tables, page_of, real_tables

ASTRAL = "\N{OLD ITALIC LETTER A}"
"""A letter that a spreadsheet counts as two."""


def published(**changed: pl.DataFrame) -> dict[str, pl.DataFrame]:
    return {one.name: conform(one, {**real_tables(), **changed}[one.name]) for one in PUBLISHED}


def with_text(text: str) -> dict[str, pl.DataFrame]:
    """The tables, of which `rounds` has one row with `text`."""
    return published(rounds=real_tables()["rounds"].head(1).with_columns(name_nb=pl.lit(text)))


def many_rows(name: str, n: int) -> dict[str, pl.DataFrame]:
    """The tables, of which one has `n` rows."""
    frame = real_tables()[name].head(1)
    return published(**{name: frame.select(pl.all().repeat_by(n).explode())})


def cells_of(tables: Tables) -> int:
    return sum(frame.height * frame.width for frame in tables.values())


def reasons(tables: Tables) -> dict[str, str]:
    return {one.table: one.why for one in left_out(tables)}


# --- which tables a workbook leaves out ---------------------------------------------------------------------------


def test_every_table_of_today_is_in_the_workbook_with_room_for_several_times_as_much() -> None:
    assert left_out(real_tables()) == ()
    assert cells_of(published()) * 5 < MOST_CELLS


@pytest.mark.parametrize(("n", "expected"), [(ROWS_OF_A_SHEET - 1, {}), (ROWS_OF_A_SHEET, {"rounds": "rows"})])
def test_a_table_of_more_rows_than_a_sheet_has_below_its_heading_is_left_out(
    n: int, expected: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook_limits, "MOST_CELLS", 100 * ROWS_OF_A_SHEET)
    assert reasons(many_rows("rounds", n)) == expected


@pytest.mark.parametrize(
    ("text", "is_left_out"),
    [
        ("x" * LONGEST_TEXT, False),
        ("x" * (LONGEST_TEXT + 1), True),
        ("æ" * LONGEST_TEXT, False),
        (ASTRAL * (LONGEST_TEXT // 2), False),
        (ASTRAL * (LONGEST_TEXT // 2 + 1), True),
        ("=" + "x" * (LONGEST_TEXT - 1), True),  # with the apostrophe before it
    ],
)
def test_a_table_with_a_text_longer_than_a_cell_is_left_out(text: str, is_left_out: bool) -> None:
    assert reasons(with_text(text)) == ({"rounds": "text"} if is_left_out else {})


def test_beyond_the_size_of_a_whole_workbook_the_largest_tables_are_left_out_and_no_more_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tables = published()
    largest, second = sorted(tables, key=lambda name: tables[name].height * tables[name].width)[:-3:-1]
    monkeypatch.setattr(workbook_limits, "MOST_CELLS", cells_of(tables))
    assert left_out(tables) == ()
    monkeypatch.setattr(workbook_limits, "MOST_CELLS", cells_of(tables) - 1)
    assert reasons(tables) == {largest: "cells"}
    size = tables[largest].height * tables[largest].width
    monkeypatch.setattr(workbook_limits, "MOST_CELLS", cells_of(tables) - size - 1)
    assert reasons(tables) == {largest: "cells", second: "cells"}


# --- what is said of them -------------------------------------------------------------------------------------------


@pytest.fixture
def book(tmp_path: Path) -> Callable[[Tables], Any]:
    def written(tables: Tables) -> Any:
        write_workbook(tables, REAL, tmp_path / "x.xlsx", SiteOwner())
        return openpyxl.load_workbook(tmp_path / "x.xlsx", read_only=True)

    return written


@pytest.mark.parametrize("why", ["rows", "text", "cells"])
def test_what_is_left_out_of_the_workbook_is_whole_elsewhere_and_said_in_its_notes(
    why: str, book: Callable[[Tables], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "projects"
    tables = {one: frame.head(30 if one == name else 5) for one, frame in published().items()}
    if why == "rows":
        monkeypatch.setattr(workbook_limits, "ROWS_OF_A_SHEET", tables[name].height)
    elif why == "cells":
        monkeypatch.setattr(workbook_limits, "MOST_CELLS", cells_of(tables) - 1)
    else:
        tables[name] = tables[name].with_columns(name_nb=pl.lit("x" * (LONGEST_TEXT + 1)))
    written = book(tables)
    assert reasons(tables) == {name: why}
    assert written.sheetnames == [NOTES, *(one.name for one in PUBLISHED if one.name != name), COLUMNS]
    notes = [(row[0], row[1]) for row in written[NOTES].iter_rows(values_only=True) if row[1]]
    for language in LANGUAGES:
        t = Catalogue(language).t
        (said,) = [text for label, text in notes if label == t("workbook.left_out")]
        assert said.startswith(f"{name}: ") and f"tables/parquet/{name}.parquet" in said
        assert Catalogue(language).number.integer(tables[name].height) in said
        assert said in readme_text(REAL, SiteOwner(), tables)
        counted = t("workbook.sheets_text", len(PUBLISHED) - 1, columns=COLUMNS, package=DATA_PACKAGE)
        assert counted in dict(notes).values()
    titles = json.dumps(dcat_catalogue(REAL, tables, load_settings()), ensure_ascii=False)
    assert Catalogue("nb").t("dcat.form_xlsx_partly") in titles
    assert f'"{Catalogue("nb").t("dcat.form_xlsx")}"' not in titles


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_that_offers_the_workbook_says_what_is_not_in_it(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Catalogue(language).t("page_method.file_workbook")
    assert told in page_of("method", real_tables(), language, REAL).get_text(" ", strip=True)
    monkeypatch.setattr(workbook_limits, "ROWS_OF_A_SHEET", real_tables()["benefit_trail"].height)
    tables = dict(real_tables(), rounds=real_tables()["rounds"].clone())  # pages of the very same tables are kept
    absent = Catalogue(language).join([one.table for one in left_out(tables)])
    assert "benefit_trail" in absent
    text = page_of("method", tables, language, REAL).get_text(" ", strip=True)
    assert told not in text
    assert Catalogue(language).t("page_method.file_workbook_partly", tables=absent) in text


def test_documents_left_out_of_the_workbook_are_not_said_to_be_on_a_sheet(
    book: Callable[[Tables], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = published()
    monkeypatch.setattr(workbook_limits, "ROWS_OF_A_SHEET", tables["sources"].height)
    tables = {name: frame if name == "sources" else frame.head(5) for name, frame in tables.items()}
    texts = [row[1] for row in book(tables)[NOTES].iter_rows(values_only=True) if row[1]]
    assert not [text for text in texts if "sheet sources" in text or "arket sources" in text]
    assert len([text for text in texts if "tables/parquet/sources.parquet" in text]) == 4


# --- sheets: what the library does not write is an error -----------------------------------------------------------


def small_sheets(monkeypatch: pytest.MonkeyPatch, rows: int, columns: int) -> None:
    begin = Worksheet.__init__

    def smaller(self: Worksheet) -> None:
        begin(self)
        self.xls_rowmax, self.xls_colmax = rows, columns

    monkeypatch.setattr(Worksheet, "__init__", smaller)


def test_a_cell_outside_a_sheet_is_an_error_that_says_where() -> None:
    sheet = CheckedBook(BytesIO()).add_worksheet("mange")
    sheet.write_string(ROWS_OF_A_SHEET - 1, 16_383, "last")
    with pytest.raises(NotWrittenError, match=r"mange, row 1048577, column 1: .* 1048576 rows and 16384 columns"):
        sheet.write_number(ROWS_OF_A_SHEET, 0, 1)
    with pytest.raises(NotWrittenError, match="mange, row 1, column 16385"):
        sheet.write_boolean(0, 16_384, True)


@pytest.mark.filterwarnings("ignore::UserWarning")  # the library warns too, where nobody need see it
def test_a_text_that_would_be_cut_off_is_an_error_in_cells_rows_comments_and_headers() -> None:
    sheet = CheckedBook(BytesIO()).add_worksheet("lange")
    long = "x" * (LONGEST_TEXT + 1)
    refused: list[Callable[[], object]] = [
        lambda: sheet.write_string(0, 0, long),
        lambda: sheet.write(0, 0, long),
        lambda: sheet.write_row(0, 0, ["short", long]),
        lambda: sheet.write_column(0, 0, ["short", long]),
        lambda: sheet.write_comment(0, 0, long),
        lambda: sheet.set_header("x" * 256),
        lambda: sheet.data_validation(0, 0, 1, 0, {"validate": "list", "source": ["x" * 256]}),
    ]
    for write in refused:
        with pytest.raises(NotWrittenError, match="lange"):
            write()
    sheet.set_header("x" * 255)


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_a_name_that_the_library_does_not_define_is_an_error() -> None:
    book = CheckedBook(BytesIO())
    with pytest.raises(NotWrittenError, match="list 1"):
        book.define_name("list 1", "=Sheet1!$A$1")


def test_the_workbook_of_an_evaluator_is_not_written_without_a_row_a_text_or_a_comment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    layout, texts = sheet_layout("benefits"), options({name: one.head(30) for name, one in real_tables().items()})
    row = {"benefit_id": "b", "name_nb": "x"}

    def write(rows: list[dict[str, Any]], note: str = "") -> None:
        writer = open_writer(tmp_path / "x.xlsx", "nb", texts, 2026)
        write_sheet(writer, layout, rows, 0, notes={(0, "name_nb"): CellNote(note)} if note else None)
        writer.close({})

    write([row])
    long = "x" * (LONGEST_TEXT + 1)
    for rows, note in (([row | {"name_nb": long}], ""), ([row], long)):
        with pytest.raises(NotWrittenError, match=r"fit|plass"):
            write(rows, note)
    monkeypatch.setattr(write_xlsx, "_LAST_ROW", 30)
    small_sheets(monkeypatch, rows=400, columns=200)
    write([row] * 10)
    with pytest.raises(NotWrittenError, match="row 401"):
        write([row] * 400)


def test_a_marked_copy_is_not_written_without_a_finding_or_the_end_of_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, out = tmp_path / "x.xlsx", tmp_path / "marked.xlsx"
    openpyxl.Workbook().save(path)
    fault = Finding("x.xlsx", "feil", "fault", sheet="Sheet", cell="A1")
    mark = report._mark  # what the process of its own does
    monkeypatch.setattr(report, "LAST_ROW", 4)
    mark(path, [fault] * 3, out, "nb")
    assert openpyxl.load_workbook(out).worksheets[0].max_row == 4
    out.unlink()
    long = replace(fault, reason_nb="x" * (LONGEST_TEXT // 2))
    mark(path, [long], out, "nb")
    out.unlink()
    for findings in ([fault] * 4, [long] * 3, [replace(fault, cell=None, reason_en="x" * (LONGEST_TEXT + 1))]):
        with pytest.raises(AnnotationError, match="than a workbook can show"):
            mark(path, findings, out, "nb")
        assert not out.exists()


# --- databases and packed files -------------------------------------------------------------------------------------


def test_databases_keep_a_text_of_a_million_characters(tmp_path: Path) -> None:
    text = "lang æ " * 150_000
    frame = with_text(text)["rounds"]
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(sqlite_bytes({"rounds": frame}, []))
        assert connection.execute("select name_nb from rounds").fetchall() == [(text,)]
    write_for_readers(tmp_path / "x.duckdb", [(contract("rounds"), frame)])
    assert Warehouse(tmp_path / "x.duckdb", read_only=True).read(contract("rounds"))["name_nb"].to_list() == [text]


def test_no_table_has_more_columns_than_the_narrowest_format() -> None:
    most_of = {"sheet": 16_384, "sqlite": 2_000, "raw file": 200}
    assert [one.name for one in PUBLISHED if len(one.column_names) > min(most_of.values())] == []
