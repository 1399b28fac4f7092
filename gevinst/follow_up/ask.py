"""Asking: the folder of forms and letters, and the log of requests once they are sent.

Belongs here: which owners are asked now, the files, and the rows of the log.
Does not belong here: forms (`form/`, `sheet.py`), letters (`letters.py`) and sending them (`send.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from gevinst.bilingual import LANGUAGES as OF_PAGES
from gevinst.contracts.vocabulary import FIRST_REQUEST, MONEY, OWNER_REQUEST
from gevinst.edition.store import Edition, list_editions
from gevinst.follow_up.due import FollowUpError
from gevinst.follow_up.form import form_html
from gevinst.follow_up.letters import calendar, letter_text, message, subject_of
from gevinst.follow_up.prefill import Form, forms_of
from gevinst.follow_up.sheet import Units, sheet_bytes
from gevinst.follow_up.texts import Words
from gevinst.intake.append import Appended, NewRows, append_rows
from gevinst.intake.append import Progress as Steps
from gevinst.intake.core import read_core
from gevinst.intake.read_csv import FILE, ROW
from gevinst.language.texts import Catalogue
from gevinst.settings import Settings
from gevinst.site.context import View
from gevinst.site.pages import path_of
from gevinst.site.rows import Row, SiteData
from gevinst.site.sentences.measures import unit_words
from gevinst.whole_files import write_atomically

FORM, SHEET, LETTER, MAIL, CALENDAR = "skjema.html", "skjema.xlsx", "brev.txt", "brev.eml", "kalender.ics"
"""Names of the files, the same in every language: whoever sends them looks for them in many folders."""


@dataclass(frozen=True, slots=True)
class Asking:
    """One owner that is asked now: its form, the letter, and the day on which it was asked first, if it was."""

    form: Form
    kind: str
    subject: str
    text: str
    attached: Mapping[str, bytes]
    asked_before: date | None = None

    @property
    def owner_id(self) -> str:
        """The organisation that is asked."""
        return self.form["owner_id"]


def asked_of(edition: Edition, settings: Settings, kind: str, on: date, language: str) -> list[Asking]:
    """Whoever is asked on the day `on` from what `edition` knows, in the order of its list.

    Of first requests the owners that this edition has not asked yet; of reminders those that it has asked on an earlier
    day and that have not answered. Raises `IntakeError` for raw files that cannot be used, `FollowUpError` for an
    edition made in hindsight, which asks nobody.
    """
    view = view_of(edition, settings)
    if view.data.reconstructed_on is not None:
        raise FollowUpError(
            f"edition {edition.edition_id} was made in hindsight and asks nobody; name a year that was published then",
            f"utgave {edition.edition_id} er laget i ettertid og spør ingen; oppgi et år som ble publisert i tide",
        )
    core = read_core(settings.raw_dir).tables
    first = _first_asked(core["requests"])
    answered = set(core["answers"]["request_id"])
    forms = forms_of(view, on)
    units, planned = units_of(view), planned_units_of(view, forms)
    found = []
    for form in forms:
        before = first.get(form["form_id"])
        if kind == FIRST_REQUEST:
            is_asked = before is None
        else:
            is_asked = before is not None and before < on and not _has_answered(form, core["requests"], answered)
        if is_asked:
            found.append(_asking(form, kind, before, (units, planned), settings, language))
    return found


def newest_edition_of(settings: Settings, year: int) -> Edition:
    """The newest published edition of a year; raises `FollowUpError` where there is none: owners are asked from it."""
    found = [edition for edition in list_editions(settings) if edition.edition_year == year]
    if not found:
        raise FollowUpError(
            f"there is no edition of {year} to ask from; publish one first (gevinst publish --year {year})",
            f"det finnes ingen utgave for {year} å spørre ut fra; publiser en først (gevinst publish --year {year})",
        )
    return found[-1]


def view_of(edition: Edition, settings: Settings) -> View:
    """What a published edition knows; its forms are made of nothing else, so that they can be made again."""
    return View(SiteData(edition.tables(), edition.info), "nb", settings, path_of)


def units_of(view: View) -> Units:
    """Names of units of measurement by code and language of pages, without those of money.

    An amount means nothing without its currency and price year, and that is not asked of an owner.
    """
    lists = view.data.tables["codelists"]
    money = {row["unit_code"] for row in view.data.rows("measurement_units") if row["unit_kind_code"] == MONEY}
    by_language = {one: Catalogue(one).labels(lists, "measurement_unit") for one in OF_PAGES}
    return {
        code: {one: names[code] for one, names in by_language.items()}
        for code in by_language["nb"]
        if code not in money
    }


def planned_units_of(view: View, forms: Iterable[Form]) -> Units:
    """What the unit of each benefit with a plan is called, by its id: of money with the currency and the year."""
    lists = view.data.tables["codelists"]
    found: dict[str, dict[str, str]] = {}
    for language in OF_PAGES:
        catalogue = Catalogue(language)
        names = catalogue.labels(lists, "measurement_unit")
        for benefit in (one for form in forms for project in form["projects"] for one in project["benefits"]):
            if code := benefit["unit_code"]:
                found.setdefault(benefit["benefit_id"], {})[language] = unit_words(benefit, names[code], catalogue)
    return found


def _first_asked(requests: pl.DataFrame) -> dict[str, date]:
    return dict(requests.group_by("form_id").agg(pl.col("asked_on").min()).iter_rows())


def _has_answered(form: Form, requests: pl.DataFrame, answered: set[str]) -> bool:
    """Whether the owner has answered about any of its projects: who has begun to answer is not reminded."""
    ids = requests.filter(pl.col("form_id") == form["form_id"])["request_id"]
    return any(one in answered for one in ids)


def _asking(
    form: Form, kind: str, before: date | None, names: tuple[Units, Units], settings: Settings, language: str
) -> Asking:
    units, planned = names
    attached = {
        FORM: form_html(form, units, planned, language).encode("utf-8"),
        SHEET: sheet_bytes(form, units, language),
    }
    text = letter_text(form, kind, language, settings.owner.responsible_body, before)
    return Asking(form, kind, subject_of(form, kind, language), text, attached, before)


def write_asking(asking: Sequence[Asking], out: Path, language: str, say: Callable[[str], object]) -> None:
    """A folder for each owner with form, workbook and letter, and one calendar for all; `say` is told of each owner."""
    for one in asking:
        place = out / one.owner_id
        mail = message(one.subject, one.text, one.attached)
        files = {**one.attached, LETTER: one.text.encode("utf-8"), MAIL: mail.as_bytes()}
        for name, content in files.items():
            write_atomically(place / name, lambda beside, content=content: beside.write_bytes(content))
        say(one.owner_id)
    days = calendar([one.form for one in asking], language).encode("utf-8")
    write_atomically(out / CALENDAR, lambda beside: beside.write_bytes(days))


def record_requests(
    asking: Sequence[Asking], settings: Settings, on: date, progress: Steps, *, only_check: bool = False
) -> Appended:
    """Enter that these owners were asked on the day `on`, in the log of requests; raises as `append_rows`.

    The mailing of a day is one document, however many times it took to send it.
    """
    if not asking:
        return Appended()
    core = read_core(settings.raw_dir).tables
    source = _document(asking, settings, on)
    rows = [row for one in asking for row in _requests(one, source["source_id"], on, core["requests"])]
    is_entered = source["source_id"] in core["sources"]["source_id"]
    new = [NewRows("requests", _frame(rows), on.year)]
    if not is_entered:
        new.insert(0, NewRows("sources", _frame([source])))
    return append_rows(settings.raw_dir, new, who="gevinst ask --record", progress=progress, only_check=only_check)


def _document(asking: Sequence[Asking], settings: Settings, on: date) -> Row:
    first = asking[0]
    words = Words("nb")
    kinds = {kind: words(f"mailing_{kind}", day=words.number.date(on, "day")) for kind in (first.kind,)}
    return {
        "source_id": f"{OWNER_REQUEST.replace('_', '-')}-{first.form['edition_id']}-{first.kind}-{on.isoformat()}",
        "title": kinds[first.kind],
        "publisher": settings.owner.responsible_body or words.scheme,
        "document_type_code": OWNER_REQUEST,
        "published_on": on,
        "published_precision": "day",
        "accessed_on": on,
        "language_code": "nb",
        "has_no_public_address": True,
        "is_partly_read": False,
    }


def _requests(one: Asking, source_id: str, on: date, earlier: pl.DataFrame) -> list[Row]:
    form = one.form
    return [
        {
            "request_id": f"{form['form_id']}-{project['project_id']}-{_times(earlier, form, project) + 1}",
            "form_id": form["form_id"],
            "project_id": project["project_id"],
            "asked_organisation_id": form["owner_id"],
            "request_kind_code": one.kind,
            "asked_on": on,
            "answer_by_on": date.fromisoformat(form["answer_by"]),
            "asked_edition_id": form["edition_id"],
            "prefilled_sha256": form["sha256"],
            "due_reason_codes": " ".join(project["reasons"]),
            "source_id": source_id,
            "source_locator": f"brevet til {form['owner_name']}",
        }
        for project in form["projects"]
    ]


def _times(earlier: pl.DataFrame, form: Form, project: Mapping[str, Any]) -> int:
    mine = (pl.col("form_id") == form["form_id"]) & (pl.col("project_id") == project["project_id"])
    return earlier.filter(mine).height


def _frame(rows: Sequence[Row]) -> pl.DataFrame:
    """Rows with their place, for a message about one of them: the letters have no lines of their own."""
    placed = [{**row, FILE: "gevinst ask", ROW: number} for number, row in enumerate(rows, start=1)]
    return pl.DataFrame(placed, infer_schema_length=None)
