"""Who takes part in projects of others: organisations of the registry, or proposed ones, and their part in each.

Belongs here: when two organisations are the same, which identifiers are known, and what is told of the others.
Does not belong here: which fields of a layout hold them (`read_threesixty.py`, `read_iati.py`), and every other field.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from gevinst.formats.importer import Record, keys_of
from gevinst.formats.model import slug
from gevinst.formats.threesixty import OWN, REGISTER
from gevinst.identifiers import is_right_number, written_number


@dataclass(frozen=True, slots=True)
class Part:
    """One organisation of a record: the fields with its name and its identifier, and its role in the project."""

    name: str
    identifier: str
    role: str = "owner"


class Organisations:
    """Organisations, proposed once each: two of one name with different identifiers are two organisations."""

    def __init__(self, records: Mapping[Record, list[Part]], numbers: pl.DataFrame) -> None:
        """`records` are all of a file, each with the organisations in it."""
        self._known: Mapping[str, str] = dict(
            numbers.select("organisation_number", "organisation_id").drop_nulls().iter_rows()
        )
        self._proposed: set[str] = set()
        named = {
            (slug(record.text(part.name)), record.text(part.identifier))
            for record, parts in records.items()
            for part in parts
        }
        self._shared = Counter(title for title, identifier in named if not self._own(identifier))
        self._by_identifier: dict[str, str] = {}

    def propose(self, record: Record, parts: list[Part], project_id: str) -> list[Part]:
        """Propose each organisation of a record, and its part in the project; returns the parts proposed.

        Of several parts of one organisation the first is proposed.
        """
        used: set[str] = set()
        proposed = []
        for part in parts:
            organisation_id = self._id(record, part)
            if not organisation_id or organisation_id in used:
                continue
            used.add(organisation_id)
            proposed.append(part)
            title = record.text(part.name) or record.text(part.identifier)
            is_known = self._own(record.text(part.identifier)) is not None
            if not (is_known or record.is_set_aside or organisation_id in self._proposed):
                self._proposed.add(organisation_id)
                record.row("organisations", {"organisation_id": organisation_id, "name": title})
            row = record.row(
                "participations",
                {
                    "participation_id": f"{project_id}.{part.role}.{organisation_id}",
                    "project_id": project_id,
                    "organisation_id": organisation_id,
                    "organisation_name": title,
                    "role_code": part.role,
                    "is_disputed": False,
                },
            )
            if record.holds(part.name):
                record.carry(part.name, row, "organisation_name")
            elif not record.has(part.name):
                record.fault(part.name, "field_missing")
            self._identifier(record, part.identifier, row)
        return proposed

    def _own(self, identifier: str) -> str | None:
        if identifier.startswith(OWN):
            return identifier.removeprefix(OWN)
        return self._known.get(written_number(identifier) or "")

    def _id(self, record: Record, part: Part) -> str:
        identifier, title = record.text(part.identifier), record.text(part.name)
        if own := self._own(identifier):
            return own
        if not (identifier or title):
            return ""
        if identifier in self._by_identifier:
            return self._by_identifier[identifier]
        chosen = slug(title)
        if self._shared[chosen] > 1 or not chosen:
            chosen = "-".join(piece for piece in (chosen[:40], keys_of([identifier])[identifier]) if piece)
        if identifier:
            self._by_identifier[identifier] = chosen
        return chosen

    def _identifier(self, record: Record, name: str, row: dict[str, Any]) -> None:
        """Carry an identifier that the registry knows; name any other, with whether its check digit is right."""
        identifier = record.text(name)
        if not identifier:
            return
        if self._own(identifier):
            record.carry(name, row, "organisation_id", row["organisation_id"])
        elif not identifier.upper().startswith(REGISTER):
            record.name(name, "other_identifier")
        elif is_right_number(written_number(identifier) or ""):
            record.name(name, "unknown_number", number=written_number(identifier))
        else:
            record.fault(name, "bad_number")
