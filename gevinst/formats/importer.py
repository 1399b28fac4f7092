"""The frame in which files of others are imported: each field of a record is carried or named, and never both.

Belongs here: what becomes of fields (`Carried`, `Named`), the record that settles each of its fields once, keys that
no two records share, and the draft. A layout states its `Fields` and asks records for values; what it does not ask for
is named by the frame, so that a field can be forgotten but not lost.
Does not belong here: opening files (`foreign.py`), finding headings (`headings.py`), and any particular layout.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

import polars as pl

from gevinst.bilingual import LANGUAGES
from gevinst.formats.headings import AGAIN, UNKNOWN, Leaf
from gevinst.formats.model import FAULT, FILL_IN, Draft, NotCarried, slug
from gevinst.formats.values import UNREADABLE, shown
from gevinst.language.texts import Catalogue
from gevinst.persons_and_contacts import cells_with

_NONE: Mapping[str, Any] = {}
"""Nothing to fill in, shared: a large file names a million fields."""


@dataclass(frozen=True, slots=True)
class Carried:
    """A field that goes into the registry: to a column such as ``projects.name_nb``."""

    to: str


@dataclass(frozen=True, slots=True)
class Named:
    """A field without a place in the registry; `reason` names the text that says why.

    The value of one that `is_personal` is not repeated: names and addresses of persons stay out of everything that is
    made of a file.
    """

    reason: str
    is_personal: bool = False


Fields = Mapping[str, Carried | Named]
"""Every field that a layout knows, by its name; a ``*`` in a name stands for a place in a list."""


@dataclass(slots=True)
class Import:
    """What an import has found so far: proposed rows by table, and what is not carried."""

    fields: Fields
    tables: dict[str, list[dict[str, Any]]]
    found: list[NotCarried] = field(default_factory=list)
    origins: dict[int, Record] = field(default_factory=dict)
    """The record that each proposed row, by its identity, was made of."""

    def fill_in(self, *columns: str) -> None:
        """Name what no record of the file can say and a person must add to all."""
        self.found += [NotCarried("*", name, "fill_in", kind=FILL_IN) for name in columns]

    def draft(self, file: str) -> Draft:
        """The proposal, without persons' data: whatever way they got into a row, they are taken out and named here."""
        for table, rows in self.tables.items():
            self._leave_out_persons(table, rows)
        return Draft(self.tables, tuple(self.found), file)

    def _leave_out_persons(self, table: str, rows: list[dict[str, Any]]) -> None:
        names = list(dict.fromkeys(name for row in rows for name, value in row.items() if isinstance(value, str)))
        texts = [[value if isinstance(value := row.get(name), str) else None for name in names] for row in rows]
        frame = pl.DataFrame(texts, schema=dict.fromkeys(names, pl.String), orient="row")
        headings = {fate.to: name for name, fate in self.fields.items() if isinstance(fate, Carried)}
        for place, name, _ in cells_with(frame, names):
            record, value = self.origins[id(rows[place])], rows[place].pop(name)
            what = headings.get(f"{table}.{name}")
            heading = record.heading(what) if what else f"{table}.{name}"
            self.found.append(
                NotCarried(record.label, heading, "persons_data", _NONE, value, record.sheet, record.place, kind=FAULT)
            )


