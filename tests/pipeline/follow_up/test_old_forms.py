"""Forms of several askings: the newest is answered, and an old one only where the owner was not asked since.

Nobody is asked to answer again because a year has passed: a form holds its edition and a checksum of what was filled
in, and its answer is entered on the day that it bears. What makes a form old is a newer one to the same owner, with
what has become known in between.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from gevinst.contracts.vocabulary import REMINDER
from gevinst.findings import IntakeError
from gevinst.follow_up.answers import look
from gevinst.follow_up.ask import SHEET, Asking, asked_of, newest_edition_of
from gevinst.follow_up.texts import Words
from gevinst.settings import Settings
from tests.pipeline.follow_up.conftest import ASKED_ON, LATER, YEAR, file_of, saved

BEFORE, SINCE, A_YEAR_ON = date(2027, 1, 31), date(2027, 2, 2), date(2028, 3, 1)


@pytest.fixture
def settings(asked_settings) -> Settings:
    return asked_settings


@pytest.fixture
def one(settings) -> Asking:
    """An owner that was asked."""
    return asked_of(newest_edition_of(settings, YEAR), settings, REMINDER, LATER, "nb")[0]


@pytest.fixture
def also_asked(settings) -> Callable[[Asking, date], None]:
    """Log that the owner was asked with the form of another edition too, on a day."""

    def also_asked(one: Asking, on: date) -> None:
        path = settings.raw_dir / "evaluations" / str(ASKED_ON.year) / "requests.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in [row for row in rows if row["asked_organisation_id"] == one.owner_id]:
            other = {"form_id": f"2026-2-{one.owner_id}", "asked_edition_id": "2026-2", "asked_on": on.isoformat()}
            rows.append({**row, **other, "request_id": f"{row['request_id']}-{on.isoformat()}"})
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)

    return also_asked


def as_saved(one: Asking, folder: Path, on: date) -> Path:
    project = one.form["projects"][0]["project_id"]
    return file_of(folder, "svar.json", saved(one.form, {f"{project}.status": "i_bruk"}, on=on))


def as_workbook(one: Asking, folder: Path, on: date) -> Path:
    key = f"{one.form['projects'][0]['project_id']}.status"
    book = load_workbook(BytesIO(one.attached[SHEET]))
    for row in book.worksheets[0].iter_rows(min_row=2):
        if row[5].value == key:
            row[3].value = Words("nb")("status_i_bruk")
    folder.mkdir(exist_ok=True)
    book.save(folder / "svar.xlsx")
    return folder / "svar.xlsx"


KINDS: list[Any] = [pytest.param(as_saved, id="json"), pytest.param(as_workbook, id="xlsx")]


@pytest.mark.parametrize("written", KINDS)
def test_a_form_is_refused_in_one_sentence_from_the_day_after_on_which_its_owner_was_asked_again(
    one, also_asked, settings, tmp_path, written
) -> None:
    also_asked(one, SINCE)
    path = written(one, tmp_path / "back", LATER)
    with pytest.raises(IntakeError) as refused:
        look([path], settings, LATER)
    (finding,) = refused.value.findings
    for said in (finding.sentence("nb"), finding.sentence("en")):
        assert said.startswith(path.name) and "2027-02-02" in said and "2026-2" in said
    assert "skjemaet er gammelt" in finding.sentence("nb") and "the form is old" in finding.sentence("en")


@pytest.mark.parametrize("written", KINDS)
@pytest.mark.parametrize("other", [BEFORE, ASKED_ON])
def test_the_newest_form_of_two_is_taken_and_so_are_both_of_one_day(
    one, also_asked, settings, tmp_path, written, other
) -> None:
    also_asked(one, other)
    (answer,) = look([written(one, tmp_path / "back", LATER)], settings, LATER).answers
    assert answer.form["form_id"] == one.form["form_id"]


@pytest.mark.parametrize("written", KINDS)
def test_a_newer_form_to_one_owner_makes_no_other_owners_form_old(one, also_asked, settings, tmp_path, written) -> None:
    other = asked_of(newest_edition_of(settings, YEAR), settings, REMINDER, LATER, "nb")[1]
    also_asked(other, SINCE)
    assert len(look([written(one, tmp_path / "back", LATER)], settings, LATER).answers) == 1


@pytest.mark.parametrize("written", KINDS)
def test_a_form_of_last_year_is_taken_on_its_own_day_where_nobody_was_asked_since(
    one, settings, tmp_path, written
) -> None:
    (answer,) = look([written(one, tmp_path / "back", A_YEAR_ON)], settings, A_YEAR_ON).answers
    assert answer.answered_on == A_YEAR_ON
