"""What spreadsheet programs write beyond a plain workbook: far cells, the strict form, other names of parts."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import PatternFill

from gevinst.findings import IntakeError
from gevinst.workbook import sheet_xml
from gevinst.workbook.check import check_files
from gevinst.workbook.filled import Delivery
from gevinst.workbook.read_xlsx import read_book, read_xlsx
from gevinst.workbook.report import annotate
from tests.faults.hostile_packages import cell, packed, parts, sheet
from tests.pipeline.workbook.conftest import RAW, YEAR, Filling, begin, places_of, rate

Reading = Callable[[Path], Delivery]
Opened = Callable[..., Filling]

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
STRICT = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
        "http://purl.oclc.org/ooxml/officeDocument/relationships"
    ),
}
CONTENT = """<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<sheetData>{}</sheetData></worksheet>"""


def rewritten(path: Path, change: Callable[[str, str], tuple[str, str]]) -> Path:
    """The workbook with name and text of its XML parts as `change` gives them."""
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(*change(name, content.decode()))
    return path


def strict(path: Path) -> Path:
    def change(name: str, text: str) -> tuple[str, str]:
        for transitional, other in STRICT.items():
            text = text.replace(transitional, other)
        return name, text

    return rewritten(path, change)


def with_rows(tmp_path: Path, rows: str) -> Path:
    """A workbook of one sheet whose rows are `rows` as XML."""
    path = tmp_path / "made.xlsx"
    openpyxl.Workbook().save(path)

    def change(name: str, text: str) -> tuple[str, str]:
        return name, CONTENT.format(rows) if "sheet1" in name and "rels" not in name else text

    return rewritten(path, change)


def values(path: Path) -> dict[int, list[Any]]:
    return read_xlsx(path).sheets[0].rows


def test_rows_end_at_the_last_value_whatever_is_coloured_below(reading: Reading, opened: Opened) -> None:
    plain, coloured = rate(begin(opened()), 3), rate(begin(opened("koder_2")), 3)
    for table in ("benefit_claims", "driver_ratings", "sources"):
        for place in (1, 11, LAST_COLUMN):
            coloured.sheet(table).cell(LAST_ROW, place).fill = PatternFill("solid", fgColor="FFFFCC")
    book = read_xlsx(coloured.save())
    assert max(len(sheet.rows) for sheet in book.sheets) < 1_000, "rows that are kept"
    assert max(sheet.last for sheet in book.sheets) < 1_000
    first, second = reading(plain.save()), reading(coloured.path)
    assert {name: one.rows for name, one in first.filled.items()} == {
        name: one.rows for name, one in second.filled.items()
    }
    assert second.findings == []


def test_a_value_in_the_last_row_is_one_more_row_and_not_a_million(reading: Reading, opened: Opened) -> None:
    filling = begin(opened())
    filling.put("sources", LAST_ROW, title="Glemt her nede")
    rows = reading(filling.save()).filled["sources"].rows
    assert [row.number for row in rows] == [3, LAST_ROW]


def test_values_far_to_the_right_take_no_room(tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="XFD{n}" t="str"><v>x</v></c></row>' for n in range(1, 400)
    )
    (sheet,) = read_xlsx(with_rows(tmp_path, rows)).sheets
    assert sum(len(row) for row in sheet.rows.values()) == 399
    assert (sheet.beyond_count, sheet.beyond[0]) == (399, "XFD1")


@pytest.mark.parametrize("limit", ["MOST_CELLS", "MOST_VALUES"])
def test_more_cells_than_can_be_read_are_refused_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(sheet_xml, limit, 10)
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 12))
    with pytest.raises(IntakeError) as caught:
        read_xlsx(with_rows(tmp_path, rows))
    (finding,) = caught.value.findings
    assert "for stort til å leses trygt (Sheet); slett tomme rader og kolonner" in finding.reason_nb


def test_the_strict_form_is_read_and_marked_like_any_other(opened: Opened, tmp_path: Path) -> None:
    filling = rate(begin(opened()), 3, 9)
    checked = check_files([strict(filling.save())], RAW, YEAR, None)
    assert places_of(checked.findings) == [("Vurderinger av drivere!C4", "range", "9")]
    marked = tmp_path / "marked.xlsx"
    annotate(filling.path, checked, marked, "nb")
    comment = openpyxl.load_workbook(marked)["Vurderinger av drivere"]["C4"].comment
    assert comment is not None and "over 5" in comment.text


def test_parts_are_found_by_their_relations_whatever_they_are_called(reading: Reading, opened: Opened) -> None:
    filling = rate(begin(opened()), 3)
    expected = {name: one.rows for name, one in reading(filling.save()).filled.items()}

    def change(name: str, text: str) -> tuple[str, str]:
        new = name.replace("xl/", "Innhold/").replace("workbook.xml", "bok.xml").replace("worksheets/", "Ark/")
        text = text.replace("/xl/", "/Innhold/").replace('"xl/', '"Innhold/')
        return new, text.replace("workbook.xml", "bok.xml").replace("worksheets/", "Ark/")

    found = reading(rewritten(filling.path, change))
    assert {name: one.rows for name, one in found.filled.items()} == expected


def test_a_binary_workbook_is_refused_by_its_own_name(tmp_path: Path, reading: Reading) -> None:
    path = tmp_path / "binary.xlsx"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr(
            "_rels/.rels",
            f'<Relationships><Relationship Id="r1" Type="{kind}" Target="xl/workbook.bin"/></Relationships>',
        )
        packed.writestr("xl/workbook.bin", b"\x83\x01")
    with pytest.raises(IntakeError, match="XLSB"):
        reading(path)


def test_a_document_type_is_refused_before_its_entities_expand(tmp_path: Path) -> None:
    path = with_rows(tmp_path, "")

    def change(name: str, text: str) -> tuple[str, str]:
        bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaa">]><worksheet><sheetData/></worksheet>'
        return name, bomb if "sheet1" in name and "rels" not in name else text

    with pytest.raises(IntakeError, match="damaged"):
        read_xlsx(rewritten(path, change))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ('<row><c t="str"><v>a</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>', {1: ["a", 2.0], 2: [3.0]}),
        ('<row r="2"><c r="C2"><v>3</v></c><c r="A2"><v>1</v></c></row>', {2: [1.0, None, 3.0]}),
        (
            '<row r="1"><c r="A1" t="inlineStr"><is><r><t>to </t></r><r><t>ord</t></r><rPh><t>x</t></rPh></is></c>'
            "</row>",
            {1: ["to ord"]},
        ),
        ('<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c></row>', {1: [True, False]}),
        ('<row r="9"><c r="A9" s="1"/><c r="B9" t="str"><v></v></c></row>', {}),
    ],
)
def test_cells_are_read_however_a_program_writes_them(
    tmp_path: Path, rows: str, expected: dict[int, list[Any]]
) -> None:
    assert values(with_rows(tmp_path, rows)) == expected


def test_a_date_written_as_text_by_the_strict_form_is_a_date(tmp_path: Path) -> None:
    ((day,),) = values(with_rows(tmp_path, '<row r="1"><c r="A1" t="d"><v>2027-03-01T00:00:00Z</v></c></row>')).values()
    assert (day.year, day.month, day.day) == (2027, 3, 1)


def test_elements_with_a_prefix_are_the_same_elements(tmp_path: Path) -> None:
    path = with_rows(tmp_path, "")
    prefixed = (
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>'
        '<x:row r="1"><x:c r="A1"><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )

    def change(name: str, text: str) -> tuple[str, str]:
        return name, prefixed if "sheet1" in name and "rels" not in name else text

    assert values(rewritten(path, change)) == {1: [7.0]}


def made(tmp_path: Path, rows: str, after: str = "", before: str = "", **changed: str) -> Path:
    path = tmp_path / "made.xlsx"
    path.write_bytes(packed(parts(sheet(rows, after, before)) | changed))
    return path


MANY = "".join(f'<mergeCell ref="A{n}:XFD{n}"/>' for n in range(2, 99))


@pytest.mark.parametrize(
    ("merged", "place"),
    [('<mergeCell ref="A1:XFD1048576"/>', "sources!A1:XFD1048576"), (MANY, "sources!A14:XFD14")],
)
def test_merged_cells_that_a_marked_copy_would_build_are_refused_by_their_place(tmp_path, merged, place) -> None:
    with pytest.raises(IntakeError) as refused:
        read_book(made(tmp_path, cell("A2", "x"), f"<mergeCells>{merged}</mergeCells>"))
    assert place in str(refused.value) and "\n" not in str(refused.value)


def test_a_text_that_no_program_can_hold_is_refused_by_its_cell_before_it_is_built(tmp_path) -> None:
    with pytest.raises(IntakeError, match="sources!B7"):
        read_book(made(tmp_path, cell("B7", "x" * 32_768)))
    shared = "<sst><si>" + "<t>xxxxxxxx</t>" * 5_000 + "</si></sst>"
    with pytest.raises(IntakeError, match="too large to be read safely"):
        read_book(made(tmp_path, cell("A2", "x"), **{"xl/sharedStrings.xml": shared}))


@pytest.mark.parametrize("value", ["1e400", "inf", "nan", "Infinity", "9" * 400])
def test_no_number_of_a_cell_becomes_infinity(tmp_path, value) -> None:
    assert read_xlsx(made(tmp_path, cell("A2", value, "n"))).sheets[0].rows[2] == [value]


def test_columns_that_are_hidden_without_end_are_those_of_a_sheet(tmp_path) -> None:
    path = made(tmp_path, cell("A2", "x"), before='<cols><col min="3" max="999999999999" hidden="1"/></cols>')
    assert len(read_xlsx(path).sheets[0].hidden_columns) == LAST_COLUMN - 2


def test_signs_that_xml_cannot_hold_are_read_as_what_they_are(tmp_path) -> None:
    path = made(tmp_path, cell("A2", "a_x0002_b_x005F_x0041__xD800_"))
    assert read_xlsx(path).sheets[0].rows[2] == ["a\x02b_x0041__xD800_"]


def test_a_sign_nobody_sees_is_refused_in_its_cell_and_marks_without_width_are_taken_away_with_a_note(
    opened: Opened,
) -> None:
    filling = begin(opened())
    filling.put("sources", 3, title="Evalu\u00adering\u200e 2027", publisher="Evalu\u202eator")
    checked = check_files([filling.save()], RAW, YEAR, None)
    faults = [(one.place, one.value) for one in checked.faults if one.rule == "form"]
    notes = [one for one in checked.findings if one.is_note and "without width" in one.reason_en]
    assert [value for _, value in faults] == ["Evalu[U+202E]ator"]
    assert [one.column_name for one in notes] == ["title"]
