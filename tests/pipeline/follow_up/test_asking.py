"""Who is asked, with which form and letter, and that asking is logged only when it happened."""

from __future__ import annotations

import email
import re
from datetime import date, timedelta
from email.policy import default
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from gevinst.contracts.vocabulary import FIRST_REQUEST, REMINDER
from gevinst.contracts.vocabulary import LANGUAGES_OF_ANSWERS as LANGUAGES
from gevinst.edition.store import edition_in_force
from gevinst.follow_up.ask import CALENDAR, FORM, LETTER, MAIL, SHEET, asked_of, write_asking
from gevinst.follow_up.due import FollowUpError, day_of, known_on, lines, write_files
from gevinst.follow_up.fields import fields_of, minutes_for
from gevinst.follow_up.prefill import SHOWN_FIRST, checksum
from gevinst.follow_up.texts import texts
from tests.pipeline.follow_up.conftest import ASKED_ON, LATER


def test_every_owner_on_the_list_gets_one_form_with_all_its_projects(settings, ask) -> None:
    tables = edition_in_force(settings).tables()
    listed = tables["follow_ups"].filter(edition_year=2026).drop_nulls("owner_organisation_id")
    asked = {one.owner_id: [project["project_id"] for project in one.form["projects"]] for one in ask()}
    assert listed.height > 5
    assert {owner: set(projects) for owner, projects in asked.items()} == {
        owner: set(rows["project_id"]) for (owner,), rows in listed.group_by("owner_organisation_id")
    }


def test_a_form_is_one_file_that_asks_the_network_for_nothing_and_says_that_its_data_are_invented(ask) -> None:
    for one in ask():
        page = one.attached[FORM].decode()
        assert not re.findall(r"(?:src|href)=[\"'](?!#)|url\(|@import", page)
        assert "connect-src 'none'" in page and "form-action 'none'" in page
        assert one.form["is_illustrative"] and "oppdiktet" in one.text


def test_ten_minutes_are_the_most_that_is_asked_for_a_project_and_benefits_beyond_wait_until_opened(ask) -> None:
    projects = [project for one in ask() for project in one.form["projects"]]
    assert max(minutes_for(project) for project in projects) <= 10
    for project in projects:
        first = [benefit for benefit in project["benefits"] if benefit["is_first"]]
        assert len(first) == min(SHOWN_FIRST, len(project["benefits"]))
    keys = [field.key for project in projects for field in fields_of(project)]
    assert len(keys) == len(set(keys)) > 100


def test_the_checksum_is_of_what_is_known_and_not_of_the_day_of_asking(ask) -> None:
    today, later = ask(), ask(on=LATER)
    assert [one.form["sha256"] for one in today] == [one.form["sha256"] for one in later]
    form = {**today[0].form, "owner_name": "Another"}
    assert checksum(form) != today[0].form["sha256"] == checksum(today[0].form)


def test_nobody_counts_as_asked_before_it_is_logged_and_then_nobody_is_asked_twice(ask, table) -> None:
    first = ask()
    assert ask() and table("requests") == []
    ask(is_logged=True)
    rows = table("requests")
    assert len(rows) == sum(len(one.form["projects"]) for one in first)
    assert {row["asked_on"] for row in rows} == {ASKED_ON}
    assert {row["answer_by_on"] for row in rows} == {ASKED_ON + timedelta(days=28)}
    assert ask() == []


def test_whoever_was_asked_and_did_not_answer_is_reminded_from_the_day_after_and_not_before(ask, table) -> None:
    assert ask(REMINDER) == []
    asked = ask(is_logged=True)
    assert ask(REMINDER, ASKED_ON) == []
    reminded = ask(REMINDER, ASKED_ON + timedelta(days=1), is_logged=True)
    assert [one.owner_id for one in reminded] == [one.owner_id for one in asked]
    assert "1.\N{NO-BREAK SPACE}februar 2027" in reminded[0].text
    kinds = [row["request_kind_code"] for row in table("requests")]
    assert kinds.count("first") == kinds.count("reminder") > 0