class Record:
    """One grant or project of a file. Each of its fields is settled once: carried to a row, or named."""

    def __init__(self, into: Import, leaves: Iterable[Leaf], sheet: str = "", place: str = "") -> None:
        """`leaves` are its fields that are not empty."""
        self.label = place
        self.is_set_aside = False
        self.sheet, self.place = sheet, place
        self._into = into
        self._leaves = {leaf.name if leaf.name[0] != UNKNOWN else (leaf.name, n): leaf for n, leaf in enumerate(leaves)}
        self._open = dict.fromkeys(self._leaves)
        self._signs_lost = [
            (leaf.field, len(lost))
            for leaf in self._leaves.values()
            if isinstance(leaf.value, str) and (lost := UNREADABLE.findall(leaf.value))
        ]

    def holds(self, name: str) -> bool:
        """Whether the field has a value of its own."""
        return name in self._leaves

    def is_open(self, name: str) -> bool:
        """Whether the field has a value that is neither carried nor named yet."""
        return name in self._open

    def has(self, name: str) -> bool:
        """Whether the field, or anything below it, has a value: one of a wrong shape is not missing."""
        return name in self._leaves or any(isinstance(key, str) and key.startswith(f"{name}/") for key in self._leaves)

    def get(self, name: str) -> Any:
        """The value of a field as the file has it, or `None`."""
        leaf = self._leaves.get(name)
        return leaf.value if leaf else None

    def text(self, name: str) -> str:
        """The value of a field as text, empty when there is none."""
        return shown(self.get(name))

    def places(self, name: str) -> list[int]:
        """The places in the list `name` that have something in them."""
        inside = (key.split("/") for key in self._leaves if isinstance(key, str) and key.startswith(f"{name}/"))
        return sorted({int(parts[1]) for parts in inside if parts[1].isdigit()})

    def heading(self, name: str) -> str:
        """What the file calls a field."""
        leaf = self._leaves.get(name)
        return leaf.field if leaf else name

    def carry(self, name: str, row: dict[str, Any], column: str, value: Any = None) -> None:
        """Put a field into a row: its text, or the `value` that was read from it."""
        if not isinstance(self._into.fields.get(pattern(name)), Carried):
            raise ValueError(f"{name} is not declared as carried")
        if self.is_set_aside:
            self.name(name, "set_aside")
            return
        self._settle(name)
        row[column] = self.text(name) if value is None else value

    def name(self, name: str, reason: str, *, kind: str | None = None, **values: Any) -> None:
        """Name a field as not carried; one that the record lacks is named without a value."""
        leaf = self._leaves.get(name)
        if leaf is None:
            self._note(name, "", reason, values, kind)
            return
        self._settle(name)
        self._note(leaf.field, "" if self._is_personal(name) else shown(leaf.value), reason, values, kind)

    def fault(self, name: str, reason: str, **values: Any) -> None:
        """Name a field as faulty."""
        self.name(name, reason, kind=FAULT, **values)

    def set_aside(self, name: str, reason: str, **values: Any) -> None:
        """Propose nothing of this record, for the fault of field `name`; its other faults are told all the same."""
        self.fault(name, reason, **values)
        self.is_set_aside = True

    def row(self, table: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """Propose a row, unless the record is set aside, and return it."""
        proposed = dict(values)
        if not self.is_set_aside:
            self._into.tables[table].append(proposed)
            self._into.origins[id(proposed)] = self
        return proposed

    def finish(self) -> None:
        """Name every field that is not settled: as declared, or as one that the layout does not know."""
        for key in list(self._open):
            self._name_open(key)
        for what, n in self._signs_lost:
            self._note(what, "", "signs_lost", {"n": n}, FAULT)

    def _name_open(self, key: Any) -> None:
        leaf = self._leaves[key]
        del self._open[key]
        if not isinstance(key, str):
            self._note(leaf.field, shown(leaf.value), "unknown_field", _NONE, None)
            return
        stem, _, again = key.partition(AGAIN)
        again = again if pattern(stem) in self._into.fields else ""
        stem = stem if again else key
        fate = self._into.fields.get(pattern(stem))
        value = "" if self._is_personal(stem) else shown(leaf.value)
        if isinstance(fate, Named) and fate.is_personal:
            self._note(leaf.field, value, fate.reason, _NONE, None)
        elif again:
            self._note(leaf.field, value, "appears_again", _NONE, FAULT)
        elif isinstance(fate, Named):
            self._note(leaf.field, value, fate.reason, _NONE, None)
        elif isinstance(fate, Carried):
            self._note(leaf.field, value, "set_aside" if self.is_set_aside else "room_for_one", _NONE, None)
        else:
            wrong = shape_fault(stem, self._into.fields)
            self._note(leaf.field, value, wrong or "unknown_field", _NONE, FAULT if wrong else None)

    def _is_personal(self, name: str) -> bool:
        fate = self._into.fields.get(pattern(name))
        return isinstance(fate, Named) and fate.is_personal

    def _settle(self, name: str) -> None:
        if name not in self._open:
            raise ValueError(f"{name} is settled already, or not in the record")
        del self._open[name]

    def _note(self, field: str, value: str, reason: str, values: Mapping[str, Any], kind: str | None) -> None:
        kinds = {} if kind is None else {"kind": kind}
        self._into.found.append(
            NotCarried(self.label, field, reason, values or _NONE, value, self.sheet, self.place, **kinds),
        )


@lru_cache(maxsize=10_000)  # the fields of 100 000 grants have the same few names
def pattern(name: str) -> str:
    """A field's name with ``*`` for places in lists."""
    return re.sub(r"(?<=/)\d+(?=/|$)", "*", name) if "/" in name else name


def shape_fault(name: str, fields: Fields) -> str | None:
    """What is wrong with the shape of a field that the layout knows in another, or `None` when it knows none such."""
    parts = pattern(name).split("/")
    if any("/".join(parts[:n]) in fields for n in range(1, len(parts))):
        return "should_be_text"
    if any(key.startswith(f"{parts[0]}/") for key in fields):
        if parts[1:2] != ["*"]:
            return "should_be_list"
        return "should_be_object" if len(parts) == 2 or parts[2] == "*" else None
    return None


@cache
def planned_note() -> dict[str, str]:
    """What a row about a date says when the file only states what was planned."""
    return {f"note_{language}": Catalogue(language).t("exchange.planned_date") for language in LANGUAGES}


def keys_of(ids: Sequence[str]) -> dict[str, str]:
    """A key for each external id: its letters and digits, and where that is nothing or not its own, a short digest."""
    slugs = {one: slug(one) for one in dict.fromkeys(ids)}
    shared = Counter(slugs.values())
    return {
        one: key if key and shared[key] == 1 else "-".join(part for part in (key[:50], _digest(one)) if part)
        for one, key in slugs.items()
    }


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()[:8]
