"""Dagster's pages, opened as `make dev` and `make pages` open them."""

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
from playwright.sync_api import Page

from gevinst.settings import Settings, load_settings
from tests.data.workspaces import workspace

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 600


class Pages:
    """Dagster's pages and daemon over a small installation; without `raw` over one that has nothing to run."""

    def __init__(self, folder: Path, raw: Path | None = None) -> None:
        self.home, self.log = folder / "home", folder / "log"
        self.home.mkdir()
        shutil.copy(ROOT / "pipelines" / "dagster.yaml", self.home / "dagster.yaml")
        self.environment = {
            **os.environ,
            "DAGSTER_HOME": str(self.home),
            "GEVINST_RAW_DIR": str(folder / "raw"),
            "GEVINST_MARTS_DIR": str(folder / "marts"),
        }
        if raw is None:
            self.environment["GEVINST_WORKSPACE"] = str(workspace(folder))
            (folder / "workspace.yaml").write_text("load_from: []\n", encoding="utf-8")
        else:
            shutil.copytree(raw, folder / "raw")
        self.settings: Settings = load_settings(self.environment)
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self.port: int = found.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"

    @contextmanager
    def opened(self, *arguments: str) -> Iterator[int]:
        """The pages, for as long as somebody works in them, and the number of the process that has them open."""
        with self.log.open("w") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "pipelines.pages", "--port", str(self.port), *arguments],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            self._wait_for_pages(process)
            yield process.pid
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
                urllib.request.urlopen(self.address).close()
                return
            except OSError:
                time.sleep(0.5)
        pytest.fail(self.log.read_text(encoding="utf-8")[-3000:])

    def launch(self, page: Page, path: str) -> list[dg.DagsterRun]:
        """Press *Materialize* on a page, choose the latest year, start, and wait until all that it started is over."""
        before = {run.run_id for run in self.runs()}
        page.goto(f"{self.address}{path}")
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

    def has_daemon(self) -> bool:
        """Whether a daemon has given a sign of life."""
        with dg.DagsterInstance.from_config(str(self.home)) as instance:
            return bool(instance.get_daemon_heartbeats())
