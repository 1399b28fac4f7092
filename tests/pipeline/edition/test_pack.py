"""An edition as one zip, and the command that packs."""

import os
from zipfile import ZipFile

import pytest

from gevinst.cli import main
from gevinst.edition import EditionError, publish
from gevinst.edition.checksums import write_sums
from gevinst.edition.pack import pack_page, pack_zip
from tests.data.workspaces import workspace


@pytest.fixture
def edition(built, settings):
    """A published edition."""
    return publish(built(), settings).edition


def test_the_zip_holds_the_whole_edition_in_one_folder_in_order(edition, content, tmp_path):
    path = pack_zip(edition, tmp_path / "out")

    assert path.name == "gevinst-2026-1.zip"
    with ZipFile(path) as pack:
        assert pack.testzip() is None
        names = pack.namelist()
        unpacked = {name.removeprefix("gevinst-2026-1/"): pack.read(name) for name in names}
    assert names == sorted(names)
    assert unpacked == content(edition.path)


def test_the_same_edition_gives_the_same_bytes_whatever_the_files_are_dated(edition, tmp_path):
    first = pack_zip(edition, tmp_path).read_bytes()
    for path in edition.path.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))

    assert pack_zip(edition, tmp_path).read_bytes() == first
    with ZipFile(tmp_path / "gevinst-2026-1.zip") as pack:
        assert {entry.date_time for entry in pack.infolist()} == {(2026, 11, 22, 0, 0, 0)}


def test_an_edition_that_was_touched_is_not_packed(edition, tmp_path):
    (edition.path / "README.txt").write_text("changed", encoding="utf-8")

    with pytest.raises(EditionError, match=r"README\.txt has changed; take it from a copy"):
        pack_zip(edition, tmp_path)
    assert list(tmp_path.glob("*.zip")) == []


def test_a_failure_leaves_the_pack_before_whole_and_nothing_beside_it(edition, tmp_path, monkeypatch):
    before = pack_zip(edition, tmp_path).read_bytes()

    def fails(*arguments):
        raise OSError("disk full")

    monkeypatch.setattr(ZipFile, "writestr", fails)
    with pytest.raises(OSError, match="disk full"):
        pack_zip(edition, tmp_path)
    assert (tmp_path / "gevinst-2026-1.zip").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if "zip" in path.name] == ["gevinst-2026-1.zip"]


def test_an_edition_from_before_a_table_that_the_pages_need_is_refused(edition, settings, tmp_path):
    (edition.path / "tables/parquet/project_coverage.parquet").unlink()
    write_sums(edition.path)

    with pytest.raises(EditionError, match="edition 2026-1 has no table project_coverage; publish a new edition first"):
        pack_page(edition, "en", settings, tmp_path, print)
    assert list(tmp_path.glob("*.html")) == []


def test_the_command_packs_the_edition_in_force_or_the_one_named(edition, settings, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("GEVINST_WORKSPACE", str(workspace(settings.root)))
    monkeypatch.setenv("GEVINST_MARTS_DIR", str(settings.marts_dir))

    assert main(["pack", "--out", str(tmp_path / "a")]) == 0
    assert main(["pack", "2026-1", "--out", str(tmp_path / "b")]) == 0
    assert (tmp_path / "a/gevinst-2026-1.zip").read_bytes() == (tmp_path / "b/gevinst-2026-1.zip").read_bytes()
    assert "Utgave 2026-1 er pakket i" in capsys.readouterr().out
    assert main(["pack", "2030-1"]) == 1
    assert "utgave 2030-1 finnes ikke; disse finnes: 2026-1" in capsys.readouterr().err
