"""What is written as a raw file can be read as one: every value, and no more than is read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gevinst.contracts import Column, Contract, Type, contract
from gevinst.findings import IntakeError
from gevinst.intake import read_csv
from gevinst.intake.read_csv import read_delimited
from gevinst.intake.validate import apply_contract
from gevinst.intake.write_csv import write_rows

COLUMNS = {kind: Column(kind.value, kind, "Verdi.", "Value.") for kind in Type}
KEY = Column("id", Type.TEXT, "Nøkkel.", "Key.", required=True)
TABLE: Contract = replace(contract("kpi"), name="small", columns=(KEY, *COLUMNS.values()), key=("id",))


def read_back(folder: Path, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    path = write_rows(folder, TABLE, rows)
    held = read_delimited(path, path.name, TABLE)
    typed, findings = apply_contract(held.rows, TABLE, {})
    assert [*held.findings, *findings] == []
    return typed.select(column.name for column in TABLE.columns).to_dicts()


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        *((Type.NUMBER, value) for value in (0.00001, -1.5e-7, 5e-324, 0.1, 1.0, 123456789012345.6, 9.99e14)),
        *((Type.INTEGER, value) for value in (0, -1, 10**14)),
        *((Type.BOOLEAN, value) for value in (True, False)),
        (Type.DATE, date(2024, 2, 29)),
        *((Type.TEXT, value) for value in ("x" * 20_000, "a,b", 'a "b" c', "one\ntwo", "1e-05", "=1+1", "æ\u00e9")),
    ],
)
def test_a_value_that_is_written_is_the_same_when_it_is_read(tmp_path: Path, kind: Type, value: object) -> None:
    (row,) = read_back(tmp_path, [{"id": "a", kind.value: value}])
    assert row[kind.value] == value
    assert [name for name, held in row.items() if held is None] == [one.value for one in Type if one is not kind]


@pytest.mark.parametrize("limit", ["_MOST_CELLS", "_LARGEST_FILE"])
def test_a_file_larger_than_what_is_read_is_not_written(
    tmp_path: Path, limit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [{"id": name, "text": "x"} for name in "abc"]
    path = write_rows(tmp_path, TABLE, rows)
    exact = path.stat().st_size if limit == "_LARGEST_FILE" else 4 * len(TABLE.columns)  # headings and three rows
    monkeypatch.setattr(read_csv, limit, exact)
    assert len(read_back(tmp_path, rows)) == 3
    path.unlink()
    monkeypatch.setattr(read_csv, limit, exact - 1)
    with pytest.raises(IntakeError, match=r"small\.csv: the file is larger than what is read"):
        write_rows(tmp_path, TABLE, rows)
    assert not path.exists()
