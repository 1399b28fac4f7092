"""Files of others, opened: by what is in them and not by their name; what cannot be read is told and hides no rest."""

import zipfile
from pathlib import Path

import polars as pl
import pytest

from gevinst.formats.errors import ExchangeError
from gevinst.formats.foreign import decode
from gevinst.formats.headings import column_letters
from gevinst.formats.model import Draft
from gevinst.formats.read_threesixty import read_grants
from tests.faults.hostile_packages import BOMB, FIRST, cell, ods, packed, parts, sheet
from tests.unit.formats.foreign_files import GRANT, ROW, TITLES, delimited_file, json_file, workbook_file

NUMBERS = pl.DataFrame(schema={"organisation_number": pl.String, "organisation_id": pl.String})


SPACES = ("office", "style", "table", "text")


def read(path: Path) -> Draft:
    return read_grants(path, NUMBERS)


def told(draft: Draft) -> list[tuple[str, str, str]]:
    return [(one.place, one.field, one.reason) for one in draft.faults]


def row(number: str) -> list[str]:
    return [number, *ROW[1:]]


def test_a_file_is_read_by_what_is_in_it_whatever_it_is_called(tmp_path) -> None:
    book = workbook_file(tmp_path, {"A": [TITLES, ROW]}).rename(tmp_path / "grants.csv")
    assert len(read(book).tables["projects"]) == 1
    grants = json_file(tmp_path, [GRANT]).rename(tmp_path / "grants.xlsx")
    assert len(read(grants).tables["projects"]) == 1


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_json_is_read_in_every_encoding_that_files_come_in(tmp_path, encoding) -> None:
    path = json_file(tmp_path, '{"grants": [{"id": "1", "title": "Kø"}]}')
    path.write_bytes(path.read_text("utf-8").encode(encoding))
    assert read(path).tables["projects"][0]["name_nb"] == "Kø"


def test_bytes_that_the_encoding_leaves_undefined_are_told(tmp_path) -> None:
    path = delimited_file(tmp_path, [TITLES, ROW])
    path.write_bytes(path.read_bytes().replace("Bedre kø".encode(), b"Bedre k\xf8\x81"))
    draft = read(path)
    assert draft.tables["projects"][0]["name_nb"] == "Bedre kø\ufffdordning"
    assert [one.values for one in draft.faults if one.reason == "signs_lost"] == [{"n": 1}]


def test_text_that_was_never_encoded_twice_is_left_as_it_is() -> None:
    assert decode("SÃO og Ângström".encode())[0] == "SÃO og Ângström"


def test_a_line_whose_quotes_do_not_match_is_told_and_the_rows_after_it_are_read(tmp_path) -> None:
    path = delimited_file(tmp_path, [TITLES, row("1"), row("2"), row("3"), row("4")])
    lines = path.read_text("utf-8").splitlines()
    lines[2] = '2,"uavsluttet' + lines[2][1:]
    path.write_text("\n".join(lines), encoding="utf-8")
    draft = read(path)
    assert [one["source_locator"] for one in draft.tables["projects"]] == ["2, id 1", "4, id 3", "5, id 4"]
    assert told(draft) == [("3", "*", "row_unsplit")]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_end_as_any_system_ends_them(tmp_path, ending) -> None:
    path = delimited_file(tmp_path, [TITLES, row("1"), row("2")])
    path.write_bytes(path.read_bytes().replace(b"\r\n", ending.encode()))
    assert len(read(path).tables["projects"]) == 2


def test_a_cell_of_several_lines_does_not_shift_the_numbers_of_rows(tmp_path) -> None:
    path = delimited_file(tmp_path, [TITLES, ["1", "To\nlinjer", *ROW[2:]], row("2")])
    assert [one["source_locator"] for one in read(path).tables["projects"]] == ["2, id 1", "4, id 2"]


