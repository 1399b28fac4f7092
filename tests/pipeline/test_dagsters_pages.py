"""Starting runs in Dagster's own pages, in a real browser: what an evaluator presses, and what must not publish."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import dagster as dg
import pytest
from playwright.sync_api import Browser

from tests.data.dagsters_pages import PATIENCE_SECONDS, ROOT, Pages
from tests.data.listening import listening

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_only_the_job_publish_puts_an_edition_in_force_whatever_somebody_presses(
    browser: Browser, published_small: Path, tmp_path: Path
) -> None:
    pages = Pages(tmp_path, published_small / "raw")
    page = browser.new_page(viewport={"width": 1500, "height": 950})
    page.set_default_timeout(60_000)
    end = dg.AssetKey("edition_in_force")
    with pages.opened() as session:
        for path in ("/asset-groups", "/assets/edition_in_force", "/assets/what_would_change"):
            runs = pages.launch(page, path)
            refused = [run for run in runs if run.status is dg.DagsterRunStatus.FAILURE]
            assert refused, path
            assert all(pages.steps_begun(run) == [] for run in refused)
            assert not any(run.is_success for run in runs if end in (run.asset_selection or ()))
            assert not pages.settings.current.exists()
            assert not pages.settings.editions_dir.exists()

        (run,) = pages.launch(page, "/locations/gevinst/jobs/publish")
        assert run.is_success
        assert pages.settings.current.resolve().name == "2026-1"

        page.goto(f"{pages.address}/runs/{refused[0].run_id}")
        page.get_by_text("is made only by the job").first.wait_for()
        assert listening(session) == {"127.0.0.1"}  # pages, daemon, code server and what runs started
    page.close()


def test_a_daemon_alone_and_pages_that_are_read_only_listen_to_this_machine_alone(
    published_small: Path, tmp_path: Path
) -> None:
    pages = Pages(tmp_path, published_small / "raw")
    with pages.opened("--read-only") as session:
        assert listening(session) == {"127.0.0.1"}
    daemon = subprocess.Popen(
        [sys.executable, "-m", "dagster._daemon", "run", "-w", "workspace.yaml"],
        cwd=ROOT, env=pages.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        until = time.monotonic() + PATIENCE_SECONDS
        while not pages.has_daemon() and time.monotonic() < until:
            time.sleep(0.5)
        assert pages.has_daemon() and listening(daemon.pid) == set()
    finally:
        daemon.send_signal(signal.SIGINT)
        daemon.wait(timeout=60)
