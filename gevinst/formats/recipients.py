"""Who receives grants of others: organisations of the registry, or proposed ones, and their part in each project.

Belongs here: when two recipients are the same, which identifiers are known, and what is told of the others.
Does not belong here: every other field of a grant (`read_threesixty.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import polars as pl

from gevinst.formats.importer import Record, keys_of
from gevinst.formats.model import slug
from gevinst.formats.threesixty import OWN, REGISTER
from gevinst.identifiers import is_right_number, written_number


class Organisations:
    """Recipients, proposed once each: two of one name with different identifiers are two organisations."""

    def __init__(self, records: list[Record], numbers: pl.DataFrame) -> None:
        self._known: Mapping[str, str] = dict(
            numbers.select("organisation_number", "organisation_id").drop_nulls().iter_rows()
        )
        self._proposed: set[str] = set()
        named = {
            (slug(record.text(f"{name}/name")), record.text(f"{name}/id"))
            for record in records
            for name in recipients(record)
        }
        self._shared = Counter(title for title, identifier in named if not self._own(identifier))
        self._by_identifier: dict[str, str] = {}

    def propose(self, record: Record, project_id: str) -> None:
        """Propose each recipient of a grant, and its part in the project."""
        used: set[str] = set()
        for name in recipients(record):
            organisation_id = self._id(record, name)
            if not organisation_id or organisation_id in used:
                continue
            used.add(organisation_id)
            title = record.text(f"{name}/name") or record.text(f"{name}/id")
            is_known = self._own(record.text(f"{name}/id")) is not None
            if not (is_known or record.is_set_aside or organisation_id in self._proposed):
                self._proposed.add(organisation_id)
                record.row("organisations", {"organisation_id": organisation_id, "name": title})
            part = record.row(
                "participations",
                {
                    "participation_id": f"{project_id}.owner.{organisation_id}",
                    "project_id": project_id,
                    "organisation_id": organisation_id,
                    "organisation_name": title,
                    "role_code": "owner",
                    "is_disputed": False,
                },
            )
            if record.holds(f"{name}/name"):
                record.carry(f"{name}/name", part, "organisation_name")
            elif not record.has(f"{name}/name"):
                record.fault(f"{name}/name", "field_missing")
            self._identifier(record, f"{name}/id", part)

    def _own(self, identifier: str) -> str | None:
        if identifier.startswith(OWN):
            return identifier.removeprefix(OWN)
        return self._known.get(written_number(identifier) or "")

    def _id(self, record: Record, name: str) -> str:
        identifier, title = record.text(f"{name}/id"), record.text(f"{name}/name")
        if own := self._own(identifier):
            return own
        if not (identifier or title):
            return ""
        if identifier in self._by_identifier:
            return self._by_identifier[identifier]
        chosen = slug(title)
        if self._shared[chosen] > 1 or not chosen:
            chosen = "-".join(part for part in (chosen[:40], keys_of([identifier])[identifier]) if part)
        if identifier:
            self._by_identifier[identifier] = chosen
        return chosen

    def _identifier(self, record: Record, name: str, part: dict[str, Any]) -> None:
        """Carry an identifier that the registry knows; name any other, with whether its check digit is right."""
        identifier = record.text(name)
        if not identifier:
            return
        if self._own(identifier):
            record.carry(name, part, "organisation_id", part["organisation_id"])
        elif not identifier.upper().startswith(REGISTER):
            record.name(name, "other_identifier")
        elif is_right_number(written_number(identifier) or ""):
            record.name(name, "unknown_number", number=written_number(identifier))
        else:
            record.fault(name, "bad_number")


def recipients(record: Record) -> list[str]:
    """The recipients of a grant, by the beginning of their fields' names."""
    return [f"recipientOrganization/{place}" for place in record.places("recipientOrganization")]
