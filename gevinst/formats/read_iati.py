"""Activities of others, as IATI 2.0x, to proposed registry rows.

Belongs here: which activities a file holds, and what is proposed of an activity as a whole.
Does not belong here: results (`read_iati_results.py`), the list of fields (`iati_fields.py`), opening XML
(`foreign_xml.py`), what the frame does with every field (`importer.py`), and writing activities (`write_iati.py`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from gevinst.formats import iati
from gevinst.formats.errors import ExchangeError
from gevinst.formats.foreign_xml import Element, open_xml
from gevinst.formats.iati_fields import FIELDS, carry_texts, leaves
from gevinst.formats.importer import Import, Record, keys_of, planned_note
from gevinst.formats.model import Draft, NotCarried
from gevinst.formats.read_iati_results import Results
from gevinst.formats.recipients import Organisations, Part
from gevinst.formats.values import Dated, date_of, shown
from gevinst.workspace import scheme

_ROOT, _ACTIVITY = "iati-activities", "iati-activity"
_TABLES = (
    *("projects", "organisations", "participations", "project_events", "benefits", "benefit_plans"),
    "benefit_measurements",
)
_FOR_A_PERSON = (
    ("projects", ("round_id", "name_nb", "short_name_nb", "sector_code", "source_id")),
    ("benefits", ("benefit_code", "benefit_sign_code")),
    ("benefit_measurements", ("stated_by_code",)),
)
"""Columns that a person must fill in where a proposed row lacks them."""
_EVENTS: Mapping[str, tuple[str, str]] = {code: event for event, code in iati.DATE_TYPES.items()}
_TIME_ZONE = re.compile(r"(?:Z|[+-]\d\d:\d\d)$")
_SHOWN = 40


def read_activities(path: Path, numbers: pl.DataFrame) -> Draft:
    """Proposed registry rows from a file of activities; every other element and attribute is named.

    `numbers` are the known organisation numbers (contract `organisation_numbers`). Raises `ExchangeError` when the
    file holds no activities of version 2; whatever is wrong with one is a fault, and the others are proposed.
    """
    root = open_xml(path)
    activities = [element for _, element in root.all(_ACTIVITY)]
    if root.name != _ROOT or not activities:
        raise ExchangeError("not_iati")
    version = root.attributes.get("version", "").strip()
    if version and not version.startswith("2."):
        raise ExchangeError("iati_version", version=version[:_SHOWN])
    into = Import(FIELDS, {name: [] for name in _TABLES}, _around(root))
    records = {
        Record(into, leaves(activity), place=f"{_ACTIVITY}[{n}]"): activity for n, activity in enumerate(activities, 1)
    }
    _propose(records, numbers, into)
    return into.draft(path.name)


def _around(root: Element) -> list[NotCarried]:
    others = Element("", root.attributes, [one for one in root.children if one.name != _ACTIVITY], root.text)
    return [NotCarried("*", leaf.field, "around_activities", value=shown(leaf.value)) for leaf in leaves(others)]


def _propose(records: Mapping[Record, Element], numbers: pl.DataFrame, into: Import) -> None:
    _identify(records)
    ids = keys_of([record.label for record in records])
    parts = {record: _parts(record, activity) for record, activity in records.items()}
    organisations = Organisations(parts, numbers)
    results = Results()
    for record, activity in records.items():
        own = _own_id(record)
        project_id = own or ids[record.label]
        usual = activity.attributes.get(iati.LANGUAGE)
        project = record.row("projects", {"project_id": project_id})
        project["source_locator"] = record.place
        if record.is_open("iati-identifier/0"):
            locator = f"{record.place}, iati-identifier {record.label}"
            record.carry("iati-identifier/0", project, "source_locator", locator)
        _texts(record, activity, project, usual)
        _sector(record, activity, project, own is not None)
        _events(record, activity, project_id)
        for part in organisations.propose(record, parts[record], project_id):
            _role(record, part)
        _others(record, activity)
        results.propose(record, activity, project_id, usual, is_own=own is not None)
        record.finish()
    for table, columns in _FOR_A_PERSON:
        rows = into.tables[table]
        into.fill_in(*(column for column in columns if any(row.get(column) is None for row in rows)))


def _identify(records: Mapping[Record, Element]) -> None:
    """Label each record by its identifier, and set aside those without a title or an identifier of their own."""
    seen: dict[str, str] = {}
    for record in records:
        record.label = record.text("iati-identifier/0") or record.place
        if not record.holds("iati-identifier/0"):
            record.set_aside("iati-identifier", "field_missing")
        elif not record.has("title"):
            record.set_aside("title", "field_missing")
        elif record.label in seen:
            record.set_aside("iati-identifier/0", "id_again", place=seen[record.label])
        else:
            seen[record.label] = record.place


def _own_id(record: Record) -> str | None:
    """The project that an activity was exported of from here, by its identifier."""
    funder = scheme().funder_id
    found = re.fullmatch(rf"{re.escape(funder)}-([a-z0-9-]+)", record.label) if funder else None
    return found[1] if found else None


def _texts(record: Record, activity: Element, project: dict[str, Any], usual: str | None) -> None:
    for n, title in activity.all("title"):
        carry_texts(record, f"title/{n}", title, project, "name", usual)
    titles = {narrative.text for _, title in activity.all("title") for narrative in title.children}
    for n, description in activity.all("description"):
        path = f"description/{n}"
        for m, narrative in description.all("narrative"):
            if narrative.text and narrative.text in titles:
                for name in (f"{path}/narrative/{m}", f"{path}/narrative/{m}/@{iati.LANGUAGE}"):
                    if record.is_open(name):
                        record.name(name, "repeats_title")
        told = Element(description.name, {}, [one for one in description.children if one.text not in titles])
        if len(told.children) == len(description.children):
            carry_texts(record, path, description, project, "problem", usual)


def _sector(record: Record, activity: Element, project: dict[str, Any], is_own: bool) -> None:
    """A sector is carried where its code is this registry's own; any other list divides otherwise."""
    for n, sector in activity.all("sector"):
        name = f"sector/{n}/@code"
        if not record.is_open(name):
            continue
        if not (is_own and sector.attributes.get("vocabulary") == iati.OWN_VOCABULARY):
            record.name(name, "category_not_a_sector")
        elif "sector_code" not in project:
            record.carry(name, project, "sector_code")
            for m, _ in sector.all("narrative"):
                for text in (f"sector/{n}/narrative/{m}", f"sector/{n}/narrative/{m}/@{iati.LANGUAGE}"):
                    if record.is_open(text):
                        record.name(text, "label_of_code")


