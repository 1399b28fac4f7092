"""Copies of an installation: taken while it works, read back byte by byte, put in place whole or not at all."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import shutil
import sqlite3
import subprocess
import tarfile
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path

import polars as pl
import pytest

from gevinst import backup
from gevinst.backup import BackupError
from gevinst.cli import main
from gevinst.edition import publish
from gevinst.edition.checksums import verify_files
from gevinst.edition.store import edition_in_force
from gevinst.lock import run_lock
from gevinst.settings import Settings, load_settings
from tests.data.workspaces import workspace


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the first test that needs an installation leaves it for the others."""
    return tmp_path_factory.mktemp("finished") / "installation"


@pytest.fixture
def installation(settings: Settings, built, finished: Path) -> Settings:
    """Raw files with a receipt, an edition in force, the record of a run, Dagster's record, settings, and leftovers."""
    if finished.exists():
        shutil.copytree(finished, settings.root, symlinks=True, dirs_exist_ok=True)
        return settings
    publish(built(), settings)
    marts, raw, home = settings.marts_dir, settings.raw_dir, settings.root / ".dagster_home"
    texts = {
        raw / "registry/projects.csv": "project_id\n2016-gammel\n",
        raw / ".receipts/2026-1.json": "{}",
        raw / ".append/.run_lock": "",
        marts / "last_run.json": "{}",
        marts / "runs/1.json": "{}",
        marts / "working/gevinst.duckdb": "made anew",
        marts / "candidates/2026-2/x": "made anew",
        marts / "dry_runs/1/x": "made anew",
        marts / ".current-1234": "half written",
        marts / "editions/.2026-2-building-1/x": "half written",
        home / "dagster.yaml": "telemetry:\n",
        home / "storage/1/compute.log": "log",
        settings.root / "gevinst.toml": '[site]\nbase_url = "https://etaten.example/"\n',
    }
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    shutil.copytree(settings.root, finished, symlinks=True)
    return settings


def elsewhere(folder: Path) -> Settings:
    """An installation with nothing in it."""
    return load_settings({"GEVINST_WORKSPACE": str(workspace(folder)), "GEVINST_MARTS_DIR": str(folder / "marts")})


def silent(_: str) -> None:
    """Say nothing of waiting."""


def repacked(path: Path, change) -> Path:
    """The copy with its entries changed: `change(name, content)` gives the new content, or `None` to leave it out."""
    target = path.with_name("changed.tar.gz")
    with tarfile.open(path) as old, tarfile.open(target, "w:gz") as new:
        for entry in old:
            file = old.extractfile(entry) if entry.isreg() else None
            content = change(entry.name, file.read() if file else entry.linkname.encode())
            if content is not None and entry.issym():
                entry.linkname = content.decode()
                new.addfile(entry)
            elif content is not None:
                entry.size = len(content)
                new.addfile(entry, io.BytesIO(content))
    return target


def test_what_was_destroyed_comes_back_to_the_byte_with_the_edition_in_force(
    installation: Settings, tmp_path: Path, content
) -> None:
    kept = [installation.raw_dir, installation.editions_dir, installation.marts_dir / "runs"]
    before = {path: content(path) for path in kept}
    copy = backup.take(installation, tmp_path / "copies", None, silent)
    for place in (installation.raw_dir, installation.marts_dir, installation.root / ".dagster_home"):
        shutil.rmtree(place)
    (installation.root / "gevinst.toml").unlink()

    back = backup.restore(copy.path, installation)

    assert (back.in_force, back.file_count) == ("2026-1", copy.file_count)
    edition = edition_in_force(installation)
    assert edition is not None and edition.edition_id == "2026-1"
    verify_files(edition.path)
    for path, files in before.items():
        expected = {name: data for name, data in files.items() if not name.startswith((".append", ".2026-2-building"))}
        assert content(path) == expected
    assert (installation.root / "gevinst.toml").read_text(encoding="utf-8").startswith("[site]")
    assert sorted(path.name for path in installation.marts_dir.iterdir()) == [
        "current", "editions", "last_run.json", "runs",
    ]  # fmt: skip
    assert (installation.root / ".dagster_home/storage/1/compute.log").read_text() == "log"


