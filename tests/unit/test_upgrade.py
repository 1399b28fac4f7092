"""`make upgrade`: newer versions are kept when all works, and otherwise everything is as it was."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from gevinst.software.locks import FRONTEND, MEASURING
from scripts.upgrade import TARGETS, main

OLD = "click==8.5.1 \\\n    --hash=sha256:00\ngone==1.0 \\\n    --hash=sha256:00\nsame==3.0 \\\n    --hash=sha256:00\n"
NEW = "click==8.6.0 \\\n    --hash=sha256:01\ncame==2.0 \\\n    --hash=sha256:01\nsame==3.0 \\\n    --hash=sha256:00\n"


def npm(version: str) -> str:
    """A lock of npm with one package."""
    return json.dumps({"packages": {"": {}, "node_modules/@x/style": {"version": version}}})


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with small locks."""
    for name, text in {
        "requirements.lock": OLD,
        "requirements-dev.lock": OLD,
        FRONTEND: npm("1.0.0"),
        MEASURING: npm("1.0.0"),
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


class Make:
    """Stands in for `make`: locking writes newer locks, and one target may fail."""

    def __init__(self, failing: str = "", new: str = NEW, is_old_fault: bool = False) -> None:
        self.failing, self.new, self.is_old_fault, self.asked = failing, new, is_old_fault, list[str]()

    def __call__(self, target: Sequence[str], root: Path) -> int:
        """Run a target."""
        self.asked.append(" ".join(target))
        if target[0] == "lock":
            for name in ("requirements.lock", "requirements-dev.lock"):
                (root / name).write_text(self.new, encoding="utf-8")
            (root / FRONTEND).write_text(npm("1.0.0" if self.new == OLD else "1.1.0"), encoding="utf-8")
        return int(target[0] == self.failing and (len(target) == 1 or target[0] == "lock" or self.is_old_fault))


def content(root: Path) -> dict[Path, str]:
    """All locks."""
    return {path: path.read_text(encoding="utf-8") for path in root.rglob("*") if path.is_file()}


def test_newer_versions_are_kept_and_named_when_everything_passes(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make = Make()
    assert main(checkout, make) == 0
    assert make.asked == ["lock UPGRADE=1", *TARGETS]
    assert (checkout / "requirements.lock").read_text(encoding="utf-8") == NEW
    assert capsys.readouterr().out.splitlines() == [
        "4 packages moved:",
        "  @x/style  1.0.0 -> 1.0.0, 1.1.0",
        "  came  not there -> 2.0",
        "  click  8.5.1 -> 8.6.0",
        "  gone  1.0 -> gone",
        "All passed: commit the locks.",
    ]


@pytest.mark.parametrize("failing", ["lock", *TARGETS])
def test_the_old_versions_are_put_back_and_installed_when_something_breaks(
    checkout: Path, failing: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = content(checkout)
    make = Make(failing)
    assert main(checkout, make) == 1
    assert content(checkout) == before
    assert "setup" in make.asked[-2:]
    said = capsys.readouterr()
    assert f"make {'lock UPGRADE=1' if failing == 'lock' else failing} failed" in said.err
    assert failing == "lock" or "click  8.5.1 -> 8.6.0" in said.out


@pytest.mark.parametrize(("is_old", "said"), [(False, "one of the newer ones breaks them"), (True, "fix that first")])
def test_what_failed_is_tried_again_with_the_old_versions_so_that_its_cause_is_known(
    checkout: Path, is_old: bool, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    make = Make("test", is_old_fault=is_old)
    assert main(checkout, make) == 1
    assert make.asked[-2:] == ["setup", "test ARGS=--last-failed"]
    assert said in capsys.readouterr().err


def test_whoever_gives_up_in_the_middle_has_the_old_locks(checkout: Path) -> None:
    before, make = content(checkout), Make()

    def given_up(target: Sequence[str], root: Path) -> int:
        if target[0] == "test":
            raise KeyboardInterrupt
        return make(target, root)

    with pytest.raises(KeyboardInterrupt):
        main(checkout, given_up)
    assert content(checkout) == before


def test_nothing_is_tried_when_nothing_moved(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = content(checkout)
    make = Make(new=OLD)
    assert main(checkout, make) == 0
    assert (make.asked, content(checkout)) == (["lock UPGRADE=1"], before)
    assert "Nothing moved" in capsys.readouterr().out