def _events(record: Record, activity: Element, project_id: str) -> None:
    """Start and end of the work: as it was where the file says so, else as it was planned."""
    found: dict[str, tuple[str, int, Dated]] = {}
    for n, element in activity.all("activity-date"):
        name, kind = f"activity-date/{n}/@iso-date", f"activity-date/{n}/@type"
        event, tense = _EVENTS.get(record.text(kind), (None, None))
        if event is None and record.is_open(kind):
            record.fault(kind, "unknown_code")
        on = date_of(_TIME_ZONE.sub("", record.text(name)))
        if on is None and record.is_open(name):
            record.fault(name, "bad_iso_date")
        if event is None or tense is None or on is None:
            continue
        if event not in found or (found[event][0] == iati.PLANNED and tense == iati.ACTUAL):
            found[event] = tense, n, _as_known(element, on)
    for event, (tense, n, on) in found.items():
        row = {"project_event_id": f"{project_id}-{event}", "project_id": project_id}
        row = record.row("project_events", {**row, "event_precision": on.precision})
        record.carry(f"activity-date/{n}/@type", row, "event_code", event)
        record.carry(f"activity-date/{n}/@iso-date", row, "event_on", on.on)
        for m, narrative in next(one for place, one in activity.all("activity-date") if place == n).all("narrative"):
            name = f"activity-date/{n}/narrative/{m}"
            if narrative.text == iati.cut(on.on, on.precision) and on.precision != "day" and record.is_open(name):
                record.carry(name, row, "event_precision", on.precision)
            elif record.is_open(name):
                record.name(name, "no_field")
        if tense == iati.PLANNED:
            row |= planned_note()


def _as_known(element: Element, on: Dated) -> Dated:
    """The date as roughly as the text beside it says it is known, where the two agree."""
    for _, narrative in element.all("narrative"):
        known = date_of(narrative.text) if re.fullmatch(r"\d{4}(?:-\d\d)?", narrative.text) else None
        if known and iati.span_of(*known)[0] <= on.on <= iati.span_of(*known)[1]:
            return known
    return on


def _parts(record: Record, activity: Element) -> list[Part]:
    """Who takes part in a project: the first accountable organisation owns it, and those that implement are partners.

    IATI names one organisation as often as it has roles; the role that says most comes first.
    """
    accountable, implementing = [], []
    for n, element in activity.all("participating-org"):
        path = f"participating-org/{n}"
        texts = [f"{path}/narrative/{m}" for m, one in element.all("narrative") if one.text]
        part = Part(texts[0] if texts else f"{path}/narrative/0", f"{path}/@ref")
        role = record.text(f"{path}/@role")
        if role == iati.ACCOUNTABLE:
            owner, co_owner, _ = iati.ROLES
            accountable.append(Part(part.name, part.identifier, co_owner if accountable else owner))
        elif role == iati.IMPLEMENTING:
            implementing.append(Part(part.name, part.identifier, list(iati.ROLES)[-1]))
    return [*accountable, *implementing]


def _role(record: Record, part: Part) -> None:
    name = part.identifier.replace("/@ref", "/@role")
    if record.is_open(name):
        record.carry(name, {}, "role_code", part.role)


def _others(record: Record, activity: Element) -> None:
    """Name the funder, roles that the registry does not have, and a country that is the scheme's."""
    own = scheme()
    for n, element in activity.all("participating-org"):
        path = f"participating-org/{n}"
        role = record.text(f"{path}/@role")
        if role in (iati.ACCOUNTABLE, iati.IMPLEMENTING):
            continue
        is_funder = role == iati.FUNDING
        is_own = is_funder and own.funder_id is not None and record.text(f"{path}/@ref") == own.funder_id
        reason = "own_funder" if is_own else "iati_funder" if is_funder else "iati_role"
        texts = [f"{path}/narrative/{m}" for m, _ in element.all("narrative")]
        for name in (f"{path}/@role", f"{path}/@ref", *texts):
            if record.is_open(name):
                record.name(name, reason)
    for n, element in activity.all("recipient-country"):
        name = f"recipient-country/{n}/@code"
        if own.country and element.attributes.get("code") == own.country and record.is_open(name):
            record.name(name, "own_country")
