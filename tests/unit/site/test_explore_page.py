"""The page where a reader asks the tables: ready questions that answer as the marts do, and a policy of its own."""

from __future__ import annotations

import gzip
import json
import re
import sqlite3
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

import polars as pl
import pytest
from bs4 import BeautifulSoup

from gevinst.bilingual import LANGUAGES
from gevinst.edition.serve import HEADERS, content_policy
from gevinst.formats.sqlite import about_rows, sqlite_bytes
from gevinst.settings import SiteOwner
from gevinst.site.page import POLICY
from gevinst.site.pages import PAGES
from gevinst.site.pages.explore import page as explore_page
from gevinst.site.pages.explore.page import DATABASE, PAGE
from gevinst.site.pages.explore.ready import READY, sql_of
from gevinst.site.render import render
from tests.data.rendered import REAL, Tables, invented_tables, page_of, real_tables, view_of
from tests.data.small_edition import SMALL_EDITION

Answer = list[tuple[Any, ...]]
EDITIONS = {"real": (real_tables, REAL), "invented": (invented_tables, SMALL_EDITION)}


def mart(tables: Tables, name: str, column: str) -> Any:
    """A number of a mart of one row for this year."""
    return tables[name].filter(pl.col("edition_year") == REAL.edition_year)[column].item()


def headline(tables: Tables, *figures: str) -> int:
    now = tables["headline_counts"].filter(pl.col("edition_year") == REAL.edition_year)
    return sum(now.filter(pl.col("figure_id").is_in(figures))["figure_value"].to_list())


def height(tables: Tables, name: str) -> int:
    return tables[name].filter(pl.col("edition_year") == REAL.edition_year).height


def total(answer: Answer, place: int) -> Any:
    return sum(row[place] or 0 for row in answer)


def awarded(answer: Answer) -> float:
    return sum(row[3] or 0 for row in answer if row[2] in ("tildelt støtte", "funding awarded"))


KEY_NUMBERS: dict[str, tuple[Callable[[Answer], Any], Callable[[Tables], Any]]] = {
    "in_use": (len, lambda tables: headline(tables, "in_use", "partly_in_use")),
    "measured": (len, lambda tables: headline(tables, "measurements")),
    "promised": (
        len,
        lambda tables: (
            mart(tables, "benefit_headlines", "goal_count") - mart(tables, "benefit_headlines", "achieved_goal_count")
        ),
    ),
    "follow_up": (len, lambda tables: headline(tables, "status_old")),
    "changes": (len, lambda tables: height(tables, "edition_changes")),
    "rounds": (
        lambda answer: [total(answer, place) for place in (2, 3, 4, 5)],
        lambda tables: [
            headline(tables, name) for name in ("projects", "in_use", "partly_in_use", "result_not_in_use")
        ],
    ),
    "sectors": (
        lambda answer: [total(answer, place) for place in (1, 2, 3, 5, 6)],
        lambda tables: [
            headline(tables, "projects"),
            headline(tables, "in_use"),
            headline(tables, "partly_in_use"),
            headline(tables, "stopped", "continued"),
            headline(tables, "status_unknown"),
        ],
    ),
    "money": (awarded, lambda tables: mart(tables, "scheme_headlines", "awarded_amount")),
    "weakest": (len, lambda tables: headline(tables, "projects")),
    "categories": (len, lambda tables: height(tables, "benefit_by_category")),
    "reading": (len, lambda tables: height(tables, "reading_list")),
    "suppliers": (
        lambda answer: (len(answer), answer[0][1]),
        lambda tables: tuple(
            mart(tables, "scheme_headlines", name) for name in ("supplier_count", "most_delivery_count")
        ),
    ),
}
"""By question, the number that its answer ends in, and where a mart has the same."""


@pytest.fixture(scope="module", params=EDITIONS)
def edition(request: pytest.FixtureRequest) -> Iterator[tuple[Tables, sqlite3.Connection]]:
    made, info = EDITIONS[request.param]
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(sqlite_bytes(made(), about_rows(info, SiteOwner())))
        yield made(), connection


def test_there_are_twelve_questions_and_each_is_held_against_a_mart() -> None:
    assert len(READY) == 12
    assert set(KEY_NUMBERS) == set(READY)


@pytest.mark.parametrize("name", READY)
def test_a_question_answers_as_the_mart_does_in_both_languages(edition: Any, name: str) -> None:
    tables, connection = edition
    found, expected = KEY_NUMBERS[name]
    answers = {language: connection.execute(sql_of(name, language)) for language in LANGUAGES}
    heads = {language: [column[0] for column in answer.description] for language, answer in answers.items()}
    assert all(re.fullmatch(r"[a-zæøå_]+", head) for language in LANGUAGES for head in heads[language])
    assert heads["nb"] != heads["en"] and len(heads["nb"]) == len(heads["en"])
    for answer in answers.values():
        rows = answer.fetchall()
        assert rows or not expected(tables), "there is something to show"
        assert found(rows) == expected(tables)


