"""The sheets of the workbook and their columns.

Belongs here: the choice of tables, and names of sheets and headings, derived from the contracts.
Does not belong here: filling a sheet (`template.py`) and reading one (`parse.py`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import sha256

from gevinst.contracts import Column, Contract, contract
from gevinst.language.texts import Catalogue

FILLED = (
    "sources",
    "assessment_rounds",
    "status_assessments",
    "benefits",
    "benefit_beneficiaries",
    "benefit_plans",
    "benefit_claims",
    "benefit_measurements",
    "coding_coverage",
    "counterfactual_statements",
    "driver_ratings",
    "counterfactuals",
    "benefit_values",
    "non_priced_effects",
    "follow_on_funding",
    "closing_statements",
    "planned_evaluations",
)
"""Tables that an evaluator fills in, in the order of the sheets: what is referred to comes before what refers to it."""

DECISIONS = "rating_decisions"
"""The table of the sheet in which disagreements are resolved."""

READ = (*FILLED, DECISIONS)
"""Tables that are read from a workbook or a folder of CSV files."""

SKELETON = {
    "driver_ratings": ("project_id", "rated_driver_code"),
    "counterfactuals": ("project_id",),
    DECISIONS: ("assessment_round_id", "project_id", "rated_driver_code"),
}
"""Columns filled in beforehand where every row is a new judgement; a row with nothing else counts as blank."""

UNTOUCHED = SKELETON | {
    "assessment_rounds": ("assessment_round_id", "assessment_year", "name_nb", "name_en", "assessor_role_code")
}
"""The same with the round that the workbook itself proposes: its row is read only when another row needs it."""

KEPT = ("benefits", "benefit_beneficiaries")
"""Tables whose sheets show earlier rows to refer to: a benefit stays what it is, whatever is planned, said or measured
of it later. What was entered wrongly is corrected."""

REVISED = tuple(
    name for name in FILLED if name not in ("sources", "assessment_rounds", "coding_coverage", *KEPT, *SKELETON)
)
"""Tables whose sheets show earlier statements; new rows get their ids when they are imported."""

MADE_IN_DRAFTS = (
    "sources",
    "round_figures",
    "organisations",
    "organisation_names",
    "projects",
    "project_events",
    "participations",
    "benefits",
    "benefit_claims",
)
"""Tables whose rows get their ids when a person adds one to the draft of a page."""

GIVEN = ("assessment_round_id", "coder_code")
"""Columns whose value comes from the workbook as a whole, unless a row gives it itself."""

STAMPED = ("recorded_on",)
"""Columns that are filled in when a row is written, and by no person."""

CHOICE = "_choice"
"""Name of the column in which a person marks a row as new, changed or unchanged."""
NEW, CHANGED, CORRECTED, UNCHANGED = "new", "changed", "corrected", "unchanged"
CHOICES = (NEW, CHANGED, CORRECTED, UNCHANGED)
"""Changed is a later statement where the sheet is revised, and the same as corrected elsewhere."""

META = "gevinst"
"""Name of the hidden sheet with year, coder, round and version of the workbook."""

FOR_READING = {
    "requests": (
        "request_id",
        "project_id",
        "asked_organisation_id",
        "request_kind_code",
        "asked_on",
        "answer_by_on",
        "due_reason_codes",
    ),
    "answers": (
        "request_id",
        "project_id",
        "benefit_id",
        "answered_on",
        "answered_outcome_code",
        "known_is_right_code",
        "answered_status_code",
        "answered_status_on",
        "obstacle_codes",
        "statement_nb",
        "statement_en",
    ),
}
"""Tables with a sheet for reading only, once they have rows, and its columns: what owners were asked and answered
stands as it was sent, and nobody types it (``gevinst ask`` and ``gevinst answers`` write it)."""

OWN_SHEETS = ("start", "projects", *FOR_READING, "lists")
"""Sheets for reading only; their names are texts of the catalogue."""

FIRST_ROW, HEADING_ROW, NAME_ROW = 3, 2, 1
"""Rows of a sheet, counted from 1: permanent names (hidden), headings, and the first row to fill in."""

_LONGEST_TITLE = 31  # characters, and which ones are forbidden: limits of the XLSX format for names of sheets
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_FIRST_CLAUSE = re.compile(r"[.;:(]")


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """One sheet: its table, and the columns that somebody fills in.

    All rows of a draft are new: most bring their ids, and there is nothing to choose.
    """

    contract: Contract
    columns: tuple[Column, ...]
    is_draft: bool = False

    @property
    def is_revised(self) -> bool:
        """Whether a changed row is a later statement; elsewhere it corrects what was entered."""
        return not self.is_draft and self.contract.name in REVISED

    @property
    def id_column(self) -> str | None:
        """The column of ids that are made when rows are imported; `None` where the person who enters a row names it."""
        is_made = self.is_revised or self.contract.name == "benefits"
        if self.is_draft:
            is_made = self.contract.name in MADE_IN_DRAFTS
        return self.contract.key[0] if is_made else None

    def title(self, language: str) -> str:
        """The sheet's name: the table's title, cut between words where it is longer than a spreadsheet allows."""
        return sheet_title(self.contract.title(language))

    def headings(self, language: str) -> dict[str, str]:
        """Heading by permanent name, each different from the others; the choice comes first where rows are shown."""
        choice = {} if self.is_draft else {CHOICE: choice_heading(language)}
        first, last = (choice, {}) if self.is_revised else ({}, choice)
        made = {column.name: heading(column, language) for column in self.columns}
        texts = list(made.values())
        names = {name: f"{text} ({name})" if texts.count(text) > 1 else text for name, text in made.items()}
        return first | names | last


def sheet_layout(name: str) -> SheetLayout:
    """The sheet of the table called `name`."""
    table, given = contract(name), STAMPED if name == DECISIONS else (*GIVEN, *STAMPED)
    return SheetLayout(table, tuple(column for column in table.columns if column.name not in given))


def draft_layout(name: str) -> SheetLayout:
    """The sheet of the table called `name` in the draft of a page."""
    table = contract(name)
    return SheetLayout(table, tuple(one for one in table.columns if one.name not in STAMPED), is_draft=True)


@dataclass(frozen=True, slots=True)
class Shape:
    """What a workbook of ours may hold: the sheets by table, and the comments that we wrote on rows ourselves."""

    sheets: Mapping[str, SheetLayout]
    comments: Collection[str] = ()


def layouts() -> tuple[SheetLayout, ...]:
    """Every sheet that an evaluator fills in."""
    return tuple(sheet_layout(name) for name in FILLED)


def sheet_title(text: str) -> str:
    """`text` as a name that a sheet may have."""
    bare = _FORBIDDEN.sub(" ", text)
    return bare if len(bare) <= _LONGEST_TITLE else bare[: _LONGEST_TITLE + 1].rsplit(" ", 1)[0]


def heading(column: Column, language: str) -> str:
    """The first clause of the column's description, and the language of a text that exists in two."""
    first = _FIRST_CLAUSE.split(column.description(language), maxsplit=1)[0].strip()
    if column.name.endswith(("_nb", "_en")):
        return f"{first} ({Catalogue(language).t(f'evaluator.in_{column.name[-2:]}')})"
    return first


def choice_heading(language: str) -> str:
    """Heading of the column with the choice."""
    return Catalogue(language).t("evaluator.choice")


def template_version() -> str:
    """Eight hexadecimal digits that change when a sheet gets, loses or renames a column."""
    shape = "\n".join(f"{name} {column.name}" for name in READ for column in contract(name).columns)
    return sha256(shape.encode()).hexdigest()[:8]