def test_cells_beyond_the_headings_and_headings_printed_again_are_no_grants(tmp_path) -> None:
    draft = read(delimited_file(tmp_path, [TITLES, [*row("1"), "", "utenfor"], TITLES, row("2")]))
    assert len(draft.tables["projects"]) == 2 and draft.faults == []
    assert [(one.field, one.value) for one in draft.not_carried if one.reason == "unknown_field"] == [("I", "utenfor")]


def test_headings_are_found_in_row_six_and_what_is_above_them_is_named(tmp_path) -> None:
    above = [["Fondet"], [], ["Tildelinger", "2031"], [], []]
    draft = read(workbook_file(tmp_path, {"A": [*above, TITLES, ROW]}))
    assert draft.tables["projects"][0]["source_locator"] == "A, 7, id 360G-fond-17"
    assert [(one.place, one.value) for one in draft.not_carried if one.reason == "around_table"] == [
        *(("1", "Fondet"), ("3", "Tildelinger"), ("3", "2031")),
    ]


def test_merged_cells_have_their_value_in_each_and_are_told(tmp_path) -> None:
    rows = [TITLES, row("1"), row("2")]
    draft = read(workbook_file(tmp_path, {"A": rows}, merged=["G2:G3"]))
    assert [one["organisation_name"] for one in draft.tables["participations"]] == ["Slått sammen"] * 2
    assert told(draft) == [("2", "G2:G3", "merged_cells")]


def test_cells_without_a_value_to_read_are_told_and_not_taken_for_empty(tmp_path) -> None:
    path = workbook_file(
        tmp_path, {"Første & siste": [TITLES, [*ROW[:4], "=1/0", *ROW[5:]], [*row("2")[:4], "=1+1", *ROW[5:]]]}
    )
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    sheet = sheet.replace('<c r="E2"><f>1/0</f><v>0</v></c>', '<c r="E2" t="e"><f>1/0</f><v>#DIV/0!</v></c>')
    parts["xl/worksheets/sheet1.xml"] = sheet.replace("<f>1+1</f><v>0</v>", "<f>1+1</f>").encode()
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    draft = read(path)
    assert [one for one in told(draft) if one[2] != "field_missing"] == [
        *(("3", "E", "formula_without_result"), ("2", "E", "cell_error")),
    ]
    assert draft.tables["project_grants"] == [] and len(draft.tables["projects"]) == 2


def test_a_workbook_of_the_strict_kind_is_read(tmp_path) -> None:
    path = workbook_file(tmp_path, {"A": [TITLES, ROW]})
    strict = {
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
            b"http://purl.oclc.org/ooxml/officeDocument/relationships"
        ),
    }
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in parts.items():
            for usual, other in strict.items():
                content = content.replace(usual, other)
            packed.writestr(name, content)
    assert len(read(path).tables["projects"]) == 1


