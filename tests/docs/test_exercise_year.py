"""The exercise year of the evaluator's guide: each command on its day, a real daemon, and owners who answer or not."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from gevinst.contracts.vocabulary import OWNER_ANSWER
from gevinst.language.numbers import Formatter
from gevinst.settings import Settings, load_settings
from pipelines.sensors import SENSORS
from tests.data.receivers import mail_server
from tests.data.unattended import CLOCK, Machine, are_over, state_of
from tests.docs.evaluator_at_work import EXERCISE, Workbook, block
from tests.docs.own_checkout import environment_of, own_checkout
from tests.docs.owners_at_work import BY_HAND, FAULTY_VALUE, Owners

IMPORT = ".venv/bin/gevinst import arbeid/ovelse/lest.xlsx --year 2026"
REFUSED = ".venv/bin/gevinst answers arbeid/ovelse/svar --received 2027-02-25"
MONTHS = [Formatter("nb").date(date(2027, month, 1), "month").split()[0] for month in range(1, 13)]
PATIENCE_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the chapter and its commands; on a day without any the machine publishes by itself."""

    on: date
    commands: list[str]


def days() -> list[Day]:
    """The days of the chapter in its order; the commands before the first day belong to it."""
    before, *parts = re.split(r"\*\*(\d+)\. (\w+) (\d{4})\.\*\*", EXERCISE)
    found = [
        Day(date(int(year), MONTHS.index(month) + 1, int(day)), commands_of(text))
        for day, month, year, text in zip(*(parts[start::4] for start in range(4)), strict=True)
    ]
    found[0].commands[:0] = commands_of(before)
    return found


def commands_of(text: str) -> list[str]:
    return [line for found in re.findall(r"```sh\n(.*?)```", text, re.DOTALL) for line in found.splitlines()]


@dataclass(slots=True)
class Year:
    """What the year left behind: the installation, and what each command gave."""

    settings: Settings
    folder: Path
    codes: dict[str, int] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)

    def table(self, edition: str, name: str) -> pl.DataFrame:
        return pl.read_parquet(
            self.settings.marts_dir / "editions" / edition / "tables" / "parquet" / f"{name}.parquet"
        )


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    """The whole chapter, once."""
    folder = tmp_path_factory.mktemp("exercise")
    place = folder / "checkout"
    place.mkdir()
    own_checkout(place)
    with mail_server() as mailbox:
        machine = Machine(folder, mailbox, root=place)
        # A reader's shell, but that its clock is moved; the chapter itself says where raw files and editions are.
        environment = environment_of(place) | {"GEVINST_TEST_CLOCK": str(machine.clock), "PYTHONPATH": str(CLOCK)}
        lived = Year(machine.settings, place / "arbeid" / "ovelse")
        for day in days():
            machine.it_is(f"{day.on.isoformat()} 10:00")
            if day.on.isoformat() in BY_HAND:
                (lived.folder / "svar").mkdir(exist_ok=True)
                BY_HAND[day.on.isoformat()](Owners(lived.folder / "brev", lived.folder / "svar"))
            for command in day.commands:
                if command.startswith("export "):
                    environment |= exported(command, place)
                    machine.environment |= exported(command, place)
                    lived.settings = load_settings(machine.environment)
                    machine.command("schedule", "start", "yearly_edition")
                    for sensor in SENSORS:
                        machine.command("sensor", "start", sensor.name)
                    continue
                if command == IMPORT:
                    enter_the_reading(lived.folder / "lest.xlsx", day.on)
                done = subprocess.run(
                    command, shell=True, cwd=place, env=environment, capture_output=True, text=True,
                    timeout=PATIENCE_SECONDS,
                )  # fmt: skip
                lived.codes[command], lived.said[command] = done.returncode, done.stdout + done.stderr
            if not day.commands:
                publish_by_itself(machine, day.on)
        yield lived


def exported(command: str, place: Path) -> dict[str, str]:
    pairs = command.removeprefix("export ").replace("$PWD", str(place)).split()
    return dict(pair.split("=", 1) for pair in pairs)


