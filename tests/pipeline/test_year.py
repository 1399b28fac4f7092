"""An unattended year: the real daemon, its clock moved forward, from raw files to published editions."""

from __future__ import annotations

import json
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

from gevinst.edition import list_editions
from gevinst.settings import Settings, load_settings
from pipelines.sensors import SENSORS
from tests.data.receivers import Mailbox, mail_server

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
PATIENCE_SECONDS = 900
BROKEN, WHOLE = "2018-kudos,2019-1", "2018-kudos,2018-1"


class Place:
    """One unattended machine: its home, its raw files, its clock and its daemon."""

    def __init__(self, folder: Path, mailbox: Mailbox) -> None:
        self.home, self.raw, self.clock = folder / "home", folder / "raw", folder / "clock"
        self.log = folder / "daemon.log"
        self.home.mkdir()
        shutil.copy(ROOT / "pipelines" / "dagster.yaml", self.home / "dagster.yaml")
        shutil.copytree(ROOT / "data" / "raw", self.raw)
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
            "GEVINST_ROOT": str(root),
            "GEVINST_RAW_DIR": str(self.raw),
            "GEVINST_MARTS_DIR": str(folder / "marts"),
            "GEVINST_TEST_CLOCK": str(self.clock),
            "DAGSTER_GRPC_TIMEOUT_SECONDS": str(PATIENCE_SECONDS),  # a slow machine is no failure
            "PYTHONPATH": os.pathsep.join(
                [str(Path(__file__).parent / "clock"), *filter(None, [os.environ.get("PYTHONPATH")])]
            ),
        }
        self.settings: Settings = load_settings(self.environment)

    def it_is(self, moment: str) -> None:
        """Move the clock to a moment in Oslo."""
        ahead = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("Europe/Oslo")).timestamp() - time.time()
        beside = self.clock.with_suffix(".part")
        beside.write_text(str(ahead), encoding="utf-8")
        beside.replace(self.clock)

    def deliver(self, old: str, new: str) -> None:
        """Hand in the file of projects with something else in it."""
        path = self.raw / "registry" / "projects.csv"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

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


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with mail_server() as receiving:
        yield receiving


@pytest.mark.slow
def test_an_unattended_year_ends_in_a_new_edition_and_somebody_is_told_of_every_run(
    tmp_path: Path, mailbox: Mailbox
) -> None:
    place = Place(tmp_path, mailbox)
    settings = place.settings
    place.it_is("2026-12-20 12:00")  # within what is kept of runs, counted from the year after
    place.deliver(WHOLE, BROKEN)
    place.command("schedule", "start", "yearly_edition")
    for sensor in SENSORS:
        place.command("sensor", "start", sensor.name)

    with place.daemon():
        runs = place.wait_until(are_over(1))
        assert [state_of(run) for run in runs] == [("dry_run", "2026", "FAILURE")]
        page = Path(runs[0].dagster_run.tags["gevinst/page"])
        assert "2019-1" in page.read_text(encoding="utf-8"), "the page says what to correct"
        wait_for_letters(mailbox, {"Gevinst: Prøvekjøring av 2026 gikk ikke."})
        (letter,) = mailbox.letters
        assert "registry/projects.csv, rad " in letter.get_content()
        assert "Rettes av den som fører registeret." in letter.get_content()

        # In the night before the schedule's hour somebody corrects the file: two runs are wanted at once.
        place.deliver(BROKEN, WHOLE)
        place.it_is("2027-01-15 06:00:01")
        runs = place.wait_until(are_over(3))
        assert sorted(state_of(run) for run in runs[1:]) == [
            ("dry_run", "2026", "SUCCESS"),
            ("publish", "2026", "SUCCESS"),
        ]
        first, second = sorted(runs[1:], key=lambda run: run.start_time or 0)
        assert first.end_time <= second.start_time, "one at a time"
        assert settings.current.resolve().name == "2026-1"
        wait_for_letters(mailbox, {"Gevinst: Publisering av 2026 gikk bra.", "Gevinst: Prøvekjøring av 2026 gikk bra."})
        assert len(mailbox.letters) == 3, "one letter for each run"
        last = json.loads((settings.marts_dir / "last_run.json").read_text(encoding="utf-8"))
        assert last["told"] == {"e-mail": "sent"}

    # The machine is off when the next tick comes.
    place.it_is("2028-01-20 09:00")
    with place.daemon():
        runs = place.wait_until(are_over(4))
        assert state_of(runs[3]) == ("publish", "2027", "SUCCESS")
        # An hour later there is nothing more to do: no tick comes twice, and no failed run is tried again by itself.
        place.it_is("2028-01-20 10:00")
        time.sleep(10)
        assert len(place.runs()) == 4
        wait_for_letters(mailbox, {"Gevinst: Publisering av 2027 gikk bra."})

    # The schedule has been stopped, and nobody has noticed when the next edition is due.
    place.command("schedule", "stop", "yearly_edition")
    place.it_is("2029-01-16 05:00")
    with place.daemon():
        time.sleep(20)
        overdue = "Gevinst: Utgaven av 2028 skulle vært laget 15. januar 2029"
        assert not any(str(letter["Subject"]).startswith(overdue) for letter in mailbox.letters)
        place.it_is("2029-01-16 07:00")
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until and not str(mailbox.letters[-1]["Subject"]).startswith(overdue):
            time.sleep(1)
        assert str(mailbox.letters[-1]["Subject"]).startswith(overdue)
        place.it_is("2029-01-16 09:00")
        time.sleep(20)
        assert sum(str(letter["Subject"]).startswith(overdue) for letter in mailbox.letters) == 1, "told once"

    assert [edition.edition_id for edition in list_editions(settings)] == ["2026-1", "2027-1"]
    assert settings.current.resolve().name == "2027-1"
