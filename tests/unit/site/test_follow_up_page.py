"""The page on follow-up: every row leads somewhere, says what it rests on and asks a question; the files open."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from typing import Any

import polars as pl
import pytest
from bs4 import BeautifulSoup
from openpyxl import load_workbook

from gevinst.addresses import LANGUAGE_MARKS, bare
from gevinst.bilingual import LANGUAGES
from gevinst.contracts import contract
from gevinst.contracts.vocabulary import (
    DEVELOPED,
    DEVELOPED_NOT_USED,
    ENDING_UNKNOWN,
    FOLLOW_UP_REASONS,
    NOTHING_BEYOND_AWARD,
    STALE_WORD,
    STEPS,
    TRIED_OUT,
)
from gevinst.language.texts import entries
from gevinst.layout import EditionInfo
from gevinst.settings import load_settings
from gevinst.site.context import View
from gevinst.site.pages import path_of
from gevinst.site.pages.follow_up import page, words
from gevinst.site.pages.follow_up.files import FORM, files, letters
from gevinst.site.render import render
from gevinst.site.rows import SiteData
from tests.data.page_reading import text_of
from tests.data.small_edition import SMALL_EDITION, frame, small_tables


def view_of(language: str = "nb", edition: EditionInfo = SMALL_EDITION, **changed: pl.DataFrame) -> View:
    """As the site is built: with marks where numbers get their addresses."""
    tables = {**small_tables(), **changed}
    return View(SiteData(tables, edition), language, load_settings(), path_of, is_marking=True)


def shown(view: View) -> BeautifulSoup:
    (document,) = page.documents(view)
    return BeautifulSoup(render(view, page.PAGE, document, page.PAGE.path(view.language)), "html.parser")


@cache
def norwegian() -> BeautifulSoup:
    return shown(view_of())


def test_every_project_on_the_list_is_a_row_with_a_link_a_reason_a_word_and_a_question() -> None:
    rows = norwegian().select("#oppfolging tbody tr")
    listed = small_tables()["follow_ups"].filter(edition_year=2026).sort("follow_up_order")
    assert [row["data-project"] for row in rows] == listed["project_id"].to_list()
    for row in rows:
        name, place, owner, why, word, question = row.select("th, td")
        assert name.a is not None and word.a is not None
        assert text_of(why) and text_of(question).rstrip().endswith("?") and text_of(owner)
        assert place["class"] == ["number"]


def test_the_lead_says_how_many_and_how_much_was_read_and_the_rule_of_the_order_is_on_the_page() -> None:
    lead = text_of(norwegian().select_one(".lead"))
    count = small_tables()["follow_ups"].filter(edition_year=2026).height
    assert count > 3 and "Vi bør høre fra" in lead and "lest i sin helhet" in lead
    caption = text_of(norwegian().select_one("#oppfolging-heading ~ .caption"))
    assert "hørt fra på lengst tid" in caption and "mest støtte" in caption


ASKED = {
    DEVELOPED_NOT_USED: (DEVELOPED, TRIED_OUT),
    ENDING_UNKNOWN: NOTHING_BEYOND_AWARD,
    STALE_WORD: [code for code in STEPS if code not in (DEVELOPED, TRIED_OUT)],
}
"""Statuses in which a reason may be the first about status, for reasons whose question depends on the status."""


def test_every_reason_has_a_question_for_every_status_that_it_may_meet() -> None:
    met = [f"{reason}_{status}" for reason, statuses in ASKED.items() for status in statuses]
    asked = [*met, *(reason for reason in FOLLOW_UP_REASONS if reason not in ASKED)]
    assert {f"question.{name}" for name in asked} == {key for key in entries() if key.startswith("question.")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_project_is_asked_at_least_one_question_and_the_first_is_that_of_the_main_reason(language: str) -> None:
    view = view_of(language)
    for row in words.listed(view):
        (first, *_) = words.questions(view, row)
        assert first == (words.reason(view, row), words.question(view, row))


def test_a_list_without_a_project_says_so_and_has_no_letters() -> None:
    nobody = {name: frame(contract(name), []) for name in ("follow_ups", "follow_up_reasons")}
    counts = small_tables()["headline_counts"].with_columns(
        figure_value=pl.when(pl.col("figure_id").str.starts_with("follow_up")).then(0).otherwise("figure_value")
    )
    found = shown(view_of("nb", SMALL_EDITION, **nobody, headline_counts=counts))
    assert "Ingen av tolv prosjekter trenger oppfølging" in text_of(found.select_one(".lead"))
    assert found.select("textarea") == [] and found.select("#til-arbeidet") == []


def test_a_letter_is_shown_line_by_line_as_it_is_copied_and_addressed_to_an_organisation() -> None:
    found = letters(view_of())
    boxes = norwegian().select("details.letter textarea")
    assert [box.text for box in boxes] == [letter.text for letter in found]
    names = set(small_tables()["organisations"]["name"])
    for letter in found:
        assert letter.addressee in names and f"Til {letter.addressee}\n\n" in letter.text
        assert "?" in letter.text and "{" not in letter.text
    figure = small_tables()["headline_counts"].filter(edition_year=2026, figure_id="follow_up_owners")
    assert figure["figure_value"].to_list() == [len(found)]


def test_projects_of_one_owner_are_in_one_letter() -> None:
    tables = small_tables()
    (one, *_) = tables["follow_ups"].filter(edition_year=2026)["owner_organisation_id"]
    same = tables["follow_ups"].with_columns(owner_organisation_id=pl.lit(one))
    (letter,) = letters(view_of(follow_ups=same))
    assert len(letter.projects) == same.filter(edition_year=2026).height


def test_where_no_source_says_who_owns_a_project_nobody_is_written_to() -> None:
    unknown = small_tables()["follow_ups"].with_columns(owner_organisation_id=pl.lit(None, pl.String))
    assert letters(view_of(follow_ups=unknown)) == []


def test_an_edition_made_in_hindsight_has_nothing_to_send() -> None:
    recorded = small_tables()["projects"].with_columns(recorded_on=pl.lit(date(2028, 1, 1)))
    view = view_of(projects=recorded)
    assert letters(view) == [] and files(view) == {}
    found = shown(view)
    assert "laget i ettertid" in text_of(found.select_one("#til-arbeidet ~ .caption"))
    assert found.select(".work-files, textarea") == [] and len(found.select("#oppfolging tbody tr")) > 3


@pytest.mark.parametrize(
    ("precision", "months", "said"),
    [
        ("day", 0, "under en måned siden"),
        ("day", 1, "én måned siden"),
        ("day", 23, "23 måneder siden"),
        ("day", 24, "to år siden"),
        ("earliest", 24, "høyst to år siden"),
    ],
)
def test_an_age_is_in_months_then_in_years_and_a_bound_where_only_the_earliest_day_is_known(
    precision: str, months: int, said: str
) -> None:
    row = {"last_word_precision": precision, "months_since_last_word": months, "years_since_last_word": months // 12}
    assert bare(words.how_old(view_of(), row)) == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_opens_with_one_row_per_question_and_room_for_the_answer(language: str) -> None:
    view = view_of(language)
    book = load_workbook(BytesIO(as_bytes(files(view)[FORM[language]])))
    sheet, notes = book.worksheets
    headings, *rows = [["" if cell.value is None else str(cell.value) for cell in row] for row in sheet.iter_rows()]
    asked = [question for row in words.listed(view) for question in words.questions(view, row)]
    assert len(rows) == len(asked) > 0 and len(headings) == 10
    assert all(row[5].endswith("?") and row[6:9] == [""] * 3 for row in rows)
    assert {row[9] for row in rows} == set(small_tables()["follow_ups"].filter(edition_year=2026)["project_id"])
    assert sheet.freeze_panes == "A2" and sheet.print_title_rows == "$1:$1"
    assert notes.max_row > 3


def as_bytes(content: str | bytes) -> bytes:
    assert isinstance(content, bytes)
    return content


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_are_the_same_from_the_same_content_and_hold_no_marks(language: str) -> None:
    first, second = files(view_of(language)), files(view_of(language))
    assert first == second and len(first) == 3
    marks = re.compile(f"[\U000f0000-\U0010ffff{LANGUAGE_MARKS}]")
    for name, content in first.items():
        if isinstance(content, str):
            assert marks.search(content) is None, name
    for sheet in load_workbook(BytesIO(as_bytes(first[FORM[language]]))).worksheets:
        assert not any(marks.search(str(cell.value)) for row in sheet.iter_rows() for cell in row)


def test_an_illustrative_edition_carries_its_flag_in_every_file_and_a_real_one_does_not() -> None:
    flag = re.compile("illustrerende data", re.IGNORECASE)
    real = replace(SMALL_EDITION, is_illustrative=False)
    for edition, is_flagged in ((SMALL_EDITION, True), (real, False)):
        for name, content in files(view_of(edition=edition)).items():
            if isinstance(content, str):
                parts = re.findall(r"SUMMARY:[^\r]*", content) if name.endswith(".ics") else re.split("={72}", content)
                assert parts and all(bool(flag.search(part)) == is_flagged for part in parts), name
            else:
                sheet, notes = load_workbook(BytesIO(content)).worksheets
                said = [str(cell.value) for (cell,) in notes.iter_rows(max_col=1)]
                assert any(flag.search(text) for text in said) == is_flagged
                header = sheet.oddHeader
                assert header is not None and bool(header.left.text) == is_flagged


def test_the_calendar_has_one_day_per_owner_on_the_day_of_the_rule() -> None:
    view = view_of()
    text = str(files(view)["oppfolging.ics"])
    (asked_on,) = set(small_tables()["follow_ups"].filter(edition_year=2026)["ask_on"])
    assert re.findall(r"DTSTART;VALUE=DATE:(\d+)", text) == [f"{asked_on:%Y%m%d}"] * len(letters(view))
    uids = re.findall(r"UID:(\S+)", text.replace("\r\n ", ""))
    assert len(set(uids)) == len(uids) and all(uid.endswith("-illustrative@gevinst") for uid in uids)
    english = re.findall(r"UID:(\S+)", str(files(view_of("en"))["follow-up.ics"]).replace("\r\n ", ""))
    assert english == uids, "imported in both languages, a day is there once"


@pytest.mark.parametrize(
    ("previous", "said"), [(None, "Dette er den første utgaven"), ("2025-1", "Utgaven før hadde ingen liste")]
)
def test_without_answers_one_line_says_why(previous: str | None, said: str) -> None:
    found = shown(view_of(edition=replace(SMALL_EDITION, previous_edition_id=previous)))
    assert text_of(found.select_one("#svar-siden")).startswith(said)


def test_those_asked_before_are_ticked_off_with_what_was_known_then_and_now() -> None:
    listed = small_tables()["follow_ups"].filter(edition_year=2026).to_dicts()[:2]
    rows: list[dict[str, Any]] = [
        {
            "edition_year": 2026,
            "asked_edition_year": 2025,
            "asked_reason_code": "stale",
            "follow_up_answer_code": code,
            "change_time_code": "happened" if code == "answered" else None,
            "word_before_on": row["last_word_on"].replace(year=2015),
            "word_before_precision": "year",
            "alike_count": 1,
            "all_asked_count": 2,
            **{
                name: row[name]
                for name in (
                    *("project_id", "last_word_code", "last_word_on", "last_word_precision", "last_word_benefit_id"),
                    *("months_since_last_word", "years_since_last_word", "current_status_code"),
                    *("source_id", "source_locator"),
                )
            },
        }
        for row, code in zip(listed, ("open", "answered"), strict=True)
    ]
    found = shown(view_of(follow_up_answers=frame(contract("follow_up_answers"), rows)))
    assert "Ett av spørsmålene fra 2025 er besvart" in text_of(found.select_one("#svar-heading"))
    cells = [[text_of(cell) for cell in row.select("th, td")] for row in found.select("#svar tbody tr")]
    assert [row[1] for row in cells] == ["besvart skjedd siden sist", "ubesvart"]
    assert all(row[3] == "2015" and row[4] for row in cells)


def test_an_owner_leads_to_its_page() -> None:
    owned = [row.select("td")[1] for row in norwegian().select("#oppfolging tbody tr")]
    assert any(cell.a is not None for cell in owned)
    assert all("/organisasjon/" in link["href"] for cell in owned for link in cell.select("a"))


def test_a_reason_of_every_project_is_given_once_above_the_list_and_in_no_row_below_its_main_reason() -> None:
    tables = small_tables()
    reasons, counts = tables["follow_up_reasons"], tables["headline_counts"]
    now = tables["follow_ups"].filter(edition_year=2026).height
    code = next(
        one
        for one in FOLLOW_UP_REASONS
        if not reasons.filter(follow_up_reason_code=one, is_main_reason=False, edition_year=2026).is_empty()
    )
    is_count = (pl.col("figure_id") == f"follow_up_{code}") & (pl.col("edition_year") == 2026)
    of_all = counts.with_columns(figure_value=pl.when(is_count).then(now).otherwise("figure_value").cast(pl.Int64))
    label = view_of().label("follow_up_reason", code)
    said = {}
    for name, found in (("of some", counts), ("of all", of_all)):
        page_shown = shown(view_of(headline_counts=found))
        caption = text_of(page_shown.select_one("#oppfolging-heading ~ .caption"))
        notes = [text_of(note) for note in page_shown.select("#oppfolging td:nth-of-type(3) .note")]
        said[name] = (label in caption, any(label in note for note in notes))
    assert said == {"of some": (False, True), "of all": (True, False)}
