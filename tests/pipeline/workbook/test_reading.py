"""Every trap of a spreadsheet, made by really writing such a file: read, or refused in one clear sentence."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from xlsxwriter import Workbook

from gevinst.contracts import contract
from gevinst.intake import IntakeError
from gevinst.workbook.cells import read_cell
from gevinst.workbook.codes import Options
from gevinst.workbook.filled import Delivery
from gevinst.workbook.layout import sheet_layout
from tests.pipeline.workbook.conftest import Filling, begin, places_of, rate

Reading = Callable[[Path], Delivery]
Opened = Callable[..., Filling]

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def refused(reading: Reading, path: Path) -> str:
    with pytest.raises(IntakeError) as caught:
        reading(path)
    assert len(caught.value.findings) == 1, "one sentence"
    assert caught.value.findings[0].reason_nb
    return caught.value.findings[0].reason_en


def rows_of(delivery: Delivery, table: str) -> list[dict[str, str]]:
    return [row.texts for row in delivery.filled[table].rows]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
        (OLE + "Workbook".encode("utf-16-le"), "old XLS format"),
        (b"source_id,title\na,b\n", "no XLSX workbook, whatever its name"),
        (b"PK\x03\x04" + bytes(200), "cut off or damaged"),
    ],
)
def test_a_file_that_is_no_workbook_is_refused_in_one_sentence(
    reading: Reading, tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "levert.xlsx"
    path.write_bytes(content)
    assert said in refused(reading, path)


def test_a_missing_file_is_refused(reading: Reading, tmp_path: Path) -> None:
    assert "does not exist" in refused(reading, tmp_path / "nothing.xlsx")


def test_a_workbook_cut_in_half_is_refused(reading: Reading, opened: Opened) -> None:
    path = opened().path
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert "cut off or damaged" in refused(reading, path)


def test_a_workbook_whose_parts_are_broken_is_refused(reading: Reading, tmp_path: Path) -> None:
    path = tmp_path / "broken.xlsx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("xl/workbook.xml", "<workbook")
    assert "damaged and cannot be read" in refused(reading, path)


def test_another_packed_document_is_refused(reading: Reading, tmp_path: Path) -> None:
    path = tmp_path / "levert.xlsx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("word/document.xml", "<document/>")
    assert "packed but no XLSX workbook" in refused(reading, path)


def test_a_new_workbook_is_read_without_a_word(reading: Reading, templates) -> None:
    for path in templates.values():
        assert reading(path).findings == []


def test_a_workbook_with_none_of_the_sheets_says_what_they_are_called(reading: Reading, tmp_path: Path) -> None:
    path = tmp_path / "other.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["Timer", "Beløp"])
    book.save(path)
    found = reading(path).findings
    assert [(f.rule, f.is_note) for f in found] == [("sheet", True), ("sheet", False)]
    assert "Statusvurderinger" in found[1].reason_nb and "Status assessments" in found[1].reason_en


def test_a_sheet_of_ones_own_is_left_alone_and_said(reading: Reading, opened: Opened) -> None:
    filling = opened()
    filling.book.create_sheet("Notater").append(["Husk å ringe eieren"])
    assert places_of(reading(filling.save()).findings, notes=True) == [("Notater", "sheet", None)]


def test_a_renamed_sheet_is_known_by_its_columns(reading: Reading, opened: Opened) -> None:
    filling = begin(opened())
    filling.sheet("sources").title = "Mine dokumenter"
    delivery = reading(filling.save())
    assert places_of(delivery.findings, notes=True) == [("Mine dokumenter", "sheet", None)]
    assert rows_of(delivery, "sources")[0]["source_id"] == "evaluering-2027-rapport"


def test_a_sheet_copied_beside_itself_is_refused(reading: Reading, opened: Opened) -> None:
    filling = begin(opened())
    filling.book.copy_worksheet(filling.sheet("sources"))
    found = [f for f in reading(filling.save()).findings if not f.is_note]
    assert [(f.sheet, f.rule) for f in found] == [("Kilder Copy", "sheet")]
    assert "only the first was read" in found[0].reason_en


def test_a_renamed_heading_is_read_as_before_and_said(reading: Reading, opened: Opened) -> None:
    filling = rate(begin(opened()), 3)
    place = filling.column("driver_ratings", "rating")
    filling.sheet("driver_ratings").cell(2, place).value = "Karakter"
    delivery = reading(filling.save())
    assert rows_of(delivery, "driver_ratings")[0]["rating"] == "3"
    (note,) = [f for f in delivery.findings if f.is_note]
    assert note.place == "Vurderinger av drivere!C2"
    assert "«1 er enklest og 5 er vanskeligst» heter nå «Karakter»" in note.reason_nb


def test_without_permanent_names_a_renamed_heading_is_missing_and_a_likely_one_is_named(
    reading: Reading, opened: Opened
) -> None:
    filling = rate(begin(opened()), 3)
    sheet = filling.sheet("driver_ratings")
    sheet.delete_rows(1)
    sheet.cell(1, 3).value = "1 er enklest, 5 er vanskeligst"
    found = [f for f in reading(filling.save()).findings if not f.is_note]
    assert [(f.rule, f.cell) for f in found] == [("heading", "A1"), ("heading", "C1")]
    assert "Står den nå som «1 er enklest, 5 er vanskeligst»?" in found[0].reason_nb


def test_columns_in_another_order_and_rows_above_the_headings_are_no_hindrance(
    reading: Reading, tmp_path: Path
) -> None:
    path = tmp_path / "own.xlsx"
    names = [column.name for column in sheet_layout("counterfactuals").columns][::-1]
    with Workbook(path) as book:
        sheet = book.add_worksheet("counterfactuals")
        sheet.write("C2", "Innsamlet våren 2027")
        sheet.write_row("C4", names)
        sheet.write_row("C5", ["x" if name != "assessed_on" else "1.3.2027" for name in names])
    (row,) = rows_of(reading(path), "counterfactuals")
    assert row["assessed_on"] == "2027-03-01" and row["project_id"] == "x"


def test_a_column_nobody_knows_is_told_only_when_something_stands_in_it(reading: Reading, opened: Opened) -> None:
    filling = rate(begin(opened()), 3)
    sheet = filling.sheet("driver_ratings")
    sheet.cell(1, 20).value = sheet.cell(1, 21).value = "Egen kolonne"
    sheet.cell(3, 20).value = "noe"
    found = places_of(reading(filling.save()).findings)
    assert found == [("Vurderinger av drivere!T1", "heading", "Egen kolonne")]


def test_merged_cells_among_the_data_are_refused_with_their_range(reading: Reading, opened: Opened) -> None:
    filling = rate(begin(opened()), 3, 4)
    filling.sheet("driver_ratings").merge_cells("C3:C4")
    (found,) = [f for f in reading(filling.save()).findings if not f.is_note]
    assert (found.place, found.rule) == ("Vurderinger av drivere!C3", "merged")
    assert "C3:C4" in found.reason_nb


def test_hidden_rows_and_columns_are_read_and_said(reading: Reading, opened: Opened) -> None:
    filling = rate(begin(opened()), 3, 4)
    sheet = filling.sheet("driver_ratings")
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["C"].hidden = True
    delivery = reading(filling.save())
    assert [row["rating"] for row in rows_of(delivery, "driver_ratings")[:2]] == ["3", "4"]
    assert ("Vurderinger av drivere!A4", "hidden", None) in places_of(delivery.findings, notes=True)
    assert ("Vurderinger av drivere!C2", "hidden", None) in places_of(delivery.findings, notes=True)


def with_cells(
    tmp_path: Path, write: Callable[..., None], options: dict | None = None, table: str = "benefit_measurements"
) -> Path:
    """A workbook with the sheet of a table, made by a program that computes nothing."""
    path = tmp_path / "made.xlsx"
    with Workbook(path, options or {}) as book:
        sheet = book.add_worksheet(table)
        names = [column.name for column in sheet_layout(table).columns]
        sheet.write_row(0, 0, names)
        write(book, sheet, {name: place for place, name in enumerate(names)})
    return path


def test_the_value_of_a_formula_is_taken_and_said(reading: Reading, tmp_path: Path) -> None:
    def write(book, sheet, at) -> None:
        sheet.write(1, at["method_nb"], "Målt to ganger")
        sheet.write_formula(1, at["measured_value"], "=7/2", None, 3.5)

    delivery = reading(with_cells(tmp_path, write))
    assert rows_of(delivery, "benefit_measurements")[0]["measured_value"] == "3.5"
    assert [(f.rule, f.is_note) for f in delivery.findings] == [("formula", True)]


@pytest.mark.parametrize("result", ["", "#REF!"])
def test_a_formula_without_a_value_is_refused(reading: Reading, tmp_path: Path, result: str) -> None:
    def write(book, sheet, at) -> None:
        sheet.write_formula(1, at["measured_value"], "=A1", None, result)

    (found,) = reading(with_cells(tmp_path, write)).findings
    assert (found.rule, found.is_note, found.row_number) == ("formula", False, 2)


def test_an_error_typed_in_is_refused(reading: Reading, opened: Opened) -> None:
    filling = rate(begin(opened()), 3)
    cell = filling.cell("driver_ratings", 3, "rating")
    cell.value, cell.data_type = "#REF!", "e"
    assert places_of(reading(filling.save()).findings) == [("Vurderinger av drivere!C3", "formula", "#REF!")]


@pytest.mark.parametrize("is_1904", [False, True])
def test_dates_and_bare_day_numbers_are_read_by_the_date_system_of_the_file(
    reading: Reading, tmp_path: Path, is_1904: bool
) -> None:
    day = date(2027, 3, 1)
    number = (day - (date(1904, 1, 1) if is_1904 else date(1899, 12, 30))).days

    def write(book, sheet, at) -> None:
        sheet.write_datetime(1, at["target_on"], datetime(2027, 3, 1), book.add_format({"num_format": "dd.mm.yy"}))
        sheet.write_number(1, at["baseline_on"], number)

    delivery = reading(with_cells(tmp_path, write, {"date_1904": is_1904}, "benefit_plans"))
    (row,) = rows_of(delivery, "benefit_plans")
    assert (row["target_on"], row["baseline_on"]) == ("2027-03-01", "2027-03-01")
    (note,) = delivery.findings
    assert note.is_note and "2027-03-01" in note.reason_nb and note.value == str(number)


def test_the_date_system_of_a_real_workbook_is_heeded(reading: Reading, opened: Opened) -> None:
    filling = begin(opened())
    filling.book.epoch = CALENDAR_MAC_1904
    assert rows_of(reading(filling.save()), "sources")[0]["accessed_on"] == "2027-03-02"


def test_per_cent_is_read_as_it_is_shown_and_refused_where_it_has_no_place(reading: Reading, tmp_path: Path) -> None:
    path = tmp_path / "percent.xlsx"
    with Workbook(path) as book:
        shown = book.add_format({"num_format": "0 %"})
        sheet = book.add_worksheet("benefit_values")
        names = [column.name for column in sheet_layout("benefit_values").columns]
        sheet.write_row(0, 0, names)
        sheet.write(1, names.index("deadweight_pct"), 0.07, shown)
        sheet.write(1, names.index("attribution_pct"), "12,5 %")
        sheet.write(1, names.index("low_amount"), 0.25, shown)
    delivery = reading(path)
    (row,) = rows_of(delivery, "benefit_values")
    assert (row["deadweight_pct"], row["attribution_pct"]) == ("7", "12.5")
    assert [(f.rule, f.column_name) for f in delivery.findings] == [("form", "low_amount")]


@pytest.mark.parametrize(
    ("name", "value", "text", "how"),
    [
        ("measured_value", "3,5", "3.5", None),
        ("measured_value", "1 234 567,5", "1234567.5", None),
        ("measured_value", "1\u00a0234\u202f567", "1234567", None),
        ("measured_value", "1.234,5", "1234.5", None),
        ("measured_value", "1,234.5", "1234.5", None),
        ("measured_value", "\u22123,5", "-3.5", None),
        ("measured_value", "0,125", "0.125", None),
        ("measured_value", "1,234", "1,234", "unclear"),
        ("measured_value", "1.234", "1.234", "unclear"),
        ("measured_value", 3.0, "3", None),
        ("measured_value", "omtrent tre", "omtrent tre", None),
        ("respondent_count", 12.5, "12.5", None),
        ("measured_on", "31.12.2026", "2026-12-31", None),
        ("measured_on", "1.3.2026", "2026-03-01", None),
        ("measured_on", "2026-03-01", "2026-03-01", None),
        ("measured_on", datetime(2026, 3, 1, 12, 30), "2026-03-01", None),
        ("measured_on", "03/01/2026", "03/01/2026", None),
        ("measured_on", 2026.0, "2026", None),
        ("stated_by_code", "third_party", "third_party", None),
        ("source_id", "Omtale [rapport] [agenda-2022]", "agenda-2022", None),
        ("source_id", "agenda-2022\u00a0 ", "agenda-2022", None),
        ("method_nb", " Andel \n som svarer\u00a0", "Andel som svarer", None),
        ("method_nb", "12\u00a0400 saker", "12\u00a0400 saker", None),
        ("method_nb", "\u00a0 ", None, None),
    ],
)
def test_a_cell_is_read_as_a_person_means_it(
    texts: Options, name: str, value, text: str | None, how: str | None
) -> None:
    column = contract("benefit_measurements").column(name)
    found = read_cell(value, column, texts, is_percent=False, is_1904=False)
    assert (found.text, found.how) == (text, how)


@pytest.mark.parametrize(
    ("value", "stored"),
    [(True, "true"), (False, "false"), (1.0, "true"), (0, "false")]
    + [(word, "true") for word in ("ja", "Ja ", "YES", "true", "sann")]
    + [(word, "false") for word in ("nei", "No", "FALSE", "usann")]
    + [("kanskje", "kanskje")],
)
def test_yes_and_no_are_known_in_both_languages(texts: Options, value, stored: str) -> None:
    column = contract("sources").column("is_partly_read")
    assert read_cell(value, column, texts, is_percent=False, is_1904=False).text == stored


@pytest.mark.parametrize("shown", ["Tatt i bruk", "tatt i bruk", "In use", "i_bruk"])
def test_a_code_may_be_given_by_either_text_or_by_itself(texts: Options, shown: str) -> None:
    column = contract("status_assessments").column("status_code")
    assert read_cell(shown, column, texts, is_percent=False, is_1904=False).text == "i_bruk"


def test_blank_rows_below_are_no_rows(reading: Reading, opened: Opened) -> None:
    filling = begin(opened())
    sheet = filling.sheet("sources")
    for row in range(4, 400):
        sheet.cell(row, 2).value = "\u00a0 " if row % 2 else None
    sheet.cell(5_000, 1).value = "  "
    assert len(rows_of(reading(filling.save()), "sources")) == 1


def test_a_workbook_with_macros_is_read_and_they_are_not_run(reading: Reading, opened: Opened, tmp_path: Path) -> None:
    plain, path = begin(opened()).save(), tmp_path / "macros.xlsm"
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
        target.writestr("xl/vbaProject.bin", b"not run")
    delivery = reading(path)
    assert [(f.rule, f.is_note) for f in delivery.findings] == [("file", True)]
    assert rows_of(delivery, "sources")


def test_a_folder_of_csv_files_is_read_like_sheets(reading: Reading, tmp_path: Path) -> None:
    folder = tmp_path / "levert"
    folder.mkdir()
    names = [column.name for column in sheet_layout("sources").columns]
    values = {"source_id": "a", "title": "Årsmelding; utdrag", "accessed_on": "1.3.2027", "is_partly_read": "Nei"}
    lines = [";".join(names), ";".join(f'"{values.get(name, "")}"' for name in names)]
    (folder / "sources.csv").write_text("\n".join(lines), encoding="utf-8-sig")
    delivery = reading(folder)
    assert rows_of(delivery, "sources") == [values | {"accessed_on": "2027-03-01", "is_partly_read": "false"}]
    finding = delivery.filled["sources"].finding(None, "", "", row=2, name="title")  # type: ignore[arg-type]
    assert (finding.file, finding.sheet, finding.cell) == ("sources.csv", None, "B2")


def test_an_empty_folder_is_refused(reading: Reading, tmp_path: Path) -> None:
    assert "no CSV files" in refused(reading, tmp_path)
