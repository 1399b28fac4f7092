"""The parts of a chapter of the report, in the form that ``report.typ`` takes.

Belongs here: sentences, lists, definitions, tables and figures as plain values, and what paper changes of a page's
block: only the legend of what is drawn, and no more rows than can be read.
Does not belong here: what a chapter says (`chapters.py`, `tables.py`) and how it looks (``report.typ``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from gevinst.addresses import bare, no_figure
from gevinst.language.numbers import MISSING
from gevinst.site.blocks import Block, Cell
from gevinst.site.context import View
from gevinst.site.figures import Figure, LegendEntry, style

MOST_ROWS = 12
"""Rows of a page's table on paper, about half a page; the rest are on the pages."""

_LONGEST_WORD = 14
"""Letters of a word, or of an amount, that a column makes room for."""
_ROOM = 2
"""Letters that the room between two columns takes."""

Part = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell on paper: `glyph` stands on the colour of `mark`, before the text, and `note` in small print below.

    It may `span` several columns.
    """

    text: str
    note: str | None = None
    mark: str | None = None
    glyph: str = ""
    is_hatched: bool = False
    is_number: bool = False
    span: int = 1


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table that paper has alone; `width` is its share of the width."""

    heading: str
    width: float
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under a heading of their own; the only group of a plain table has none."""

    rows: Sequence[Sequence[Entry]]
    heading: str | None = None


def paragraph(text: str) -> Part:
    """Running text."""
    return {"kind": "text", "text": text}


def points(items: Iterable[str], heading: str | None = None) -> Part:
    """A list of sentences."""
    return {"kind": "list", "heading": heading, "items": list(items)}


def terms(
    items: Iterable[tuple[str, str]],
    heading: str | None = None,
    *,
    width: float = 2,
    signs: Sequence[tuple[str, str]] = (),
) -> Part:
    """What is named, and what is said of it; `signs` are the marks and glyphs before the names.

    `width` is the share of the names, of 7.
    """
    named = list(items)
    entries = [
        {"term": term, "text": text, "mark": mark, "glyph": glyph, "is_hatched": False}
        for (term, text), (mark, glyph) in zip(named, signs or [(None, "")] * len(named), strict=True)
    ]
    return {"kind": "terms", "heading": heading, "items": entries, "width": width}


def table(
    columns: Sequence[Column],
    groups: Iterable[Group],
    *,
    caption: str,
    heading: str | None = None,
    source: str = "",
    sign: str = "",
    total: Sequence[Entry] = (),
    left_out: str | None = None,
    legend: Iterable[LegendEntry] = (),
) -> Part:
    """A table; of the `legend` only what some cell is marked with. A group without rows is left out.

    `sign` says what the sign for unknown means, where a cell has it.
    """
    written = [
        {"heading": group.heading, "rows": [[_plain(entry) for entry in row] for row in group.rows]}
        for group in groups
        if group.rows
    ]
    cells = [cell for group in written for row in group["rows"] for cell in row]
    used = {cell["mark"] for cell in cells}
    is_any_hatched = any(cell["is_hatched"] for cell in cells)
    last = [_plain(entry) for entry in total]
    has_sign = any(MISSING in cell["text"].split() for cell in (*cells, *last))
    return {
        "kind": "table",
        "heading": heading,
        "caption": caption,
        "source": f"{source} {sign}" if sign and has_sign else source,
        "columns": [{"heading": one.heading, "width": one.width, "is_number": one.is_number} for one in columns],
        "groups": written,
        "total": last,
        "left_out": left_out,
        "legend": [_entry(one) for one in legend if (is_any_hatched if one.is_hatched else one.mark in used)],
    }


def figure(block: Block, *, is_floating: bool = False) -> Part:
    """The figure of a block; its picture is drawn later, from what is in `drawn`.

    One that `is_floating` stands where it has room among what follows in its chapter.
    """
    assert block.figure is not None
    return {
        "kind": "figure",
        "heading": block.heading,
        "caption": block.caption,
        "source": block.source,
        "alt": block.figure.alt,
        "file": f"{block.figure.figure_id}.svg",
        "legend": [_entry(one) for one in block.legend if _is_drawn(block.figure, one)],
        "drawn": block.figure,
        "is_floating": is_floating,
    }


def of_block(view: View, block: Block, *, most: int = MOST_ROWS) -> Part:
    """A block of a page as printed: its figure, or its table as far as there is room."""
    if block.figure is not None:
        return figure(block)
    shown = block.table.rows[:most]
    left_out = len(block.table.rows) - most
    # A column that has nothing in any row would be an empty stripe.
    places = [
        place
        for place in range(len(block.table.columns))
        if any(row.cells[place].text or row.cells[place].note or row.cells[place].source for row in shown)
    ]
    rows = [[of_cell(row.cells[place]) for place in places] for row in shown]
    headings = [block.table.columns[place] for place in places]
    return table(
        [
            Column(one.heading, width, one.is_number and not any(_is_scale(row.cells[place]) for row in shown))
            for one, width, place in zip(
                headings, _widths([one.heading for one in headings], rows), places, strict=True
            )
        ],
        [Group(rows)],
        caption=block.caption,
        heading=block.heading,
        source=block.source,
        total=[of_cell(block.table.total[place]) for place in places] if block.table.total else (),
        left_out=view.t("report.more_rows", n=no_figure(left_out, "house")) if left_out > 0 else None,
        legend=block.legend,
    )


def of_cell(cell: Cell) -> Entry:
    """A cell of a page; a sign that begins its text goes to the mark, and a colour without a sign is left to pages."""
    text = cell.text or (cell.source.label if cell.source else "")
    first, _, rest = text.partition(" ")
    if cell.mark is not None and len(bare(first)) == 1:
        return Entry(rest, cell.note, cell.mark, first, cell.is_hatched, cell.is_number)
    return Entry(text, cell.note, is_number=cell.is_number and not _is_scale(cell))


def _is_scale(cell: Cell) -> bool:
    """Whether a page draws it as a place on a scale, in the column of numbers: on paper there are only the words."""
    return bool(cell.bars) and any(map(str.isalpha, bare(cell.text)))


def _plain(entry: Entry) -> dict[str, Any]:
    return asdict(entry)


def _entry(one: LegendEntry) -> dict[str, Any]:
    return {"mark": one.mark, "glyph": one.glyph, "text": one.text, "is_hatched": one.is_hatched}


def _is_drawn(figure: Figure, entry: LegendEntry) -> bool:
    """Whether a series of the figure that has any value is drawn in the colour of the entry; lines always are."""
    color = style.palette().get(entry.mark)
    if color is None:
        return True
    series: list[Mapping[str, Any]] = json.loads(figure.spec)["data"]
    return any(color in json.dumps(one) for one in series if one.get("x"))


def _widths(headings: Sequence[str], rows: Sequence[Sequence[Entry]]) -> list[float]:
    """Shares of the width of the page: by how much text is in each column."""
    texts = [
        [bare(heading), *(bare(f"{row[place].text} {row[place].note or ''}") for row in rows)]
        for place, heading in enumerate(headings)
    ]
    # Blanks that do not break hold amounts together.
    longest_word = [max(len(word) for text in column for word in text.split(" ")) for column in texts]
    average = [sum(map(len, column)) / len(column) for column in texts]
    # A column is as wide as its longest word and the room around it, unless the word can be hyphenated; a power below 1
    # keeps long texts from squeezing the others.
    return [
        max(min(word, _LONGEST_WORD) + _ROOM, 5, length**0.7)
        for word, length in zip(longest_word, average, strict=True)
    ]
