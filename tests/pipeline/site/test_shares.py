"""Several processes write what one writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from gevinst.bilingual import LANGUAGES
from gevinst.settings import load_settings
from gevinst.site import build, shares
from gevinst.site.context import View
from gevinst.site.naming import marked
from gevinst.site.pages import PAGES, path_of
from gevinst.site.pages.charts import charts
from gevinst.site.rows import SiteData
from tests.data.rendered import invented_tables
from tests.data.small_edition import SMALL_EDITION

WANTED = ("overview", "project", "sources", "dictionary")


def written(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.slow
def test_pages_shared_among_processes_are_those_of_one(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(build, "PAGES", tuple(page for page in PAGES if page.name in WANTED))
    monkeypatch.setattr(shares, "_SHARE", 10)  # so that there are three of each language
    made = []
    for most in (10**9, 1):
        monkeypatch.setattr(shares, "MANY", most)
        data = SiteData(invented_tables(), marked(SMALL_EDITION))
        views = [View(data, language, load_settings(), path_of, is_marking=True) for language in LANGUAGES]
        for view in views:
            view.figures.update(charts(view))
        out = tmp_path / str(most)
        said: list[str] = []
        made.append((build._write_all(views, out, SMALL_EDITION, said.append).fingerprints, written(out)))
        assert any("processes" in line for line in said) == (most == 1)
    (alone, files), (shared, shared_files) = made
    assert shared == alone
    assert shared_files == files
    assert len(files) > 2 * (24 + 100)
