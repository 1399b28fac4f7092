"""The registry as a delivery of a register meets it: what is known, and what is added to it or changed in it.

Belongs here: the rows that are known, new rows with their document and place, corrections, bodies by identifier and
name, and the register as a document. Does not belong here: what of a project is new (`merge.py`), and writing
(`take_in.py`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from gevinst.announcements import draft_ids as ids
from gevinst.announcements.placed import level_of
from gevinst.bilingual import ENTERED, Bilingual, other_language
from gevinst.contracts import contract
from gevinst.findings import Finding
from gevinst.identifiers import is_right_number, written_number
from gevinst.intake.core import TypedTables
from gevinst.intake.new_ids import free_id, highest_numbers, slug
from gevinst.mapping.mapping_file import RegisterMapping, folded
from gevinst.mapping.register import Entry, Register
from gevinst.mapping.targets import CODELISTS
from gevinst.workbook.correct import register_row
from gevinst.workbook.known import known_rows

Texts = dict[str, str | None]
Row = Mapping[str, str | None]
"""A known row, which is not to be changed."""
TABLES = (
    *("sources", "codelists", "rounds", "organisations", "organisation_names", "projects", "participations"),
    *("project_grants", "project_events", "assessment_rounds", "status_assessments", "benefits", "benefit_claims"),
    "corrections",
)
"""Tables that rows are added to, in the order in which they refer to one another."""
_OF_PROJECT = ("participations", "status_assessments", "benefits", "benefit_claims")
_OWNERS, _OTHERS = "owner.level_code", "partners.level_code"
_NOW: Texts = {
    "reason_nb": "Registeret oppgir nå denne verdien.",
    "reason_en": "The register now states this value.",
}
_IN_NB = {"nb": "{}", "en": "[På engelsk: {}]"}
"""A text that is required in bokmål, by the language of the register."""
_ORGANISATIONS = "NO-BRC-"
"""Begins the identifier of a body in Norway's register, as org-id.guide lists them."""
_METHOD = Bilingual(
    "Registerets egne opplysninger, overført med en kobling som er lest av et menneske.",
    "What the register itself states, carried over by a mapping that a person has read.",
)
_READ = Bilingual("Den dagen registeret ble hentet.", "The day the register was fetched.")


@dataclass(slots=True)
class Merged:
    """New rows by table, each with the record it is of, the rows of the register of corrections, and what is told."""

    rows: dict[str, list[tuple[Texts, Entry | None]]] = field(default_factory=lambda: defaultdict(list))
    findings: list[Finding] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


