"""The layout of somebody else's benefits register: which of its columns goes where, as a small TOML file.

Belongs here: reading that file, and refusing what it names that no table has.
Does not belong here: reading the register by it (`read_register.py`).

::

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

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from gevinst.contracts import Column, contract
from gevinst.findings import Finding, IntakeError, Rule
from gevinst.language.numbers import LANGUAGES
from gevinst.workbook.cells import plain
from gevinst.workbook.layout import STAMPED

TABLES = ("benefits", "benefit_beneficiaries", "benefit_plans", "benefit_claims", "benefit_measurements")
"""Tables that a row of a register may go to, in the order in which they refer to one another."""
_KEYS = ("sheet", "language", "columns", "fixed", "codes")

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
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        nb = f"oppsettet kan ikke leses ({error}); rett det, eller oppgi en annen fil."
        en = f"the layout cannot be read ({error}); correct it, or name another file."
        raise IntakeError([Finding(path.name, nb, en, rule=Rule.FILE)]) from error
    reader = _Reader(path.name, str(content.get("language", LANGUAGES[0])))
    layout = RegisterLayout(
        path.name,
        content.get("sheet"),
        reader.language,
        {heading: tuple(reader.targets("columns", where)) for heading, where in reader.table(content, "columns")},
        {
            target: plain(value) or ""
            for name, value in reader.table(content, "fixed")
            for target in reader.targets("fixed", name)
        },
        {
            target: {text.strip().casefold(): str(code) for text, code in texts.items()}
            for name, texts in reader.table(content, "codes")
            for target in reader.targets("codes", name)
        },
    )
    reader.check(content, layout)
    if reader.findings:
        raise IntakeError(reader.findings)
    return layout


class _Reader:
    """Collects the faults of one layout, so that all of them are reported."""

    def __init__(self, file: str, language: str) -> None:
        self.file, self.findings = file, list[Finding]()
        self.language = language if language in LANGUAGES else LANGUAGES[0]
        if language != self.language:
            self.fault("language", language, "skriv nb eller en", "write nb or en")

    def fault(self, where: str, value: object, nb: str, en: str) -> None:
        self.findings.append(
            Finding(self.file, f"{nb}.", f"{en}.", column_name=where, value=plain(value), rule=Rule.HEADING)
        )

    def table(self, content: Mapping[str, Any], name: str) -> Iterator[tuple[str, Any]]:
        found = content.get(name, {})
        if isinstance(found, dict):
            yield from found.items()
        else:
            self.fault(name, found, f"skal være en tabell, [{name}]", f"should be a table, [{name}]")

    def targets(self, where: str, names: object) -> Iterator[Target]:
        """The targets called `names`: one or a list of ``table.column``, or a column alone for all that have it."""
        for name in names if isinstance(names, list) else [names]:
            table, dot, column = str(name).rpartition(".")
            tables = (table,) if dot else TABLES
            found = [(one, full) for one in tables if one in TABLES and (full := self._column(one, column))]
            yield from found
            if not found:
                close = get_close_matches(str(name), [f"{one}.{each}" for one in TABLES for each in _names(one)], 1)
                nb, en = (f" {words} {close[0]}?" if close else "" for words in ("Er det", "Is it"))
                self.fault(where, name, f"finnes ikke i tabellene{nb}", f"is in none of the tables{en}")

    def _column(self, table: str, name: str) -> str | None:
        """The column, or the one in the register's language when `name` is that of a text in two languages."""
        names = _names(table)
        return next((full for full in (name, f"{name}_{self.language}") if full in names), None)

    def check(self, content: Mapping[str, Any], layout: RegisterLayout) -> None:
        for name in content.keys() - set(_KEYS):
            self.fault(name, name, f"er ukjent; bruk {', '.join(_KEYS)}", f"is unknown; use {', '.join(_KEYS)}")
        if not any(target[0] == "benefits" and target[1].startswith("name_") for target in self._all(layout)):
            nb = "ingen kolonne går til benefits.name, som sier hva gevinsten er; legg den til under [columns]"
            en = "no column goes to benefits.name, which says what the benefit is; add it below [columns]"
            self.fault("columns", None, nb, en)

    @staticmethod
    def _all(layout: RegisterLayout) -> Iterator[Target]:
        for targets in layout.columns.values():
            yield from targets


def _names(table: str) -> list[str]:
    return [column.name for column in contract(table).columns if column.name not in STAMPED]
