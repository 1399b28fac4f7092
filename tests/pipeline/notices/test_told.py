"""Somebody is told of every run: a record in the marts folder, a line for people, e-mail and webhook."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from assets.resources import Installation
from gevinst.bilingual import Bilingual
from gevinst.cli import main
from gevinst.edition import calendar
from gevinst.notices.record import KEPT, Fault, RecordError, RunRecord, last_record, runs_dir, write_record
from gevinst.notices.send import send
from gevinst.quality import Owner
from gevinst.settings import Notify, Settings
from tests.data.receivers import HOST, mail_server, webhook
from tests.data.workspaces import workspace

PROJECTS = "registry/projects.csv"
OSLO = ZoneInfo("Europe/Oslo")
RUN = RunRecord("0123", "publish", 2026, datetime(2027, 1, 15, 6, 1, tzinfo=OSLO), True, "2026-1", True)


@pytest.fixture
def place(after_small: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A small installation with an edition in force, as the shell sees it."""
    monkeypatch.setenv("GEVINST_WORKSPACE", str(workspace(tmp_path / "root")))
    monkeypatch.setenv("GEVINST_RAW_DIR", after_small.raw_dir or "")
    monkeypatch.setenv("GEVINST_MARTS_DIR", after_small.marts_dir or "")
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "home"))
    return after_small.settings()


def tell_to(root: Path, **values: object) -> None:
    lines = [f"{name} = {json.dumps(value)}" for name, value in values.items()]
    (root / "gevinst.toml").write_text("\n".join(["[notify]", *lines]), encoding="utf-8")


def spoil(settings: Settings) -> None:
    path = settings.raw_dir / PROJECTS
    rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*rows, rows[-1], ""]), encoding="utf-8")


