"""The least and the greatest value, empty against missing: where intake turns from taking a cell to refusing it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gevinst.contracts import Column, Contract, Type, contract
from gevinst.findings import IntakeError, Rule
from gevinst.intake import read_csv
from gevinst.intake.read_csv import read_delimited
from gevinst.intake.validate import apply_contract

KEY = Column("id", Type.TEXT, "Nøkkel.", "Key.", required=True)


def a_table(*columns: Column) -> Contract:
    return replace(contract("kpi"), name="small", columns=(KEY, *columns), key=("id",))


def read(tmp_path: Path, text: str, *columns: Column):
    """Typed rows and findings of a file with these columns, as intake reads it."""
    path = tmp_path / "small.csv"
    path.write_text(text, encoding="utf-8")
    table = a_table(*columns)
    held = read_delimited(path, "small.csv", table)
    typed, findings = apply_contract(held.rows, table, {})
    return typed, [*held.findings, *findings]


def number(kind: Type, **bounds) -> Column:
    return Column("value", kind, "Verdi.", "Value.", **bounds)


@pytest.mark.parametrize(
    ("value", "is_taken"),
    [("-1", False), ("-0.5", False), ("0", True), ("50", True), ("100", True), ("100.5", False), ("101", False)],
)
def test_the_least_and_the_greatest_value_are_taken_and_the_next_ones_are_not(tmp_path, value, is_taken) -> None:
    typed, findings = read(tmp_path, f"id,value\na,{value}\n", number(Type.NUMBER, minimum=0, maximum=100))
    assert typed.height == int(is_taken)
    assert [(f.row_number, f.column_name, f.value, f.rule) for f in findings] == (
        [] if is_taken else [(2, "value", value, Rule.RANGE)]
    )


def test_a_least_value_of_nothing_is_a_bound_and_no_bound_is_none(tmp_path) -> None:
    assert read(tmp_path, "id,value\na,-1\n", number(Type.INTEGER, minimum=0))[0].height == 0
    assert read(tmp_path, "id,value\na,-1\n", number(Type.INTEGER))[0].height == 1
    assert read(tmp_path, "id,value\na,1\n", number(Type.INTEGER, maximum=0))[0].height == 0


@pytest.mark.parametrize("cell", ["", '""', "  ", '"  "', "\t"])
def test_blank_in_every_spelling_is_missing(tmp_path, cell) -> None:
    line = f"id,value,note\na,{cell},x\n"
    note = Column("note", Type.TEXT, "Merknad.", "Note.")
    typed, findings = read(tmp_path, line, number(Type.INTEGER), note)
    assert typed["value"].to_list() == [None] and findings == []
    typed, findings = read(tmp_path, line, number(Type.INTEGER, required=True), note)
    assert typed.height == 0
    assert [(f.row_number, f.column_name, f.value, f.rule) for f in findings] == [(2, "value", None, Rule.REQUIRED)]


@pytest.mark.parametrize("value", ["0", "-0", "0.0", "false", "null", "None", "."])
def test_what_looks_like_nothing_is_a_text_like_any_other(tmp_path, value) -> None:
    typed, findings = read(tmp_path, f"id,value\na,{value}\n", Column("value", Type.TEXT, "T.", "T.", required=True))
    assert typed["value"].to_list() == [value] and findings == []


def test_a_row_of_blanks_is_no_row_and_a_row_that_has_its_key_is_one(tmp_path) -> None:
    typed, findings = read(tmp_path, "id,value\n,\n  , \n\na,\n", number(Type.INTEGER))
    assert typed["id"].to_list() == ["a"] and findings == []


@pytest.mark.parametrize(("cells", "is_taken"), [("a", False), ("a,1", True), ("a,1,", False), ("a,1,2", False)])
def test_a_row_with_one_cell_too_few_or_too_many_is_set_aside_whole(tmp_path, cells, is_taken) -> None:
    typed, findings = read(tmp_path, f"id,value\n{cells}\n", number(Type.INTEGER))
    assert (typed.height, len(findings)) == ((1, 0) if is_taken else (0, 1))


@pytest.mark.parametrize(
    ("kind", "value", "is_taken"),
    [
        (Type.INTEGER, "7", True),
        (Type.INTEGER, "7.0", False),
        (Type.INTEGER, "+7", False),
        (Type.INTEGER, "9223372036854775807", True),
        (Type.INTEGER, "9223372036854775808", False),
        (Type.NUMBER, "7.", False),
        (Type.NUMBER, ".7", False),
        (Type.NUMBER, "1e3", False),
        (Type.NUMBER, "-0.5", True),
        (Type.NUMBER, "7,5", False),
        (Type.NUMBER, "999999999999999", True),
        (Type.NUMBER, "1000000000000000", False),
        (Type.NUMBER, "-1000000000000000", False),
        (Type.NUMBER, "9" * 400, False),
        (Type.NUMBER, "1e400", False),
        (Type.NUMBER, "inf", False),
        (Type.NUMBER, "nan", False),
        (Type.INTEGER, "9" * 400, False),
        (Type.BOOLEAN, "true", True),
        (Type.BOOLEAN, "True", False),
        (Type.BOOLEAN, "1", False),
        (Type.DATE, "2020-12-31", True),
        (Type.DATE, "2020-02-30", False),
        (Type.DATE, "2020-1-1", False),
        (Type.DATE, "2020-12-31 ", True),
        (Type.DATE, "2020-12-31T00:00", False),
    ],
)
def test_a_value_has_the_form_of_its_type_or_is_refused_with_its_place(tmp_path, kind, value, is_taken) -> None:
    quoted = f'"{value}"'
    typed, findings = read(tmp_path, f"id,value\na,{quoted}\n", number(kind))
    assert typed.height == int(is_taken)
    refused = [(2, "value", value, Rule.FORM)]
    assert [(f.row_number, f.column_name, f.value, f.rule) for f in findings] == ([] if is_taken else refused)


@pytest.mark.parametrize(
    ("day", "is_taken"),
    [
        *(("0001-01-01", False), ("1989-12-31", False), ("1990-01-01", True)),
        *(("2100-12-31", True), ("2101-01-01", False), ("9999-12-31", False)),
    ],
)
def test_a_date_that_cannot_be_meant_is_refused_with_its_place(tmp_path, day, is_taken) -> None:
    typed, findings = read(tmp_path, f"id,value\na,{day}\n", number(Type.DATE))
    assert typed.height == int(is_taken)
    refused = [(2, "value", day, Rule.RANGE)]
    assert [(f.row_number, f.column_name, f.value, f.rule) for f in findings] == ([] if is_taken else refused)


@pytest.mark.parametrize(("columns", "is_read"), [(200, True), (201, False), (10_000, False)])
def test_a_row_wider_than_any_table_is_refused_in_one_sentence(tmp_path, columns, is_read) -> None:
    with pytest.raises(IntakeError) as refused:
        read(tmp_path, ",".join(f"k{n}" for n in range(columns)) + "\n", number(Type.NUMBER))
    assert (len(refused.value.findings) > 1) is is_read
    assert is_read or f"the row has {columns} cells, and no table has more than 200" in str(refused.value)


def test_a_file_larger_than_any_table_is_refused_before_it_is_read(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(read_csv, "_LARGEST_FILE", 20)
    with pytest.raises(IntakeError, match="larger than what is read"):
        read(tmp_path, "id,value\na,1\nb,2\nc,3\n", number(Type.NUMBER))


def test_more_cells_than_any_table_has_are_refused_where_the_limit_is_passed(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(read_csv, "_MOST_CELLS", 6)
    assert read(tmp_path, "id,value\na,1\nb,2\n", number(Type.NUMBER))[0].height == 2
    with pytest.raises(IntakeError, match=r"small\.csv, row 4: the file is larger than what is read"):
        read(tmp_path, "id,value\na,1\nb,2\nc,3\n", number(Type.NUMBER))


def test_a_cell_that_never_ends_is_refused_in_its_row(tmp_path) -> None:
    with pytest.raises(IntakeError, match=r"small\.csv, row 3: a cell has more than 1000000 characters"):
        read(tmp_path, f"id,value\na,1\n{'b' * 2_000_000},2\n", number(Type.NUMBER))


def test_a_file_of_headings_alone_is_an_empty_table_and_a_file_of_nothing_is_refused(tmp_path) -> None:
    typed, findings = read(tmp_path, "id,value\n", number(Type.INTEGER))
    assert (typed.height, findings) == (0, [])
    with pytest.raises(IntakeError, match="empty"):
        read(tmp_path, "\n \n", number(Type.INTEGER))
