"""From a reading to proposed rows of the registry, with the evidence of every cell that was read or guessed.

Belongs here: which rows a reading becomes, their ids, which of them the registry already has, and guesses (level of an
organisation, policy area of a project) that a person confirms.
Does not belong here: writing drafts and adding rows to the registry (`accept.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from gevinst.announcements import draft_ids as ids
from gevinst.announcements.benefit_rows import add_benefits
from gevinst.announcements.model import Found, Project, Reading
from gevinst.announcements.organisations import without_brackets
from gevinst.announcements.placed import level_of, sector_of
from gevinst.announcements.placeholders import NOT_STATED, WITHOUT_NAME_EN, WITHOUT_NAME_NB
from gevinst.announcements.projects import similar
from gevinst.announcements.vocabulary import confidence
from gevinst.bilingual import ENTERED, LANGUAGES
from gevinst.contracts import CORE
from gevinst.intake.core import text_rows
from gevinst.intake.journal import read_steadily
from gevinst.workspace import scheme

DOCUMENT_TYPES = {
    "vendor_table": "award_news", "call": "call_page", "scheme_rules": "regulation", "portfolio_page": "service_page",
    "other": "news_article",
}  # fmt: skip
"""Types of `document_type.py` that have another code in the code list `document_type`."""
_READ = (
    "organisations", "organisation_names", "rounds", "round_figures", "projects", "participations", "project_relations",
    "project_events", "project_grants", "sources", "municipality_codes", "assessment_rounds", "benefits",
    "benefit_claims",
)  # fmt: skip
_KRONER = "NOK"
"""The currency that pages are read for; amounts in others are told as such (`amounts.py`)."""


@dataclass(frozen=True, slots=True)
class Registry:
    """The tables of the registry, and of what was said of its projects, as text by name."""

    tables: dict[str, pl.DataFrame]

    def organisation(self, name: str) -> str | None:
        """Id of the organisation called `name`, with or without an abbreviation in brackets."""
        listed: dict[str, str] = {}
        for table in ("organisations", "organisation_names"):
            rows = self.tables[table]
            listed |= dict(zip(rows["name"].str.to_lowercase(), rows["organisation_id"], strict=True))
        return next((listed[form] for form in (name.lower(), without_brackets(name)) if form in listed), None)

    def project(self, name: str | None, owner_id: str | None, round_ids: Iterable[str]) -> str | None:
        """Id of a project of one of these rounds with this name, or without a name on the page and with this owner."""
        rows = self.tables["projects"].filter(pl.col("round_id").is_in(list(round_ids)))
        owners = self.tables["participations"].filter(pl.col("role_code") == "owner")
        owned = owners.filter(pl.col("organisation_id") == owner_id)["project_id"].to_list() if owner_id else []
        renamed = self.tables["project_relations"].filter(pl.col("relation_code") == "renamed")
        other = dict(zip(renamed["project_id"], renamed["related_name"], strict=True))
        for row in rows.iter_rows(named=True):
            names = [row["name_nb"], row["name_en"], row["short_name_nb"], other.get(row["project_id"])]
            if name and any(known and similar(name, known) for known in names):
                return row["project_id"]
        held = [project for project in rows["project_id"] if project in owned]
        return held[0] if len(held) == 1 and name is None else None

    def rounds_of(self, year: int) -> list[str]:
        """Ids of all rounds of a cohort year."""
        return self.tables["rounds"].filter(pl.col("cohort_year") == str(year))["round_id"].to_list()

    def has(self, table: str, column: str, value: str) -> bool:
        """Whether a table has a row with this value."""
        return value in set(self.tables[table][column])

    def municipality(self, name: str) -> str | None:
        """Code of the municipality called `name`; `None` when none, or several, have that name."""
        bare = re.sub(r"\s+kommune$", "", re.sub(r"^.*, ", "", name))
        rows = self.tables["municipality_codes"].filter(
            (pl.col("name").str.to_lowercase() == bare.lower()) & pl.col("valid_to_on").is_null()
        )
        return rows["municipality_code"][0] if rows.height == 1 else None


def read_registry(raw_dir: Path) -> Registry:
    """The registry under `raw_dir`; raises `IntakeError` when a file of it cannot be read."""

    def read() -> Registry:
        return Registry({one.name: text_rows(raw_dir, one) for one in CORE if one.name in _READ})

    return read_steadily(raw_dir, read)


@dataclass(slots=True)
class Draft:
    """Proposed rows by table, and for each cell that was read or guessed: key, column, value, line and confidence."""

    registry: Registry
    source_id: str = ""
    written_on: str = ""
    """When the page was published, else read: later dates are plans."""
    language: str = ENTERED
    """Of the words on the page; nynorsk stands as bokmål."""
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    evidence: list[dict[str, Any]] = field(default_factory=list)

    def add(self, table: str, key: str, row: dict[str, Any], **read: Found | None) -> None:
        """Add a row, and evidence for the columns in `read`."""
        self.rows.setdefault(table, []).append(row)
        for column, found in read.items():
            if found is not None:
                cell = {"table": table, "key": key, "column": column, "value": row[column]}
                self.evidence.append(cell | {"line": found.line, "confidence": round(found.confidence, 2)})

    def sourced(self, found: Found) -> dict[str, str]:
        """Source and locator of a row that was read from one line, or from the page as a whole."""
        return {"source_id": self.source_id, "source_locator": f"linje {found.line}" if found.line else "hele siden"}

    def has(self, table: str, column: str, value: str) -> bool:
        """Whether the draft has a row with this value."""
        return any(row[column] == value for row in self.rows.get(table, []))


def draft_of(reading: Reading, registry: Registry, today: date) -> Draft:
    """Rows for what is not in the registry; a project or organisation that is there is referred to by its id."""
    draft = Draft(registry, written_on=_dated(reading.published)[0] or today.isoformat())
    draft.language = str(reading.language.value) if reading.language.value in LANGUAGES else ENTERED
    draft.source_id = _source(draft, reading, today)
    round_id = _rounds(draft, reading)
    year = reading.rounds[0].year if reading.rounds else None
    for project in reading.projects:
        project_id = _project(draft, project, round_id, year)
        add_benefits(draft, reading, project, project_id)
    return draft


def _source(draft: Draft, reading: Reading, today: date) -> str:
    """Id of the page in the registry, found by the name of its file, or of a new row for it."""
    known = draft.registry.tables["sources"].filter(pl.col("line_reference") == reading.file_name)
    if known.height:
        return known["source_id"][0]
    source_id = ids.new_source_id(re.sub(r"\.\w+$", "", reading.file_name))
    while draft.registry.has("sources", "source_id", source_id):
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
        "line_count": max((line.number for line in reading.lines), default=None),  # no blank lines after the last
    }
    draft.add(
        "sources",
        source_id,
        row,
        title=reading.title,
        publisher=reading.publisher or _guess(None, "not_stated"),
        document_type_code=reading.type,
        published_on=reading.published,
        language_code=reading.language,
    )
    return source_id


def _rounds(draft: Draft, reading: Reading) -> str | None:
    """Id of the first round of the page; rounds that are not in the registry get a row, and all get their figures."""
    first: str | None = None
    for number, one in enumerate(reading.rounds):
        if one.year is None:
            continue
        year = int(one.year.value)
        number = sum(1 for before in reading.rounds[:number] if before.year and before.year.value == year)
        known = draft.registry.rounds_of(year)
        # The second round of a page is the second of its year, such as 2021-2; a single known round takes both.
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
                **draft.sourced(one.year),
            }
            draft.add("rounds", round_id, row, cohort_year=one.year, awarded_on=published or one.year)
        _figure(draft, round_id, "selected", one.selected)
        _figure(draft, round_id, "applicants", one.applicants)
        # A figure of a round has no currency of its own: an amount in another than the scheme's is left to a person.
        amount = one.amount_nok if scheme().currency == _KRONER else None
        _figure(draft, round_id, "amount", amount, one.amount_kind, is_approximate=one.is_approximate)
    return first


def _figure(
    draft: Draft,
    round_id: str,
    measure: str,
    found: Found | None,
    kind: Found | None = None,
    *,
    is_approximate: bool = False,
) -> None:
    if found is None:
        return
    code = str(kind.value) if kind else None
    key = ids.figure_id(round_id, code or measure, draft.source_id)
    stated = draft.registry.tables["round_figures"].filter(
        (pl.col("round_id") == round_id) & (pl.col("measure_code") == measure)
    )
    same_kind = pl.col("amount_kind_code").eq_missing(pl.lit(code, dtype=pl.String))
    if stated.filter((pl.col("source_id") == draft.source_id) & same_kind).height:
        return
    is_derived = measure == "applicants" and found.confidence <= confidence("draft.applicants_derived")
    row = {
        "round_figure_id": key,
        "round_id": round_id,
        "measure_code": measure,
        "amount_kind_code": code,
        "value": found.value,
        "basis_code": "derived" if is_derived else "stated",
        "is_approximate": is_approximate,
        "is_preferred": stated.height == 0,  # two preferred figures would fail a check; a person decides between them
        **draft.sourced(found),
    }
    draft.add("round_figures", key, row, value=found, amount_kind_code=kind)


def _project(draft: Draft, project: Project, round_id: str | None, year: Found | None) -> str:
    """Add the rows of a project and return its id, new or known."""
    registry = draft.registry
    owner = str(project.owners[0].value) if project.owners else None
    name = str(project.name.value) if project.name else None
    rounds = registry.rounds_of(int(year.value)) if year else registry.tables["rounds"]["round_id"].to_list()
    project_id = registry.project(name, registry.organisation(owner) if owner else None, rounds)
    if project_id is None:
        project_id = _new_project(draft, project, round_id, year)
    for role, organisations in (
        ("owner", project.owners[:1]),
        ("co_owner", project.owners[1:]),
        ("partner", project.partners),
        ("supplier", project.suppliers),
    ):
        for found in organisations:
            _participation(draft, project_id, role, found)
    for event, found in (("started", project.start), ("ended", project.end)):
        key = ids.event_id(project_id, event)
        if found and not registry.has("project_events", "project_event_id", key):
            on, precision = _dated(found)
            row = {"project_event_id": key, "project_id": project_id, "event_code": event, "event_on": on}
            row |= {"event_precision": precision, **draft.sourced(found)}
            if on and on > draft.written_on:  # what lies ahead of the page is what it plans
                row |= {"note_nb": "Planlagt da siden ble skrevet.", "note_en": "Planned when the page was written."}
                row |= {"note_source_id": draft.source_id, "note_source_locator": row["source_locator"]}
            draft.add("project_events", key, row, event_on=found)
    if project.grant and not registry.has("project_grants", "project_id", project_id):
        row = {
            "project_id": project_id,
            "grant_amount": project.grant.value,
            "currency_code": None if scheme().currency == _KRONER else _KRONER,
            **draft.sourced(project.grant),
        }
        draft.add("project_grants", project_id, row, grant_amount=project.grant)
    return project_id


def _new_project(draft: Draft, project: Project, round_id: str | None, year: Found | None) -> str:
    """A row of a new project; short names and policy area are guesses for a person to correct.

    English may wait, and is left to a translator. On an English page the name is English, and in Norwegian a guess.
    """
    owner = project.owners[0].value if project.owners else None
    name = str(project.name.value) if project.name else None
    known_as = name or WITHOUT_NAME_NB.format(owner=owner)
    project_id = ids.new_project_id(year.value if year else "ukjent", name or str(owner or "prosjekt"))
    while draft.has("projects", "project_id", project_id):  # two projects of one owner without names
        project_id += "-2"
    sector, sure = sector_of(name or "", " ".join(line.text for line in project.lines))
    first, last = project.first_line, max((line.number for line in project.lines), default=project.first_line)
    english = None if draft.language == ENTERED else name or WITHOUT_NAME_EN.format(owner=owner)
    row = {
        "project_id": project_id,
        "round_id": round_id,
        "name_nb": known_as,
        "name_en": english,
        "short_name_nb": ids.short_name(known_as),
        "short_name_en": ids.short_name(english) if english else None,
        "sector_code": sector,
        "source_id": draft.source_id,
        "source_locator": f"linje {first}" if first >= last else f"linje {first}–{last}",
    }
    read, guess = project.name or _guess(first, "name_from_owner"), _guess(first, "guessed_name")
    draft.add(
        "projects",
        project_id,
        row,
        round_id=year or _guess(None, "not_stated"),
        name_nb=guess if english and name else read,
        name_en=read if english else None,
        short_name_nb=guess,
        short_name_en=guess if english else None,
        sector_code=Found("", first, sure),
    )
    return project_id


def _participation(draft: Draft, project_id: str, role: str, found: Found) -> None:
    """Add a row for an organisation's part in a project, unless there is one, or the project already has an owner."""
    name = str(found.value)
    organisation_id = draft.registry.organisation(name) or _new_organisation(draft, role, found)
    key = ids.participation_id(project_id, role, organisation_id)
    new = {(row["project_id"], row["organisation_id"]) for row in draft.rows.get("participations", [])}
    known = draft.registry.tables["participations"].filter(pl.col("project_id") == project_id)
    takes_part = (project_id, organisation_id) in new or organisation_id in known["organisation_id"]
    if takes_part or key in known["participation_id"] or (role == "owner" and known.height):
        return
    row = {
        "participation_id": key,
        "project_id": project_id,
        "organisation_id": organisation_id,
        "organisation_name": name,
        "role_code": role,
        "is_disputed": False,
        **draft.sourced(found),
    }
    draft.add("participations", key, row, organisation_name=found, role_code=found)