class Registry:
    """What is known, kept up to date with what is found new in it."""

    def __init__(self, register: Register, mapping: RegisterMapping, typed: TypedTables, today: date) -> None:
        self.register, self.mapping, self.today = register, mapping, today
        self.known = {name: known_rows(contract(name), typed.rows[name]) for name in TABLES}
        self.found = Merged()
        read_on = mapping.source.read_on or today
        self.source_id = self._new_source_id(f"{slug(mapping.source.key, 50)}-{read_on.isoformat()}")
        self.read_on = read_on
        self.numbers = highest_numbers(self.known["corrections"].ids)
        self.bodies: dict[str, str] = {}
        for row in self.known_of("organisations"):
            if row["external_id"]:
                self.bodies[row["external_id"]] = row["organisation_id"] or ""
        listed = [
            (row["name"] or "", row["organisation_id"] or "")
            for table in ("organisation_names", "organisations")
            for row in self.known_of(table)
        ]
        self.listed = set(listed)
        self.names = {_body_key(name): body for name, body in listed}
        self.of_project: dict[str, dict[str, list[Row]]] = {table: defaultdict(list) for table in _OF_PROJECT}
        for table, found in self.of_project.items():
            for row in self.known_of(table):
                found[row["project_id"] or ""].append(row)
        self.by_external = {row["external_id"]: row for row in self.known_of("projects") if row["external_id"]}
        self.by_name: dict[tuple[str, str], dict[str, Row]] = defaultdict(dict)
        for row in self.known_of("projects"):
            project_id = row["project_id"] or ""
            for name in (row["name_en"], row["name_nb"]):
                if name:
                    self.by_name[folded(name), project_id[:4]][project_id] = row
        rows = typed.rows["organisation_numbers"].select("organisation_number", "organisation_id").drop_nulls()
        self.bodies |= {f"{_ORGANISATIONS}{number}": body for number, body in rows.iter_rows()}

    def _new_source_id(self, proposed: str) -> str:
        """Of two deliveries in one day, the second has a number."""
        return free_id(proposed, lambda free: (free,) in self.known["sources"].by_key)

    def known_of(self, table: str) -> Iterator[Row]:
        """Known rows of a table, those that are new among them."""
        yield from self.known[table].by_key.values()

    def owner_and_grant(self, project_id: str) -> tuple[str | None, str | None]:
        """The name of a known project's owner and the amount of its grant, where they are known."""
        owners = (row for row in self.of_project["participations"][project_id] if row["role_code"] == "owner")
        owner = next((row["organisation_name"] for row in owners), None)
        return owner, self.known["project_grants"].by_key.get((project_id,), {}).get("grant_amount")

    def add(self, table: str, row: Texts, entry: Entry | None) -> None:
        """A new row, with the document and the place in it that it is from."""
        names = contract(table).column_names
        place = {"source_id": self.source_id, "source_locator": self._locator(entry)}
        whole = {name: text for name, text in (place | row).items() if name in names}
        self.found.rows[table].append((whole, entry))
        key = tuple(whole.get(name) for name in contract(table).key)
        known = self.known[table].by_key.setdefault(key, {name: whole.get(name) for name in names})
        if table in self.of_project:
            self.of_project[table][known["project_id"] or ""].append(known)

    def _locator(self, entry: Entry | None) -> str:
        if entry is None:
            return "hele registeret"
        where = f"rad {entry.place}" if entry.place.isdecimal() else entry.place
        return ", ".join(part for part in (self.register.sheet, where) if part)

    def change(self, table: str, before: Row, after: Texts, entry: Entry) -> bool:
        """Correct what differs from a known row; what the register is silent of stays. Whether anything does."""
        where: Texts = {"source_id": self.source_id, "source_locator": self._locator(entry)}
        differing = {name: text for name, text in after.items() if text and before.get(name) != text}
        for name, text in differing.items():
            row = register_row(contract(table), dict(before), name, text, where, self.numbers, _NOW)
            self.found.rows["corrections"].append((row, entry))
        return bool(differing)

    def state(self, table: str, key: tuple[str, ...], row: Texts, entry: Entry) -> bool:
        """Add a row, or correct the known one; whether anything is new."""
        before = self.known[table].by_key.get(key)
        if before is None:
            self.add(table, row, entry)
            return True
        return self.change(table, before, row, entry)

    def in_languages(self, stem: str, text: str | None, *, is_name: bool = False) -> Texts:
        """A text in the register's language; a name is the same in both."""
        if text is None:
            return {}
        own = self.mapping.language
        found: Texts = {f"{stem}_{own}": text}
        return found | {f"{stem}_{other_language(own)}": text} if is_name else found

    def required(self, stem: str, text: str) -> Texts:
        """A text that bokmål must have: one in English stands in brackets until somebody translates it."""
        found = self.in_languages(stem, text)
        found.setdefault(f"{stem}_{ENTERED}", _IN_NB[self.mapping.language].format(text))
        return found

    def body(self, name: str, identifier: str | None, more: Texts, entry: Entry) -> str:
        """The id of a body, new or known by its identifier, else by its name."""
        external = _external(identifier)
        body = self.bodies.get(external or "") or self.names.get(_body_key(name))
        if body is None:
            body = free_id(slug(name, 50), lambda free: (free,) in self.known["organisations"].by_key)
            self.add("organisations", {"organisation_id": body, "name": name, "external_id": external, **more}, entry)
        elif (name, body) not in self.listed:
            row: Texts = {"organisation_name_id": ids.organisation_name_id(body, name), "organisation_id": body}
            self.add("organisation_names", {**row, "name": name, "name_kind_code": "variant"}, entry)
        self.listed.add((name, body))
        self.names.setdefault(_body_key(name), body)
        if external:
            self.bodies.setdefault(external, body)
        return body

    def level(self, name: str, *, is_supplier: bool = False) -> str | None:
        """What kind of body one is that only takes part: by its line in the mapping, its name, or what is fixed."""
        line = self.mapping.code_of(_OWNERS, name) or self.mapping.code_of(_OTHERS, name)
        by_name, _ = level_of(name, is_supplier=is_supplier)
        return line.code if line else by_name or self.mapping.fixed.get(_OTHERS)

    @property
    def stated_on(self) -> date:
        """The day that the register speaks of: when it was published, else when it was read."""
        return self.mapping.source.published_on or self.read_on

    def assessment(self, entry: Entry) -> str:
        """The round in which the register was read, one for each delivery."""
        round_id = f"{self.read_on.year}-{slug(self.mapping.source.key)}"
        if (round_id,) not in self.known["assessment_rounds"].by_key:
            title = self.mapping.source.title
            row: Texts = {"assessment_round_id": round_id, "assessment_year": str(self.read_on.year), "name_nb": title}
            row |= {
                "name_en": title,
                "assessor_role_code": "scheme",
                "method_nb": _METHOD("nb"),
                "method_en": _METHOD("en"),
            }
            self.add("assessment_rounds", row, entry)
        return round_id

    def add_own_codes(self) -> None:
        """Codes of the scheme's own that the mapping names, once each."""
        for target, lines in self.mapping.codes.items():
            for one in lines.values():
                codelist = CODELISTS[target]
                if one.labels and (codelist, one.code) not in self.known["codelists"].by_key:
                    nb, en = one.labels
                    row: Texts = {"codelist": codelist, "code": one.code, "label_nb": nb, "label_en": en}
                    self.add("codelists", row | {"description_nb": f"{nb}.", "description_en": f"{en}."}, None)

    def add_source(self) -> None:
        """The register as a document of this delivery."""
        source = self.mapping.source
        published = source.published_on.isoformat() if source.published_on else None
        row: Texts = {"source_id": self.source_id, "title": source.title, "publisher": source.publisher}
        row |= {"document_type_code": "statistics", "accessed_on": self.read_on.isoformat(), "is_partly_read": "false"}
        row |= {"language_code": self.mapping.language, "licence": source.licence, "address": source.address}
        row |= {"has_no_public_address": None if source.address else "true"}
        row |= {"published_on": published, "published_precision": "day" if published else None}
        if published is None:
            row |= {"public_not_after": self.read_on.isoformat()}
            row |= {"public_bounds_basis_nb": _READ("nb"), "public_bounds_basis_en": _READ("en")}
        self.add("sources", row, None)


def _external(identifier: str | None) -> str | None:
    """An identifier as org-id.guide writes it where it is a number of Norway's register, else as it is."""
    number = written_number(identifier or "")
    return f"{_ORGANISATIONS}{number}" if number and is_right_number(number) else identifier


def _body_key(name: str) -> str:
    """What tells bodies apart by name: registers list «Bergen» and «Bergen kommune», which are one."""
    return folded(name).removesuffix(" kommune")