def test_the_copy_is_for_its_owner_alone_and_opens_without_this_program(installation: Settings, tmp_path: Path) -> None:
    copy = backup.take(installation, tmp_path / "copies", None, silent)
    assert copy.path.stat().st_mode & 0o077 == 0
    (tmp_path / "out").mkdir()
    subprocess.run(["tar", "xzf", copy.path, "-C", tmp_path / "out"], check=True)
    subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=tmp_path / "out", check=True)
    assert os.readlink(tmp_path / "out/marts/current") == "editions/2026-1"
    assert os.listdir(tmp_path / "copies") == [copy.path.name]


def test_what_is_restored_can_be_read_by_a_web_server_whatever_the_umask(
    installation: Settings, tmp_path: Path
) -> None:
    copy = backup.take(installation, tmp_path / "copies", None, silent)
    old = os.umask(0o077)
    try:
        backup.restore(copy.path, elsewhere(tmp_path / "new"))
    finally:
        os.umask(old)
    marts = tmp_path / "new/marts"
    assert [path for path in [marts, *marts.rglob("*")] if path.is_dir() and path.stat().st_mode & 0o555 != 0o555] == []
    assert [path for path in marts.rglob("*") if path.is_file() and path.stat().st_mode & 0o444 != 0o444] == []


def test_a_database_that_the_daemon_is_writing_is_copied_as_of_one_moment(
    installation: Settings, tmp_path: Path
) -> None:
    path = installation.root / ".dagster_home/history/runs.db"
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as daemon:
        daemon.execute("pragma journal_mode = wal")
        daemon.execute("create table runs (id)")
        daemon.execute("insert into runs values ('committed')")
        daemon.commit()
        daemon.execute("insert into runs values ('under way')")
        assert path.with_name("runs.db-wal").stat().st_size > 0
        copy = backup.take(installation, tmp_path / "copies", None, silent)
        daemon.rollback()

    backup.restore(copy.path, elsewhere(tmp_path / "new"))

    restored = tmp_path / "new/.dagster_home/history/runs.db"
    assert [one.name for one in restored.parent.iterdir()] == ["runs.db"]
    with closing(sqlite3.connect(restored)) as connection:
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
        assert connection.execute("select id from runs").fetchall() == [("committed",)]


