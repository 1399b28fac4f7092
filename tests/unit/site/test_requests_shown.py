"""Requests and answers on the pages: bodies and never persons, how many answered, and how old what is known is."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest
from bs4 import BeautifulSoup

from gevinst.bilingual import LANGUAGES
from gevinst.contracts import contract
from gevinst.persons_and_contacts import is_given_name
from gevinst.settings import load_settings
from gevinst.site.context import View
from gevinst.site.pages import path_of
from gevinst.site.pages.coverage.progress import progress
from gevinst.site.pages.follow_up import page as follow_up
from gevinst.site.pages.follow_up.requests import heading, requests
from gevinst.site.pages.overview import page as overview
from gevinst.site.pages.project.result import _answer
from gevinst.site.render import render
from gevinst.site.rows import SiteData
from tests.data.page_reading import text_of
from tests.data.rendered import invented_tables
from tests.data.small_edition import SMALL_EDITION, frame, small_tables

YEAR = 2026
PROJECT, OTHER = small_tables()["projects"]["project_id"].to_list()[:2]
BODY = small_tables()["organisations"]["organisation_id"][0]
ASKED_ON, REMINDED_ON, ANSWERED_ON = date(2026, 2, 2), date(2026, 3, 2), date(2026, 3, 9)


def asked(project_id: str = PROJECT, **own: Any) -> dict[str, Any]:
    """The owner was asked about a project and has not answered."""
    return {
        "edition_year": YEAR,
        "form_id": "f",
        "project_id": project_id,
        "asked_organisation_id": BODY,
        "asked_edition_id": "2025-1",
        "asked_on": ASKED_ON,
        "answer_by_on": date(2026, 3, 1),
        "is_of_this_year": True,
        "source_id": "kilde-a",
        "source_locator": "side 1",
        **own,
    }


def answered(project_id: str = PROJECT, **own: Any) -> dict[str, Any]:
    said = {"is_answered": True, "answered_on": ANSWERED_ON, "answered_status_code": "i_bruk"}
    return asked(project_id, **{**said, **own})


def counts(**own: int) -> pl.DataFrame:
    """The counts of the year, and of the year before it where the small edition has them."""
    found = small_tables()["follow_up_progress"]
    for name, value in own.items():
        is_now = pl.col("edition_year") == YEAR
        found = found.with_columns(pl.when(is_now).then(value).otherwise(name).cast(pl.Int64).alias(name))
    return found


def view_of(language: str = "nb", *rows: dict[str, Any], months: int = 24, **own: int) -> View:
    outcomes = frame(contract("request_outcomes"), rows)
    tables = {**small_tables(), "request_outcomes": outcomes, "follow_up_progress": counts(**own)}
    settings = replace(load_settings(), stale_after_months=months)
    return View(SiteData(tables, SMALL_EDITION), language, settings, path_of)


def shown(view: View, module: Any) -> str:
    (document,) = module.documents(view)
    return text_of(BeautifulSoup(render(view, module.PAGE, document, module.PAGE.path(view.language)), "html.parser"))


SAID = {
    (0, 0): ("Ingen eiere ble spurt med skjema i 2026", "No owner was asked with a form in 2026"),
    (1, 0): (
        "Den ene eieren som ble spurt i 2026, har ikke svart",
        "The one owner asked in 2026 has not answered",
    ),
    (1, 1): ("Den ene eieren som ble spurt i 2026, har svart", "The one owner asked in 2026 has answered"),
    (2, 0): ("Ingen av to eiere som ble spurt i 2026, har svart", "None of two owners asked in 2026 has answered"),
    (2, 1): ("Én av to eiere som ble spurt i 2026, har svart", "One of two owners asked in 2026 has answered"),
    (3, 2): ("To av tre eiere som ble spurt i 2026, har svart", "Two of three owners asked in 2026 have answered"),
    (40, 40): ("40 av 40 eiere som ble spurt i 2026, har svart", "40 of 40 owners asked in 2026 have answered"),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("owners", "answers"), SAID)
def test_the_sentence_about_answers_fits_every_number(language, owners, answers) -> None:
    said = SAID[owners, answers][LANGUAGES.index(language)]
    view = view_of(language, asked(), asked_owner_count=owners, answered_owner_count=answers)
    assert heading(view) == said
    assert (f"{said}." in shown(view, overview)) == (owners > 0)
    assert said in shown(view, follow_up)


@pytest.mark.parametrize(
    ("language", "said"),
    [("nb", "Ingen eiere er spurt med skjema ennå."), ("en", "No owner has been asked with a form yet.")],
)
def test_where_nobody_was_ever_asked_one_sentence_stands_in_place_of_the_table(language, said) -> None:
    view = view_of(language)
    assert requests(view) is None and said in shown(view, follow_up)
    assert _answer(view, PROJECT) is None


@pytest.mark.parametrize(
    ("language", "silent", "status", "without", "obstacle"),
    [
        ("nb", "Ikke svart", "Svart", "Svart, uten status", "står i veien"),
        ("en", "Not answered", "Answered", "Answered, without a status", "stands in the way"),
    ],
)
def test_a_row_says_who_was_asked_when_and_what_came(language, silent, status, without, obstacle) -> None:
    view = view_of(
        language,
        answered(OTHER, obstacle_codes="mangler_driftsmidler"),
        asked(reminded_on=REMINDED_ON),
        answered("2018-inneklima", answered_status_code=None),
    )
    block = requests(view)
    assert block is not None
    first, *others = [[(cell.text, cell.note) for cell in row.cells] for row in block.table.rows]
    assert first[1][0] == small_tables()["organisations"].filter(organisation_id=BODY)["name"][0]
    assert first[3][0] == silent and str(date(2026, 3, 1).year) in str(first[3][1])
    assert first[2][1] and others[0][2][1] is None
    told = {row[3][0]: str(row[3][1]) for row in others}
    assert set(told) == {view.label("status", "i_bruk"), without}
    assert all(note.startswith(status) for note in told.values())
    assert view.label("step_reason", "mangler_driftsmidler").lower() in told[view.label("status", "i_bruk")].lower()


def test_the_newest_forms_stand_first_and_in_them_those_who_have_not_answered() -> None:
    older = asked("2018-inneklima", asked_on=date(2025, 2, 3), is_of_this_year=False, form_id="e")
    block = requests(view_of("nb", older, answered(OTHER), asked()))
    assert block is not None
    assert [row.project_id for row in block.table.rows] == [PROJECT, OTHER, "2018-inneklima"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_bodies_are_named_and_never_persons(language) -> None:
    view = View(SiteData(invented_tables(), SMALL_EDITION), language, load_settings(), path_of)
    block = requests(view)
    assert block is not None and len(block.table.rows) > 5
    names = set(invented_tables()["organisations"]["name"])
    for row in block.table.rows:
        assert row.cells[1].text in names
        words = " ".join(f"{cell.text} {cell.note or ''}" for cell in row.cells[1:])
        assert "@" not in words and not any(is_given_name(word) for word in re.findall(r"\w+", words))


@pytest.mark.parametrize(
    ("language", "silent", "said", "plain", "own"),
    [
        (
            "nb",
            "har ikke svart. Det sier ingenting om prosjektet.",
            "sagt",
            "uten å si hvor langt",
            "ingen har vurdert",
        ),
        ("en", "has not answered. That says nothing of the project.", "said", "without saying", "nobody has"),
    ],
)
def test_the_owners_word_on_the_page_of_a_project_is_its_own_and_silence_says_nothing(
    language, silent, said, plain, own
) -> None:
    not_answered = _answer(view_of(language, asked()), PROJECT)
    assert not_answered is not None and not_answered.text.endswith(silent) and not_answered.source is None
    told = _answer(view_of(language, answered()), PROJECT)
    assert told is not None and said in told.text and own in told.text and told.source is not None
    without = _answer(view_of(language, answered(answered_status_code=None)), PROJECT)
    assert without is not None and plain in without.text and own in without.text


def test_an_answer_to_an_earlier_form_goes_before_silence_to_a_newer_one_and_the_newest_answer_before_others() -> None:
    old = answered(form_id="e", asked_on=date(2025, 2, 3), answered_on=date(2025, 3, 3), answered_status_code="i_gang")
    for rows, status in (((old, asked()), "i_gang"), ((old, answered()), "i_bruk"), ((answered(), old), "i_bruk")):
        view = view_of("nb", *rows)
        told = _answer(view, PROJECT)
        assert told is not None and told.text.startswith(view.label("status", status))


LIMITS = {
    (24, "nb"): ("to år", ("Under ett år", "Fra ett år til under to år", "Minst to år")),
    (24, "en"): ("two years", ("Under one year", "From one year to under two years", "At least two years")),
    (18, "nb"): ("18 måneder", ("Under ni måneder", "Fra ni måneder til under 18 måneder", "Minst 18 måneder")),
    (18, "en"): ("18 months", ("Under nine months", "From nine months to under 18 months", "At least 18 months")),
}


@pytest.mark.parametrize(("months", "language"), LIMITS)
def test_texts_about_old_words_say_the_limit_that_is_set(months, language) -> None:
    limit, headings = LIMITS[months, language]
    view = view_of(language, months=months)
    block = progress(view)
    assert tuple(column.heading for column in block.table.columns[2:5]) == headings
    assert limit in str(block.caption)
    for old in (0, 1, 3):
        said = shown(view_of(language, months=months, old_word_count=old), overview)
        assert re.search(rf"(minst|under|less than|at least) {limit} (gammelt|old)", said)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nb", {0: "gammelt for alle", 1: "For ett av tolv prosjekter", 3: "For tre av tolv prosjekter"}),
        ("en", {0: "old for all", 1: "For one of twelve projects", 3: "For three of twelve projects"}),
    ],
)
def test_how_many_words_are_old_is_said_in_words_of_every_number(language, said) -> None:
    for count, sentence in said.items():
        assert sentence in shown(view_of(language, old_word_count=count, project_count=12), overview)


def test_the_table_of_ages_has_the_years_in_which_a_project_was_known_with_the_newest_last() -> None:
    rows = progress(view_of()).table.rows
    known = small_tables()["follow_up_progress"].filter(pl.col("project_count") > 0)["edition_year"].sort().to_list()
    assert [row.cells[0].value for row in rows] == known and known[-1] == YEAR
