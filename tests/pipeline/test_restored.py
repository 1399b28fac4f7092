"""An installation that was destroyed and put back from a copy goes on as if nothing had happened."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assets.resources import Installation
from gevinst import backup
from tests.pipeline.conftest import Run

pytestmark = pytest.mark.slow


def test_what_is_restored_is_published_again_without_a_change(
    after_small: Installation, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "home"))
    settings = after_small.settings()
    copy = backup.take(settings, tmp_path / "copies", None, lambda _: None)
    shutil.rmtree(settings.raw_dir)
    shutil.rmtree(settings.marts_dir)
    backup.restore(copy.path, settings)

    result = run(after_small, "publish")

    assert result.success
    (made,) = result.asset_materializations_for_node("edition_in_force")
    assert {name: made.metadata[name].value for name in ("edition_id", "is_published", "is_in_force")} == {
        "edition_id": "2026-1",
        "is_published": False,
        "is_in_force": True,
    }
    assert [path.name for path in sorted(settings.editions_dir.glob("2*"))] == ["2026-1"]
