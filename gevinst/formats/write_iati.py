"""The registry's projects and what is planned and measured of their benefits, as activities of IATI 2.03.

Belongs here: what a project is in IATI, which projects cannot be activities, and what of the registry has no place.
Does not belong here: results (`iati_results.py`), codes (`iati.py`), activities of others (`read_iati.py`), and writing
files (`exchange.py`).
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

import polars as pl

from gevinst.bilingual import LANGUAGES
from gevinst.contracts.vocabulary import ENDED, UNDER_WAY
from gevinst.formats import iati
from gevinst.formats.errors import ExchangeError
from gevinst.formats.iati_results import write_results
from gevinst.formats.iati_writing import Made, Row, Writing, as_is, flagged, labelled, text_in, texts
from gevinst.formats.model import NotCarried
from gevinst.formats.threesixty import OWN, REGISTER
from gevinst.identifiers import written_number
from gevinst.language.texts import Catalogue
from gevinst.workspace import Scheme, scheme

_COLUMNS = {
    "projects": "project_id name_nb name_en problem_nb problem_en sector_code",
    "participations": "project_id organisation_id organisation_name role_code",
    "organisations": "organisation_id level_code",
    "organisation_numbers": "organisation_id organisation_number",
    "project_events": "project_id event_code event_on event_precision",
    "benefits": "benefit_id project_id name_nb name_en chain_level_code",
    "benefit_plans": "benefit_id indicator_nb indicator_en unit_code desired_direction_code baseline_value baseline_on "
    "baseline_precision target_value target_on target_precision",
    "benefit_measurements": "measured_value measured_on measured_precision stated_by_code method_nb method_en",
}
CARRIED: Mapping[str, frozenset[str]] = {name: frozenset(columns.split()) for name, columns in _COLUMNS.items()}
"""Tables that are carried, and the columns of them; each other column that holds anything is named."""
_NO_PLACE = (
    *("rounds", "project_grants", "status_assessments", "benefit_beneficiaries", "benefit_claims"),
    *("counterfactual_statements", "follow_on_funding", "own_funding", "project_phases", "project_relations"),
    *("round_figures", "sources"),
)
_FLAG = "is_illustrative"

Tables = Mapping[str, pl.DataFrame]


def to_activities(tables: Tables, edition_year: int, *, is_illustrative: bool) -> tuple[ET.Element, list[NotCarried]]:
    """The registry as ``iati-activities``, and everything that is not in them.

    IATI requires a start and a status of every activity; a project that no source gives them is left out and named.
    Needs the marts `project_status` and `planned_realised` of the edition. Raises `ExchangeError` when it is not known
    who reports, which each activity must say and its identifier begins with, or when no project is an activity.
    """
    own = scheme()
    if not (own.funder and own.funder_id):
        raise ExchangeError("no_reporter")
    levels = dict(tables["organisations"].select("organisation_id", "level_code").iter_rows())
    writing = Writing(
        own,
        tables["edition_years"].filter(edition_year=edition_year)["as_of_on"].item(),
        is_illustrative,
        _reporter_type(tables, own, levels),
        levels,
        dict(tables["organisation_numbers"].select("organisation_id", "organisation_number").drop_nulls().iter_rows()),
        _labels(tables["codelists"]),
        _by(tables["project_events"].sort("event_on", "project_event_id"), "project_id"),
        _by(tables["participations"].sort("participation_id"), "project_id"),
        _by(tables["benefits"].sort("benefit_id"), "project_id"),
        _plans(tables, edition_year),
    )
    if own.country is None:
        writing.leave("*", "recipient-country", "no_country")
    root = ET.Element("iati-activities", {"version": iati.VERSION})
    status = {row["project_id"]: row for row in tables["project_status"].filter(edition_year=edition_year).to_dicts()}
    for project in tables["projects"].sort("project_id").iter_rows(named=True):
        _activity(root, project, status.get(project["project_id"]), writing)
    if earlier := tables["benefit_plans"].height - sum(len(plans) for plans in writing.plans.values()):
        writing.leave("benefit_plans", "*", "not_in_force", n=earlier)
    if not len(root):
        raise ExchangeError("no_activities")
    return root, [*writing.left, *_columns_left(tables), *_tables_left(tables)]


def _plans(tables: Tables, edition_year: int) -> dict[str, list[Row]]:
    """The plan in force of each indicator by benefit, each with its unit, its place in the chain and measurements."""
    known = tables["planned_realised"].filter(edition_year=edition_year)
    plans = {row["benefit_plan_id"]: row for row in tables["benefit_plans"].iter_rows(named=True)}
    measured = {row["benefit_measurement_id"]: row for row in tables["benefit_measurements"].iter_rows(named=True)}
    found: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for row in known.sort("benefit_plan_id", "measured_on", "benefit_measurement_id").iter_rows(named=True):
        of_benefit = found[row["benefit_id"]]
        plan = of_benefit.setdefault(
            row["benefit_plan_id"],
            {
                **plans[row["plan_in_force_id"]],
                "unit_kind_code": row["unit_kind_code"],
                "gain_nature_code": row["gain_nature_code"],
                "measurements": [],
            },
        )
        if row["is_measured"]:
            plan["measurements"].append(measured[row["benefit_measurement_id"]])
    return {benefit: list(of_benefit.values()) for benefit, of_benefit in found.items()}


def _activity(root: ET.Element, project: Row, status: Row | None, writing: Writing) -> None:
    project_id = project["project_id"]
    events = writing.events.get(project_id, [])
    code = _status_code(status, events, writing.as_of_on)
    start = any(event["event_code"] == "started" and _tense(event, writing.as_of_on) for event in events)
    if not (start and code):
        _leave_project(project_id, "no_activity_status" if start else "no_start", writing)
        return
    activity = ET.SubElement(root, "iati-activity", {iati.LANGUAGE: writing.own.language})
    text_in(activity, "iati-identifier", f"{writing.own.funder_id}-{project_id}")
    reporter = {"ref": writing.own.funder_id or "", "type": writing.reporter_type}
    text_in(ET.SubElement(activity, "reporting-org", reporter), "narrative", writing.own.funder or "")
    flag = partial(flagged, is_illustrative=writing.is_illustrative)
    texts(ET.SubElement(activity, "title"), project, "name", flag)
    _description(activity, project, writing, flag)
    _participants(activity, project_id, writing, reporter)
    ET.SubElement(activity, "activity-status", {"code": code or ""})
    for event in events:
        _date(activity, event, writing)
    if writing.own.country:
        ET.SubElement(activity, "recipient-country", {"code": writing.own.country})
    if project["sector_code"]:
        sector = {"vocabulary": iati.OWN_VOCABULARY, "code": project["sector_code"]}
        labelled(ET.SubElement(activity, "sector", sector), "sector", project["sector_code"], writing)
    write_results(activity, project_id, writing)


def _leave_project(project_id: str, reason: str, writing: Writing) -> None:
    """Name a project that is no activity, and the plans that go with it."""
    writing.leave(project_id, "iati-activity", reason)
    n = sum(len(writing.plans.get(benefit["benefit_id"], [])) for benefit in writing.benefits.get(project_id, []))
    if n:
        writing.leave(project_id, "result", "left_with_project", n=n)


def _status_code(status: Row | None, events: Iterable[Row], as_of_on: date) -> str | None:
    """The status that follows from what sources say; how far a solution has come says nothing of the work on it."""
    tenses = {event["event_code"]: _tense(event, as_of_on) for event in events}
    current = status["current_status_code"] if status else None
    if tenses.get("ended") == iati.ACTUAL or current in ENDED:
        return iati.CLOSED
    if tenses.get("started") == iati.PLANNED:
        return iati.PIPELINE
    if status and current == UNDER_WAY and status["is_stale"] is False:
        return iati.IMPLEMENTATION
    return None


def _tense(event: Row, as_of_on: date) -> str | None:
    """Whether an event was or will be on the edition's day; `None` when it is known too roughly to tell."""
    first, last = iati.span_of(event["event_on"], event["event_precision"])
    return iati.ACTUAL if last <= as_of_on else iati.PLANNED if first > as_of_on else None


