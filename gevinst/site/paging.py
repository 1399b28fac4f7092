"""Long tables on pages of a hundred rows, with an index of all rows for readers who choose, search, sort or save.

A page says little of it: a table with more rows than a page has is split when the page is written, if a reader chooses
among its rows or its block says so. Without scripts every row is on one of the pages, which link to one another. As
soon as a reader chooses something, the browser loads the index, a script beside the pages, and shows the rows that
match, a hundred at a time (``assets/js/paged.js``). Rows have one source: the index holds the cells as the pages have
them, each different cell of a column once, and by row which cells it has. What a project is selected by comes with it.

Belongs here: splitting tables, and the index of their rows.
Does not belong here: what any table shows, how rows are drawn (``macros.html``), and choosing
(``assets/js/filter.js``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from gevinst.addresses import addressed, no_figure
from gevinst.site.blocks import Block, Part, Row, Table
from gevinst.site.context import View
from gevinst.site.filters import filter_values
from gevinst.site.page import Document, Page
from gevinst.site.parts import ROWS_PER_PAGE, part_count, part_tail

INDEX_FILE = "rows.js"
_CELL = re.compile(r"(?=<t[hd][ >])")
_ROW = re.compile(r"(<tr\b.*?)</tr>", re.DOTALL)


def in_parts(view: View, page: Page, documents: Iterable[Document]) -> Iterator[Document]:
    """The page's documents; one with a long table in as many as that needs, one after the other."""
    for document in documents:
        counts = [part_count(len(block.table.rows)) for block in _long(document)]
        if not counts:
            yield document
        for number in range(1, max(counts, default=0) + 1):
            values = {name: _of_part(view, page, document, value, number) for name, value in document.values.items()}
            if "selectable" in values:
                values["selectable"] = None  # with the index
            if number == 1:
                yield replace(document, values=values)
            else:
                place = no_figure(number, "label")
                title = view.t("paging.title_of_part", title=document.title, n=place)
                yield replace(document, title=title, values=values, tail=part_tail(number))


def is_long(document: Document) -> bool:
    """Whether the document has a table that is split."""
    return any(_long(document))


def files_of(view: View, page: Page, documents: Iterable[Document]) -> dict[str, str | bytes]:
    """What lies beside the page: its own files, and the index of its long tables."""
    made = dict(page.files(view)) if page.files else {}
    for document in documents:
        if is_long(document):
            made[INDEX_FILE] = _index(view, page, document)
    return made


def _is_long(block: Block, document: Document) -> bool:
    """Whether a reader chooses among its rows by what only an index has, or among more than a page has."""
    is_split = block.is_split or (block.follows_filter and "selectable" in document.values)
    return block.facets is not None or (is_split and part_count(len(block.table.rows)) > 1)


def _long(document: Document) -> Iterator[Block]:
    for value in document.values.values():
        for one in value if isinstance(value, list) else (value,):
            if isinstance(one, Block) and _is_long(one, document):
                yield one


def _of_part(view: View, page: Page, document: Document, value: Any, number: int) -> Any:
    """A value of a document as its page `number` has it: of each long table the rows of that page."""
    if isinstance(value, list):
        return [_of_part(view, page, document, one, number) for one in value]
    if not isinstance(value, Block) or not _is_long(value, document):
        return value
    rows = value.table.rows
    count = part_count(len(rows))
    own = min(number, count)  # a table that has come to its end shows its end
    start = (own - 1) * ROWS_PER_PAGE
    shown = rows[start : start + ROWS_PER_PAGE]
    part = Part(
        number=own,
        count=count,
        first=no_figure(start + 1, "label"),
        last=no_figure(start + len(shown), "label"),
        total=addressed(len(rows), value.made[0].name),
        others=tuple((one, view.href(page.name, part_tail(one))) for one in range(1, count + 1)),
        index=page.file_path(view.language, INDEX_FILE),
    )
    return replace(value, table=replace(value.table, rows=shown, is_paged=True), part=part)


def _index(view: View, page: Page, document: Document) -> str:
    """The script with all rows of the long tables, for the folder of the page's first part."""
    selectable = document.values.get("selectable") or filter_values(view)["selectable"]
    places = {one["id"]: place for place, one in enumerate(selectable)}
    tables = {block.table.table_id: _held(view, page, block, places) for block in _long(document)}
    content = {"size": ROWS_PER_PAGE, "projects": selectable, "tables": tables}
    return f"window.gevinstRows = {json.dumps(content, ensure_ascii=False, separators=(',', ':'))};\n"


def _held(view: View, page: Page, block: Block, places: Mapping[str, int]) -> dict[str, Any]:
    """All rows of a table, with the places of their projects (-1 where a row is of none) and what choices compare."""
    rows = block.table.rows
    table = replace(block.table, is_paged=True)
    cells = [_pieces(html, row) for html, row in zip(_rendered(view, page, table), rows, strict=True)]
    return {
        "ids": [row.anchor for row in rows],
        "of": [places.get(row.project_id or "", -1) for row in rows],
        "facets": {name: _coded(values) for name, values in (block.facets or {}).items()},
        "columns": [_coded(column) for column in zip(*cells, strict=True)],
    }


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
