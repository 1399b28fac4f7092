"""What a table contract is.

Belongs here: the two small classes `Column` and `Contract`, the column types and the additivity classes, and
the helpers that keep repeated groups of columns (a dated value, a source reference) the same everywhere.
Does not belong here: any particular table (`registry.py`, `evaluations.py`, ...) and any reading or checking of
data (`gevinst.intake`, `gevinst.quality`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from gevinst.bilingual import TRANSLATED, Bilingual


class Type(StrEnum):
    """Column types; one name for what Polars, DuckDB and the data package each call differently."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"


class Additivity(StrEnum):
    """Whether a measure may be summed; `gevinst.method` refuses a sum that its contract does not allow."""

    YES = "yes"  # over all rows
    WITHIN_EDITION = "within_edition"  # over rows of one edition year, never across years
    NO = "no"


YEARS = range(1990, 2101)
"""Years of dates and labels: wide enough for any award, price or effect here; what lies outside is a typing error."""
FIRST_YEAR = 2016
"""The year of the first award round; nothing was known before it."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: name, type, what it means in both languages, and the rules its values obey.

    `references` is written ``table.column``; `codelist` names a list in the `codelists` table. A measure carries
    `unit` and `additivity`. A share, a rate or an estimate names the columns of the same table that state how far it
    can be trusted: `n_column` how many it rests on, `low_column` and `high_column` its interval, and
    `suppressed_column` whether it is hidden (`with_basis`). A text that `may_wait` is a translation that somebody adds
    later (`bilingual`).
    """

    name: str
    type: Type
    nb: str
    en: str
    required: bool = False
    unit: str | None = None
    codelist: str | None = None
    references: str | None = None
    additivity: Additivity | None = None
    minimum: float | None = None
    maximum: float | None = None
    n_column: str | None = None
    low_column: str | None = None
    high_column: str | None = None
    suppressed_column: str | None = None
    may_wait: bool = False

    @property
    def description(self) -> Bilingual:
        """What the column means."""
        return Bilingual(self.nb, self.en)


@dataclass(frozen=True, slots=True)
class Contract:
    """One table: its grain, key, columns and texts; the single source for DDL, checks, docs and downloads.

    `folder` is the place under ``data/raw`` for core tables (``None`` for tables that the pipeline makes).
    `depends_on` names the tables that a mart is computed from, for lineage and documentation; `rule_nb` and `rule_en`
    say in plain words how, and `formula` the same in names of columns. `may_be_empty` is for marts that nothing need
    be in; any other without rows is a fault of the run, unless one of the core tables named in `empty_without` has none
    either: a scheme may begin with projects alone, or with nothing. `is_view` is for a mart that spreads over edition
    years what another keeps by validity interval: where it has very many rows, the warehouse has it as a view, whose
    rows are made when somebody reads them. `is_restricted` is for answers that somebody gave: the table stays in the
    working warehouse, and only results that hide small counts leave it.
    """

    name: str
    layer: str
    title_nb: str
    title_en: str
    grain_nb: str
    grain_en: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    folder: str | None = None
    depends_on: tuple[str, ...] = field(default=())
    rule_nb: str = ""
    rule_en: str = ""
    formula: str | None = None
    may_be_empty: bool = False
    empty_without: tuple[str, ...] = ()
    is_view: bool = False
    is_restricted: bool = False

    @property
    def all_columns(self) -> tuple[Column, ...]:
        """The declared columns and the flag that every stored table carries."""
        return (*self.columns, IS_ILLUSTRATIVE)

    @property
    def column_names(self) -> tuple[str, ...]:
        """Names of all stored columns, in stored order."""
        return tuple(column.name for column in self.all_columns)

    @property
    def is_per_edition(self) -> bool:
        """Whether it has one set of rows for each edition year; a result that has none is kept by validity interval."""
        return EDITION_YEAR.name in self.key

    @property
    def stretches_of(self) -> str | None:
        """The column that says whose stretches of time the rows are; null for a table that is not kept by stretch.

        It is the first of the key. A claim is in force for one interval alone, and table `claim_validity` has none.
        """
        return self.key[0] if "valid_from" in self.key else None

    @property
    def stems(self) -> tuple[str, ...]:
        """Names, without their ending, of the texts that the table has in both languages."""
        names = {column.name for column in self.columns}
        return tuple(name[:-3] for name in sorted(names) if name.endswith("_nb") and f"{name[:-3]}_en" in names)

    @property
    def stems_that_wait(self) -> tuple[str, ...]:
        """Those of the `stems` whose English may be empty where there is a Norwegian text (`bilingual`)."""
        return tuple(stem for stem in self.stems if self.column(f"{stem}_{TRANSLATED}").may_wait)

    @property
    def references(self) -> tuple[tuple[str, str, str], ...]:
        """Foreign keys as (column, referenced table, referenced column)."""
        pairs = [(column.name, column.references) for column in self.columns if column.references]
        return tuple((name, target.split(".")[0], target.split(".")[1]) for name, target in pairs)

    @property
    def referenced_tables(self) -> tuple[str, ...]:
        """Other tables that must be read before this one, in name order."""
        tables = {table for _, table, _ in self.references}
        if any(column.codelist for column in self.columns):
            tables.add("codelists")
        return tuple(sorted(tables - {self.name}))

    def column(self, name: str) -> Column:
        """The column called `name`; raises `KeyError` with the table's name when there is none."""
        for column in self.all_columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name} has no column {name}")

    @property
    def title(self) -> Bilingual:
        """The table's title."""
        return Bilingual(self.title_nb, self.title_en)

    @property
    def grain(self) -> Bilingual:
        """What one row is."""
        return Bilingual(self.grain_nb, self.grain_en)

    @property
    def rule(self) -> Bilingual:
        """How the table is computed; empty for tables that are not."""
        return Bilingual(self.rule_nb, self.rule_en)


