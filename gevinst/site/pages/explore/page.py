"""Explore: SQL over the tables of the edition in the reader's browser, with ready questions.

Belongs here: what the page holds, the database it carries, and its own policy.
Does not belong here: the questions (`ready.py`), what a database of an edition is (`gevinst.formats.sqlite`) and
running queries (``explore.js``).
"""

from __future__ import annotations

import gzip
from base64 import b64encode
from collections.abc import Mapping
from typing import Any

from gevinst.bilingual import LANGUAGES
from gevinst.formats.sqlite import about_rows, sqlite_bytes
from gevinst.language.texts import entries, placeholders
from gevinst.layout import database_name, sqlite_name
from gevinst.site.bundle import SQL_ENGINE
from gevinst.site.context import View
from gevinst.site.page import POLICY, Document, Page
from gevinst.site.pages.explore.ready import READY, Question, sql_of

DATABASE = "database.js"
MOST_ROWS = 200_000
"""Tables of up to so many rows are asked in the browser; beside longer ones the page has the questions and files."""
_HOME = LANGUAGES[0]
"""The language whose folder holds the database: the pages of all languages load the same file."""
_WORDS = (
    "loading",
    "running",
    "rows_none",
    "rows_one",
    "rows_all",
    "rows_shown",
    "rows_cut",
    "took_too_long",
    "wrong",
    "empty",
    "gives_nothing",
    "unsupported",
    "own_query",
    "unknown_value",
    "insert",
    "table_rows",
    "tables_shown",
    "edition_column",
    "link_copied",
)


def documents(view: View) -> list[Document]:
    """The one document."""
    questions = [Question(name, view.t(f"questions.{name}"), sql_of(name, view.language)) for name in READY]
    return [
        Document(
            title=view.t("page_explore.title"),
            lead=view.t("page_explore.lead"),
            values={
                "questions": questions,
                "is_asked_here": _is_asked_here(view),
                "address": PAGE.path(view.language),
                "source": _source(view),
                "files": [
                    (view.edition_file(sqlite_name(view.edition.edition_id)), view.t("page_explore.files_sqlite")),
                    (view.edition_file(database_name(view.edition.edition_id)), view.t("page_explore.files_duckdb")),
                    (view.href("method", anchor="nedlasting"), view.t("page_explore.files_all")),
                ],
                "engine": f"/assets/{SQL_ENGINE}",
                "database": PAGE.file_path(_HOME, DATABASE),
                "words": _words(view),
                "given": _given(view, questions),
            },
            scripts=("explore/explore.js",) if _is_asked_here(view) else (),
        )
    ]


def _is_asked_here(view: View) -> bool:
    return max(frame.height for frame in view.data.tables.values()) <= MOST_ROWS


def _words(view: View) -> dict[str, str]:
    """Texts for the browser, with the braces that it fills in left in place."""
    found = {}
    for name in _WORDS:
        key = f"explore_words.{name}"
        kept: dict[str, Any] = {brace: f"{{{brace}}}" for brace in sorted(placeholders(entries()[key][view.language]))}
        found[name] = view.t(key, **kept)
    return found


def _given(view: View, questions: list[Question]) -> dict[str, Any]:
    """What the script needs to know of the edition, whose names the database itself does not hold."""
    return {
        "questions": {question.name: {"title": question.title, "sql": question.sql} for question in questions},
        "about": about_rows(view.edition, view.settings.owner),
        "edition": view.edition.edition_id,
        "note": view.t("frame.banner_illustrative_title") if view.edition.is_illustrative else "",
        "file": f"gevinst-{view.edition.edition_id}-{view.t('page_explore.file')}.csv",
    }


def _source(view: View) -> str:
    key = "page_explore.source_illustrative" if view.edition.is_illustrative else "page_explore.source"
    return view.t(key, edition=view.edition.edition_id, day=view.edition.as_of_on)


def _files(view: View) -> Mapping[str, str | bytes]:
    """The database as a script, since a page read from disk may fetch no data; nothing for the other languages.

    It is the download without the names of the edition, which the browser adds: what bears no name is compared with
    that of another edition by its bytes.
    """
    if view.language != _HOME or not _is_asked_here(view):
        return {}
    packed = gzip.compress(sqlite_bytes(view.data.tables, []), mtime=0)
    return {DATABASE: b'window.gevinstDatabase="' + b64encode(packed) + b'";\n'}


PAGE = Page(
    name="explore",
    slugs={"nb": "utforsk", "en": "explore"},
    documents=documents,
    footer_key="frame.nav_explore",
    # The engine is WebAssembly and runs in a worker made from what the page carries.
    policy=POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'") + "; worker-src blob:",
    files=_files,
)