def test_a_folder_has_form_workbook_letter_and_draft_of_an_email_for_each_owner_and_a_calendar(ask, tmp_path) -> None:
    asking, said = ask(), list[str]()
    write_asking(asking, tmp_path / "out", "nb", said.append)
    assert said == [one.owner_id for one in asking]
    for one in asking:
        place = tmp_path / "out" / one.owner_id
        assert sorted(path.name for path in place.iterdir()) == sorted([FORM, SHEET, LETTER, MAIL])
        mail = email.message_from_bytes((place / MAIL).read_bytes(), policy=default)
        assert mail["X-Unsent"] == "1" and mail["To"] is None
        assert mail.get_body().get_content().replace("\r\n", "\n") == one.text
        assert {part.get_filename(): part.get_content() for part in mail.iter_attachments()}.keys() == {FORM, SHEET}
    days = (tmp_path / "out" / CALENDAR).read_text(encoding="utf-8")
    assert days.count("BEGIN:VEVENT") == 2 * len(asking)


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_form_and_workbook_are_in_the_language_chosen(ask, language) -> None:
    one = ask(language=language)[0]
    words = texts()[language]
    assert words["public"][:40] in one.text
    assert f'<html lang="{language}">' in one.attached[FORM].decode()
    book = load_workbook(BytesIO(one.attached[SHEET]))
    assert book.sheetnames[:2] == [words["sheet_answers"], words["sheet_about"]]
    assert [cell.value for cell in book.worksheets[0][1]][3] == words["column_answer"]


def test_a_workbook_has_one_row_for_each_field_with_its_choices_and_opens_as_the_same_bytes(ask) -> None:
    one, again = ask()[0], ask()[0]
    assert one.attached[SHEET] == again.attached[SHEET]
    sheet = load_workbook(BytesIO(one.attached[SHEET])).worksheets[0]
    keys = [row[5].value for row in sheet.iter_rows(min_row=2)]
    wanted = [field.key for project in one.form["projects"] for field in fields_of(project)]
    assert keys == ["role", *wanted]
    chosen = [
        field for project in one.form["projects"] for field in fields_of(project) if field.kind in ("choice", "unit")
    ]
    assert len(sheet.data_validations.dataValidation) == len(chosen)


def test_an_edition_made_in_hindsight_asks_nobody(published_small, settings, monkeypatch) -> None:
    edition = edition_in_force(settings)
    monkeypatch.setattr("gevinst.site.rows.SiteData.reconstructed_on", date(2026, 11, 22))
    with pytest.raises(FollowUpError, match="hindsight"):
        asked_of(edition, settings, FIRST_REQUEST, ASKED_ON, "nb")


def test_what_is_due_is_listed_by_owner_with_every_reason_and_who_is_asked(settings, tmp_path) -> None:
    view = known_on(settings, 2026, date(2026, 12, 31), "en")
    said = "\n".join(lines(view))
    assert "(ask: project owner)" in said and "The last we know:" in said
    for project in view.data.now("follow_ups"):
        assert view.text(view.data.project_by_id[project["project_id"]], "short_name") in said
    written = write_files(view, tmp_path / "files")
    assert sorted(path.suffix for path in written) == [".ics", ".txt", ".xlsx"]


def test_the_longer_nobody_is_heard_from_the_more_is_due(settings) -> None:
    soon, later = (known_on(settings, day.year, day, "nb") for day in (date(2026, 12, 31), date(2029, 12, 31)))
    reasons = [len(view.data.now("follow_up_reasons")) for view in (soon, later)]
    assert reasons[0] < reasons[1]
    stale = [
        {row["project_id"] for row in view.data.now("follow_up_reasons") if row["follow_up_reason_code"] == "stale"}
        for view in (soon, later)
    ]
    assert stale[0] < stale[1]


def test_a_list_is_seen_from_the_day_named_or_the_last_of_a_year_that_has_ended() -> None:
    assert day_of(2026, None, date(2026, 11, 29)) == date(2026, 11, 29)
    assert day_of(2026, None, date(2027, 1, 1)) == date(2026, 12, 31)
    assert day_of(2026, date(2027, 2, 1), date(2026, 11, 29)) == date(2027, 2, 1)
    with pytest.raises(FollowUpError, match="before 2026"):
        day_of(2026, date(2025, 12, 31), date(2026, 11, 29))


def test_every_text_of_forms_and_letters_is_in_three_languages_with_the_same_values() -> None:
    found = texts()
    places = {
        language: {name: set(re.findall(r"\{(\w+)\}", text)) for name, text in words.items()}
        for language, words in found.items()
    }
    assert places["nb"] == places["nn"] == places["en"]
    assert all(text.strip() for words in found.values() for text in words.values())


def test_no_text_of_forms_and_letters_is_unused() -> None:
    package = Path(__file__).parents[3] / "gevinst" / "follow_up"
    code = "\n".join(path.read_text(encoding="utf-8") for path in package.rglob("*") if path.suffix in (".py", ".js"))
    families = ("name_", "status_", "outcome_", "measured_by_", "obstacles_", "known_is_right_", "section_", "column_")
    families += ("reason_", "benefit_", "subject_", "opening_", "mailing_", "event_", "claim_", "hint_")
    unused = [
        name
        for name in texts()["nb"]
        if f'"{name}"' not in code and f"'{name}'" not in code and f".{name}," not in code and f".{name})" not in code
    ]
    assert [name for name in unused if not name.startswith(families)] == []