def test_what_has_changed_is_told_with_project_and_reason() -> None:
    """No edition of the tests has a published one before it: a row stands for what such a one would hold."""
    tables = dict(real_tables())
    row = {name: None for name in tables["edition_changes"].columns}
    project = tables["projects"]["project_id"][0]
    told = {
        "edition_year": REAL.edition_year,
        "change_id": "1",
        "change_kind_code": "status_moved",
        "project_id": project,
    }
    more = {"change_time_code": "happened", "item_count": 1, "reason_nb": "Kilden sier det.", "is_illustrative": False}
    tables["edition_changes"] = pl.DataFrame([{**row, **told, **more}], schema=tables["edition_changes"].schema)
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(sqlite_bytes(tables, []))
        (answer,) = connection.execute(sql_of("changes", "nb")).fetchall()
    assert tables["projects"]["short_name_nb"][0] in answer and answer[-1] == "Kilden sier det."


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_scripts_every_question_is_there_with_its_sql_and_the_files_to_ask(language: str) -> None:
    page = page_of("explore", real_tables(), language, REAL)
    assert [code.text for code in page.select("noscript pre code")] == [sql_of(name, language) for name in READY]
    assert len({link.text for link in page.select("[data-question]")}) == len(READY)
    files = {str(link["href"]).rpartition("/")[2] for link in page.select("ul.files a")}
    assert {"gevinst-2026-1.sqlite", "gevinst-2026-1.duckdb"} <= files
    assert [bool(said.text.strip()) for said in page.select("noscript p")] == [True]


def test_both_languages_load_the_one_database_which_names_no_edition() -> None:
    written = {}
    for language in LANGUAGES:
        for edition_id in ("2026-1", "2026-2"):
            view = view_of(real_tables(), language, replace(REAL, edition_id=edition_id))
            written[language, edition_id] = dict(PAGE.files(view) if PAGE.files else {})
    assert written["en", "2026-1"] == {} and set(written["nb", "2026-1"]) == {DATABASE}
    assert written["nb", "2026-1"] == written["nb", "2026-2"]
    addresses = [
        json.loads(page_of("explore", real_tables(), language, REAL).select("#explore")[0].text)["database"]
        for language in LANGUAGES
    ]
    assert addresses == [DATABASE, f"../../nb/utforsk/{DATABASE}"]
    script = bytes(written["nb", "2026-1"][DATABASE]).decode()
    packed = re.fullmatch(r'window\.gevinstDatabase="([A-Za-z0-9+/=]+)";\n', script)
    assert packed is not None
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(gzip.decompress(b64decode(packed[1])))
        assert connection.execute("select count(*) from projects").fetchone()[0] == real_tables()["projects"].height
        assert connection.execute("select count(*) from about").fetchone() == (0,)


def test_the_page_alone_may_run_the_engine_and_no_script_from_elsewhere() -> None:
    assert (
        PAGE.policy
        == POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'") + "; worker-src blob:"
    )
    assert "'unsafe-eval'" not in PAGE.policy and "connect-src 'none'" in PAGE.policy
    assert [page.name for page in PAGES if "wasm-unsafe-eval" in page.policy] == ["explore"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_server_sends_the_page_its_own_policy_and_everything_else_the_strict_one(language: str) -> None:
    own = content_policy(PurePosixPath("2026-1/site" + PAGE.path(language)))
    assert own == f"{PAGE.policy}; frame-ancestors 'none'"
    strict = HEADERS["Content-Security-Policy"]
    for path in (f"2026-1/site/{language}/index.html", "2026-1/site/assets/explore.js", "", "index.html"):
        assert content_policy(PurePosixPath(path)) == strict


def test_tables_of_very_many_rows_are_left_to_other_tools_with_the_questions_as_sql(monkeypatch) -> None:
    monkeypatch.setattr(explore_page, "MOST_ROWS", 100)
    view = view_of(invented_tables(), "nb", SMALL_EDITION)
    assert PAGE.files is not None and PAGE.files(view) == {}
    (document,) = PAGE.documents(view)
    soup = BeautifulSoup(render(view, PAGE, document, PAGE.path("nb")), "html.parser")
    assert len(soup.select(".questions pre")) == len(READY)
    assert not soup.select("textarea, script[src$='explore.js'], #explore")
    assert "for mange rader" in soup.text and soup.select(".files a[href$='.sqlite']")
