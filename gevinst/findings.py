"""Findings: what is reported when data are wrong.

What a finding holds is written to screens, reports, logs, records of runs and the quarantine of an edition, so that
persons' data are masked here, once for all of them.

Belongs here: the `Finding` (one fault at one place), the error that stops a run, and their wording.
Does not belong here: the rules that find faults (`gevinst.intake`, `gevinst.workbook`, `gevinst.quality`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gevinst.bilingual import Bilingual
from gevinst.characters import visible
from gevinst.errors import GevinstError
from gevinst.persons_and_contacts import masked

WHOLE_ROW = "*"
"""Column name of a finding that concerns the row as such."""
_LONGEST_VALUE = 500
"""Characters of a value that a message repeats; what is longer is recognised by its beginning."""
_PLACES = {"nb": ("arket", "rad", "kolonne", "verdi"), "en": ("sheet", "row", "column", "value")}
_IN_TOML = {"nb": ("arket", "linje", "nøkkel", "verdi"), "en": ("sheet", "line", "key", "value")}


class Rule(StrEnum):
    """What kind of rule a finding is about."""

    FILE = "file"  # the file can be read
    SHEET = "sheet"  # the sheet is known and appears once
    HEADING = "heading"  # the columns are there and known
    REQUIRED = "required"
    FORM = "form"  # a value has the form of its type
    CODE = "code"
    RANGE = "range"
    KEY = "key"  # a key is unique
    REFERENCE = "reference"
    FORMULA = "formula"
    MERGED = "merged"
    HIDDEN = "hidden"
    CHOICE = "choice"  # new, changed or unchanged fits what the row says
    CODER = "coder"
    PERSON = "person"  # no value is persons' data
    CONTENT = "content"  # a check of content (`gevinst.quality`)


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: its place, the value there, what is wrong and what to do, in both languages.

    `row_number` counts lines of a file, or rows of a sheet, from 1. `cell` is the name of a spreadsheet's cell, such as
    ``D7``. A finding that `is_note` reports how something was read and needs no action. Persons' data in value and
    reason are masked as the finding is made: the place is enough to find them.
    """

    file: str
    reason_nb: str
    reason_en: str
    row_number: int | None = None
    column_name: str | None = None
    value: str | None = None
    sheet: str | None = None
    cell: str | None = None
    rule: Rule | None = None
    is_note: bool = False

    def __post_init__(self) -> None:
        """Mask persons' data, show what nobody sees, cut what is too long: it is printed, stored and published."""
        for name in ("value", "reason_nb", "reason_en"):
            text = getattr(self, name)
            if text is not None:
                object.__setattr__(self, name, masked(text))
        for name in ("file", "column_name", "value", "sheet"):
            text = getattr(self, name)
            if text is not None:
                shown = visible(text[: _LONGEST_VALUE + 1])
                shown = shown if len(shown) <= _LONGEST_VALUE else f"{shown[:_LONGEST_VALUE]}…"
                object.__setattr__(self, name, shown)

    @property
    def reason(self) -> Bilingual:
        """What is wrong and what to do."""
        return Bilingual(self.reason_nb, self.reason_en)

    @property
    def place(self) -> str:
        """Sheet and cell, such as ``Status!D7``; only one of them when the other is unknown; else empty."""
        return "!".join(part for part in (self.sheet, self.cell) if part)

    def sentence(self, language: str = "en") -> str:
        """The finding as one sentence: file, sheet and row (or cell), column and value; of TOML, line and key."""
        sheet, row, column, value = (_IN_TOML if self.file.endswith(".toml") else _PLACES)[language]
        place = [self.file]
        if self.cell:
            place.append(self.place)
        elif self.sheet:
            place.append(f"{sheet} {self.sheet}")
        if self.row_number is not None and not self.cell:
            place.append(f"{row} {self.row_number}")
        if self.column_name and self.column_name != WHOLE_ROW:
            place.append(f"{column} {self.column_name}")
        if self.value is not None:
            place.append(f"{value} «{self.value}»")
        return f"{', '.join(place)}: {self.reason(language)}"


class IntakeError(GevinstError):
    """Data that cannot be used at all; nothing is written, and what is published does not change."""

    def __init__(self, findings: list[Finding]) -> None:
        """Keep the findings; the message is their English sentences, one per line, in the given order."""
        self.findings = findings
        super().__init__("\n".join(finding.sentence() for finding in findings))

    def message(self, language: str) -> str:
        """The sentences in `language`."""
        return "\n".join(finding.sentence(language) for finding in self.findings)
