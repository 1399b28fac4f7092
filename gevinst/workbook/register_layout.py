"""The mapping of somebody else's benefits register: which of its columns goes where, as a small TOML file.

Belongs here: reading that file, and refusing what it names that no table has.
Does not belong here: reading the register by it (`read_register.py`).

::

    to = "benefits"
    sheet = "Gevinstoversikt"                       # may be left out when there is only one
    language = "nb"                                 # of its texts

    [columns]                                       # heading = where it goes, in one place or several
    "Gevinst" = "benefits.name"
    "Indikator" = ["benefit_plans.indicator", "benefit_plans.unit_code"]

    [fixed]                                         # the same in every row, in one table or in all that have the column
    project_id = "2019-arkivfloken"
    "benefits.benefit_code" = "time_saved_staff"

    [codes."benefits.responsible_role_code"]        # texts of the register by code; labels of our own are known
    "Seksjonsleder" = "linjeorganisasjon"
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from gevinst.bilingual import LANGUAGES
from gevinst.contracts import Column, contract
from gevinst.toml_files import TomlFile, nearest
from gevinst.workbook.cells import plain
from gevinst.workbook.layout import STAMPED

TABLES = ("benefits", "benefit_beneficiaries", "benefit_plans", "benefit_claims", "benefit_measurements")
"""Tables that a row of a register may go to, in the order in which they refer to one another."""
BENEFITS = "benefits"
"""What such a file says that the rows are of."""
_KEYS = ("to", "sheet", "language", "columns", "fixed", "codes")

Target = tuple[str, str]
"""A table and one of its columns."""


@dataclass(frozen=True, slots=True)
class RegisterLayout:
    """Targets by heading, fixed values and codes by target; codes by text in lower case."""

    file: str
    sheet: str | None = None
    language: str = LANGUAGES[0]
    columns: Mapping[str, tuple[Target, ...]] = field(default_factory=dict)
    fixed: Mapping[Target, str] = field(default_factory=dict)
    codes: Mapping[Target, Mapping[str, str]] = field(default_factory=dict)

    @property
    def tables(self) -> tuple[str, ...]:
        """Tables that a column of the register goes to; a benefit is always one of them."""
        used = {table for targets in self.columns.values() for table, _ in targets} | {"benefits"}
        return tuple(name for name in TABLES if name in used)


def column_of(target: Target) -> Column:
    """The column of a target."""
    return contract(target[0]).column(target[1])


def read_layout(path: Path) -> RegisterLayout:
    """The layout in the file at `path`; raises `IntakeError` with every fault in it."""
    reader = _Reader(path)
    found = reader.layout()
    reader.stop()
    return found


class _Reader(TomlFile):
    """What the tables of a layout hold."""

    def layout(self) -> RegisterLayout:
        content, language = self.content, self.language(self.content)
        self.unknown(content, _KEYS)
        self.choice("to", content.get("to"), (BENEFITS,))
        codes = self.table(content, "codes")
        found = RegisterLayout(
            self.file,
            self.text("sheet", content.get("sheet")) or None,
            language,
            {
                heading: tuple(self.targets(heading, to, language))
                for heading, to in self.table(content, "columns").items()
            },
            {
                target: self.text(name, value if isinstance(value, dict | list) else plain(value))
                for name, value in self.table(content, "fixed").items()
                for target in self.targets("fixed", name, language)
            },
            {
                target: {
                    text.strip().casefold(): self.text(text, code)
                    for text, code in self.table(codes, name, "codes").items()
                }
                for name in codes
                for target in self.targets("codes", name, language)
            },
        )
        named = {f"{table}.{column}" for targets in found.columns.values() for table, column in targets}
        if not named & {f"benefits.name_{one}" for one in LANGUAGES}:
            nb = "ingen kolonne går til benefits.name, som sier hva gevinsten er; legg den til under [columns]"
            en = "no column goes to benefits.name, which says what the benefit is; add it below [columns]"
            self.fault("columns", None, nb, en)
        return found

    def targets(self, where: str, names: object, language: str) -> Iterator[Target]:
        """The targets called `names`: one or a list of ``table.column``, or a column alone for all that have it."""
        for name in names if isinstance(names, list) else [names]:
            table, dot, column = str(name).rpartition(".")
            tables = (table,) if dot else TABLES
            found = [(one, full) for one in tables if one in TABLES and (full := _column(one, column, language))]
            yield from found
            if not found:
                known = [f"{one}.{each}" for one in TABLES for each in _names(one)]
                self.fault(where, name, "finnes ikke i tabellene", "is in none of the tables", nearest(name, known))


def _column(table: str, name: str, language: str) -> str | None:
    """The column, or the one in the register's language when `name` is that of a text in two languages."""
    return next((full for full in (name, f"{name}_{language}") if full in _names(table)), None)


def _names(table: str) -> list[str]:
    return [column.name for column in contract(table).columns if column.name not in STAMPED]
