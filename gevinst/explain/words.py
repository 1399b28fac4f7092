"""An explanation in words: rule, formula, rows with the three clocks of each, and documents.

Belongs here: the lines of the answer in one language.
Does not belong here: finding what is behind an address (`find.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from textwrap import fill, indent
from typing import Any

import polars as pl

from gevinst.bilingual import other_language
from gevinst.contracts import Contract, Type
from gevinst.contracts.clocks import RECORDED, about_stem
from gevinst.contracts.vocabulary import REFERENCE_DATA
from gevinst.explain.find import Explanation
from gevinst.language.texts import Catalogue

MOST_ROWS = 20
"""So many rows of a result, or of a table behind it, are listed; the rest are counted."""
_WIDTH = 100
"""Columns of a line; addresses may be longer, because a broken address cannot be followed."""
_PLACES = 3
_LEFT_OUT = ("is_illustrative", "edition_year", RECORDED)
_SOURCE = ("source_id", "source_locator")


def explanation_text(found: Explanation, language: str) -> str:
    """The whole explanation in `language`, in lines of at most about 100 characters."""
    return _Words(found, Catalogue(language)).text()


class _Words:
    """The words for one explanation in one language."""

    def __init__(self, found: Explanation, catalogue: Catalogue) -> None:
        self._found = found
        self._catalogue = catalogue
        self._language = catalogue.language

    def text(self) -> str:
        """All parts, with an empty line between them."""
        found, t = self._found, self._catalogue.t
        where = (
            t("explain.edition", edition=found.edition_id, year=found.edition_year)
            if found.edition_id
            else t("explain.working", year=found.edition_year)
        )
        title = f"{found.table.title(self._language)} ({found.table.name})"
        parts = [
            f"{title}\n{where}",
            _part(t("explain.figure", n=found.rows.height), self._rows(found.table, found.rows)),
        ]
        if found.column is not None:
            meaning = found.table.column(found.column).description(self._language)
            parts.append(_part(t("explain.column", column=found.column), [_wrapped(meaning)]))
        parts += self._counted()
        parts += self._rules(found.table)
        if found.table.layer == "marts":
            parts.append(_part(t("explain.computed_from"), list(self._tables())))
        parts.append(_part(t("explain.documents", n=found.documents.height), list(self._document_lines())))
        return "\n\n".join(parts)

    def _rules(self, table: Contract) -> list[str]:
        """Rule and formula of a table, or where the rows of one that is not computed come from."""
        rule, t = table.rule(self._language), self._catalogue.t
        text = rule or f"{table.grain(self._language)} {t('explain.taken_down')}"
        parts = [_part(t("explain.rule"), [_wrapped(text)])]
        if table.formula:
            parts.append(_part(t("explain.formula"), [_wrapped(line) for line in table.formula.split("; ")]))
        return parts

    def _counted(self) -> list[str]:
        """What a headline figure counts: its condition, the rows that meet it, and the rule of their table."""
        counted, t = self._found.counted, self._catalogue.t
        if counted is None:
            return []
        table = counted.contract
        heading = t("explain.counted", n=counted.rows.height, table=f"{table.title(self._language)} ({table.name})")
        condition = [_wrapped(t("explain.condition", condition=counted.figure.written))]
        return [_part(heading, condition + self._rows(table, counted.rows)), *self._rules(table)]

    def _rows(self, table: Contract, rows: pl.DataFrame) -> list[str]:
        ordered = rows.sort([name for name in table.key if name in rows.columns]).head(MOST_ROWS)
        lines = [_wrapped(self._row(table, row)) for row in ordered.iter_rows(named=True)]
        if rows.height > MOST_ROWS:
            lines.append(self._catalogue.t("explain.more", n=rows.height - MOST_ROWS))
        return lines

    def _row(self, table: Contract, row: Mapping[str, Any]) -> str:
        """Key first, then every other cell that is filled in, texts in one language only; then clocks and document."""
        names = [name for name in table.key if name not in _LEFT_OUT]
        names += [name for name in table.column_names if name not in (*table.key, *_LEFT_OUT, *_SOURCE)]
        cells = [
            f"{name} = {self._cell(table, name, row[name])}"
            for name in names
            if row.get(name) is not None and name not in self._in_other_language(table)
        ]
        cells += self._waiting(table, row)
        cells += self._clocks(table, row)
        if row.get("source_id") and row.get("source_locator"):
            cells.append(
                self._catalogue.t("explain.in_document", document=f"{row['source_id']}, {row['source_locator']}")
            )
        return "- " + "; ".join(cells)

    def _in_other_language(self, table: Contract) -> set[str]:
        return {f"{stem}_{other_language(self._language)}" for stem in table.stems}

    def _waiting(self, table: Contract, row: Mapping[str, Any]) -> Iterator[str]:
        """Texts that exist in the other language only, under the names of their columns."""
        for stem in table.stems:
            own, other = f"{stem}_{self._language}", f"{stem}_{other_language(self._language)}"
            if row.get(own) is None and row.get(other) is not None:
                yield f"{other} = {self._catalogue.text({own: None, **row}, stem)}"

    def _cell(self, table: Contract, name: str, value: object) -> str:
        column = table.column(name)
        if column.codelist:
            labels = self._catalogue.labels(self._found.codelists, column.codelist)
            return f"{value} ({labels[str(value)]})" if str(value) in labels else str(value)
        if column.type is Type.BOOLEAN:
            return self._catalogue.t("explain.yes") if value else self._catalogue.t("explain.no")
        if isinstance(value, float):
            return self._catalogue.number.decimal(value, 0 if value.is_integer() else _PLACES)
        return value.isoformat() if isinstance(value, date) else str(value)

    def _clocks(self, table: Contract, row: Mapping[str, Any]) -> Iterator[str]:
        """The three clocks of a row: the time it is about, when its document became public, when it was recorded."""
        t, number = self._catalogue.t, self._catalogue.number
        stem = about_stem(table)
        if stem is not None and row.get(f"{stem}_on") is not None:
            yield t("explain.about", when=number.date(row[f"{stem}_on"], row.get(f"{stem}_precision", "day")))
        public = self._public.get(row.get("source_id"))
        if public is not None:
            yield self._published(*public)
        if row.get(RECORDED) is not None:
            yield t("explain.recorded", when=number.date(row[RECORDED]))

    def _published(self, first: date | None, last: date) -> str:
        until = self._catalogue.number.date(last)
        if first is None:
            return self._catalogue.t("explain.public_until", when=until)
        return self._catalogue.t(
            "explain.public", when=self._catalogue.number.span(self._catalogue.number.date(first), until)
        )

    @cached_property
    def _public(self) -> dict[str | None, tuple[date | None, date]]:
        columns = self._found.documents.select("source_id", "public_from", "public_to")
        return {source_id: (first, last) for source_id, first, last in columns.iter_rows()}

    def _tables(self) -> Iterator[str]:
        t = self._catalogue.t
        for mart in self._found.through:
            yield t("explain.through", table=f"{mart.title(self._language)} ({mart.name})")
        for table in self._found.source_tables:
            title = f"{table.contract.title(self._language)} ({table.contract.name})"
            if table.is_withheld:
                yield t("explain.withheld", table=title)
            elif table.rows is None:
                yield t("explain.looked_up", table=title)
            else:
                yield t("explain.rows_of", n=table.rows.height, table=title)
                yield from (indent(line, "  ") for line in self._rows(table.contract, table.rows))

    def _document_lines(self) -> Iterator[str]:
        types = self._catalogue.labels(self._found.codelists, "document_type")

        def with_program(row: Mapping[str, Any]) -> list[str]:
            return [types[REFERENCE_DATA]] if row["document_type_code"] == REFERENCE_DATA else []

        for row in self._found.documents.iter_rows(named=True):
            published = self._catalogue.number.date(row["published_on"], row["published_precision"])
            clocks = [*with_program(row), self._published(row["public_from"], row["public_to"])]
            if row.get(RECORDED) is not None:
                clocks.append(self._catalogue.t("explain.recorded", when=self._catalogue.number.date(row[RECORDED])))
            document = f"{row['source_id']}: «{row['title']}», {row['publisher']}, {published}; {'; '.join(clocks)}"
            yield _wrapped(f"- {document}. {row['address']}" if row["address"] else f"- {document}.")


def _part(heading: str, lines: list[str]) -> str:
    return heading + "\n" + indent("\n".join(lines), "  ")


def _wrapped(text: str) -> str:
    return fill(text, _WIDTH, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
