"""Who was asked, when, and what came: organisations, never persons.

Belongs here: that table, and the sentence above it.
Does not belong here: who is to be asked (`page.py`), and what an edition finds of those on the list before (there too).
"""

from __future__ import annotations

from gevinst.language.phrases import capital
from gevinst.site.blocks import Block, Cell, missing
from gevinst.site.context import View
from gevinst.site.rows import Row
from gevinst.site.table_spec import TableSpec, cell_column, project_column


def _asked(view: View, row: Row) -> Cell:
    organisation_id = row["asked_organisation_id"]
    return Cell(view.data.organisation_by_id[organisation_id]["name"], href=view.organisation_href(organisation_id))


def _day(view: View, row: Row, name: str) -> Cell:
    day = row[name]
    return missing(view) if day is None else Cell(view.number.date(day, "day", short=True), value=str(day))


def _when(view: View, row: Row) -> Cell:
    reminded = row["reminded_on"]
    day = _day(view, row, "asked_on")
    note = view.t("page_follow_up.reminded", day=reminded) if reminded else None
    return Cell(day.text, value=day.value, note=note)


def _answer(view: View, row: Row) -> Cell:
    """What the owner says of the project, which nobody has assessed; that it has not answered, and by when it
    was asked to.
    """
    if not row["is_answered"]:
        note = view.t("page_follow_up.answer_by", day=row["answer_by_on"])
        return Cell(view.t("page_follow_up.no_answer"), value=0, note=note)
    status = row["answered_status_code"]
    said = view.label("status", status) if status else view.t("page_follow_up.answered_without_status")
    words = [view.t("page_follow_up.answered", day=row["answered_on"]), *obstacles(view, row)]
    return Cell(said, value=1, note=" ".join(words), source=view.source(row))


def obstacles(view: View, row: Row) -> list[str]:
    """What the owner says stands in the way, as a sentence; nothing where it said nothing."""
    codes = (row["obstacle_codes"] or "").split()
    if not codes:
        return []
    return [
        view.t("page_follow_up.obstacles", what=view.catalogue.join([view.label("step_reason", one) for one in codes]))
    ]


_REQUESTS = TableSpec(
    "spurt",
    caption="page_follow_up.requests_caption",
    tables=("request_outcomes", "follow_up_progress"),
    columns=(
        project_column(),
        cell_column("page_follow_up.asked_body", _asked),
        cell_column("page_follow_up.asked_day", _when),
        cell_column("page_follow_up.what_came", _answer, is_wide=True),
    ),
    kept=("page_follow_up.asked_body", "page_follow_up.what_came"),
    follows_filter=True,
)


def requests(view: View) -> Block | None:
    """The newest request about each project, the newest forms first, and first those who have not answered.

    Earlier ones are in the file of the table: a page that kept all of them would grow by its own length every year.
    `None` where nobody was asked.
    """
    found = sorted(view.data.now("request_outcomes"), key=lambda row: (row["asked_on"], row["form_id"]))
    rows = sorted(
        {row["project_id"]: row for row in found}.values(),
        key=lambda row: (
            -row["asked_on"].toordinal(),
            row["is_answered"],
            row["asked_organisation_id"],
            row["project_id"],
        ),
    )
    return _REQUESTS.block_if_any(view, rows, heading=heading(view))


def heading(view: View) -> str:
    """How many of the owners asked this year have answered; that nobody was asked this year, where that is so."""
    progress, year = view.data.now("follow_up_progress")[0], view.edition.edition_year
    owners, answered = progress["asked_owner_count"], progress["answered_owner_count"]
    if not owners:
        return view.t("page_follow_up.nobody_asked", year=year)
    if owners == 1:
        return capital(view.t("page_follow_up.owner_heading", n=answered, year=year))
    return capital(view.t("page_follow_up.requests_heading", n=answered, total=owners, year=year))
