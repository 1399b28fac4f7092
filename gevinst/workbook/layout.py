"""Which sheets the workbook has, and what stands in them.

Belongs here: the choice of tables, and names of sheets and headings, read off the contracts.
Does not belong here: filling a sheet (`template.py`) and reading one (`parse.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256

from gevinst.contracts import Column, Contract, contract
from gevinst.language.texts import Catalogue

FILLED = (
    "sources",
    "assessment_rounds",
    "status_assessments",
    "driver_ratings",
    "counterfactuals",
    "benefit_claims",
    "benefit_measurements",
    "measurement_plans",
    "benefit_values",
    "non_priced_effects",
    "follow_on_funding",
)
"""Tables that an evaluator fills in, in the order of the sheets."""

DECISIONS = "rating_decisions"
"""The table of the sheet in which disagreements are settled."""

READ = (*FILLED, DECISIONS)

SKELETON = {
    "driver_ratings": ("project_id", "rated_driver_code"),
    "counterfactuals": ("project_id",),
    DECISIONS: ("assessment_round_id", "project_id", "rated_driver_code"),
}
"""Columns filled in beforehand where every row is a new judgement; a row with nothing else is not filled in."""

UNTOUCHED = SKELETON | {
    "assessment_rounds": ("assessment_round_id", "assessment_year", "name_nb", "name_en", "assessor_role_code")
}
"""The same, with the round that the workbook names itself: it is read only when another row needs it."""

REVISED = tuple(name for name in FILLED if name not in ("sources", "assessment_rounds", *SKELETON))
"""Tables whose sheets show what was stated before; ids of new rows are made when they are taken in."""

GIVEN = ("assessment_round_id", "coder_code")
"""Columns that the workbook as a whole gives, unless a row does so itself."""

CHOICE = "_choice"
"""Name of the column that says what a row shown beforehand has become."""
NEW, CHANGED, UNCHANGED = "new", "changed", "unchanged"
CHOICES = (NEW, CHANGED, UNCHANGED)

META = "gevinst"
"""Name of the hidden sheet that says whose workbook it is."""

OWN_SHEETS = ("start", "projects", "lists")
"""Sheets for the reader, which nobody fills in; their names are texts of the catalogue."""

FIRST_ROW, HEADING_ROW, NAME_ROW = 3, 2, 1
"""Rows of a sheet, counted from 1: permanent names (hidden), headings, and the first row to fill in."""

_LONGEST_TITLE = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_FIRST_CLAUSE = re.compile(r"[.;:(]")


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """One sheet: its table, and the columns that somebody fills in."""

    contract: Contract
    columns: tuple[Column, ...]

    @property
    def has_choice(self) -> bool:
        """Whether the sheet shows what was stated before, to be revised."""
        return self.contract.name in REVISED

    @property
    def id_column(self) -> str | None:
        """The column of ids that are made when rows are taken in; `None` where who enters a row names it."""
        return self.contract.key[0] if self.has_choice else None

    def title(self, language: str) -> str:
        """The sheet's name: the table's title, cut at a word where spreadsheets allow no more."""
        return sheet_title(self.contract.title(language))

    def headings(self, language: str) -> dict[str, str]:
        """Heading by permanent name, each different from the others; the choice comes first."""
        found = {CHOICE: choice_heading(language)} if self.has_choice else {}
        made = {column.name: heading(column, language) for column in self.columns}
        texts = list(made.values())
        return found | {name: f"{text} ({name})" if texts.count(text) > 1 else text for name, text in made.items()}


def sheet_layout(name: str) -> SheetLayout:
    """The sheet of the table called `name`."""
    table, given = contract(name), () if name == DECISIONS else GIVEN
    return SheetLayout(table, tuple(column for column in table.columns if column.name not in given))


def layouts() -> tuple[SheetLayout, ...]:
    """Every sheet that an evaluator fills in."""
    return tuple(sheet_layout(name) for name in FILLED)


def sheet_title(text: str) -> str:
    """`text` as a name that a sheet may have."""
    bare = _FORBIDDEN.sub(" ", text)
    return bare if len(bare) <= _LONGEST_TITLE else bare[: _LONGEST_TITLE + 1].rsplit(" ", 1)[0]


def heading(column: Column, language: str) -> str:
    """The first clause of the column's meaning, and the language of a text that is written in two."""
    first = _FIRST_CLAUSE.split(column.description(language), maxsplit=1)[0].strip()
    if column.name.endswith(("_nb", "_en")):
        return f"{first} ({Catalogue(language).t(f'evaluator.in_{column.name[-2:]}')})"
    return first


def choice_heading(language: str) -> str:
    """Heading of the column with the choice."""
    return Catalogue(language).t("evaluator.choice")


def template_version() -> str:
    """Eight characters that change when a sheet gets, loses or renames a column."""
    shape = "\n".join(f"{name} {column.name}" for name in READ for column in contract(name).columns)
    return sha256(shape.encode()).hexdigest()[:8]
