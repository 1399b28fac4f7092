"""Several files replaced together: all or none, wherever the writer is killed, and never half for a reader."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from gevinst.intake import journal
from gevinst.intake.journal import FOLDER, WriteError, read_steadily, recover, recover_locked, replace_files

OLD = {"a.csv": b"a\n1\n", "b.csv": b"b\n1\n", "c.csv": b"c\n1\n"}
NEW = {"a.csv": b"a\n1\n2\n", "b.csv": b"b\n1\n2\n", "years/2027/d.csv": b"d\n"}
AFTER = OLD | NEW


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    (folder / "years").mkdir(parents=True)
    for name, content in OLD.items():
        (folder / name).write_bytes(content)
    return folder


def content(folder: Path) -> dict[str, bytes]:
    """What readers see: hidden files are no input."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    return {name: value for name, value in found.items() if not name.startswith(".")}


def left_over(raw: Path) -> set[str]:
    folder = raw / FOLDER
    return {path.name for path in folder.iterdir()} - {".run_lock"} if folder.exists() else set()


KILLED = """
import os, signal, sys
from pathlib import Path
from gevinst.intake import journal
at, calls = int(sys.argv[2]), 0
def dies(name):
    real = getattr(os, name)
    def call(*args, **more):
        global calls
        calls += 1
        if calls == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args, **more)
    setattr(os, name, call)
for name in ("replace", "unlink", "fsync", "mkdir", "rmdir"):
    dies(name)
from tests.unit.intake.test_journal import NEW, OLD
journal.replace_files(Path(sys.argv[1]), NEW, OLD)
print("done", calls)
"""


def test_a_writer_killed_at_any_moment_leaves_all_or_none_and_the_next_use_completes_it(tmp_path: Path) -> None:
    # One interpreter forks for every moment: the module under test uses no threads.
    script = f"""
import os, shutil, sys
from pathlib import Path
from gevinst.intake import journal
from tests.unit.intake.test_journal import NEW, OLD
source = {KILLED!r}
for at in range(1, 200):
    place = Path(sys.argv[1]) / str(at)
    (place / "years").mkdir(parents=True)
    for name, content in OLD.items():
        (place / name).write_bytes(content)
    if not (child := os.fork()):
        sys.argv = ["x", str(place), str(at)]
        exec(source, {{"__name__": "x"}})
        os._exit(0)
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0:
        break
"""
    subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], check=True, cwd=Path(__file__).parents[3], timeout=120
    )
    places = sorted((path for path in tmp_path.iterdir()), key=lambda path: int(path.name))
    assert len(places) > 15, "the writer was killed at each of its steps"
    half_done, outcomes = 0, []
    for place in places:
        half_done += content(place) not in (OLD, AFTER)
        recover(place)
        assert content(place) in (OLD, AFTER), f"killed at step {place.name}"
        outcomes.append(content(place) == AFTER)
        assert content(place) == OLD or left_over(place) == set(), f"killed at step {place.name}"
        replace_files(place, {"c.csv": b"c\n1\n3\n"}, {"c.csv": b"c\n1\n"})  # and writing goes on as ever
        assert left_over(place) == set()
    assert half_done >= 2, "some of the kills fell between two files"
    assert outcomes == sorted(outcomes), "from some step on the change counts as made"
    assert outcomes[0] is False and outcomes[-1] is True


