"""Letters by a real mail server: who gets what, what went wrong in one sentence, and who counts as asked."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from gevinst.cli import gevinst
from gevinst.contracts.vocabulary import LANGUAGES_OF_ANSWERS
from gevinst.edition.store import Edition
from gevinst.follow_up.ask import FORM, SHEET, Asking
from gevinst.follow_up.due import FollowUpError
from gevinst.follow_up.send import letters_to_send
from gevinst.follow_up.texts import Words
from gevinst.settings import Notify
from tests.data.receivers import HOST, Mailbox, free_port, mail_server
from tests.data.workspaces import workspace
from tests.pipeline.follow_up.conftest import ASKED_ON, YEAR

Send = Callable[..., Result]


@pytest.fixture
def is_real(monkeypatch: pytest.MonkeyPatch) -> None:
    """The edition as if it were of real projects: letters about invented ones are not sent."""
    stated = Edition.__dict__["info"].func
    monkeypatch.setattr(Edition, "info", property(lambda self: replace(stated(self), is_illustrative=False)))


@pytest.fixture
def asking(is_real: None, ask) -> list[Asking]:
    """Everybody that is to be asked."""
    return ask()


def address_of(owner_id: str) -> str:
    return f"post.{owner_id}@example.org"


@pytest.fixture
def addresses(asking, tmp_path) -> Path:
    """Where the owners get their letters."""
    return written(tmp_path / "addresses.csv", [(one.owner_id, address_of(one.owner_id)) for one in asking])


def written(path: Path, lines: list[tuple[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("organisation_id", "address"), *lines])
    return path


@pytest.fixture
def send(settings, tmp_path, monkeypatch) -> Send:
    """`gevinst ask` on the command line, with a mail server at a port; `said` is what is typed."""
    root = workspace(tmp_path / "root")
    for name, place in (("WORKSPACE", root), ("RAW_DIR", settings.raw_dir), ("MARTS_DIR", settings.marts_dir)):
        monkeypatch.setenv(f"GEVINST_{name}", str(place))

    def send(*options: object, port: int | None = None, said: str = "", **notify: object) -> Result:
        if port is not None:
            values = {"smtp_host": HOST, "smtp_port": port, "smtp_security": "none", "sender": "gevinst@example.org"}
            lines = [f"{name} = {json.dumps(value)}" for name, value in {**values, **notify}.items()]
            text = "\n".join(["[notify]", 'recipients = "drift@example.org"', *lines])
            (root / "gevinst.toml").write_text(text, encoding="utf-8")
        fixed = ["ask", "--year", str(YEAR), "--on", ASKED_ON.isoformat(), "--out", str(tmp_path / "out")]
        return CliRunner().invoke(gevinst, [*fixed, *map(str, options)], input=said)

    return send


@pytest.fixture
def log(table) -> Callable[[], list[str]]:
    """The owners that count as asked on the day, each of them once."""

    def log() -> list[str]:
        seen = {
            (row["asked_organisation_id"], row["form_id"]) for row in table("requests") if row["asked_on"] == ASKED_ON
        }
        return sorted(owner for owner, _ in seen)

    return log


def owners(asking: list[Asking]) -> list[str]:
    return sorted(one.owner_id for one in asking)


def reached(mailbox: Mailbox) -> list[str]:
    return [address for (address,) in mailbox.recipients]


def test_nothing_is_sent_or_logged_unless_it_is_said(asking, addresses, send, log) -> None:
    with mail_server() as mailbox:
        done = send("--addresses", addresses, port=mailbox.port)
    assert done.exit_code == 0 and "Ingenting er sendt eller loggført." in done.output
    assert mailbox.letters == [] and log() == []


def test_the_letters_are_listed_first_and_whoever_does_not_say_yes_sends_none(asking, addresses, send, log) -> None:
    with mail_server() as mailbox:
        answered = [
            send("--send", "--addresses", addresses, port=mailbox.port, said=said) for said in ("n\n", "\n", "")
        ]
    for done in answered:
        assert done.exit_code == 1
        for one in asking:
            line = f"  {one.form['owner_name']} <{address_of(one.owner_id)}>: {one.subject}"
            assert done.output.index(line) < done.output.index("Send nå?")
    assert "Ingenting er sendt." in answered[0].output
    assert mailbox.letters == [] and log() == []


@pytest.mark.parametrize("language", LANGUAGES_OF_ANSWERS)
def test_every_owner_gets_its_own_letter_with_form_and_workbook_in_the_language_chosen(
    is_real, ask, addresses, send, log, language
) -> None:
    asking = ask(language=language)
    with mail_server() as mailbox:
        done = send("--send", "--addresses", addresses, "--language", language, port=mailbox.port, said="y\n")
    assert done.exit_code == 0, done.output
    assert reached(mailbox) == [address_of(one.owner_id) for one in asking]
    for one, mail in zip(asking, mailbox.letters, strict=True):
        assert (mail["To"], mail["From"]) == (address_of(one.owner_id), "gevinst@example.org")
        assert mail["Subject"] == " ".join(one.subject.split()) and mail["X-Unsent"] is None
        body = mail.get_body()
        assert body is not None and body.get_content().replace("\r\n", "\n") == one.text
        files = {part.get_filename(): part.get_content() for part in mail.iter_attachments()}
        assert files[SHEET] == one.attached[SHEET]
        assert files[FORM].replace("\r\n", "\n") == one.attached[FORM].decode().replace("\r\n", "\n")
        assert f'<html lang="{language}">' in files[FORM]
        assert Words(language)("public")[:40] in one.text
    assert log() == owners(asking)


def sentence_about(done: Result, one: Asking) -> str:
    """The one line about a letter that was not sent."""
    (line,) = [
        line for line in done.output.splitlines() if line.startswith(f"Ikke sendt til {one.form['owner_name']}:")
    ]
    assert not re.search(r"[{}]|b'|Errno|Error\b", line), "what a program says to itself"
    return line


def test_an_address_that_is_refused_keeps_no_other_letter_and_the_next_run_sends_that_one_alone(
    asking, addresses, send, log
) -> None:
    refused, *others = asking
    with mail_server(refused=[address_of(refused.owner_id)]) as mailbox:
        done = send("--send", "--yes", "--addresses", addresses, port=mailbox.port)
        assert done.exit_code == 1
        said = sentence_about(done, refused)
        assert f"avviste brevet til {address_of(refused.owner_id)} (550 5.1.1 No such mailbox)" in said
        assert reached(mailbox) == [address_of(one.owner_id) for one in others]
        assert log() == owners(others)
        mailbox.refused.clear()
        again = send("--send", "--yes", "--addresses", addresses, port=mailbox.port)
        assert again.exit_code == 0, again.output
        assert reached(mailbox)[len(others) :] == [address_of(refused.owner_id)]
        assert log() == owners(asking)
        nobody = send("--send", "--yes", "--addresses", addresses, port=mailbox.port)
    assert nobody.exit_code == 0 and "Ingen skal spørres nå." in nobody.output
    assert len(mailbox.letters) == len(asking)


def test_where_every_address_is_refused_nobody_counts_as_asked(asking, addresses, send, log, settings) -> None:
    before = {path: path.read_bytes() for path in settings.raw_dir.rglob("*") if path.is_file()}
    with mail_server(refused=[address_of(one.owner_id) for one in asking]) as mailbox:
        done = send("--send", "--yes", "--addresses", addresses, port=mailbox.port)
    assert done.exit_code == 1 and mailbox.letters == []
    assert all("avviste brevet" in sentence_about(done, one) for one in asking)
    assert "loggført" not in done.output
    assert {path: path.read_bytes() for path in settings.raw_dir.rglob("*") if path.is_file()} == before


def test_a_connection_that_breaks_in_a_letter_loses_that_one_alone(asking, addresses, send, log) -> None:
    lost = asking[2]
    with mail_server(closes_on=address_of(lost.owner_id)) as mailbox:
        done = send("--send", "--yes", "--addresses", addresses, port=mailbox.port)
    assert done.exit_code == 1
    assert "forbindelsen ble brutt før e-posttjeneren hadde tatt imot brevet" in sentence_about(done, lost)
    assert log() == owners([one for one in asking if one is not lost])
    assert len(mailbox.letters) == len(asking) - 1


def test_a_server_that_parts_in_bad_form_has_taken_the_letters_all_the_same(asking, addresses, send, log) -> None:
    with mail_server(goodbye="451 Not now") as mailbox:
        done = send("--send", "--yes", "--addresses", addresses, port=mailbox.port)
    assert done.exit_code == 0, done.output
    assert len(mailbox.letters) == len(asking) and log() == owners(asking)


@pytest.mark.parametrize(
    ("own", "password", "sentence"),
    [
        ({}, "wrong", "slipper ikke inn smtp_user (535 5.7.8"),
        ({}, None, "slipper ikke inn smtp_user (535 5.7.8"),
        ({"smtp_user": None}, None, "tar ikke imot brev fra gevinst@example.org (530"),
        ({"smtp_security": "starttls"}, "right", "svarer ikke som den skal"),
    ],
)
def test_a_server_that_lets_nobody_in_is_told_of_once_and_no_other_letter_is_tried(
    asking, addresses, send, log, monkeypatch, own, password, sentence
) -> None:
    if password:
        monkeypatch.setenv("GEVINST_SMTP_PASSWORD", password)
    notify: dict[str, Any] = {"smtp_user": "gevinst", **own}
    with mail_server(password="right") as mailbox:
        given = {name: value for name, value in notify.items() if value is not None}
        done = send("--send", "--yes", "--addresses", addresses, port=mailbox.port, **given)
    assert done.exit_code == 1 and mailbox.letters == [] and log() == []
    assert sentence in sentence_about(done, asking[0])
    assert done.output.count("Ikke sendt til") == 1 and "brev til ble ikke forsøkt sendt." in done.output
    assert "wrong" not in done.output and "right" not in done.output


def test_the_right_password_lets_the_letters_through(asking, addresses, send, log, monkeypatch) -> None:
    monkeypatch.setenv("GEVINST_SMTP_PASSWORD", "right")
    with mail_server(password="right") as mailbox:
        done = send("--send", "--yes", "--addresses", addresses, port=mailbox.port, smtp_user="gevinst")
    assert done.exit_code == 0 and log() == owners(asking), done.output


def test_a_port_where_nobody_answers_is_named_with_the_settings_to_look_at(asking, addresses, send, log) -> None:
    port = free_port()
    done = send("--send", "--yes", "--addresses", addresses, port=port)
    said = sentence_about(done, asking[0])
    assert done.exit_code == 1 and log() == []
    assert f"{HOST}:{port}" in said and "smtp_port" in said


def test_whoever_stops_it_half_way_has_asked_those_whose_letters_are_sent(
    asking, addresses, send, log, monkeypatch
) -> None:
    from gevinst.follow_up import send as sending

    real, handed = sending._send, list[str]()

    def stopped(one: Asking, *rest: Any) -> None:
        if len(handed) == 2:
            raise KeyboardInterrupt
        real(one, *rest)
        handed.append(one.owner_id)

    monkeypatch.setattr(sending, "_send", stopped)
    with mail_server() as mailbox:
        done = send("--send", "--yes", "--addresses", addresses, port=mailbox.port)
    assert done.exit_code != 0 and len(mailbox.letters) == 2
    assert log() == sorted(handed)


def test_letters_that_could_not_be_logged_are_not_sent(asking, addresses, send, settings, log) -> None:
    path = settings.raw_dir / "registry" / "projects.csv"
    rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*rows, rows[-1], ""]), encoding="utf-8")
    with mail_server() as mailbox:
        done = send("--send", "--yes", "--addresses", addresses, port=mailbox.port)
    assert done.exit_code == 1 and mailbox.letters == []
    assert "registry/projects.csv" in done.output


def test_reminders_are_sent_to_those_who_were_asked_and_are_logged_as_such(asking, addresses, send, table) -> None:
    first, second = ASKED_ON.isoformat(), ASKED_ON.replace(day=20).isoformat()
    with mail_server() as mailbox:
        for options in (("--on", first), ("--reminder", "--on", second)):
            done = send("--send", "--yes", "--addresses", addresses, *options, port=mailbox.port)
            assert done.exit_code == 0, done.output
    assert reached(mailbox) == [address_of(one.owner_id) for one in asking] * 2
    kinds = {row["request_kind_code"] for row in table("requests") if row["asked_on"].isoformat() == second}
    assert kinds == {"reminder"}


def test_letters_about_invented_projects_are_not_sent(ask, send, tmp_path, log) -> None:
    lines = [(one.owner_id, address_of(one.owner_id)) for one in ask()]
    with mail_server() as mailbox:
        found = written(tmp_path / "a.csv", lines)
        done = send("--send", "--yes", "--addresses", found, port=mailbox.port)
    assert done.exit_code == 1 and "prosjektene er oppdiktet, og brev om dem sendes ikke" in done.output
    assert mailbox.letters == [] and log() == []


PERSONS, NO_ADDRESS = "en persons", "ingen e-postadresse"


def test_an_address_that_is_none_or_a_persons_is_refused_with_its_line(asking, settings, addresses) -> None:
    notify = Notify(smtp_host=HOST, sender="gevinst@example.org", recipients="drift@example.org")
    lines = [(one.owner_id, address_of(one.owner_id)) for one in asking]
    assert len(letters_to_send(asking, addresses, replace(settings, notify=notify))) == len(asking)
    for address, sentence in {
        "kari@example.org": PERSONS,
        "Kari.Nordmann@example.org": PERSONS,
        "ola_nordmann@example.org": PERSONS,
        "post": NO_ADDRESS,
        "post@example.org, drift@example.org": NO_ADDRESS,
        "": NO_ADDRESS,
    }.items():
        wrong = written(addresses, [lines[0], (lines[1][0], address), *lines[2:]])
        with pytest.raises(FollowUpError) as refused:
            letters_to_send(asking, wrong, replace(settings, notify=notify))
        said = refused.value.message("nb")
        assert "linje 3" in said and sentence in said and said != str(refused.value)


def test_what_is_missing_for_sending_is_said_in_one_sentence_before_anything_is_sent(
    asking, addresses, send, log
) -> None:
    chosen = ("--send", "--yes")
    done = [send(*chosen, "--addresses", addresses, "--language", one) for one in LANGUAGES_OF_ANSWERS]
    of_one = [(asking[0].owner_id, address_of(asking[0].owner_id))]
    with mail_server() as mailbox:
        done.append(send(*chosen, port=mailbox.port))
        done.append(send(*chosen, "--addresses", written(addresses, of_one), port=mailbox.port))
    missing = [*["smtp_host"] * len(LANGUAGES_OF_ANSWERS), "--addresses", asking[1].owner_id]
    for one, name in zip(done, missing, strict=True):
        (line,) = one.stderr.splitlines()
        assert one.exit_code == 1 and name in line
    assert mailbox.letters == [] and log() == []
