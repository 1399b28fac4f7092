"""Tables of plain text that have lost their lines: a cell on each line, or a row on each line.

Belongs here: which lines head such a table, how its cells divide into rows, and what proves that.
Does not belong here: tables with cells (`drawn_tables.py`), what may stand under a heading (`table_cells.py`), and the
project of a row (`projects_in_tables.py`).

A missing cell shifts all that follow it, and what is then read looks as good as what is right. So a table proves
itself: cells divide by headings, owners look like bodies, names do not, amounts look like amounts, and no heading is
inside. Where one is missing, the rest are read only when what they look like leaves one way to divide them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gevinst.announcements.model import Line
from gevinst.announcements.organisations import is_organisation
from gevinst.announcements.table_cells import (
    OWNERS,
    TOTAL,
    Column,
    Table,
    bare_heading,
    columns_of,
    fits,
    is_body,
    is_surely_owner,
    keeps_step,
    surely_fits,
)
from gevinst.announcements.vocabulary import (
    ANCHORS,
    column_of,
    confidence,
    is_section,
    label_of,
    limit,
    sentences,
)

_LAST_AMOUNT = re.compile(r"\s(?P<amount>(?:kr\.?\s*)?\d{1,3}(?:[ .\u00a0]\d{3})+(?:,-)?(?:\s*kr(?:oner)?\.?)?)$")
# Elsewhere such lines are residue of a page; in a table they are a count, or a dash for nothing.
_RESIDUE = re.compile(r"[\W\d_]{1,6}")


def flattened_table(lines: Sequence[Line], index: int) -> Table | None:
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
    # A body heads no column: where one is among the headings, these are labels with their values.
    bodies = next((place for place, line in enumerate(heads) if place not in known and is_organisation(line.text)), run)
    widths = [width for width in (leading, inner, inner + 1, inner + 2) if 2 <= width <= min(run, bodies)]
    tried: dict[int, Table] = {}
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
    if leading == inner and (
        apart := _told_apart(lines, index + leading, columns_of([one.text for one in heads[:leading]]))
    ):
        return apart
    partly = tried.get(leading)
    if partly and partly.rows and not best and leading == inner:
        return partly
    # A label directly below another has no value: such lines head columns, whether or not the cells could be read.
    if not any(place + 1 in known for place in known):
        return None
    widest = max(tried.values(), key=lambda table: table.last)
    return Table(widest.last, [], widest.columns, 0) if widest.last >= index + inner + 1 else None


def _may_head(line: Line) -> bool:
    text = line.text
    is_short = len(text) <= limit("longest_column_heading") and len(text.split()) <= 4 and not text.endswith((".", ":"))
    is_quiet = line.is_quiet and not _RESIDUE.fullmatch(text)
    return not (is_quiet or line.cells or line.level) and is_short and not label_of(text)


def _values(lines: Sequence[Line], first: int) -> tuple[list[Line], bool]:
    """The lines that may be cells from `first` on, and whether they end at one that is no part of the article."""
    values: list[Line] = []
    for line in lines[first:]:
        ends = line.level or line.cells or label_of(line.text) or len(line.text) > limit("longest_cell")
        is_long = len(line.text.split()) > limit("words_of_cell") or len(sentences(line.text)) > 1
        is_prose = line.text.endswith(".") and is_long
        if ends or is_prose or is_section(line.text) or (line.is_quiet and not _RESIDUE.fullmatch(line.text)):
            return values, line.is_quiet
        values.append(line)
    return values, False


def _told_apart(lines: Sequence[Line], first: int, columns: list[Column]) -> Table | None:
    """A table some of whose rows lack a cell, when what the cells look like leaves only one way to place them.

    Of the ways with the fewest cells missing, at most one in a row, there must be one, and it must lack no owner and no
    name.
    """
    values, _ = _values(lines, first)
    width = len(columns)
    if not columns or not width <= len(values) <= limit("most_told_apart"):
        return None
    # From the end: by how many cells are left, the fewest that are missing, in how many ways, and the row that begins.
    best: dict[int, tuple[int, int, list[Line] | None]] = {len(values): (0, 1, None)}
    for start in range(len(values) - 1, -1, -1):
        for lacking in (None, *range(width)):
            row: list[Line] = list(values[start : start + width - (lacking is not None)])
            following = best.get(start + len(row))
            if following is None or len(row) < width - (lacking is not None):
                continue
            if lacking is not None:
                row.insert(lacking, Line(values[start].number, ""))
            if not all(not cell.text or surely_fits(cell.text, one) for cell, one in zip(row, columns, strict=True)):
                continue
            cost, ways, _ = best.get(start, (len(values), 0, None))
            missing = following[0] + (lacking is not None)
            if missing < cost:
                best[start] = (missing, following[1], row)
            elif missing == cost:
                best[start] = (cost, ways + following[1], row)
    if 0 not in best or best[0][1] != 1:
        return None
    rows: list[list[Line]] = []
    place = 0
    while (begun := best[place][2]) is not None:
        rows.append(begun)
        place += sum(1 for cell in begun if cell.text)
    needed = [place for place, column in enumerate(columns) if column.field in (*OWNERS, "name")]
    if not all(row[place].text for row in rows for place in needed):
        return None
    return Table(first + len(values) - 1, rows, columns, confidence("tables.told_apart"))


def _divided(lines: Sequence[Line], first: int, columns: list[Column]) -> Table:
    """The values after the headings in rows, up to the first row that does not fit."""
    values, is_cut = _values(lines, first)
    width = len(columns)
    rows = [list(values[start : start + width]) for start in range(0, len(values), width)]
    last = first + len(values) - 1
    if any(column_of(bare_heading(line.text)) in ANCHORS for line in values):
        return Table(last, [], columns, 0)
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
            return Table(end, kept, columns, _proof(kept, columns, owner), rest)
        is_whole = len(row) == width and fits(row, columns) and (owner is None or keeps_step(row, columns))
        if is_whole and is_over and owner is not None and not is_surely_owner(row[owner].text):
            is_whole = False
        if not is_whole:
            return Table(last, _before(kept, row, columns, owner), columns, confidence("tables.partly"), row[0].number)
        kept.append(row)
    return Table(last, kept, columns, _proof(kept, columns, owner))


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


def table_in_lines(lines: Sequence[Line], index: int) -> Table | None:
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
        return Table(last, [], columns, 0) if values else None
    return Table(last, rows, columns, confidence("tables.in_lines"))


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