def enter_the_reading(workbook: Path, on: date) -> None:
    """The document and the round, and nothing else: all was read, and nothing was found."""
    book = Workbook(workbook)
    book.put(
        "Kilder",
        3,
        source_id="gjennomgang-2026",
        title="Gjennomgang av alle dokumenter",
        publisher="Evaluator",
        document_type_code="egen kartlegging",
        accessed_on=on,
        language_code="bokmål",
        is_partly_read="Nei",
    )
    method = {"method_nb": "Alle dokumenter ble lest på nytt.", "method_en": "All documents were read again."}
    book.put("Vurderingsrunder", 3, **method, source_id="gjennomgang-2026", source_locator="hele")
    book.save()


def publish_by_itself(machine: Machine, on: date) -> None:
    """The machine is on the night before, and at six its schedule asks for the edition of the year that ended."""
    before = len(machine.runs())
    machine.it_is(f"{on.isoformat()} 05:59")
    with machine.daemon():
        machine.it_is(f"{on.isoformat()} 06:00:01")
        wanted = ("publish", str(on.year - 1), "SUCCESS")
        machine.wait_until(
            lambda runs: are_over(before + 1)(runs) and wanted in [state_of(run) for run in runs[before:]]
        )


@pytest.mark.slow
@pytest.mark.timeout(2400)
def test_every_command_of_the_year_runs_and_only_the_faulty_answer_is_refused(year: Year) -> None:
    assert {command: year.said[command][-2000:] for command, code in year.codes.items() if code} == {
        REFUSED: year.said[REFUSED][-2000:]
    }
    assert FAULTY_VALUE in block("refused") and block("refused").strip() in year.said[REFUSED]
    assert set(BY_HAND) <= {day.on.isoformat() for day in days()}


@pytest.mark.slow
def test_the_figures_of_the_chapter_are_those_of_the_two_editions(year: Year) -> None:
    rows = re.findall(r"^\| ([^|]+) \| +(\d[^|]*) \| +(\d[^|]*) \|$", EXERCISE, re.MULTILINE)
    measures = (
        "project_count",
        "old_word_count",
        "old_word_pct",
        "asked_owner_count",
        "answered_owner_count",
        "asked_project_count",
        "answered_project_count",
    )
    old = 100.0
    for place, edition_year in enumerate((2026, 2027), start=1):
        progress = year.table(f"{edition_year}-1", "follow_up_progress").filter(edition_year=edition_year)
        shown = [int(row[place].removesuffix("%").strip()) for row in rows]
        assert dict(zip(measures, shown, strict=True)) == {
            name: round(value) for name, value in progress.select(measures).row(0, named=True).items()
        }
        old = progress["old_word_pct"].item()
    assert old < 30


@pytest.mark.slow
def test_answers_are_kept_with_the_later_one_last_and_owners_who_are_silent_are_shown_as_asked(year: Year) -> None:
    owners = Owners(year.folder / "brev", year.folder / "svar")
    outcomes = year.table("2027-1", "request_outcomes").filter(edition_year=2027, is_of_this_year=True)
    answered = set(outcomes.filter("is_answered")["asked_organisation_id"])
    assert answered == set(owners.ids[:8])
    assert set(outcomes["asked_organisation_id"]) == set(owners.ids)
    twice = outcomes.filter(asked_organisation_id=owners.ids[1])
    assert set(twice["answered_status_code"]) == {"i_bruk"} and set(twice["answered_on"]) == {date(2027, 2, 23)}
    documents = year.table("2027-1", "sources").filter(document_type_code=OWNER_ANSWER)
    assert documents.height == 9, "one who answered twice has two"
    thanked = {path.stem for path in (year.folder / "takk").iterdir()}
    assert thanked == answered
    reminded = {path.name for path in (year.folder / "minnet").iterdir() if path.is_dir()}
    assert reminded == set(owners.ids[5:])
    page = (year.settings.current / "site" / "nb" / "oppfolging" / "index.html").read_text(encoding="utf-8")
    assert "Ikke svart" in page