def _date(activity: ET.Element, event: Row, writing: Writing) -> None:
    """A day; for a month or a year its first or last day, with a text that says how much is known."""
    tense, precision = _tense(event, writing.as_of_on), event["event_precision"]
    known = iati.cut(event["event_on"], precision)
    if tense is None:
        writing.leave(event["project_id"], "activity-date", "neither_past_nor_planned", known=known)
        return
    first, last = iati.span_of(event["event_on"], precision)
    on = last if event["event_code"] == "ended" else first
    kind = {"type": iati.DATE_TYPES[event["event_code"], tense], "iso-date": on.isoformat()}
    written = ET.SubElement(activity, "activity-date", kind)
    if precision != "day":
        text_in(written, "narrative", known)


def _description(activity: ET.Element, project: Row, writing: Writing, flag: Made) -> None:
    """The problem that the project is about; without one the title again, since IATI requires a description."""
    has_problem = any(project[f"problem_{language}"] for language in LANGUAGES)
    if not has_problem:
        writing.leave(project["project_id"], "description", "title_as_description")
    description = ET.SubElement(activity, "description")
    texts(description, project, "problem" if has_problem else "name", as_is if has_problem else flag)


def _participants(activity: ET.Element, project_id: str, writing: Writing, funder: Mapping[str, str]) -> None:
    given = {"role": iati.FUNDING, "ref": funder["ref"], "type": funder["type"]}
    text_in(ET.SubElement(activity, "participating-org", given), "narrative", writing.own.funder or "")
    parts = writing.parts.get(project_id, [])
    written = [part for part in parts if part["role_code"] in iati.ROLES and not part["is_disputed"]]
    for part in sorted(written, key=lambda part: list(iati.ROLES).index(part["role_code"])):
        organisation_id = part["organisation_id"]
        number = writing.numbers.get(organisation_id)
        stated = {
            "role": iati.ROLES[part["role_code"]],
            "ref": f"{REGISTER}{number}" if number else OWN + organisation_id,
        }
        if kind := iati.ORGANISATION_TYPES.get(writing.levels.get(organisation_id, "")):
            stated["type"] = kind
        text_in(ET.SubElement(activity, "participating-org", stated), "narrative", part["organisation_name"])
    for reason, n in (
        ("disputed_role", sum(part["is_disputed"] for part in parts)),
        ("no_role", sum(part["role_code"] not in iati.ROLES and not part["is_disputed"] for part in parts)),
    ):
        if n:
            writing.leave(project_id, "participating-org", reason, n=n)


