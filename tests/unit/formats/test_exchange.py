"""Every layout stands in one list with what writes and reads it; none is taken for another."""

from pathlib import Path

import click
import polars as pl
import pytest

from gevinst.cli import main
from gevinst.commands.exchange import command
from gevinst.formats.errors import ExchangeError
from gevinst.formats.exchange import LAYOUTS, Layout, export, read
from gevinst.formats.model import Draft

NOBODY = pl.DataFrame()


def draft_planted(path: Path, numbers: pl.DataFrame) -> Draft:
    """How the planted layout is read; by its name, since files are read in a process of their own."""
    return Draft({}, (), f"{path.name}: {path.read_text()}")


def test_the_command_line_offers_the_layouts_of_the_list_and_no_other() -> None:
    assert isinstance(command, click.Group)
    for part in command.commands.values():
        (layout,) = (one for one in part.params if one.name == "layout")
        assert isinstance(layout.type, click.Choice)
        assert tuple(layout.type.choices) == tuple(LAYOUTS)


def test_a_layout_that_is_added_to_the_list_is_written_and_read_by_its_own_functions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted = Layout(lambda tables, year, is_illustrative, language: (f"{year} {language}\n", 3, []), draft_planted)
    monkeypatch.setitem(LAYOUTS, "planted", planted)
    file = tmp_path / "folder" / "planted.txt"
    assert export({}, "planted", file, edition_year=2026, is_illustrative=False, language="en") == (3, [])
    assert file.read_bytes() == b"2026 en\n"
    assert read(file, "planted", NOBODY) == Draft({}, (), "planted.txt: 2026 en\n")


def test_an_unknown_layout_is_refused_both_ways_and_writes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "file.csv"
    with pytest.raises(ExchangeError, match="no layout is called csv; there are 360giving, gmpp, iati"):
        export({}, "csv", file, edition_year=2026, is_illustrative=False, language="nb")
    assert not file.exists()
    file.write_text("a,b\n1,2\n")
    with pytest.raises(ExchangeError, match="no layout is called csv"):
        read(file, "csv", NOBODY)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_empty_file_is_refused_with_its_name_once(layout: str, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    with pytest.raises(ExchangeError, match=r"^empty\.txt: it is empty") as refused:
        read(tmp_path / "empty.txt", layout, NOBODY)
    assert refused.value.message("nb") == "empty.txt: fila er tom; hent den på nytt der den kommer fra"


def test_a_file_for_a_spreadsheet_begins_with_a_byte_order_mark(
    published: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GEVINST_MARTS_DIR", str(published))
    assert main(["exchange", "export", "gmpp", str(tmp_path / "gmpp.csv")]) == 0
    content = (tmp_path / "gmpp.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfGMPP ID Number")
    assert b"\r" not in content