def test_a_failed_run_says_what_failed_who_corrects_it_and_that_the_edition_stays(
    place: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(place)
    with mail_server() as mailbox, webhook() as hook:
        tell_to(
            tmp_path / "root",
            smtp_host=HOST,
            smtp_port=mailbox.port,
            smtp_security="none",
            sender="gevinst@example.org",
            recipients="drift@example.org, evaluering@example.org",
            webhook_url=hook.address,
        )
        assert main(["publish", "--year", "2026", "--language", "nb", "--notify"]) == 1
    complained = capsys.readouterr().err
    (letter,), (post,) = mailbox.letters, hook.posts
    record = json.loads((place.marts_dir / "last_run.json").read_text(encoding="utf-8"))
    body = letter.get_content()
    for said in (complained, body, post["text"], record["said"]["nb"]):
        assert f"{PROJECTS}, rad " in said
        assert "Rettes av den som fører registeret." in said
        assert "Ingenting som er publisert, er endret." in said
        assert "Utgaven som gjelder, er 2026-1." in said
    assert "To be corrected by the registry editor." in record["said"]["en"]
    assert letter["Subject"] == "Gevinst: Publisering av 2026 gikk ikke."
    assert mailbox.recipients == [["drift@example.org", "evaluering@example.org"]]
    assert (post["is_success"], record["is_success"], record["told"]) == (
        False,
        False,
        {"e-mail": "sent", "webhook": "sent"},
    )
    assert record["line"]["nb"].startswith("Publisering av 2026 gikk ikke. registry/projects.csv, rad ")
    assert "\n" not in record["line"]["nb"]


@pytest.mark.slow
def test_a_good_run_says_what_is_new_names_the_checks_that_did_not_pass_and_opens_its_page(
    place: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    path = place.raw_dir / "registry" / "organisations.csv"
    rows = pl.read_csv(path, infer_schema=False)
    assert "kommune" in rows["level_code"]
    kept = pl.when(pl.col("level_code") != "kommune").then("municipality_code")
    rows.with_columns(kept.alias("municipality_code")).write_csv(path)
    assert main(["publish", "--year", "2026", "--language", "en", "--open"]) == 0
    said = capsys.readouterr().out
    assert re.search(r"organisations_municipalities_have_code \(\w+ rows?\): Every municipality has a", said)
    record = json.loads((place.marts_dir / "last_run.json").read_text(encoding="utf-8"))
    assert record["line"]["en"].startswith("Publishing 2026 succeeded. ")
    assert "There is no edition for an earlier year to compare with." in record["line"]["en"]
    assert record["line"]["en"].endswith("The edition in force is 2026-2.")
    assert record["told"] == {}, "nobody asked for anybody to be told"
    assert opened == [(place.editions_dir / "2026-2" / "site" / "index.html").resolve().as_uri()]


@pytest.mark.parametrize("status", [500, 302, 404])
def test_a_receiver_that_refuses_is_named_without_its_address(status: int) -> None:
    with webhook(status) as hook:
        ((channel, outcome),) = send(Notify(webhook_url=hook.address), "s", "t", {})
    assert (channel, outcome) == ("webhook", f"the receiver answered {status}")


def test_nobody_at_the_other_end_is_told_of_and_loses_nothing() -> None:
    notify = Notify(
        smtp_host=HOST,
        smtp_port=1,
        sender="a@example.org",
        recipients="b@example.org",
        webhook_url=f"http://{HOST}:1/secret-part",
    )
    outcomes = dict(send(notify, "s", "t", {}))
    assert outcomes["webhook"].startswith("the receiver did not answer")
    assert "refused" in outcomes["e-mail"]
    assert "secret-part" not in str(outcomes)


def test_a_line_break_in_a_subject_makes_no_header_of_its_own() -> None:
    with mail_server() as mailbox:
        notify = Notify(
            smtp_host=HOST,
            smtp_port=mailbox.port,
            smtp_security="none",
            sender="a@example.org",
            recipients="b@example.org",
        )
        assert send(notify, "one\nBcc: c@example.org", "Ærlig talt", {}) == (("e-mail", "sent"),)
    (letter,) = mailbox.letters
    assert (letter["Subject"], letter["Bcc"]) == ("one Bcc: c@example.org", None)
    assert letter.get_content().strip() == "Ærlig talt"


def test_a_run_is_recorded_by_the_first_that_sees_it_and_old_records_go(after_small: Installation) -> None:
    settings = after_small.settings()
    for number in range(KEPT + 3):
        record = RunRecord(
            f"run-{number}", "publish", 2026, RUN.ended_at, False, faults=(Fault("a", "b", Owner.MAINTAINER),)
        )
        assert write_record(settings, record, record.faults[0].message, record.faults[0].message)
    assert not write_record(settings, replace(record, is_success=True), Bilingual("c", "d"), Bilingual("c", "d"))
    assert len(list(runs_dir(settings).iterdir())) == KEPT
    assert last_record(settings) == record


def test_a_run_whose_recording_was_cut_short_is_left_to_the_next_that_sees_it(after_small, monkeypatch) -> None:
    settings, said = after_small.settings(), Bilingual("a", "b")

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(os, "link", killed)
        write_record(settings, RUN, said, said)
    assert not (runs_dir(settings) / f"{RUN.run_id}.json").exists()
    assert write_record(settings, RUN, said, said)
    assert not write_record(settings, RUN, said, said)


def test_a_record_that_is_damaged_is_named_with_what_to_do(after_small: Installation) -> None:
    settings = after_small.settings()
    (settings.marts_dir / "last_run.json").write_text("{", encoding="utf-8")
    with pytest.raises(RecordError, match=r"last_run\.json is no record of a run; remove it"):
        last_record(settings)


@pytest.mark.parametrize(
    ("moment", "code", "line"),
    [
        ("2026-12-01T12:00", 0, "Nobody needs to do anything now."),
        ("2027-01-16T05:59", 0, "Nobody needs to do anything now."),
        (
            "2027-01-16T06:00",
            1,
            "The edition of 2026 was due on 15\N{NO-BREAK SPACE}January 2027 and has not been made.",
        ),
    ],
)
def test_status_says_with_its_exit_code_that_no_edition_came(
    place: Settings, monkeypatch, capsys, tmp_path: Path, moment: str, code: int, line: str
) -> None:
    monkeypatch.setattr(calendar, "now", lambda: datetime.fromisoformat(moment).replace(tzinfo=OSLO))
    with mail_server() as mailbox:
        tell_to(
            tmp_path / "root",
            smtp_host=HOST,
            smtp_port=mailbox.port,
            smtp_security="none",
            sender="a@example.org",
            recipients="b@example.org",
        )
        assert main(["status", "--language", "en", "--notify"]) == code
    said = capsys.readouterr().out
    assert line in said
    assert "The edition in force is 2026-1." in said
    subjects = [str(letter["Subject"]) for letter in mailbox.letters]
    assert len(subjects) == code
    assert all(one.startswith("Gevinst: Utgaven av 2026 skulle vært laget 15. januar 2027") for one in subjects)


def test_status_says_that_the_last_run_failed_and_when(place: Settings, capsys) -> None:
    fault = Fault("projects.csv, rad 3: feil.", "projects.csv, row 3: wrong.", Owner.EVALUATOR)
    record = RunRecord(
        "1", "publish", 2026, datetime(2026, 12, 1, 5, 7, tzinfo=ZoneInfo("UTC")), False, faults=(fault,)
    )
    assert write_record(place, record, fault.message, fault.message)
    assert main(["status"]) == 1
    said = capsys.readouterr().out
    assert "Siste kjøring, 1.\N{NO-BREAK SPACE}desember 2026 kl. 06.07: Publisering av 2026 gikk ikke." in said
    assert "projects.csv, rad 3: feil. Rettes av evaluatoren. Utgaven som gjelder, er 2026-1." in said


def test_the_year_that_is_meant_is_said_when_none_is_named(place: Settings, monkeypatch, capsys) -> None:
    spoil(place)  # ends before anything is built
    monkeypatch.setattr(calendar, "today", lambda: datetime(2027, 1, 5).date())
    assert main(["publish"]) == 1
    assert "Utgaveår: 2026" in capsys.readouterr().err