def test_a_workbook_of_the_open_document_kind_is_read(tmp_path) -> None:
    def line(cells: list[str]) -> str:
        cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
        return f"<table:table-row>{''.join(map(cell.format, cells))}</table:table-row>"

    spaces = "".join(f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in SPACES)
    content = (
        f"<office:document-content{spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="A">{line(TITLES)}{line(ROW)}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    path = tmp_path / "grants.ods"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("META-INF/manifest.xml", "<manifest/>")
        packed.writestr("content.xml", content)
    assert [one["source_locator"] for one in read(path).tables["projects"]] == ["A, 2, id 360G-fond-17"]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"PK\x03\x04 avkortet", "workbook is damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 noe annet", "workbook is damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
        (b"  \n\n", "it is empty"),
        (b"\xef\xbb\xbf", "it is empty"),
        (b"\x00" * 50, "no rows under headings"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(tmp_path, content, complaint) -> None:
    path = tmp_path / "fil.xlsx"
    path.write_bytes(content)
    with pytest.raises(ExchangeError, match=complaint):
        read(path)


def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_read(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("gevinst.formats.foreign_book._LARGEST", 1000)
    with pytest.raises(ExchangeError, match="too large"):
        read(workbook_file(tmp_path, {"A": [TITLES, ROW]}))


def opened_book(tmp_path: Path, parts: dict[str, str]) -> ExchangeError:
    path = tmp_path / "book"
    path.write_bytes(packed(parts))
    with pytest.raises(ExchangeError) as refused:
        read(path)
    return refused.value


@pytest.mark.parametrize(
    "rows",
    [
        cell("XFD1048576", "x"),
        cell("A1048576", "x") + cell("J3", "x"),
        cell("ANA2", "x"),
        '<row r="1048576"><c><v>1</v></c><c><v>1</v></c></row>',
        cell("XFD1048576", "x").replace("<c ", "<x:c ").replace("</c>", "</x:c>"),
    ],
)
def test_a_cell_that_makes_a_sheet_endless_is_refused_by_its_name(tmp_path, rows) -> None:
    assert (
        opened_book(tmp_path, parts(sheet(rows).replace(" xmlns=", ' xmlns:x="x" xmlns='))).reason == "sheet_too_large"
    )


def test_a_coloured_cell_that_far_away_holds_nothing_and_is_let_be(tmp_path) -> None:
    path = tmp_path / "book"
    rows = cell("A2", "360G-1") + '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    path.write_bytes(packed(parts(sheet(rows).replace(FIRST, "Identifier"))))
    assert [one.value for one in read(path).not_carried if one.field == "Identifier"] == ["360G-1"]


def test_a_part_that_is_no_xml_or_has_a_document_type_is_refused_before_it_is_waited_for(tmp_path) -> None:
    for text in (sheet(cell("A2", "x"))[:-20], BOMB + "<x>&j;</x>"):
        assert opened_book(tmp_path, parts(text)).reason == "book_damaged"


def test_an_ods_sheet_that_says_in_one_cell_that_it_is_full_is_refused(tmp_path) -> None:
    assert opened_book(tmp_path, ods(1_048_576)).reason == "sheet_too_large"


def test_a_text_that_no_spreadsheet_can_show_is_refused_with_its_place(tmp_path) -> None:
    long = "x" * 32_768
    table = delimited_file(tmp_path, [TITLES, [long, *ROW[1:]]])
    for path, where in (
        (table, "2 holds a text"),
        (json_file(tmp_path, [GRANT | {"title": long}]), "title holds a text"),
    ):
        with pytest.raises(ExchangeError, match=f"{where} of more than 32767 characters"):
            read(path)


def test_a_table_wider_or_longer_than_any_is_refused_in_the_row_that_is(tmp_path, monkeypatch) -> None:
    with pytest.raises(ExchangeError, match="row 2 is beyond what is read"):
        read(delimited_file(tmp_path, [TITLES, [*ROW, *["x"] * 1_000]]))
    monkeypatch.setattr("gevinst.formats.foreign.MOST_CELLS", 20)
    with pytest.raises(ExchangeError, match="row 3 is beyond what is read"):
        read(delimited_file(tmp_path, [TITLES, ROW, ROW]))


def test_a_file_larger_than_any_is_refused_before_it_is_read(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("gevinst.formats.foreign._LARGEST_FILE", 100)
    with pytest.raises(ExchangeError, match="has more than 0 MB"):
        read(json_file(tmp_path, [GRANT]))


def test_rows_that_cannot_be_split_cost_no_more_than_their_number(tmp_path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(",".join(TITLES) + "\n" + 'a,b"c","d"e\n' * 20_000, encoding="utf-8")
    with pytest.raises(ExchangeError, match="no rows under headings"):
        read(path)


def test_a_folder_and_a_file_that_does_not_exist_are_refused(tmp_path) -> None:
    for path in (tmp_path, tmp_path / "mangler.csv"):
        with pytest.raises(ExchangeError, match="cannot be opened"):
            read(path)


def test_columns_are_called_as_spreadsheets_call_them() -> None:
    assert [column_letters(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
