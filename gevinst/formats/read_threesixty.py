"""Grants of others, as 360Giving, to proposed registry rows.

Belongs here: where each field of the 360Giving Data Standard goes, in JSON and in the titles of its spreadsheets.
Does not belong here: recipients (`recipients.py`), opening files (`foreign.py`), what the frame does with every field
(`importer.py`), and writing grants (`threesixty.py`).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import polars as pl

from gevinst.formats.errors import ExchangeError
from gevinst.formats.foreign import Opened, open_foreign
from gevinst.formats.headings import known_in, read_sheet
from gevinst.formats.importer import Carried, Fields, Import, Named, Record, keys_of, planned_note
from gevinst.formats.json_records import leaves
from gevinst.formats.model import FAULT, Draft, NotCarried
from gevinst.formats.recipients import Organisations, Part
from gevinst.formats.threesixty import OWN
from gevinst.formats.values import Dated, amount_of, date_of, number_of, shown
from gevinst.identifiers import written_number
from gevinst.workspace import scheme

_PERSON = Named("person", is_personal=True)
FIELDS: Fields = {
    "id": Carried("projects.source_locator"),
    "title": Carried("projects.name_nb"),
    "description": Carried("projects.problem_nb"),
    "currency": Carried("project_grants.grant_amount"),
    "amountAwarded": Carried("project_grants.grant_amount"),
    "amountAppliedFor": Named("no_field"),
    "amountDisbursed": Named("no_field"),
    "awardDate": Named("award_day_on_round"),
    "url": Named("no_field"),
    "plannedDates/*/startDate": Carried("project_events.event_on"),
    "plannedDates/*/endDate": Carried("project_events.event_on"),
    "plannedDates/*/duration": Named("no_field"),
    "actualDates/*/startDate": Carried("project_events.event_on"),
    "actualDates/*/endDate": Carried("project_events.event_on"),
    "actualDates/*/duration": Named("no_field"),
    "recipientOrganization/*/id": Carried("participations.organisation_id"),
    "recipientOrganization/*/name": Carried("participations.organisation_name"),
    "recipientOrganization/*/contactName": _PERSON,
    "recipientOrganization/*/email": _PERSON,
    "recipientOrganization/*/telephone": _PERSON,
    "recipientIndividual/id": _PERSON,
    "recipientIndividual/name": _PERSON,
    "fundingOrganization/*/id": Named("other_funder"),
    "fundingOrganization/*/name": Named("other_funder"),
    "fundingOrganization/*/department": Named("other_funder"),
    "fundingOrganization/*/contactName": _PERSON,
    "fundingOrganization/*/email": _PERSON,
    "fundingOrganization/*/telephone": _PERSON,
    "grantProgramme/*/code": Carried("projects.round_id"),
    "grantProgramme/*/title": Named("other_programme"),
    "grantProgramme/*/description": Named("other_programme"),
    "grantProgramme/*/url": Named("other_programme"),
    "dateModified": Named("no_field"),
    "dataSource": Named("no_field"),
}
"""Each field of a grant that Gevinst knows. Of those carried, one that cannot be is named with what is wrong."""
_TITLES = {
    "identifier": "id",
    "planned dates": "plannedDates",
    "actual dates": "actualDates",
    "duration (months)": "duration",
    "recipient org": "recipientOrganization",
    "recipient organisation": "recipientOrganization",
    "recipient organization": "recipientOrganization",
    "recipient ind": "recipientIndividual",
    "recipient individual": "recipientIndividual",
    "funding org": "fundingOrganization",
    "funding organisation": "fundingOrganization",
    "funding organization": "fundingOrganization",
    "grant programme": "grantProgramme",
    "last modified": "dateModified",
    "phone number": "telephone",
    "web address": "url",
}
"""Titles of spreadsheets that are not the field's own name with spaces; the rest follows from `FIELDS`."""
_NAMES = {
    re.sub(r"(?<!^)([A-Z])", r" \1", part).lower(): part for name in FIELDS for part in name.split("/") if part != "*"
} | _TITLES
_LISTS = {name.split("/")[0] for name in FIELDS if "/*" in name}
_SHOWN = 80
"""Letters of a field's name that a message repeats."""
_ENOUGH = 2
"""Known titles that make a row one of headings: an identifier alone is in any table."""
_TABLES = ("projects", "organisations", "participations", "project_grants", "project_events")
_SOURCE_FIELDS = ("short_name_nb", "sector_code", "source_id")


