"""Which character divides cells, and which line a row begins on."""

from __future__ import annotations

from pathlib import Path

import pytest

from gevinst.contracts import contract
from gevinst.findings import IntakeError
from gevinst.intake.read_csv import read_delimited, read_lines


def lines(tmp_path: Path, text: str, delimiters: str = ",;\t") -> list[tuple[int, list[str]]]:
    path = tmp_path / "file.csv"
    path.write_text(text, encoding="utf-8")
    return read_lines(path, "file.csv", delimiters)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("a;b\n1,2,3;4\n5,6,7;8\n", ["a", "b"]),
        ("a,b\n1;2;3,4\n5;6;7,8\n", ["a", "b"]),
        ("a\tb\n1,2;3\t4\n", ["a", "b"]),
        ("a;b;c,d\n", ["a", "b", "c,d"]),
        # As many of both, or none: the one that is named first.
        ("a;b,c\n", ["a;b", "c"]),
        ("a\n1,2\n", ["a"]),
    ],
)
def test_the_heading_alone_decides_what_divides_cells(tmp_path, text, cells) -> None:
    assert lines(tmp_path, text)[0] == (1, cells)


def test_a_delimiter_that_is_not_asked_for_divides_nothing(tmp_path) -> None:
    assert lines(tmp_path, "a;b;c,d\n", ",") == [(1, ["a;b;c", "d"])]


def test_a_file_of_nothing_has_no_lines(tmp_path) -> None:
    assert lines(tmp_path, "") == lines(tmp_path, "\n\n") == []


def test_a_row_has_the_number_of_its_first_line_and_blank_lines_count(tmp_path) -> None:
    text = 'a,b\n\n1,"two\nlines"\n , \n3,4\n'
    assert lines(tmp_path, text) == [(1, ["a", "b"]), (3, ["1", "two\nlines"]), (6, ["3", "4"])]


FOREIGN = "source_id;title;publisher;accessed_on;is_partly_read\ny;Årsmelding, utdrag;«Ø»;02.11.2026;USANN\n"


@pytest.mark.parametrize(
    ("separator", "encoding", "first"),
    [
        (";", "cp1252", ""),
        (";", "utf-8-sig", ""),
        ("\t", "utf-16", ""),
        (",", "utf-8", ""),
        (";", "cp1252", "sep=;\r\n"),
        ("\t", "utf-8", "sep=\t\n"),
    ],
)
def test_a_file_of_a_person_is_read_whatever_its_spreadsheet_program_chose(
    tmp_path: Path, separator: str, encoding: str, first: str
) -> None:
    names = [column.name for column in contract("sources").columns]
    given = dict(zip(*(line.split(";") for line in FOREIGN.splitlines()), strict=True))
    lines = [separator.join(names), separator.join(f'"{given.get(name, "")}"' for name in names)]
    path = tmp_path / "sources.csv"
    path.write_bytes((first + "\r\n".join(lines) + "\r\n").encode(encoding))
    table = read_delimited(path, "sources.csv", contract("sources"), is_from_a_person=True)
    (row,) = table.rows.iter_rows(named=True)
    assert table.findings == []
    found = {name: row[name] for name in given}
    assert found == given | {"accessed_on": "2026-11-02", "is_partly_read": "false"}


def test_a_raw_file_is_utf_8_with_commas_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "sources.csv"
    path.write_bytes(FOREIGN.encode("cp1252"))
    with pytest.raises(IntakeError, match="UTF-8"):
        read_delimited(path, "sources.csv", contract("sources"))
