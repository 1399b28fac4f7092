"""Addresses on pages: a number says in the page where it comes from, and leads to its explanation.

Belongs here: turning the marks of written numbers (`gevinst.addresses`) into links and attributes, and saying the
addresses of a table once by row and column instead of in every cell.
Does not belong here: what an address is (`gevinst.contracts.addressing`) and pages that explain figures.

In the page a number in running text is a link with ``data-address``. A table has ``data-column`` on headings (table and
column, or a table whose rows are counted) and ``data-key`` on rows whose id is not the key itself; a cell whose address
is not made of the two has a ``data-address`` of its own, and one that shows no figure says why in ``data-no-figure``.
Long tables have hundreds of numbers, and a page must stay light: in keys and addresses of a row, or of a page, with
``data-project``, ``~`` stands for the project's id, and a number whose text reads as its value has no ``data-value``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import escape

from gevinst.addresses import addresses_in, bare, replace_languages, replace_marked, why_no_figure
from gevinst.contracts.addressing import HEADLINE, Address, read_address
from gevinst.language.numbers import unformatted
from gevinst.site.blocks import Block, Cell, Made, Table
from gevinst.site.context import View

_PIECES = re.compile(
    r"<(?P<whole>script|style|title|option|textarea|svg)\b.*?</(?P=whole)>|<!--.*?-->"
    r"|<(?P<close>/?)(?P<tag>[a-z0-9]+)[^>]*>",
    re.DOTALL,
)
"""What is no text for readers: elements with contents of their own, comments and tags. Values have no ``>`` in them."""
_NO_LINKS_IN = frozenset({"a", "button", "summary", "label", "table", "output"})
"""Elements in which a number is named and not linked: it would be a link in a link, or a link in every cell."""
_PROJECT = re.compile(r' data-project="([^"]+)"')
_PLAIN_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def explanation_href(view: View, address: str) -> str:
    """Where a number is explained: a headline figure on a page of its own, another in the page of its table."""
    found = read_address(address)
    if found.figure_id and address.startswith(f"{HEADLINE}."):
        return view.href("explanation", found.figure_id)
    return view.href("dictionary", found.table, anchor=f"kolonne-{found.column}" if found.column else "")


def with_addresses(html: str, href_of: Callable[[str], str]) -> str:
    """The page with an address on every marked number, and the language of every text in another than the page's.

    `href_of` gives the link of an address as written on the page.
    """
    parts: list[str] = []
    inside: Counter[str] = Counter()
    of_page: str | None = None
    project: str | None = None

    def named(number: str, address: str | None) -> str:
        if address is None or why_no_figure(address):
            return number
        if any(inside[tag] for tag in _NO_LINKS_IN):
            return f'<span data-address="{escape(_shortened(address, project))}">{number}</span>'
        short = escape(_shortened(address, project))
        return f'<a href="{escape(href_of(address))}" data-address="{short}">{number}</a>'

    end = 0
    for piece in _PIECES.finditer(html):
        text, element = html[end : piece.start()], piece[0]
        # Marks are no ASCII: most of the many texts and tags of a page need not be searched.
        parts.append(text if text.isascii() else _in_its_language(replace_marked(text, named)))
        parts.append(element if element.isascii() else bare(element))
        tag = piece["tag"]
        if tag in _NO_LINKS_IN:
            inside[tag] += -1 if piece["close"] else 1
        elif tag in ("main", "tr"):
            found = _PROJECT.search(element)
            of_page = found[1] if found and tag == "main" else of_page
            project = found[1] if found else of_page
        end = piece.end()
    return "".join([*parts, _in_its_language(replace_marked(html[end:], named))])


def _in_its_language(html: str) -> str:
    """Text for readers with an element around what is in another language (WCAG 3.1.2); attributes cannot say it."""
    return replace_languages(html, lambda language: f'<span lang="{language}">', "</span>")


def unaddressed(html: str) -> list[str]:
    """Numbers in the text of a page, before `with_addresses`, that no address is known of, with words around them."""
    found: list[str] = []
    end = 0
    for piece in (*_PIECES.finditer(html), None):
        text = html[end : piece.start() if piece else len(html)]
        found += [f"{number} in «{bare(text).strip()}»" for number, address in addresses_in(text) if address is None]
        end = piece.end() if piece else end
    return found


@dataclass(frozen=True, slots=True)
class TableAddresses:
    """What a table says of where its numbers come from: by column, by row, and by cell where the two do not do.

    `columns` are ``table.column``, `rows` keys where they are not the row's id, `cells` and `total` addresses; empty
    where there is nothing to say.
    """

    columns: tuple[str, ...]
    rows: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    total: tuple[str, ...]


def cell_address(cell: Cell) -> str | None:
    """The address of the number that a cell shows; that of the first where it shows several."""
    if not cell.is_number:
        return None
    return next(_figures(cell.text), None)


def _figures(text: str) -> Iterator[str]:
    """The addresses in a text; numbers that are no figures have none."""
    return (address for _, address in addresses_in(text) if address and not why_no_figure(address))


def cell_exemption(cell: Cell) -> str | None:
    """Why the number in a cell is no figure (`gevinst.addresses.NO_FIGURES`); `None` where it is one."""
    found = [why_no_figure(address or "") for _, address in addresses_in(cell.text)] if cell.is_number else []
    return found[0] if found and all(found) else None


def cell_text(cell: Cell) -> str:
    """What a cell shows, without marks where cell, row and heading say where its number comes from."""
    return bare(cell.text) if cell_address(cell) else cell.text


def cell_value(cell: Cell, language: str) -> float | str | None:
    """What sorting and files use; nothing where the text of a number reads as it, as ``table.js`` reads it."""
    if not cell.is_number or cell.spoken or not isinstance(cell.value, int | float):
        return cell.value
    plain = unformatted(bare(cell.text).strip(), language)
    return None if _PLAIN_NUMBER.fullmatch(plain) and float(plain) == cell.value else cell.value


def table_addresses(table: Table, of_page: str | None = None) -> TableAddresses:
    """The addresses of a table's numbers, so written that few cells need one of their own.

    `of_page` is the project that the whole page is about, where there is one.
    """
    if table.drawn is not None:  # what rows and cells say is in their HTML
        return TableAddresses(table.drawn.columns, (), (), _of_total(table))
    found = [[_cell_of(cell_address(cell)) for cell in row.cells] for row in table.rows]
    columns = [_most([row[place] for row in found if place < len(row)], _column) for place in range(len(table.columns))]
    keys = [_most(row, lambda address: address.key or "") for row in found]

    def own(cell: Cell, address: Address | None, place: int, key: str) -> str:
        if address is not None and _column(address) == columns[place] and (address.key or "") == key:
            return ""
        return cell_address(cell) or ""

    cells = [
        tuple(
            _shortened(own(cell, address, place, key), row.project_id or of_page)
            for place, (cell, address) in enumerate(zip(row.cells, read, strict=True))
        )
        for row, read, key in zip(table.rows, found, keys, strict=True)
    ]
    shortened = (
        "" if key == row.anchor else _shortened(key, row.project_id or of_page)
        for key, row in zip(keys, table.rows, strict=True)
    )
    return TableAddresses(tuple(columns), tuple(shortened), tuple(cells), _of_total(table))


def _of_total(table: Table) -> tuple[str, ...]:
    return tuple(cell_address(one) or "" for one in table.total)


def _shortened(address: str, project_id: str | None) -> str:
    """A key or an address in the row or on the page of a project, with ``~`` wherever it names the project."""
    return address.replace(project_id, "~") if project_id else address


def _cell_of(address: str | None) -> Address | None:
    """The cell of a table, or the table itself, that an address names; `None` for one that names some of its rows."""
    read = read_address(address) if address else None
    if read is None or read.selected_by is not None or (read.column is None and read.key is not None):
        return None
    return read


def _column(address: Address) -> str:
    return f"{address.table}.{address.column}" if address.column else address.table


def _most(found: Sequence[Address | None], part: Callable[[Address], str]) -> str:
    counted = Counter(part(address) for address in found if address is not None)
    return min(counted, key=lambda one: (-counted[one], one)) if counted else ""


def columns_of(block: Block) -> tuple[str, ...]:
    """The columns and headline figures that the numbers of a block's table come from, in the order of the page.

    Those in heading and caption are links themselves.
    """
    cells = [cell for row in block.table.rows for cell in row.cells] + list(block.table.total)
    return short_addresses(text for cell in cells for text in (cell.text, cell.note or ""))


def elsewhere(addresses: Iterable[str], tables: Iterable[Made]) -> tuple[str, ...]:
    """Those of the addresses that are no columns, or whole, of tables that a box describes itself."""
    told = {
        name for table in tables for name in (table.name, *(f"{table.name}.{column}" for column, _ in table.columns))
    }
    return tuple(address for address in addresses if address not in told)


def short_addresses(texts: Iterable[str]) -> tuple[str, ...]:
    """Where the numbers in texts come from: headline figures by their addresses, others by table and column."""
    return tuple(dict.fromkeys(_short(address) for text in texts for address in _figures(text)))


def _short(address: str) -> str:
    if address.startswith(f"{HEADLINE}."):
        return address
    read = read_address(address)
    return _column(read) if read.column else read.table