IS_ILLUSTRATIVE = Column(
    "is_illustrative",
    Type.BOOLEAN,
    "Ja når raden er oppdiktet for å vise hvordan løsningen virker.",
    "True when the row is invented to show how the pipeline works.",
    required=True,
)


def text(name: str, nb: str, en: str, *, required: bool = False) -> Column:
    """A free-text column."""
    return Column(name, Type.TEXT, nb, en, required=required)


def bilingual(stem: str, nb: str, en: str, *, required: bool = False) -> tuple[Column, Column]:
    """The pair ``<stem>_nb`` and ``<stem>_en``: the same text in both languages, of which the English may wait.

    Whoever enters a row writes in Norwegian, and somebody translates it later; `required` is about the Norwegian.
    """
    entered, translated = maintained(stem, nb, en, required=required)
    waits = Bilingual(
        "Tom så lenge oversettelsen venter; da vises den norske teksten, merket.",
        "Empty while the translation waits; the Norwegian text is shown then, marked.",
    )
    described = {"nb": f"{translated.nb} {waits.nb}", "en": f"{translated.en} {waits.en}"}
    return entered, replace(translated, **described, required=False, may_wait=True)


def maintained(stem: str, nb: str, en: str, *, required: bool = False) -> tuple[Column, Column]:
    """The pair of a text that whoever maintains the lists and the code writes in both languages at once."""
    return (
        text(f"{stem}_nb", f"{nb} På bokmål.", f"{en} In Norwegian bokmål.", required=required),
        text(f"{stem}_en", f"{nb} På engelsk.", f"{en} In English.", required=required),
    )


def code(name: str, codelist: str, nb: str, en: str, *, required: bool = True) -> Column:
    """A code whose texts are in the `codelists` table."""
    return Column(name, Type.TEXT, nb, en, required=required, codelist=codelist)


def reference(name: str, target: str, nb: str, en: str, *, required: bool = True) -> Column:
    """A foreign key; `target` is ``table.column``."""
    return Column(name, Type.TEXT, nb, en, required=required, references=target)


def flag(name: str, nb: str, en: str) -> Column:
    """A required yes/no column."""
    return Column(name, Type.BOOLEAN, nb, en, required=True)


