"""Answers that came back: all files of a folder held against the forms that were sent, and entered, all or none.

Belongs here: which files are read, which form each belongs to, and the order in which they are entered.
Does not belong here: what one file says (`read_answers.py`) and what it becomes (`to_rows.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

import polars as pl

from gevinst.contracts import CORE
from gevinst.edition.store import find_edition, published_ids
from gevinst.findings import Finding, IntakeError, Rule
from gevinst.follow_up.ask import units_of, view_of
from gevinst.follow_up.known import known_of
from gevinst.follow_up.prefill import Form, forms_of
from gevinst.follow_up.read_answers import Answered, Returned, answered, read_returned
from gevinst.follow_up.sheet import Units
from gevinst.follow_up.to_rows import Row, rows_of
from gevinst.intake.append import Appended, NewRows, append_rows
from gevinst.intake.append import Progress as Steps
from gevinst.intake.core import read_core
from gevinst.intake.raw_files import BY_YEAR
from gevinst.intake.read_csv import FILE, ROW
from gevinst.intake.receipts import hashes_of
from gevinst.settings import Settings

SUFFIXES = (".json", ".xlsx", ".xlsm")


@dataclass(frozen=True, slots=True)
class Looked:
    """What was read: the answers that are new, and a note about each file that brings nothing."""

    answers: list[Answered] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)


def files_of(paths: Sequence[Path]) -> list[Path]:
    """The files named, and all files of answers in the folders named, in the order of their names."""
    found: list[Path] = []
    for path in paths:
        inside = sorted(one for one in path.rglob("*") if one.suffix.lower() in SUFFIXES) if path.is_dir() else [path]
        found += [one for one in inside if not one.name.startswith(("~$", "."))]
    return found


def look(paths: Sequence[Path], settings: Settings, received_on: date) -> Looked:
    """Read every file; raises `IntakeError` with all faults of all of them, so that nothing is entered by halves.

    A file that was entered before brings nothing and is told of; so does a workbook that says what another file of the
    same answer says.
    """
    core = read_core(settings.raw_dir).tables
    sent = _Sent(settings, core)
    looked, findings = Looked(), list[Finding]()
    for path in files_of(paths):
        try:
            returned = read_returned(path)
            if returned.sha256 in sent.entered:
                looked.notes.append(_note(returned, "er ført inn før.", "was entered before."))
                continue
            form, units = sent.form_of(returned)
        except IntakeError as error:
            findings += error.findings
            continue
        answer, faults = answered(returned, form, units, received_on)
        findings += faults
        if not faults:
            looked.answers.append(answer)
    answers, told, twice = _once(looked.answers)
    findings += twice
    if findings:
        raise IntakeError(findings)
    return Looked(sorted(answers, key=lambda one: (one.answered_on, one.file)), [*looked.notes, *told])


def _once(answers: Iterable[Answered]) -> tuple[list[Answered], list[Finding], list[Finding]]:
    """One file of each answer: the form saves two, and whoever answers may send both."""
    kept: dict[tuple[str, date], Answered] = {}
    notes: list[Finding] = []
    faults: list[Finding] = []
    for one in answers:
        first = kept.setdefault((one.form["form_id"], one.answered_on), one)
        if first is one:
            continue
        if dict(first.values) == dict(one.values):
            notes.append(_note(one, f"sier det samme som {first.file}.", f"says the same as {first.file}."))
        elif not one.values:
            notes.append(_note(one, "har ingen svar.", "has no answers."))
        else:
            faults.append(
                Finding(
                    one.file,
                    f"fila sier noe annet enn {first.file} om samme skjema og dag; ta bort den som ikke gjelder.",
                    f"the file says something else than {first.file} of the same form and day; remove the one that "
                    "does "
                    "not count.",
                    rule=Rule.KEY,
                )
            )
    return [one for one in kept.values() if one.values], notes, faults


def _note(one: Returned | Answered, nb: str, en: str) -> Finding:
    return Finding(one.file, nb, en, is_note=True)


class _Sent:
    """The forms that were sent from here, made again from the editions that they were made of."""

    def __init__(self, settings: Settings, core: Mapping[str, pl.DataFrame]) -> None:
        self.settings = settings
        self.requests = core["requests"]
        self.entered = set(core["sources"]["text_sha256"].drop_nulls())
        self._of_edition: dict[str, tuple[dict[str, Form], Units]] = {}

    @cached_property
    def _editions(self) -> list[str]:
        return published_ids(self.settings)

    def form_of(self, returned: Returned) -> tuple[Form, Units]:
        """The form that a file answers; raises `IntakeError` for one that was not sent from here, or is out of date."""
        about = returned.about
        edition_id = about["edition_id"]
        if edition_id not in self._editions:
            raise _refused(
                returned,
                f"skjemaet er laget fra utgave {edition_id}, som ikke finnes her; hent svaret inn der det ble sendt "
                "fra.",
                f"the form was made from edition {edition_id}, which is not here; enter the answer where it was sent "
                "from.",
            )
        if edition_id not in self._of_edition:
            view = view_of(find_edition(self.settings, edition_id), self.settings)
            forms = {form["form_id"]: form for form in forms_of(view, view.edition.as_of_on)}
            self._of_edition[edition_id] = forms, units_of(view)
        forms, units = self._of_edition[edition_id]
        form = forms.get(about["form_id"])
        if form is None or form["owner_id"] != about["owner_id"] or form["sha256"] != about["prefilled_sha256"]:
            raise _refused(
                returned,
                "skjemaet er ikke det som ble sendt herfra: det som sto i det, er endret; be om svar på det som ble "
                "sendt.",
                "the form is not the one that was sent from here: what it held was changed; ask for an answer to "
                "that one.",
            )
        self._refuse_unsent(returned, form)
        return form, units

    def _refuse_unsent(self, returned: Returned, form: Form) -> None:
        own = self.requests.filter(pl.col("asked_organisation_id") == form["owner_id"])
        if form["form_id"] not in own["form_id"]:
            raise _refused(
                returned,
                "det er ikke loggført at skjemaet ble sendt; kjør gevinst ask med --record for dagen det ble sendt.",
                "no request is logged for the form; run gevinst ask with --record for the day it was sent.",
            )
        newest = own.sort("asked_on").row(-1, named=True)
        if (
            newest["form_id"] != form["form_id"]
            and not own.filter(form_id=form["form_id"])["asked_on"].max() >= newest["asked_on"]
        ):
            raise _refused(
                returned,
                f"skjemaet er gammelt: eieren ble spurt på nytt {newest['asked_on'].isoformat()}, ut fra utgave "
                f"{newest['asked_edition_id']}; be om svar på det skjemaet.",
                f"the form is old: the owner was asked again on {newest['asked_on'].isoformat()}, from edition "
                f"{newest['asked_edition_id']}; ask for an answer to that form.",
            )

    def newest_requests(self, form: Form) -> dict[str, str]:
        """The id of the newest request of a form, by project."""
        own = self.requests.filter(form_id=form["form_id"]).sort("asked_on", "request_id")
        return dict(own.select("project_id", "request_id").iter_rows())


def _refused(returned: Returned, nb: str, en: str) -> IntakeError:
    return IntakeError([Finding(returned.file, nb, en, rule=Rule.REFERENCE)])


def enter(
    answers: Sequence[Answered], paths: Sequence[Path], settings: Settings, progress: Steps, *, only_check: bool = False
) -> Appended:
    """Enter the answers, all or none, in the order of their days; raises as `append_rows`."""
    core = read_core(settings.raw_dir).tables
    sent, known = _Sent(settings, core), known_of(core)
    by_place: dict[tuple[str, int | None], list[Row]] = defaultdict(list)
    tables = {contract.name: contract for contract in CORE}
    for answer in answers:
        for table, rows in rows_of(answer, sent.newest_requests(answer.form), known).items():
            year = answer.answered_on.year if tables[table].folder == BY_YEAR else None
            by_place[table, year] += [{**row, FILE: answer.file, ROW: 1} for row in rows]
    new = [
        NewRows(table, pl.DataFrame(by_place[table, year], infer_schema_length=None), year)
        for table in tables
        for year in sorted({place[1] for place in by_place if place[0] == table}, key=lambda one: one or 0)
    ]
    inputs = {name: digest for path in files_of(paths) for name, digest in hashes_of(path).items()}
    return append_rows(
        settings.raw_dir, new, who="gevinst answers", progress=progress, only_check=only_check, inputs=inputs
    )
