"""Several processes write what one writes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
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


@pytest.mark.slow
def test_a_process_that_is_lost_is_told_in_a_sentence(tmp_path, monkeypatch) -> None:
    dying = ProcessPoolExecutor(1, get_context("spawn"), os._exit, (1,))
    monkeypatch.setattr(shares, "_pool", lambda folder, given: dying)
    monkeypatch.setattr(build, "PAGES", tuple(page for page in PAGES if page.name in WANTED))
    monkeypatch.setattr(shares, "MANY", 1)
    view = View(SiteData(invented_tables(), marked(SMALL_EDITION)), "nb", load_settings(), path_of, is_marking=True)
    with pytest.raises(shares.PagesUnfinished, match="too little memory"):
        build._write_all([view], tmp_path, SMALL_EDITION, print)


@pytest.mark.slow
def test_processes_end_with_the_one_that_began_them() -> None:
    script = """
import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from gevinst.site.shares import end_with_parent
if __name__ == "__main__":
    pool = ProcessPoolExecutor(1, get_context("spawn"), end_with_parent)
    print(pool.submit(os.getpid).result(), flush=True)
    os.kill(os.getpid(), 9)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    process = int(done.stdout)
    assert done.returncode == -9
    for _ in range(100):
        if not Path(f"/proc/{process}").exists():
            return
        time.sleep(0.1)
    os.kill(process, 9)
    pytest.fail("the process outlived the one that began it")
