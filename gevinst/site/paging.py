"""Long tables on pages of a hundred rows, with an index of all rows for readers who choose, search or sort.

Without scripts every row is on one of the pages, which link to one another. As soon as a reader chooses something, the
browser loads the index, a script beside the pages, and shows the rows that match, a hundred at a time
(``assets/js/paged.js``). Rows have one source: the index holds the cells as the pages have them, each different cell of
a column once, and by row which cells it has.

A page that has such a table splits it and makes its index::

    def documents(view: View) -> list[Document]:
        parts = paged(view, "benefits_register", _block(view))
        return [Document(..., values={"part": part}, tail=part.tail) for part in parts]

    def files(view: View) -> dict[str, str | bytes]:
        return {INDEX_FILE: index(view, PAGE, _block(view), facets)}

    PAGE = Page(..., documents=documents, files=files)

and draws it with ``{% include "paged.html" %}``, after a form with ``data-paged-filter`` whose controls are named as
the facets are. A facet holds for every row the codes that a choice of that name compares with, separated by spaces;
what a project is selected by comes with the index, since rows have their projects.

Belongs here: splitting a table, and the index of its rows.
Does not belong here: what any table shows, how rows are drawn (``macros.html``), and choosing (``assets/js/paged.js``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from gevinst.site.blocks import Block, Row, Table
from gevinst.site.context import View
from gevinst.site.filters import filter_values
from gevinst.site.page import Page

ROWS_PER_PAGE = 100
INDEX_FILE = "rows.js"
_CELL = re.compile(r"(?=<t[hd][ >])")
_ROW = re.compile(r"(<tr\b.*?)</tr>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Part:
    """One page of a long table: its rows in a block, its number among how many, and what is before and after it.

    `tail` is that of its document, `first` and `last` the places of its rows. `others` are number and address of every
    page, this one among them.
    """

    block: Block
    number: int
    count: int
    first: int
    last: int
    others: tuple[tuple[int, str], ...]

    @property
    def tail(self) -> str:
        """What follows the page's address: nothing for the first."""
        return _tail(self.number)

    @property
    def up(self) -> str:
        """The way from the part to the folder of the first, where links of the index start."""
        return "" if self.number == 1 else "../"

    @property
    def previous(self) -> str | None:
        """Address of the part before."""
        return self.others[self.number - 2][1] if self.number > 1 else None

    @property
    def next(self) -> str | None:
        """Address of the part after."""
        return self.others[self.number][1] if self.number < self.count else None


def _tail(number: int) -> str:
    return "" if number == 1 else str(number)


def part_href(view: View, page: str, place: int, anchor: str = "") -> str:
    """Address of the part in which the row at `place`, counted from 0, is."""
    return view.href(page, _tail(place // ROWS_PER_PAGE + 1), anchor)


def paged(view: View, page: str, block: Block) -> list[Part]:
    """The block in parts of `ROWS_PER_PAGE` rows; one part without a row where there is none."""
    rows = block.table.rows
    parts = [rows[start : start + ROWS_PER_PAGE] for start in range(0, len(rows) or 1, ROWS_PER_PAGE)]
    others = tuple((number, view.href(page, _tail(number))) for number in range(1, len(parts) + 1))
    return [
        Part(
            replace(block, table=replace(block.table, rows=part, is_paged=True)),
            number,
            len(parts),
            (number - 1) * ROWS_PER_PAGE + 1,
            (number - 1) * ROWS_PER_PAGE + len(part),
            others,
        )
        for number, part in enumerate(parts, start=1)
    ]


def index(view: View, page: Page, block: Block, facets: Mapping[str, Sequence[str]]) -> str:
    """The script with all rows of the block, for the folder of the page's first part; `facets` have a text per row."""
    rows = block.table.rows
    held = [_pieces(html, row) for html, row in zip(_rendered(view, page, block.table), rows, strict=True)]
    named = {row.project_id for row in rows}
    projects = [
        {name: value for name, value in one.items() if name != "counts"}
        for one in filter_values(view)["selectable"]
        if one["id"] in named
    ]
    places = {one["id"]: place for place, one in enumerate(projects)}
    content = {
        "size": ROWS_PER_PAGE,
        "ids": [row.anchor for row in rows],
        "of": [places[row.project_id] for row in rows if row.project_id],
        "projects": projects,
        "facets": {name: _coded(values) for name, values in facets.items()},
        "columns": [_coded(column) for column in zip(*held, strict=True)],
    }
    return f"window.gevinstRows = {json.dumps(content, ensure_ascii=False, separators=(',', ':'))};\n"


def _coded(values: Sequence[str]) -> dict[str, list[str] | list[int]]:
    """Each different value once, and by row which it has."""
    different = {value: place for place, value in enumerate(dict.fromkeys(values))}
    return {"values": list(different), "at": [different[value] for value in values]}


def _pieces(html: str, row: Row) -> list[str]:
    """The opening tag, and each cell; the tag with signs for the row's own ids, so that many are the same."""
    head, *cells = (piece.strip() for piece in _CELL.split(html))
    for sign, own in (("{id}", row.anchor), ("{project}", row.project_id)):
        head = head.replace(own, sign) if own else head
    return [head, *cells]


def _rendered(view: View, page: Page, table: Table) -> list[str]:
    """The rows as the pages have them, each without its closing tag."""
    from gevinst.site.render import render_part  # rendering knows all pages, and pages with long tables ask here

    html = render_part(view, "rows.html", page.path(view.language), {"table": table})
    return _ROW.findall(html)
