"""An unattended year: the real daemon, its clock moved forward, from raw files to published editions."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from gevinst.edition import list_editions
from pipelines.sensors import SENSORS
from tests.data.receivers import Mailbox, mail_server
from tests.data.unattended import PATIENCE_SECONDS, ROOT, Machine, are_over, state_of, wait_for_letters

BROKEN, WHOLE = "2018-kudos,2019-1", "2018-kudos,2018-1"


def deliver(place: Machine, old: str, new: str) -> None:
    """Hand in the file of projects with something else in it."""
    path = place.raw / "registry" / "projects.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with mail_server() as receiving:
        yield receiving


@pytest.mark.slow
def test_an_unattended_year_ends_in_a_new_edition_and_somebody_is_told_of_every_run(
    tmp_path: Path, mailbox: Mailbox
) -> None:
    place = Machine(tmp_path, mailbox)
    shutil.copytree(ROOT / "data" / "raw", place.raw)
    settings = place.settings
    place.it_is("2026-12-20 12:00")  # within what is kept of runs, counted from the year after
    deliver(place, WHOLE, BROKEN)
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
        deliver(place, BROKEN, WHOLE)
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
