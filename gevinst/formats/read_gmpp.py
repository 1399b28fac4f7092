"""Projects in any layout of the UK's Government Major Projects Portfolio, 2013 to 2026, to proposed registry rows.

Belongs here: which words a heading has, whatever the year and the body that published it (MPA, IPA, NISTA), and where
each column goes. Does not belong here: opening files (`foreign.py`), rows or columns (`headings.py`), what the frame
does with every field (`importer.py`), and writing the layout (`gmpp.py`).

Until 2020 each project is a column, since 2021 a row. Ids appear from 2016 on and in all files from 2019; the headings
of 2025 and 2026 are short, and those of before carry the year, the scale and explanations in brackets.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from gevinst.contracts.vocabulary import EXPECTED
from gevinst.formats.errors import ExchangeError
from gevinst.formats.foreign import open_foreign
from gevinst.formats.gmpp import NOT_SET
from gevinst.formats.headings import known_in, read_sheet
from gevinst.formats.importer import Carried, Fields, Import, Named, Record, keys_of, planned_note
from gevinst.formats.model import FILL_IN, Draft, NotCarried, slug
from gevinst.formats.values import DAY_FIRST, amount_of, date_of, order_of

FIELDS: Fields = {
    "gmpp_id": Carried("projects.source_locator"),
    "name": Carried("projects.name_en"),
    "department": Carried("participations.organisation_name"),
    "category": Named("category_not_a_sector"),
    "description": Carried("projects.problem_en"),
    "rating": Named("rating_scale_unknown"),
    "sro_rating": Named("rating_scale_unknown"),
    "rating_commentary": Named("no_field"),
    "start_on": Carried("project_events.event_on"),
    "end_on": Carried("project_events.event_on"),
    "schedule_narrative": Named("no_field"),
    "year_baseline": Named("pounds_not_kroner"),
    "year_forecast": Named("pounds_not_kroner"),
    "year_variance": Named("variance_of_pounds"),
    "year_variance_pounds": Named("pounds_not_kroner"),
    "variance_narrative": Named("no_field"),
    "whole_life_cost": Named("pounds_not_kroner"),
    "cost_narrative": Named("no_field"),
    "benefits": Named("pounds_not_kroner"),
    "benefits_narrative": Carried("benefit_claims.statement_en"),
    "evaluation_plan": Named("no_field"),
    "sro_name": Named("person", is_personal=True),
}
"""Every column of the published layouts. Of those carried, one that cannot be is named with what is wrong."""
_NARRATIVE = r"\b(narrative|commentary|explanation)\b"
_WORDS: tuple[tuple[str, str], ...] = (
    ("schedule_narrative", rf"{_NARRATIVE}.*\bschedule\b|\bschedule\b.*{_NARRATIVE}"),
    ("variance_narrative", rf"{_NARRATIVE}.*\b(variance|in year)\b|\b(variance|in year)\b.*{_NARRATIVE}"),
    ("cost_narrative", rf"{_NARRATIVE}.*\b(whole life|wlc|costs?)\b|\b(whole life|wlc|costs?)\b.*{_NARRATIVE}"),
    ("benefits_narrative", rf"{_NARRATIVE}.*\bbenefits?\b|\bbenefits?\b.*{_NARRATIVE}"),
    ("rating_commentary", rf"{_NARRATIVE}.*\b(rag|rating|confidence|dca)\b|\b(rating|confidence|dca)\b.*{_NARRATIVE}"),
    ("", _NARRATIVE),
    ("", r"\bgrouped\b"),
    ("gmpp_id", r"^(gmpp|major projects?|mpa|ipa|nista)( project)? (id|ref|reference)( (numbers?|no))?$"),
    ("gmpp_id", r"^(project )?id( numbers?| no)?$|^unique (project )?id$"),
    ("name", r"^(gmpp )?(project|programme)( (programme|project))? (name|title)$|^name of (the )?(project|programme)$"),
    ("name", r"^(project|programme)$"),
    ("department", r"^((lead|sponsoring|owning|parent) )?(department|dept)( name)?$"),
    ("category", r"\bcategory$"),
    ("evaluation_plan", r"\bevaluation\b"),
    ("sro_rating", r"\b(sro|senior responsible owner)\b.*\b(delivery confidence|rag|dca|rating)\b"),
    ("sro_name", r"\b(sro|senior responsible (owner|officer))\b"),
    ("rating", r"\b(delivery confidence|rag( rating)?|dca)\b"),
    ("description", r"^(detailed |project |programme )*description\b|^(project )?aims\b"),
    ("start_on", r"\bstart date$"),
    ("end_on", r"\b(end|completion|finish) date$"),
    ("year_variance", r"\bvariance\b"),
    ("whole_life_cost", r"\b(whole life|wlc)\b"),
    ("benefits", r"\bbenefits?\b"),
    ("year_forecast", r"\bforecast\b"),
    ("year_baseline", r"\b(budget|baseline)\b"),
)
"""Words that tell what a heading is, tried in this order: a narrative about costs is not a cost."""
_LONGEST_HEADING = 130
"""Letters of a heading without its brackets; a narrative that speaks of schedules and benefits is longer."""
_ENOUGH = 2
_ID = re.compile(r"[A-Z&]+_\d{4}_\d{4}-Q[1-4]")
_FIVE_POINTS = re.compile(r"amber\s*[/-]\s*(red|green)|(red|green)\s*[/-]\s*amber", re.IGNORECASE)
_WITHHELD = re.compile(r"\b(exempt|section \d|freedom of information|not applicable|not available|n/?a|tbc)\b", re.I)
_MONEY = ("year_baseline", "year_forecast", "year_variance_pounds", "whole_life_cost", "benefits")
_RATINGS = ("rating", "sro_rating")
_TABLES = ("projects", "organisations", "participations", "project_events", "benefits", "benefit_claims")


def read_projects(path: Path) -> Draft:
    """Proposed registry rows from a file of the portfolio, CSV or workbook; every other column is named.

    The five-point scale is reported as such and never mapped to the three-point one. Raises `ExchangeError` when the
    file has another layout; whatever is wrong with one project is a fault, and the others are proposed.
    """
    opened = open_foreign(path, lambda rows: known_in(rows, field_of_heading))
    into = Import(FIELDS, {name: [] for name in _TABLES}, list(opened.faults))
    records = []
    for grid in opened.grids:
        sheet = read_sheet(grid, field_of_heading, _ENOUGH)
        if sheet is None:
            n = len(grid.rows)
            into.found += [NotCarried("*", "*", "sheet_not_read", {"n": n}, sheet=grid.sheet)] if n else []
            into.found += grid.faults
            continue
        into.found += sheet.around
        records += [Record(into, leaves, sheet.name, place) for place, leaves in sheet.records]
    if not any(record.holds("name") for record in records):
        raise ExchangeError("not_gmpp")
    _propose(records, into)
    return into.draft(path.name)


@lru_cache(maxsize=10_000)
def field_of_heading(heading: str) -> str | None:
    """The column that a heading means, by its words: years, brackets, signs and spacing do not count."""
    plain = unicodedata.normalize("NFKD", heading).replace("£", " ").encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z%]+", " ", re.sub(r"\([^)]*\)|\([^()]*$", " ", plain)).strip()
    if not words or len(words) > _LONGEST_HEADING:
        return None
    name = next((name for name, form in _WORDS if re.search(form, words)), "")
    if name == "year_variance" and re.search("million|£ ?m", heading):  # 2014 and 2015 give it in pounds too
        return "year_variance_pounds"
    return name or None


def _propose(records: list[Record], into: Import) -> None:
    order = order_of((record.get(name) for record in records for name in ("start_on", "end_on")), DAY_FIRST)
    _identify(records)
    ids = keys_of([record.label for record in records])
    seen: set[str] = set()
    is_five = {name: any(_FIVE_POINTS.search(record.text(name)) for record in records) for name in _RATINGS}
    for record in records:
        project_id = ids[record.label]
        project = record.row("projects", {"project_id": project_id})
        locator = ", ".join(part for part in (record.sheet, record.place) if part)
        project["source_locator"] = locator
        if record.is_open("gmpp_id"):
            record.carry("gmpp_id", project, "source_locator", f"{locator}, GMPP ID {record.text('gmpp_id')}")
            if not _ID.fullmatch(record.label):
                into.found.append(_note(record, "odd_gmpp_id"))
        for name, column in (("name", "name_en"), ("description", "problem_en")):
            if record.is_open(name):
                record.carry(name, project, column)
        _owner(record, project_id, seen)
        _events(record, project_id, order)
        _benefits(record, into, project_id)
        for name in _RATINGS:
            _rating(record, name, is_five[name])
        for name in (*_MONEY, "year_variance"):
            if record.holds(name) and amount_of(record.text(name).rstrip("% ")) is None:
                record.name(name, "no_amount_stated")
        record.finish()
    if into.tables["projects"]:
        into.fill_in("round_id", "name_nb", "sector_code", "source_id")


def _note(record: Record, reason: str) -> NotCarried:
    return NotCarried(record.label, "gmpp_id", reason, {"value": record.label}, sheet=record.sheet, place=record.place)


def _identify(records: list[Record]) -> None:
    """Label each record by its id, or department and name; set aside those without a name or a label of their own."""
    seen: dict[str, str] = {}
    for record in records:
        place = f"{record.sheet} {record.place}".strip()
        unnumbered = " ".join(part for part in (record.text("department"), record.text("name")) if part)
        record.label = record.text("gmpp_id") or unnumbered or record.place
        if not record.holds("name"):
            record.set_aside("name", "field_missing")
        elif record.label in seen:
            record.set_aside("gmpp_id" if record.holds("gmpp_id") else "name", "id_again", place=seen[record.label])
        else:
            seen[record.label] = place


def _owner(record: Record, project_id: str, seen: set[str]) -> None:
    if not record.holds("department"):
        record.fault("department", "field_missing")
        return
    title = record.text("department")
    organisation_id = slug(title) or keys_of([title])[title]
    if organisation_id not in seen and not record.is_set_aside:
        seen.add(organisation_id)
        record.row("organisations", {"organisation_id": organisation_id, "name": title})
    part = record.row(
        "participations",
        {
            "participation_id": f"{project_id}.owner.{organisation_id}",
            "project_id": project_id,
            "organisation_id": organisation_id,
            "role_code": "owner",
            "is_disputed": False,
        },
    )
    record.carry("department", part, "organisation_name")


def _events(record: Record, project_id: str, order: str) -> None:
    """The latest approved dates, which are plans until the day has come."""
    for name, event in (("start_on", "started"), ("end_on", "ended")):
        if not record.holds(name):
            continue
        found = date_of(record.get(name), order)
        if found is None:
            if _WITHHELD.search(record.text(name)):
                record.name(name, "no_date_stated")
            else:
                record.fault(name, "bad_date")
            continue
        row = record.row(
            "project_events",
            {
                "project_event_id": f"{project_id}-{event}",
                "project_id": project_id,
                "event_code": event,
                "event_precision": found.precision,
                **planned_note(),
            },
        )
        record.carry(name, row, "event_on", found.on)


def _benefits(record: Record, into: Import, project_id: str) -> None:
    """One narrative of all benefits together: a person divides it, and says what kind each is and whom it is for."""
    if not record.holds("benefits_narrative"):
        return
    benefit = {"benefit_id": f"{project_id}-01", "project_id": project_id}
    record.row("benefits", {**benefit, "name_en": record.text("benefits_narrative")})
    claim = record.row("benefit_claims", {"benefit_claim_id": f"{project_id}-01", **benefit, "evidence_code": EXPECTED})
    record.carry("benefits_narrative", claim, "statement_en")
    if not record.is_set_aside:
        into.found.append(
            NotCarried(record.label, "benefits", "divide_benefits", {}, "", record.sheet, record.place, FILL_IN)
        )


def _rating(record: Record, name: str, is_five: bool) -> None:
    """Name a rating with its scale: a value that only one scale has decides, then the heading."""
    if not record.holds(name):
        return
    value, heading = record.text(name), record.heading(name).lower()
    if value.lower() == NOT_SET.lower():
        record.name(name, "rating_not_set")
    elif is_five or _FIVE_POINTS.search(value):
        record.name(name, "rating_five_point")
    elif "five" in heading or "three" in heading:
        # Some headings of 2024 name three points and list five; then the heading does not decide.
        is_contradictory = "three" in heading and _FIVE_POINTS.search(heading) is not None
        scale = "rating_five_point" if "five" in heading else "rating_three_point"
        record.name(name, "rating_scale_unknown" if is_contradictory else scale)
    else:
        record.name(name, "rating_scale_unknown")