def read_grants(path: Path, numbers: pl.DataFrame) -> Draft:
    """Proposed registry rows from a file of grants, in JSON, CSV or a workbook; every other field is named.

    `numbers` are the known organisation numbers (contract `organisation_numbers`). Raises `ExchangeError` when the
    file holds no grants at all; whatever is wrong with one grant is a fault, and the others are proposed.
    """
    opened = open_foreign(path, lambda rows: known_in(rows, field_of_title))
    into = Import(FIELDS, {name: [] for name in _TABLES}, list(opened.faults))
    records = _of_json(opened.data, into) if opened.is_json else _of_sheets(opened, into)
    _propose(records, numbers, into)
    return into.draft(path.name)


def field_of_title(title: str) -> str | None:
    """The field that a title of a spreadsheet means, ``Recipient Org:0:Name`` and ``recipientOrganization/0/name``."""
    parts = [part.strip() for part in re.split(r"[:/]", re.sub("[\u00ad\u200b-\u200d\ufeff]", "", title))]
    named = [part if part.isdigit() else _NAMES.get(" ".join(_spaced(part).lower().split()), "") for part in parts]
    if len(named) > 1 and named[0] in _LISTS and not named[1].isdigit():
        named.insert(1, "0")  # a spreadsheet leaves out the place of the only one
    path = "/".join(named)
    return path if re.sub(r"/\d+/", "/*/", path) in FIELDS else None


def _spaced(part: str) -> str:
    return re.sub(r"(?<=[a-z])([A-Z])", r" \1", part)


def _of_json(package: Any, into: Import) -> list[Record]:
    grants = package.get("grants") if isinstance(package, dict) else package
    if not isinstance(grants, list) or not (isinstance(package, dict) or any(isinstance(one, dict) for one in grants)):
        raise ExchangeError("no_grants")
    if isinstance(package, dict):
        around = leaves({key: value for key, value in package.items() if key != "grants"})
        into.found += [NotCarried("*", leaf.field, "around_grants", value=shown(leaf.value)) for leaf in around]
    records = []
    for place, grant in enumerate(grants):
        where = f"grants[{place}]"
        if isinstance(grant, dict):
            records.append(Record(into, leaves(grant), place=where))
        else:
            value = "" if grant is None else shown(str(grant)[:200])
            into.found.append(NotCarried(where, "*", "should_be_object", value=value, place=where, kind=FAULT))
    return records


def _of_sheets(opened: Opened, into: Import) -> list[Record]:
    records = []
    for grid in opened.grids:
        sheet = read_sheet(grid, field_of_title, _ENOUGH)
        if sheet is None:
            n = len(grid.rows)
            into.found += [NotCarried("*", "*", "sheet_not_read", {"n": n}, sheet=grid.sheet)] if n else []
            into.found += grid.faults
            continue
        into.found += sheet.around
        records += [Record(into, leaves, sheet.name, place) for place, leaves in sheet.records]
    if not records:
        raise ExchangeError("no_grants_in_table")
    return records


def _propose(records: list[Record], numbers: pl.DataFrame, into: Import) -> None:
    _identify(records)
    ids = keys_of([record.label for record in records])
    recipients = {record: _recipients(record) for record in records}
    organisations = Organisations(recipients, numbers)
    for record in records:
        awarded = _award(record)
        year = f"{awarded.on.year}-" if awarded else ""
        is_own = _is_own(record)
        project_id = record.label.removeprefix(OWN) if is_own else f"{year}{ids[record.label]}"
        project = record.row("projects", {"project_id": project_id, "round_id": year[:4] or None})
        locator = ", ".join(part for part in (record.sheet, record.place) if part)
        for name, column, value in (
            ("id", "source_locator", f"{locator}, id {record.label}"),
            ("title", "name_nb", None),
            ("description", "problem_nb", None),
        ):
            if record.is_open(name):
                record.carry(name, project, column, value)
        if is_own and record.holds("grantProgramme/0/code"):
            record.carry("grantProgramme/0/code", project, "round_id")
        _programme(record)
        _amount(record, project_id)
        _events(record, project_id)
        organisations.propose(record, recipients[record], project_id)
        _funder(record)
        for name in ("description", "currency", "amountAwarded", "awardDate", "recipientOrganization"):
            if not (record.has(name) or (name == "recipientOrganization" and record.has("recipientIndividual"))):
                record.fault(name, "field_missing")
        record.finish()
    if into.tables["projects"]:
        into.fill_in(*_SOURCE_FIELDS)


