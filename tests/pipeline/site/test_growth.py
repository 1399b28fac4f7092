"""How heavy a site becomes with its projects: what each adds, so that no page begins to repeat what another says."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.growth import FEWER, a_project_adds, weights
from benchmarks.invented import PROJECTS
from gevinst.site import build

LIMIT = 147_000
"""Bytes that a project adds, in both languages, where no figure is drawn and each has its specs instead.

Of them 4 000 are of requests and answers (who was asked, what the owner says, and the documents that say so), which the
invented portfolio has had since owners are asked: without them it was 142 508."""
PAGES_LIMIT = 65_000
"""Bytes of a project's own two pages."""


@pytest.mark.slow
def test_a_project_adds_little_to_the_site(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(build, "render_svgs", lambda figures, cache_dir, progress: list(figures))
    added = a_project_adds(weights(tmp_path, FEWER), weights(tmp_path, PROJECTS))
    assert added["project"] <= PAGES_LIMIT
    assert sum(added.values()) <= LIMIT, sorted(added.items(), key=lambda one: -one[1])[:5]