def year(name: str, nb: str, en: str, *, required: bool = True) -> Column:
    """A calendar year; a label, hence never summed."""
    return Column(name, Type.INTEGER, nb, en, required=required, minimum=YEARS[0], maximum=YEARS[-1])


def count(name: str, nb: str, en: str, *, additivity: Additivity = Additivity.WITHIN_EDITION) -> Column:
    """A whole number of things; null when unknown."""
    return Column(name, Type.INTEGER, nb, en, unit="count", additivity=additivity, minimum=0)


def day(name: str, nb: str, en: str, *, required: bool = False) -> Column:
    """A date that is always known to the day."""
    return Column(name, Type.DATE, nb, en, required=required)


def number(
    name: str,
    unit: str,
    nb: str,
    en: str,
    *,
    required: bool = False,
    minimum: float | None = None,
    maximum: float | None = None,
    additivity: Additivity = Additivity.NO,
) -> Column:
    """A measure with decimals, in `unit`. A sum must be allowed by its contract, never by default."""
    return Column(name, Type.NUMBER, nb, en, required, unit, minimum=minimum, maximum=maximum, additivity=additivity)


def whole(
    name: str,
    unit: str,
    nb: str,
    en: str,
    *,
    required: bool = False,
    minimum: float | None = None,
    maximum: float | None = None,
) -> Column:
    """A whole number in `unit` that is no count of things: a rating, a rank, a length in years; never summed."""
    return replace(number(name, unit, nb, en, required=required, minimum=minimum, maximum=maximum), type=Type.INTEGER)


def percent(name: str, nb: str, en: str, *, required: bool = False) -> Column:
    """A share of 100; never summed."""
    return number(name, "per cent", nb, en, required=required, minimum=0, maximum=100)


def months(name: str, nb: str, en: str, *, required: bool = False, minimum: int | None = 0) -> Column:
    """Whole months between two days; never summed. `minimum` is none where the first day may be the later one."""
    return whole(name, "months", nb, en, required=required, minimum=minimum)


def step(name: str, nb: str, en: str) -> Column:
    """A step on the ladder of status, -1 (awarded) to 6 (spread to others); null for a status outside it."""
    return whole(name, "step -1-6", nb, en, minimum=-1, maximum=6)


def with_basis(
    column: Column, n: str, *, interval: tuple[str, str] | None = None, suppressed: str | None = None
) -> Column:
    """`column` with the names of the columns that hold its n, the low and high end of its interval, and whether it is
    hidden. A share of all there is has no interval: it is no sample.
    """
    low, high = interval or (None, None)
    return replace(column, n_column=n, low_column=low, high_column=high, suppressed_column=suppressed)


def dated(stem: str, nb: str, en: str, *, required: bool = False) -> tuple[Column, Column]:
    """``<stem>_on`` with ``<stem>_precision``; the first day of a month or year represents the whole of it."""
    return (
        Column(f"{stem}_on", Type.DATE, nb, en, required=required),
        code(
            f"{stem}_precision",
            "date_precision",
            f"Hvor nøyaktig kilden oppgir datoen ({stem}_on).",
            f"How precisely the source gives the date ({stem}_on).",
            required=required,
        ),
    )


def sourced() -> tuple[Column, Column]:
    """The document a row rests on and the place in it."""
    return (
        reference("source_id", "sources.source_id", "Dokumentet raden bygger på.", "The document behind the row."),
        text(
            "source_locator",
            "Linje, avsnitt eller del i dokumentet.",
            "Line, paragraph or section in the document.",
            required=True,
        ),
    )


EDITION_YEAR = year(
    "edition_year",
    "Utgaveåret: bare det som var kjent da, er med.",
    "The edition year: only what was known then is used.",
)
PROJECT = reference("project_id", "projects.project_id", "Prosjektet.", "The project.")
SOURCE = reference(
    "source_id",
    "sources.source_id",
    "Dokumentet resultatet bygger på.",
    "The document behind the result.",
    required=False,
)
LOCATOR = text("source_locator", "Sted i dokumentet.", "Place in the document.")
