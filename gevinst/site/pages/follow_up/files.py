"""The files beside the page: a form in Excel for the answers, a calendar with the day to ask, and letters to owners.

Belongs here: what the files hold, and the letter to each owner, which the page shows as well.
Does not belong here: the formats themselves (`gevinst.formats`) and the words of reasons and questions (`words.py`).

Files are read outside the page, so that no text in them has the marks that pages turn into links.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gevinst.addresses import bare
from gevinst.formats.calendar_file import Day, calendar_text
from gevinst.formats.xlsx import Form, form_bytes
from gevinst.site.context import View
from gevinst.site.pages.follow_up import words
from gevinst.site.rows import Row

FORM, CALENDAR, LETTERS = (
    {"nb": "oppfolging.xlsx", "en": "follow-up.xlsx"},
    {"nb": "oppfolging.ics", "en": "follow-up.ics"},
    {"nb": "brev-til-eierne.txt", "en": "letters-to-owners.txt"},
)
"""Names of the files by language."""
_RULE = f"\n\n{'=' * 72}\n\n"
_HEADINGS = ("place", "project", "owner", "reason", "last_word", "question", "answer", "answered_on", "document", "key")
_WIDTHS = (6, 26, 28, 34, 34, 50, 40, 14, 30, 24)


@dataclass(frozen=True, slots=True)
class Letter:
    """The letter to one owner, about all its projects on the list."""

    owner_id: str
    addressee: str
    projects: tuple[str, ...]
    ask_on: date
    text: str


def letters(view: View) -> list[Letter]:
    """One letter per owner, in the order of the list; where no source says who owns a project, nobody is written to.

    None in an edition that is made in hindsight.
    """
    if not words.is_for_use(view):
        return []
    by_owner: dict[str, list[Row]] = {}
    for row in words.listed(view):
        if (addressee := words.addressee(view, row)) is not None:
            by_owner.setdefault(addressee, []).append(row)
    return [_letter(view, addressee, rows) for addressee, rows in by_owner.items()]


def _letter(view: View, addressee: str, rows: list[Row]) -> Letter:
    projects = "\n\n".join(_about(view, row) for row in rows)
    parts = [
        *([view.t("letter.illustrative")] if view.edition.is_illustrative else []),
        view.t("letter.to", addressee=addressee),
        view.t("letter.subject", year=view.edition.edition_year),
        view.t("letter.opening", day=view.edition.as_of_on),
        projects,
        view.t("letter.answer"),
        view.t("letter.no_names"),
        view.t("letter.close", sender=view.settings.owner.responsible_body or view.settings.scheme.name(view.language)),
    ]
    names = tuple(words.project_name(view, row) for row in rows)
    first = rows[0]
    return Letter(first["owner_organisation_id"], addressee, names, first["ask_on"], bare("\n\n".join(parts)))


def _about(view: View, row: Row) -> str:
    """What a letter says of one project: its name, the last word, and the questions."""
    known = view.t("letter.known", word=words.last_word(view, row), age=words.how_old(view, row))
    asked = [view.t("letter.question", question=question) for _, question in words.questions(view, row)]
    return "\n".join([words.project_name(view, row).upper(), known, *asked])


def files(view: View) -> Mapping[str, str | bytes]:
    """Content of the files by name; none in an edition that is made in hindsight."""
    if not words.is_for_use(view):
        return {}
    found = letters(view)
    return {
        FORM[view.language]: _form(view),
        CALENDAR[view.language]: _calendar(view, found),
        LETTERS[view.language]: _RULE.join(letter.text for letter in found) + "\n",
    }


def _form(view: View) -> bytes:
    """One row per question, with room for the answer, its day and the document it rests on."""
    rows = [
        (
            int(row["follow_up_order"]),
            bare(words.project_name(view, row)),
            bare(words.owners(view, row)),
            bare(reason),
            bare(f"{words.last_word(view, row)} ({words.how_old(view, row)})"),
            bare(question),
            None,
            None,
            None,
            row["project_id"],
        )
        for row in words.listed(view)
        for reason, question in words.questions(view, row)
    ]
    notes = [
        *([view.t("follow_up_form.illustrative")] if view.edition.is_illustrative else []),
        view.t("follow_up_form.use"),
        view.t("follow_up_form.order"),
        view.t("follow_up_form.no_names"),
        view.t("frame.data_as_of", day=view.edition.as_of_on),
    ]
    return form_bytes(
        Form(
            title=bare(view.t("follow_up_form.title", year=view.edition.edition_year)),
            sheet=view.t("follow_up_form.sheet"),
            notes_sheet=view.t("follow_up_form.notes"),
            notes=tuple(bare(note) for note in notes),
            warning=view.t("frame.banner_illustrative_title") if view.edition.is_illustrative else None,
            headings=tuple(view.t(f"follow_up_form.{name}") for name in _HEADINGS),
            widths=_WIDTHS,
            rows=tuple(rows),
            written_on=view.edition.as_of_on,
        )
    )


def _calendar(view: View, found: list[Letter]) -> str:
    """One day per owner, the day to ask; imported again, it takes the place of what was there."""
    year, kind = view.edition.edition_year, "-illustrative" if view.edition.is_illustrative else ""
    flag = f"{view.t('frame.banner_illustrative_title')} " if view.edition.is_illustrative else ""
    days = [
        Day(
            uid=f"follow-up-{year}-{letter.owner_id}{kind}@gevinst",
            on=letter.ask_on,
            summary=flag + view.t("letter.event", addressee=letter.addressee),
            description=letter.text,
        )
        for letter in found
    ]
    return calendar_text(flag + view.t("letter.calendar", year=year), days, written_on=view.edition.as_of_on)