def _recipients(record: Record) -> list[Part]:
    """The recipients of a grant; they own the project."""
    places = [f"recipientOrganization/{place}" for place in record.places("recipientOrganization")]
    return [Part(f"{place}/name", f"{place}/id") for place in places]


def _identify(records: list[Record]) -> None:
    """Label each record by its id, and set aside those without a title or an id of their own."""
    seen: dict[str, str] = {}
    for record in records:
        missing = [name for name in ("id", "title") if not _is_text(record.get(name))]
        place = f"{record.sheet} {record.place}".strip()
        record.label = record.text("id") or record.place
        if missing:
            for name in missing[1:]:
                record.fault(name, "field_missing")
            record.set_aside(missing[0], "should_be_text" if record.has(missing[0]) else "field_missing")
        elif record.label in seen:
            record.set_aside("id", "id_again", place=seen[record.label])
        else:
            seen[record.label] = place


def _is_text(value: Any) -> bool:
    return bool(shown(value)) and not isinstance(value, bool)


def _is_own(record: Record) -> bool:
    """Whether a grant was exported from this registry, and so has its project's id."""
    return re.fullmatch(rf"{OWN}[a-z0-9-]+", record.label) is not None


def _award(record: Record) -> Dated | None:
    if not record.holds("awardDate"):
        return None
    awarded = date_of(record.get("awardDate"))
    if awarded is None:
        record.fault("awardDate", "bad_iso_date")
    return awarded


def _amount(record: Record, project_id: str) -> None:
    if not record.holds("amountAwarded"):
        return
    currency = record.text("currency")
    if not currency:
        record.name("amountAwarded", "currency_unknown")
        return
    if currency.upper() != scheme().currency:
        record.name("amountAwarded", "other_currency", currency=currency)
        record.name("currency", "other_currency", currency=currency)
        return
    amount = amount_of(record.get("amountAwarded"))
    if amount is None or amount < 0:
        record.fault("amountAwarded", "bad_amount" if amount is None else "negative_amount")
        record.name("currency", "unit_of_nothing")
        return
    row = record.row("project_grants", {"project_id": project_id})
    record.carry("amountAwarded", row, "grant_amount", number_of(amount))
    record.carry("currency", row, "grant_amount", number_of(amount))


def _events(record: Record, project_id: str) -> None:
    """Start and end of the work: as it was where the file says so, else as it was planned."""
    for event, end in (("started", "startDate"), ("ended", "endDate")):
        for dates in ("actualDates", "plannedDates"):
            name = f"{dates}/0/{end}"
            if not record.holds(name):
                continue
            found = date_of(record.get(name))
            if found is None:
                record.fault(name, "bad_iso_date")
                continue
            row = record.row(
                "project_events",
                {
                    "project_event_id": f"{project_id}-{event}",
                    "project_id": project_id,
                    "event_code": event,
                    "event_precision": found.precision,
                },
            )
            record.carry(name, row, "event_on", found.on)
            if dates == "plannedDates":
                row |= planned_note()
            break


def _funder(record: Record) -> None:
    name = "fundingOrganization/0"
    own = scheme().funder_id
    if own and written_number(record.text(f"{name}/id")) == written_number(own):
        for part in ("id", "name"):
            if record.holds(f"{name}/{part}"):
                record.name(f"{name}/{part}", "own_funder")


def _programme(record: Record) -> None:
    name = "grantProgramme/0"
    if _is_own(record) and record.text(f"{name}/title") in scheme().name:
        record.name(f"{name}/title", "own_programme")
    elif record.holds(f"{name}/code") and not _is_own(record):
        record.name(f"{name}/code", "other_programme")