def _labels(codelists: pl.DataFrame) -> dict[tuple[str, str, str], str]:
    """What codes are called, by code list, code and language."""
    return {
        (name, code, language): label
        for language in LANGUAGES
        for name in ("sector", "measurement_unit", "stated_by")
        for code, label in Catalogue(language).labels(codelists, name).items()
    }


def _by(frame: pl.DataFrame, column: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in frame.iter_rows(named=True):
        found[row[column]].append(row)
    return found


def _reporter_type(tables: Tables, own: Scheme, levels: Mapping[str, str]) -> str:
    """The kind of organisation that reports, as the registry has it: by its number, else by its name."""
    number = written_number(own.funder_id or "")
    numbered = tables["organisation_numbers"].filter(organisation_number=number or "")["organisation_id"]
    named = tables["organisations"].filter(pl.col("name") == own.funder)["organisation_id"]
    found = [iati.ORGANISATION_TYPES.get(levels.get(one, "")) for one in (*numbered, *named)]
    kind = next(filter(None, found), None)
    if kind is None:
        raise ExchangeError("no_reporter_type", funder=own.funder or "")
    return kind


def _columns_left(tables: Tables) -> Iterator[NotCarried]:
    """Each column without a place in a table that is carried; a column can be forgotten but not lost."""
    derived = tables["benefits"]["chain_level_code"].null_count()
    if derived:
        yield NotCarried("benefits", "chain_level_code", "usual_level", {"n": derived})
    for name, carried in CARRIED.items():
        for column in tables[name].columns:
            n = tables[name].height - tables[name][column].null_count()
            if n and column not in carried and column != _FLAG:
                yield NotCarried(name, column, "no_place", {"n": n})


def _tables_left(tables: Tables) -> Iterator[NotCarried]:
    for name in _NO_PLACE:
        if tables[name].height:
            yield NotCarried(name, "*", "no_place", {"n": tables[name].height})
