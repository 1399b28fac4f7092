"""What a register adds to the registry and changes in it: every project once, whatever year it is delivered.

Belongs here: whether a project, body, round or value is known, the ids of those that are not, and what differs.
Does not belong here: what a register says (`rows.py`), and writing (`take_in.py`).

A project is known by its id in the register, else by its name and year, and of several by owner and grant. A value that
differs becomes a row of the register of corrections, so that the raw file keeps the old one; a project that the
register no longer has stays, and is told.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from gevinst.announcements import draft_ids as ids
from gevinst.bilingual import Bilingual
from gevinst.contracts import contract
from gevinst.contracts.vocabulary import DOCUMENTED, EXPECTED, MEASURED_BY_PARTICIPANT, PARTNER, REPORTED, SUPPLIER
from gevinst.findings import Finding
from gevinst.formats.importer import planned_note
from gevinst.intake.core import TypedTables
from gevinst.intake.new_ids import benefit_id, free_id, slug
from gevinst.mapping.mapping_file import RegisterMapping, folded
from gevinst.mapping.register import Entry, Register
from gevinst.mapping.registry import Merged, Registry, Row, Texts
from gevinst.mapping.rows import Taken
from gevinst.mapping.targets import in_words

_ROLES = {"partners.name": PARTNER, "suppliers.name": SUPPLIER}
_EVENTS = {"project_events.started_on": "started", "project_events.ended_on": "ended"}
_MODALITIES = {
    EXPECTED: "potential_asserted",
    REPORTED: "realised_self_reported",
    MEASURED_BY_PARTICIPANT: "measured",
    DOCUMENTED: "measured",
}
"""How a benefit of a grade of evidence was stated: the least that each grade says."""
_LONGEST_SHORT = 40
_SAME_OWNER = 2
"""What the same owner counts where projects share name and year; the same grant counts one, and alone too little."""
_STARTED = Bilingual(
    "Registeret oppgir ikke når prosjektene ble tildelt; året de startet, står i stedet.",
    "The register does not say when the projects were awarded; the year in which they started stands in.",
)
_SAME = Bilingual(
    "Registeret fører utsagnet på den samme gevinsten, med samme navn og samme prosjekt, i en senere levering.",
    "The register enters the statement for the same benefit, by name and project, in a later delivery.",
)


def merge(
    taken: Iterable[Taken], register: Register, mapping: RegisterMapping, typed: TypedTables, today: date
) -> Merged:
    """What the projects of a register add to the registry in `typed` and change in it, as known on `today`."""
    return _Merger(Registry(register, mapping, typed, today)).merge(list(taken))


class _Merger:
    """Goes through the projects of one delivery."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry

    def merge(self, taken: list[Taken]) -> Merged:
        self.registry.add_own_codes()
        known = self._known(taken)
        seen = {self._project(one, before) for one, before in zip(taken, known, strict=True)}
        self._gone(seen)
        if any(rows for table, rows in self.registry.found.rows.items() if table != "sources"):
            self.registry.add_source()
        return self.registry.found

    def _project(self, one: Taken, before: Row | None) -> str:
        texts = one.texts
        names = self.registry.in_languages("name", texts["projects.name"], is_name=True)
        short = texts.get("projects.short_name") or ids.short_name(texts["projects.name"])
        said: Texts = {
            **names,
            **self.registry.in_languages("problem", texts.get("projects.problem")),
            "sector_code": texts.get("projects.sector_code"),
            "external_id": texts.get("projects.external_id"),
        }
        if before is None:
            round_id = self._round(one)
            project_id = self._new_id(one)
            said |= self.registry.in_languages("short_name", short[:_LONGEST_SHORT], is_name=True)
            self.registry.add("projects", {**said, "project_id": project_id, "round_id": round_id}, one.entry)
            self.registry.found.counts["added"] += 1
            is_changed = False
        else:
            project_id = before["project_id"] or ""
            if texts.get("projects.short_name"):
                said |= self.registry.in_languages("short_name", short, is_name=True)
            is_changed = self.registry.change("projects", before, said, one.entry)
        is_changed |= self._parts(one, project_id) | self._grant(one, project_id) | self._dates(one, project_id)
        is_changed |= self._status(one, project_id) | self._benefits(one, project_id)
        if before is not None:
            self.registry.found.counts["changed" if is_changed else "same"] += 1
        return project_id

    def _known(self, taken: list[Taken]) -> list[Row | None]:
        """The known project of each, or `None`: by its id in the register, else by name, year, owner and grant."""
        found: list[Row | None] = []
        alike: dict[tuple[str, str], list[int]] = defaultdict(list)
        for place, one in enumerate(taken):
            found.append(self.registry.by_external.get(one.texts.get("projects.external_id") or ""))
            if found[place] is None:
                # Without an id in the register, the same name in another year is another award.
                alike[folded(one.texts["projects.name"]), one.year or ""].append(place)
        for key, places in alike.items():
            named = self.registry.by_name.get(key, {})
            is_only = len(places) == len(named) == 1
            pairs = [
                (-likeness, place, project_id)
                for place in places
                for project_id, row in named.items()
                # Two projects of one name are two when the register tells them apart.
                if not (row["external_id"] and taken[place].texts.get("projects.external_id"))
                if (likeness := self._likeness(taken[place], project_id)) >= _SAME_OWNER or is_only
            ]
            matched: set[str] = set()
            for _, place, project_id in sorted(pairs):
                if found[place] is None and project_id not in matched:
                    found[place] = named[project_id]
                    matched.add(project_id)
        return found

    def _likeness(self, one: Taken, project_id: str) -> int:
        owner, grant = self.registry.owner_and_grant(project_id)
        is_same_owner = folded(owner or "") == folded(one.texts["owner.name"])
        return _SAME_OWNER * is_same_owner + (grant == one.texts.get("project_grants.grant_amount"))

    def _new_id(self, one: Taken) -> str:
        proposed = ids.new_project_id(one.year, one.texts["projects.name"])
        return free_id(proposed, lambda free: (free,) in self.registry.known["projects"].by_key)

    def _round(self, one: Taken) -> str:
        year, name = one.year or "", one.texts.get("rounds.name")
        title = name or f"Runden {year}"
        for row in self.registry.known_of("rounds"):
            if row["cohort_year"] == year and (name is None or folded(row["name_nb"] or "") == folded(title)):
                return row["round_id"] or ""
        on, _, precision = (one.texts.get("rounds.awarded_on") or f"{year}-01-01 year").partition(" ")
        if on[:4] != year or name is None:  # a year has rounds of many days, and is one round where none is named
            on, precision = f"{year}-01-01", "year"
        n = sum(row["cohort_year"] == year for row in self.registry.known_of("rounds"))
        round_id = f"{year}-{n + 1}" if n else year
        names: Texts = {"name_nb": title, "name_en": name or f"Round {year}"}
        if one.is_year_of_start:
            names |= {"note_nb": _STARTED("nb"), "note_en": _STARTED("en"), "note_source_id": self.registry.source_id}
            names["note_source_locator"] = "hele registeret"
        self.registry.add(
            "rounds",
            {"round_id": round_id, "cohort_year": year, **names, "awarded_on": on, "awarded_precision": precision},
            one.entry,
        )
        return round_id

    def _parts(self, one: Taken, project_id: str) -> bool:
        """The owner and the others who take part; another owner than before is a change of the owner's row."""
        texts, is_changed = one.texts, False
        more: Texts = {name: texts.get(f"owner.{name}") for name in ("level_code", "country_code")}
        owner = self.registry.body(texts["owner.name"], texts.get("owner.external_id"), more, one.entry)
        parts = [("owner", owner, texts["owner.name"])]
        for target, role in _ROLES.items():
            for name in one.several.get(target, ()):
                level = self.registry.level(name, is_supplier=role == SUPPLIER)
                parts.append((role, self.registry.body(name, None, {"level_code": level}, one.entry), name))
        before = list(self.registry.of_project["participations"][project_id])
        for role, body, name in dict.fromkeys(parts):
            if any(row["organisation_id"] == body and row["role_code"] == role for row in before):
                continue
            known = next((row for row in before if row["role_code"] == role == "owner"), None)
            if known is not None:
                is_changed |= self.registry.change(
                    "participations", known, {"organisation_id": body, "organisation_name": name}, one.entry
                )
                continue
            row: Texts = {"participation_id": ids.participation_id(project_id, role, body), "project_id": project_id}
            row |= {"organisation_id": body, "organisation_name": name, "role_code": role, "is_disputed": "false"}
            if (
                tuple(row[key] for key in contract("participations").key)
                not in self.registry.known["participations"].by_key
            ):
                self.registry.add("participations", row, one.entry)
                is_changed = True
        return is_changed

    def _grant(self, one: Taken, project_id: str) -> bool:
        amount = one.texts.get("project_grants.grant_amount")
        if amount is None:
            return False
        said: Texts = {"grant_amount": amount, "currency_code": one.texts.get("project_grants.currency_code")}
        if name := one.texts.get("funders.name"):
            level: Texts = {"level_code": self.registry.level(name)}
            said["funder_id"] = self.registry.body(name, one.texts.get("funders.external_id"), level, one.entry)
        return self.registry.state("project_grants", (project_id,), {"project_id": project_id, **said}, one.entry)

    def _dates(self, one: Taken, project_id: str) -> bool:
        is_changed = False
        for target, event in _EVENTS.items():
            if text := one.texts.get(target):
                on, _, precision = text.partition(" ")
                key = ids.event_id(project_id, event)
                said: Texts = {"event_on": on, "event_precision": precision}
                row: Texts = {"project_event_id": key, "project_id": project_id, "event_code": event, **said}
                if date.fromisoformat(on) > self.registry.read_on or _is_planned(one.headings.get(target, "")):
                    row |= planned_note()
                is_changed |= self.registry.state("project_events", (key,), row, one.entry)
        return is_changed

    def _status(self, one: Taken, project_id: str) -> bool:
        code = one.texts.get("status_assessments.status_code")
        if code is None:
            return False
        key = f"{project_id}-{self.registry.source_id}"
        mine = self.registry.of_project["status_assessments"][project_id]
        newest = max(mine, key=lambda row: row["assessed_on"] or "", default=None)
        if newest is not None and newest["status_code"] == code:
            return False
        row: Texts = {
            "status_assessment_id": key,
            "assessment_round_id": self.registry.assessment(one.entry),
            "is_inferred": "false",
        }
        row |= {"project_id": project_id, "status_code": code, "stated_by_code": "scheme"}
        row |= {"assessed_on": self.registry.stated_on.isoformat(), "assessed_precision": "day"}
        row |= {"reason_nb": "Som registeret oppgir.", "reason_en": "As the register states."}
        self.registry.add("status_assessments", row, one.entry)
        return True

    def _benefits(self, one: Taken, project_id: str) -> bool:
        is_changed = False
        for entry, benefit in one.benefits:
            code = benefit.get("benefits.benefit_code")
            if code is None:
                continue
            names = self.registry.required("name", benefit["benefits.name"])
            mine = {row["benefit_id"] or "": row for row in self.registry.of_project["benefits"][project_id]}
            same = next(
                (
                    row
                    for row in mine.values()
                    if row["project_id"] == project_id and row["name_nb"] == names["name_nb"]
                ),
                None,
            )
            key = (same or {}).get("benefit_id") or benefit_id(project_id, benefit["benefits.name"], mine)
            said: Texts = {**names, "benefit_code": code}
            if same is None:
                self.registry.add(
                    "benefits",
                    {"benefit_id": key, "project_id": project_id, "benefit_sign_code": "positive", **said},
                    entry,
                )
            is_changed |= same is None or self.registry.change("benefits", same, said, entry)
            is_changed |= self._claim(key, project_id, benefit, entry)
        return is_changed

    def _claim(self, key: str, project_id: str, benefit: Mapping[str, str], entry: Entry) -> bool:
        statement = benefit.get("benefit_claims.statement") or benefit["benefits.name"]
        evidence = benefit.get("benefit_claims.evidence_code", EXPECTED)
        words = self.registry.required("statement", statement)
        claims = [row for row in self.registry.of_project["benefit_claims"][project_id] if row["benefit_id"] == key]
        if any(row["statement_nb"] == words["statement_nb"] and row["evidence_code"] == evidence for row in claims):
            return False
        row: Texts = {
            "benefit_claim_id": f"{key}-{len(claims) + 1:02}",
            "assessment_round_id": self.registry.assessment(entry),
        }
        row |= {"project_id": project_id, "benefit_id": key, "modality_code": _MODALITIES[evidence], **words}
        row |= {"evidence_code": evidence, "stated_by_code": "scheme"}
        if claims:
            row |= {"same_benefit_reason_nb": _SAME("nb"), "same_benefit_reason_en": _SAME("en")}
        self.registry.add("benefit_claims", row, entry)
        return True

    def _gone(self, seen: set[str]) -> None:
        """A note for every project of an earlier delivery that this one lacks: it stays."""
        base = slug(self.registry.mapping.source.key, 50)
        for row in self.registry.known_of("projects"):
            if (
                re.fullmatch(rf"{re.escape(base)}-\d{{4}}-\d\d-\d\d(?:-\d+)?", row["source_id"] or "")
                and row["project_id"] not in seen
            ):
                nb = "prosjektet sto i registeret før, og står ikke i denne fila; det blir stående her."
                en = "the project was in the register before and is not in this file; it stays here."
                self.registry.found.findings.append(
                    Finding(
                        self.registry.register.file, nb, en, column_name="projects", value=row["name_nb"], is_note=True
                    )
                )
                self.registry.found.counts["gone"] += 1


def _is_planned(heading: str) -> bool:
    """Whether a column says what is planned, and not that it has happened."""
    return re.search(r"\bplan", in_words(heading)) is not None