def test_a_reader_that_may_not_write_reads_beside_what_a_finished_change_has_left(
    raw: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    (raw / FOLDER).mkdir()
    (raw / FOLDER / journal.DONE).touch()
    with monkeypatch.context() as patch:
        patch.setattr(journal, "run_lock", refused)
        assert read_steadily(raw, lambda: content(raw)) == OLD
    assert left_over(raw) == {journal.DONE}
    assert read_steadily(raw, lambda: content(raw)) == OLD
    assert left_over(raw) == set()


def fails_at(monkeypatch: pytest.MonkeyPatch, name: str, last: str) -> None:
    real = getattr(os, name)

    def call(source, target, *more):
        if str(target).endswith(last) and FOLDER not in str(target):
            raise OSError(28, "No space left on device")
        return real(source, target, *more)

    monkeypatch.setattr(journal.os, name, call)


@pytest.mark.parametrize("last", ["a.csv", "b.csv", "d.csv"])
def test_a_file_that_cannot_be_replaced_puts_the_others_back(raw: Path, monkeypatch, last: str) -> None:
    fails_at(monkeypatch, "replace", last)
    with pytest.raises(WriteError, match=r"The disk is full.*as they were") as refused:
        replace_files(raw, NEW, OLD)
    assert "Råfilene er som de var" in refused.value.message("nb")
    assert content(raw) == OLD
    assert not (raw / "years" / "2027").exists(), "a folder of a year without its tables would stop every reading"
    assert left_over(raw) == set()


def test_a_disk_that_is_full_before_anything_is_replaced_changes_nothing(raw: Path, monkeypatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(journal.os, "fsync", full)
    with pytest.raises(WriteError, match="The disk is full"):
        replace_files(raw, NEW, OLD)
    assert content(raw) == OLD and left_over(raw) == set()


def test_a_writer_killed_while_putting_back_is_carried_on_backwards(raw: Path, monkeypatch) -> None:
    fails_at(monkeypatch, "replace", "d.csv")
    go_back, dies = journal._go_back, iter([True])

    def killed(*args) -> None:
        if next(dies, False):
            raise KeyboardInterrupt
        go_back(*args)

    monkeypatch.setattr(journal, "_go_back", killed)
    with pytest.raises(KeyboardInterrupt):
        replace_files(raw, NEW, OLD)
    assert content(raw) not in (OLD, AFTER)
    assert read_steadily(raw, lambda: content(raw)) == OLD


def test_a_hand_edit_before_the_replacing_is_kept_and_nothing_is_written(raw: Path) -> None:
    (raw / "b.csv").write_bytes(b"b\n1\nby hand\n")
    with pytest.raises(WriteError, match=r"b\.csv was changed by somebody else"):
        replace_files(raw, NEW, OLD)
    assert content(raw) == OLD | {"b.csv": b"b\n1\nby hand\n"}


def test_a_hand_edit_between_a_kill_and_the_recovery_is_kept_and_the_change_given_up(raw: Path, monkeypatch) -> None:
    def dies(*args) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(journal, "_go_forward", dies)
        with pytest.raises(KeyboardInterrupt):
            replace_files(raw, NEW, OLD)
    (raw / "b.csv").write_bytes(b"b\n1\nby hand\n")
    recover(raw)
    assert content(raw) == OLD | {"b.csv": b"b\n1\nby hand\n"}
    assert left_over(raw) == set()


def test_a_file_made_by_hand_where_a_new_one_was_planned_is_never_written_over(raw: Path) -> None:
    (raw / "years" / "2027").mkdir()
    (raw / "years" / "2027" / "d.csv").write_bytes(b"d\nmine\n")
    with pytest.raises(WriteError, match=r"d\.csv was changed"):
        replace_files(raw, NEW, OLD)
    assert content(raw) == OLD | {"years/2027/d.csv": b"d\nmine\n"}


@pytest.mark.parametrize("linked", ["a.csv", "years"])
def test_a_link_is_refused_and_what_it_points_to_is_left_alone(raw: Path, tmp_path: Path, linked: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    (raw / linked).rename(elsewhere)
    (raw / linked).symlink_to(elsewhere)
    before = content(raw)
    with pytest.raises(WriteError, match="is a link"):
        replace_files(raw, NEW, OLD)
    assert (raw / linked).is_symlink() and content(raw) == before


def test_a_folder_of_raw_files_may_itself_be_a_link(raw: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(raw)
    replace_files(tmp_path / "link", NEW, OLD)
    assert content(raw) == AFTER


def test_a_replaced_file_keeps_its_permissions(raw: Path) -> None:
    (raw / "a.csv").chmod(0o640)
    replace_files(raw, NEW, OLD)
    assert (raw / "a.csv").stat().st_mode & 0o777 == 0o640


def test_what_a_writer_prepared_and_never_published_is_thrown_away(raw: Path) -> None:
    (raw / FOLDER / "new").mkdir(parents=True)
    (raw / FOLDER / "new" / "a.csv").write_bytes(b"half a fi")
    recover(raw)
    assert content(raw) == OLD
    recover_locked(raw)
    assert left_over(raw) == set() and content(raw) == OLD


def test_reading_takes_no_lock_and_writes_nothing(raw: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in (raw, *raw.rglob("*"))}
    assert read_steadily(raw, lambda: content(raw)) == OLD
    assert {path: path.stat().st_mtime_ns for path in (raw, *raw.rglob("*"))} == before


def test_a_reader_never_sees_half_of_a_change(raw: Path) -> None:
    seen, is_over = [], threading.Event()

    def read() -> None:
        while not is_over.is_set():
            seen.append(read_steadily(raw, lambda: {name: (raw / name).read_bytes() for name in ("a.csv", "b.csv")}))

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    now = dict(OLD)
    for number in range(40):
        new = {name: now[name] + b"%d\n" % number for name in ("a.csv", "b.csv")}
        with journal.run_lock(raw / FOLDER, "writer", lambda _: None):
            replace_files(raw, new, now)
        now |= new
    is_over.set()
    for reader in readers:
        reader.join()
    assert len(seen) > 2
    assert [state for state in seen if state["a.csv"].split(b"\n", 1)[1] != state["b.csv"].split(b"\n", 1)[1]] == []


def test_a_reading_that_lies_wholly_between_two_replacements_is_not_used(raw: Path) -> None:
    calls = []

    def read() -> dict[str, bytes]:
        calls.append(1)
        return content(raw)

    def state_with_journal(raw_dir: Path) -> object:
        if not calls:  # a writer has published its journal since the reader looked, and is at its first file
            (raw_dir / FOLDER).mkdir(exist_ok=True)
            (raw_dir / FOLDER / "forward.json").write_text("{}", encoding="utf-8")
        return real(raw_dir)

    real = journal._state
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(journal, "_state", state_with_journal)
        assert read_steadily(raw, read) == OLD
    assert len(calls) == 2


def test_a_fault_met_while_files_change_is_looked_at_again(raw: Path) -> None:
    calls = []

    def read() -> bytes:
        calls.append(1)
        if len(calls) == 1:
            (raw / "a.csv").write_bytes(b"a\n1\n2\n")
            raise ValueError("half a file")
        return (raw / "a.csv").read_bytes()

    assert read_steadily(raw, read) == b"a\n1\n2\n"
    with pytest.raises(ValueError, match="a real fault"):
        read_steadily(raw, lambda: (_ for _ in ()).throw(ValueError("a real fault")))


def test_files_that_never_keep_still_are_reported(raw: Path, monkeypatch) -> None:
    monkeypatch.setattr(journal, "_PAUSE_SECONDS", 0)
    sizes = iter(range(1000))
    with pytest.raises(WriteError, match="keep changing"):
        read_steadily(raw, lambda: (raw / "a.csv").write_bytes(b"x" * next(sizes)))


def test_a_dead_writer_holds_no_lock(raw: Path) -> None:
    script = "import os, signal, sys\nfrom pathlib import Path\nfrom gevinst.lock import run_lock\n"
    script += "with run_lock(Path(sys.argv[1]), 'dead', print):\n    os.kill(os.getpid(), signal.SIGKILL)\n"
    done = subprocess.run([sys.executable, "-c", script, str(raw / FOLDER)], check=False)
    assert done.returncode == -signal.SIGKILL
    reported: list[str] = []
    with journal.run_lock(raw / FOLDER, "next", reported.append):
        replace_files(raw, NEW, OLD)
    assert reported == [] and content(raw) == AFTER
