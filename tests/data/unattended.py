"""One unattended machine: the real daemon of Dagster, and a clock that is moved forward.

Belongs here: what tests of a year share, from setting the machine up to waiting for its runs and its letters.
Does not belong here: what happens in that year.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import dagster as dg
import pytest

from gevinst.settings import Settings, load_settings
from tests.data.receivers import Mailbox
from tests.data.workspaces import workspace

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
CLOCK = ROOT / "tests" / "pipeline" / "clock"
PATIENCE_SECONDS = 900


class Machine:
    """One unattended machine: its home, its raw files, its clock and its daemon; `root` is a checkout of its own."""

    def __init__(self, folder: Path, mailbox: Mailbox, root: Path | None = None) -> None:
        self.home, self.raw, self.clock = folder / "home", folder / "raw", folder / "clock"
        self.log = folder / "daemon.log"
        self.home.mkdir()
        shutil.copy(ROOT / "pipelines" / "dagster.yaml", self.home / "dagster.yaml")
        if root is None:
            root = folder / "root"
            root.mkdir()
            (ROOT / ".cache").mkdir(exist_ok=True)
            (root / ".cache").symlink_to(ROOT / ".cache")
        (root / "gevinst.toml").write_text(
            f'[notify]\nsmtp_host = "127.0.0.1"\nsmtp_port = {mailbox.port}\nsmtp_security = "none"\n'
            'sender = "gevinst@example.org"\nrecipients = "drift@example.org"\n',
            encoding="utf-8",
        )
        self.environment = {
            **os.environ,
            "DAGSTER_HOME": str(self.home),
            "GEVINST_WORKSPACE": str(workspace(root)),
            "GEVINST_RAW_DIR": str(self.raw),
            "GEVINST_MARTS_DIR": str(folder / "marts"),
            "GEVINST_TEST_CLOCK": str(self.clock),
            "DAGSTER_GRPC_TIMEOUT_SECONDS": str(PATIENCE_SECONDS),  # a slow machine is no failure
            "PYTHONPATH": os.pathsep.join([str(CLOCK), *filter(None, [os.environ.get("PYTHONPATH")])]),
        }
        self.settings: Settings = load_settings(self.environment)

    def it_is(self, moment: str) -> None:
        """Move the clock to a moment in Oslo."""
        ahead = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("Europe/Oslo")).timestamp() - time.time()
        beside = self.clock.with_suffix(".part")
        beside.write_text(str(ahead), encoding="utf-8")
        beside.replace(self.clock)

    def command(self, *arguments: str) -> None:
        """Run one of Dagster's own commands, as the operator does."""
        done = subprocess.run(
            [BIN / "dagster", *arguments, "-w", "workspace.yaml"],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
        )
        assert done.returncode == 0, done.stderr[-2000:]

    @contextmanager
    def daemon(self) -> Iterator[None]:
        """The real daemon, for as long as the machine is on."""
        with self.log.open("a") as log:
            process = subprocess.Popen(
                [BIN / "dagster-daemon", "run", "-w", "workspace.yaml"],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            yield
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=60)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # a run that goes on when a test has failed

    def runs(self) -> list[dg.RunRecord]:
        """All runs so far, oldest first."""
        with dg.DagsterInstance.from_config(str(self.home)) as instance:
            return list(instance.get_run_records(ascending=True))

    def wait_until(self, is_so: Callable[[list[dg.RunRecord]], bool]) -> list[dg.RunRecord]:
        """Wait until it is so, of the runs; fail with the daemon's log when nothing has moved for too long."""
        states: list[tuple[str, str, str]] = []
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            runs = self.runs()
            if is_so(runs):
                return runs
            if [state_of(run) for run in runs] != states:
                states, until = [state_of(run) for run in runs], time.monotonic() + PATIENCE_SECONDS
            time.sleep(1)
        pytest.fail(f"{states}\n{self.log.read_text(encoding='utf-8')[-4000:]}")


def are_over(count: int) -> Callable[[list[dg.RunRecord]], bool]:
    return lambda runs: len(runs) >= count and all(run.dagster_run.is_finished for run in runs)


def state_of(run: dg.RunRecord) -> tuple[str, str, str]:
    return run.dagster_run.job_name, run.dagster_run.tags["dagster/partition"], run.dagster_run.status.value


def wait_for_letters(mailbox: Mailbox, subjects: set[str]) -> None:
    """Wait until each of the subjects has come."""
    until = time.monotonic() + PATIENCE_SECONDS
    come: set[str] = set()
    while time.monotonic() < until:
        come = {str(letter["Subject"]) for letter in mailbox.letters}
        if subjects <= come:
            return
        time.sleep(1)
    pytest.fail(f"{subjects - come} did not come, only {come}")
