"""Starting runs in Dagster's own pages, in a real browser: what an evaluator presses, and what must not publish."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
import pytest
from playwright.sync_api import Browser, Page

from gevinst.settings import Settings, load_settings

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
PATIENCE_SECONDS = 600


class Pages:
    """Dagster's pages and daemon over a small installation."""

    def __init__(self, folder: Path, raw: Path) -> None:
        self.home, self.log = folder / "home", folder / "log"
        self.home.mkdir()
        shutil.copy(ROOT / "pipelines" / "dagster.yaml", self.home / "dagster.yaml")
        shutil.copytree(raw, folder / "raw")
        self.environment = {
            **os.environ,
            "DAGSTER_HOME": str(self.home),
            "GEVINST_RAW_DIR": str(folder / "raw"),
            "GEVINST_MARTS_DIR": str(folder / "marts"),
            "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        }
        self.settings: Settings = load_settings(self.environment)
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self.port = found.getsockname()[1]

    @contextmanager
    def opened(self) -> Iterator[None]:
        """The pages, for as long as somebody works in them."""
        with self.log.open("w") as log:
            process = subprocess.Popen(
                [BIN / "dg", "dev", "--host", "127.0.0.1", "--port", str(self.port)],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            self._wait_for_pages(process)
            yield
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(timeout=60)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)  # its servers would outlive the test that has failed
                raise

    def _wait_for_pages(self, process: subprocess.Popen[bytes]) -> None:
        until = time.monotonic() + PATIENCE_SECONDS
        while process.poll() is None and time.monotonic() < until:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/").close()
                return
            except OSError:
                time.sleep(0.5)
        pytest.fail(self.log.read_text(encoding="utf-8")[-3000:])

    def launch(self, page: Page, path: str) -> list[dg.DagsterRun]:
        """Press *Materialize* on a page, choose the latest year, start, and wait until all that it started is over."""
        before = {run.run_id for run in self.runs()}
        page.goto(f"http://127.0.0.1:{self.port}{path}")
        page.get_by_role("button", name="Materialize").first.click()
        latest, confirm = page.get_by_role("button", name="Latest"), page.get_by_role("button", name="Confirm")
        latest.or_(confirm).first.wait_for()
        if confirm.is_visible():  # the pages warn that what the asset rests on was never made
            confirm.click()
        latest.click()
        page.locator("[role=dialog] button").last.click()
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            started = [run for run in self.runs() if run.run_id not in before]
            if started and all(run.is_finished for run in started):
                time.sleep(5)  # of assets with and without years the daemon makes several runs, one after another
                if len(started) == len(self.runs()) - len(before):
                    return started
            time.sleep(1)
        pytest.fail(self.log.read_text(encoding="utf-8")[-3000:])

    def runs(self) -> list[dg.DagsterRun]:
        """All runs so far."""
        with dg.DagsterInstance.from_config(str(self.home)) as instance:
            return list(instance.get_runs())

    def steps_begun(self, run: dg.DagsterRun) -> list[str]:
        """The steps that the run has begun."""
        with dg.DagsterInstance.from_config(str(self.home)) as instance:
            events = [entry.dagster_event for entry in instance.all_logs(run.run_id)]
        return [str(event.step_key) for event in events if event and event.is_step_start]


def test_only_the_job_publish_puts_an_edition_in_force_whatever_somebody_presses(
    browser: Browser, published_small: Path, tmp_path: Path
) -> None:
    pages = Pages(tmp_path, published_small / "raw")
    page = browser.new_page(viewport={"width": 1500, "height": 950})
    page.set_default_timeout(60_000)
    end = dg.AssetKey("edition_in_force")
    with pages.opened():
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

        page.goto(f"http://127.0.0.1:{pages.port}/runs/{refused[0].run_id}")
        page.get_by_text("is made only by the job").first.wait_for()
    page.close()
