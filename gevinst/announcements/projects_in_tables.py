"""Projects in tables: drawn, flattened to a cell on each line, or with a row on each line.

Belongs here: where a table is, how its cells divide into rows, and the project of a row.
Does not belong here: what may stand under a heading (`table_cells.py`) and labels beside values
(`projects_in_fields.py`).

A table of plain text has lost its lines. A missing cell shifts all that follow it, and what is then read looks as good
as what is right. So a table proves itself: cells divide by headings, owners look like bodies, names do not, amounts
look like amounts, and no heading is inside. What is not proven is not read, and is told with its line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from gevinst.announcements.amounts import amounts_in
from gevinst.announcements.article import owner_and_name, unquoted
from gevinst.announcements.model import Found, Line, Note, Project
from gevinst.announcements.organisations import is_organisation, put_organisations
from gevinst.announcements.table_cells import (
    BODIES,
    NOTHING,
    OWNERS,
    TOTAL,
    Column,
    bare_heading,
    columns_of,
    fits,
    is_body,
    is_surely_owner,
    is_total,
    keeps_step,
    says_total,
)
from gevinst.announcements.vocabulary import (
    ANCHORS,
    bare_label_of,
    column_of,
    confidence,
    is_section,
    label_of,
    limit,
)

_LAST_AMOUNT = re.compile(r"\s(?P<amount>(?:kr\.?\s*)?\d{1,3}(?:[ .\u00a0]\d{3})+(?:,-)?(?:\s*kr(?:oner)?\.?)?)$")
# Elsewhere such lines are residue of a page; in a table they are a count, or a dash for nothing.
_RESIDUE = re.compile(r"[\W\d_]{1,6}")


@dataclass(slots=True)
class Tables:
    """What the tables of a page gave: projects, the indices of the lines they take up, and notes."""

    projects: list[Project] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)
    notes: list[Note] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Table:
    """Rows under their columns, the last index, how sure the form makes them, and the line where reading stopped."""

    last: int
    rows: list[list[Line]]
    columns: list[Column]
    sure: float
    unread: int | None = None


def projects_in_tables(lines: Sequence[Line]) -> Tables:
    """Projects of all tables that prove themselves, and a note for each table or rest of one that does not."""
    found = Tables()
    index = 0
    while index < len(lines):
        table = _drawn(lines, index) or _flattened(lines, index) or _in_lines(lines, index)
        if table is None:
            index += 1
            continue
        heads = (lines[index].number, " · ".join(column.heading for column in table.columns))
        for row in table.rows:
            project = _of_row(row, table.columns, table.sure)
            if project:
                found.projects.append(project)
        found.taken |= set(range(index, table.last + 1))
        if not table.rows or table.unread is not None:
            found.notes.append(_not_read(table.unread if table.rows and table.unread else heads[0], heads[1], table))
        index = table.last + 1
    return found


def _not_read(line: int, heads: str, table: _Table) -> Note:
    if table.rows:
        nb = f"fra linje {line} er tabellen ikke lest: cellene passer ikke til overskriftene"
        en = f"the table was not read from line {line} on: its cells do not fit its headings"
        return Note("table_not_read", nb, en, line, heads)
    nb = f"en tabell ble sett på linje {line} og ikke lest: cellene passer ikke til overskriftene"
    en = f"a table was seen at line {line} and not read: its cells do not fit its headings"
    return Note("table_not_read", nb, en, line, heads)


def _drawn(lines: Sequence[Line], index: int) -> _Table | None:
    if lines[index].is_quiet:
        return None
    columns = columns_of([cell.text for cell in lines[index].cells])
    if not columns:
        return None
    rows: list[list[Line]] = []
    last = index
    uneven = None
    for place in range(index + 1, len(lines)):
        row = list(lines[place].cells)
        if not row or columns_of([cell.text for cell in row]):
            break
        last = place
        fitted = _fitted(row, rows, columns)
        if fitted:
            rows.append(fitted)
        elif sum(1 for cell in row if cell.text) > 1:
            uneven = uneven or row[0].number
    rows = [row for row in rows if not is_total(row, columns)]
    faults = [row for row in rows if not fits(row, columns, is_drawn=True)]
    # Cells that are drawn cannot shift, but headings may head something else: then most rows do not fit.
    if rows and len(faults) * 2 >= len(rows):
        return _Table(last, [], columns, 0)
    kept = [row for row in rows if row not in faults]
    missed = [row[0].number for row in faults] + ([uneven] if uneven else [])
    return _Table(last, kept, columns, confidence("tables.drawn"), min(missed, default=None)) if last > index else None


def _fitted(row: list[Line], rows: list[list[Line]], columns: list[Column]) -> list[Line] | None:
    """A row with as many cells as there are columns; `None` where that is not known."""
    width = len(columns)
    if len(row) > width:
        filled = [cell for cell in row if cell.text]
        row = filled if len(filled) == width else row[:width] if not any(cell.text for cell in row[width:]) else row
    # A cell that spans rows, or is empty below itself, is the first one: the owner or the name.
    if rows and len(row) == width - 1 and fits([rows[-1][0], *row], columns):
        row = [rows[-1][0], *row]
    elif rows and len(row) == width and not row[0].text and columns[0].field in (*OWNERS, "name"):
        row = row if is_total(row, columns) or says_total(row) else [rows[-1][0], *row[1:]]
    return row if len(row) == width else None


def _flattened(lines: Sequence[Line], index: int) -> _Table | None:
    """A table with one cell on each line: the headings of its columns first, then the values in order."""
    if not _may_head(lines[index]) or not column_of(bare_heading(lines[index].text)):
        return None
    run = 0
    for line in lines[index : index + limit("most_columns")]:
        if not _may_head(line):
            break
        run += 1
    heads = lines[index : index + run]
    known = [place for place, line in enumerate(heads) if column_of(bare_heading(line.text))]
    # The headings end with the last that is known, or one or two later, when there are columns of other things.
    leading = next((place for place in range(run) if place not in known), run)
    inner = max((place for place in known if place - leading <= limit("unknown_headings")), default=-1) + 1
    widths = [width for width in (leading, inner, inner + 1, inner + 2) if 2 <= width <= run]
    tried: dict[int, _Table] = {}
    for width in dict.fromkeys(widths):
        columns = columns_of([line.text for line in heads[:width]])
        if columns:
            tried[width] = _divided(lines, index + width, columns)
    if not tried:
        return None
    whole = {width: table for width, table in tried.items() if table.rows and table.unread is None}
    # Two ways to divide the cells that both fit prove neither.
    best = [table for width, table in whole.items() if width == leading] or list(whole.values())
    if len(best) == 1:
        return best[0]
    partly = tried.get(leading)
    if partly and partly.rows and not best and leading == inner:
        return partly
    # A label directly below another has no value: such lines head columns, whether or not the cells could be read.
    if not any(place + 1 in known for place in known):
        return None
    widest = max(tried.values(), key=lambda table: table.last)
    return _Table(widest.last, [], widest.columns, 0) if widest.last >= index + inner + 1 else None


def _may_head(line: Line) -> bool:
    text = line.text
    is_short = len(text) <= limit("longest_column_heading") and len(text.split()) <= 4 and not text.endswith((".", ":"))
    is_quiet = line.is_quiet and not _RESIDUE.fullmatch(text)
    return not (is_quiet or line.cells or line.level) and is_short and not label_of(text)


def _divided(lines: Sequence[Line], first: int, columns: list[Column]) -> _Table:
    """The values after the headings in rows, up to the first row that does not fit."""
    values: list[Line] = []
    is_cut = False
    for line in lines[first:]:
        ends = line.level or line.cells or label_of(line.text) or len(line.text) > limit("longest_cell")
        is_prose = line.text.endswith(".") and len(line.text.split()) > limit("words_of_cell")
        if ends or is_prose or is_section(line.text) or (line.is_quiet and not _RESIDUE.fullmatch(line.text)):
            is_cut = line.is_quiet
            break
        values.append(line)
    width = len(columns)
    rows = [list(values[start : start + width]) for start in range(0, len(values), width)]
    last = first + len(values) - 1
    if any(column_of(bare_heading(line.text)) in ANCHORS and bare_label_of(line.text) for line in values):
        return _Table(last, [], columns, 0)
    owner = next((place for place, column in enumerate(columns) if column.field in OWNERS), None)
    # Cells beyond the last full row say that one is missing above them, unless they are text below the table.
    over = rows[-1] if rows and len(rows[-1]) < width else []
    is_over = any(is_surely_owner(cell.text) and is_body(cell.text) for cell in over)
    kept: list[list[Line]] = []
    for row in rows:
        if len(row) < width and kept and not is_cut and not is_over:
            # What is left after the last full row is text below the table, or a row that lacks a cell.
            is_row = len(row) == width - 1 and all(_may_head(cell) for cell in row)
            end, rest = first + len(kept) * width - 1, row[0].number if is_row else None
            return _Table(end, kept, columns, _proof(kept, columns, owner), rest)
        is_whole = len(row) == width and fits(row, columns) and (owner is None or keeps_step(row, columns))
        if is_whole and is_over and owner is not None and not is_surely_owner(row[owner].text):
            is_whole = False
        if not is_whole:
            return _Table(last, _before(kept, row, columns, owner), columns, confidence("tables.partly"), row[0].number)
        kept.append(row)
    return _Table(last, kept, columns, _proof(kept, columns, owner))


def _before(
    kept: list[list[Line]], row: Sequence[Line], columns: Sequence[Column], owner: int | None
) -> list[list[Line]]:
    """Rows that a missing cell cannot have shifted, given the first row that does not fit.

    Where the row begins with its owner the cell is missing in it; else it may be missing in the row before.
    """
    return kept if owner == 0 and row and is_surely_owner(row[0].text) else kept[:-1]


def _proof(rows: list[list[Line]], columns: Sequence[Column], owner: int | None) -> float:
    """How sure the cells of a flattened table are under their headings."""
    if not rows:
        return 0
    sure = [row for row in rows if owner is not None and is_surely_owner(row[owner].text)]
    if len(sure) == len(rows) and len(rows) >= limit("rows_of_proof"):
        return confidence("tables.flat_proven")
    return confidence("tables.flat")


def _in_lines(lines: Sequence[Line], index: int) -> _Table | None:
    """A table with one row on each line and nothing but blanks between the cells."""
    head = lines[index]
    if head.is_quiet or head.cells or head.level or len(head.text) > limit("longest_heading"):
        return None
    headings = _headings_in(head.text)
    columns = columns_of(headings) if headings else []
    if len(columns) < 2:
        return None
    # The lines may have been joined as if they were broken text.
    values: list[Line] = []
    last = index
    for line in lines[index + 1 :]:
        if line.is_quiet or line.level or line.cells or len(line.text) > limit("longest_cell"):
            break
        if line.after_gap and values:
            break
        values.append(line)
        last += 1
    values = [line for line in values if not TOTAL.match(line.text)]
    rows = [row for line in values if (row := _segmented(line, columns))]
    if not rows or len(rows) < len(values):
        return _Table(last, [], columns, 0) if values else None
    return _Table(last, rows, columns, confidence("tables.in_lines"))


def _headings_in(text: str) -> list[str]:
    """The headings that a line consists of, each as long as possible; empty when something else is in it."""
    words = text.split()
    found: list[str] = []
    place = 0
    while place < len(words):
        length = next((n for n in (4, 3, 2, 1) if column_of(bare_heading(" ".join(words[place : place + n])))), 0)
        if not length:
            return []
        found.append(" ".join(words[place : place + length]))
        place += length
    return found if len(found) >= 2 and all(heading[:1].isupper() for heading in found[:1]) else []


def _segmented(line: Line, columns: Sequence[Column]) -> list[Line] | None:
    """The cells of a row written on one line, for owner, name, partners and an amount in this order."""
    fields = [column.field for column in columns]
    rest = line.text
    cells: dict[str, str] = {}
    if fields[-1] == "grant":
        match = _LAST_AMOUNT.search(rest)
        if not match:
            return None
        cells["grant"], rest = match["amount"].strip(), rest[: match.start()].rstrip()
        fields = fields[:-1]
    if fields and fields[-1] in ("partners", "suppliers"):
        listed = _bodies_at_end(rest)
        if listed is None:
            return None
        cells[fields[-1]], rest = listed, rest[: len(rest) - len(listed)].rstrip()
        fields = fields[:-1]
    if fields not in (["owner", "name"], ["owners", "name"]):
        return None
    owner = _body_at_start(rest)
    if not owner or not rest[len(owner) :].strip():
        return None
    cells[fields[0]], cells["name"] = owner, rest[len(owner) :].strip()
    return [Line(line.number, cells[column.field]) for column in columns]


def _body_at_start(text: str) -> str | None:
    """The body that a row begins with: up to its word for a kind, else the words in capitals but the last."""
    words = text.split()
    begun = [n for n in range(1, min(len(words), limit("words_of_body") + 1)) if words[n][:1].isupper()]
    for n in begun:
        # «Stiftinga Gamleskulen» and «NAV Ulvedal» begin with their word, and go on.
        if n > 1 and is_organisation(" ".join(words[:n])) and len(words[n - 1]) > limit("longest_particle"):
            return " ".join(words[:n])
    capitals = next((n for n, word in enumerate(words) if not word[:1].isupper()), len(words))
    # A name begins with one capital, so those before it are the place's; more words than two are a guess.
    return " ".join(words[: capitals - 1]) if 2 <= capitals <= 3 and capitals < len(words) else None


def _bodies_at_end(text: str) -> str | None:
    """A list of bodies at the end, whose first begins where the words in small letters before it end."""
    first, *more = re.split(r",\s*", text)
    if any(not is_organisation(one) for one in more):
        return None
    words = first.split()
    for n in range(len(words) - 1, 0, -1):
        begins = words[n][:1].isupper() and not words[n - 1][:1].isupper()
        if begins and is_organisation(" ".join(words[n:])):
            return text[len(" ".join(words[:n])) :].strip()
    return None


def _of_row(row: list[Line], columns: Sequence[Column], sure: float) -> Project | None:
    project = Project(first_line=row[0].number, lines=list(row))
    has_owners = any(column.field in OWNERS for column in columns)
    for cell, column in zip(row, columns, strict=False):
        if not cell.text or NOTHING.fullmatch(cell.text.strip(" .")):
            continue
        if column.field == "name" and project.name is None:
            owner, name = owner_and_name(cell.text)
            if owner and name and not has_owners:
                put_organisations(project, "owner", Line(cell.number, owner), confidence("fields.owner_in_name"))
                project.name = Found(unquoted(name), cell.number, sure)
            else:
                project.name = Found(unquoted(cell.text), cell.number, sure)
        elif column.field in BODIES:
            put_organisations(project, column.field, cell, sure)
        elif column.field == "grant":
            project.grant = _grant(cell, column, sure)
    return project if project.owners or project.name else None


def _grant(cell: Line, column: Column, sure: float) -> Found | None:
    text = cell.text if re.search(r"kr|NOK|mill", cell.text, re.IGNORECASE) else f"{cell.text.rstrip('. ')} kroner"
    # «Beløp (1000 kr)» counts in thousands, which the cell does not say.
    thousands = re.search(r"1 ?000|tusen|thousand", column.heading, re.IGNORECASE)
    found = amounts_in(f"støtte {text}") if not thousands else []
    return Found(found[0].nok, cell.number, min(sure, confidence("fields.grant"))) if len(found) == 1 else None
