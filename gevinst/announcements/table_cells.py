"""The columns of a table, and whether cells belong under them.

Belongs here: what a heading says of its column, and what may stand in the cells below it.
Does not belong here: where a table is and how its cells divide (`projects_in_tables.py`), and which words head a column
(`vocabulary`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gevinst.announcements.amounts import foreign_in, period_in
from gevinst.announcements.model import LEVELS, Line
from gevinst.announcements.name_lists import WITH
from gevinst.announcements.organisations import is_group, is_organisation, may_be_organisation
from gevinst.announcements.units import bare_amount, unit_of_heading, without_unit
from gevinst.announcements.vocabulary import (
    ANCHORS,
    bare_label_of,
    column_of,
    compiled,
    limit,
    may_head,
    one_of,
    pattern,
)

OWNERS = ("owner", "owners")
BODIES = (*OWNERS, "partners", "suppliers")
TOTAL = pattern("table_rows.total")
NOTHING = pattern("table_rows.nothing")
_AMOUNTS = ("grant", "applied", "whole_cost")
_COUNTED = re.compile(r"\d{1,4}(?:[.,]\d{1,2})?")
_AMOUNT = re.compile(
    r"(?:(?:kr|NOK)\.?\s*)?(?:\d{1,3}(?:[ .,\u00a0]\d{3})+|\d{4,9})(?:,-|,00)?\s*(?:kr|NOK|kroner)?\.?"
)
_SHORT_AMOUNT = re.compile(r"\d{1,3}(?:[.,]\d+)?\s*(?:mill?\w*\.?|mnok)(?:\s*(?:kr|kroner))?\.?", re.IGNORECASE)
_IN_KRONER = re.compile(r"\b(?:kr|kroner|NOK)\b", re.IGNORECASE)
_PLACE = re.compile(r"[A-ZÆØÅÄÖÉ][\w-]+(?: (?:og |i |på )?[A-ZÆØÅÄÖÉ][\w-]+){0,2}")
_OF_A_TOPIC = compiled(rf"\w{{6,}} {one_of('organisations.prepositions')} \w", re.IGNORECASE)
_DISTRICT = pattern("table_rows.place_heading")
_PUBLIC = pattern("table_rows.public_body")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the field it holds (empty when its heading is unknown), and its heading."""

    field: str
    heading: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under their columns, the last index, how sure the form makes them, where reading stopped, and the sum."""

    last: int
    rows: list[list[Line]]
    columns: list[Column]
    sure: float
    unread: int | None = None
    total: Line | None = None


def columns_of(headings: Sequence[str], rows: Sequence[Sequence[Line]] = ()) -> list[Column]:
    """The columns; empty unless two are of a project and one of those is an owner or a name.

    Where a heading has two meanings, such as «Tildelt», the cells below it in `rows` decide.
    """
    columns = [Column(_field_of(text), text) for text in headings]
    columns = [_beside_owner(column, columns) for column in columns]
    columns = [_as_its_cells(column, place, rows) for place, column in enumerate(columns)]
    if sum(1 for one in columns if one.field in OWNERS) > 1:
        columns = [
            Column("grant", one.heading)
            if one.field in OWNERS and may_head(bare_heading(one.heading), "grant")
            else one
            for one in columns
        ]
    owners = [column for column in columns if column.field in OWNERS]
    if len(owners) > 1 and any(not _DISTRICT.fullmatch(bare_heading(one.heading)) for one in owners):
        # Beside «Prosjekteier», a column «Kommune» says where the project is.
        columns = [
            Column("place", one.heading) if one in owners and _DISTRICT.fullmatch(bare_heading(one.heading)) else one
            for one in columns
        ]
    if any(one.field == "name" and _is_label_of_name(one.heading) for one in columns):
        # Beside «Prosjekt», a column «Utfordring» says what it is about.
        columns = [
            Column("text", one.heading) if one.field == "name" and not _is_label_of_name(one.heading) else one
            for one in columns
        ]
    known = {column.field for column in columns}
    has_two = len(known & set(ANCHORS)) >= 2 or bool(known & {*OWNERS, "name"} and "grant" in known)
    return columns if has_two and known & {*OWNERS, "name"} else []


def _is_label_of_name(heading: str) -> bool:
    return bare_label_of(bare_heading(heading.split(LEVELS)[-1]), of_table=True) == "name"


def _field_of(heading: str) -> str:
    """What a column holds by its heading, of which the lower level says more unless it only says what kind of body."""
    levels = heading.split(LEVELS)
    found = [(column_of(bare_heading(level)) or "", level) for level in levels]
    lower, text = found[-1]
    upper = next((field for field, _ in reversed(found[:-1]) if field), "")
    if upper in BODIES and (not lower or (lower in OWNERS and _DISTRICT.fullmatch(bare_heading(text)))):
        return upper
    return lower or upper


def _beside_owner(column: Column, columns: Sequence[Column]) -> Column:
    """Below «Aktører», what is neither the owner nor of a known role takes part."""
    levels = column.heading.split(LEVELS)
    if len(levels) < 2 or column.field not in OWNERS or column_of(bare_heading(levels[-1])) in OWNERS:
        return column
    beside = (one.heading.split(LEVELS) for one in columns if one is not column)
    has_owner = any(one[:-1] == levels[:-1] and column_of(bare_heading(one[-1])) in OWNERS for one in beside)
    return Column("partners", column.heading) if has_owner else column


def _as_its_cells(column: Column, place: int, rows: Sequence[Sequence[Line]]) -> Column:
    """A column of owners whose cells, or the currency of whose heading, say that it holds amounts."""
    if column.field not in OWNERS:
        return column
    cells = [row[place].text for row in rows if len(row) > place and row[place].text]
    amounts = sum(1 for text in cells if _is_amount(text))
    is_money = bool(_IN_KRONER.search(column.heading)) or (amounts * 2 > len(cells) > 0)
    return Column("grant", column.heading) if is_money else column


def bare_heading(heading: str) -> str:
    """A heading without brackets and the word for its money."""
    bare = re.sub(r"\s*\(.*?\)|\s*i (?:kr|kroner|NOK)\b", "", heading).strip(" .:*")
    return without_unit(bare).strip(" .:*,")


def says_total(row: Sequence[Line]) -> bool:
    """Whether a cell says that the row sums up."""
    return any(TOTAL.fullmatch(cell.text) for cell in row)


def is_total(row: Sequence[Line], columns: Sequence[Column]) -> bool:
    """Whether a row sums up those above it."""
    known = [cell for cell, column in zip(row, columns, strict=False) if column.field in (*BODIES, "name")]
    return says_total(row) or not any(cell.text for cell in known)


def fits(row: Sequence[Line], columns: Sequence[Column], *, is_drawn: bool = False) -> bool:
    """Whether each cell could stand under its heading; in drawn cells a name may look like a body («Smart kommune»)."""
    owned = any(is_surely_owner(cell.text) for cell, one in zip(row, columns, strict=False) if one.field in OWNERS)
    return all(
        _may_be(cell.text, column)
        or (is_drawn and owned and column.field == "name" and not _is_amount(cell.text))
        # A drawn cell that is empty is one that the page leaves empty.
        or (is_drawn and column.field in OWNERS and not cell.text and _has_name(row, columns))
        # «450» and «2,4» are amounts of a table that counts in thousands or millions.
        or (is_drawn and column.field in _AMOUNTS and bool(_COUNTED.fullmatch(cell.text)))
        for cell, column in zip(row, columns, strict=False)
    )


def _has_name(row: Sequence[Line], columns: Sequence[Column]) -> bool:
    return any(one.field == "name" and cell.text for cell, one in zip(row, columns, strict=False))


def surely_fits(text: str, column: Column) -> bool:
    """Whether a text that is a cell of some column looks like one of this: bodies have a word for their kind."""
    if column.field in (*OWNERS, "partners"):
        return is_surely_owner(text) and not _is_amount(text)
    return bool(column.field) and _may_be(text, column)


def _may_be(text: str, column: Column) -> bool:
    bare = text.strip(" .")
    if not bare or NOTHING.fullmatch(bare):
        return column.field != "name" and column.field not in OWNERS
    if column.field == "name":
        # «Owner: Name» is a name too, while a body alone under «Prosjekt» is a cell out of its place.
        return not _is_amount(bare) and not (is_body(bare) and not re.search(r"[:«–]", bare))
    if column.field in OWNERS:
        return _is_owner(bare, column)
    if column.field in BODIES:
        return not _is_amount(bare) and bare[:1].isupper() | bare[:1].isdigit() | is_group(bare) | (len(bare) > 40)
    if column.field in _AMOUNTS:
        unit = unit_of_heading(column.heading) or 1
        is_counted = unit > 1 and bare_amount(bare, unit) is not None
        return (
            _is_amount(bare) or is_counted or (len(bare.split()) <= limit("words_of_amount") and bool(foreign_in(bare)))
        )
    if column.field in ("period", "start", "end"):
        return any(period_in(bare))
    if column.field in ("count", "number"):
        return bool(re.fullmatch(r"[\d .,/-]+(?:\s*%)?", bare))
    return True


def is_body(text: str) -> bool:
    """Whether a text is nothing but the name of a body, short enough to be no name of a project about one."""
    words = text.split()
    if not is_organisation(text) or len(words) > limit("words_of_body") or re.search(r"[?!,]", text):
        return False
    # «Arkivet åpnes» begins like a body and ends in a word that no body has.
    return words[-1][:1].isupper() or is_organisation(f"X {words[-1]}") or bool(_OF_A_TOPIC.search(text))


def _is_owner(text: str, column: Column) -> bool:
    if _is_amount(text) or len(text) > limit("longest_cell"):
        return False
    first = WITH.split(re.split(r"\s*[;,]\s*", text)[0])[0]
    if may_be_organisation(first) or is_organisation(text):
        return True
    # A column of municipalities may hold their places alone; elsewhere a name without a word for its kind may be one.
    return bool(_PLACE.fullmatch(first)) or (
        not _DISTRICT.fullmatch(bare_heading(column.heading)) and first[:1].isupper()
    )


def _is_amount(text: str) -> bool:
    return bool(_AMOUNT.fullmatch(text.strip()) or _SHORT_AMOUNT.fullmatch(text.strip()))


def is_surely_owner(text: str) -> bool:
    """Whether a cell begins with a body that carries a word for its kind."""
    return may_be_organisation(re.split(r"\s*[;,]\s*", text)[0]) or is_organisation(text)


def keeps_step(row: Sequence[Line], columns: Sequence[Column]) -> bool:
    """Whether no cell but the owner's own and those of other bodies is a body."""
    others = [cell for cell, column in zip(row, columns, strict=True) if column.field not in BODIES]
    named = [cell for cell, column in zip(row, columns, strict=True) if column.field == "suppliers"]
    # A public body under the heading of suppliers is mostly the owner of the next row.
    return not any(is_body(cell.text) for cell in others) and not any(_is_public(cell.text) for cell in named)


def _is_public(text: str) -> bool:
    return bool(_PUBLIC.search(text)) and is_organisation(text)
