"""What a cell shows for a code, a reference or a flag, and what it is read as.

Belongs here: the conversions between the texts of a workbook and the values of the tables, in both directions.
Does not belong here: numbers and dates (`cells.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from gevinst.bilingual import LANGUAGES, text_of
from gevinst.contracts import Column, Type, contract
from gevinst.language.texts import Catalogue
from gevinst.workbook.layout import CHOICES

NAMES = {
    "projects": "short_name",
    "sources": "title",
    "organisations": "name",
    "benefits": "name",
    "benefit_plans": "indicator",
    "benefit_claims": "statement",
    "assessment_rounds": "name",
}
"""Column (or stem of a pair of columns) that names a row of each table that a workbook refers to."""

_ID = re.compile(r"\[([^\[\]]+)\]$")
_LONGEST_NAME = 60
"""Characters of a name before its id: a longer one would push the id out of sight in the list to choose from."""


@dataclass(frozen=True, slots=True)
class Options:
    """Texts by code, and names by id, in both languages.

    `codes[language][codelist][code]` and `names[language][table][id]` are the texts shown.
    """

    codes: Mapping[str, Mapping[str, Mapping[str, str]]]
    names: Mapping[str, Mapping[str, Mapping[str, str]]]

    def shown(self, column: Column, value: object, language: str) -> object:
        """`value` as its cell shows it; a value that has no text is returned unchanged."""
        if value is None:
            return None
        if column.type is Type.BOOLEAN:
            return yes_no(language)[0 if value else 1]
        if column.codelist:
            return self.codes[language].get(column.codelist, {}).get(str(value), value)
        if column.references:
            return self.names[language].get(column.references.split(".")[0], {}).get(str(value), value)
        return value

    def listed(self, column: Column, language: str) -> list[str]:
        """The texts that the column's cells are chosen from; empty when any text may be typed."""
        if column.type is Type.BOOLEAN:
            return list(yes_no(language))
        if column.codelist:
            return list(self.codes[language].get(column.codelist, {}).values())
        if column.references:
            return list(self.names[language].get(column.references.split(".")[0], {}).values())
        return []

    def read(self, column: Column, text: str) -> str:
        """The code or id for `text`; `text` itself when there is none."""
        if column.codelist:
            return self._code(column.codelist, text)
        if column.references:
            found = _ID.search(text)
            return found[1].strip() if found else text
        return text

    def _code(self, codelist: str, text: str) -> str:
        # A code wins over a label: a label of one code may be spelt like another code.
        if text in self.codes[LANGUAGES[0]].get(codelist, {}):
            return text
        wanted = text.casefold()
        for language in LANGUAGES:
            for code, label in self.codes[language].get(codelist, {}).items():
                if label.casefold() == wanted:
                    return code
        return text


def options(tables: Mapping[str, pl.DataFrame]) -> Options:
    """The options of typed core tables."""
    lists = tables["codelists"].sort("codelist", pl.col("rank"), "code", nulls_last=True)
    codes: dict[str, dict[str, dict[str, str]]] = {language: {} for language in LANGUAGES}
    for row in lists.iter_rows(named=True):
        for language in LANGUAGES:
            codes[language].setdefault(row["codelist"], {})[row["code"]] = row[f"label_{language}"]
    names = {
        language: {table: _names(tables[table], column, language) for table, column in NAMES.items()}
        for language in LANGUAGES
    }
    return Options(codes, names)


def _names(rows: pl.DataFrame, column: str, language: str) -> dict[str, str]:
    """``name [id]`` by id, in the order of the ids; the id is the table's first column."""
    id_column = rows.columns[0]
    ordered = rows.sort(id_column).iter_rows(named=True)
    return {row[id_column]: named(_name(row, column, language), row[id_column]) for row in ordered}


def _name(row: Mapping[str, Any], column: str, language: str) -> str:
    """What a row is called; in the other language where this one waits, since the id after it says which it is."""
    return str(row[column] if column in row else text_of(row, column, language)[0] or "")


def with_rows(texts: Options, rows: Mapping[str, Iterable[Mapping[str, Any]]]) -> Options:
    """The options with the names of new `rows` by table too, to which rows of the same workbook refer."""
    names = {language: {table: dict(found) for table, found in one.items()} for language, one in texts.names.items()}
    for table in rows.keys() & NAMES.keys():
        for row in rows[table]:
            row_id = str(row[contract(table).key[0]])
            for language, found in names.items():
                found[table][row_id] = named(_name(row, NAMES[table], language), row_id)
    return replace(texts, names=names)


def named(name: str, row_id: str) -> str:
    """A row as a reference shows it."""
    short = name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1].rstrip() + "…"
    return f"{short} [{row_id}]"


def name_in(text: str) -> tuple[str, str]:
    """Name and id of a row as a reference shows it."""
    found = _ID.search(text)
    return (text[: found.start()].strip(), found[1].strip()) if found else (text, text)


def yes_no(language: str) -> tuple[str, str]:
    """The words for true and false."""
    t = Catalogue(language).t
    return t("evaluator.yes"), t("evaluator.no")


def choice_texts(language: str) -> dict[str, str]:
    """The text shown for each choice of a row."""
    t = Catalogue(language).t
    return {choice: t(f"evaluator.choice_{choice}") for choice in CHOICES}


def read_choice(text: str) -> str | None:
    """The choice for `text`, its name or its label in either language; `None` when there is none."""
    wanted = text.casefold()
    for shown in ({choice: choice for choice in CHOICES}, *map(choice_texts, LANGUAGES)):
        for choice, label in shown.items():
            if label.casefold() == wanted:
                return choice
    return None
