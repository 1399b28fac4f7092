"""Which character divides cells, and which line a row begins on."""

from __future__ import annotations

from pathlib import Path

import pytest

from gevinst.intake.read_csv import read_lines


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
