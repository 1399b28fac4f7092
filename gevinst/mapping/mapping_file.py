"""The file that a mapping stands in: which column goes where, what texts stand for which codes, and why.

Belongs here: reading the file with every fault in it, and writing a proposed one.
Does not belong here: what is proposed (`proposals.py`), and the rows of a register (`rows.py`).

::

    to = "projects"
    sheet = "Ark1"                                  # may be left out
    language = "nb"                                 # of its texts

    [source]                                        # the register itself, as one of the scheme's documents
    id = "tilskuddsregisteret"
    title = "Register over tilskudd"
    publisher = "Nabolagsfondet"

    [columns]                                       # heading = where it goes, in one place or several
    "Prosjektnavn" = "projects.name"

    [left_out]                                      # heading = why it has no place
    "Kontaktperson" = "Navn på personer føres aldri."

    [times]                                         # what a number is multiplied by, where headings say thousands
    "project_grants.grant_amount" = 1000

    [fixed]                                         # the same in every row, or where the row has nothing
    "owner.level_code" = "kommune"

    [codes."projects.sector_code"]                  # text of the register = the code that it stands for, and why
    "Helse" = { code = "helse", reason = "Samme ord som kodens." }
    "Drift" = { code = "drift", nb = "Drift", en = "Operations", reason = "Et område som bare denne ordningen har." }
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from gevinst.bilingual import LANGUAGES
from gevinst.mapping.targets import AMOUNT, CODELISTS, NEEDED, OWN_LISTS, targets
from gevinst.toml_files import TomlFile, nearest
from gevinst.workbook.register_layout import BENEFITS

PROJECTS = "projects"
_KEYS = ("to", "sheet", "language", "source", "columns", "left_out", "times", "fixed", "codes")
_SOURCE = ("id", "title", "publisher", "published_on", "read_on", "address", "licence")
_CODE = ("code", "reason", "nb", "en")


@dataclass(frozen=True, slots=True)
class Code:
    """The code that a text of the register stands for, and why; with `labels` (nb, en) a code of the scheme's own."""

    code: str
    reason: str
    labels: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """The register as a document: `key` stays the same from year to year, the others are of one delivery."""

    key: str
    title: str
    publisher: str
    published_on: date | None = None
    read_on: date | None = None
    address: str | None = None
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class RegisterMapping:
    """A mapping as read: targets by heading, why others are left out, fixed texts and codes by target."""

    file: str
    source: Source
    sheet: str | None = None
    language: str = LANGUAGES[0]
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, Code]] = field(default_factory=dict)
    times: Mapping[str, int] = field(default_factory=dict)

    def headings_of(self, target: str) -> list[str]:
        """The headings that go to a target, in the order of the file."""
        return [heading for heading, to in self.columns.items() if target in to]

    def code_of(self, target: str, text: str) -> Code | None:
        """What a text stands for, whatever its capitals and spaces."""
        return self.codes.get(target, {}).get(folded(text))


def folded(text: str) -> str:
    """A text without the differences that nobody means."""
    return " ".join(text.casefold().split())


def kind_of(path: Path) -> str:
    """What the rows of a register are of, as its mapping says: `PROJECTS` or `BENEFITS`; raises `IntakeError`."""
    file = TomlFile(path)
    kind = file.choice("to", file.content.get("to"), (PROJECTS, BENEFITS))
    file.stop()
    return kind


def read_mapping(path: Path) -> RegisterMapping:
    """The mapping in the file at `path`; raises `IntakeError` with every fault in it."""
    reader = _Reader(path)
    found = reader.mapping()
    reader.stop()
    return found


