"""The page of a comparison: one HTML file with the site's styles inside, which loads nothing and runs no script.

Belongs here: its tables, its sentences, and writing it.
Does not belong here: what may be compared (`side_by_side.py`), every number (`gevinst.method.side_by_side`), and the
frame (``side_by_side.html``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from string import ascii_uppercase
from typing import Any

from gevinst.contracts.vocabulary import NO_BENEFICIARY_STATED
from gevinst.edition.side_by_side import Row, SideBySide
from gevinst.language.numbers import HIDDEN, MISSING
from gevinst.language.phrases import capital
from gevinst.language.texts import Catalogue
from gevinst.method.side_by_side import ALL_OWNERS, NEEDED, OWNER_NOT_STATED
from gevinst.site.blocks import Bar, Cell
from gevinst.site.cells import CellWriter
from gevinst.site.render import render_alone
from gevinst.site.single_file import carried_style
from gevinst.whole_files import write_atomically

_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
)
# Rendering strips every line, which would change licences: they replace these marks afterwards.
_MARKS = {"style": "\U0010ff11", "licences": "\U0010ff14"}
_CATEGORY = "benefit_category_code"
_LETTERS = ascii_uppercase
"""What editions are called where there is no room for names."""
_SHORT = 12
"""Signs of a checksum that are shown, as many as editions show of theirs."""


@dataclass(frozen=True, slots=True)
class Head:
    """A heading of columns or rows over so many of them; `full` is what it is short for."""

    text: str
    span: int = 1
    full: str | None = None
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its headings, the first of which may be over several rows, and its cells."""

    heads: tuple[Head, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table under a heading of its own.

    `above` are headings over several columns, in a row above those of each. `notes` are sentences below it. A grid
    without lines is its heading, caption and notes.
    """

    grid_id: str
    heading: str
    caption: str
    columns: tuple[Head, ...]
    lines: tuple[Line, ...]
    above: tuple[Head, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """What is compared at one age."""

    anchor: str
    heading: str
    grids: tuple[Grid, ...]


def write_page(found: SideBySide, language: str, out: Path) -> Path:
    """Write the page in `language` to `out` and return its path; the same editions give the same bytes."""
    html = page(found, language)
    return write_atomically(out, lambda path: path.write_text(html, encoding="utf-8", newline="\n"))


def page(found: SideBySide, language: str) -> str:
    """The page as HTML; raises `FrontendMissing` when the packages with styles and fonts are not there."""
    maker = _Maker(found, Catalogue(language))
    text = render_alone("side_by_side.html", {"policy": _POLICY, "carried": _MARKS, **maker.values()})
    for name, content in carried_style().items():
        text = text.replace(_MARKS[name], content)
    return text


class _Maker:
    """Makes what the template draws, in one language."""

    def __init__(self, found: SideBySide, catalogue: Catalogue) -> None:
        self.found = found
        self.catalogue = catalogue
        self.t = catalogue.t
        self.names: list[str] = self._names()
        self.labels: dict[str, dict[str, str]] = {
            name: catalogue.labels(found.codelists, name)
            for name in ("evidence", "benefit_category", "organisation_level", "beneficiary")
        }
        beneficiaries = self.labels["beneficiary"]
        if NO_BENEFICIARY_STATED in beneficiaries:  # what is not stated is read after all that is
            beneficiaries[NO_BENEFICIARY_STATED] = beneficiaries.pop(NO_BENEFICIARY_STATED)

    def values(self) -> dict[str, object]:
        ages = [row for row in self.found.bands if row["place"] == 0]
        compared = [row["age_years"] for row in ages if row["is_compared"]]
        illustrative = self.t("frame.banner_illustrative_title") if self.found.is_illustrative else None
        return {
            "language": self.catalogue.language,
            "t": self.t,
            "cells": CellWriter(self.catalogue.language, str),
            "banner_title": illustrative,
            "lead": self.t("side_by_side.lead", n=len(compared), min=self.found.min_n),
            "overview": (self._editions(), self._ages()),
            "chapters": [self._chapter(age) for age in compared],
            "signs": (
                (self.t("side_by_side.count_of", count=0, base="n"), self.t("side_by_side.zero_meaning")),
                (MISSING, self.t("side_by_side.unknown_meaning")),
                (HIDDEN, self.t("side_by_side.withheld_meaning", min=self.found.min_n)),
            ),
            "how": (
                *(self.t(f"side_by_side.how_{name}") for name in ("lists", "grade", "not_gains", "owner", "amounts")),
                self.t("side_by_side.how_tables", tables=self.catalogue.join(sorted(NEEDED))),
            ),
        }

    def _names(self) -> list[str]:
        """What each edition is called; with its number where one scheme has several."""
        names: list[str] = [one.scheme.name(self.catalogue.language) for one in self.found.compared]
        return [
            name
            if names.count(name) == 1
            else self.t("side_by_side.named_edition", name=name, edition=one.edition.edition_id)
            for name, one in zip(names, self.found.compared, strict=True)
        ]

    def _short(self, *, is_number: bool = False) -> list[Head]:
        """The letter of each edition, by which narrow columns and rows call it."""
        return [Head(_LETTERS[place], full=name, is_number=is_number) for place, name in enumerate(self.names)]

    def _editions(self) -> Grid:
        lines: list[Line] = []
        for total, one in zip(self.found.totals, self.found.compared, strict=True):
            note = self.t("frame.banner_preliminary_title") if one.edition.is_preliminary else None
            cells = (
                Cell(one.edition.edition_id, note=note),
                Cell(self.catalogue.number.date(one.edition.info.as_of_on)),
                self._number(total["project_count"]),
                Cell(one.scheme.currency),
                Cell(one.digest[:_SHORT]),
            )
            lines.append(Line((self._lettered(total["place"]),), cells))
        columns = self._columns("scheme", "edition", "as_of", "#projects", "currency", "digest")
        return self._grid("what", columns, lines)

    def _lettered(self, place: int) -> Head:
        return Head(f"{_LETTERS[place]} {self.names[place]}")

    def _ages(self) -> Grid:
        lines: list[Line] = []
        for age, found in _grouped(self.found.bands, "age_years"):
            cells = (*(self._number(row["project_count"]) for row in found), self._is_compared(found))
            name = self.t("side_by_side.age_unknown") if age is None else self.t("side_by_side.years", n=age)
            lines.append(Line((Head(name),), cells))
        columns = (*self._columns("age"), *self._short(is_number=True), *self._columns("is_compared"))
        return self._grid("ages", columns, lines, min=self.found.min_n)

    def _is_compared(self, of_age: list[Row]) -> Cell:
        if of_age[0]["is_compared"]:
            return Cell(capital(self.t("common.yes")))
        few = [_LETTERS[row["place"]] for row in of_age if row["project_count"] < self.found.min_n]
        if not few or of_age[0]["age_years"] is None:
            return Cell(capital(self.t("common.no")))
        return Cell(self.t("side_by_side.too_few", names=self.catalogue.join(few)))

    def _chapter(self, age: int) -> Chapter:
        return Chapter(
            f"age-{age}",
            self.t("side_by_side.years_after", n=age),
            (self._coded(age), self._evidence(age), self._payers(age, "achieved"), self._payers(age, "promised")),
        )

    def _coded(self, age: int) -> Grid:
        names = ("project_count", "coded_expected_count", "coded_results_count")
        lines = [
            Line((self._lettered(row["place"]),), tuple(self._number(row[name]) for name in names))
            for row in self.found.bands
            if row["age_years"] == age
        ]
        columns = self._columns("scheme", "#projects", "#coded_expected", "#coded_results")
        return self._grid("coded", columns, lines, age)

    def _evidence(self, age: int) -> Grid:
        """A line for each category; for each grade a column of each edition, so that like stands beside like."""
        lines: list[Line] = []
        by_category = dict(_grouped([row for row in self.found.evidence if row["age_years"] == age], _CATEGORY))
        for code, label in self.labels["benefit_category"].items():
            found = {(row["evidence_code"], row["place"]): row for row in by_category.get(code, ())}
            cells = [
                self._share(found[grade, place], "side_by_side.none_coded")
                for grade in self.labels["evidence"]
                for place in range(len(self.names))
                if found
            ]
            lines += [Line((Head(label),), tuple(cells))] if cells else []
        above = tuple(Head(label, len(self.names)) for label in self.labels["evidence"].values())
        columns = (*self._columns("category"), *self._short(is_number=True) * len(above))
        return self._grid("evidence", columns, lines, age, above=above)

    def _payers(self, age: int, state: str) -> Grid:
        """A line for each level and edition; levels with too few projects in all of them are named with their n."""
        is_achieved = state == "achieved"
        rows = [row for row in self.found.payers if row["age_years"] == age and row["is_achieved"] == is_achieved]
        by_level = dict(_grouped(rows, "owner_level"))
        levels = {
            **self.labels["organisation_level"],
            OWNER_NOT_STATED: self.t("side_by_side.owner_not_stated"),
            ALL_OWNERS: self.t("side_by_side.owner_all"),
        }
        lines: list[Line] = []
        few: list[str] = []
        for level, label in levels.items():
            of_level = _grouped(by_level.get(level, []), "place")
            if any(found[0]["project_count"] is not None for _, found in of_level):
                lines += self._of_level(label, of_level)
            elif of_level:
                counts = ", ".join(f"{_LETTERS[place]} {found[0]['base_count']}" for place, found in of_level)
                few.append(f"{label} ({counts})")
        columns = (
            *self._columns("owner", "scheme", "#projects", f"#with_{state}"),
            *(Head(label, is_number=True) for label in self.labels["beneficiary"].values()),
        )
        notes = self.t("side_by_side.too_few_owners", min=self.found.min_n, names="; ".join(few))
        return self._grid(state, columns, lines, age, notes=(notes,) if few else ())

    def _of_level(self, label: str, of_level: list[tuple[Any, list[Row]]]) -> list[Line]:
        lines: list[Line] = []
        for head, (_, found) in zip(self._short(), of_level, strict=True):
            by_code = {row["beneficiary_code"]: row for row in found}
            cells = [self._number(found[0]["owned_count"]), self._number(found[0]["base_count"])]
            cells += [self._share(by_code[code], "side_by_side.none_such") for code in self.labels["beneficiary"]]
            over = () if lines else (Head(label, len(of_level)),)
            lines.append(Line((*over, head), tuple(cells)))
        return lines

    def _number(self, count: int) -> Cell:
        return Cell(self.catalogue.number.integer(count), is_number=True)

    def _share(self, row: Row, of_none: str) -> Cell:
        """So many of so many, with a bar; the sign for unknown or withheld where that may not be said."""
        if row["is_withheld"]:
            spoken = self.t("side_by_side.withheld", n=row["base_count"])
            return Cell(HIDDEN, spoken=spoken, is_number=True)
        if row["project_count"] is None:
            return Cell(MISSING, spoken=self.t(of_none), is_number=True)
        text = self.t("side_by_side.count_of", count=row["project_count"], base=row["base_count"])
        bars = (Bar(row["share_pct"], "evidence-2"),) if row["share_pct"] else ()
        return Cell(text, is_number=True, bars=bars)

    def _columns(self, *names: str) -> list[Head]:
        """Headings by text; ``#`` before a name marks a column of numbers."""
        return [Head(self.t(f"side_by_side.{name.removeprefix('#')}"), is_number=name[0] == "#") for name in names]

    def _grid(
        self,
        name: str,
        columns: Iterable[Head],
        lines: Iterable[Line],
        age: int | None = None,
        *,
        above: tuple[Head, ...] = (),
        notes: tuple[str, ...] = (),
        **values: int,
    ) -> Grid:
        grid_id = name if age is None else f"{name}-{age}"
        heading, caption = self.t(f"side_by_side.{name}"), self.t(f"side_by_side.{name}_caption", **values)
        return Grid(grid_id, heading, caption, tuple(columns), tuple(lines), above, notes)


def _grouped(rows: Iterable[Row], column: str) -> list[tuple[Any, list[Row]]]:
    """Rows that follow one another with the same value of a column, with the value."""
    return [(value, list(found)) for value, found in groupby(rows, key=lambda row: row[column])]