def _new_organisation(draft: Draft, role: str, found: Found) -> str:
    """Id of a new organisation, with rows for it and for each form of its name unless the draft has them."""
    written = str(found.value)
    match = re.fullmatch(r"(?P<name>.+?)\s*\((?P<short>[^()]{2,15})\)", written)
    name, short = (match["name"], match["short"]) if match else (written, None)
    organisation_id = ids.new_organisation_id(name)
    if draft.has("organisations", "organisation_id", organisation_id):
        return organisation_id
    if draft.registry.has("organisations", "organisation_id", organisation_id):
        organisation_id += "-ny"
    level, sure = level_of(name, is_supplier=role == "supplier")
    row = {
        "organisation_id": organisation_id,
        "name": name,
        "short_name": short,
        "level_code": level or NOT_STATED,
        "municipality_code": draft.registry.municipality(name) if level == "kommune" else None,
        **draft.sourced(found),
    }
    draft.add("organisations", organisation_id, row, name=found, level_code=Found("", found.line, sure))
    for kind, form in (("official", name), ("short", short), ("variant", written if short else None)):
        if form:
            key = ids.organisation_name_id(organisation_id, form)
            listed = {"organisation_name_id": key, "organisation_id": organisation_id, "name": form}
            draft.add("organisation_names", key, listed | {"name_kind_code": kind, **draft.sourced(found)}, name=found)
    return organisation_id


def _guess(line: int | None, name: str) -> Found:
    return Found("", line, confidence(f"draft.{name}"))


def _dated(found: Found | None) -> tuple[str | None, str | None]:
    """Date and precision as the registry has them: a month or year is written as its first day."""
    if found is None:
        return None, None
    value = str(found.value)
    precision = {4: "year", 7: "month", 10: "day"}[len(value)]
    return value + "-01-01"[len(value) - 4 :], precision
