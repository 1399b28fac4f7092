"""Follow-up: which projects need a word this year, why, what to ask, and what came of those asked before.

Belongs here: what the page shows and in which order.
Does not belong here: who is asked, why and in which order (mart `follow_ups`), what that is called (`words.py`), and
the letters and files (`files.py`).
"""

from __future__ import annotations

from gevinst.contracts.vocabulary import (
    ANSWERED,
    DEVELOPED_NOT_USED,
    ENDING_UNKNOWN,
    PROMISED_WITHOUT_BASELINE,
)
from gevinst.site import parts
from gevinst.site.blocks import Block, Cell, missing
from gevinst.site.context import View
from gevinst.site.filters import filter_values
from gevinst.site.page import Document, Page
from gevinst.site.pages.follow_up import requests as asked
from gevinst.site.pages.follow_up import words
from gevinst.site.pages.follow_up.files import CALENDAR, FORM, LETTERS, files, letters
from gevinst.site.rows import Row
from gevinst.site.sentences import reading
from gevinst.site.table_spec import (
    TableSpec,
    cell_column,
    code_column,
    label_of,
    number_column,
    project_column,
    words_column,
)

_IN_LEAD = (ENDING_UNKNOWN, DEVELOPED_NOT_USED, PROMISED_WITHOUT_BASELINE)
"""Reasons that the lead counts; the others are seldom, or say the same of the age of a status."""


def documents(view: View) -> list[Document]:
    """The one document."""
    rows = words.listed(view)
    return [
        Document(
            title=view.t("page_follow_up.title"),
            lead=_lead(view),
            values={
                **filter_values(view),
                "contents": _contents(view, rows),
                "follow_ups": _follow_ups(view, rows),
                # More would be most of the page, and of each part of a long list; the file beside it has them all.
                "letters": letters(view) if len(rows) <= parts.LONGEST_WHOLE else [],
                "letter_count": view.data.headlines["follow_up_owners"].value,
                "asked_on": rows[0]["ask_on"] if rows else None,
                "is_for_use": words.is_for_use(view),
                "work_files": _work_files(view),
                "requests": asked.requests(view),
                "nobody_asked": view.t("page_follow_up.nobody_asked_yet") if words.is_for_use(view) else None,
                "answers": _answers(view),
                "no_answers": _no_answers(view),
            },
            scripts=("follow_up/letters.js",),
        )
    ]


def _contents(view: View, rows: list[Row]) -> list[tuple[str, str]]:
    """The way past a long list."""
    places = (("oppfolging-heading", "to_list"), ("til-arbeidet", "to_work"), ("svar-siden", "to_answers"))
    return [(anchor, view.t(f"page_follow_up.{name}")) for anchor, name in places] if rows else []


def _lead(view: View) -> str:
    """How many to hear from and why; how much was read belongs beside every word of what was not found."""
    figures = view.data.headlines
    total = figures["follow_ups"].value
    counts = {code: figures[f"follow_up_{code}"].value for code in _IN_LEAD}
    said = [view.t("page_follow_up.lead", n=total, total=figures["projects"].value)]
    for code, n in counts.items():
        is_all = code == PROMISED_WITHOUT_BASELINE and n == total
        said += [view.t(f"page_follow_up.{'lead_all_promised' if is_all else f'lead_{code}'}", n=n)] if n else []
    return " ".join([*said, *([reading.read_whole(figures, view.catalogue)] if total else [])])


def _owner(view: View, row: Row) -> Cell:
    """The owners, with their pages; where the one that is asked has taken over from them, who that is."""
    project, today = view.data.project_by_id[row["project_id"]], words.asked_today(view, row)
    owners = dict(zip(project["owner_short_names"], project["owner_ids"], strict=True))
    links = tuple((name, view.organisation_href(one)) for name, one in owners.items())
    note = view.t("page_follow_up.owner_today", name=today) if today else None
    return Cell("", links=links, note=note) if links else missing(view)


def _last_word(view: View, row: Row) -> Cell:
    return Cell(
        words.last_word(view, row),
        value=int(row["months_since_last_word"]),
        note=words.how_old(view, row),
        source=view.source(row),
    )


_FOLLOW_UPS = TableSpec(
    "oppfolging",
    caption="page_follow_up.list_caption",
    tables=("follow_ups", "follow_up_reasons", "last_words"),
    columns=(
        project_column(),
        number_column("page_follow_up.place", "follow_up_order"),
        cell_column("common.project_owner", _owner),
        words_column("page_follow_up.why", words.reason, note=words.other_reasons),
        cell_column("page_follow_up.last_known", _last_word),
        words_column("page_follow_up.question", words.question, is_wide=True),
    ),
    # Cards stand in the order of the list; the last word and the place in it are opened.
    kept=("common.project_owner", "page_follow_up.why", "page_follow_up.question"),
    follows_filter=True,
)


def _follow_ups(view: View, rows: list[Row]) -> Block:
    n = view.data.headlines["follow_ups"].value
    shared = [view.label("follow_up_reason", code) for code in words.of_all(view)]
    of_all = f" {view.t('page_follow_up.of_all', n=n, reasons='; '.join(shared))}" if shared else ""
    return _FOLLOW_UPS.block(view, rows, heading=view.t("page_follow_up.list_heading", n=n), of_all=of_all)


def _work_files(view: View) -> list[tuple[str, str]]:
    """Address and name of each file beside the page."""
    named = (("form", FORM), ("calendar", CALENDAR), ("letters", LETTERS))
    return [
        (PAGE.file_path(view.language, names[view.language]), view.t(f"page_follow_up.get_{name}"))
        for name, names in named
    ]


def _word_before(view: View, row: Row) -> str:
    return view.date(row, "word_before")


_ANSWERS = TableSpec(
    "svar",
    caption="page_follow_up.answers_caption",
    tables=("follow_up_answers",),
    columns=(
        project_column(),
        code_column("page_follow_up.answer", "follow_up_answer", is_ordered=True, note=label_of("change_time")),
        code_column("page_follow_up.asked_for", "follow_up_reason", "asked_reason_code"),
        words_column("page_follow_up.known_then", _word_before),
        cell_column("page_follow_up.known_now", _last_word),
    ),
    follows_filter=True,
)


def _answers(view: View) -> Block | None:
    """What came of those asked by the edition before; nothing where nobody was."""
    order = list(view.labels("follow_up_answer"))
    rows = sorted(
        view.data.now("follow_up_answers"),
        key=lambda row: (order.index(row["follow_up_answer_code"]), row["project_id"]),
    )
    if not rows:
        return None
    answered = next((row["alike_count"] for row in rows if row["follow_up_answer_code"] == ANSWERED), 0)
    year = rows[0]["asked_edition_year"]
    return _ANSWERS.block(
        view,
        rows,
        heading=view.t("page_follow_up.answers_heading", n=answered, year=year),
        n=rows[0]["all_asked_count"],
        year=year,
    )


def _no_answers(view: View) -> str:
    name = "first_edition" if view.edition.previous_edition_id is None else "asked_nobody"
    return view.t(f"page_follow_up.{name}")


PAGE = Page(
    name="follow_up",
    slugs={"nb": "oppfolging", "en": "follow-up"},
    documents=documents,
    nav_key="frame.nav_follow_up",
    files=files,
)