def test_a_copy_waits_for_a_run_that_is_going_on_and_says_so(
    installation: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GEVINST_WORKSPACE", str(workspace(installation.root)))
    monkeypatch.setenv("GEVINST_MARTS_DIR", str(installation.marts_dir))
    has_begun, may_end = threading.Event(), threading.Event()

    def run() -> None:
        with run_lock(installation.working_dir, "the run 1234", silent):
            has_begun.set()
            may_end.wait(30)

    thread = threading.Thread(target=run)
    thread.start()
    has_begun.wait(30)
    threading.Timer(0.7, may_end.set).start()
    assert main(["backup", str(tmp_path / "copies")]) == 0
    thread.join()
    said = capsys.readouterr()
    assert said.err == "Venter på the run 1234.\n"
    assert "er en hel kopi" in said.out and "Utgave 2026-1 gjelder i den." in said.out


@pytest.mark.slow
def test_every_copy_taken_while_editions_are_switched_is_whole(
    installation: Settings, tmp_path: Path, built, tables
) -> None:
    def refresh() -> None:
        for number in (2, 3):
            findings = tables["portfolio_findings"].with_columns(value=pl.lit(1.0 * number))
            with run_lock(installation.working_dir, "a run", silent):
                made = built({**tables, "portfolio_findings": findings}, edition_id=f"2026-{number}")
                publish(made, installation)

    seen = []
    with ThreadPoolExecutor(1) as pool:
        refreshed = pool.submit(refresh)
        while not refreshed.done() or not seen:
            copy = backup.take(installation, tmp_path / "copies", 1, silent)
            new = elsewhere(tmp_path / "new")
            backup.restore(copy.path, new)
            edition = edition_in_force(new)
            assert edition is not None
            verify_files(edition.path)
            seen.append(edition.number)
            shutil.rmtree(tmp_path / "new")
        refreshed.result()
    assert seen == sorted(seen)


def test_an_edition_that_disappears_while_it_is_copied_is_an_error_and_a_log_is_not(
    installation: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Path.read_bytes

    def disappearing(name: str):
        def read_bytes(path: Path) -> bytes:
            if path.name == name:
                path.unlink()
            return read(path)

        return read_bytes

    monkeypatch.setattr(Path, "read_bytes", disappearing("compute.log"))
    assert backup.take(installation, tmp_path / "copies", None, silent).in_force == "2026-1"
    monkeypatch.setattr(Path, "read_bytes", disappearing("datapackage.json"))
    with pytest.raises(FileNotFoundError):
        backup.take(installation, tmp_path / "others", None, silent)
    assert os.listdir(tmp_path / "others") == []


def test_only_the_newest_copies_are_kept_and_nothing_else_is_removed(installation: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    others = ["gevinst-20200101T000000Z.tar.gz.part", "notes.txt", "gevinst-alt.tar.gz", ".gevinst-x.tar.gz-1"]
    for name in (*others, *(f"gevinst-202{year}0101T000000Z.tar.gz" for year in range(3)), ".gevinst-y.tar.gz-1"):
        (folder / name).write_text("", encoding="utf-8")
    os.utime(folder / ".gevinst-y.tar.gz-1", (0, 0))  # left by a copy that was killed long ago
    copy = backup.take(installation, folder, 2, silent)
    assert sorted(os.listdir(folder)) == sorted([*others, "gevinst-20220101T000000Z.tar.gz", copy.path.name])


def test_one_flipped_bit_anywhere_in_a_copy_is_found(installation: Settings, tmp_path: Path) -> None:
    copy = backup.take(installation, tmp_path / "copies", None, silent)
    whole = copy.path.read_bytes()
    content = gzip.decompress(whole)
    damaged = tmp_path / "damaged.tar.gz"
    passed = []
    for step in range(60):
        # Not the ten bytes of the head of gzip, which say when and on which system, nor the padding at the end.
        at = 10 + step * (len(whole) - 20) // 60
        flipped = bytearray(whole)
        flipped[at] ^= 1 << (step % 8)
        damaged.write_bytes(flipped)
        with suppress(BackupError):
            backup.check(damaged)
            # Deflate leaves bits between its blocks that mean nothing.
            if gzip.decompress(damaged.read_bytes()) != content:
                passed.append(at)
    assert passed == []
    for size in (0, 10, len(whole) // 2, len(whole) - 1):
        damaged.write_bytes(whole[:size])
        with pytest.raises(BackupError, match="is not a whole copy"):
            backup.check(damaged)


CHANGES = {
    "a byte": lambda name, data: data + b" " if name == "marts/editions/2026-1/datapackage.json" else data,
    "a file less": lambda name, data: None if name == "raw/registry/projects.csv" else data,
    "no sums": lambda name, data: None if name == "SHA256SUMS" else data,
    "link away": lambda name, data: b"../../elsewhere" if name == "marts/current" else data,
    "link beside": lambda name, data: b"elsewhere/2026-1" if name == "marts/current" else data,
    "link to none": lambda name, data: b"editions/2099-1" if name == "marts/current" else data,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_copy_that_was_changed_is_put_nowhere(installation: Settings, tmp_path: Path, change) -> None:
    copy = backup.take(installation, tmp_path / "copies", None, silent)
    new = elsewhere(tmp_path / "new")
    with pytest.raises(BackupError, match="is not a whole copy"):
        backup.restore(repacked(copy.path, change), new)
    assert os.listdir(tmp_path / "new") == ["scheme.toml"]


@pytest.mark.parametrize("name", ["../evil", "/evil", "raw/../../evil", "marts/..\\evil", "raw/registry/../../../evil"])
def test_nothing_of_a_copy_lands_outside_its_places(installation: Settings, tmp_path: Path, name: str) -> None:
    content = b"evil"
    sums = f"{hashlib.sha256(content).hexdigest()}  {name}\n".encode()
    path = tmp_path / "evil.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for entry_name, data in ((name, content), ("SHA256SUMS", sums)):
            entry = tarfile.TarInfo(entry_name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    with pytest.raises(BackupError, match="is no file of a copy"):
        backup.restore(path, elsewhere(tmp_path / "new"))
    assert not list(tmp_path.rglob("evil"))


@pytest.mark.parametrize("taken", ["data/raw/x.csv", "marts/x", ".dagster_home/x", "gevinst.toml"])
def test_a_place_that_is_not_empty_is_named_and_left_as_it_is(
    installation: Settings, tmp_path: Path, taken: str, content
) -> None:
    copy = backup.take(installation, tmp_path / "copies", None, silent)
    new = tmp_path / "new"
    (new / taken).parent.mkdir(parents=True)
    (new / taken).write_text("", encoding="utf-8")
    before = content(workspace(new))
    with pytest.raises(BackupError, match=r"move that away and try again") as error:
        backup.restore(copy.path, elsewhere(new))
    assert str(new) in str(error.value) and content(new) == before


def test_a_part_that_cannot_be_placed_leaves_the_others_out_too(
    installation: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = backup.take(installation, tmp_path / "copies", None, silent)
    rename, done = os.rename, []

    def failing(source, target) -> None:
        if len(done) == 2:
            done.append("failed")
            raise OSError(28, "No space left on device")
        done.append(target)
        rename(source, target)

    monkeypatch.setattr(os, "rename", failing)
    with pytest.raises(OSError, match="No space"):
        backup.restore(copy.path, elsewhere(tmp_path / "new"))
    assert [path.name for path in (tmp_path / "new").rglob("*") if path.is_file()] == ["scheme.toml"]


def test_a_folder_that_is_no_workspace_becomes_one_of_the_scheme_that_the_copy_is_of(
    installation: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = backup.take(installation, tmp_path / "copies", None, silent)
    monkeypatch.setenv("GEVINST_WORKSPACE", str(tmp_path / "new"))
    monkeypatch.setenv("GEVINST_MARTS_DIR", str(tmp_path / "new" / "marts"))
    assert main(["restore", str(copy.path)]) == 0
    assert (tmp_path / "new/scheme.toml").read_bytes() == (installation.root / "scheme.toml").read_bytes()
    assert edition_in_force(load_settings()) is not None


def test_what_a_workspace_says_of_its_scheme_is_not_replaced_by_a_copy(installation: Settings, tmp_path: Path) -> None:
    copy = backup.take(installation, tmp_path / "copies", None, silent)
    there = elsewhere(workspace(tmp_path / "new", "# Skrevet her.\n"))
    backup.restore(copy.path, there)
    assert (there.root / "scheme.toml").read_text(encoding="utf-8").endswith("# Skrevet her.\n")


def test_the_commands_say_what_a_copy_holds_and_put_it_back(
    installation: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = backup.take(installation, tmp_path / "copies", None, silent)
    monkeypatch.setenv("GEVINST_WORKSPACE", str(workspace(tmp_path / "new")))
    assert main(["restore", str(copy.path), "--check", "--language", "en"]) == 0
    assert "is whole" in capsys.readouterr().out and os.listdir(tmp_path / "new") == ["scheme.toml"]
    assert main(["restore", str(copy.path), "--language", "en"]) == 0
    assert "Edition 2026-1 is in force in it." in capsys.readouterr().out
    assert main(["restore", str(copy.path)]) == 1
    assert "en kopi legges bare der det er tomt" in capsys.readouterr().err
