"""Benefits registers that are no workbook of the newest kind, as the sheets that rows are read from."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from gevinst.findings import IntakeError
from gevinst.mapping.benefit_book import open_book
from gevinst.workbook.register_layout import RegisterLayout

LAYOUT = RegisterLayout("kobling.toml", columns={"Gevinst": (("benefits", "name_nb"),)})
SPACES = ("office", "table", "text")


def test_a_sheet_of_the_open_document_kind_keeps_its_rows(tmp_path: Path) -> None:
    def line(cells: list[str]) -> str:
        cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
        return f"<table:table-row>{''.join(map(cell.format, cells))}</table:table-row>"

    spaces = "".join(f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in SPACES)
    lines = "".join(map(line, (["Oversikt", ""], ["Gevinst", "Mål"], ["Spart tid", "30"])))
    path = tmp_path / "register.ods"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("META-INF/manifest.xml", "<manifest/>")
        packed.writestr(
            "content.xml",
            f"<office:document-content{spaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="Ark1">{lines}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    book, around = open_book(path, LAYOUT)
    (sheet,) = book.sheets
    assert (sheet.title, sheet.rows) == ("Ark1", {2: ["Gevinst", "Mål"], 3: ["Spart tid", "30"]})
    assert [one.value for one in around] == ["Oversikt"]


def test_records_of_a_list_stand_below_their_headings_with_several_values_in_one_cell(tmp_path: Path) -> None:
    path = tmp_path / "register.json"
    path.write_text('[{"Gevinst": "Spart tid", "For": ["innbygger", "virksomhet"], "Mål": 1.125}]', encoding="utf-8")
    (sheet,) = open_book(path, LAYOUT)[0].sheets
    assert sheet.rows == {1: ["Gevinst", "For/*", "Mål"], 2: ["Spart tid", "innbygger; virksomhet", 1.125]}


def test_a_row_that_cannot_be_split_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_text('Gevinst;Mål\nSpart tid;30\nBedre "svar";"1\n', encoding="utf-8")
    found = open_book(path, LAYOUT)[1]
    assert any(not one.is_note for one in found), found


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match=r"register\.xlsx: the file does not exist"):
        open_book(tmp_path / "register.xlsx", LAYOUT)