class _Reader(TomlFile):
    """What the tables of a mapping hold."""

    def mapping(self) -> RegisterMapping:
        content = self.content
        self.unknown(content, _KEYS)
        self.choice("to", content.get("to"), (PROJECTS,))
        found = RegisterMapping(
            self.file,
            self.source(self.table(content, "source")),
            self.text("sheet", content.get("sheet")) or None,
            self.language(content),
            {heading: tuple(self.targets(heading, to)) for heading, to in self.table(content, "columns").items()},
            {heading: self.text(heading, why) for heading, why in self.table(content, "left_out").items()},
            {
                name: self.text(name, text)
                for name, text in self.table(content, "fixed").items()
                if self.is_target("fixed", name)
            },
            {
                name: {
                    folded(text): code
                    for text, one in self.table(codes, name, "codes").items()
                    if (code := self.code(name, text, one))
                }
                for codes in [self.table(content, "codes")]
                for name in codes
                if self.is_target("codes", name)
            },
            {name: self.factor(name, times) for name, times in self.table(content, "times").items()},
        )
        for name in NEEDED:
            if not found.headings_of(name) and name not in found.fixed:
                what = targets()[name].what
                nb = f"ingen kolonne går til {name} ({what('nb')}); legg den til i [columns], eller skriv den i [fixed]"
                en = f"no column goes to {name} ({what('en')}); add it below [columns], or write it in [fixed]"
                self.fault("columns", None, nb, en)
        if not any(found.headings_of(name) or name in found.fixed for name in _YEARS):
            names = " / ".join(_YEARS)
            nb = f"ingen kolonne sier når et prosjekt ble tildelt; la en gå til {names}, eller skriv året i [fixed]"
            en = f"no column says when a project was awarded; let one go to {names}, or write the year in [fixed]"
            self.fault("columns", None, nb, en)
        return found

    def source(self, said: Mapping[str, Any]) -> Source:
        self.unknown(said, _SOURCE, "source")
        texts = {name: self.text(f"source.{name}", said.get(name)) for name in _SOURCE if not name.endswith("_on")}
        for name in ("id", "title", "publisher"):
            if not texts[name]:
                nb, en = "mangler; skriv det under [source]", "is missing; write it below [source]"
                self.fault(f"source.{name}", None, nb, en)
        days = {name: self.day(f"source.{name}", said.get(name)) for name in _SOURCE if name.endswith("_on")}
        return Source(
            texts["id"],
            texts["title"],
            texts["publisher"],
            days["published_on"],
            days["read_on"],
            texts["address"] or None,
            texts["licence"] or None,
        )

    def day(self, where: str, value: object) -> date | None:
        if value is None or (isinstance(value, date) and type(value) is date):
            return value
        self.fault(where, value, "skal være en dag, som 2026-11-30", "should be a day, such as 2026-11-30")
        return None

    def factor(self, name: str, times: object) -> int:
        if targets().get(name) and targets()[name].kind == AMOUNT and isinstance(times, int) and times > 0:
            return times
        self.fault("times", name, "er ikke et beløp ganget med et helt tall", "is no amount times a whole number")
        return 1

    def targets(self, heading: str, names: object) -> Iterator[str]:
        for name in names if isinstance(names, list) else [names]:
            if self.is_target(heading, name):
                yield str(name)

    def is_target(self, where: str, name: object) -> bool:
        if name in targets():
            return True
        nb, en = "er ikke noe en kolonne kan være", "is nothing that a column can be"
        self.fault(where, name, nb, en, nearest(name, targets()))
        return False

    def code(self, target: str, text: str, said: object) -> Code | None:
        """The code of a line; `None`, and a fault, when it is no code or says not why."""
        if target not in CODELISTS:
            self.fault(f'codes."{target}"', text, f"{target} er ingen kode", f"{target} is no code")
            return None
        if not isinstance(said, dict) or said.keys() - set(_CODE):
            nb = 'skal ha formen { code = "...", reason = "..." }'
            self.fault(f'codes."{target}"', text, nb, nb.replace("skal ha formen", "should have the form"))
            return None
        code, reason, *labels = (self.text(text, said.get(name)) for name in _CODE)
        if not code or not reason:
            nb, en = "mangler kode eller begrunnelse; skriv begge", "lacks a code or a reason; write both"
            self.fault(f'codes."{target}"', text, nb, en)
            return None
        if any(labels) and CODELISTS[target] not in OWN_LISTS:
            nb = "kodene her er metodens, og kan ikke utvides; velg en av dem, eller la være å koble teksten"
            en = "the codes here are the method's and cannot be added to; choose one of them, or leave the text out"
            self.fault(f'codes."{target}"', text, nb, en)
        if any(labels) and not all(labels):
            nb, en = (
                "en egen kode trenger navn på begge språk: nb og en",
                "a code of your own needs a name in both: nb and en",
            )
            self.fault(f'codes."{target}"', text, nb, en)
        return Code(code, reason, (labels[0], labels[1]) if any(labels) else None)


_YEARS = ("rounds.cohort_year", "rounds.awarded_on", "project_events.started_on")
"""Targets that the year of an award is taken from: the first that a project has. A start stands in for the award."""


def quoted(text: str) -> str:
    """A text as TOML writes it; its escapes are those of JSON but for one character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def read_columns(text: str) -> list[str]:
    """The headings that a mapping gives a place, in a text that is known to be one."""
    return list(tomllib.loads(text).get("columns", {}))
