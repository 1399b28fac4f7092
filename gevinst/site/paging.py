"""Long tables on pages of a hundred rows, with an index of all rows for readers who choose, search, sort or save.

A page says little of it: a table with more rows than a page has is split when the page is written, if a reader chooses
among its rows, its block says so, or it has far more. Without scripts every row is on one of the pages, which link to
one another. As soon as a reader chooses something, the browser loads the index, a script beside the pages, and shows
the rows that match, a hundred at a time (``assets/js/paged.js``). Rows have one source: the index holds the cells as
the pages have them, each different cell of a column once, and by row which cells it has. What a project is selected by
comes with it.

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
from gevinst.site import parts
from gevinst.site.addressing import table_addresses
from gevinst.site.blocks import Block, Drawn, Part, Row, Table
from gevinst.site.context import View
from gevinst.site.filters import filter_values
from gevinst.site.page import Document, Page
from gevinst.site.parts import ROWS_PER_PAGE, linked_parts, part_count, part_tail

INDEX_FILE = "rows.js"
_CELL = re.compile(r"(?=<t[hd][ >])")
_END = "</tr>\n"
_ROW = re.compile(rf"<tr\b.*?{_END}", re.DOTALL)
_LINK = re.compile(r' href="(?!#|\w+:)')
"""The beginning of a link that starts in the folder of the first page, as the index has it too."""


def in_parts(view: View, page: Page, documents: Iterable[Document]) -> Iterator[Document]:
    """The page's documents; one with a long table in as many as that needs, one after the other."""
    for document in documents:
        counts = [part_count(len(block.table.rows)) for block in _long(document)]
        if not counts:
            yield document
        for number in range(1, max(counts, default=0) + 1):
            values = {
                name: None if name == "selectable" else _of_part(view, page, document, value, number)
                for name, value in document.values.items()  # what projects are selected by is with the index
            }
            if number == 1:
                yield replace(document, values=values)
            else:
                place = no_figure(number, "label")
                title = view.t("paging.title_of_part", title=document.title, n=place)
                yield replace(document, title=title, values=values, tail=part_tail(number, document.tail))


def is_long(document: Document) -> bool:
    """Whether the document has a table that is split."""
    return any(_long(document))


def files_of(view: View, page: Page, documents: Iterable[Document]) -> dict[str, str | bytes]:
    """What lies beside the page: its own files, and the index of its long tables."""
    made = dict(page.files(view)) if page.files else {}
    for document in documents:
        if is_long(document):
            made[_index_file(document)] = _index(view, page, document)
    return made


def _index_file(document: Document) -> str:
    """The index of a document, below the folder of its kind of page."""
    return f"{document.tail}/{INDEX_FILE}" if document.tail else INDEX_FILE


def _is_long(block: Block, document: Document) -> bool:
    """Whether it has more rows than a page, or a reader chooses among them by what only an index has.

    That is what choices compare of every row, or of so many projects that the page cannot carry it.
    """
    selectable = document.values.get("selectable") if block.follows_filter else None
    if block.facets is not None or len(selectable or ()) > parts.LONGEST_WHOLE:
        return True
    longest = ROWS_PER_PAGE if block.is_split or selectable is not None else parts.LONGEST_WHOLE
    return len(block.table.rows) > longest


def _long(document: Document) -> Iterator[Block]:
    for name, value in document.values.items():
        if name != "selectable":
            inside = value if isinstance(value, list) else value.values() if isinstance(value, dict) else (value,)
            yield from (one for one in inside if isinstance(one, Block) and _is_long(one, document))


def drawn(view: View, page: Page, document: Document) -> Document:
    """The document with the rows of its long tables drawn, so that its pages and their index do not draw them again."""
    path = page.path(view.language, document.tail)

    def of(value: Any) -> Any:
        if isinstance(value, list):
            return [of(one) for one in value]
        if isinstance(value, dict):
            return {name: of(one) for name, one in value.items()}
        if not isinstance(value, Block) or not _is_long(value, document):
            return value
        return replace(value, table=replace(value.table, drawn=_drawn(view, path, value.table)))

    values = {name: value if name == "selectable" else of(value) for name, value in document.values.items()}
    return replace(document, values=values)


def _of_part(view: View, page: Page, document: Document, value: Any, number: int) -> Any:
    """A value of a document as its page `number` has it: of each long table the rows of that page."""
    if isinstance(value, list):
        return [_of_part(view, page, document, one, number) for one in value]
    if isinstance(value, dict):
        return {name: _of_part(view, page, document, one, number) for name, one in value.items()}
    if not isinstance(value, Block) or not _is_long(value, document):
        return value
    rows = value.table.rows
    count = part_count(len(rows))
    own = min(number, count)  # a table that has come to its end shows its end

    def href(of: int) -> str:
        return view.href(page.name, part_tail(of, document.tail))

    start = (own - 1) * ROWS_PER_PAGE
    shown = rows[start : start + ROWS_PER_PAGE]
    part = Part(
        number=own,
        count=count,
        first=no_figure(start + 1, "label"),
        last=no_figure(start + len(shown), "label"),
        total=addressed(len(rows), value.made[0].name) if value.made else no_figure(len(rows), "label"),
        others=tuple((one, href(one)) for one in linked_parts(own, count)),
        index=page.file_path(view.language, _index_file(document)),
        previous=href(own - 1) if own > 1 else None,
        next=href(own + 1) if own < count else None,
    )
    table = replace(value.table, rows=shown, is_paged=True)
    if table.drawn is not None:
        html = table.drawn.rows[start : start + ROWS_PER_PAGE]
        up = html if own == 1 else tuple(_LINK.sub(' href="../', row) for row in html)
        table = replace(table, drawn=replace(table.drawn, rows=up))
    return replace(value, table=table, part=part)


def _index(view: View, page: Page, document: Document) -> str:
    """The script with all rows of the long tables, for the folder of the page's first part."""
    has_projects = any(row.project_id for block in _long(document) for row in block.table.rows)
    selectable = document.values.get("selectable") or (filter_values(view)["selectable"] if has_projects else [])
    places = {one["id"]: place for place, one in enumerate(selectable)}
    path = page.path(view.language, document.tail)
    tables = {block.table.table_id: _held(view, path, block, places) for block in _long(document)}
    content = {"size": ROWS_PER_PAGE, "projects": selectable, "tables": tables}
    return f"window.gevinstRows = {json.dumps(content, ensure_ascii=False, separators=(',', ':'))};\n"


def _held(view: View, path: str, block: Block, places: Mapping[str, int]) -> dict[str, Any]:
    """All rows of a table, with the places of their projects (-1 where a row is of none) and what choices compare."""
    rows = block.table.rows
    found = block.table.drawn or _drawn(view, path, block.table)
    cells = [_pieces(html.removesuffix(_END), row) for html, row in zip(found.rows, rows, strict=True)]
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


def _drawn(view: View, path: str, table: Table) -> Drawn:
    """The rows as the page at `path` has them."""
    from gevinst.site.render import draw_rows  # rendering knows all pages, and pages with long tables ask here

    addresses = table_addresses(table)
    return Drawn(tuple(_ROW.findall(draw_rows(view, path, table, addresses))), addresses.columns)
