"""A reading to proposed rows of the registry, with the evidence of every cell that was read.

Belongs here: which rows a reading becomes, their ids, and what is left to a person.
Does not belong here: writing files (`draft.py`) and adding rows to the registry (`accept.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from gevinst.announcements.guesses import level_of, sector_of
from gevinst.announcements.known import Registry, short_name, slug
from gevinst.announcements.model import Found, Project, Reading

DOCUMENT_TYPES = {
    "vendor_table": "award_news", "call": "call_page", "scheme_rules": "regulation", "portfolio_page": "service_page",
    "other": "news_article",
}  # fmt: skip
"""Types of `kinds.py` that the code list `document_type` calls otherwise."""
NOT_STATED = "[ikke oppgitt]"
GUESSED = 0.3


@dataclass(slots=True)
class Draft:
    """Proposed rows by table, and for each cell that was read or guessed: key, column, value, line and confidence."""

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    evidence: list[dict[str, Any]] = field(default_factory=list)

    def add(self, table: str, key: str, row: dict[str, Any], **read: Found | None) -> None:
        """Add a row, and evidence for the columns in `read`."""
        self.rows.setdefault(table, []).append(row)
        for column, found in read.items():
            if found is not None:
                self.evidence.append(
                    {
                        "table": table,
                        "key": key,
                        "column": column,
                        "value": row[column],
                        "line": found.line,
                        "confidence": round(found.confidence, 2),
                    }
                )


def draft_of(reading: Reading, registry: Registry, today: date) -> Draft:
    """Rows for what the registry has not; a project or organisation that it has is referred to by its id."""
    draft = Draft()
    source_id = _source(draft, reading, registry, today)
    round_id = _rounds(draft, reading, registry, source_id)
    year = reading.rounds[0].year if reading.rounds else None
    for project in reading.projects:
        _project(draft, project, registry, source_id, round_id, year)
    return draft


def _source(draft: Draft, reading: Reading, registry: Registry, today: date) -> str:
    source_id = slug(re.sub(r"\.\w+$", "", reading.file_name), 60)
    if registry.has("sources", "line_reference", reading.file_name):
        rows = registry.tables["sources"]
        return rows.filter(rows["line_reference"] == reading.file_name)["source_id"][0]
    while registry.has("sources", "source_id", source_id):
        source_id += "-ny"
    kind = str(reading.type.value)
    on, precision = _dated(reading.published)
    row = {
        "source_id": source_id,
        "title": reading.title.value if reading.title else f"[{reading.file_name}]",
        "publisher": reading.publisher.value if reading.publisher else NOT_STATED,
        "document_type_code": DOCUMENT_TYPES.get(kind, kind),
        "published_on": on,
        "published_precision": precision,
        "accessed_on": today,
        "language_code": reading.language.value,
        "is_partly_read": False,
        "line_reference": reading.file_name,
    }
    draft.add(
        "sources",
        source_id,
        row,
        title=reading.title,
        publisher=reading.publisher or Found("", None, 0.0),
        document_type_code=reading.type,
        published_on=reading.published,
        language_code=reading.language,
    )
    return source_id


def _rounds(draft: Draft, reading: Reading, registry: Registry, source_id: str) -> str | None:
    first: str | None = None
    for number, one in enumerate(reading.rounds):
        if one.year is None:
            continue
        year = int(one.year.value)
        known = registry.rounds_of(year)
        round_id = known[min(number, len(known) - 1)] if known else str(year) if number == 0 else f"{year}-{number + 1}"
        first = first or round_id
        if not known:
            published = reading.published
            on, precision = _dated(published if published and str(published.value)[:4] == str(year) else one.year)
            row = {
                "round_id": round_id,
                "cohort_year": year,
                "name_nb": round_id,
                "name_en": round_id,
                "awarded_on": on,
                "awarded_precision": precision,
                **_sourced(source_id, one.year),
            }
            draft.add("rounds", round_id, row, cohort_year=one.year, awarded_on=published or one.year)
        for measure, found, kind in (
            ("selected", one.selected, None),
            ("applicants", one.applicants, None),
            ("amount", one.amount_nok, one.amount_kind),
        ):
            if found is not None:
                about = measure == "amount" and one.is_approximate
                _figure(draft, registry, source_id, round_id, measure, found, kind, is_approximate=about)
    return first


def _figure(
    draft: Draft,
    registry: Registry,
    source_id: str,
    round_id: str,
    measure: str,
    found: Found,
    kind: Found | None,
    *,
    is_approximate: bool,
) -> None:
    code = str(kind.value) if kind else None
    key = f"{round_id}-{code.replace('_', '-') if code else measure}-{source_id}"
    figures = registry.tables["round_figures"]
    stated = figures.filter((figures["round_id"] == round_id) & (figures["measure_code"] == measure))
    told = stated.filter(
        (pl.col("source_id") == source_id) & pl.col("amount_kind_code").eq_missing(pl.lit(code, dtype=pl.String))
    )
    if told.height:
        return
    row = {
        "round_figure_id": key,
        "round_id": round_id,
        "measure_code": measure,
        "amount_kind_code": code,
        "value": found.value,
        "basis_code": "stated" if found.confidence > 0.86 or measure != "applicants" else "derived",
        "is_approximate": is_approximate,
        "is_preferred": stated.height == 0,
        **_sourced(source_id, found),
    }
    draft.add("round_figures", key, row, value=found, amount_kind_code=kind)


def _project(
    draft: Draft, project: Project, registry: Registry, source_id: str, round_id: str | None, year: Found | None
) -> None:
    owner = str(project.owners[0].value) if project.owners else None
    name = str(project.name.value) if project.name else None
    rounds = registry.rounds_of(int(year.value)) if year else registry.tables["rounds"]["round_id"].to_list()
    project_id = registry.project(name, registry.organisation(owner) if owner else None, rounds)
    if project_id is None:
        project_id = _new_project(draft, project, source_id, round_id, year, name, owner)
    for role, organisations in (
        ("owner", project.owners[:1]),
        ("co_owner", project.owners[1:]),
        ("partner", project.partners),
        ("supplier", project.suppliers),
    ):
        for found in organisations:
            _participation(draft, registry, source_id, project_id, role, found)
    for event, found in (("started", project.start), ("ended", project.end)):
        key = f"{project_id}-{event}"
        if found and not registry.has("project_events", "project_event_id", key):
            on, precision = _dated(found)
            row = {"project_event_id": key, "project_id": project_id, "event_code": event, "event_on": on}
            row |= {"event_precision": precision, **_sourced(source_id, found)}
            draft.add("project_events", key, row, event_on=found)
    if project.grant and not registry.has("project_grants", "project_id", project_id):
        row = {"project_id": project_id, "grant_nok": project.grant.value, **_sourced(source_id, project.grant)}
        draft.add("project_grants", project_id, row, grant_nok=project.grant)


def _new_project(
    draft: Draft,
    project: Project,
    source_id: str,
    round_id: str | None,
    year: Found | None,
    name: str | None,
    owner: str | None,
) -> str:
    """A row of a new project; the English name, short names and policy area are guesses for a person to mend."""
    known_as = name or f"[uten navn: {owner}]"
    project_id = f"{year.value if year else 'ukjent'}-{slug(short_name(name or owner or 'prosjekt'), 40)}"
    taken = {row["project_id"] for row in draft.rows.get("projects", [])}
    while project_id in taken:
        project_id += "-2"
    text = " ".join(line.text for line in project.lines)
    sector, sure = sector_of(name or "", text)
    first, last = project.first_line, max((line.number for line in project.lines), default=project.first_line)
    row = {
        "project_id": project_id,
        "round_id": round_id,
        "name_nb": known_as,
        "name_en": known_as if name else f"[no name: {owner}]",
        "short_name_nb": short_name(known_as),
        "short_name_en": short_name(known_as),
        "sector_code": sector,
        "source_id": source_id,
        "source_locator": f"linje {first}" if first >= last else f"linje {first}–{last}",
    }
    guess = Found("", first, GUESSED)
    draft.add(
        "projects",
        project_id,
        row,
        round_id=year or Found("", None, 0.0),
        name_nb=project.name or Found("", first, 0.1),
        name_en=guess,
        short_name_nb=guess,
        short_name_en=guess,
        sector_code=Found("", first, sure),
    )
    return project_id


def _participation(draft: Draft, registry: Registry, source_id: str, project_id: str, role: str, found: Found) -> None:
    name = str(found.value)
    organisation_id = registry.organisation(name) or _new_organisation(draft, registry, source_id, role, found)
    key = f"{project_id}.{role}.{organisation_id}"
    others = {(row["project_id"], row["organisation_id"]) for row in draft.rows.get("participations", [])}
    if registry.has("participations", "participation_id", key) or (project_id, organisation_id) in others:
        return
    owned = registry.tables["participations"]
    held = owned.filter((owned["project_id"] == project_id) & (owned["organisation_id"] == organisation_id))
    if held.height or (role == "owner" and owned.filter(owned["project_id"] == project_id).height):
        return
    row = {
        "participation_id": key,
        "project_id": project_id,
        "organisation_id": organisation_id,
        "organisation_name": name,
        "role_code": role,
        "is_disputed": False,
        **_sourced(source_id, found),
    }
    draft.add("participations", key, row, organisation_name=found, role_code=found)


def _new_organisation(draft: Draft, registry: Registry, source_id: str, role: str, found: Found) -> str:
    written = str(found.value)
    match = re.fullmatch(r"(?P<name>.+?)\s*\((?P<short>[^()]{2,15})\)", written)
    name, short = (match["name"], match["short"]) if match else (written, None)
    organisation_id = slug(name, 50)
    if any(row["organisation_id"] == organisation_id for row in draft.rows.get("organisations", [])):
        return organisation_id
    if registry.has("organisations", "organisation_id", organisation_id):
        organisation_id += "-ny"
    level, sure = level_of(name, is_supplier=role == "supplier")
    code = registry.municipality(name) if level == "kommune" else None
    row = {
        "organisation_id": organisation_id,
        "name": name,
        "short_name": short,
        "level_code": level,
        "municipality_code": code,
        **_sourced(source_id, found),
    }
    draft.add("organisations", organisation_id, row, name=found, level_code=Found("", found.line, sure))
    for kind, form in (("official", name), ("short", short), ("variant", written if short else None)):
        if form:
            key = f"{organisation_id}.{slug(form, 60)}"
            listed = {"organisation_name_id": key, "organisation_id": organisation_id, "name": form}
            listed |= {"name_kind_code": kind, **_sourced(source_id, found)}
            draft.add("organisation_names", key, listed, name=found)
    return organisation_id


def _sourced(source_id: str, found: Found) -> dict[str, str]:
    return {"source_id": source_id, "source_locator": f"linje {found.line}" if found.line else "hele siden"}


def _dated(found: Found | None) -> tuple[str | None, str | None]:
    """Date and precision as the registry has them: the first day stands for a month or year."""
    if found is None:
        return None, None
    value = str(found.value)
    precision = {4: "year", 7: "month", 10: "day"}[len(value)]
    return value + "-01-01"[len(value) - 4 :] if len(value) < 10 else value, precision
