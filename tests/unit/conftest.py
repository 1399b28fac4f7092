"""A copy of the committed raw files that a test may break."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

Edit = Callable[[str, str, str], None]


@pytest.fixture
def raw_dir(tmp_path: Path) -> Path:
    source = Path(__file__).parents[2] / "data" / "raw"
    return Path(shutil.copytree(source, tmp_path / "raw"))


@pytest.fixture
def edit(raw_dir: Path) -> Edit:
    """Replace text in one raw file; fails when the text to replace is not there."""

    def replace(name: str, old: str, new: str) -> None:
        path = raw_dir / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {name}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace
